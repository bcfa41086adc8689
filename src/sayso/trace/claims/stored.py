"""Claims kept in a ledger: what a reading gives, how it is taken in and out, and the index that joining asks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
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
from sayso.trace.claims import outlines
from sayso.trace.claims.comparing import day_of, is_long_after
from sayso.trace.claims.joining import (
    WINDOW,
    Change,
    Ref,
    Run,
    Standing,
    Ties,
    claim_id,
    leaving,
    mended_without,
    past,
    settle_all,
)
from sayso.trace.claims.keys import Keys, keys
from sayso.trace.claims.lines import Entry, Line, before, joined, looked_up, sides
from sayso.trace.claims.order import Order, rank, tag
from sayso.trace.claims.outlines import Outline
from sayso.trace.claims.packing import Packed, packed
from sayso.trace.claims.proposition import Proposition, propositions
from sayso.trace.claims.scoring import LEAST, Known, Tie, joining
from sayso.trace.embedding import Vectors, cosines, embed
from sayso.vocabulary import ClaimId, Reading, ReportId, StatementId

VERSION: Final = "claims 1"  # of what decides who stands where; written beside every move
_SCORE: Final = 10_000
_PLACE_BITS: Final = 20  # of a reference as one number
_AT_ONCE: Final = 400  # reports in one question
_FURTHEST: Final = 1_000  # statements looked up on either side of one under a key
_LINES: Final = 32  # keys in one question
_TIES: Final = 100_000  # that are remembered


@dataclass(frozen=True, slots=True)
class Derived:
    """The propositions of a report with their embeddings, and packed as they are kept: their signs, and their words."""

    known: tuple[Known, ...]
    under: bytes
    data: bytes


def derive(reading: Reading) -> Derived:
    """What a reading puts. Raises UnicodeEncodeError on a lone surrogate."""
    found = tuple(each for each in propositions(reading) if each.place >> _PLACE_BITS == 0)
    vectors = embed([proposition.text for proposition in found])
    return derived([Known(*pair) for pair in zip(found, vectors, strict=True)], reading.report.text)


def derived(known: Sequence[Known], report_text: str) -> Derived:
    """The statements of a report with this text, ready to be taken in."""
    under = outlines.packed(known, [keys(each.proposition, each.vector) for each in known])
    return Derived(tuple(known), under, packed([each.proposition for each in known], report_text))


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
        first = derived.known[0].proposition
        outline = Outline(
            report, rank(first.moment, report), day_of(first.moment), outlines.unpacked(derived.under, number)
        )
        about.append({
            "report": number, "tag": tag(report), "rank": outline.rank, "day": outline.day, "under": derived.under,
            "data": derived.data,
        })  # fmt: skip
        for known in derived.known:
            ref = number, known.proposition.place
            vectors.append({"report": number, "place": ref[1], "vector": embedding.packed(known.vector)})
            refs.append(ref)
            index.hold(ref, known)
        index.add(number, outline)
    connection.execute(claim_reports.insert(), about)
    connection.execute(claim_vectors.insert(), vectors)
    index.insert(refs)
    changes = settle_all(refs, index)
    index.keep(changes)
    _log(connection, index, changes, {})


def drop(connection: Connection, number: int, *, window: int = WINDOW) -> None:
    """Take a report's propositions out; who stood in a claim of theirs, or behind them, is settled anew."""
    seen = _seen.setdefault(connection, Seen())
    index = StoredIndex(connection, window, seen)
    for place in index.places(number):
        leave = leaving((number, place), index)
        because = report_id_bytes(index.order(leave.ref).report), index.order(leave.ref).statement
        index.take_out(leave.ref)
        changes = mended_without(leave, index)
        index.keep(changes)
        _log(connection, index, changes, {leave.ref: leave.claim}, because)
    for table in (claim_reports, claim_vectors, claim_members):
        connection.execute(table.delete().where(table.c.report == number))
    seen.forget(number)


def _log(
    connection: Connection, index: StoredIndex, changes: Iterable[Change], gone: Mapping[Ref, ClaimId],
    because: tuple[bytes | None, StatementId] | None = None,
) -> None:  # fmt: skip
    """Note who was moved from one claim to another, and because of which statement that came, or of one that went.

    Where the statement that a claim was named after has moved, those that go with it are not noted one by one: else a
    claim of thousands would be noted anew with each earlier statement that turns up. `gone` are the claims of anchors
    that are there no longer.
    """
    anchors = {it.ref: it.anchor for it in changes if it.was == it.ref}
    moved = [
        (it, it.was, it.cause) for it in changes
        if it.was is not None and (because or it.cause) and (it.was == it.ref or anchors.get(it.was) != it.anchor)
    ]  # fmt: skip
    if not moved:
        return
    last = connection.execute(select(func.max(claim_moves.c.number))).scalar() or 0
    claims = {anchor: claim_number(gone.get(anchor) or index.claim(anchor)) for it, was, _ in moved
              for anchor in (it.anchor, was)}  # fmt: skip
    rows = []
    for at, (change, was, cause) in enumerate(moved, start=1):
        if because is None and cause is not None:
            order = index.order(cause)
            report, statement = report_id_bytes(order.report), order.statement
        elif because is not None:
            report, statement = because
        rows.append({
            "number": last + at, "report": change.ref[0], "statement": index.order(change.ref).statement,
            "before": claims[was], "after": claims[change.anchor], "because_report": report,
            "because_statement": statement, "version": VERSION,
        })  # fmt: skip
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
    outlines: dict[int, Outline] = field(default_factory=dict)
    contents: dict[Ref, tuple[bytes, int]] = field(default_factory=dict)  # each with the day it is of
    orders: dict[Ref, Order] = field(default_factory=dict)

    def forget(self, number: int) -> None:
        """Know nothing of a report."""
        for found in (self.standings, self.vectors, self.known, self.contents, self.orders):
            for ref in [ref for ref in found if ref[0] == number]:
                found.pop(ref)
        self.kept.pop(number, None)
        self.outlines.pop(number, None)


# By the connections of the transactions that write, which nobody else changes claims in.
_seen: Final[WeakKeyDictionary[Connection, Seen]] = WeakKeyDictionary()

# By the digests of both contents, the later one first, and whether they come long after one another.
_ties: Final[dict[tuple[bytes, bytes, bool], Tie | None]] = {}


class StoredIndex:
    """The index of a ledger's statements, within one transaction; what it has looked up it knows until that ends."""

    def __init__(self, connection: Connection, window: int = WINDOW, seen: Seen | None = None) -> None:
        self._connection = connection
        self._window = window
        self._runs: dict[Ref, list[Run]] = {}
        self._new: dict[int, int] = {}  # how many, by their keys
        self._lines: dict[int, Line] = {}
        found = seen or Seen()
        self._standings, self._vectors, self._kept = found.standings, found.vectors, found.kept
        self._known, self._outlines = found.known, found.outlines
        self._contents, self._orders = found.contents, found.orders

    @property
    def window(self) -> int:
        """How many statements are looked at under a key."""
        return self._window

    def hold(self, ref: Ref, known: Known) -> None:
        """Know a statement that is on its way in."""
        self._vectors[ref], self._known[ref] = known.vector, known

    def add(self, number: int, outline: Outline) -> None:
        """Know the statements of a report."""
        self._outlines[number] = outline
        self._contents.update(((number, at), (sign.content, outline.day)) for at, sign in outline.signs.items())

    def insert(self, refs: Iterable[Ref]) -> None:
        """Keep statements under their keys, in no claim yet."""
        rows = []
        for number, place in refs:
            outline = self._outlines[number]
            for key in outline.signs[place].keys:
                rows.append({"key": key, "rank": outline.rank, "place": place, "report": number})
                self._new[key] = self._new.get(key, 0) + 1
        if rows:
            self._connection.execute(claim_keys.insert(), rows)
        self._runs.clear()
        self._lines.clear()

    def take_out(self, ref: Ref) -> None:
        """Keep a statement no longer."""
        number, at = ref
        outline = self._outline(number)
        there = claim_keys.c
        for key in outline.signs[at].keys:
            here = (there.key == key) & (there.rank == outline.rank) & (there.place == at) & (there.report == number)
            self._connection.execute(claim_keys.delete().where(here))
        mine = (claim_members.c.report == number) & (claim_members.c.place == at)
        self._connection.execute(claim_members.delete().where(mine))
        self._runs.clear()
        self._lines.clear()
        self._standings.pop(ref, None)

    def keep(self, changes: Iterable[Change]) -> None:
        """Put statements where they stand from now on."""
        gone, there = [], []
        for change in changes:
            score = 0.0 if change.tie is None else change.tie.score
            self._standings[change.ref] = Standing(change.anchor, score)
            if change.tie is not None:
                there.append((*change.ref, *change.anchor, round(score * _SCORE)))
            elif change.was is not None:
                gone.append(change.ref)
        mark = "?" if self._connection.dialect.name == "sqlite" else "%s"
        if gone:
            self._connection.exec_driver_sql(_GONE.replace("?", mark), gone)
        if there:
            self._connection.exec_driver_sql(_THERE.replace("?", mark), there)
        self._new.clear()

    def meet(self, refs: Collection[Ref]) -> Ties:
        """Look up at once what settling these will ask of one by one: who is around them, where these stand, ties."""
        self._read(ref[0] for ref in refs)
        self._meet_runs([ref for ref in refs if ref not in self._runs])
        befores = {ref: {other for run in self._runs[ref] for other in run.before} for ref in refs}
        afters = {ref: {other for run in self._runs[ref] for other in run.after} for ref in refs}
        standings = self.standings(set[Ref]().union(*befores.values(), *afters.values()))
        self._read({number for ref, standing in standings.items() for number, _ in (ref, standing.anchor)})
        ties = self.ties({(ref, standings[other].anchor) for ref, near in befores.items() for other in near})
        # Each mostly goes to the anchor that it is tied to best by now; those after it will be held against that.
        best = {ref: (0.0, ref) for ref in refs}
        for (ref, anchor), held in ties.items():
            if held is not None:
                best[ref] = max(best[ref], (held.score, anchor))
        ties |= self.ties({
            (other, best[ref][1]) for ref, after in afters.items() for other in after
            if standings[other].anchor != best[ref][1]
        })  # fmt: skip
        return ties

    def _meet_runs(self, refs: Collection[Ref]) -> None:
        """Look up the statements around these, the lines of all their keys at once."""
        found: dict[tuple[Ref, int], Run] = {}
        asked = [(ref, key) for ref in refs for key in self._outlines[ref[0]].signs[ref[1]].keys]
        asked.sort(key=lambda it: (it[1], self._outlines[it[0][0]].rank, it[0][1]))
        while asked:
            left: dict[int, tuple[int, int, int, int]] = {}
            waiting = []
            for ref, key in asked:
                place, line = self._outlines[ref[0]].rank, self._lines.get(key)
                held = None if line is None else sides(line, place, ref[1], self._window)
                if held is None:
                    left.setdefault(key, (key, place, ref[1], self._window))
                    waiting.append((ref, key))
                else:
                    found[ref, key] = Run(*held)
            self._lengthen([*left.values()])
            asked = waiting
        for ref in refs:
            self._runs[ref] = [found[ref, key] for key in self._outlines[ref[0]].signs[ref[1]].keys]

    def runs(self, ref: Ref) -> Collection[Run]:
        """The statements around one, for each of its keys."""
        found = self._runs.get(ref)
        if found is None:
            outline = self._outline(ref[0])
            found = self._runs[ref] = self.around(outline.signs[ref[1]].keys, outline.rank, ref[1])
        return found

    def runs_past(self, ref: Ref, others: Collection[Ref]) -> Iterable[Run]:
        """The same, but of the statements before one a window's length that are none of these others, with those."""
        outline = self._outline(ref[0])
        for key, run in zip(outline.signs[ref[1]].keys, self.runs(ref), strict=True):
            if (more := self._new.get(key, 0)) < 2 or not run.after or run.after[0] in others:
                yield run
                continue
            nearest = self._before(key, outline.rank, ref[1], self._window + more)
            yield Run(past(nearest, self._window, others), run.after)

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
                    found[key] = held
            self._lengthen([(key, place, at, most) for key in missing if key not in found])
        return [found[key] for key in own]

    def _before(self, key: int, place: int, at: int, most: int) -> tuple[Ref, ...]:
        """What stands before a point under a key: at most so many, the nearest first."""
        line = self._lines.get(key)
        while line is None or (found := before(line, place, at, most)) is None:
            self._lengthen([(key, place, at, most)])
            line = self._lines[key]
        return found

    def _lengthen(self, asked: Sequence[tuple[int, int, int, int]]) -> None:
        """Look up the lines of keys around a rank and a place: so many each way, further where that was too short."""
        for start in range(0, len(asked), _LINES):
            part = asked[start : start + _LINES]
            values: dict[str, int] = {}
            reaches = []
            for n, (key, place, at, most) in enumerate(part):
                line = self._lines.get(key)
                least = self._window + self._new.get(key, 0) + 1
                reaches.append(max(most + 1, min(2 * line.reach, _FURTHEST) if line else least))
                values |= {f"k{n}": key, f"r{n}": place, f"p{n}": at, f"m{n}": reaches[-1]}
            both: list[list[Entry]] = [[] for _ in range(2 * len(part))]
            for n, *entry in self._connection.execute(_neighbours(len(part)), values).all():
                both[n].append((entry[0], entry[1], entry[2]))
            for n, ((key, *_), reach) in enumerate(zip(part, reaches, strict=True)):
                fresh = looked_up(sorted(both[2 * n]), sorted(both[2 * n + 1]), reach)
                self._lines[key] = joined(self._lines.get(key), fresh)

    def _stands(self, ref: Ref, anchor_report: int, anchor_place: int, score: int) -> None:
        self._standings.setdefault(ref, Standing((anchor_report, anchor_place), score / _SCORE))

    def standings(self, refs: Iterable[Ref]) -> dict[Ref, Standing]:
        """Where these statements stand; those that stand in no claim yet are left out."""
        wanted, held = dict.fromkeys(refs), self._standings
        missing = [ref for ref in wanted if ref not in held]
        for row in _looked_up(self._connection, _MEMBERS, missing):
            self._stands((row.report, row.place), row.anchor_report, row.anchor_place, row.score)
        for ref in missing:
            held.setdefault(ref, Standing(ref))
        return {ref: held[ref] for ref in wanted}

    def order(self, ref: Ref) -> Order:
        """Where a statement comes, and so what it is called."""
        found = self._orders.get(ref)
        if found is None:
            outline = self._outline(ref[0])
            found = self._orders[ref] = Order(outline.rank, ref[1], outline.report, outline.signs[ref[1]].statement)
        return found

    def claim(self, ref: Ref) -> ClaimId:
        """The id of the claim that a statement anchors if it does."""
        order = self.order(ref)
        return claim_id(order.report, order.statement)

    def known(self, ref: Ref) -> Known:
        """A statement."""
        if ref not in self._known:
            self._known[ref] = Known(self._proposition(ref), self.vectors([ref])[0])
        return self._known[ref]

    def places(self, number: int) -> tuple[int, ...]:
        """The places of the statements of a report that put a proposition, in order."""
        outline = self._held(number)
        return () if outline is None else tuple(sorted(outline.signs))

    def of_reports(self, numbers: Sequence[int]) -> list[Ref]:
        """The statements of some reports that put a proposition."""
        rows = self._connection.execute(select(claim_vectors).where(claim_vectors.c.report.in_(numbers))).all()
        vectors = embedding.unpacked(b"".join(row.vector for row in rows))
        self._vectors.update(zip(((row.report, row.place) for row in rows), vectors, strict=True))
        asked = set(numbers)
        return [ref for ref in self._vectors if ref[0] in asked]

    def proposition(self, ref: Ref) -> Proposition:
        """What a statement puts. Raises LedgerDamaged."""
        return self._known[ref].proposition if ref in self._known else self._proposition(ref)

    def _proposition(self, ref: Ref) -> Proposition:
        number, place = ref
        if number not in self._kept:
            self._unpack([number])
        try:
            return self._kept[number].proposition(place)
        except (Unpackable, KeyError) as error:
            problem = f"its propositions cannot be taken out ({error})"
            raise LedgerDamaged(f"report {number}", problem, "See sayso verify") from error

    def _unpack(self, numbers: Iterable[int]) -> None:
        """Take out the propositions of reports, still packed."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self._kept]
        for start in range(0, len(missing), _AT_ONCE):
            for row in self._connection.execute(_KEPT, {"numbers": missing[start : start + _AT_ONCE]}):
                self._kept[row.report] = Packed(bytes(row.data), bytes(row.text), report_name(bytes(row.id)))

    def _read(self, numbers: Iterable[int]) -> None:
        """Take out the outlines of reports."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self._outlines]
        for row in _by_numbers(self._connection, missing):
            signs = outlines.unpacked(row.under, row.report)
            self.add(row.report, Outline(report_name(bytes(row.id)), row.rank, row.day, signs))

    def _held(self, number: int) -> Outline | None:
        if number not in self._outlines:
            self._read([number])
        return self._outlines.get(number)

    def _outline(self, number: int) -> Outline:
        found = self._held(number)
        if found is None:
            raise LedgerDamaged(f"report {number}", "the keys of its statements are not there", "See sayso verify")
        return found

    def ties(self, pairs: Collection[tuple[Ref, Ref]]) -> Ties:
        """The ties of pairs of statements, the later one first; None where no machine may join the two."""
        held = self._contents
        if missing := {ref[0] for pair in pairs for ref in pair if ref not in held}:
            self._read(missing)
        found: Ties = {}
        fresh: dict[tuple[bytes, bytes, bool], list[tuple[Ref, Ref]]] = {}
        for pair in pairs:
            (later, day), (earlier, its_day) = held[pair[0]], held[pair[1]]
            both = later, earlier, is_long_after(day, its_day)
            if both in _ties:
                found[pair] = _ties[both]
            else:
                fresh.setdefault(both, []).append(pair)
        if not fresh:
            return found
        told: dict[tuple[bytes, bytes, bool], Tie | None] = dict.fromkeys(fresh)
        alike = {same[0]: both for both, same in fresh.items()}
        for one, other, cosine in self.near(alike):
            told[alike[one, other]] = joining(self.proposition(one), self.proposition(other), cosine)
        if len(_ties) + len(told) > _TIES:
            _ties.clear()
        _ties.update(told)
        for both, same in fresh.items():
            found |= dict.fromkeys(same, told[both])
        return found

    def near(self, pairs: Iterable[tuple[Ref, Ref]]) -> Iterable[tuple[Ref, Ref, float]]:
        """Those pairs of statements whose embeddings are near enough for a tie, with their cosines."""
        listed = list(pairs)
        if not listed:
            return []
        at = {ref: n for n, ref in enumerate(dict.fromkeys(ref for pair in listed for ref in pair))}
        rows = self.vectors([*at])
        likeness = cosines(rows[[at[one] for one, _ in listed]], rows[[at[other] for _, other in listed]])
        found = [(*pair, cosine) for pair, cosine in zip(listed, likeness.tolist(), strict=True) if cosine >= LEAST]
        self._unpack(ref[0] for one, other, _ in found for ref in (one, other) if ref not in self._known)
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


def kept_propositions(connection: Connection, number: int) -> Packed:
    """The propositions of a report that puts some, as they are kept."""
    row = connection.execute(_KEPT, {"numbers": [number]}).one()
    return Packed(bytes(row.data), bytes(row.text), report_name(bytes(row.id)))


_KEPT: Final = select(
    claim_reports.c.report, claim_reports.c.data, texts.c.data.label("text"), reports.c.id,
).select_from(
    claim_reports.join(reports, reports.c.number == claim_reports.c.report)
    .join(texts, texts.c.number == reports.c.text)
).where(claim_reports.c.report.in_(bindparam("numbers", expanding=True)))  # fmt: skip


@cache
def _neighbours(count: int) -> Any:  # noqa: ANN401 - a query of SQLAlchemy
    """For so many keys what stands around ranks and places: rows with even numbers before them, odd ones after."""
    parts = []
    for n in range(2 * count):
        sign, way = (">=", "ASC") if n & 1 else ("<", "DESC")
        parts.append(
            f"SELECT * FROM (SELECT {n} AS n, rank, place, report FROM claim_keys"  # noqa: S608 - numbers of ours
            f" WHERE key = :k{n >> 1} AND (rank, place) {sign} (:r{n >> 1}, :p{n >> 1})"
            f" ORDER BY rank {way}, place {way}, report {way} LIMIT :m{n >> 1}) AS s{n}"
        )
    return text(" UNION ALL ".join(parts))


_GONE: Final = "DELETE FROM claim_members WHERE report = ? AND place = ?"
_THERE: Final = """
    INSERT INTO claim_members (report, place, anchor_report, anchor_place, score) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (report, place) DO UPDATE
    SET anchor_report = excluded.anchor_report, anchor_place = excluded.anchor_place, score = excluded.score
"""
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


def _by_numbers(connection: Connection, numbers: Sequence[int]) -> Sequence[Row[Any]]:
    """What there is of the outlines of some reports."""
    if not numbers:
        return ()
    columns, source = "t.report, t.rank, t.day, t.under, r.id", "claim_reports t ON t.report = n.value"
    named = "JOIN reports r ON r.number = t.report"
    if connection.dialect.name == "sqlite":
        sql = f"SELECT {columns} FROM json_each(:numbers) n CROSS JOIN {source} {named}"  # noqa: S608 - names of ours
        return connection.execute(text(sql), {"numbers": json.dumps(numbers)}).all()
    sql = f"SELECT {columns} FROM unnest(CAST(:numbers AS bigint[])) AS n (value) JOIN {source} {named}"  # noqa: S608
    return connection.execute(text(sql), {"numbers": numbers}).all()
