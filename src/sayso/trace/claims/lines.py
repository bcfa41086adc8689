"""The statements under one key, in order, as far as they have been looked up: neighbours are mostly asked together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.trace.claims.joining import Ref

Entry = tuple[int, int, int]  # rank, place and report of a statement: as rows of a ledger are ordered


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch without gaps, as rows and as statements; whether nothing comes before it, or after it; how far was
    looked each way for it.
    """

    entries: tuple[Entry, ...]
    refs: tuple[Ref, ...]
    begins: bool
    ends: bool
    reach: int


def looked_up(before: Sequence[Entry], after: Sequence[Entry], reach: int) -> Line:
    """The line of the entries before a point and those from it on, looked up `reach` each way, in order."""
    return _line((*before, *after), len(before) < reach, len(after) < reach, reach)


def joined(old: Line | None, new: Line) -> Line:
    """Both lines in one where they overlap, else the new one."""
    if old is None or not old.entries or not new.entries:
        return new
    if old.entries[-1] < new.entries[0] or new.entries[-1] < old.entries[0]:
        return new
    entries = tuple(sorted({*old.entries, *new.entries}))
    return _line(entries, old.begins or new.begins, old.ends or new.ends, new.reach)


def _line(entries: tuple[Entry, ...], begins: bool, ends: bool, reach: int) -> Line:
    return Line(entries, tuple((report, place) for _, place, report in entries), begins, ends, reach)


def sides(line: Line, rank: int, place: int, most: int) -> tuple[tuple[Ref, ...], tuple[Ref, ...]] | None:
    """At most so many statements before and after a point, the nearest first; None where the line is too short."""
    left, right = bisect_left(line.entries, (rank, place)), bisect_left(line.entries, (rank, place + 1))
    if (left < most and not line.begins) or (len(line.entries) - right < most and not line.ends):
        return None
    return line.refs[max(0, left - most) : left][::-1], line.refs[right : right + most]


def before(line: Line, rank: int, place: int, most: int) -> tuple[Ref, ...] | None:
    """At most so many statements before a point, the nearest first; None where the line is too short to tell."""
    left = bisect_left(line.entries, (rank, place))
    return None if left < most and not line.begins else line.refs[max(0, left - most) : left][::-1]
