"""Readings of any number, thousands a second: some are read by the shipped reader once, and varied without a reader.

A variant has other people and groups, whose names are as long as those they stand for, another year, and in each
story other words for what is told in passing, so that stories do not share whole sentences. So every offset holds.
What `verified` tells is how many of the varied reports the reader itself reads just so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import msgspec

from benchmarks.corpus import progress
from benchmarks.newsroom import other_words, world
from benchmarks.newsroom.stories import stories
from sayso.read import read_many
from sayso.read.encoder import shipped
from sayso.vocabulary import Published, Reading, Report, ReportId

Row = dict[str, Any]
_Pieces = tuple[str, ...]
_BANDS: Final = tuple(sorted({group.partition(" ")[0].rstrip("'") for group in world.GROUPS}))
_NAMES: Final = (*world.GIVEN, *world.FAMILY, *_BANDS)
_OTHERS: Final = (
    (world.GIVEN, other_words.GIVEN),
    (world.FAMILY, other_words.FAMILY),
    (_BANDS, other_words.BANDS),
)
_DAYS: Final = 45  # of stories that are read, three a day
_YEAR: Final = world.FIRST_DAY.year
_YEARS: Final = range(1600, _YEAR)
_SAME_PEOPLE: Final = 10  # variants in a row
_WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY: Final = re.compile(rf"\bon ({'|'.join(_WEEKDAYS)})\b")
# A paragraph begins after an escaped end of line, of which the last letter is no part of a word.
_CHANGED: Final = "|".join((*_NAMES, *other_words.PASSING))
_CUT: Final = re.compile(rf"((?<=[yh] ){_YEAR}\b|(?<=\")1[89]\d\d(?=[-\"])|(?:(?<=\\n)|\b)(?:{_CHANGED})\b)")
_STORY: Final = re.compile(r"n\d+(?=-)")
_BASE: Final = "base.jsonl"
_decoder: Final = msgspec.json.Decoder(Reading)


@dataclass(frozen=True, slots=True)
class Base:
    """What was read once: each reading and the lineage of each story as JSON, cut where names and dates stand."""

    readings: tuple[_Pieces, ...]
    gold: tuple[_Pieces, ...]
    statements: int

    @property
    def variants(self) -> int:
        """How many variants there can be."""
        return 1 + len(_YEARS)


@dataclass(frozen=True, slots=True)
class Variant:
    """The readings of one variant, and the lineage of its stories with the names of its own reports and people."""

    readings: tuple[Reading, ...]
    gold: tuple[Row, ...]


def place(folder: Path, seed: int) -> Path:
    """Where in a folder is kept what the shipped reader, with its present weights, read."""
    return folder / f"{seed}-{shipped().fingerprint}-{_BASE}"


def base(folder: Path, seed: int) -> Base:
    """What the shipped reader read before into a folder, or now: some hundred reports."""
    path = place(folder, seed)
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        reports, gold = _written(seed)
        readings = list(progress(read_many(reports), "reading", len(reports)))
        lines = [json.dumps(gold), *(msgspec.json.encode(it).decode() for it in readings)]
        half = path.with_suffix(".half")
        half.write_text("\n".join(lines) + "\n", encoding="utf-8")
        half.replace(path)
    first, *read = path.read_text(encoding="utf-8").splitlines()
    statements = sum(len(_decoder.decode(line).statements) for line in read)
    stories_told = (json.dumps(row, ensure_ascii=False) for row in json.loads(first))
    return Base(tuple(map(_cut, read)), tuple(map(_cut, stories_told)), statements)


def _cut(text: str) -> _Pieces:
    return tuple(_CUT.split(text))


def _written(seed: int) -> tuple[list[Report], list[Row]]:
    reports: list[Report] = []
    gold: list[Row] = []
    for story in stories(seed, 10**9):
        if story.number >= _DAYS * 3:
            return reports, gold
        gold.append({"story": story.number, **story.gold})
        for row in story.reports:
            day = date.fromisoformat(row["date"])
            text, title = (_dated(row[name], day) for name in ("text", "title"))
            reports.append(
                Report(ReportId(row["id"]), text, title, row["outlet"], None, Published(row["date"], "given"))
            )
    raise AssertionError


def _dated(text: str, published: date) -> str:
    """A text with dates in the place of weekdays, which another year does not have."""

    def day(found: re.Match[str]) -> str:
        back = (published.weekday() - _WEEKDAYS.index(found[1])) % 7
        then = published - timedelta(days=back)
        return f"on {then.day} {then.strftime('%B %Y')}"

    return _WEEKDAY.sub(day, text)


def variants(read: Base, seed: int, statements: int) -> Iterator[Variant]:
    """Variants of what was read until they hold so many statements; the first is what was read itself.

    The same for the same seed; a longer series begins with the shorter. Raises ValueError where there are too few.
    """
    for number in range(-(-statements // read.statements)):
        if number == read.variants:
            raise ValueError(f"there are {read.variants * read.statements:,} statements at most")
        yield variant(read, seed, number)


def variant(read: Base, seed: int, number: int) -> Variant:
    """One variant, by its number from 0."""
    names = _renaming(seed, number)
    back = _YEAR - _YEARS[number - 1] if number else 0  # later ones of later years, as news comes
    names |= {str(year): str(year - back) for year in range(1800, 2000)}

    told: dict[str, dict[str, str]] = {}
    readings = []
    for pieces in read.readings:
        story = _STORY.search(pieces[0])
        name = story[0] if story else ""
        if name not in told:
            told[name] = names | _in_passing(Random(f"{seed}:{number}:{name}"), number)
        changed = "".join([told[name].get(piece, piece) for piece in pieces])
        readings.append(_named(_decoder.decode(changed), number))
    gold = ("".join([names.get(piece, piece) for piece in pieces]) for pieces in read.gold)
    return Variant(tuple(readings), tuple(_renamed(json.loads(it), number) for it in gold))


def _in_passing(random: Random, number: int) -> dict[str, str]:
    """What is told in passing in a story, in its own words."""
    return {word: random.choice(others) if number else word for word, others in other_words.PASSING.items()}


def _named(reading: Reading, number: int) -> Reading:
    return replace(reading, report=replace(reading.report, id=ReportId(f"v{number}{reading.report.id}")))


def _renamed(found: Any, number: int) -> Any:  # noqa: ANN401 - any value of JSON
    """The lineage with the names of the variant's own reports."""
    if isinstance(found, dict):
        return {name: _renamed(value, number) for name, value in found.items()}
    if isinstance(found, list):
        return [_renamed(value, number) for value in found]
    return f"v{number}{found}" if isinstance(found, str) and re.fullmatch(r"n\d+-\d+", found) else found


def _renaming(seed: int, number: int) -> dict[str, str]:
    """What stands for which name: other words of the same length, the same for some variants in a row."""
    random = Random(f"{seed}:{number // _SAME_PEOPLE}")
    names = {name: name for name in _NAMES}
    for known, others in _OTHERS if number >= _SAME_PEOPLE else ():
        for length in sorted({len(name) for name in known}):
            here = [name for name in known if len(name) == length]
            pool = [*here, *(name for name in others if len(name) == length)]
            names |= dict(zip(here, random.sample(pool, len(here)), strict=True))
    return names


def verified(read: Base, seed: int, numbers: int, sample: int) -> dict[str, int]:
    """Of a sample of variants, the reports that the reader reads just so: as a whole, but for scores, and by part."""
    random = Random(f"{seed}:sample")
    picked = [random.choice(variant(read, seed, random.randrange(numbers)).readings) for _ in range(sample)]
    again = list(progress(read_many([it.report for it in picked]), "reading", sample))
    pairs = [(_unscored(one), _unscored(other)) for one, other in zip(picked, again, strict=True)]
    whole = sum(one == other for one, other in zip(picked, again, strict=True))
    out = {"all": whole, "all but scores": sum(one == other for one, other in pairs)}
    for part in ("statements", "actors", "times", "places", "incidents", "forecasts"):
        out[part] = sum(getattr(one, part) == getattr(other, part) for one, other in pairs)
    return out


def _unscored(reading: Reading) -> Reading:
    return replace(
        reading,
        statements=tuple(replace(it, score=1.0) for it in reading.statements),
        places=tuple(replace(it, score=1.0, why=()) for it in reading.places),
        incidents=tuple(
            replace(it, score=1.0, parts=tuple(replace(part, score=None) for part in it.parts))
            for it in reading.incidents
        ),
    )
