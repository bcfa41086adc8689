"""Killed at any moment, out of room, a disk that fails: what was acknowledged is there, and nothing half is.

SAYSO_KILLS sets how often the adding process is killed; 20 by default.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from sayso.errors import LedgerUnwritable
from sayso.ledger import Ledger, LocalDisk
from tests.ledger.stories import both, capture, reading

_KILLS = int(os.environ.get("SAYSO_KILLS", "20"))
_REPORTS = 24
_fork = multiprocessing.get_context("fork") if sys.platform != "win32" else None


def _add_all(place: str, files: Path, told: Connection) -> None:
    """Add everything bit by bit, and tell of each bit that is acknowledged."""
    with Ledger(place, files=files) as ledger:
        for number in range(_REPORTS):
            ledger.add(capture(number), read=False)
            ledger.add_readings([reading(number)])
            told.send(number)


def test_killed_at_any_moment_it_has_what_it_acknowledged_and_ends_alike(
    make: Callable[[], Ledger], address: Callable[[Ledger], str]
) -> None:
    assert _fork is not None
    undisturbed = make()
    for number in range(_REPORTS):
        undisturbed.add(capture(number), read=False)
    undisturbed.add_readings(reading(number) for number in range(_REPORTS))
    wanted, ledger, luck = undisturbed.digest(), make(), random.Random(7)
    files = ledger.rejects.with_name(ledger.rejects.name.replace(".rejects.jsonl", ".files"))
    kills = _KILLS if "://" not in ledger.name else max(4, _KILLS // 4)
    acknowledged: set[int] = set()
    for _ in range(kills):
        ours, theirs = _fork.Pipe(duplex=False)
        child = _fork.Process(target=_add_all, args=(address(ledger), files, theirs))
        child.start()
        time.sleep(luck.uniform(0, 0.5))  # all of it takes about as long
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        theirs.close()
        while ours.poll():
            try:
                acknowledged.add(ours.recv())
            except EOFError:
                break
        assert ledger.verify().problems == ()
        titles = {report.title for report in ledger.reports()}
        assert {f"Weir {n}" for n in acknowledged} | {f"Sluice {n}" for n in acknowledged} <= titles
    receiver, sender = _fork.Pipe(duplex=False)
    _add_all(address(ledger), files, sender)
    receiver.close()
    assert ledger.digest() == wanted
    assert ledger.verify().problems == ()


@dataclass
class _FailingDisk:
    """A disk whose Nth act fails, as that of a full or broken one does."""

    fails_at: int
    acts: count[int] = field(default_factory=lambda: count(1))
    disk: LocalDisk = field(default_factory=LocalDisk)

    def _act(self) -> None:
        if next(self.acts) == self.fails_at:
            raise OSError(28, "No space left on device")

    def write(self, path: Path, data: bytes) -> None:
        self.disk.write(path, data[: len(data) // 2])
        self._act()
        self.disk.write(path, data)

    def rename(self, old: Path, new: Path) -> None:
        self._act()
        self.disk.rename(old, new)

    def settle(self, folder: Path) -> None:
        self._act()
        self.disk.settle(folder)

    def remove(self, path: Path) -> None:
        self.disk.remove(path)


def test_whichever_write_fails_nothing_half_is_there_and_the_next_try_succeeds(tmp_path: Path) -> None:
    with Ledger(tmp_path / "good.db") as good:
        good.add(*map(capture, range(3)), read=False)
        wanted = good.digest()
    for attempt in count(1):
        path = tmp_path / f"{attempt}.db"
        disk = _FailingDisk(attempt)
        with Ledger(path, disk=disk) as ledger:
            try:
                ledger.add(*map(capture, range(3)), read=False)
            except LedgerUnwritable:
                assert ledger.verify().problems == ()
                assert ledger.search("").total == 0
                ledger.add(*map(capture, range(3)), read=False)
            assert ledger.digest() == wanted
            assert ledger.verify().sound
            if next(disk.acts) <= attempt:
                break
    assert attempt > 6


def _fill(path: Path, told: Connection) -> None:
    """Add until there is no more room: no file may grow beyond a limit."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
    done = -1
    with Ledger(path) as ledger:
        try:
            for number in range(10_000):
                ledger.add_readings(reading(50 * number + n) for n in range(50))
                done = number
        except LedgerUnwritable as error:
            told.send((done, str(error)))


def test_when_the_disk_is_full_that_is_said_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    assert _fork is not None
    ours, theirs = _fork.Pipe(duplex=False)
    child = _fork.Process(target=_fill, args=(tmp_path / "l.db", theirs))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    assert ours.poll(), "it did not run out of room"
    done, problem = ours.recv()
    assert done >= 0
    assert "cannot be written" in problem
    with Ledger(tmp_path / "l.db") as ledger:
        assert ledger.verify().problems == ()
        assert ledger.search("").total >= 50 * (done + 1)
        assert ledger.add_readings(both()).new == 2
        assert ledger.verify().sound


@pytest.mark.parametrize("seconds", [float(os.environ.get("SAYSO_BUSY_SECONDS", "3"))])
def test_four_writers_and_eight_readers_get_along(
    make: Callable[[], Ledger], address: Callable[[Ledger], str], seconds: float
) -> None:
    assert _fork is not None
    ledger = make()
    files = ledger.rejects.with_name(ledger.rejects.name.replace(".rejects.jsonl", ".files"))
    ledger.add_readings(both())
    place, pipes, children = address(ledger), [], []
    for worker in range(12):
        ours, theirs = _fork.Pipe(duplex=False)
        job = _write if worker < 4 else _look
        children.append(_fork.Process(target=job, args=(place, files, worker, seconds, theirs)))
        pipes.append(ours)
    for child in children:
        child.start()
    told = [pipe.recv() if pipe.poll(seconds + 60) else "nothing heard" for pipe in pipes]
    for child in children:
        child.join()
    assert [line for line in told if isinstance(line, str)] == []
    counts = [done for done in told if isinstance(done, int)]
    assert all(done > 0 for done in counts)
    assert ledger.search("weir").total == max(counts[:4])
    assert ledger.verify().problems == ()


def _write(place: str, files: Path, worker: int, seconds: float, told: Connection) -> None:
    """Add for some seconds, in overlap with others; tell how many, or what went wrong."""
    until, number = time.monotonic() + seconds, 0
    try:
        with Ledger(place, files=files) as ledger:
            while time.monotonic() < until or number == 0:
                ledger.add(capture(number), read=False)
                number += 1
        told.send(number)
    except Exception as error:  # noqa: BLE001 - whatever it is, the test is to hear of it
        told.send(f"writer {worker}: {error!r}")


def _look(place: str, files: Path, worker: int, seconds: float, told: Connection) -> None:
    """Search for some seconds; tell how often, or what went wrong."""
    until, looks = time.monotonic() + seconds, 0
    try:
        with Ledger(place, files=files) as ledger:
            while time.monotonic() < until or looks == 0:
                found = ledger.search("weir hold", limit=3)
                assert all("weir" in hit.report.text for hit in found.hits)
                assert len(list(ledger.statements())) >= 1
                looks += 1
        told.send(looks)
    except Exception as error:  # noqa: BLE001 - whatever it is, the test is to hear of it
        told.send(f"reader {worker}: {error!r}")
