"""Copies: passages that reports share with earlier ones, and the lineages of reports that are one text.

`fingerprints` are what an index stores; `copies_of` finds a report's passages and their sources, `links_of` what it is
to the reports beside it, `lineages` makes trees of all links. Nothing here stores or changes anything.
"""

from __future__ import annotations

from sayso.trace.copies.index import Index, Kept, MemoryIndex
from sayso.trace.copies.lineage import descents, lineages
from sayso.trace.copies.links import links_after, links_of
from sayso.trace.copies.passages import copies_of
from sayso.trace.copies.prints import Prints, fingerprints

__all__ = [
    "Index",
    "Kept",
    "MemoryIndex",
    "Prints",
    "copies_of",
    "descents",
    "fingerprints",
    "lineages",
    "links_after",
    "links_of",
]
