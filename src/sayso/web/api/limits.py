"""How much one request may ask for. Every limit stands here, so that each can be set and tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PAGE: Final = 20  # items of a page where no number is given
MOST_ITEMS: Final = 200  # of a page
MOST_TOLD: Final = 50  # actors, events and forecasts of a page, each of which is a long answer
LONGEST_NAME: Final = 200  # code points of a name, or of words that are looked for
LONGEST_QUESTION: Final = 2_000
LONGEST_CURSOR: Final = 300


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one request. Sizes are in bytes, times in seconds.

    What takes longer is given up with an answer that says so. A list that has to go through much that does not fit
    ends early, with a link to go on.
    """

    list_seconds: float = 2.0  # a list or a search
    scan_seconds: float = 1.0  # of it, going through what may not fit
    answer_seconds: float = 20.0  # a trace, and other answers that are worked out across reports
    read_seconds: float = 120.0
    body_bytes: int = 500_000  # of a text to read
    searches: int = 16  # at once; others wait, within their time
    readings: int = 2  # at once; others wait, within their time
    exports: int = 4  # at once; others are refused
