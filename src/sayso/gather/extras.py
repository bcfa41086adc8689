"""Libraries that only some inputs need, and the extra that installs each."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from sayso.errors import ExtraMissing

_EXTRAS: Final = {"pypdf": "pdf", "pyarrow": "parquet"}


def require(library: str, origin: str) -> None:
    """Raise ExtraMissing, naming what to install, if the library is not there."""
    if find_spec(library) is None:
        cure = f"Install it: pip install 'sayso[{_EXTRAS[library]}]'"
        raise ExtraMissing(origin, f"reading it needs {library}, which is not installed", cure)
