"""What a selection holds: each kind of things as a stream in one fixed order, a few held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

from sqlalchemy import exists, false, select

from sayso.ledger import fulltext, where
from sayso.ledger.derived.claims import claim_reports
from sayso.ledger.identity import report_id_bytes, report_name, seen_of
from sayso.ledger.kept import a_few, kept_report, report_query
from sayso.ledger.schema import Query, readings, reports
from sayso.ledger.where import Condition
from sayso.record.store import all_findings
from sayso.review.decisions import Decision, all_decisions, decisions_on
from sayso.share.exports.selection import Selection
from sayso.share.lists import Some, events_from, forecasts_from
from sayso.share.paging import Item, Kind, items, reading_numbered
from sayso.trace.answers import EventAnswer, ForecastAnswer
from sayso.trace.answers.citing import Citation, citation
from sayso.trace.answers.copying import SharedPassage, passages
from sayso.trace.answers.stored import StoredHoldings
from sayso.trace.claims import asking
from sayso.trace.claims.joining import claim_id
from sayso.trace.claims.order import tag
from sayso.trace.voices import Membership, trail, voices_by_polarity
from sayso.vocabulary import Claim, ClaimId, Finding, Polarity, Reading, Report, ReportId, Voices

_AT_ONCE: Final = 50  # events or forecasts looked up together
_BY_DAY: Final = (reports.c.day.is_(None), reports.c.day, reports.c.id)
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Captured:
    """A report, and when it was first captured; "" where that is not known."""

    report: Report
    captured: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A passage that a report shares with an earlier one."""

    report: Citation
    passage: SharedPassage


@dataclass(frozen=True, slots=True)
class Sided:
    """The voices on one side of a claim."""

    claim: Claim
    polarity: Polarity
    voices: Voices


def reports_of(selection: Selection) -> Iterator[Captured]:
    """The reports that fit, oldest first and those without a date at the end."""
    query = report_query().where(*_fitting(selection)).order_by(*_BY_DAY)
    for row in a_few(selection.connection, query):
        yield Captured(kept_report(row).report, seen_of(row.seen).captured)


def readings_of(selection: Selection) -> Iterator[Reading]:
    """The current reading of each report that fits and was read, in the order of `reports_of`."""
    query: Query = select(readings.c.number).join(reports, reports.c.number == readings.c.report)
    query = query.where(where.current(), *_fitting(selection)).order_by(*_BY_DAY)
    return (reading_numbered(selection.connection, row.number) for row in a_few(selection.connection, query))


def items_of(selection: Selection, kind: Kind) -> Iterator[Item]:
    """The statements, incidents or tallies that fit, those of the latest reports first."""
    return items(selection.connection, kind, selection.where, selection.words, selection.report)


def together(selection: Selection, kind: Kind) -> Iterator[tuple[Reading, Sequence[int]]]:
    """Each reading with those of its items that fit, by their places."""
    for _, group in groupby(items_of(selection, kind), key=lambda it: it.place.report):
        found = list(group)
        yield found[0].reading, [it.place.ordinal for it in found]


def captured(selection: Selection, report: ReportId) -> str:
    """When a report was first captured; "" where that is not known."""
    query = report_query().where(reports.c.id == report_id_bytes(report))
    row = selection.connection.execute(query).one_or_none()
    return "" if row is None else seen_of(row.seen).captured


def claims_of(selection: Selection) -> Iterator[Claim]:
    """The claims, each where the report of its anchor stands among the reports, latest first."""
    if selection.claim is not None:
        found = asking.claim(selection.connection, ClaimId(selection.claim))
        yield from () if found is None else (found,)
        return
    told = exists(select(claim_reports.c.report).where(claim_reports.c.report == reports.c.number))
    query = select(reports.c.id).where(told).order_by(reports.c.day.desc().nulls_last(), reports.c.id)
    for row in a_few(selection.connection, query):
        report = report_name(bytes(row.id))
        for id_, _ in asking.stated_in(selection.connection, report):
            if not id_.startswith(f"c-{tag(report):08x}"):
                continue
            claim = asking.claim(selection.connection, id_)
            if claim is not None and any(claim_id(it.report, it.statement) == id_ for it in claim.members):
                yield claim


def voices_of(selection: Selection) -> Iterator[Sided]:
    """The voices behind each claim, side by side."""
    for claim in claims_of(selection):
        held = StoredHoldings(selection.connection)
        held.meet(it.report for it in claim.members)
        members = []
        for it in claim.members:
            reading = held.reading(it.report)
            if reading is not None and reading.statement(it.statement) is not None:
                stands = Membership(claim.id, it.report, it.statement, it.polarity)
                members.append((stands, trail(reading, it.statement, held.known)))
        found = voices_by_polarity(members, held.shared(it for _, it in members))
        yield from (Sided(claim, it, found[it]) for it in Polarity if it in found)


def copies_of(selection: Selection) -> Iterator[Copied]:
    """The passages that reports that fit share with earlier ones, in the order of `reports_of`."""
    query: Query = select(reports.c.id).where(*_fitting(selection)).order_by(*_BY_DAY)
    held = StoredHoldings(selection.connection)
    for row in a_few(selection.connection, query):
        kept = held.copies.kept(report_name(bytes(row.id)))
        if kept is not None:
            yield from (Copied(citation(kept), it) for it in passages(kept, held))


def events_of(selection: Selection) -> Iterator[EventAnswer]:
    """The events that fit, latest first."""
    return _all_of(lambda after: events_from(selection.connection, selection.events, _AT_ONCE, after))


def forecasts_of(selection: Selection) -> Iterator[ForecastAnswer]:
    """The forecasts that fit, latest first; those that are unclear only where these are asked for."""
    wanted, as_of = selection.forecasts, selection.as_of
    return _all_of(lambda after: forecasts_from(selection.connection, wanted, as_of, _AT_ONCE, after))


def findings_of(selection: Selection) -> Iterator[Finding]:
    """All findings, in the order of their ids."""
    return all_findings(selection.connection)


def decisions_of(selection: Selection) -> Iterator[Decision]:
    """The decisions that people made, or those about one report."""
    if selection.report is not None:
        return iter(decisions_on(selection.connection, ReportId(selection.report)))
    return all_decisions(selection.connection)


def _fitting(selection: Selection) -> list[Condition]:
    asked = selection.where
    found = [*where.of_report(asked), *where.published(asked), *where.naming(asked)]
    if selection.report is not None:
        found.append(reports.c.id == report_id_bytes(selection.report))
    if selection.words.strip():
        found.append(_holding(selection))
    return found


def _holding(selection: Selection) -> Condition:
    """That a report holds the words; none does where only words are named that must not be there."""
    terms = fulltext.terms(selection.words)
    if all(term.without for term in terms):
        return false()
    held = fulltext.matching(selection.connection, terms)
    return reports.c.number.in_(held.with_only_columns(held.selected_columns["id"]))


def _all_of(page: Callable[[str | None], Some[_Item]]) -> Iterator[_Item]:
    after: str | None = None
    while True:
        found = page(after)
        yield from found.items
        after = found.next
        if after is None:
            return
