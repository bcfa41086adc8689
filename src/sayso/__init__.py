"""Sayso reads the news and keeps the ledger of who says what.

>>> import sayso
>>> reading = sayso.read("“The bridge is safe,” engineer Ida Holm said.")
>>> for statement in reading.statements:
...     print(statement.speaker, statement.stance, statement.content.text)
"""

from typing import TYPE_CHECKING

from sayso.errors import SaysoError
from sayso.read import read, read_many
from sayso.vocabulary import Reading, Report, Statement

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.share import tables

__version__ = "0.1.0"
__all__ = ["Ledger", "Reading", "Report", "SaysoError", "Statement", "__version__", "read", "read_many", "tables"]


def __getattr__(name: str) -> object:
    """The ledger and its tables, imported when they are first asked for: reading needs no database."""
    if name == "Ledger":
        from sayso.ledger import Ledger

        return Ledger
    if name == "tables":
        from sayso.share import tables

        return tables
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
