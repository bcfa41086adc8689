"""Stories: what happened or was foretold, who tells it, who copies whom; the reports and their lineage together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from benchmarks.newsroom import world, writing
from benchmarks.newsroom.writing import Deed, Text

_STORIES_A_DAY: Final = 3
_FORETOLD: Final = 0.35  # of the stories begin with a forecast
_COME_TRUE: Final = 0.45
_TWINS: Final = 0.15  # of the happenings come again three days later, told in the same words
_DENIED: Final = 0.4
Row = dict[str, Any]


@dataclass(slots=True)
class Story:
    """One story while it is written: its reports as JSON Lines want them, and its lineage."""

    number: int
    random: Random
    reports: list[Row] = field(default_factory=list)
    gold: Row = field(default_factory=lambda: {"copies": [], "claims": [], "events": [], "forecasts": []})
    statements: int = 0

    def publish(self, outlet: str, day: date, text: Text) -> str:
        """Add a report; its id."""
        name = f"n{self.number}-{len(self.reports) + 1}"
        self.reports.append(
            {"id": name, "outlet": outlet, "date": day.isoformat(), "title": text.title, "text": text.body}
        )
        self.statements += text.body.count(".")
        return name

    def outlets(self, number: int) -> list[str]:
        """Some papers, each once in the story."""
        return self.random.sample(world.OUTLETS, number)


def stories(seed: int, statements: int) -> Iterator[Story]:
    """Stories until they hold so many statements (about one in each sentence); the same for the same seed.

    Each story depends on the seed and its number alone, so that a longer corpus begins with the shorter one.
    """
    written = number = 0
    while written < statements:
        story = Story(number, Random(f"{seed}:{number}"))
        _write(story)
        written += story.statements
        number += 1
        yield story


def _write(story: Story) -> None:
    random = story.random
    town = world.TOWNS[story.number * 11 % len(world.TOWNS)]
    day = world.FIRST_DAY + timedelta(days=story.number // _STORIES_A_DAY)
    deed = writing.deed(town, world.group(random), random)
    papers = iter(story.outlets(30))
    if random.random() < _FORETOLD:
        comes = random.random() < _COME_TRUE
        made, day = day, day + timedelta(days=random.randint(3, 9))
        _foretell(story, deed, made, day if comes else None, papers)
        if not comes:
            return
    _happen(story, deed, day, papers)
    if random.random() < _TWINS:
        _happen(story, deed, day + timedelta(days=3), papers)


def _foretell(story: Story, deed: Deed, made: date, follows: date | None, papers: Iterator[str]) -> None:
    voice = world.prophet(story.random.randrange(8))
    within = story.random.choice((None, 14, 21))
    text = writing.warning(deed, voice, within, story.random)
    first = story.publish(next(papers), made, text)
    carriers = [first, *_copied(story, first, text, made, papers, story.random.randint(0, 3), follows)]
    story.gold["forecasts"].append(
        {
            "id": f"f{story.number}", "voice": voice.name, "kind": deed.kind.type, "place": deed.town,
            "made": made.isoformat(), "days": within, "carriers": carriers,
            "outcome": "followed" if follows else "lapsed", "event": f"e{story.number}-1" if follows else None,
        }
    )  # fmt: skip


def _happen(story: Story, deed: Deed, day: date, papers: Iterator[str]) -> None:
    """One happening, told by up to four voices, copied, cited and denied."""
    random = story.random
    number = f"e{story.number}-{len(story.gold['events']) + 1}"
    speakers = random.sample(world.officials(deed.town, Random(deed.town)), 3)
    voices: list[Row] = []
    carriers: list[str] = []
    tolls = {}
    for official in speakers[: random.choice((1, 1, 2, 2, 3))]:
        toll = max(2, deed.toll + random.choice((0, 0, 1, -1, 3)))
        text = writing.told(deed, day, toll, official, random)
        outlet, published = next(papers), day + timedelta(days=random.choice((0, 1, 1)))
        first = story.publish(outlet, published, text)
        told = [first, *_copied(story, first, text, published, papers, random.randint(0, 3))]
        if random.random() < 0.3:
            cited = writing.cited(deed, day, toll, outlet, random)
            told.append(story.publish(next(papers), published + timedelta(days=1), cited))
        voices.append({"name": official.name, "kind": "actor", "carriers": told})
        tolls[official.name] = toll
        carriers += told
    if random.random() < 0.3:
        text = writing.own(deed, day, deed.toll, random)
        outlet = next(papers)
        first = story.publish(outlet, day + timedelta(days=1), text)
        told = [first, *_copied(story, first, text, day + timedelta(days=1), papers, random.randint(0, 2))]
        voices.append({"name": outlet, "kind": "outlet", "carriers": told})
        tolls[outlet] = deed.toll
        carriers += told
    if random.random() < 0.3:
        outlet = next(papers)
        first = story.publish(outlet, day + timedelta(days=1), writing.unnamed(deed, day, deed.toll, random))
        voices.append({"name": outlet, "kind": "unnamed", "carriers": [first]})
        carriers.append(first)
    denials = []
    if random.random() < _DENIED:
        denials.append(story.publish(next(papers), day + timedelta(days=2), writing.denial(deed, day)))
    claim = f"c{number[1:]}"
    story.gold["claims"].append(
        {"id": claim, "content": writing.content(deed), "affirms": list(carriers), "denies": denials}
    )
    story.gold["events"].append(
        {
            "id": number, "kind": deed.kind.type, "place": deed.town, "day": day.isoformat(), "carriers": carriers,
            "also": denials, "voices": voices, "tolls": tolls, "denied_by": deed.group if denials else None,
            "claim": claim,
        }
    )  # fmt: skip


def _copied(
    story: Story, first: str, text: Text, day: date, papers: Iterator[str], number: int, before: date | None = None
) -> list[str]:
    """Copies of a report or of its copies, each with an edit; none on or after the day `before`."""
    chain, texts = [first], {first: text}
    for _ in range(number):
        parent = story.random.choice(chain)
        later = day + timedelta(days=story.random.choice((0, 1, 1, 2)))
        if before is not None:
            later = min(later, before - timedelta(days=1))
        edited, edit = writing.edited(texts[parent], story.random)
        copy = story.publish(next(papers), later, edited)
        share = writing.share(edited, texts[parent])
        story.gold["copies"].append({"report": copy, "of": parent, "edit": edit, "share": round(share, 3)})
        chain.append(copy)
        texts[copy] = edited
    return chain[1:]
