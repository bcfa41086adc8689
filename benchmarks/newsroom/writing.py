"""The words of the synthetic news: templates for what is told, cited, denied and foretold, and the edits of copies."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from benchmarks.newsroom.world import SPOTS, Official


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of happening: its type, verb forms, and what comes of it."""

    type: str
    past: str
    plain: str
    ing: str
    result: str  # after "on Monday, ": with {n}
    left: str  # what those people are then
    hurt: str  # what was done to them


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done, by whom, where, and how many come to harm."""

    kind: Kind
    group: str
    spot: str
    town: str
    toll: int


@dataclass(frozen=True, slots=True)
class Text:
    """A headline and a body in paragraphs."""

    title: str
    body: str


KINDS: Final = (
    Kind("Shelling/artillery/missile attack", "shelled", "shell", "shelling", "killing {n} people", "dead", "killed"),
    Kind("Remote explosive/landmine/IED", "bombed", "bomb", "bombing", "killing {n} people", "dead", "killed"),
    Kind("Attack", "attacked", "attack", "attacking", "wounding {n} people", "wounded", "wounded"),
)
_FILLERS: Final = (
    "The streets around it were closed until the evening.",
    "Trains ran an hour late for the rest of the week.",
    "The town council is to meet on the matter in the autumn.",
    "Bread has been dear in the district since the winter.",
    "A collection for the families was opened at the cathedral.",
    "The garrison has stood at half its strength since the spring.",
    "Ferries were held back by fog in the same days.",
    "The quay was rebuilt in stone eleven years ago.",
)
_QUOTES: Final = (
    "We had no word of it before",
    "Nobody had time to leave the square",
    "The walls are down and the roof is gone",
    "It was over in ten minutes",
)
_CUES: Final = ("said", "told reporters", "stated")
_FLIPS: Final = (("said", "claimed"), ("said", "alleged"), ("told reporters", "insisted"), ("stated", "maintained"))


def deed(town: str, group: str, random: Random) -> Deed:
    """Something a group does in a town."""
    return Deed(random.choice(KINDS), group, random.choice(SPOTS), town, random.randint(3, 40))


def content(deed: Deed) -> str:
    """The proposition, without day and number."""
    return f"the {deed.group} {deed.kind.past} the {deed.spot} in {deed.town}"


def told(deed: Deed, day: date, toll: int, official: Official, random: Random) -> Text:
    """A report on the word of an official, who is called by name and office once and by surname after."""
    cue = random.choice(_CUES)
    whole = _happened(deed, day, toll, random)
    lead = random.choice(
        (
            f"{whole}, {official.role}, {official.name}, {cue}.",
            f"{_capital(official.role)}, {official.name}, {cue} that {_small(whole)}.",
            f"{whole}, {official.name}, {official.role}, {cue}.",
        )
    )
    return _text(deed, lead, f"“{random.choice(_QUOTES)},” {official.surname} said.", random)


def cited(deed: Deed, day: date, toll: int, outlet: str, random: Random) -> Text:
    """A report on the word of another paper."""
    return _text(deed, f"{_happened(deed, day, toll, random)}, the {outlet} reported.", "", random)


def own(deed: Deed, day: date, toll: int, random: Random) -> Text:
    """A report in the paper's own voice."""
    return _text(deed, f"{_happened(deed, day, toll, random)}.", "", random)


def unnamed(deed: Deed, day: date, toll: int, random: Random) -> Text:
    """A report on the word of people it does not name."""
    who = random.choice(("residents", "two officials"))
    return _text(deed, f"{_happened(deed, day, toll, random)}, {who} said.", "", random)


def denial(deed: Deed, day: date) -> Text:
    """A report of the group's denial."""
    said = f"The {deed.group} denied that it had {deed.kind.past} the {deed.spot} in {deed.town} on {_day(day)}."
    title = f"{deed.group} denies {deed.kind.ing} {deed.town}"
    return Text(title, f"{said}\n\n“We were nowhere near it,” a spokesman said.")


def warning(deed: Deed, voice: Official, within: int | None, random: Random) -> Text:
    """A report of a forecast."""
    when = {None: "", 14: " within two weeks", 21: " within three weeks"}[within]
    lead = f"{voice.name} warned that the {deed.group} would {deed.kind.plain} the {deed.spot} in {deed.town}{when}."
    return Text(f"Warning of danger to {deed.town}", f"{lead}\n\n{' '.join(random.sample(_FILLERS, 2))}")


def _happened(deed: Deed, day: date, toll: int, random: Random) -> str:
    """The happening as a sentence without its end; the day as a date, or as a weekday, which the week of it has."""
    kind, group, spot, town = deed.kind, deed.group, deed.spot, deed.town
    result = kind.result.format(n=toll)
    when = _day(day) if random.random() < 0.7 else day.strftime("%A")
    return random.choice(
        (
            f"The {group} {kind.past} the {spot} in {town} on {when}, {result}",
            f"The {spot} in {town} was {kind.past} by the {group} on {when}, {result}",
            f"An attack by the {group} on the {spot} in {town} on {when} left {toll} people {kind.left}",
            f"At least {toll} people were {kind.hurt} when the {group} {kind.past} {town} on {when}",
        )
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _day(day: date) -> str:
    return f"{day.day} {day.strftime('%B %Y')}"


def _text(deed: Deed, lead: str, quote: str, random: Random) -> Text:
    title = f"{deed.group} {deed.kind.past} {deed.town}"
    paragraphs = [lead, quote, " ".join(random.sample(_FILLERS, random.randint(2, 3)))]
    return Text(title, "\n\n".join(part for part in paragraphs if part))


def edited(text: Text, random: Random) -> tuple[Text, str]:
    """A copy with one edit, and what the edit was."""
    edit = random.choice(("verbatim", "cue flip", "dropped", "added", "headline"))
    body = text.body
    if edit == "cue flip":
        for cue, other in _FLIPS:
            if re.search(rf"\b{cue}\.", body):
                return Text(text.title, re.sub(rf"\b{cue}\.", f"{other}.", body, count=1)), edit
        edit = "verbatim"
    if edit == "dropped":
        return Text(text.title, body.rpartition(". ")[0] + "." if ". " in body else body), edit
    if edit == "added":
        return Text(text.title, f"{body} {random.choice(_FILLERS)}"), edit
    if edit == "headline":
        return Text(f"Alarm in the provinces: {text.title.removeprefix('Alarm in the provinces: ')}", body), edit
    return text, edit


def share(copy: Text, parent: Text) -> float:
    """The share of a copy's words that its parent has."""
    mine, theirs = Counter(copy.body.split()), Counter(parent.body.split())
    return sum((mine & theirs).values()) / max(1, sum(mine.values()))
