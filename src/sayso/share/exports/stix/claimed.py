"""A claim as STIX: a grouping of the notes of its statements, a plain note beside, and the runs of copies under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sqlalchemy import Connection

from sayso.review.items import Item, Kind, passages_of
from sayso.share.exports.found import captured
from sayso.share.exports.instants import instant
from sayso.share.exports.selection import Selection
from sayso.share.exports.stix.assigned import assignments
from sayso.share.exports.stix.extensions import of_claim
from sayso.share.exports.stix.objects import StixObject, kept, made, named, references, time_of
from sayso.share.exports.stix.said import Told, note, told
from sayso.share.visible import one_line
from sayso.trace.answers.stored import StoredHoldings
from sayso.trace.copies.grouping import groups
from sayso.trace.copies.stored import links_near
from sayso.vocabulary import Claim, Kinship, Polarity, ReportId

_LONGEST: Final = 200  # code points of a name
_DOES: Final = {
    Polarity.AFFIRMS: "vouch for it",
    Polarity.DENIES: "deny it",
    Polarity.REPORTS: "pass it on",
    Polarity.DOUBTS: "doubt it",
}


def claimed(selection: Selection, claim: Claim) -> Iterator[StixObject]:
    """The objects of a claim, its grouping last but for what points at it.

    A member whose report was read again, and in which the statement is no more, has no note.
    """
    reports = _reports(selection, claim)
    notes: dict[tuple[str, str], str] = {}
    held: list[StixObject] = []
    for it in claim.members:
        of = reports.get(it.report)
        statement = of.reading.statement(it.statement) if of else None
        if of is None or statement is None:
            continue
        found = note(of, statement)
        notes[it.report, it.statement] = found["id"]
        parts = [part for part in (of.outlet, of.speaker(statement), of.copy) if part]
        held += [*parts, found]
        yield from (*parts, found)
    runs = [*_runs(selection.connection, reports)]
    yield from runs
    refs = references((*held, *runs))
    if not refs:
        return
    grouping = _grouping(selection, claim, reports, notes, refs)
    yield grouping
    yield _plain(grouping, claim)
    for report in reports.values():
        yield from assignments(selection.connection, report.reading.report.id, _target(claim, report, grouping["id"]))


def _reports(selection: Selection, claim: Claim) -> dict[ReportId, Told]:
    """The reports of the members, in their order."""
    held = StoredHoldings(selection.connection)
    wanted = dict.fromkeys(it.report for it in claim.members)
    held.meet(wanted)
    found: dict[ReportId, Told] = {}
    for report in wanted:
        reading = held.reading(report)
        if reading is not None:
            found[report] = told(reading, time_of(reading.report, captured(selection, report)))
    return found


def _grouping(
    selection: Selection,
    claim: Claim,
    reports: dict[ReportId, Told],
    notes: dict[tuple[str, str], str],
    refs: Sequence[str],
) -> StixObject:
    """The claim itself. It grows by reports that are captured later, and is modified when the last of them was."""
    times = [it.time for it in reports.values()]
    came = [found for report in reports if (found := instant(captured(selection, report)))]
    words = one_line(claim.text)
    said = {
        "name": words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…",
        "description": f"One proposition in {len(claim.members)} statements. Nothing is said of whether it is true.",
        "context": "unspecified",
        "object_refs": [*refs],
        "extensions": of_claim(claim, notes),
    }
    return kept(named("grouping", claim.id), min(times), said, max((*times, *came)))


def _plain(grouping: StixObject, claim: Claim) -> StixObject:
    reports = len({it.report for it in claim.members})
    counts = Counter(it.polarity for it in claim.members)
    does = ", ".join(f"{counts[it]} {_DOES[it]}" for it in Polarity if counts[it])
    words = f"Claim: “{one_line(claim.text)}”\n{len(claim.members)} statements in {reports} reports: {does}"
    said = {"abstract": "who says so", "content": words, "object_refs": [grouping["id"]]}
    return made("note", grouping["modified"], said)


def _runs(connection: Connection, reports: dict[ReportId, Told]) -> Iterator[StixObject]:
    """Each group of reports that are one text, as one observation of so many copies."""
    whole = [it for it in links_near(connection, reports, (Kinship.WHOLE,)) if {it.a, it.b} <= reports.keys()]
    for group in groups(whole, lambda report: (reports[report].time, report)):
        times = [reports[it].time for it in group]
        said = {
            "first_observed": min(times),
            "last_observed": max(times),
            "number_observed": len(group),
            "object_refs": references(reports[it].copy for it in group),
        }
        yield made("observed-data", min(times), said)


def _target(claim: Claim, of: Told, grouping: str) -> Callable[[Item], str | None]:
    """What a technique that is assigned in a report is tied to: the claim, where one of its statements has it."""
    text = of.reading.report.text
    stated = {it.statement for it in claim.members if it.report == of.reading.report.id}
    passages = {passages_of(it, text) for it in of.reading.statements if it.id in stated}

    def target(item: Item) -> str | None:
        return grouping if item.kind is Kind.STATEMENT and item.passages in passages else None

    return target
