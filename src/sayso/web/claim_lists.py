"""The claims of a ledger a page at a time: newest first, or those that most reports make.

A claim stands at the day and place of the statement that anchors it, the earliest known. What only an answer tells, as
how many voices it has, is worked out claim by claim, so that a page that asks for much of it may end early.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, and_, exists, func, or_, select, tuple_

from sayso.errors import SaysoError
from sayso.ledger import fulltext, where
from sayso.ledger.derived.claims import claim_members, claim_vectors
from sayso.ledger.identity import report_id_bytes, report_name
from sayso.ledger.schema import Query, readings, reports, statements
from sayso.ledger.where import Condition, Where
from sayso.ledger.words import indexed
from sayso.record import Context
from sayso.trace.answers.sides import sides
from sayso.trace.answers.stored import StoredHoldings
from sayso.trace.claims.stored import StoredIndex
from sayso.trace.voices import Membership, trail
from sayso.vocabulary import Claim, ClaimId, Polarity

_MANY: Final = 10_000  # statements from which on the reports lead, by their days
_TOP: Final = 200  # claims that are put in order by their reports
_COUNTED: Final = 80  # statements of a claim that its voices are counted by
_WORDINGS: Final = 6
_AHEAD: Final = 4  # times as many anchors are looked up at once as a page holds
_MARK: Final = re.compile(r"(?P<day>[0-9-]{0,10}):(?P<report>r-[0-9a-f]{32}):(?P<place>[0-9]{1,7})")
_SKIP: Final = re.compile(r"[0-9]{1,4}")
Sort = Literal["newest", "reports"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims: those with a statement that fits `where` (outlet, place, stance) and holds the words.

    `since` and `until` are of the day on which a claim was first stated. `reports` and `voices` are how many there have
    to be at least; with `found` a finding has to bear on it.
    """

    where: Where = where.EVERYWHERE
    words: str = ""
    since: str | None = None
    until: str | None = None
    reports: int = 1
    voices: int = 1
    found: bool = False
    sort: Sort = "newest"


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim in a list. `first` and `last` are the days of its statements, as far as these state any.

    `voices`, `polarities` and the days are of the first `counted` of its statements: 80 at most.
    """

    claim: ClaimId
    text: str
    first: str | None
    last: str | None
    statements: int
    reports: int
    counted: int
    voices: int
    polarities: tuple[tuple[Polarity, int], ...]
    findings: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some claims, and what to ask for the next ones with; None where these are the last."""

    claims: tuple[ListedClaim, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The statement that anchors a claim, and the mark of its place in the list."""

    number: int
    place: int
    mark: str


def claims_page(connection: Connection, wanted: Wanted, limit: int, after: str | None, seconds: float) -> Page:
    """The next claims that fit. It ends early where these seconds were spent on what does not.

    Raises SaysoError where `after` is no mark of such a list.
    """
    until = time.monotonic() + seconds
    held, index = StoredHoldings(connection), StoredIndex(connection)
    found: list[ListedClaim] = []
    last = after
    for it in _anchors(connection, wanted, limit, after):
        if len(found) == limit or (last != after and time.monotonic() > until):
            return Page(tuple(found), last)
        last = it.mark
        if (claim := _told(index.claim((it.number, it.place)), wanted, held)) is not None:
            found.append(claim)
    return Page(tuple(found))


def _told(id_: ClaimId, wanted: Wanted, held: StoredHoldings) -> ListedClaim | None:
    """A claim as the list has it; None where it does not fit."""
    claim = held.claim(id_, _COUNTED)
    if claim is None or not _holds(claim, wanted.words):
        return None
    size = held.size(id_)
    if size.reports < wanted.reports:
        return None
    names = list(dict.fromkeys(it.report for it in claim.members))
    held.meet(names)
    trails = []
    for member in claim.members:
        reading = held.reading(member.report)
        if reading is not None and reading.statement(member.statement) is not None:
            part = Membership(id_, member.report, member.statement, member.polarity)
            trails.append((part, trail(reading, member.statement, held.known)))
    told = sides(trails, held.shared(it for _, it in trails), max(0, size.statements - len(claim.members)))
    voices = sum(len(it.voices.voices) for it in told)
    if voices < wanted.voices:
        return None
    days = sorted(it.day for _, it in trails if it.day)
    bearing = held.bearing(_wordings(claim), Context(days[0] if days else "", ()))
    if wanted.found and not bearing:
        return None
    does = dict.fromkeys((it.report, it.polarity) for it in claim.members)
    polarities = [(it, sum(1 for _, each in does if each is it)) for it in Polarity]
    return ListedClaim(
        id_, claim.text, days[0] if days else None, days[-1] if days else None, size.statements, size.reports,
        len(claim.members), voices, tuple(it for it in polarities if it[1]), len(bearing),
    )  # fmt: skip


def _holds(claim: Claim, words: str) -> bool:
    """Whether a wording of a claim holds the words; the index knows only that a report does."""
    asked = fulltext.terms(words)
    return not asked or any(fulltext.holds(indexed(it.text), asked) for it in claim.members)


def _wordings(claim: Claim) -> list[str]:
    return list(dict.fromkeys((claim.text, *(it.text for it in claim.members))))[:_WORDINGS]


def _anchors(connection: Connection, wanted: Wanted, limit: int, after: str | None) -> Iterator[_Anchor]:
    """The anchors of claims that may fit, in the order of the list, from a mark on."""
    fitting = _fitting(connection, wanted)
    if wanted.sort == "reports":
        yield from _most_told(connection, wanted, fitting, after)
        return
    place = _marked(after)
    few = fitting if fitting is not None and _is_few(connection, fitting) else None
    if few is not None:
        yield from _of_few(connection, wanted, few, place)
        return
    while rows := _walked(connection, wanted, fitting, limit * _AHEAD, place):
        yield from (_anchor(row) for row in rows)
        place = _marked(_anchor(rows[-1]).mark)


def _walked(
    connection: Connection, wanted: Wanted, fitting: Query | None, most: int, after: tuple[str, bytes, int] | None
) -> list[Any]:
    """Some anchors after a place, by the days of their reports, those without a day at the end."""
    own = claim_vectors.c
    joined = reports.join(claim_vectors, own.report == reports.c.number).outerjoin(
        claim_members, and_(claim_members.c.report == own.report, claim_members.c.place == own.place)
    )
    query: Query = select(reports.c.number, reports.c.id, reports.c.day, own.place).select_from(joined)
    query = query.where(claim_members.c.report.is_(None), *_first_stated(wanted), *_told_by(wanted))
    if fitting is not None:
        query = query.where(_some_fits(fitting))
    rows: list[Any] = []
    if after is None or after[0]:
        dated = query.where(reports.c.day.is_not(None))
        if after is not None:
            day, id_, place = after
            beyond = or_(reports.c.id > id_, and_(reports.c.id == id_, own.place > place))
            dated = dated.where(reports.c.day <= day, or_(reports.c.day < day, beyond))
        rows += connection.execute(dated.order_by(reports.c.day.desc(), reports.c.id, own.place).limit(most)).all()
    if len(rows) < most and wanted.since is None and wanted.until is None:
        undated = query.where(reports.c.day.is_(None))
        if after is not None and not after[0]:
            _, id_, place = after
            undated = undated.where(or_(reports.c.id > id_, and_(reports.c.id == id_, own.place > place)))
        rows += connection.execute(undated.order_by(reports.c.id, own.place).limit(most - len(rows))).all()
    return rows


def _of_few(
    connection: Connection, wanted: Wanted, fitting: Query, after: tuple[str, bytes, int] | None
) -> Iterator[_Anchor]:
    """The anchors of the claims in which a few statements stand, in the order of the list."""
    said = fitting.subquery()
    stands = claim_members.alias()
    anchored = select(
        func.coalesce(stands.c.anchor_report, said.c.number).label("number"),
        func.coalesce(stands.c.anchor_place, said.c.place).label("place"),
    ).select_from(said.outerjoin(stands, and_(stands.c.report == said.c.number, stands.c.place == said.c.place)))
    each = anchored.distinct().subquery()
    query: Query = select(reports.c.number, reports.c.id, reports.c.day, each.c.place).join(
        each, each.c.number == reports.c.number
    )
    rows = connection.execute(query.where(*_first_stated(wanted))).all()
    dated = sorted((it for it in rows if it.day), key=lambda it: (bytes(it.id), it.place))
    dated.sort(key=lambda it: it.day, reverse=True)
    undated = sorted((it for it in rows if not it.day), key=lambda it: (bytes(it.id), it.place))
    for row in (*dated, *undated):
        if after is None or _is_beyond((row.day or "", bytes(row.id), row.place), after):
            yield _anchor(row)


def _most_told(connection: Connection, wanted: Wanted, fitting: Query | None, after: str | None) -> Iterator[_Anchor]:
    """The anchors of the claims that most reports make, two at least; a mark is how many were passed."""
    if after is not None and not _SKIP.fullmatch(after):
        raise _broken()
    others = func.count(claim_members.c.report.distinct())
    groups = select(claim_members.c.anchor_report, claim_members.c.anchor_place, others.label("others")).group_by(
        claim_members.c.anchor_report, claim_members.c.anchor_place
    )
    each = groups.subquery()
    query: Query = select(reports.c.number, reports.c.id, reports.c.day, each.c.anchor_place.label("place")).join(
        each, each.c.anchor_report == reports.c.number
    )
    query = query.where(*_first_stated(wanted))
    if fitting is not None:
        said = fitting.subquery()
        member = exists(
            select(claim_members.c.report).join(
                said, and_(said.c.number == claim_members.c.report, said.c.place == claim_members.c.place)
            ).where(
                claim_members.c.anchor_report == each.c.anchor_report,
                claim_members.c.anchor_place == each.c.anchor_place,
            )
        )  # fmt: skip
        query = query.where(or_(tuple_(each.c.anchor_report, each.c.anchor_place).in_(fitting), member))
    ordered = query.order_by(each.c.others.desc(), reports.c.day.desc(), reports.c.id, each.c.anchor_place)
    passed = int(after or 0)
    for number, row in enumerate(connection.execute(ordered.limit(_TOP)).all()[passed:], passed + 1):
        yield _Anchor(row.number, row.place, str(number))


def _fitting(connection: Connection, wanted: Wanted) -> Query | None:
    """The statements that fit, each by the number of its report and its place; None where all do."""
    asks = wanted.where
    conditions = [*where.of_report(asks), *where.said(asks), *where.about(asks)]
    words = fulltext.singly(fulltext.terms(wanted.words))
    if words:
        held = fulltext.matching(connection, words)
        conditions.append(reports.c.number.in_(held.with_only_columns(held.selected_columns["id"])))
    if not conditions:
        return None
    joined = reports.join(readings, readings.c.report == reports.c.number).join(
        statements, statements.c.reading == readings.c.number
    )
    query: Query = select(reports.c.number, statements.c.ordinal.label("place")).select_from(joined).join(
        claim_vectors,
        and_(claim_vectors.c.report == reports.c.number, claim_vectors.c.place == statements.c.ordinal),
    )  # fmt: skip
    return query.where(where.current(), *conditions)


def _some_fits(fitting: Query) -> Condition:
    """That the statement that anchors a claim, or another of it, is among those that fit."""
    own, other = claim_vectors.c, claim_members.alias()
    said = fitting.subquery()
    among = select(other.c.report).join(said, and_(said.c.number == other.c.report, said.c.place == other.c.place))
    members = exists(among.where(other.c.anchor_report == own.report, other.c.anchor_place == own.place))
    return or_(exists(select(said.c.number).where(said.c.number == own.report, said.c.place == own.place)), members)


def _first_stated(wanted: Wanted) -> Sequence[Condition]:
    return where.published(Where(since=wanted.since, until=wanted.until))


def _told_by(wanted: Wanted) -> list[Condition]:
    """That a claim has so many statements at least that it may have the reports or voices that are asked for."""
    least = max(wanted.reports, wanted.voices)
    if least < 2:
        return []
    other = claim_members.alias()
    groups = select(other.c.anchor_report, other.c.anchor_place).group_by(other.c.anchor_report, other.c.anchor_place)
    enough = groups.having(func.count() >= least - 1)
    return [tuple_(claim_vectors.c.report, claim_vectors.c.place).in_(enough)]


def _is_few(connection: Connection, query: Query) -> bool:
    some = query.limit(_MANY + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) <= _MANY


def _anchor(row: Any) -> _Anchor:  # noqa: ANN401 - a row
    return _Anchor(row.number, row.place, f"{row.day or ''}:{report_name(bytes(row.id))}:{row.place}")


def _marked(after: str | None) -> tuple[str, bytes, int] | None:
    """The day, the report and the place of a mark."""
    if after is None:
        return None
    found = _MARK.fullmatch(after)
    id_ = report_id_bytes(found["report"]) if found else None
    if found is None or id_ is None:
        raise _broken()
    return found["day"], id_, int(found["place"])


def _is_beyond(one: tuple[str, bytes, int], after: tuple[str, bytes, int]) -> bool:
    if bool(one[0]) != bool(after[0]):
        return not one[0]
    return one[1:] > after[1:] if one[0] == after[0] else one[0] < after[0]


def _broken() -> SaysoError:
    return SaysoError("This is no mark of a place in the list", "Begin at its top")
