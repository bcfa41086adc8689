"""The ledger: one object to add to, look up in, search, verify, copy and delete from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from sayso.errors import LedgerError, LedgerUnwritable
from sayso.ledger import adding, archive, backup, digesting, forgetting, lookups, searching, verifying
from sayso.ledger.adding import Added
from sayso.ledger.archive import Moved
from sayso.ledger.closing import behind_views, seen_through
from sayso.ledger.comparing import Comparison, compare
from sayso.ledger.database import Database, opened, reading, writing
from sayso.ledger.derived import following
from sayso.ledger.disk import Disk, LocalDisk
from sayso.ledger.forgetting import Forgotten, Tombstone
from sayso.ledger.inputs import Input
from sayso.ledger.lookups import Captured, Found
from sayso.ledger.migrations import STEPS, Step, prepare
from sayso.ledger.place import Place
from sayso.ledger.searching import Results
from sayso.ledger.turns import turn
from sayso.ledger.verifying import Verdict
from sayso.ledger.where import EVERYWHERE, Where
from sayso.ledger.working import Also
from sayso.read.plugins import Reader
from sayso.vocabulary import Actor, Forecast, Incident, ReaderVersion, Reading, Report, ReportId, Statement, Tally

_DISK: Final = LocalDisk()
_AUTOMATIC: Final[Mapping[str, str]] = {}


def _silent(_: Added) -> None:
    """Tell nobody."""


class Ledger:
    """A ledger at a path (SQLite) or an address (postgresql://…); it is made where there is none.

    `files` is the folder of snapshots: by default the path with ".files" after it, for an address the name of its
    database with ".files" in this folder. With `create` false a ledger has to be there. Any number of processes and
    threads may use one ledger at once. Raises LedgerMissing, LedgerNewer, LedgerDamaged.
    """

    def __init__(
        self,
        place: str | Path,
        *,
        files: str | Path | None = None,
        create: bool = True,
        disk: Disk = _DISK,
        steps: tuple[Step, ...] = tuple(STEPS),
    ) -> None:
        database = opened(place)
        self._place = Place(database, Path(files) if files else _files(database, str(place)), disk)
        self._shown = self._place  # without what is closed, where something is
        self._behind_views: list[Database] = []
        self._making = Lock()
        try:
            prepare(database, steps, create=create)
            forgetting.sweep(self._place)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """Its path or address, without any password."""
        return self._place.name

    @property
    def rejects(self) -> Path:
        """The file that tells what could not be added, one JSON object a line."""
        return self._place.rejects

    def looking(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads and sees one state; for `trace`. Raises LedgerError."""
        return reading(self._shown.database)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that writes what is derived, alone, kept when the block ends well; for `trace`."""
        return writing(self._place.database)

    def turn(self) -> AbstractContextManager[None]:
        """Wait until nobody else is tracing, and keep others from it to the end of the block. Raises LedgerBusy."""
        return turn(self._place.database, lambda: following.waiting(self._place.database))

    def without(self, reports: frozenset[bytes]) -> Ledger:
        """The ledger as it is to those to whom some reports, by their ids, are closed; what is added goes to all of it.

        It is good as long as this one is open, and is not closed by itself.
        """
        if not reports:
            return self
        with self._making:
            if not self._behind_views:
                self._behind_views.append(behind_views(self._place.database))
        found = copy(self)
        found._shown = replace(self._place, database=seen_through(self._behind_views[0], reports))
        return found

    def close(self) -> None:
        """Let go of the database."""
        for database in (self._place.database, *self._behind_views):
            database.engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def add(
        self,
        *inputs: Input,
        read: bool = True,
        jobs: int = 1,
        columns: Mapping[str, str] = _AUTOMATIC,
        tell: Callable[[Added], None] = _silent,
        reader: Reader | None = None,
        also: Also | None = None,
    ) -> Added:
        """Add files, folders, addresses or captures, read by the shipped reader or another one unless `read` is false.

        `columns` says which column of a table holds which field, where their names do not. What comes back
        is on the disk. What could not be added or read is in `Added.rejects` and in the file of rejects, and costs
        nobody else. `tell` hears of the sum after each batch, `also` of what else it has made of each reading. Raises
        LedgerError.
        """
        return adding.add(self._place, inputs, columns, tell, read=read, jobs=jobs, reader=reader, also=also)

    def add_readings(self, readings: Iterable[Reading], *, tell: Callable[[Added], None] = _silent) -> Added:
        """Add readings made elsewhere, with their reports, whose own ids are kept as names. Raises LedgerError."""
        return adding.add_readings(self._place, readings, tell)

    def report(self, report: str) -> Report:
        """A report by its id. Raises NotInLedger."""
        return lookups.report(self._shown, report)

    def reports(self, where: Where = EVERYWHERE) -> Iterator[Report]:
        """The reports that fit, oldest first and those without a date at the end, a few at a time."""
        return lookups.all_reports(self._shown, where)

    def captures(self, report: str) -> tuple[Captured, ...]:
        """When and how a report was captured, earliest first. Raises NotInLedger."""
        return lookups.captures(self._shown, report)

    def snapshot(self, digest: str) -> bytes:
        """The bytes of a snapshot as they came, by their SHA-256. Raises NotInLedger, LedgerDamaged."""
        return lookups.snapshot(self._shown, digest)

    def reading(self, report: str, reader: ReaderVersion | None = None) -> Reading:
        """The reading of a report by a reader, or by the one the ledger met last. Raises NotInLedger."""
        return lookups.one_reading(self._shown, report, reader)

    def readings(self, report: str) -> tuple[Reading, ...]:
        """All readings of a report, in the order in which the ledger met their readers. Raises NotInLedger."""
        return lookups.all_readings(self._shown, report)

    def current_readings(self, where: Where = EVERYWHERE) -> Iterator[Reading]:
        """The current reading of each report that fits and was read, oldest report first, a few at a time."""
        return lookups.current_readings(self._shown, where)

    def compare(self, report: str, first: ReaderVersion, second: ReaderVersion) -> Comparison:
        """What differs between two readings of a report. Raises NotInLedger."""
        return compare(self.reading(report, first), self.reading(report, second))

    def statements(self, where: Where = EVERYWHERE, words: str = "") -> Iterator[Found[Statement]]:
        """The statements of current readings that fit, with these words in their content."""
        return lookups.statements(self._shown, where, words)

    def incidents(self, where: Where = EVERYWHERE) -> Iterator[Found[Incident]]:
        """The incidents of current readings that fit."""
        return lookups.incidents(self._shown, where)

    def tallies(self, where: Where = EVERYWHERE) -> Iterator[Found[Tally]]:
        """The tallies of current readings that fit."""
        return lookups.tallies(self._shown, where)

    def forecasts(self, where: Where = EVERYWHERE) -> Iterator[Found[Forecast]]:
        """The forecasts of current readings that fit."""
        return lookups.forecasts(self._shown, where)

    def actors(self, name: str, where: Where = EVERYWHERE) -> Iterator[Found[Actor]]:
        """The actors of current readings who bear this name, in any case and accents."""
        return lookups.actors(self._shown, name, where)

    def search(self, words: str, where: Where = EVERYWHERE, *, limit: int = 20, offset: int = 0) -> Results:
        """The reports that hold all of the words, best first, with snippets, and how many there are by facet.

        Words in "quotation marks" stand side by side, -word must not be there, word* begins so. Without words all
        reports that fit are found, latest first.
        """
        return searching.search(self._shown, words, where, limit, offset)

    def digest(self) -> str:
        """A digest of all contents: equal for ledgers that hold the same."""
        return digesting.digest(self._whole())

    def verify(self) -> Verdict:
        """Read everything again from the archived bytes, work out again what was derived, and compare."""
        return verifying.verify(self._whole())

    def backup(self, path: str | Path) -> None:
        """Make a second ledger, a file of SQLite, with the same contents, while others write. Raises LedgerError."""
        target, whole = Path(path), self._whole()
        if whole.database.embedded:
            backup.copy_database(whole, target, _files_beside(target))
            return
        if target.exists():
            raise LedgerUnwritable(str(path), "there is something already", "Choose another place")
        between = target.with_name(target.name + ".sayso")
        try:
            self.export(between)
            with Ledger(target) as copy:
                copy.import_(between)
        finally:
            between.unlink(missing_ok=True)

    def export(self, path: str | Path) -> Moved:
        """Write all contents to one file that any ledger can import. Raises LedgerError."""
        return archive.export(self._whole(), Path(path))

    def part(self, connection: Connection, reports: Iterable[ReportId]) -> Iterator[bytes]:
        """The lines of such a file for some reports alone, as one transaction sees them: JSON. Raises LedgerDamaged."""
        return archive.part(self._place, connection, reports)

    def import_(self, path: str | Path) -> Moved:
        """Add everything an exported file holds; what was deleted there is deleted here. Raises ArchiveBroken."""
        return archive.import_(self._place, Path(path))

    def forget(self, report: str, reason: str, who: str) -> Forgotten:
        """Delete a report on request, everywhere; a tombstone with hash, reason and name stays. Raises NotInLedger."""
        lookups.report(self._shown, report)
        return forgetting.forget(self._place, report, reason, who)

    def _whole(self) -> Place:
        """All of the ledger. Raises LedgerError where something of it is closed to whoever asks."""
        if self._shown is not self._place:
            raise LedgerError(self.name, "it can only be taken as a whole, and some of it is closed", "Ask an admin")
        return self._place

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What was deleted on request."""
        return forgetting.all_tombstones(self._shown)


def _files(database: Database, place: str) -> Path:
    if database.path is not None:
        return _files_beside(database.path)
    return Path(f"{make_url(place).database or 'ledger'}.files").absolute()


def _files_beside(path: Path) -> Path:
    return path.with_name(path.name + ".files")


def default_place() -> str:
    """The ledger that is meant where none is named: SAYSO_LEDGER, or ledger.db in this folder."""
    return os.environ.get("SAYSO_LEDGER") or "ledger.db"
