"""Cut a text's pieces into windows that the encoder can take, each with some of what stood before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sayso.read.pieces import Pieces
from sayso.vocabulary import Span

# The network was trained on windows of 256, of which two are its start and end marks.
SIZE: Final = 254
# What stood before, so that a pronoun or a running quotation is not met without its context.
CONTEXT: Final = 48


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `start` to `end`; `own` is the first that earlier windows have not covered."""

    start: int
    own: int
    end: int


def windows(pieces: Pieces, sentences: Sequence[Span], size: int = SIZE, context: int = CONTEXT) -> list[Window]:
    """Windows of whole sentences; a sentence longer than a window is cut."""
    count = len(pieces)
    stops = np.unique(np.searchsorted(pieces.starts, [s.start for s in sentences] or [0], "left"))
    out: list[Window] = []
    own = 0
    while own < count:
        start = _context_start(stops, own, context) if own else 0
        limit = min(count, start + size)
        end = count if limit == count else _last_stop(stops, own, limit)
        out.append(Window(start, own, end))
        own = end
    return out


def _context_start(stops: np.ndarray, own: int, context: int) -> int:
    """The earliest sentence start at most `context` pieces back; else exactly as far as that."""
    near = stops[(stops >= own - context) & (stops < own)]
    return int(near[0]) if len(near) else max(0, own - context // 2)


def _last_stop(stops: np.ndarray, own: int, limit: int) -> int:
    """The last sentence start in (own, limit], or the limit itself where there is none."""
    fitting = stops[(stops > own) & (stops <= limit)]
    return int(fitting[-1]) if len(fitting) else limit
