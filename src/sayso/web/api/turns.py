"""Work that may be under way only so many times at once, counted by what really runs, given up or not."""

from __future__ import annotations

from threading import BoundedSemaphore


class Turns:
    """So many turns. One is taken before the work begins and given back when it ends, whatever thread it ends in."""

    def __init__(self, number: int) -> None:
        self._free = BoundedSemaphore(number)

    def taken(self) -> bool:
        """Take a turn if there is one; whether there was."""
        return self._free.acquire(blocking=False)

    def give_back(self) -> None:
        """Give a turn back."""
        self._free.release()
