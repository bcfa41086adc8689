"""Claims kept in a ledger: what a reading gives, how it is taken in and out, and the index that joining asks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Connection, Row, bindparam, func, select, text

from sayso.errors import LedgerDamaged
from sayso.ledger.derived.claims import claim_keys, claim_members, claim_moves, claim_reports, claim_vectors
from sayso.ledger.identity import report_id_bytes, report_name
from sayso.ledger.packing import Unpackable
from sayso.ledger.schema import reports, texts
from sayso.trace import embedding
from sayso.trace.claims.joining import (
    WINDOW,
    Leave,
    Placement,
    Ref,
    Run,
    Standing,
    leaving,
    mended,
    settle,
)
from sayso.trace.claims.keys import Keys, keys
from sayso.trace.claims.order import rank, tag
from sayso.trace.claims.packing import Packed, packed
from sayso.trace.claims.proposition import Proposition, propositions
from sayso.trace.claims.scoring import LEAST, Known
from sayso.trace.embedding import Vectors, cosines, embed
from sayso.vocabulary import ClaimId, Reading, ReportId

VERSION: Final = "claims 1"  # of what decides who stands where; written beside every move
_SCORE: Final = 10_000
_PLACE_BITS: Final = 20  # of a reference as one number


@dataclass(frozen=True, slots=True)
class Derived:
    """The propositions of a report with their embeddings and keys, and packed as they are kept."""

    known: tuple[Known, ...]
    keys: tuple[Keys, ...]
    data: bytes


def derive(reading: Reading) -> Derived:
    """What a reading puts. Raises UnicodeEncodeError on a lone surrogate."""
    found = tuple(each for each in propositions(reading) if each.place >> _PLACE_BITS == 0)
    vectors = embed([proposition.text for proposition in found])
    return derived([Known(*pair) for pair in zip(found, vectors, strict=True)], reading.report.text)


def derived(known: Sequence[Known], report_text: str) -> Derived:
    """The statements of a report with this text, ready to be taken in."""
    own = tuple(keys(each.proposition, each.vector) for each in known)
    return Derived(tuple(known), own, packed([each.proposition for each in known], report_text))


def take(connection: Connection, number: int, report: ReportId, derived: Derived, *, window: int = WINDOW) -> None:
    """Keep a report's propositions and join each to a claim; of its number nothing is there."""
    if not derived.known:
        return
    place = rank(derived.known[0].proposition.moment, report)
    places = [known.proposition.place for known in derived.known]
    under = _packed_keys(dict(zip(places, derived.keys, strict=True)))
    row = {"report": number, "tag": tag(report), "rank": place, "under": under, "data": derived.data}
    connection.execute(claim_reports.insert(), [row])
    rows = [
        {"report": number, "place": known.proposition.place, "vector": embedding.packed(known.vector)}
        for known in derived.known
    ]
    connection.execute(claim_vectors.insert(), rows)
    index = StoredIndex(connection, window, _seen.setdefault(connection, Seen()))
    for known, own in zip(derived.known, derived.keys, strict=True):
        ref = number, known.proposition.place
        index.add(ref, own, place, known)
        placements = settle(ref, index)
        index.keep(placements)
        _log(connection, placements, known.proposition)


def drop(connection: Connection, number: int, *, window: int = WINDOW) -> None:
    """Take a report's propositions out; who stood in a claim of theirs, or behind them, is settled anew."""
    query = select(claim_reports.c.under, claim_reports.c.rank).where(claim_reports.c.report == number)
    row = connection.execute(query).one_or_none()
    seen = _seen.setdefault(connection, Seen())
    index = StoredIndex(connection, window, seen)
    if row is not None:
        for place, own in _unpacked_keys(row.under).items():
            known = index.known((number, place))
            leave = leaving((number, place), index)
            index.take_out(leave, own, row.rank)
            placements = mended(leave, index)
            index.keep(placements)
            _log(connection, placements, known.proposition)
    for table in (claim_reports, claim_vectors, claim_members):
        connection.execute(table.delete().where(table.c.report == number))
    seen.forget(number)


def _packed_keys(under: dict[int, Keys]) -> bytes:
    """The keys of statements by their places, in 32 bits each: a place, how many keys, the keys."""
    return np.array([n for place, own in under.items() for n in (place, len(own), *own)], dtype="<i4").tobytes()


def _unpacked_keys(data: bytes) -> dict[int, Keys]:
    numbers = np.frombuffer(data, dtype="<i4").tolist()
    found: dict[int, Keys] = {}
    at = 0
    while at < len(numbers):
        place, count = numbers[at : at + 2]
        found[place] = tuple(numbers[at + 2 : at + 2 + count])
        at += 2 + count
    return found


def _log(connection: Connection, placements: Iterable[Placement], because: Proposition) -> None:
    """Note who was moved from one claim to another, and because of which statement."""
    moved = [placement for placement in placements if placement.before is not None]
    if not moved:
        return
    last = connection.execute(select(func.max(claim_moves.c.number))).scalar() or 0
    rows = [
        {
            "number": last + at,
            "report": placement.ref[0],
            "statement": placement.known.proposition.statement,
            "before": claim_number(placement.before),
            "after": claim_number(placement.claim),
            "because_report": report_id_bytes(because.report),
            "because_statement": because.statement,
            "version": VERSION,
        }
        for at, placement in enumerate(moved, start=1)
        if placement.before is not None
    ]
    connection.execute(claim_moves.insert(), rows)


def claim_number(claim: ClaimId) -> int:
    """A claim's id as a signed 64-bit number. Raises ValueError where it is no id of a claim."""
    return int.from_bytes(bytes.fromhex(claim.removeprefix("c-")), "big", signed=True)


def claim_of_number(number: int) -> ClaimId:
    """The id of a claim from its number."""
    return ClaimId(f"c-{number.to_bytes(8, 'big', signed=True).hex()}")


@dataclass(slots=True)
class Seen:
    """What a transaction has looked up. The statements of one batch mostly look at the same ones before them."""

    standings: dict[Ref, Standing] = field(default_factory=dict)
    vectors: dict[Ref, bytes] = field(default_factory=dict)
    kept: dict[int, Packed] = field(default_factory=dict)
    propositions: dict[Ref, Proposition] = field(default_factory=dict)
    keys: dict[int, tuple[int, dict[int, Keys]]] = field(default_factory=dict)

    def forget(self, number: int) -> None:
        """Know nothing of a report."""
        for known in (self.standings, self.vectors, self.propositions):
            for ref in [ref for ref in known if ref[0] == number]:
                known.pop(ref)
        self.kept.pop(number, None)
        self.keys.pop(number, None)


# By the connections of the transactions that write, which nobody else changes claims in.
_seen: Final[WeakKeyDictionary[Connection, Seen]] = WeakKeyDictionary()


class StoredIndex:
    """The index of a ledger's statements, within one transaction; what it has looked up it knows until that ends."""

    def __init__(self, connection: Connection, window: int = WINDOW, seen: Seen | None = None) -> None:
        self._connection = connection
        self._window = window
        self._runs: dict[Ref, list[Run]] = {}
        found = seen or Seen()
        self._standings, self._vectors, self._kept = found.standings, found.vectors, found.kept
        self._propositions, self._keys = found.propositions, found.keys

    @property
    def window(self) -> int:
        """How many statements are looked at under a key."""
        return self._window

    def add(self, ref: Ref, own: Keys, place: int, known: Known) -> None:
        """Keep a statement under its keys, in no claim yet; its report comes at this rank."""
        rows = [{"key": key, "rank": place, "place": ref[1], "report": ref[0]} for key in own]
        self._connection.execute(claim_keys.insert(), rows)
        self._runs.clear()
        self._vectors[ref] = embedding.packed(known.vector)
        self._propositions[ref] = known.proposition
        self._keys.setdefault(ref[0], (place, {}))[1][ref[1]] = own

    def take_out(self, leave: Leave, own: Keys, place: int) -> None:
        """Keep a statement no longer."""
        number, at = leave.ref
        for key in own:
            here = (claim_keys.c.key == key) & (claim_keys.c.rank == place) & (claim_keys.c.place == at)
            self._connection.execute(claim_keys.delete().where(here & (claim_keys.c.report == number)))
        mine = (claim_members.c.report == number) & (claim_members.c.place == at)
        self._connection.execute(claim_members.delete().where(mine))
        self._runs.clear()
        self._standings.pop(leave.ref, None)

    def keep(self, placements: Iterable[Placement]) -> None:
        """Put statements where they stand from now on."""
        for placement in placements:
            number, at = placement.ref
            score = placement.link.score if placement.link else 0.0
            self._standings[placement.ref] = Standing(placement.anchor, score)
            if placement.before is not None:
                mine = (claim_members.c.report == number) & (claim_members.c.place == at)
                self._connection.execute(claim_members.delete().where(mine))
            if placement.link is not None:
                row = {
                    "report": number, "place": at, "anchor_report": placement.anchor[0],
                    "anchor_place": placement.anchor[1], "score": round(score * _SCORE),
                }  # fmt: skip
                self._connection.execute(claim_members.insert(), [row])

    def runs(self, ref: Ref) -> Collection[Run]:
        """The statements around one, for each of its keys."""
        if ref not in self._runs:
            place, own = self._own_keys(ref[0])
            self._runs[ref] = self.around(own[ref[1]], place, ref[1])
        return self._runs[ref]

    def around(self, own: Keys, place: int, at: int) -> list[Run]:
        """The statements before and after a rank and a place in it, under each of some keys."""
        if not own:
            return []
        values = {f"k{n}": key for n, key in enumerate(own)} | {"rank": place, "place": at, "most": self._window}
        sides: tuple[list[list[Ref]], list[list[Ref]]] = ([[] for _ in own], [[] for _ in own])
        found = sorted(map(tuple, self._connection.execute(_neighbours(len(own)), values)))
        for n, _, _, number, other, anchor_report, anchor_place, score in found:
            sides[n & 1][n >> 1].append((number, other))
            self._stands((number, other), anchor_report, anchor_place, score)
        return [Run(tuple(reversed(before)), tuple(after)) for before, after in zip(*sides, strict=True)]

    def _stands(self, ref: Ref, anchor_report: int | None, anchor_place: int | None, score: int | None) -> None:
        if anchor_report is None or anchor_place is None or score is None:
            self._standings.setdefault(ref, Standing(ref))
        else:
            self._standings.setdefault(ref, Standing((anchor_report, anchor_place), score / _SCORE))

    def standings(self, refs: Iterable[Ref]) -> dict[Ref, Standing]:
        """Where these statements stand; those that stand in no claim yet are left out."""
        wanted = [*dict.fromkeys(refs)]
        missing = [ref for ref in wanted if ref not in self._standings]
        for row in _looked_up(self._connection, _MEMBERS, missing):
            self._stands((row.report, row.place), row.anchor_report, row.anchor_place, row.score)
        for ref in missing:
            self._standings.setdefault(ref, Standing(ref))
        return {ref: self._standings[ref] for ref in wanted}

    def known(self, ref: Ref) -> Known:
        """A statement."""
        return Known(self.proposition(ref), self.vectors([ref])[0])

    def places(self, number: int) -> tuple[int, ...]:
        """The places of the statements of a report that put a proposition, in order."""
        query = select(claim_vectors.c.place).where(claim_vectors.c.report == number)
        return tuple(sorted(self._connection.execute(query).scalars()))

    def of_reports(self, numbers: Sequence[int]) -> list[Ref]:
        """The statements of some reports that put a proposition."""
        for row in self._connection.execute(select(claim_vectors).where(claim_vectors.c.report.in_(numbers))):
            self._vectors[row.report, row.place] = bytes(row.vector)
        asked = set(numbers)
        return [ref for ref in self._vectors if ref[0] in asked]

    def proposition(self, ref: Ref) -> Proposition:
        """What a statement puts. Raises LedgerDamaged."""
        if ref not in self._propositions:
            if ref[0] not in self._kept:
                self._kept[ref[0]] = kept_propositions(self._connection, ref[0])
            try:
                self._propositions[ref] = self._kept[ref[0]].proposition(ref[1])
            except (Unpackable, KeyError) as error:
                problem = f"its propositions cannot be taken out ({error})"
                raise LedgerDamaged(f"report {ref[0]}", problem, "See sayso verify") from error
        return self._propositions[ref]

    def near(self, pairs: Iterable[tuple[Ref, Ref]]) -> Iterable[tuple[Ref, Ref, float]]:
        """Those pairs of statements whose embeddings are near enough for a tie, with their cosines."""
        listed = list(pairs)
        if not listed:
            return []
        at = {ref: n for n, ref in enumerate(dict.fromkeys(ref for pair in listed for ref in pair))}
        rows = self.vectors([*at])
        likeness = cosines(rows[[at[one] for one, _ in listed]], rows[[at[other] for _, other in listed]])
        return [(*pair, cosine) for pair, cosine in zip(listed, likeness.tolist(), strict=True) if cosine >= LEAST]

    def vectors(self, refs: Sequence[Ref]) -> Vectors:
        """The embeddings of statements, [refs, 384]."""
        missing = [ref for ref in dict.fromkeys(refs) if ref not in self._vectors]
        for row in _looked_up(self._connection, _VECTORS, missing):
            self._vectors[row.report, row.place] = bytes(row.vector)
        return embedding.unpacked(b"".join(self._vectors[ref] for ref in refs))

    def _own_keys(self, number: int) -> tuple[int, dict[int, Keys]]:
        if number not in self._keys:
            query = select(claim_reports.c.rank, claim_reports.c.under).where(claim_reports.c.report == number)
            place, data = self._connection.execute(query).one()
            self._keys[number] = place, _unpacked_keys(data)
        return self._keys[number]


def kept_propositions(connection: Connection, number: int) -> Packed:
    """The propositions of a report that puts some, as they are kept."""
    row = connection.execute(_KEPT, {"number": number}).one()
    return Packed(bytes(row.data), bytes(row.text), report_name(bytes(row.id)))


_KEPT: Final = select(claim_reports.c.data, texts.c.data.label("text"), reports.c.id).select_from(
    claim_reports.join(reports, reports.c.number == claim_reports.c.report)
    .join(texts, texts.c.number == reports.c.text)
).where(claim_reports.c.report == bindparam("number"))  # fmt: skip


@cache
def _neighbours(count: int) -> Any:  # noqa: ANN401 - a query of SQLAlchemy
    """For so many keys what stands around a rank and place: rows with an even number before it, odd ones after."""
    parts = []
    for n in range(2 * count):
        sign, way = (">", "ASC") if n & 1 else ("<", "DESC")
        parts.append(
            f"SELECT * FROM (SELECT {n} AS n, rank, place, report FROM claim_keys"  # noqa: S608 - numbers of ours
            f" WHERE key = :k{n >> 1} AND (rank, place) {sign} (:rank, :place)"
            f" ORDER BY rank {way}, place {way}, report {way} LIMIT :most) AS s{n}"
        )
    return text(
        f"SELECT a.n, a.rank, a.place, a.report, a.place, m.anchor_report, m.anchor_place, m.score"  # noqa: S608
        f" FROM ({' UNION ALL '.join(parts)}) AS a"
        " LEFT JOIN claim_members m ON m.report = a.report AND m.place = a.place"
    )


_MEMBERS: Final = "claim_members", "t.report, t.place, t.anchor_report, t.anchor_place, t.score"
_VECTORS: Final = "claim_vectors", "t.report, t.place, t.vector"


def _looked_up(connection: Connection, what: tuple[str, str], refs: Sequence[Ref]) -> Sequence[Row[Any]]:
    """The rows of a table for some statements, those there are."""
    if not refs:
        return ()
    table, columns = what
    asked = [number << _PLACE_BITS | place for number, place in refs]
    here = f"t.report = r.value >> {_PLACE_BITS} AND t.place = r.value & {(1 << _PLACE_BITS) - 1}"
    if connection.dialect.name == "sqlite":
        sql = f"SELECT {columns} FROM json_each(:refs) r CROSS JOIN {table} t ON {here}"  # noqa: S608
        return connection.execute(text(sql), {"refs": json.dumps(asked)}).all()
    sql = f"SELECT {columns} FROM unnest(CAST(:refs AS bigint[])) AS r (value) JOIN {table} t ON {here}"  # noqa: S608
    return connection.execute(text(sql), {"refs": asked}).all()
