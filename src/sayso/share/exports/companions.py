"""The two files beside the ACLED rows: every field of an incident by source with its range, and the tallies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sayso.share.exports.acled import events
from sayso.share.exports.acled_codes import CLASSES
from sayso.share.exports.cells import number_cell, text_cell
from sayso.share.exports.identity import identities
from sayso.share.exports.sides import sides
from sayso.share.telling import Known, actor_name, known, speakers, wheres
from sayso.vocabulary import Count, Incident, Part, Reading, Report, Span, StatementId, Tally, TallyPart

REPORTS: Final = (
    "event_id_cnty", "report", "outlet", "url", "published", "field", "value", "low", "high", "standing",
    "source", "statement", "start", "end", "words",
)  # fmt: skip
TALLIES: Final = (
    "tally_id", "report", "outlet", "url", "published", "part", "measure", "min", "max", "parts_add_up",
    "period", "period_start", "period_end", "zone", "by", "source", "statement", "start", "end", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of an incident as one source has it. `low` and `high` are its range: people, or days.

    Without a voucher it is the outlet's own.
    """

    name: str
    value: str
    span: Span | None
    low: str = ""
    high: str = ""
    standing: str = ""
    voucher: StatementId | None = None


def incident_reports(reading: Reading) -> Iterator[tuple[str, ...]]:
    """A row for each field of each event and each source of it, with the words that give it."""
    index = known(reading)
    head = _report(reading.report)
    for name, incident in events(reading):
        for field in _fields(index, incident):
            yield (
                name,
                *head,
                field.name,
                text_cell(field.value),
                field.low,
                field.high,
                field.standing,
                *_source(index, field.voucher),
                *_words(index, field.span),
            )


def tallies(reading: Reading) -> Iterator[tuple[str, ...]]:
    """A row for each tally as a whole (part 0) and for each of its of-which parts."""
    index = known(reading)
    head = _report(reading.report)
    for name, tally in zip(identities(reading).tallies, reading.tallies, strict=True):
        for number, part in enumerate((_whole(tally), *tally.parts)):
            time = index.times.get(tally.time) if tally.time else None
            yield (
                name,
                *head,
                str(number),
                str(tally.type),
                str(part.low),
                number_cell(part.high),
                "" if tally.sums is None or number else str(tally.sums).lower(),
                text_cell(time.text) if time else "",
                (time and time.start) or "",
                (time and time.end) or "",
                text_cell("; ".join(wheres(index, part.places))),
                text_cell("; ".join(dict.fromkeys(actor_name(index, by) for by in tally.by))),
                text_cell("; ".join(speakers(index, tally.vouchers))),
                text_cell("; ".join(tally.vouchers)),
                *_words(index, part.span),
            )


def _whole(tally: Tally) -> TallyPart:
    return TallyPart(tally.low, tally.high, tally.text, tally.span, tally.places)


def _fields(known: Known, incident: Incident) -> Iterator[_Field]:
    mention = incident.mentions[0] if incident.mentions else None
    for voucher in incident.vouchers or (None,):
        yield _Field("type", str(incident.type), mention, standing=str(incident.status), voucher=voucher)
    yield from (_Field("mention", "", span) for span in incident.mentions[1:])
    yield _Field("date", "", None, incident.start or "", incident.end or "")
    for time in (known.times[time] for time in incident.times if time in known.times):
        yield _Field("time", time.value, time.span, time.start or "", time.end or "")
    for place in (known.places[place] for place in incident.places if place in known.places):
        name = place.entry.name if place.entry else place.text
        yield _Field("place", name, place.span, standing=str(place.precision))
    for part in incident.parts:
        yield from _part(known, part)
    yield from (_Field("weapon", "", span) for span in incident.weapons)
    yield from (_Field("damage", "", span) for span in incident.damage)
    yield from (_count(count) for count in incident.counts)
    yield from (_Field("certainty", str(incident.certainty.value), span) for span in incident.certainty.spans)
    for field, side in zip(("inter1", "inter2"), sides(known, incident), strict=True):
        if side.code:
            yield _Field(field, CLASSES[side.code], None)


def _part(known: Known, part: Part) -> Iterable[_Field]:
    return (
        _Field(str(part.role), actor_name(known, part), part.span, standing=str(part.standing), voucher=voucher)
        for voucher in part.by or (None,)
    )


def _count(count: Count) -> _Field:
    return _Field(
        str(count.harm), str(count.who), count.span, str(count.low), number_cell(count.high), voucher=count.voucher
    )


def _report(report: Report) -> tuple[str, str, str, str]:
    published = report.published.value if report.published else ""
    return text_cell(report.id), text_cell(report.outlet or ""), text_cell(report.url or ""), text_cell(published)


def _source(known: Known, voucher: StatementId | None) -> tuple[str, str]:
    """Who says it and in which statement; the outlet says what no statement does."""
    return text_cell("; ".join(speakers(known, (voucher,) if voucher else ()))), text_cell(voucher or "")


def _words(known: Known, span: Span | None) -> tuple[str, str, str]:
    """Start, end and words of a span, in code points of the report's text."""
    return ("", "", "") if span is None else (str(span.start), str(span.end), text_cell(span.of(known.text)))
