"""Claims kept in a ledger: what a reading gives, how it is taken in and out, and the index that joining asks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
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
    settle_all,
)
from sayso.trace.claims.keys import Keys, keys
from sayso.trace.claims.lines import Entry, Line, joined, looked_up, sides
from sayso.trace.claims.order import rank, tag
from sayso.trace.claims.packing import Packed, packed
from sayso.trace.claims.proposition import Proposition, propositions
from sayso.trace.claims.scoring import LEAST, Known
from sayso.trace.embedding import Vectors, cosines, embed
from sayso.vocabulary import ClaimId, Reading, ReportId

VERSION: Final = "claims 1"  # of what decides who stands where; written beside every move
_SCORE: Final = 10_000
_PLACE_BITS: Final = 20  # of a reference as one number
_AT_ONCE: Final = 400  # reports in one question
_FURTHEST: Final = 1_000  # statements looked up on either side of one under a key


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
    take_all(connection, [(number, report, derived)], window=window)


def take_all(connection: Connection, taken: Iterable[tuple[int, ReportId, Derived]], *, window: int = WINDOW) -> None:
    """Keep the propositions of reports and join each to a claim; of their numbers nothing is there.

    Those who are moved are moved once for all of them, so that a batch costs less than its reports one by one.
    """
    stating = [each for each in taken if each[2].known]
    if not stating:
        return
    index = StoredIndex(connection, window, _seen.setdefault(connection, Seen()))
    about, vectors, refs = [], [], []
    for number, report, derived in stating:
        place = rank(derived.known[0].proposition.moment, report)
        own = {known.proposition.place: keys for known, keys in zip(derived.known, derived.keys, strict=True)}
        under = _packed_keys(own)
        about.append({"report": number, "tag": tag(report), "rank": place, "under": under, "data": derived.data})
        for known in derived.known:
            ref = number, known.proposition.place
            vectors.append({"report": number, "place": ref[1], "vector": embedding.packed(known.vector)})
            refs.append(ref)
            index.hold(ref, known)
        index.add(number, place, own)
    connection.execute(claim_reports.insert(), about)
    connection.execute(claim_vectors.insert(), vectors)
    placements = settle_all(refs, index)
    index.keep(placements)
    _log(connection, placements)


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
            _log(connection, [replace(each, because=known) for each in placements])
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


def _log(connection: Connection, placements: Iterable[Placement]) -> None:
    """Note who was moved from one claim to another, and because of which statement."""
    moved = [
        (placement, placement.before, placement.because.proposition)
        for placement in placements
        if placement.before is not None and placement.because is not None
    ]
    if not moved:
        return
    last = connection.execute(select(func.max(claim_moves.c.number))).scalar() or 0
    rows = [
        {
            "number": last + at,
            "report": placement.ref[0],
            "statement": placement.known.proposition.statement,
            "before": claim_number(before),
            "after": claim_number(placement.claim),
            "because_report": report_id_bytes(because.report),
            "because_statement": because.statement,
            "version": VERSION,
        }
        for at, (placement, before, because) in enumerate(moved, start=1)
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
    vectors: dict[Ref, Vectors] = field(default_factory=dict)
    kept: dict[int, Packed] = field(default_factory=dict)
    known: dict[Ref, Known] = field(default_factory=dict)
    keys: dict[int, tuple[int, dict[int, Keys]]] = field(default_factory=dict)

    def forget(self, number: int) -> None:
        """Know nothing of a report."""
        for found in (self.standings, self.vectors, self.known):
            for ref in [ref for ref in found if ref[0] == number]:
                found.pop(ref)
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
        self._new: dict[int, list[Ref]] = {}  # by their keys
        self._lines: dict[int, Line] = {}
        found = seen or Seen()
        self._standings, self._vectors, self._kept = found.standings, found.vectors, found.kept
        self._known, self._keys = found.known, found.keys

    @property
    def window(self) -> int:
        """How many statements are looked at under a key."""
        return self._window

    def hold(self, ref: Ref, known: Known) -> None:
        """Know a statement that is on its way in."""
        self._vectors[ref], self._known[ref] = known.vector, known

    def add(self, number: int, place: int, own: dict[int, Keys]) -> None:
        """Keep the statements of a report under their keys by their places, in no claim yet; it comes at this rank."""
        rows = [{"key": key, "rank": place, "place": at, "report": number} for at, keys in own.items() for key in keys]
        if rows:
            self._connection.execute(claim_keys.insert(), rows)
        for row in rows:
            self._new.setdefault(row["key"], []).append((number, row["place"]))
        self._runs.clear()
        self._lines.clear()
        self._keys[number] = place, own

    def take_out(self, leave: Leave, own: Keys, place: int) -> None:
        """Keep a statement no longer."""
        number, at = leave.ref
        for key in own:
            here = (claim_keys.c.key == key) & (claim_keys.c.rank == place) & (claim_keys.c.place == at)
            self._connection.execute(claim_keys.delete().where(here & (claim_keys.c.report == number)))
        mine = (claim_members.c.report == number) & (claim_members.c.place == at)
        self._connection.execute(claim_members.delete().where(mine))
        self._runs.clear()
        self._lines.clear()
        self._standings.pop(leave.ref, None)

    def keep(self, placements: Iterable[Placement]) -> None:
        """Put statements where they stand from now on."""
        gone, there = [], []
        for placement in placements:
            number, at = placement.ref
            score = placement.link.score if placement.link else 0.0
            self._standings[placement.ref] = Standing(placement.anchor, score)
            if placement.before is not None:
                gone.append({"one": number, "at": at})
            if placement.link is not None:
                there.append({
                    "report": number, "place": at, "anchor_report": placement.anchor[0],
                    "anchor_place": placement.anchor[1], "score": round(score * _SCORE),
                })  # fmt: skip
        if gone:
            mine = (claim_members.c.report == bindparam("one")) & (claim_members.c.place == bindparam("at"))
            self._connection.execute(claim_members.delete().where(mine), gone)
        if there:
            self._connection.execute(claim_members.insert(), there)
        self._new.clear()

    def meet(self, refs: Collection[Ref]) -> None:
        """Look up at once what settling these will ask of one by one: where those around them stand, and vectors."""
        self._read(ref[0] for ref in refs)
        before, after = set[Ref](), set[Ref]()
        for run in (run for ref in refs for run in self.runs(ref)):
            before.update(run.before)
            after.update(run.after)
        anchors = {standing.anchor for standing in self.standings(before | after).values()}
        self._fetch(after | anchors)

    def runs(self, ref: Ref) -> Collection[Run]:
        """The statements around one, for each of its keys."""
        if ref not in self._runs:
            place, own = self._own_keys(ref[0])
            self._runs[ref] = self.around(own[ref[1]], place, ref[1])
        return self._runs[ref]

    def runs_without(self, ref: Ref, others: Collection[Ref]) -> Collection[Run]:
        """The statements around one, for each of its keys, if these others, which have just come, were not there."""
        place, own = self._own_keys(ref[0])
        keys = own[ref[1]]
        if not keys:
            return []
        more = max(len(self._new.get(key, ())) for key in keys)
        if more < 2 and others == {ref}:
            return self.runs(ref)
        sides = self._sides(keys, place, ref[1], self._window + more)
        most = self._window
        self._runs[ref] = [Run(before[:most], after[:most]) for before, after in sides]
        return [Run(*(tuple(other for other in side if other not in others)[:most] for side in both)) for both in sides]

    def around(self, own: Keys, place: int, at: int) -> list[Run]:
        """The statements before and after a rank and a place in it, under each of some keys."""
        return [Run(before, after) for before, after in self._sides(own, place, at, self._window)]

    def _sides(self, own: Keys, place: int, at: int, most: int) -> list[tuple[tuple[Ref, ...], tuple[Ref, ...]]]:
        """What stands before and after a point under each key: at most so many, the nearest first."""
        found: dict[int, tuple[tuple[Ref, ...], tuple[Ref, ...]]] = {}
        while missing := [key for key in own if key not in found]:
            for key in missing:
                line = self._lines.get(key)
                held = None if line is None else sides(line, place, at, most)
                if held is not None:
                    before, after = held
                    found[key] = tuple((it[2], it[1]) for it in before), tuple((it[2], it[1]) for it in after)
            self._look_up([key for key in missing if key not in found], place, at, most)
        return [found[key] for key in own]

    def _look_up(self, asked: Sequence[int], place: int, at: int, most: int) -> None:
        """Lengthen the lines of keys around a point; each time that one is too short it is looked up further."""
        if not asked:
            return
        known = [self._lines.get(key) for key in asked]
        least = self._window + max(len(self._new.get(key, ())) for key in asked)
        reaches = [max(most + 1, min(2 * line.reach, _FURTHEST) if line else least + 1) for line in known]
        values = {"rank": place, "place": at}
        for n, (key, reach) in enumerate(zip(asked, reaches, strict=True)):
            values |= {f"k{n}": key, f"m{n}": reach}
        both: list[list[Entry]] = [[] for _ in range(2 * len(asked))]
        for n, *entry in sorted(map(tuple, self._connection.execute(_neighbours(len(asked)), values))):
            both[n].append((entry[0], entry[1], entry[2]))
        for n, (key, reach) in enumerate(zip(asked, reaches, strict=True)):
            self._lines[key] = joined(known[n], looked_up(both[2 * n], both[2 * n + 1], reach))

    def _stands(self, ref: Ref, anchor_report: int, anchor_place: int, score: int) -> None:
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
        if ref not in self._known:
            self._known[ref] = Known(self._proposition(ref), self.vectors([ref])[0])
        return self._known[ref]

    def places(self, number: int) -> tuple[int, ...]:
        """The places of the statements of a report that put a proposition, in order."""
        query = select(claim_vectors.c.place).where(claim_vectors.c.report == number)
        return tuple(sorted(self._connection.execute(query).scalars()))

    def of_reports(self, numbers: Sequence[int]) -> list[Ref]:
        """The statements of some reports that put a proposition."""
        for row in self._connection.execute(select(claim_vectors).where(claim_vectors.c.report.in_(numbers))):
            self._vectors[row.report, row.place] = embedding.unpacked(row.vector)[0]
        asked = set(numbers)
        return [ref for ref in self._vectors if ref[0] in asked]

    def proposition(self, ref: Ref) -> Proposition:
        """What a statement puts. Raises LedgerDamaged."""
        return self._known[ref].proposition if ref in self._known else self._proposition(ref)

    def _proposition(self, ref: Ref) -> Proposition:
        self._read([ref[0]])
        try:
            return self._kept[ref[0]].proposition(ref[1])
        except (Unpackable, KeyError) as error:
            problem = f"its propositions cannot be taken out ({error})"
            raise LedgerDamaged(f"report {ref[0]}", problem, "See sayso verify") from error

    def _read(self, numbers: Iterable[int]) -> None:
        """Take out the propositions of reports, still packed, and their keys."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self._kept]
        for start in range(0, len(missing), _AT_ONCE):
            for row in self._connection.execute(_KEPT, {"numbers": missing[start : start + _AT_ONCE]}):
                self._kept[row.report] = Packed(bytes(row.data), bytes(row.text), report_name(bytes(row.id)))
                self._keys.setdefault(row.report, (row.rank, _unpacked_keys(row.under)))

    def near(self, pairs: Iterable[tuple[Ref, Ref]]) -> Iterable[tuple[Ref, Ref, float]]:
        """Those pairs of statements whose embeddings are near enough for a tie, with their cosines."""
        listed = list(pairs)
        if not listed:
            return []
        at = {ref: n for n, ref in enumerate(dict.fromkeys(ref for pair in listed for ref in pair))}
        rows = self.vectors([*at])
        likeness = cosines(rows[[at[one] for one, _ in listed]], rows[[at[other] for _, other in listed]])
        found = [(*pair, cosine) for pair, cosine in zip(listed, likeness.tolist(), strict=True) if cosine >= LEAST]
        self._read(ref[0] for one, other, _ in found for ref in (one, other) if ref not in self._known)
        return found

    def vectors(self, refs: Sequence[Ref]) -> Vectors:
        """The embeddings of statements, [refs, 384]."""
        self._fetch(refs)
        if not refs:
            return embedding.unpacked(b"")
        return np.stack([self._vectors[ref] for ref in refs])

    def _fetch(self, refs: Iterable[Ref]) -> None:
        missing = [ref for ref in dict.fromkeys(refs) if ref not in self._vectors]
        rows = _looked_up(self._connection, _VECTORS, missing)
        vectors = embedding.unpacked(b"".join(row.vector for row in rows))
        self._vectors.update(zip(((row.report, row.place) for row in rows), vectors, strict=True))

    def _own_keys(self, number: int) -> tuple[int, dict[int, Keys]]:
        if number not in self._keys:
            query = select(claim_reports.c.rank, claim_reports.c.under).where(claim_reports.c.report == number)
            place, data = self._connection.execute(query).one()
            self._keys[number] = place, _unpacked_keys(data)
        return self._keys[number]


def kept_propositions(connection: Connection, number: int) -> Packed:
    """The propositions of a report that puts some, as they are kept."""
    row = connection.execute(_KEPT, {"numbers": [number]}).one()
    return Packed(bytes(row.data), bytes(row.text), report_name(bytes(row.id)))


_KEPT: Final = select(
    claim_reports.c.report, claim_reports.c.rank, claim_reports.c.under, claim_reports.c.data,
    texts.c.data.label("text"), reports.c.id,
).select_from(
    claim_reports.join(reports, reports.c.number == claim_reports.c.report)
    .join(texts, texts.c.number == reports.c.text)
).where(claim_reports.c.report.in_(bindparam("numbers", expanding=True)))  # fmt: skip


@cache
def _neighbours(count: int) -> Any:  # noqa: ANN401 - a query of SQLAlchemy
    """For so many keys what stands around a rank and place: rows with an even number before it, odd ones from it on."""
    parts = []
    for n in range(2 * count):
        sign, way = (">=", "ASC") if n & 1 else ("<", "DESC")
        parts.append(
            f"SELECT * FROM (SELECT {n} AS n, rank, place, report FROM claim_keys"  # noqa: S608 - numbers of ours
            f" WHERE key = :k{n >> 1} AND (rank, place) {sign} (:rank, :place)"
            f" ORDER BY rank {way}, place {way}, report {way} LIMIT :m{n >> 1}) AS s{n}"
        )
    return text(" UNION ALL ".join(parts))


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
