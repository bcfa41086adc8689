"""Whatever is done in whatever order, the ledger is what a plain account of it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sayso.ledger import Ledger
from sayso.ledger.entries import KINDS, Entry, entries
from sayso.vocabulary import ReaderVersion
from tests.ledger.stories import NEW, OLD, capture, decision, finding, put_in, reading

_numbers = st.integers(0, 4)
_readers = st.sampled_from([OLD, NEW])


def _history(make: Callable[[], Ledger], folder: Path) -> type[RuleBasedStateMachine]:
    names = count()

    class History(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.ledger = make()
            self.unread: set[str] = set()
            self.read: dict[str, set[ReaderVersion]] = {}
            self.dead: set[str] = set()
            self.entries: set[str] = set()

        @rule(numbers=st.lists(_numbers, max_size=4))
        def add(self, numbers: list[int]) -> None:
            titles = [f"Weir {n}" for n in numbers]
            fresh = set(titles) - self.dead - self.unread
            added = self.ledger.add(*map(capture, numbers), read=False)
            assert added.new == len(fresh)
            self.unread |= fresh

        @rule(number=_numbers, reader=_readers)
        def add_reading(self, number: int, reader: ReaderVersion) -> None:
            title = f"Sluice {number}"
            added = self.ledger.add_readings([reading(number, reader)])
            if title in self.dead:
                assert added.rejects
                return
            assert added.read == (reader not in self.read.get(title, set()))
            self.read.setdefault(title, set()).add(reader)

        @rule(number=_numbers, kind=st.sampled_from([finding, decision]))
        def put_in(self, number: int, kind: Callable[[int], Entry]) -> None:
            assert put_in(self.ledger, kind(number)) == (kind(number).id not in self.entries)
            self.entries.add(kind(number).id)

        @rule(data=st.data())
        def forget(self, data: st.DataObject) -> None:
            there = {report.title or "": report.id for report in self.ledger.reports()}
            if not there:
                return
            title = data.draw(st.sampled_from(sorted(there)))
            self.ledger.forget(there[title], "order 7/26", "R. Meer")
            self.unread.discard(title)
            self.read.pop(title, None)
            self.dead.add(title)

        @rule()
        def move(self) -> None:
            path = folder / f"{next(names)}.sayso"
            self.ledger.export(path)
            moved = make()
            moved.import_(path)
            assert moved.digest() == self.ledger.digest()
            self.ledger.close()
            self.ledger = moved

        @rule()
        def import_again(self) -> None:
            path, before = folder / f"{next(names)}.sayso", self.ledger.digest()
            self.ledger.export(path)
            assert self.ledger.import_(path).reports == 0
            assert self.ledger.digest() == before

        @invariant()
        def it_is_what_the_account_says(self) -> None:
            titles = {report.title: report.id for report in self.ledger.reports()}
            assert titles.keys() == self.unread | self.read.keys()
            for title, readers in self.read.items():
                assert {one.reader for one in self.ledger.readings(titles[title])} == readers
            assert len(self.ledger.tombstones()) == len(self.dead)
            with self.ledger.looking() as connection:
                assert {each.id for kind in KINDS for each in entries(connection, kind)} == self.entries

        def teardown(self) -> None:
            assert self.ledger.verify().problems == ()
            self.ledger.close()

    return History


def test_any_history(make: Callable[[], Ledger], kind: str, tmp_path: Path) -> None:
    examples = 8 if kind == "sqlite" else 3
    calm = settings(
        max_examples=examples,
        stateful_step_count=10,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(_history(make, tmp_path), settings=calm)


def test_two_halves_added_apart_and_joined_are_one(make: Callable[[], Ledger], tmp_path: Path) -> None:
    whole, left, right = make(), make(), make()
    whole.add(*map(capture, range(6)), read=False)
    whole.add_readings([reading(1), replace(reading(1, NEW), statements=())])
    left.add(*map(capture, range(4)), read=False)
    left.add_readings([reading(1)])
    right.add(*map(capture, range(2, 6)), read=False)
    right.add_readings([replace(reading(1, NEW), statements=())])
    right.export(tmp_path / "right.sayso")
    left.import_(tmp_path / "right.sayso")
    assert left.digest() == whole.digest()
