"""Claims: statements of the same proposition joined across reports, with what each does with it.

`propositions` frees a reading's statements from who puts them, `known` adds their embeddings, `settle` places one as it
comes in, `joined` a batch; both ways end in the same claims.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.trace.claims.joining import Index, Placement, settle, suggestions
from sayso.trace.claims.memory import MemoryIndex
from sayso.trace.claims.proposition import Proposition, propositions
from sayso.trace.claims.scoring import Known, Tie, tie
from sayso.trace.claims.telling import claim, claims
from sayso.trace.embedding import embed

__all__ = [
    "Index",
    "Known",
    "MemoryIndex",
    "Placement",
    "Proposition",
    "Tie",
    "claim",
    "claims",
    "joined",
    "known",
    "propositions",
    "settle",
    "suggestions",
    "tie",
]


def known(found: Iterable[Proposition]) -> tuple[Known, ...]:
    """Propositions with the embeddings of their contents."""
    listed = tuple(found)
    vectors = embed([proposition.text for proposition in listed])
    return tuple(Known(proposition, vector) for proposition, vector in zip(listed, vectors, strict=True))


def joined(statements: Iterable[Known]) -> tuple[Placement, ...]:
    """The placements of a batch, in canonical order: the same as of one by one, in whatever order they come in."""
    index = MemoryIndex()
    for statement in sorted(statements, key=lambda statement: statement.proposition.order):
        index.keep(settle(index.add(statement), index))
    return index.placements()
