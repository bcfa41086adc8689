"""What is asked of the claims in a ledger: one by its id, those of a report, the moves, what may be the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, bindparam, func, or_, select

from sayso.ledger.derived.claims import claim_members, claim_moves, claim_reports
from sayso.ledger.identity import identity_of, report_name
from sayso.ledger.numbers import ids, numbers
from sayso.ledger.schema import findings, reports, texts
from sayso.trace.claims.attitude import CHECKING
from sayso.trace.claims.joining import Placement, Ref, link, own_claim
from sayso.trace.claims.joining import suggestions as suggested
from sayso.trace.claims.packing import Packed
from sayso.trace.claims.scoring import Known, tie
from sayso.trace.claims.stored import Seen, StoredIndex, claim_number, claim_of_number
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


@dataclass(frozen=True, slots=True)
class Size:
    """How many statements stand in a claim, and how many reports make them."""

    statements: int
    reports: int


def claim(connection: Connection, id_: ClaimId, most: int | None = None, seen: Seen | None = None) -> Claim | None:
    """A claim with its members in canonical order, None where no statement anchors it now; the first `most`, if given.

    A report that is a published check of the record repeats what it judges, and affirms nothing. `seen` is what was
    looked up before within one transaction that only reads.
    """
    placed = placements(connection, id_, most, seen)
    return told(placed) if placed else None


def size(connection: Connection, id_: ClaimId, seen: Seen | None = None) -> Size:
    """How many statements stand in a claim, and in how many reports, however many there are."""
    anchor = _anchor(connection, id_, _index(connection, seen))
    if anchor is None:
        return Size(0, 0)
    here = (claim_members.c.anchor_report == anchor[0]) & (claim_members.c.anchor_place == anchor[1])
    own = claim_members.c.report == anchor[0]
    others = func.count(claim_members.c.report.distinct()).filter(~own)
    row = connection.execute(select(func.count(), others).select_from(claim_members).where(here)).one()
    return Size(row[0] + 1, row[1] + 1)


def placements(
    connection: Connection, id_: ClaimId, most: int | None = None, seen: Seen | None = None
) -> tuple[Placement, ...]:
    """The statements of a claim, its anchor first, in canonical order; the first `most`, if given."""
    found = seen or Seen()
    index = _index(connection, found)
    anchor = _anchor(connection, id_, index)
    if anchor is None:
        return ()
    members = _members(connection, anchor, None if most is None else most - 1)
    found.kept |= many_kept(connection, {number for number, _ in (anchor, *members)} - found.kept.keys())
    index.vectors([anchor, *members])
    checks = _checks(connection, {number for number, _ in (anchor, *members)})
    first = index.known(anchor)
    placed = [Placement(anchor, _seen(first, anchor, checks), id_, anchor, None)]
    for ref in members:
        known = index.known(ref)
        if (held := tie(known, first)) is not None:
            placed.append(Placement(ref, _seen(known, ref, checks), id_, anchor, link(known, first, held)))
    return tuple(sorted(placed, key=lambda each: each.known.proposition.order))


def claims_of(connection: Connection, report: ReportId) -> tuple[ClaimId, ...]:
    """The claims that a report's statements stand in, each once, in order of the statements."""
    return tuple(claim for claim, _ in stated_in(connection, report))


def stated_in(
    connection: Connection, report: ReportId, seen: Seen | None = None
) -> tuple[tuple[ClaimId, StatementId], ...]:
    """The claims that a report's statements stand in, each with the first of these, in order of the statements."""
    number = numbers(connection, [report]).get(report)
    if number is None:
        return ()
    found = seen or Seen()
    index = _index(connection, found)
    refs = [(number, place) for place in index.places(number)]
    stands = index.standings(refs)
    first: dict[Ref, Ref] = {}
    for ref in refs:
        first.setdefault(stands[ref].anchor, ref)
    found.kept |= many_kept(connection, {anchor for anchor, _ in first} - found.kept.keys())
    return tuple(
        (own_claim(index.proposition(anchor)), index.proposition(ref).statement) for anchor, ref in first.items()
    )


def suggestions(connection: Connection, id_: ClaimId, seen: Seen | None = None) -> tuple[ClaimLink, ...]:
    """Other claims that may be the same as one, by their anchors, the likeliest first; never merged."""
    index = _index(connection, seen)
    anchor = _anchor(connection, id_, index)
    return () if anchor is None else suggested(anchor, index)


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


def many_kept(connection: Connection, wanted: Iterable[int]) -> dict[int, Packed]:
    """The propositions of reports, by their numbers, as they are kept."""
    listed, out = sorted(wanted), dict[int, Packed]()
    for start in range(0, len(listed), _AT_ONCE):
        for row in connection.execute(_KEPT, {"numbers": listed[start : start + _AT_ONCE]}):
            out[row.report] = Packed(bytes(row.data), bytes(row.text), report_name(bytes(row.id)))
    return out


_KEPT: Final = select(
    claim_reports.c.report, claim_reports.c.data, texts.c.data.label("text"), reports.c.id
).select_from(
    claim_reports.join(reports, reports.c.number == claim_reports.c.report)
    .join(texts, texts.c.number == reports.c.text)
).where(claim_reports.c.report.in_(bindparam("numbers", expanding=True)))  # fmt: skip


def _number(id_: ClaimId) -> int | None:
    try:
        return claim_number(id_) if len(id_) == 18 else None
    except ValueError:
        return None


def _index(connection: Connection, seen: Seen | None) -> StoredIndex:
    return StoredIndex(connection, seen=seen)


def _anchor(connection: Connection, id_: ClaimId, index: StoredIndex) -> Ref | None:
    """The statement that anchors a claim, None where none does now."""
    number = _number(id_)
    if number is None:
        return None
    query = select(claim_reports.c.report).where(claim_reports.c.tag == number >> 32 & 0xFFFFFFFF)
    for report in connection.execute(query).scalars().all():
        for ref in ((report, place) for place in index.places(report)):
            if own_claim(index.proposition(ref)) == id_ and index.standings([ref])[ref].anchor == ref:
                return ref
    return None


def _members(connection: Connection, anchor: Ref, most: int | None) -> list[Ref]:
    """Those that stand with an anchor, the first `most` in canonical order."""
    table = claim_members
    here = (table.c.anchor_report == anchor[0]) & (table.c.anchor_place == anchor[1])
    query = select(table.c.report, table.c.place).where(here)
    if most is not None:
        query = query.join(claim_reports, claim_reports.c.report == table.c.report)
        query = query.order_by(claim_reports.c.rank, table.c.place).limit(most)
    return [(row.report, row.place) for row in connection.execute(query)]


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
