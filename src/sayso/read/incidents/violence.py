"""Which windows of a text tell of violence: only there does the network look for who did it and who suffered it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sayso.read.incidents.triggers import triggers
from sayso.read.pieces import Pieces
from sayso.read.windows import Window
from sayso.vocabulary import Span

_VIOLENT: Final = "ASSAULT"  # the PLOVER mode of all that is done to people or things by force


def violent(text: str, sentences: Sequence[Span], pieces: Pieces, windows: Sequence[Window]) -> frozenset[Window]:
    """The windows with a sentence whose words tell of violence."""
    told = [s for s in sentences if any(it.kind.mode.startswith(_VIOLENT) for it in triggers(text, s))]
    extents = [Span(int(pieces.starts[w.start]), int(pieces.ends[w.end - 1])) for w in windows]
    return frozenset(
        window
        for window, extent in zip(windows, extents, strict=True)
        if any(s.start < extent.end and extent.start < s.end for s in told)
    )
