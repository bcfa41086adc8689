"""A ledger that grows by variants of the newsroom, with what each step cost; it goes on where it was."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Final

from sqlalchemy import text

from benchmarks.corpus import CorpusError
from benchmarks.newsroom.varying import Base, variant
from sayso.ledger import Ledger
from sayso.trace.following import Followed, follow
from sayso.vocabulary import Reading

PARTS: Final = 4  # steps that a variant is added in
_SPENT: Final = "spent.txt"
_PROGRESS: Final = "progress.jsonl"
_SQLITE: Final = """
    SELECT coalesce(m.tbl_name, d.name), sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_schema m ON m.name = d.name
    GROUP BY 1
"""
_POSTGRESQL: Final = """
    SELECT relname, pg_total_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


@dataclass(frozen=True, slots=True)
class Grown:
    """What one step cost: seconds to add its readings and to follow them, and the size of the database after it.

    `statements` are all there are after it, `variant` the one that the readings are of. `processor` are the seconds
    of processor time of both, in which other work on the machine plays no part.
    """

    variant: int
    reports: int
    statements: int
    adding: float
    following: float
    size: int
    processor: float


def grow(ledger: Ledger, folder: Path, read: Base, seed: int, statements: int, jobs: int) -> Iterator[Grown]:
    """Grow a ledger until it has so many statements; what each step cost, those of earlier runs first."""
    told, done = 0, steps(folder)
    for step in count():
        if told >= statements:
            return
        if step == len(done):
            done.append(_step(ledger, folder, read, seed, step, told, jobs))
            with (folder / _PROGRESS).open("a") as file:
                file.write(json.dumps(asdict(done[-1])) + "\n")
        told = done[step].statements
        yield done[step]


def steps(folder: Path) -> list[Grown]:
    """What the steps of earlier runs cost."""
    path = folder / _PROGRESS
    return [Grown(**json.loads(line)) for line in path.read_text().splitlines()] if path.exists() else []


def added(read: Base, seed: int, step: int) -> tuple[Reading, ...]:
    """The readings that a step adds."""
    number, part = divmod(step, PARTS)
    size_of_part = -(-len(read.readings) // PARTS)
    return variant(read, seed, number).readings[part * size_of_part : (part + 1) * size_of_part]


def _step(ledger: Ledger, folder: Path, read: Base, seed: int, step: int, told: int, jobs: int) -> Grown:
    readings, spent = added(read, seed, step), folder / _SPENT
    # what a run that was stopped while it followed has spent
    before, worked = json.loads(spent.read_text()) if spent.exists() else (0.0, 0.0)
    processor = _processor()
    start = time.perf_counter()
    refused = ledger.add_readings(readings).rejects
    if refused:
        raise CorpusError(f"{len(refused)} readings were refused, such as {refused[0].origin}: {refused[0].problem}")
    begin = time.perf_counter()

    def following() -> float:
        return before + time.perf_counter() - begin

    def note(_: Followed) -> None:
        spent.write_text(json.dumps([following(), worked + _processor() - processor]))

    follow(ledger, jobs=jobs, tell=note)
    took = following()
    spent.unlink(missing_ok=True)
    told += sum(len(it.statements) for it in readings)
    return Grown(
        step // PARTS, len(readings), told, begin - start, took, size(ledger), worked + _processor() - processor
    )


def _processor() -> float:
    """The processor time of this process, and of those it started and that are done, in seconds."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def size(ledger: Ledger) -> int:
    """The bytes of the database, without the snapshots."""
    with ledger.looking() as connection:
        if connection.dialect.name == "sqlite":
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            return int(pages) * int(connection.execute(text("PRAGMA page_size")).scalar_one())
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def sizes(ledger: Ledger) -> dict[str, int]:
    """The bytes of each table with its indexes; nothing where the database does not tell."""
    with ledger.looking() as connection:
        if connection.dialect.name != "sqlite":
            return {name: int(found) for name, found in connection.execute(text(_POSTGRESQL))}
        return {name: int(found) for name, found in connection.execute(text(_SQLITE))}
