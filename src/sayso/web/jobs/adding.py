"""One input of a job into the ledger: gathered, read and added a few reports at a time, telling what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from sayso.errors import GatherError, PassedOver
from sayso.gather import captures
from sayso.ledger import Added, Ledger
from sayso.vocabulary import Capture
from sayso.web.jobs.records import MOST_PROBLEMS, Input, Problem

_AT_ONCE: Final = 16  # reports between two looks at whether to stop


class Stopped(Exception):
    """Somebody told the job to stop, or the desk closes."""


def added(ledger: Ledger, it: Input, folder: Path, heed: Callable[[], None]) -> Iterator[Input]:
    """Add an input; yields it with what came of it so far, after each few reports. `heed` raises what stops it.

    What cannot be added is told with the name that people know the input by. Raises LedgerError.
    """
    path = str(folder / it.file) if it.file else it.name
    found = iter(captures([path]))
    while chunk := list(islice(found, _AT_ONCE)):
        heed()
        taken = [_renamed(each, path, it.name) for each in chunk if isinstance(each, Capture)]
        refused = [each for each in chunk if isinstance(each, GatherError)]
        done = ledger.add(*taken) if taken else Added()
        it = _with(it, done, refused, path)
        yield it


def _renamed(found: Capture, path: str, name: str) -> Capture:
    """A capture that is named as people know its file, and not as we keep it."""
    origin = found.report.origin
    said = name + origin.removeprefix(path) if origin and origin.startswith(path) else origin
    return replace(found, report=replace(found.report, origin=said))


def _with(it: Input, done: Added, refused: list[GatherError], path: str) -> Input:
    problems = [Problem(each.origin, each.problem, each.cure) for each in done.rejects]
    passed = [Problem(each.origin, each.problem, passed=True) for each in done.passed]
    for error in refused:
        origin = error.origin.replace(path, it.name) if it.file else error.origin
        problem = error.problem.removeprefix(f"{error.origin}: ")
        if isinstance(error, PassedOver):
            passed.append(Problem(origin, problem, passed=True))
        else:
            problems.append(Problem(origin, problem, error.cure))
    return replace(
        it,
        new=it.new + done.new, read=it.read + done.read, known=it.known + done.known,
        failed=it.failed + len(problems), passed=it.passed + len(passed),
        problems=(*it.problems, *problems, *passed)[:MOST_PROBLEMS],
    )  # fmt: skip
