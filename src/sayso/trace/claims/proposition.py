"""What a statement puts, freed from who puts it: words, actors, places, days, numbers, and whether it is negated."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.read.lexicon import hedges
from sayso.trace.claims import words
from sayso.trace.claims.attitude import attitude
from sayso.trace.claims.order import Order, rank
from sayso.trace.claims.quantities import Quantity, quantities
from sayso.vocabulary import (
    Actor,
    ActorKind,
    Confidence,
    Entry,
    Form,
    Place,
    PlaceUse,
    Polarity,
    Reading,
    ReportId,
    Span,
    Stance,
    Statement,
    StatementId,
    Time,
    TimeKind,
    TimePrecision,
)

# A run of capitalised words after another word of the sentence.
_NAME: Final = re.compile(r"(?<=[\w,;:] )(?:[A-Z][\w’'-]*)(?: [A-Z][\w’'-]*){0,5}")
_LEAST: Final = 3  # content words; less than that puts no proposition that could be told from another
_NO_PROPOSITION: Final = frozenset((Stance.ASKS, Stance.DEMANDS))
# Finer than a decade: what is coarser tells no day from another.
_COARSE: Final = frozenset((TimePrecision.DECADE, TimePrecision.CENTURY, TimePrecision.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Ground:
    """A place of a proposition: its name, and where the gazetteer puts it, from itself up to the country."""

    name: str
    entry: Entry | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposition:
    """A statement's content as claims are told apart by.

    `moment` is when the report was published (ISO, "" if unknown), `days` the intervals it is about (ISO, both
    included, an open side ""), `actors` the names of each actor in order of appearance. `stems` are all its words,
    light stems in order; `negated` says that its main clause is, `attitude` and `why` what the speaker does with it.
    `place` is the statement's place among those of its reading, from 0.
    """

    report: ReportId
    statement: StatementId
    moment: str
    text: str
    stems: tuple[str, ...]
    actors: tuple[tuple[str, ...], ...]
    places: tuple[Ground, ...]
    days: tuple[tuple[str, str], ...]
    numbers: tuple[Quantity, ...]
    negated: bool
    attitude: Polarity
    why: tuple[str, ...] = ()
    place: int = 0

    @property
    def order(self) -> Order:
        """The canonical order: by time of publication, then report, then place in it; what has no time comes last."""
        return Order(rank(self.moment, self.report), self.place, self.report, self.statement)


def propositions(reading: Reading, checks: Collection[str] = ()) -> Iterator[Proposition]:
    """The propositions of a reading's statements, in order.

    Questions, demands and contents of under three words that tell anything are left out, and so is a statement whose
    content is no more than that of the one it stands in. `checks` are the addresses of published findings: a report
    that is one repeats the claim it is about and vouches for nothing.
    """
    is_check = reading.report.url is not None and reading.report.url in checks
    by_id = {statement.id: statement for statement in reading.statements}
    for place, statement in enumerate(reading.statements):
        if statement.stance in _NO_PROPOSITION or _same_as_parent(statement, by_id):
            continue
        found = _proposition(reading, statement, place, is_check=is_check)
        if len(words.content(found.stems)) >= _LEAST:
            yield found


def from_text(text: str, moment: str = "") -> Proposition:
    """The proposition of a bare text: its names are capitalised words, and no place or day is resolved."""
    stems = words.stems(text)
    short = text[: words.LONGEST]
    return Proposition(
        report=ReportId(""),
        statement=StatementId(""),
        moment=moment,
        text=text,
        stems=stems,
        actors=tuple((name,) for name in dict.fromkeys(_loose(short, (Span(0, len(short)),), ()))),
        places=(),
        days=(),
        numbers=quantities(text),
        negated=is_negated(text),
        attitude=Polarity.AFFIRMS,
    )


def is_negated(text: str) -> bool:
    """Whether a text's own words negate it: an odd number of negations, where two undo one another."""
    found = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text[: words.LONGEST])
    low = [word.lower().replace("’", "'") for word in found]
    negations = [word for word in low if word in hedges().negations or word.endswith("n't")]
    return len(negations) % 2 == 1


def _proposition(reading: Reading, statement: Statement, place: int, *, is_check: bool) -> Proposition:
    spans = statement.content.spans
    times = [time for time in reading.times if _inside(time.span, spans)]
    told = [incident for incident in reading.incidents if any(_inside(span, spans) for span in incident.mentions)]
    days = {interval for time in times if (interval := _interval(time))}
    days |= {(incident.start, incident.end or "") for incident in told if incident.start} if not days else set()
    actors = _actors(reading, spans)
    named = [mention for actor in reading.actors for mention in actor.mentions if actor.kind is not ActorKind.PLACE]
    places = [place for place in reading.places if _is_ground(place) and not _inside(place.span, named)]
    grounds = [_ground(place, reading) for place in places if _inside(place.span, spans)]
    if not grounds:
        wanted = {place for incident in told for place in incident.places}
        grounds = [_ground(place, reading) for place in places if place.id in wanted]
    taken = [*named, *(place.span for place in places), *(time.span for time in reading.times)]
    found, why = attitude(reading, statement, is_check=is_check)
    published = reading.report.published
    return Proposition(
        report=reading.report.id,
        statement=statement.id,
        moment=published.value if published else "",
        text=statement.content.text,
        stems=words.stems(statement.content.text),
        actors=(*(actor.names for actor in actors), *((name,) for name in _loose(reading.report.text, spans, taken))),
        places=tuple(dict.fromkeys(grounds)),
        days=tuple(sorted(days)),
        numbers=quantities(_without(reading.report.text, spans, [time.span for time in times])),
        negated=_is_negated(statement),
        attitude=found,
        why=why,
        place=place,
    )


def _is_negated(statement: Statement) -> bool:
    """Whether the content itself is negated: a denial says so of what its cue denies, not of the content's words."""
    if statement.certainty.value is Confidence.NEGATED and statement.stance is not Stance.DENIES:
        return True
    return statement.stance is Stance.DENIES and is_negated(statement.content.text)


def _same_as_parent(statement: Statement, by_id: dict[StatementId, Statement]) -> bool:
    """Whether a statement only cuts its parent's verb out of its content ("were recorded")."""
    parent = by_id.get(statement.parent) if statement.parent else None
    if parent is None or parent.form is Form.VOICE:
        return False
    return statement.speaker == parent.speaker and all(
        _inside(span, parent.content.spans) for span in statement.content.spans
    )


def _actors(reading: Reading, spans: tuple[Span, ...]) -> list[Actor]:
    found: list[tuple[int, Actor]] = []
    for actor in reading.actors:
        inside = [mention.start for mention in actor.mentions if _inside(mention, spans)]
        if inside and actor.names and actor.kind is not ActorKind.PLACE:
            found.append((inside[0], actor))
    return [actor for _, actor in sorted(found, key=lambda item: item[0])]


def _loose(text: str, spans: Sequence[Span], taken: Sequence[Span]) -> Iterator[str]:
    """Names in the spans that the reader made nothing of: capitalised words, but for the first of a sentence."""
    for span in spans:
        for found in _NAME.finditer(text, span.start, span.end):
            own = Span(*found.span())
            if not any(own.start < other.end and other.start < own.end for other in taken):
                yield found.group()


def _is_ground(place: Place) -> bool:
    """Whether a mention stands for a place: no demonym, no relation, and known to the gazetteer or put within one."""
    named = place.whereabouts is None or place.whereabouts.span != place.span
    return place.use is PlaceUse.PLACE and named and bool(place.entry or place.within)


def _ground(place: Place, reading: Reading) -> Ground:
    entry = place.entry
    outer = [other.text for other in reading.places if other.id in place.within]
    return Ground(place.text if entry is None else entry.name, entry, (*(entry.within if entry else ()), *outer))


def _interval(time: Time) -> tuple[str, str] | None:
    """The days a time names, if it is a date or period that was placed in the calendar."""
    if time.kind is TimeKind.SET or time.precision in _COARSE or not (time.start or time.end):
        return None
    return time.start or "", time.end or ""


def _without(text: str, spans: tuple[Span, ...], left_out: list[Span]) -> str:
    """The words of the spans with the given parts blanked, so that "19 August" gives no number."""
    pieces = []
    for span in spans:
        piece = list(span.of(text))
        for out in left_out:
            for at in range(max(out.start, span.start), min(out.end, span.end)):
                piece[at - span.start] = " "
        pieces.append("".join(piece))
    return " … ".join(pieces)


def _inside(inner: Span, spans: Sequence[Span]) -> bool:
    return any(span.start <= inner.start and inner.end <= span.end for span in spans)
