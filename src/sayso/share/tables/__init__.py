"""What a ledger holds as tables for analysts: Arrow, pandas or Polars in one call.

`sayso.tables.arrow(ledger, "statements", stance="denies", since="2022-08")` takes the kinds and conditions of
`sayso export`. The columns are told in docs/exports.md. pyarrow comes with the extra `tables`; pandas and Polars are
your own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import selected
from sayso.share.tables.libraries import required
from sayso.share.tables.things import THINGS

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["arrow", "batches", "pandas", "polars"]


def batches(ledger: Ledger, kind: str, **conditions: str) -> pa.RecordBatchReader:
    """The rows that fit, a batch at a time, in one state of the ledger: for more than fits into memory.

    Raises SaysoError on a kind that has no table or a condition that cannot be met, ExtraMissing without pyarrow.
    """
    required("pyarrow")
    import pyarrow as pa

    from sayso.share.tables.columns import batches_of, schema_of

    wanted = _kind(kind)

    def read() -> Iterator[pa.RecordBatch]:
        with selected(ledger, wanted, conditions) as selection:
            yield from batches_of(selection)

    return pa.RecordBatchReader.from_batches(schema_of(wanted, conditions), read())


def arrow(ledger: Ledger, kind: str, **conditions: str) -> pa.Table:
    """The rows that fit as an Arrow table. Raises SaysoError, ExtraMissing."""
    return batches(ledger, kind, **conditions).read_all()


def pandas(ledger: Ledger, kind: str, **conditions: str) -> pd.DataFrame:
    """The rows that fit as a DataFrame of pandas. Raises SaysoError, ExtraMissing."""
    required("pandas")
    return arrow(ledger, kind, **conditions).to_pandas()


def polars(ledger: Ledger, kind: str, **conditions: str) -> pl.DataFrame:
    """The rows that fit as a DataFrame of Polars. Raises SaysoError, ExtraMissing."""
    required("polars")
    import polars as pl

    found = pl.from_arrow(arrow(ledger, kind, **conditions))
    assert isinstance(found, pl.DataFrame)
    return found


def _kind(kind: str) -> ExportKind:
    if kind not in THINGS:
        raise SaysoError(f"There is no table of {kind!r}", f"One of: {', '.join(THINGS)}")
    return ExportKind(kind)
