"""A selection as one Parquet file, written as its rows come: a row group for each batch, the footer at the end."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Final

from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.tables.libraries import required

DROPS: Final[Mapping[ExportKind, tuple[str, ...]]] = {
    ExportKind.REPORTS: (),
    ExportKind.STATEMENTS: ("who an unknown speaker may be",),
    ExportKind.INCIDENTS: ("time expressions", "why a place is where it is"),
    ExportKind.TALLIES: ("why a place is where it is",),
    ExportKind.CLAIMS: (),
    ExportKind.COPIES: (),
    ExportKind.VOICES: ("carriers whose voice is not known",),
    ExportKind.EVENTS: ("voices behind the grade",),
    ExportKind.FORECASTS: ("earlier forecasts of the voice one by one", "events that followed, but for their ids"),
    ExportKind.FINDINGS: (),
    ExportKind.DECISIONS: (),
}
"""What of each kind has no column."""


class _Tap(io.RawIOBase):
    """A file that is only written to, and from which what was written can be taken away."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(memoryview(data))  # type: ignore[arg-type]
        self._parts.append(part)
        self._size += len(part)
        return len(part)

    def tell(self) -> int:
        return self._size

    def taken(self) -> bytes:
        """What was written since this was asked last."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def written(selection: Selection) -> Iterator[bytes]:
    """The bytes of the file. Raises ExtraMissing without pyarrow."""
    required("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    from sayso.share.tables.columns import batches_of, schema_of

    tap = _Tap()
    schema = schema_of(selection.kind, selection.asked)
    with pq.ParquetWriter(pa.PythonFile(tap, mode="w"), schema, compression="zstd") as out:
        for batch in batches_of(selection):
            out.write_batch(batch)
            yield tap.taken()
    yield tap.taken()
