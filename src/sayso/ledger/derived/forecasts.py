"""Forecasts: what reports foretell, under what is carried together and what is asked for.

What became of a forecast is worked out when it is asked for, from the events there are by then.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table

from sayso.ledger.derived.columns import of_report
from sayso.ledger.schema import tables


def _listed(name: str, key: str) -> Table:
    return Table(
        name,
        tables,
        Column(key, BigInteger, primary_key=True, autoincrement=False, nullable=False),
        Column("day", Integer, primary_key=True, autoincrement=False),  # it was made on; 0: not known
        of_report(index=True),
        Column("forecast", Integer, primary_key=True, autoincrement=False),  # its place among the report's
        sqlite_with_rowid=False,
    )


foretold: Final = Table(
    "foretold",
    tables,
    of_report(),
    Column("data", LargeBinary, nullable=False),  # all forecasts of the report, packed beside its text
)

forecast_blocks: Final = _listed("forecast_blocks", "block")
forecast_facets: Final = _listed("forecast_facets", "facet")  # of everything; of a type, a place, a voice

TABLES: Final = (foretold, forecast_blocks, forecast_facets)
