"""Parquet to reports, in row groups and pages, read in the jail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sayso.errors import BrokenTable, GatherError, WorkerFailed
from sayso.gather.columns import Columns, columns_of
from sayso.gather.extras import require
from sayso.gather.jail import shared_jail
from sayso.gather.limits import Limits
from sayso.gather.received import here
from sayso.gather.table import row_capture
from sayso.vocabulary import Capture

MEDIA: Final = "application/vnd.apache.parquet"
_OUTLINE: Final = "sayso.gather.parquet_rows:outline"
_ROWS: Final = "sayso.gather.parquet_rows:read_rows"
_BATCH: Final = 200  # rows that cross from the worker at once


def captures_in(path: Path, limits: Limits, columns: Columns) -> Iterator[Capture | GatherError]:
    """One capture or error for each row of a Parquet file, whose bytes are the row as a JSON object.

    A row group that cannot be read is an error, and the next is read. Raises nothing.
    """
    origin = str(path)
    try:
        require("pyarrow", origin)
        outline = _run(_OUTLINE, {"path": str(path.resolve())}, origin, limits)
        found = columns_of([str(name) for name in outline["columns"]], columns, origin)
    except GatherError as error:
        yield error
        return
    first = 0
    for group, count in enumerate(map(int, outline["groups"])):
        yield from _group(path, group, (first, count), found, limits)
        first += count


def _group(
    path: Path, group: int, rows: tuple[int, int], columns: Columns, limits: Limits
) -> Iterator[Capture | GatherError]:
    """The rows of a group: `rows` are the number of its first in the file and how many it says it has."""
    first, count = rows
    done = 0
    while done < count:
        options = {"path": str(path.resolve()), "group": group, "skip": done, "take": _BATCH}
        place = f"{path}:{first + done + 1}"
        try:
            batch = _run(_ROWS, options, place, limits)["rows"]
        except (BrokenTable, WorkerFailed) as error:
            problem = f"{count - done} rows from here on cannot be read ({error.problem.removeprefix(f'{place}: ')})"
            yield BrokenTable(place, problem, "Get an undamaged copy; the other row groups were read")
            return
        if not batch:
            problem = f"the rows end here, although {count - done} more are announced"
            yield BrokenTable(place, problem, "Get an undamaged copy")
            return
        for number, row in enumerate(batch, first + done + 1):
            yield row_capture(_row(row), columns, here(f"{path}:{number}", MEDIA))
        done += len(batch)


def _row(row: dict[str, Any]) -> dict[str, str | None]:
    return {str(name): None if cell is None else str(cell) for name, cell in row.items()}


def _run(task: str, options: dict[str, Any], origin: str, limits: Limits) -> dict[str, Any]:
    reply = shared_jail().run(task, b"", options, origin, limits)
    if "problem" in reply:
        raise BrokenTable(origin, f"it is not whole Parquet ({reply['problem']})", "Get an undamaged copy")
    return reply
