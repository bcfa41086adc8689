"""What is asked of the claims in a ledger: one by its id, those of a report, the moves, what may be the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, or_, select

from sayso.ledger.derived.claims import claim_members, claim_moves, claim_reports
from sayso.ledger.derived.findings import findings
from sayso.ledger.identity import identity_of, report_name
from sayso.ledger.numbers import ids, numbers
from sayso.ledger.schema import reports
from sayso.trace.claims.attitude import CHECKING
from sayso.trace.claims.joining import Placement, Ref, link, own_claim
from sayso.trace.claims.joining import suggestions as suggested
from sayso.trace.claims.scoring import Known, tie
from sayso.trace.claims.stored import StoredIndex, claim_number, claim_of_number
from sayso.trace.claims.telling import claim as told
from sayso.vocabulary import Claim, ClaimId, ClaimLink, ReportId, StatementId

_AT_ONCE = 500  # reports in one question


@dataclass(frozen=True, slots=True)
class Move:
    """That a statement was taken from one claim to another.

    `because` is a report and the statement of it that came or went, `version` what decided it.
    """

    report: ReportId
    statement: StatementId
    before: ClaimId
    after: ClaimId
    because: str
    version: str


def claim(connection: Connection, id_: ClaimId) -> Claim | None:
    """A claim with its members in canonical order, None where no statement anchors it now.

    A report that is a published check of the record repeats what it judges, and affirms nothing.
    """
    placed = placements(connection, id_)
    return told(placed) if placed else None


def placements(connection: Connection, id_: ClaimId) -> tuple[Placement, ...]:
    """The statements of a claim, its anchor first, in canonical order."""
    index = StoredIndex(connection)
    anchor = _anchor(connection, id_)
    if anchor is None:
        return ()
    members = _members(connection, anchor)
    checks = _checks(connection, {number for number, _ in (anchor, *members)})
    first = index.known(anchor)
    found = [Placement(anchor, _seen(first, anchor, checks), id_, anchor, None)]
    for ref in members:
        known = index.known(ref)
        if (held := tie(known, first)) is not None:
            found.append(Placement(ref, _seen(known, ref, checks), id_, anchor, link(known, first, held)))
    return tuple(sorted(found, key=lambda each: each.known.proposition.order))


def claims_of(connection: Connection, report: ReportId) -> tuple[ClaimId, ...]:
    """The claims that a report's statements stand in, each once, in order of the statements."""
    number = numbers(connection, [report]).get(report)
    if number is None:
        return ()
    index = StoredIndex(connection)
    refs = [(number, place) for place in index.places(number)]
    stands = index.standings(refs)
    anchors = dict.fromkeys(stands[ref].anchor for ref in refs)
    return tuple(own_claim(index.proposition(anchor)) for anchor in anchors)


def suggestions(connection: Connection, id_: ClaimId) -> tuple[ClaimLink, ...]:
    """Other claims that may be the same as one, by their anchors, the likeliest first; never merged."""
    anchor = _anchor(connection, id_)
    return () if anchor is None else suggested(anchor, StoredIndex(connection))


def moves(connection: Connection, id_: ClaimId) -> tuple[Move, ...]:
    """The statements that were taken into or out of a claim, in the order in which that was decided."""
    number = _number(id_)
    if number is None:
        return ()
    query = select(claim_moves).where(or_(claim_moves.c.before == number, claim_moves.c.after == number))
    rows = connection.execute(query.order_by(claim_moves.c.number)).all()
    names = ids(connection, {row.report for row in rows})
    return tuple(
        Move(
            names[row.report], StatementId(row.statement), claim_of_number(row.before), claim_of_number(row.after),
            f"{report_name(bytes(row.because_report))} {row.because_statement}", row.version,
        )
        for row in rows if row.report in names
    )  # fmt: skip


def _number(id_: ClaimId) -> int | None:
    try:
        return claim_number(id_) if len(id_) == 18 else None
    except ValueError:
        return None


def _anchor(connection: Connection, id_: ClaimId) -> Ref | None:
    """The statement that anchors a claim, None where none does now."""
    number = _number(id_)
    if number is None:
        return None
    index = StoredIndex(connection)
    query = select(claim_reports.c.report).where(claim_reports.c.tag == number >> 32 & 0xFFFFFFFF)
    for report in connection.execute(query).scalars().all():
        for ref in ((report, place) for place in index.places(report)):
            if own_claim(index.proposition(ref)) == id_ and index.standings([ref])[ref].anchor == ref:
                return ref
    return None


def _members(connection: Connection, anchor: Ref) -> list[Ref]:
    table = claim_members
    here = (table.c.anchor_report == anchor[0]) & (table.c.anchor_place == anchor[1])
    return [(row.report, row.place) for row in connection.execute(select(table.c.report, table.c.place).where(here))]


def _checks(connection: Connection, reports_: Iterable[int]) -> set[int]:
    """Those of some reports, by their numbers, that are published checks of the record, told by their address."""
    wanted = sorted(reports_)
    addresses: dict[str, list[int]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(reports.c.number, reports.c.data).where(reports.c.number.in_(wanted[start : start + _AT_ONCE]))
        for number, data in connection.execute(query):
            if address := identity_of(data, b"").address:
                addresses.setdefault(address, []).append(number)
    return {number for address in _checked(connection, [*addresses]) for number in addresses[address]}


def _checked(connection: Connection, addresses: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(addresses), _AT_ONCE):
        query = select(findings.c.url).where(findings.c.url.in_(addresses[start : start + _AT_ONCE]))
        found |= set(connection.execute(query).scalars())
    return found


def _seen(known: Known, ref: Ref, checks: set[int]) -> Known:
    if ref[0] not in checks:
        return known
    polarity, why = CHECKING
    return replace(known, proposition=replace(known.proposition, attitude=polarity, why=why))
