"""Names in the ledger: what `derive` makes of a reading is kept with its report, and `StoredNames` answers from it.

Every row is of one report, so that to forget a report is to delete its rows. Who is one actor across reports is
worked out when it is asked for, from the names and from the decisions on joins there are by then.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import combinations
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import Column, Connection, Row, Select, TextClause, bindparam, func, select, text

from sayso.ledger import numbers
from sayso.ledger.derived import people as schema
from sayso.ledger.derived.columns import columns_of_reports
from sayso.ledger.identity import report_name
from sayso.ledger.rows import column_text
from sayso.ledger.schema import reports
from sayso.trace.beside import Beside, pack, unpacked
from sayso.trace.hashing import hashed
from sayso.trace.people.actors import known_as, known_by, names_of
from sayso.trace.people.called import Called
from sayso.trace.people.decisions import Decided, End, decided
from sayso.trace.people.joining import bearing_id
from sayso.trace.people.names import Appearance, Name, appearance_key, appearances, identifying, name_of
from sayso.trace.people.register import CROWD, WITNESSES, buckets, outlet_hash, telling_roles
from sayso.vocabulary import ActorId, ActorKind, ActorRef, KnownActor, KnownActorId, Reading, ReportId

_KINDS: Final = tuple(ActorKind)
_ID: Final = re.compile("k-[0-9a-f]{16}")
_AT_ONCE: Final = 40  # names in one question
_ROWS: Final = 200  # of a bucket or a pair of names: more are gone through by their differing values
_Packed = tuple[str, str, ActorKind, tuple[tuple[str, str, bool], ...], tuple[str, ...], tuple[str, ...]]
_Row = tuple[Any, ...]
_Each = TypeVar("_Each")
_decoder: Final = msgspec.msgpack.Decoder(tuple[str | None, str | None, tuple[_Packed, ...]])
_WORDS: Final = {table.name: tuple(c.name for c in table.columns) for table in schema.TABLES}

_NAME: Final = (
    select(schema.known_names.c.key, schema.known_names.c.written)
    .where(schema.known_names.c.name == bindparam("name")).order_by(schema.known_names.c.written).limit(1)
)  # fmt: skip
_BORNE: Final = (
    select(schema.known_names.c.kind, func.count())
    .where(schema.known_names.c.name == bindparam("name"), schema.known_names.c.kind.is_not(None))
    .group_by(schema.known_names.c.kind)
)
_BEARERS: Final = (
    select(reports.c.id, schema.known_names.c.actor)
    .join(reports, reports.c.number == schema.known_names.c.report)
    .where(schema.known_names.c.name == bindparam("name"), schema.known_names.c.kind.is_not(None))
    .order_by(reports.c.id, schema.known_names.c.actor)
)
_BUCKETS: Final = (
    select(schema.name_buckets.c.name)
    .where(schema.name_buckets.c.bucket.in_(bindparam("buckets", expanding=True)))
    .limit(_ROWS)
)
_TOGETHER: Final = (
    select(schema.names_together.c.other, schema.names_together.c.outlet, schema.names_together.c.id)
    .where(schema.names_together.c.name == bindparam("name"))
    .order_by(schema.names_together.c.other, schema.names_together.c.outlet, schema.names_together.c.id)
)
_FIRST_TOGETHER: Final = _TOGETHER.limit(_ROWS)


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows that a reading gives, without the number of its report, by table; `data` is packed."""

    data: bytes
    rows: Mapping[str, tuple[_Row, ...]]


def derive(reading: Reading) -> Derived:
    """The named actors of a report as rows."""
    found = appearances(reading)
    report = reading.report
    packed = [
        (it.ref.actor, it.name, it.kind, [(n.key, n.written, n.is_acronym) for n in it.identified], it.written,
         sorted(it.roles))
        for it in found
    ]  # fmt: skip
    day = report.published.value[:10] if report.published else None
    called: set[_Row] = set()
    under: set[_Row] = set()
    words: set[_Row] = set()
    together: set[_Row] = set()
    for it in found:
        for name in it.identified:
            kind = _KINDS.index(it.kind) if name is it.identified[0] else None
            called.add((hashed(name.key), column_text(name.written), column_text(it.ref.actor), name.key, kind))
            under |= {(hashed(bucket), hashed(name.key)) for bucket in buckets(name)}
        for word in telling_roles(it) if it.identified else ():
            words.add((hashed(it.identified[0].key), word))
        for one, other in combinations(it.identified, 2):
            outlet = outlet_hash(it)
            together |= {(hashed(one.key), other.key, outlet), (hashed(other.key), one.key, outlet)}
    rows = {"known_names": called, "name_buckets": under, "name_roles": words, "names_together": together}
    return Derived(
        pack((report.outlet, day, packed), report.text),
        {name: tuple(sorted(it, key=repr)) for name, it in rows.items()},
    )


def take_all(connection: Connection, taken: Sequence[tuple[int, ReportId, Derived]]) -> None:
    """Keep what was derived of reports."""
    about = [{"report": number, "data": derived.data} for number, _, derived in taken]
    if about:
        connection.execute(schema.appearances.insert(), about)
    shapes = {
        schema.known_names: ("name", "written", "actor", "key", "kind"),
        schema.name_buckets: ("bucket", "name"),
        schema.name_roles: ("name", "word"),
        schema.names_together: ("name", "other", "outlet"),
    }
    for table, columns in shapes.items():
        rows = []
        for number, report, derived in taken:
            more: dict[str, Any] = {"report": number}
            if table is schema.names_together:
                more["id"] = bytes.fromhex(report.removeprefix("r-"))
            rows += [dict(zip(columns, row, strict=True)) | more for row in derived.rows[table.name]]
        if rows:
            connection.execute(table.insert(), rows)


def drop(connection: Connection, number: int) -> None:
    """Take out what there is of a report; what hangs on it is worked out anew when it is asked for."""
    for table in schema.TABLES:
        for column in columns_of_reports(table):
            connection.execute(table.delete().where(column == number))


@dataclass(slots=True)
class StoredNames:
    """The names of a ledger as one transaction sees them; what was looked up is remembered as long as this lives."""

    connection: Connection
    _decided: Decided | None = None
    _names: dict[str, Name | None] = field(default_factory=dict)
    _hashes: dict[int, str] = field(default_factory=dict)
    _alike: dict[str, frozenset[str]] = field(default_factory=dict)
    _together: dict[str, tuple[tuple[str, tuple[ReportId, ...]], ...]] = field(default_factory=dict)
    _roles: dict[str, frozenset[str]] = field(default_factory=dict)
    _seen: dict[ReportId, dict[ActorId, Appearance]] = field(default_factory=dict)
    _loaded: set[int] = field(default_factory=set)
    _classes: dict[str, tuple[KnownActorId, frozenset[str]]] = field(default_factory=dict)

    @property
    def decided(self) -> Decided:
        """What people decided on joins."""
        if self._decided is None:
            self._decided = decided(self.connection, self.key_of)
        return self._decided

    def key_of(self, end: End) -> str | None:
        """What joins call one whom a decision is about; None where no report calls anybody so."""
        number = _number(end.key)
        if end.report is None:
            found = None if number is None else self._named(number)
            return None if found is None else found.key
        self.meet([end.report])
        return next((it.key for it in self._seen[end.report].values() if hashed(it.key) == number), None)

    def known_id(self, ref: ActorRef) -> KnownActorId | None:
        """Which known actor an actor of a report is; None where the report has no such named actor."""
        found = self.appearance(appearance_key(ref))
        if found is None:
            return None
        return self.class_called(ref.report, Called(ref.actor, found.identified[0].key if found.identified else ""))[0]

    def class_called(self, report: ReportId, called: Called) -> tuple[KnownActorId, frozenset[str]]:
        """The known actor that one is whom another part keeps, with its keys: without a look at the report."""
        actor = appearance_key(ActorRef(report, called.actor))
        is_loose = not called.key or bearing_id(actor, called.key) in self.decided.undone
        return self.class_of(actor if is_loose or actor in self._touched() else called.key)

    def class_of(self, key: str) -> tuple[KnownActorId, frozenset[str]]:
        """The known actor with a name, by its key, and the keys of all names it has."""
        if key not in self._classes:
            found = names_of(key, self, self.decided.undone, self.decided.added)
            self._classes |= dict.fromkeys(found[1], found)
        return self._classes[key]

    def _touched(self) -> Collection[str]:
        """What somebody joined by hand."""
        return {key for join in self.decided.added for key in (join.one, join.other)}

    def keys_of(self, name: str) -> tuple[str, ...]:
        """The keys of names there are that somebody may mean: by a name, or by the id of a known actor."""
        if (number := _number(name)) is not None:
            found = self._named(number)
            return () if found is None else (found.key,)
        meant = [identifying(name, kind) for kind in (ActorKind.PERSON, ActorKind.ORGANISATION)]
        return tuple(it.key for it in meant if it is not None and self.name(it.key) is not None)

    def known(self, ref: ActorRef, most: int = 100) -> KnownActor | None:
        """The known actor that an actor of a report is, with `most` members at most, and how many there are."""
        return known_as(ref, self, self.decided.undone, self.decided.added, most)

    def with_name(self, key: str, most: int = 100) -> KnownActor | None:
        """The known actor with a name, by its key."""
        return known_by(key, self, self.decided.undone, self.decided.added, most)

    def name(self, key: str) -> Name | None:
        """The name with this key."""
        if key not in self._names:
            self._names[key] = self._named(hashed(key))
        return self._names[key]

    def keys(self) -> Iterator[str]:
        """All keys of names."""
        yield from self.connection.execute(select(schema.known_names.c.key).distinct()).scalars().all()

    def bearers(self, key: str) -> Collection[Appearance]:
        """The actors of reports whose fullest name this is."""
        return [it for ref in self.refs(key, None) if (it := self.appearance(appearance_key(ref))) is not None]

    def borne(self, key: str) -> Mapping[ActorKind, int]:
        """How many they are, by what they are."""
        found = self.connection.execute(_BORNE, {"name": hashed(key)})
        return Counter({_KINDS[kind]: count for kind, count in found})

    def refs(self, key: str, most: int | None) -> Sequence[ActorRef]:
        """Who they are, in order."""
        rows = self.connection.execute(_BEARERS.limit(most), {"name": hashed(key)})
        return [ActorRef(report_name(bytes(row.id)), ActorId(row.actor)) for row in rows]

    def roles(self, key: str) -> Collection[str]:
        """The telling words of their roles."""
        if key not in self._roles:
            table = schema.name_roles
            self._roles[key] = frozenset(self._differing(table.c.word, table.c.name, hashed(key), None))
        return self._roles[key]

    def alike(self, key: str) -> Collection[str]:
        """Names that share a bucket with this one."""
        if key not in self._alike:
            name = self.name(key)
            others = self._sharing([hashed(bucket) for bucket in buckets(name)]) if name is not None else set()
            found = {it.key for other in others if (it := self._named(other)) is not None}
            self._alike[key] = frozenset(found - {key})
        return self._alike[key]

    def called_with(self, key: str) -> Iterable[tuple[str, Sequence[ReportId]]]:
        """The other names that reports give to one who bears this one."""
        if key not in self._together:
            self._together[key] = _by_other(self._pairs(hashed(key)))
        return self._together[key]

    def appearance(self, key: str) -> Appearance | None:
        """The actor of a report that joins call so."""
        report, _, actor = key.removeprefix("report ").partition(", actor ")
        if not key.startswith("report ") or not actor:
            return None
        if report not in self._seen:
            self.meet([ReportId(report)])
        return self._seen.get(ReportId(report), {}).get(ActorId(actor))

    def meet(self, reports: Iterable[ReportId]) -> None:
        """Look up the actors of many reports at once, before they are asked for one by one."""
        fresh = [report for report in dict.fromkeys(reports) if report not in self._seen]
        self._seen |= {report: {} for report in fresh}
        self._load(numbers.numbers(self.connection, fresh).values())

    def meet_names(self, keys: Iterable[str]) -> None:
        """Look up at once what joins will ask of some names one by one: others they go with, and others like them.

        What has too many rows to be told by a few of them is left to be looked up by itself.
        """
        fresh = [key for key in dict.fromkeys(keys) if key not in self._classes and key not in self._alike]
        self._meet_named([hashed(key) for key in fresh])
        there = [name for key in fresh if (name := self._names.get(key)) is not None]
        near: dict[str, set[int]] = {}
        for some in _parts([(name.key, own) for name in there if (own := list(map(hashed, buckets(name))))]):
            values = {f"b{n}_{m}": bucket for n, (_, own) in enumerate(some) for m, bucket in enumerate(own)}
            shared = self._listed(_in_buckets(tuple(len(own) for _, own in some)), values)
            near |= {key: {row.name for row in shared[n]} for n, (key, _) in enumerate(some) if len(shared[n]) < _ROWS}
        for few in _parts(there):
            pairs = self._listed(_together_of(len(few)), {f"n{n}": hashed(name.key) for n, name in enumerate(few)})
            self._together |= {name.key: _by_other(pairs[n]) for n, name in enumerate(few) if len(pairs[n]) < _ROWS}
        others = {hashed(other) for name in there for other, _ in self._together.get(name.key, ())}
        self._meet_named([*others.union(*near.values())])
        for key, alike in near.items():
            if alike <= self._hashes.keys():
                self._alike[key] = frozenset(self._hashes[number] for number in alike) - {key}

    def _meet_named(self, wanted: Iterable[int]) -> None:
        """Look up names by their hashes."""
        for some in _parts([number for number in dict.fromkeys(wanted) if number not in self._hashes]):
            for found in self._listed(_named_so(len(some)), {f"n{n}": it for n, it in enumerate(some)}).values():
                self._names[found[0].key] = name_of(found[0].key, found[0].written)
                self._hashes[hashed(found[0].key)] = found[0].key

    def _listed(self, query: TextClause, values: Mapping[str, int]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
        """The rows of several queries in one, by their numbers."""
        found: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
        for row in self.connection.execute(query, {**values, "most": _ROWS}):
            found[row.n].append(row)
        return found

    def unidentified(self) -> Iterator[Appearance]:
        """The actors of reports whom no name identifies."""
        self._load(self.connection.execute(select(schema.appearances.c.report)).scalars().all())
        yield from [it for found in self._seen.values() for it in found.values() if not it.identified]

    def _load(self, wanted: Iterable[int]) -> None:
        """Take out the appearances of reports, by their numbers."""
        for found in unpacked(self.connection, schema.appearances, set(wanted) - self._loaded).values():
            self._seen[found.report] = {it.ref.actor: it for it in _appearances(found)}
        self._loaded |= set(wanted)

    def _sharing(self, wanted: Collection[int]) -> set[int]:
        """The names in some buckets, but for crowded ones."""
        table = schema.name_buckets
        found = self.connection.execute(_BUCKETS, {"buckets": list(wanted)}).scalars().all()
        if len(found) < _ROWS:
            return set(found)
        each = (self._differing(table.c.name, table.c.bucket, bucket, CROWD + 1) for bucket in wanted)
        return {other for others in each if len(others) <= CROWD for other in others}

    def _named(self, number: int) -> Name | None:
        if number in self._hashes:
            return self._names[self._hashes[number]]
        row = self.connection.execute(_NAME, {"name": number}).first()
        if row is None:
            return None
        found = name_of(row.key, row.written)
        self._names[row.key] = found
        self._hashes[number] = row.key
        return found

    def _pairs(self, name: int) -> Iterator[Row[*tuple[Any, ...]]]:
        """The rows of a name with others: of many like one another, the first."""
        rows = self.connection.execute(_FIRST_TOGETHER, {"name": name}).all()
        yield from rows
        outlets = Counter(other for other, _ in {(row.other, row.outlet) for row in rows})
        table, last = schema.names_together, rows[-1] if len(rows) == _ROWS else None
        while last is not None:
            further = table.c.other > last.other
            if outlets[last.other] < WITNESSES:
                further |= (table.c.other == last.other) & (table.c.outlet > last.outlet)
            last = self.connection.execute(_TOGETHER.where(further).limit(1), {"name": name}).first()
            if last is not None:
                outlets[last.other] += 1
                yield last

    def _differing(self, column: Column[Any], by: Column[Any], value: int, most: int | None) -> list[Any]:
        """The differing values of a column among the rows with a hash, ascending: each found without those like it."""
        few = self.connection.execute(select(column).where(by == value).order_by(column).limit(_ROWS)).scalars().all()
        if len(few) < _ROWS:
            return list(dict.fromkeys(few))[:most]
        return list(self.connection.execute(_skipping(column, by, most), {"value": value}).scalars())


def _number(id_: str) -> int | None:
    """The hash of a name from the id of a known actor, which is made from the same digest; None of what is none."""
    return int.from_bytes(bytes.fromhex(id_.removeprefix("k-")), signed=True) if _ID.fullmatch(id_) else None


def _skipping(column: Column[Any], by: Column[Any], most: int | None) -> Select[tuple[Any]]:
    """A query for the differing values of a column that skips from each to the next along the index."""
    first = select(func.min(column).label("found")).where(by == bindparam("value")).cte("skipping", recursive=True)
    later = select(func.min(column)).where(by == bindparam("value"), column > first.c.found).scalar_subquery()
    every = first.union_all(select(later).where(first.c.found.is_not(None)))
    return select(every.c.found).where(every.c.found.is_not(None)).limit(most)


def _appearances(found: Beside) -> Iterator[Appearance]:
    outlet, day, rows = _decoder.decode(found.data)
    for actor, name, kind, identified, written, roles in rows:
        yield Appearance(
            ActorRef(found.report, ActorId(actor)), outlet, day, name, kind,
            tuple(Name(*each) for each in identified), written, frozenset(roles),
        )  # fmt: skip


def _by_other(rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[tuple[str, tuple[ReportId, ...]], ...]:
    """The names that go with one, each with the first report of every outlet, from rows in order."""
    outlets: dict[str, dict[int, ReportId]] = {}
    for row in rows:
        outlets.setdefault(row.other, {}).setdefault(row.outlet, report_name(bytes(row.id)))
    return tuple((other, tuple(found.values())[:WITNESSES]) for other, found in outlets.items())


def _parts(listed: Sequence[_Each]) -> Iterator[Sequence[_Each]]:
    """What is asked in one question."""
    return (listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE))


def _several(parts: Iterable[str]) -> TextClause:
    return text(" UNION ALL ".join(f"SELECT * FROM ({part}) s{n}" for n, part in enumerate(parts)))  # noqa: S608 - ours


@cache
def _named_so(count: int) -> TextClause:
    """So many names by their hashes, each as it is written first."""
    return _several(
        f"SELECT {n} AS n, key, written FROM known_names WHERE name = :n{n} ORDER BY written LIMIT 1"  # noqa: S608 - ours
        for n in range(count)
    )


@cache
def _together_of(count: int) -> TextClause:
    """The names that go with each of so many."""
    return _several(
        f"SELECT {n} AS n, other, outlet, id FROM names_together WHERE name = :n{n}"  # noqa: S608 - ours
        " ORDER BY other, outlet, id LIMIT :most"
        for n in range(count)
    )


@lru_cache(maxsize=1_000)
def _in_buckets(counts: tuple[int, ...]) -> TextClause:
    """The names in some buckets, so many for each of some names."""
    return _several(
        f"SELECT {n} AS n, name FROM name_buckets"  # noqa: S608 - ours
        f" WHERE bucket IN ({', '.join(f':b{n}_{m}' for m in range(count))}) LIMIT :most"
        for n, count in enumerate(counts)
    )
