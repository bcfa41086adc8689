"""The libraries that tables need: one comes with an extra, the others are the user's own."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from sayso.errors import ExtraMissing

_CURES: Final = {
    "pyarrow": "pip install 'sayso[tables]'",
    "pandas": "pip install pandas, or use sayso.tables.arrow",
    "polars": "pip install polars, or use sayso.tables.arrow",
}


def required(library: str) -> None:
    """Raise ExtraMissing, naming what to install, if the library is not there."""
    if find_spec(library) is None:
        raise ExtraMissing("tables", f"{library} is not installed", _CURES[library])
