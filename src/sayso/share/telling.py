"""How times, places, incidents, tallies and forecasts are worded for a person, each with who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sayso.share.moments import interval
from sayso.share.outline import Outline, outline
from sayso.share.visible import one_line
from sayso.share.wording import outlet_name, speaker_name
from sayso.vocabulary import (
    Certainty,
    Confidence,
    Count,
    Part,
    People,
    Place,
    PlaceId,
    PlacePrecision,
    PlaceUse,
    Reading,
    Span,
    Standing,
    StatementId,
    Tally,
    Time,
    TimeId,
)

_USES: Final = {PlaceUse.DEMONYM: "a people or state", PlaceUse.METONYM: "a government"}
_STANDINGS: Final = {
    Standing.FACT: "so says {}",
    Standing.ACCUSED: "accused by {}",
    Standing.ACCUSED_BY_AUTHORITIES: "accused by authorities: {}",
    Standing.CLAIMED: "claimed by {}",
    Standing.POSSIBLE: "possible: {}",
    Standing.DENIED: "denied by {}",
}
_ONE: Final = {
    People.CIVILIANS: "civilian",
    People.CHILDREN: "child",
    People.WOMEN: "woman",
    People.MEN: "man",
    People.SOLDIERS: "soldier",
    People.POLICE: "police officer",
    People.FIGHTERS: "fighter",
    People.OFFICIALS: "official",
    People.JOURNALISTS: "journalist",
    People.MEDICS: "medic",
}
_SUMS: Final = {True: "the parts add up", False: "the parts do not add up"}


@dataclass(frozen=True, slots=True)
class Known:
    """An outline with its reading's places and times by id."""

    outline: Outline
    places: Mapping[PlaceId, Place]
    times: Mapping[TimeId, Time]

    @property
    def text(self) -> str:
        """The report's text."""
        return self.outline.reading.report.text


def known(reading: Reading) -> Known:
    """Make the places and times of a reading findable beside its statements and actors."""
    return Known(
        outline(reading), {place.id: place for place in reading.places}, {time.id: time for time in reading.times}
    )


def voucher(known: Known, statement: StatementId | None) -> str:
    """Who vouches: a speaker with the number of the statement, or the outlet in its own voice."""
    return vouchers(known, (statement,) if statement else ())[0]


def vouchers(known: Known, statements: Iterable[StatementId]) -> tuple[str, ...]:
    """Everybody who vouches, with the numbers of their statements; the outlet where nobody else does."""
    return tuple(
        f"{name} ({', '.join(map(str, numbers))})" if numbers else name
        for name, numbers in _said(known, statements).items()
    )


def speakers(known: Known, statements: Iterable[StatementId]) -> tuple[str, ...]:
    """Everybody who vouches, by name alone; the outlet where nobody else does."""
    return tuple(_said(known, statements))


def when(known: Known, start: str | None, end: str | None, times: Iterable[TimeId]) -> str:
    """The days as calendar dates, else the words that name a time; empty where nothing tells."""
    found = [known.times[time] for time in times if time in known.times]
    worded = ", ".join(dict.fromkeys(f"“{one_line(time.text)}”" for time in found))
    days = interval(start, end)
    if days is None:
        days = next((dated for time in found if (dated := interval(time.start, time.end))), None)
    return worded if days is None else str(days)


def where(known: Known, place: Place) -> str:
    """A place by its words, how it lies, and what it is within; with a word where it is not placed."""
    name = one_line(place.text)
    if place.use in _USES:
        return f"“{name}” ({_USES[place.use]})"
    parts = [name]
    if place.whereabouts and place.whereabouts.span != place.span:
        anchors = " and ".join(_names(known, place.whereabouts.anchors))
        parts.append(f"{one_line(place.whereabouts.span.of(known.text))} {anchors}".strip())
    entry = place.entry
    around = [*_entry_names(name, entry.name, entry.within)] if entry else _names(known, place.within)
    shown = ", ".join(parts) + (f" ({', '.join(around)})" if around else "")
    return f"{shown}, not placed" if place.precision is PlacePrecision.UNRESOLVED else shown


def wheres(known: Known, places: Iterable[PlaceId]) -> tuple[str, ...]:
    """The places, each once."""
    return tuple(dict.fromkeys(where(known, known.places[place]) for place in places if place in known.places))


def how_many(low: int, high: int | None) -> str:
    """A range in words: "4", "4 to 6", "at least 4", "up to 6"."""
    if high is None:
        return f"at least {low}"
    if low == high:
        return str(low)
    return f"{low} to {high}" if low else f"up to {high}"


def counted(count: Count) -> str:
    """How many of whom, and what happened to them: "at least 4 civilians killed"."""
    return " ".join(filter(None, (how_many(count.low, count.high), people(count), str(count.harm))))


def people(count: Count) -> str:
    """The class of counted people, one or many; empty where the text gives none."""
    one = _ONE.get(count.who, "")
    if count.low == count.high == 1 or count.who is People.POLICE:
        return one if count.low == count.high == 1 else f"{one}s"
    return str(count.who) if one else ""


def actor_name(known: Known, part: Part) -> str:
    """Who has a part: the actor's fullest name, else the words."""
    actor = known.outline.actors.get(part.actor) if part.actor else None
    return one_line(actor.name if actor else part.text)


def standing(part: Part, by: Iterable[str]) -> str:
    """How surely an actor is tied to an incident, and by whom; empty where the outlet tells it as fact."""
    if part.standing is Standing.FACT and not part.by:
        return ""
    return _STANDINGS[part.standing].format(", ".join(by))


def firmness(known: Known, certainty: Certainty) -> str:
    """How firmly something is told with the words that show it; empty where it is plainly stated."""
    if certainty.value is Confidence.STATED:
        return ""
    words = quoted(known, certainty.spans)
    return f"{certainty.value}: {words}" if words else str(certainty.value)


def quoted(known: Known, spans: Iterable[Span]) -> str:
    """The words at these spans, each once and in quotation marks."""
    return ", ".join(dict.fromkeys(f"“{one_line(span.of(known.text))}”" for span in spans if span.start < span.end))


def tally_lines(known: Known, tally: Tally) -> Iterator[str]:
    """The number of a tally, then its of-which parts, then whether they add up."""
    yield f"{how_many(tally.low, tally.high)} in all"
    for part in tally.parts:
        places = ", ".join(_names(known, part.places)) or f"“{one_line(part.text)}”"
        yield f"of which {how_many(part.low, part.high)}: {places}"
    if tally.sums is not None:
        yield _SUMS[tally.sums]


def _names(known: Known, places: Iterable[PlaceId]) -> list[str]:
    return list(dict.fromkeys(one_line(known.places[place].text) for place in places if place in known.places))


def _entry_names(name: str, entry: str, within: Iterable[str]) -> Iterator[str]:
    """The entry's own name where the report calls it otherwise, then what it lies in."""
    if one_line(entry).casefold() not in name.casefold():
        yield one_line(entry)
    yield from map(one_line, within)


def _said(known: Known, statements: Iterable[StatementId]) -> dict[str, list[int]]:
    """The numbers of what everybody says, by name; the outlet with none where nobody else speaks."""
    said: dict[str, list[int]] = defaultdict(list)
    numbers = known.outline.numbers
    for number in dict.fromkeys(numbers[statement] for statement in statements if statement in numbers):
        said[one_line(speaker_name(known.outline, known.outline.entries[number - 1].statement))].append(number)
    return said or {one_line(outlet_name(known.outline.reading.report)): []}
