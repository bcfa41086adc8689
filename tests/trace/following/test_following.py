"""What is derived is what the ledger holds, however it came there and whatever happened on the way.

SAYSO_KILLS sets how often the following process is killed; 6 by default.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from sayso.ledger import Ledger
from sayso.ledger.derived.following import untraced
from sayso.ledger.schema import meta
from sayso.trace.following import Followed, follow
from sayso.trace.following.deriving import derive_all
from sayso.trace.following.material import materials, next_numbers
from tests.ledger.stories import both
from tests.trace.following.archive import LATER, captured, derived, fill, read, texts

_KILLS = int(os.environ.get("SAYSO_KILLS", "6"))
_spawn = multiprocessing.get_context("spawn")


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    ledger.add_readings(both())
    fill(ledger, texts())
    return ledger


def test_every_report_is_traced_once_and_then_there_is_nothing_to_do(full: Ledger) -> None:
    heard: list[Followed] = []
    assert follow(full, tell=heard.append).reports == len(texts()) + 2
    assert heard[-1].left == 0
    before = derived(full)
    assert follow(full) == Followed()
    assert derived(full) == before
    assert full.verify().problems == ()


def test_following_is_no_part_of_what_a_ledger_holds(full: Ledger, tmp_path: Path) -> None:
    before = full.digest()
    full.export(tmp_path / "before.sayso")
    follow(full)
    full.export(tmp_path / "after.sayso")
    assert full.digest() == before
    assert (tmp_path / "before.sayso").read_bytes() == (tmp_path / "after.sayso").read_bytes()


def test_an_imported_ledger_is_followed_anew_to_the_same_end(
    full: Ledger, make: Callable[[], Ledger], tmp_path: Path
) -> None:
    follow(full)
    full.export(tmp_path / "all.sayso")
    other = make()
    other.import_(tmp_path / "all.sayso")
    assert follow(other).reports == len(texts()) + 2
    assert derived(other)["copy_links"] == derived(full)["copy_links"]


@pytest.mark.parametrize("seed", range(2))
def test_one_at_a_time_in_any_order_is_what_all_at_once_is(make: Callable[[], Ledger], seed: int) -> None:
    together, apart = make(), make()
    fill(together, texts())
    follow(together)
    arriving = list(enumerate(texts()))
    random.Random(seed).shuffle(arriving)
    for n, report in arriving:
        apart.add_readings([read(report)]) if n % 2 else apart.add(captured(report), read=False)
        follow(apart)
    assert derived(apart) == derived(together)


def test_several_processes_derive_what_one_does(make: Callable[[], Ledger]) -> None:
    alone, helped = make(), make()
    for ledger in (alone, helped):
        fill(ledger, texts())
        ledger.add_readings(read(each) for each in texts())
    follow(alone)
    assert follow(helped, jobs=2).problems == ()
    assert derived(helped) == derived(alone)


def test_a_forgotten_report_leaves_nothing_and_the_rest_is_as_if_it_had_never_been(make: Callable[[], Ledger]) -> None:
    ledger, never = make(), make()
    fill(ledger, texts())
    follow(ledger)
    [gone] = [each for each in ledger.reports() if "86 passengers" in each.text and "Ostra" not in each.text]
    ledger.forget(gone.id, "a request", "R. Meer")
    assert not any(gone.id in row for rows in derived(ledger).values() for row in rows)
    assert not any("None" in row.split(" ")[0] for row in derived(ledger)["copy_prints"])
    assert ledger.verify().problems == ()
    follow(ledger)
    for n, report in enumerate(texts()):
        if report.text != gone.text:
            never.add_readings([read(report)]) if n % 2 else never.add(captured(report), read=False)
    follow(never)
    assert derived(ledger) == derived(never)


def test_a_report_read_anew_is_traced_anew(full: Ledger, make: Callable[[], Ledger]) -> None:
    follow(full)
    full.add_readings(read(each, LATER) for each in texts()[:3])
    assert follow(full).reports == 3
    directly = make()
    directly.add_readings(both())
    fill(directly, texts())
    directly.add_readings(read(each, LATER) for each in texts()[:3])
    follow(directly)
    assert derived(full) == derived(directly)


def test_a_report_captured_earlier_than_was_known_is_traced_anew(make: Callable[[], Ledger]) -> None:
    late, early = make(), make()
    series = [each for each in texts() if each.id.startswith("week")]
    for report in series:
        late.add(captured(report), read=False)
        early.add(captured(report, "1999-01-01T00:00:00Z"), read=False)
    follow(late)
    for report in series:
        late.add(captured(report, "1999-01-01T00:00:00Z"), read=False)
    assert follow(late).reports == len(series)
    assert follow(early).reports == len(series)
    assert derived(late) == derived(early)


def test_another_version_traces_everything_anew(full: Ledger) -> None:
    follow(full)
    before = derived(full)
    with full.writing() as connection:
        connection.execute(meta.update().where(meta.c.key == "traced by").values(value="none of ours"))
    assert follow(full).reports == len(texts()) + 2
    assert derived(full) == before


def test_derived_rows_of_reports_that_are_not_there_are_found(full: Ledger) -> None:
    follow(full)
    with full.writing() as connection:
        connection.execute(untraced.insert().values(report=987654321))
    [problem] = full.verify().problems
    assert (problem.kind, problem.which) == ("rows", "untraced")


class _Deadly:
    """What ends any process that unpacks it."""

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        return os._exit, (1,)


def test_a_report_that_kills_its_process_costs_no_other(make: Callable[[], Ledger]) -> None:
    ledger = make()
    fill(ledger, texts()[:4])
    with ledger.looking() as connection:
        good = materials(connection, next_numbers(connection, 0, 10))
    deadly = replace(good[1], reading=_Deadly())  # type: ignore[arg-type]
    [first, second] = derive_all([[good[0], deadly, good[2]], [good[3]]], 2)
    assert [bool(outcome.derived) for outcome in (*first, *second)] == [True, False, True, True]
    [problem] = first[1].problems
    assert "died" in problem.problem


def _follow(place: str, files: Path) -> None:
    with Ledger(place, files=files) as ledger:
        follow(ledger)


def _many(ledger: Ledger) -> None:
    fill(ledger, texts())
    for turn in range(30):  # more than three batches
        printed = f"\n\nPrinted in the year {1900 + turn}."
        ledger.add_readings(read(replace(each, text=each.text + printed)) for each in texts())


def test_killed_at_any_moment_it_goes_on_where_it_was(
    make: Callable[[], Ledger], address: Callable[[Ledger], str]
) -> None:
    undisturbed, ledger, luck = make(), make(), random.Random(11)
    _many(undisturbed)
    _many(ledger)
    follow(undisturbed)
    files = ledger.rejects.with_name(ledger.rejects.name.replace(".rejects.jsonl", ".files"))
    waiting = [_left(ledger)]
    for _ in range(_KILLS if "://" not in ledger.name else max(3, _KILLS // 4)):
        child = _spawn.Process(target=_follow, args=(address(ledger), files))
        child.start()
        while _left(ledger) == waiting[-1] and child.is_alive():
            time.sleep(0.01)
        time.sleep(luck.uniform(0, 0.3))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        assert ledger.verify().problems == ()
        waiting.append(_left(ledger))
        if not waiting[-1]:
            break
    assert len(waiting) > 2
    follow(ledger)
    assert derived(ledger) == derived(undisturbed)


def _left(ledger: Ledger) -> int:
    with ledger.looking() as connection:
        return len(connection.execute(select(untraced)).all())


def test_two_at_once_do_the_same_work_once(make: Callable[[], Ledger], address: Callable[[Ledger], str]) -> None:
    alone, ledger = make(), make()
    fill(alone, texts())
    fill(ledger, texts())
    follow(alone)
    files = ledger.rejects.with_name(ledger.rejects.name.replace(".rejects.jsonl", ".files"))
    with _spawn.Pool(2) as pool:
        done = pool.starmap(_count, [(address(ledger), files)] * 2)
    assert sum(done) == len(texts())
    assert derived(ledger) == derived(alone)


def _count(place: str, files: Path) -> int:
    with Ledger(place, files=files) as ledger:
        return follow(ledger).reports
