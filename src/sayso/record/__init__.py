"""The record: published fact-checks and official findings, and which of them bear on what is said.

`import_findings` reads them, a `Record` keeps them, `shelf` lays them out and `match` finds those that bear on a text.
"""

from __future__ import annotations

from sayso.record.embeddings import remembered
from sayso.record.features import Context
from sayso.record.importing import import_findings
from sayso.record.matching import Shelf, match, shelf
from sayso.record.store import JsonLinesRecord, Record

__all__ = ["Context", "JsonLinesRecord", "Record", "Shelf", "import_findings", "match", "remembered", "shelf"]
