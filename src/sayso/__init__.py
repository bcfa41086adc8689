"""Sayso reads the news and keeps the ledger of who says what.

>>> import sayso
>>> reading = sayso.read("“The bridge is safe,” engineer Ida Holm said.")
>>> for statement in reading.statements:
...     print(statement.speaker, statement.stance, statement.content.text)
"""

from sayso.errors import SaysoError
from sayso.read import read, read_many
from sayso.vocabulary import Reading, Report, Statement

__version__ = "0.1.0"
__all__ = ["Reading", "Report", "SaysoError", "Statement", "__version__", "read", "read_many"]
