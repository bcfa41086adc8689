"""Accounts in the ledger: what `derive` makes of a reading is kept with its report, and `StoredScenes` answers from it.

An account names its actors by their names, and no source. Who they are across reports, and which report is a copy of
which, is put in when it is taken out; so events are always those of the present joins and copies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, Table, bindparam, select

from sayso.ledger import numbers
from sayso.ledger.derived import events as schema
from sayso.ledger.derived.columns import columns_of_reports
from sayso.trace.beside import pack, unpacked
from sayso.trace.events.accounts import Account, accounts
from sayso.trace.events.assembly import event_id
from sayso.trace.events.facets import facets
from sayso.trace.events.fit import kept, kept_by, sought
from sayso.trace.events.scenes import Scene
from sayso.trace.hashing import hashed
from sayso.trace.people.called import called, keys_in, tokens
from sayso.trace.people.stored import StoredNames
from sayso.trace.voices.copied import Copied
from sayso.trace.voices.restoring import bare, restored
from sayso.vocabulary import Blame, KnownActorId, Reading, ReportId, Telling

_AT_ONCE: Final = 500
_NO_REPORT: Final = ReportId("")
_UNDER: Final = select(schema.account_keys.c.key, schema.account_keys.c.report, schema.account_keys.c.incident).where(
    schema.account_keys.c.key.in_(bindparam("keys", expanding=True))
)
_decoder: Final = msgspec.msgpack.Decoder(tuple[str | None, str, tuple[Account, ...]])


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows that a reading gives, without the number of its report; `data` is None where it gives none."""

    data: bytes | None
    keys: tuple[tuple[int, int], ...]
    facets: tuple[tuple[int, int, int], ...]
    ids: tuple[tuple[int, int], ...]


def derive(reading: Reading) -> Derived:
    """What a report tells of as having happened, as rows."""
    found = accounts(reading, tokens(reading))
    report = reading.report
    keys, listed, ids = set(), set(), set()
    for place, account in enumerate(found):
        scene = account.scene
        names = {_tie(token, report.id) for token in scene.doers | scene.struck}
        keys |= {(hashed(key), place) for key in kept_by(scene, names)}
        day = scene.days.end.toordinal() if scene.days is not None else 0
        listed |= {(hashed(facet), day, place) for facet in facets(scene, names)}
        ids.add((hashed(event_id(account.telling)), place))
    data = pack((report.outlet, found[0].day, [_bare(it) for it in found]), report.text) if found else None
    return Derived(data, tuple(sorted(keys)), tuple(sorted(listed)), tuple(sorted(ids)))


def take_all(connection: Connection, taken: Sequence[tuple[int, ReportId, Derived]]) -> None:
    """Keep what was derived of reports."""
    telling = [(number, derived) for number, _, derived in taken if derived.data is not None]
    rows: dict[Table, list[dict[str, Any]]] = {
        schema.accounts: [{"report": number, "data": it.data} for number, it in telling],
        schema.account_keys: [
            {"key": key, "incident": place, "report": number} for number, it in telling for key, place in it.keys
        ],
        schema.account_facets: [
            {"facet": facet, "day": day, "incident": place, "report": number}
            for number, it in telling for facet, day, place in it.facets
        ],
        schema.account_ids: [
            {"event": id_, "incident": place, "report": number} for number, it in telling for id_, place in it.ids
        ],
    }  # fmt: skip
    for table, found in rows.items():
        if found:
            connection.execute(table.insert(), found)


def drop(connection: Connection, number: int) -> None:
    """Take out what there is of a report; what hangs on it is worked out anew when it is asked for."""
    for table in schema.TABLES:
        for column in columns_of_reports(table):
            connection.execute(table.delete().where(column == number))


def _tie(token: str, report: ReportId) -> str:
    found = called(token)
    return found.tie(report) if found is not None else token


def _bare(account: Account) -> Account:
    """An account without what is said of its report beside it."""
    telling = replace(account.telling, report=_NO_REPORT, outlet=None)
    scene = replace(account.scene, source=None if account.scene.source is None else _NO_REPORT)
    blames = tuple(replace(it, telling=telling) for it in account.blames)
    return replace(
        account, telling=telling, day="", scene=scene, blames=blames,
        affirming=tuple(map(bare, account.affirming)), denying=tuple(map(bare, account.denying)),
    )  # fmt: skip


class _KeptOf(NamedTuple):
    """The accounts of a report as they are kept, and what is said of it beside them."""

    report: ReportId
    outlet: str | None
    day: str
    accounts: tuple[Account, ...]

    def telling(self, place: int) -> Telling:
        """Which incident of the report an account is of."""
        return Telling(self.report, self.accounts[place].telling.incident, self.outlet)


_NOTHING: Final = _KeptOf(_NO_REPORT, None, "", ())


@dataclass(slots=True)
class StoredScenes:
    """The accounts of a ledger as one transaction sees them; what was taken out is remembered as long as this lives."""

    connection: Connection
    names: StoredNames
    copied: Copied
    _kept_of: dict[int, _KeptOf] = field(default_factory=dict)
    _accounts: dict[tuple[int, int], Account] = field(default_factory=dict)
    _scenes: dict[tuple[int, int], Scene] = field(default_factory=dict)
    _same: dict[Scene, Scene] = field(
        default_factory=dict
    )  # equal scenes are one object, so that they are told by that
    _numbers: dict[ReportId, int] = field(default_factory=dict)
    _places: dict[Telling, tuple[int, int]] = field(default_factory=dict)
    _told: dict[Scene, dict[Telling, tuple[int, int]]] = field(default_factory=dict)
    _resolved: dict[tuple[ReportId, str], str] = field(default_factory=dict)
    _under: dict[str, tuple[Scene, ...]] = field(default_factory=dict)
    _kept: dict[Scene, frozenset[str]] = field(default_factory=dict)
    _classes: dict[str, frozenset[str]] = field(default_factory=dict)

    def all(self) -> Iterator[Scene]:
        """All scenes."""
        self.load(self.connection.execute(select(schema.accounts.c.report)).scalars())
        yield from list(self._told)

    def under(self, keys: Collection[str]) -> Collection[Scene]:
        """The scenes kept under any of some keys."""
        fresh = [key for key in dict.fromkeys(keys) if key not in self._under]
        self._under |= dict.fromkeys(fresh, ())
        by_hash: dict[int, list[str]] = {}
        for key in fresh:
            head, _, tie = key.rpartition("|")
            for name in self._classes.get(tie, (tie,)):
                by_hash.setdefault(hashed(f"{head}|{name}"), []).append(key)
        for number, scene in self._found(by_hash):
            for key in by_hash[number]:
                if key.rpartition("|")[2] not in self._classes or key in self._keys(scene):
                    self._under[key] += (scene,)
        return list({id(scene): scene for key in keys for scene in self._under[key]}.values())

    def told_by(self, scene: Scene) -> Collection[Account]:
        """The accounts that have this scene: those there are under its keys, or of the reports of one text."""
        if scene.source is not None:
            self.of_reports(self.copied.lineage(scene.source))
        places = [it for it in self._told.get(scene, {}).values() if it not in self._accounts]
        self._meet(places)
        return [self.at(number, place) for number, place in self._told.get(scene, {}).values()]

    def account(self, telling: Telling) -> Account | None:
        """The account of an incident of a report."""
        found = self.of_reports([telling.report])
        return next((it for it in found if it.telling.incident == telling.incident), None)

    def of_reports(self, reports: Iterable[ReportId]) -> list[Account]:
        """The accounts of some reports."""
        wanted = list(dict.fromkeys(reports))
        fresh = [report for report in wanted if report not in self._numbers]
        self._numbers |= numbers.numbers(self.connection, fresh) if fresh else {}
        known = [self._numbers[report] for report in wanted if report in self._numbers]
        self.load(known)
        return [self.at(number, place) for number in known for place in range(len(self._kept_of[number].accounts))]

    def at(self, number: int, place: int) -> Account:
        """An account by its place in the tables."""
        self.load([number])
        if (number, place) not in self._accounts:
            self._accounts[number, place] = self._restored(self._kept_of[number], number, place)
        return self._accounts[number, place]

    def place_of(self, telling: Telling) -> tuple[int, int]:
        """The place in the tables of an account that was taken out."""
        return self._places[telling]

    def load(self, wanted: Iterable[int]) -> None:
        """Take out the accounts of reports, by their numbers, with who their actors are and whose copies they are."""
        missing = [number for number in wanted if number not in self._kept_of]
        if not missing:
            return
        found = unpacked(self.connection, schema.accounts, missing)
        self._kept_of |= dict.fromkeys(missing, _NOTHING)
        decoded = {n: _KeptOf(beside.report, *_decoder.decode(beside.data)) for n, beside in found.items()}
        vague = [it.report for it in decoded.values() if any(one.scene.source is not None for one in it.accounts)]
        self.copied.lineages(vague)
        scenes = [account.scene for it in decoded.values() for account in it.accounts]
        self.names.meet_names(keys_in(token for scene in scenes for token in (*scene.doers, *scene.struck)))
        for number, it in decoded.items():
            self._kept_of[number] = it
            self._numbers[it.report] = number
            for place, account in enumerate(it.accounts):
                telling, scene = it.telling(place), self._scene(account.scene, it.report)
                scene = self._same.setdefault(scene, scene)
                self._places[telling] = number, place
                self._scenes[number, place] = scene
                self._told.setdefault(scene, {})[telling] = number, place

    def look_around(self, wanted: Iterable[int]) -> None:
        """Take out the accounts of reports, by their numbers, and at once the scenes that may be linked with theirs."""
        numbers_ = list(wanted)
        self.load(numbers_)
        own = [
            self._scenes[number, place] for number in numbers_ for place in range(len(self._kept_of[number].accounts))
        ]
        self.under([key for scene in own for key in sought(scene)])

    def _meet(self, places: Iterable[tuple[int, int]]) -> None:
        """Look up at once who they are that some accounts name."""
        found = [self._kept_of[number].accounts[place] for number, place in places]
        trails = [trail for it in found for trail in (*it.affirming, *it.denying)]
        tokens = {step.known for trail in trails for step in trail.steps} | {
            it.actor for one in found for it in one.blames
        }
        self.names.meet_names(keys_in(filter(None, tokens)))

    def resolved(self, report: ReportId, token: str) -> str:
        """Who somebody is that is kept by a token; any other name as it is."""
        if (report, token) not in self._resolved:
            known, found = token, called(token)
            if found is not None:
                known, self._classes[known] = self.names.class_called(report, found)
            self._resolved[report, token] = known
        return self._resolved[report, token]

    def _found(self, keys: Collection[int]) -> Iterator[tuple[int, Scene]]:
        wanted = sorted(keys)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows = self.connection.execute(_UNDER, {"keys": part}).all()
            self.load({row.report for row in rows})
            yield from ((row.key, self._scenes[row.report, row.incident]) for row in rows)

    def _keys(self, scene: Scene) -> frozenset[str]:
        if scene not in self._kept:
            self._kept[scene] = frozenset(kept(scene))
        return self._kept[scene]

    def _scene(self, scene: Scene, report: ReportId) -> Scene:
        return replace(
            scene, doers=frozenset(self.resolved(report, it) for it in scene.doers),
            struck=frozenset(self.resolved(report, it) for it in scene.struck),
            source=None if scene.source is None else self.copied.lineage(report)[0],
        )  # fmt: skip

    def _restored(self, it: _KeptOf, number: int, place: int) -> Account:
        account, telling = it.accounts[place], it.telling(place)

        def known(token: KnownActorId | None) -> KnownActorId | None:
            return None if token is None else KnownActorId(self.resolved(it.report, token))

        def blame(found: Blame) -> Blame:
            return replace(found, telling=telling, actor=known(found.actor))

        return replace(
            account, telling=telling, day=it.day, scene=self._scenes[number, place],
            blames=tuple(dict.fromkeys(map(blame, account.blames))),
            affirming=tuple(restored(one, it.report, it.outlet, it.day, known) for one in account.affirming),
            denying=tuple(restored(one, it.report, it.outlet, it.day, known) for one in account.denying),
        )  # fmt: skip
