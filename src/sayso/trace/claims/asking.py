"""What is asked of the claims in a ledger: one by its id, those of a report, the moves, what may be the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from sqlalchemy import Connection, TextClause, bindparam, or_, select, text

from sayso.errors import LedgerDamaged
from sayso.ledger.derived.claims import claim_members, claim_moves, claim_reports
from sayso.ledger.identity import identity_of, report_name
from sayso.ledger.numbers import ids, numbers
from sayso.ledger.packing import Unpackable
from sayso.ledger.schema import findings, reports, texts
from sayso.trace.claims.attitude import CHECKING
from sayso.trace.claims.comparing import contradicts
from sayso.trace.claims.joining import Placement, Ref, claim_id, link, own_claim
from sayso.trace.claims.joining import suggestions as suggested
from sayso.trace.claims.order import Order
from sayso.trace.claims.packing import Packed
from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.scoring import Known, tie
from sayso.trace.claims.stored import Seen, StoredIndex, claim_number, claim_of_number
from sayso.trace.claims.telling import Put, canonical, polarity
from sayso.trace.claims.telling import claim as told
from sayso.vocabulary import Claim, ClaimId, ClaimLink, Polarity, ReportId, StatementId

COUNTED: Final = 10_000  # statements of a claim
_AT_ONCE: Final = 500  # reports in one question
_AHEAD: Final = 16  # times as many members are looked at as are asked for, to find the first in canonical order


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


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A claim by `counted` of its members: its wording, and how many reports of these do what with it; and its size."""

    claim: ClaimId
    text: str
    size: Size
    polarities: tuple[tuple[Polarity, int], ...]
    counted: int


def claim(connection: Connection, id_: ClaimId, most: int | None = None, seen: Seen | None = None) -> Claim | None:
    """A claim with its members in canonical order, None where no statement anchors it now; the first `most`, if given.

    A report that is a published check of the record repeats what it judges, and affirms nothing. `seen` is what was
    looked up before within one transaction that only reads.
    """
    placed = placements(connection, id_, most, seen)
    return told(placed) if placed else None


def size(connection: Connection, id_: ClaimId, seen: Seen | None = None) -> Size:
    """How many statements stand in a claim, and in how many reports, counted up to `COUNTED` statements."""
    anchor = _anchors(connection, [id_], _index(connection, seen), seen or Seen()).get(id_)
    return Size(0, 0) if anchor is None else _sizes(connection, [anchor])[anchor]


def glimpses(
    connection: Connection, wanted: Iterable[ClaimId], most: int, seen: Seen | None = None
) -> dict[ClaimId, Glimpse]:
    """Some claims by the first `most` of their members; those that no statement anchors now are left out."""
    found = seen or Seen()
    index = _index(connection, found)
    anchors = _anchors(connection, dict.fromkeys(wanted), index, found)
    members = _first_members(connection, [*anchors.values()], most - 1)
    reports_ = {number for anchor, others in members.items() for number, _ in (anchor, *others)}
    found.kept |= many_kept(connection, reports_ - found.kept.keys())
    checks = _checks(connection, reports_)
    sizes = _sizes(connection, [anchor for anchor, others in members.items() if len(others) == most - 1])

    def said(ref: Ref) -> Proposition:
        kept = index.proposition(ref)
        return _judged(kept) if ref[0] in checks else kept

    out = {}
    for id_, anchor in anchors.items():
        first = said(anchor)
        others = [said(ref) for ref in members[anchor]]
        puts = [Put(first, False), *sorted((Put(it, contradicts(it, first)) for it in others), key=_order)]
        worded = canonical(puts)
        does = dict.fromkeys((it.said.report, polarity(it, worded)) for it in puts)
        counted = Counter(each for _, each in does)
        known = Size(len(puts), len({it.said.report for it in puts}))
        polarities = tuple((it, counted[it]) for it in Polarity if counted[it])
        out[id_] = Glimpse(id_, worded.said.text, sizes.get(anchor, known), polarities, len(puts))
    return out


def placements(
    connection: Connection, id_: ClaimId, most: int | None = None, seen: Seen | None = None
) -> tuple[Placement, ...]:
    """The statements of a claim, its anchor first, in canonical order; the first `most`, if given."""
    found = seen or Seen()
    index = _index(connection, found)
    anchor = _anchors(connection, [id_], index, found).get(id_)
    if anchor is None:
        return ()
    members = _members(connection, anchor) if most is None else _first_members(connection, [anchor], most - 1)[anchor]
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
    found = seen or Seen()
    index = _index(connection, found)
    anchor = _anchors(connection, [id_], index, found).get(id_)
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


def _anchors(connection: Connection, wanted: Iterable[ClaimId], index: StoredIndex, seen: Seen) -> dict[ClaimId, Ref]:
    """The statements that anchor some claims; those that none anchors now are left out."""
    tags = {number >> 32 & 0xFFFFFFFF: None for id_ in wanted if (number := _number(id_)) is not None}
    if not tags:
        return {}
    there = set(connection.execute(_TAGGED, {"tags": [*tags]}).scalars())
    seen.kept |= many_kept(connection, there - seen.kept.keys())
    named: dict[ClaimId, Ref] = {}
    for number in sorted(there):
        kept = seen.kept[number]
        try:
            places = kept.statements()
        except Unpackable as error:
            problem = f"its propositions cannot be taken out ({error})"
            raise LedgerDamaged(f"report {kept.report}", problem, "See sayso verify") from error
        named |= {claim_id(kept.report, statement): (number, place) for place, statement in places.items()}
    found = {id_: named[id_] for id_ in wanted if id_ in named}
    stands = index.standings(found.values())
    return {id_: ref for id_, ref in found.items() if stands[ref].anchor == ref}


_TAGGED: Final = select(claim_reports.c.report).where(claim_reports.c.tag.in_(bindparam("tags", expanding=True)))


def _members(connection: Connection, anchor: Ref) -> list[Ref]:
    """Those that stand with an anchor."""
    table = claim_members
    here = (table.c.anchor_report == anchor[0]) & (table.c.anchor_place == anchor[1])
    return [(row.report, row.place) for row in connection.execute(select(table.c.report, table.c.place).where(here))]


def _first_members(connection: Connection, anchors: Sequence[Ref], most: int) -> dict[Ref, list[Ref]]:
    """The first members of claims by their anchors, in canonical order: at most so many of each.

    Of a claim of very many only those are looked at that came into the ledger first.
    """
    found: dict[Ref, list[Ref]] = {anchor: [] for anchor in anchors}
    for part in _parts(anchors):
        values = {f"{name}{n}": value for n, ref in enumerate(part) for name, value in zip("rp", ref, strict=True)}
        rows = connection.execute(_first(len(part)), {**values, "most": most, "ahead": _AHEAD * most})
        for n, _, place, report in sorted(map(tuple, rows)):
            found[part[n]].append((report, place))
    return found


def _sizes(connection: Connection, anchors: Sequence[Ref]) -> dict[Ref, Size]:
    """How many statements stand with some anchors, these included, and in how many reports."""
    found: dict[Ref, Size] = {}
    for part in _parts(anchors):
        values = {f"{name}{n}": value for n, ref in enumerate(part) for name, value in zip("rp", ref, strict=True)}
        for n, statements, others in connection.execute(_counts(len(part)), {**values, "most": COUNTED - 1}):
            found[part[n]] = Size(statements + 1, others + 1)
    return found


def _parts(anchors: Sequence[Ref]) -> Iterator[Sequence[Ref]]:
    return (anchors[start : start + _CLAIMS] for start in range(0, len(anchors), _CLAIMS))


_CLAIMS: Final = 50  # in one question


@cache
def _first(count: int) -> TextClause:
    """The first members of so many claims: number of the claim, rank, place, report."""
    parts = (
        f"SELECT * FROM (SELECT {n} AS n, c.rank AS rank, m.place AS place, m.report AS report"  # noqa: S608 - ours
        f" FROM (SELECT report, place FROM claim_members WHERE anchor_report = :r{n} AND anchor_place = :p{n}"
        f" ORDER BY report, place LIMIT :ahead) m JOIN claim_reports c ON c.report = m.report"
        f" ORDER BY c.rank, m.place LIMIT :most) s{n}"
        for n in range(count)
    )
    return text(" UNION ALL ".join(parts))


@cache
def _counts(count: int) -> TextClause:
    """How many members so many claims have, and in how many reports but the anchor's: with the number of the claim."""
    parts = (
        f"SELECT {n} AS n, count(*), count(DISTINCT CASE WHEN report <> :r{n} THEN report END) FROM"  # noqa: S608 - ours
        f" (SELECT report FROM claim_members WHERE anchor_report = :r{n} AND anchor_place = :p{n} LIMIT :most) s{n}"
        for n in range(count)
    )
    return text(" UNION ALL ".join(parts))


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
    return replace(known, proposition=_judged(known.proposition)) if ref[0] in checks else known


def _judged(said: Proposition) -> Proposition:
    """What a published check says: it repeats what it judges."""
    attitude, why = CHECKING
    return replace(said, attitude=attitude, why=why)


def _order(put: Put) -> Order:
    return put.said.order
