"""Whether what a reader gives for a report may be kept: only what stands in the report's text, and is within bounds.

The same holds of the shipped reader's readings; here it is looked at each time, because the reader is a stranger's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final, cast, get_args, get_type_hints

import msgspec

from sayso.errors import ReadingRefused
from sayso.read.placing import misplaced
from sayso.vocabulary import (
    Actor,
    ActorId,
    ForecastId,
    IncidentId,
    Label,
    Link,
    Part,
    Passage,
    PlaceId,
    ReaderVersion,
    Reading,
    Report,
    SpeakerKind,
    Statement,
    StatementId,
    Tally,
    TallyId,
    TimeId,
)

LONGEST: Final = 2_000  # characters of a string that does not quote
_MOST_FLAGS: Final = 20
_FREE_BYTES: Final = 1_000_000
_BYTES_A_CHARACTER: Final = 200
_FREE_ITEMS: Final = 200
_LARGEST: Final = 10**12
_CURE: Final = "Nothing of it is kept; tell whoever makes the reader. docs/readers.md says what a reading has to be"
_TARGETS: Final = {
    ActorId: "actors", StatementId: "statements", TimeId: "times", PlaceId: "places",
    IncidentId: "incidents", TallyId: "tallies", ForecastId: "forecasts",
}  # fmt: skip
_LISTS: Final = tuple(field.name for field in fields(Reading) if field.name not in ("report", "reader"))


def most_bytes(text: str) -> int:
    """How many bytes a reading of a text may have as JSON."""
    return _FREE_BYTES + _BYTES_A_CHARACTER * len(text)


def admitted(reading: object, report: Report, reader: ReaderVersion) -> Reading:
    """The reading, if it may be kept as one of this report by this reader.

    Raises ReadingRefused, which names the reader, the report and the place of what is wrong.
    """

    def refused(problem: str) -> ReadingRefused:
        return ReadingRefused(f"reader {reader.name}, {report.origin or report.id}: {problem}", _CURE)

    if not isinstance(reading, Reading):
        raise refused(f"it gave no reading but {type(reading).__name__}")
    try:
        found = msgspec.convert(msgspec.to_builtins(reading), Reading)
        size = len(msgspec.json.encode(replace(found, report=replace(report, text=""))))
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise refused(str(error)[:LONGEST]) from error
    if size > most_bytes(report.text):
        raise refused(f"it has {size:,} bytes, more than {most_bytes(report.text):,} for a text of this length")
    if problem := next(_problems(found, report, reader), ""):
        raise refused(problem)
    return found


def _problems(reading: Reading, report: Report, reader: ReaderVersion) -> Iterator[str]:
    """What is wrong with a reading whose types are right, each with its place."""
    if reading.reader != reader:
        yield f"reader: it says it was made by {reading.reader}, and not by {reader}"
    yield from _report(reading.report, report)
    ids: dict[str, frozenset[str]] = {}
    for name in _TARGETS.values():
        given = [item.id for item in getattr(reading, name)]
        ids[name] = frozenset(given)
        if len(ids[name]) != len(given):
            yield f"{name}: two of them have one id"
    scope = _Scope(ids, _FREE_ITEMS + len(report.text))
    for name in _LISTS:
        yield from _bounds(getattr(reading, name), name, scope)
    yield from misplaced(reading, report.text)
    yield from _words(reading)
    yield from _circles(reading)


def _report(given: Report, report: Report) -> Iterator[str]:
    if replace(given, flags=report.flags) != report or given.flags[: len(report.flags)] != report.flags:
        yield "report: it is not the report that was to be read; only flags may be added to it"
    added = given.flags[len(report.flags) :]
    if len(added) > _MOST_FLAGS or any(len(flag) > LONGEST for flag in added):
        yield f"report.flags: more than {_MOST_FLAGS} were added, or one has more than {LONGEST} characters"


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the fields of a reading are held against: the ids there are, and how long a list may be."""

    ids: Mapping[str, frozenset[str]]
    most: int


def _bounds(value: Any, at: str, scope: _Scope) -> Iterator[str]:  # noqa: ANN401 - any value of a reading
    """What is too long, too large, or points at nothing."""
    if isinstance(value, tuple):
        if len(value) > scope.most:
            yield f"{at}: there are {len(value):,} of them, more than {scope.most:,} for a text of this length"
        for number, item in enumerate(value):
            yield from _bounds(item, f"{at}[{number}]", scope)
    elif isinstance(value, str) and not isinstance(value, Enum) and len(value) > LONGEST:
        yield f"{at}: it has more than {LONGEST:,} characters"
    elif isinstance(value, int) and abs(value) > _LARGEST:
        yield f"{at}: {value} is out of range"
    elif hasattr(value, "__dataclass_fields__"):
        yield from _item(value, at, scope)


def _item(item: Any, at: str, scope: _Scope) -> Iterator[str]:  # noqa: ANN401 - any part of a reading
    for name, target in _fields(item.__class__):
        value, where = getattr(item, name), f"{at}.{name}"
        fits = _RANGES.get(name)
        if value is not None and fits is not None and not fits(value):
            yield f"{where}: {str(value)[:50]!r} is out of range"
        if target:
            wanted = value if isinstance(value, tuple) else () if value is None else (value,)
            if missing := next((it for it in wanted if it not in scope.ids[target]), None):
                yield f"{where}: none of its {target} is called {missing[:50]!r}"
        if not (isinstance(item, Passage) and name == "text"):  # whose words are held against the text
            yield from _bounds(value, where, scope)
    if isinstance(item, Passage) and any(a.end > b.start for a, b in zip(item.spans, item.spans[1:], strict=False)):
        yield f"{at}: its spans are not in order, or overlap"
    low, high = getattr(item, "low", None), getattr(item, "high", None)
    if low is not None and high is not None and low > high:
        yield f"{at}: it counts at least {low} and at most {high}"
    if isinstance(item, Label) and item.by != "outlet" and item.by not in scope.ids["statements"]:
        yield f'{at}.by: it is neither "outlet" nor the id of a statement'


@cache
def _fields(kind: type[object]) -> tuple[tuple[str, str], ...]:
    """The fields of a dataclass, and for each the list of the reading that its ids point into, "" for none."""
    hints = get_type_hints(kind)
    return tuple(
        (field.name, "" if field.name == "id" else _target(hints[field.name])) for field in fields(cast(Any, kind))
    )


def _target(hint: Any) -> str:  # noqa: ANN401 - any type of the vocabulary
    return next((_TARGETS[it] for it in (hint, *get_args(hint)) if it in _TARGETS), "")


def _between(least: float, most: float) -> Callable[[Any], bool]:
    return lambda value: least <= value <= most  # which NaN never is


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_RANGES: Final[Mapping[str, Callable[[Any], bool]]] = {
    "score": _between(0, 1),
    "lat": _between(-90, 90),
    "lon": _between(-180, 180),
    "bearing": _between(0, 360),
    "distance": _between(0, 20_100),  # half around the earth, in kilometres
    "radius": _between(0, 20_100),
    "low": _between(0, _LARGEST),
    "high": _between(0, _LARGEST),
    "geonames": _between(0, _LARGEST),
    "start": lambda value: _is_day(value),
    "end": lambda value: _is_day(value),
    "id": lambda value: bool(value) and len(value) <= 100,
}


def _words(reading: Reading) -> Iterator[str]:
    """Names, speakers, vouchers and parts in words that do not stand where they are said to."""
    text = reading.report.text
    names = {actor.id: actor.name for actor in reading.actors}
    for number, actor in enumerate(reading.actors):
        yield from _of_actor(actor, text, f"actors[{number}]")
    for number, statement in enumerate(reading.statements):
        yield from _of_statement(statement, names, text, f"statements[{number}]")
    for number, incident in enumerate(reading.incidents):
        yield from _parts(incident.parts, text, f"incidents[{number}].parts")
    for number, forecast in enumerate(reading.forecasts):
        yield from _parts(forecast.blamed, text, f"forecasts[{number}].blamed")
    for number, tally in enumerate(reading.tallies):
        yield from _of_tally(tally, text, f"tallies[{number}]")


def _of_actor(actor: Actor, text: str, at: str) -> Iterator[str]:
    called = {span.of(text) for span in actor.mentions}
    if wrong := next((name for name in (actor.name, *actor.names) if name not in called), None):
        yield f"{at}: it is nowhere mentioned as {wrong[:50]!r}"


def _of_statement(statement: Statement, names: Mapping[ActorId, str], text: str, at: str) -> Iterator[str]:
    if not statement.content.text.strip():
        yield f"{at}.content: it has no words"
    speaker = statement.speaker
    if (speaker.kind is SpeakerKind.ACTOR) != (speaker.actor is not None):
        yield f'{at}.speaker: a speaker has an actor if its kind is "actor", and only then'
    if speaker.text and speaker.text not in (statement.source.text, names.get(speaker.actor or ActorId(""))):
        yield f"{at}.speaker.text: it is neither the words of the source nor the actor's name"
    for number, link in enumerate(statement.chain):
        if _is_elsewhere(link, names, text):
            yield f"{at}.chain[{number}].text: the words are not those of the text"


def _is_elsewhere(link: Link, names: Mapping[ActorId, str], text: str) -> bool:
    """Whether a link names its voucher in words of its own. What a rule concluded may say what it concluded."""
    named = link.actor is not None and link.text == names.get(link.actor)
    quoted = link.span is not None and link.span.of(text) == link.text
    return not (named or quoted or (link.actor is None and link.by != "text"))


def _of_tally(tally: Tally, text: str, at: str) -> Iterator[str]:
    if tally.span.of(text) != tally.text:
        yield f"{at}: the words are not those of the text"
    yield from _parts(tally.by, text, f"{at}.by")


def _parts(parts: Iterable[Part], text: str, at: str) -> Iterator[str]:
    for number, part in enumerate(parts):
        if part.span.of(text) != part.text:
            yield f"{at}[{number}]: the words are not those of the text"


def _circles(reading: Reading) -> Iterator[str]:
    """Statements inside themselves, and places within themselves."""
    inside = {it.id: (it.parent,) if it.parent else () for it in reading.statements}
    within = {
        it.id: (*it.within, *(it.whereabouts.anchors if it.whereabouts else ())) for it in reading.places
    }  # fmt: skip
    for name, graph in (("statements", inside), ("places", within)):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            yield f"{name}: {error.args[1][0]!r} lies inside itself"
