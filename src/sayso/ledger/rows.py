"""The rows for search that a reading gives: the same reading gives the same rows, so that they can be built again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.ledger.words import indexed, key
from sayso.vocabulary import (
    ActorId,
    Entry,
    Part,
    Place,
    PlaceId,
    Reading,
    Span,
    Statement,
    StatementId,
    Time,
    TimeId,
)

Row = tuple[str | int | None, ...]


def rows(reading: Reading) -> dict[str, list[Row]]:
    """For each derived table its rows, without the number of the reading, in the order of its other columns."""
    actors: dict[ActorId, int] = {item.id: n for n, item in reversed([*enumerate(reading.actors)])}
    spots: dict[PlaceId, int] = {item.id: n for n, item in reversed([*enumerate(reading.places)])}
    said: dict[StatementId, int] = {item.id: n for n, item in reversed([*enumerate(reading.statements)])}
    moments: dict[TimeId, Time] = {item.id: item for item in reversed(reading.times)}
    happened = [*_happenings(reading)]
    return {
        "statements": [(n, *_statement(item, actors)) for n, item in enumerate(reading.statements)],
        "names": sorted({(name, n) for n, item in enumerate(reading.actors) for name in _keys(item.name, *item.names)}),
        "places": [(n, item.span.start) for n, item in enumerate(reading.places)],
        "place_names": sorted({(name, n) for n, p in enumerate(reading.places) for name in _names(p, reading, spots)}),
        "incidents": [
            (n, item.type.value, item.status.value, column_text(item.start), column_text(item.end),
             int(item.background))
            for n, item in enumerate(reading.incidents)
        ],
        "tallies": [
            (n, item.type.value, item.low, item.high, *_period([item.time] if item.time else [], moments))
            for n, item in enumerate(reading.tallies)
        ],
        "forecasts": [
            (n, item.stance.value, item.type.value, said.get(item.statement) if item.statement else None,
             *_period(item.times, moments))
            for n, item in enumerate(reading.forecasts)
        ],
        "parts": sorted({
            (owner, n, actors[part.actor], part.role.value, part.standing.value)
            for owner, n, involved, _ in happened for part in involved if part.actor and part.actor in actors
        }),
        "whereabouts": sorted({(owner, n, spots[p]) for owner, n, _, where in happened for p in where if p in spots}),
    }  # fmt: skip


def names_in(reading: Reading) -> set[str]:
    """The folded names of all actors."""
    return {name for actor in reading.actors for name in _keys(actor.name, *actor.names)}


def places_in(reading: Reading) -> set[str]:
    """The folded names of all places, and of what they lie in."""
    spots: dict[PlaceId, int] = {item.id: n for n, item in reversed([*enumerate(reading.places)])}
    return {name for item in reading.places for name in _names(item, reading, spots)}


def report_words(title: str | None, text: str) -> list[str]:
    """The words a report is found by."""
    return indexed(f"{title or ''}\n{text}")


def column_text(value: str | None) -> str | None:
    """A text as a column can hold it: PostgreSQL takes no NUL."""
    return None if value is None else value.replace("\0", "\ufffd")


def _statement(item: Statement, actors: dict[ActorId, int]) -> Row:
    starts, ends = _extent(item.content.spans)
    speaker = item.speaker.actor
    return (
        None if speaker is None else actors.get(speaker), item.speaker.kind.value, item.stance.value, item.form.value,
        item.certainty.value.value, int(item.about_future), starts, ends,
    )  # fmt: skip


def _extent(spans: tuple[Span, ...]) -> tuple[int, int]:
    """Where the first span begins and the last one ends; nowhere for none."""
    return (min(s.start for s in spans), max(s.end for s in spans)) if spans else (0, 0)


def _names(item: Place, reading: Reading, spots: dict[PlaceId, int]) -> Iterator[str]:
    """The folded names of a place as written and as known, and of what it is within."""
    around = [reading.places[spots[id_]] for id_ in item.within if id_ in spots]
    yield from _keys(item.text, *_known(item.entry), *(n for p in around for n in (p.text, *_known(p.entry))))


def _keys(*names: str) -> Iterator[str]:
    """The names folded, without those that have no words."""
    return filter(None, map(key, names))


def _known(entry: Entry | None) -> tuple[str, ...]:
    return () if entry is None else (entry.name, *entry.within)


def _happenings(reading: Reading) -> Iterator[tuple[str, int, Iterable[Part], Iterable[PlaceId]]]:
    """What each incident, tally and forecast is called in rows, with its parts and places."""
    for n, incident in enumerate(reading.incidents):
        yield "incident", n, incident.parts, incident.places
    for n, tally in enumerate(reading.tallies):
        yield "tally", n, tally.by, tally.places
    for n, forecast in enumerate(reading.forecasts):
        yield "forecast", n, forecast.blamed, forecast.places


def _period(times: Iterable[TimeId], moments: dict[TimeId, Time]) -> tuple[str | None, str | None]:
    """The first and the last day that these times name."""
    found = [moments[time] for time in times if time in moments]
    firsts = [time.start for time in found if time.start]
    lasts = [time.end for time in found if time.end]
    return column_text(min(firsts, default=None)), column_text(max(lasts, default=None))
