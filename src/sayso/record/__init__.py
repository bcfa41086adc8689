"""The record: published fact-checks and official findings, and which of them bear on what is said.

`import_findings` reads them, `add` keeps them in a ledger, `bearing` finds those that bear on a text; `shelf` and
`match` do so for findings at hand.
"""

from __future__ import annotations

from sayso.record.features import Context
from sayso.record.importing import import_findings
from sayso.record.matching import Shelf, match, shelf
from sayso.record.store import add, all_findings, bearing, finding

__all__ = ["Context", "Shelf", "add", "all_findings", "bearing", "finding", "import_findings", "match", "shelf"]
