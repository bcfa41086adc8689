"""The ledger keeps what was gathered and read: append only, found by content, checked to the last byte.

Start at `Ledger`. What is kept and why it can be trusted is told in docs/ledger.md.
"""

from sayso.ledger.adding import Added
from sayso.ledger.archive import Moved
from sayso.ledger.comparing import Comparison, Difference
from sayso.ledger.disk import Disk, LocalDisk
from sayso.ledger.forgetting import Forgotten, Tombstone
from sayso.ledger.ledger import Ledger, default_place
from sayso.ledger.lookups import Captured, Found
from sayso.ledger.rejects import Reject, taken
from sayso.ledger.searching import Hit, Results
from sayso.ledger.snippets import Snippet
from sayso.ledger.verifying import Problem, Verdict
from sayso.ledger.where import Where

__all__ = [
    "Added", "Captured", "Comparison", "Difference", "Disk", "Forgotten", "Found", "Hit", "Ledger", "LocalDisk",
    "Moved", "Problem", "Reject", "Results", "Snippet", "Tombstone", "Verdict", "Where", "default_place", "taken",
]  # fmt: skip
