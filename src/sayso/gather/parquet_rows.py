"""The tasks that read a Parquet file in the worker, by pyarrow, without threads and batch by batch."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any, Final

import pyarrow
from pyarrow import parquet

_BUFFER: Final = 1_000_000  # bytes of a column read at once
_BROKEN: Final = (pyarrow.ArrowException, OSError, ValueError, OverflowError, LookupError)
pyarrow.set_memory_pool(pyarrow.system_memory_pool())  # the others reserve address space, which is limited here

# Where the last call stopped, so that the next goes on there and does not start the row group again.
_open: dict[tuple[str, int, int], Iterator[Any]] = {}


def outline(_: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The names of the columns, and the rows in each row group; or a `problem`."""
    try:
        with _file(options["path"]) as file:
            groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
            if any(_paths(group) != [file.schema.column(n).path for n in range(len(file.schema))] for group in groups):
                return {"problem": "its column chunks name other columns than its schema"}
            return {"columns": file.schema_arrow.names, "groups": [group.num_rows for group in groups]}
    except _BROKEN as error:
        return {"problem": _reason(error)}


def read_rows(_: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The next rows, at most `take`, of row group `group` after the first `skip`, as text; or a `problem`."""
    path, group, skip, take = options["path"], options["group"], options["skip"], options["take"]
    rows = _open.pop((path, group, skip), None) or _skipped(_rows(path, group, take), skip)
    _open.clear()
    try:
        batch: list[dict[str, str | None]] = next(rows, [])
    except _BROKEN as error:
        return {"problem": _reason(error)}
    _open[path, group, skip + len(batch)] = rows
    return {"rows": batch}


def _paths(group: Any) -> list[str]:  # noqa: ANN401 - pyarrow has no types
    """The columns that the chunks of a row group say they are: a damaged name would lose its column unseen."""
    return [group.column(n).path_in_schema for n in range(group.num_columns)]


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:150]}"


def _skipped(batches: Iterator[list[dict[str, str | None]]], skip: int) -> Iterator[list[dict[str, str | None]]]:
    for batch in batches:
        if skip < len(batch):
            yield batch[skip:]
        skip = max(skip - len(batch), 0)


def _rows(path: str, group: int, take: int) -> Iterator[list[dict[str, str | None]]]:
    with _file(path) as file:
        for batch in file.iter_batches(batch_size=take, row_groups=[group], use_threads=False):
            yield [{name: _cell(value) for name, value in row.items()} for row in batch.to_pylist()]


def _file(path: str) -> parquet.ParquetFile:
    return parquet.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER, page_checksum_verification=True)


def _cell(value: object) -> str | None:
    """A cell as text: dates in ISO 8601, lists and records as JSON, except lists of words ("A, B")."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return _text(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict | tuple) else str(value)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return b64encode(value).decode()
