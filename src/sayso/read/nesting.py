"""Attributions -> a tree: which stands inside another's content, which say the same thing twice."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.read.attribution import OUTER_THRESHOLD, Attribution
from sayso.vocabulary import Span


def size(spans: Sequence[Span]) -> int:
    """Code points in all spans together."""
    return sum(span.end - span.start for span in spans)


def overlap(a: Sequence[Span], b: Sequence[Span]) -> int:
    """Code points that two lists of spans share."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def distinct(found: Sequence[Attribution]) -> list[Attribution]:
    """Without attributions that take another's cue, or its content beside it; the more certain one stays."""
    kept: list[Attribution] = []
    for item in sorted(found, key=lambda a: (-a.score, a.cue)):
        if not any(_rivals(item, other) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda a: a.cue)


def _rivals(a: Attribution, b: Attribution) -> bool:
    if abs(a.cue[0].start - b.cue[0].start) > 4000:
        return False
    if overlap(a.cue, b.cue):
        return True
    shared = overlap(a.content, b.content)
    alike = shared > 0.75 * max(size(a.content), size(b.content))
    return alike and not contains(a, b) and not contains(b, a) and bool(overlap(a.source, b.source) or not a.source)


def contains(outer: Attribution, inner: Attribution) -> bool:
    """Whether an attribution's cue stands in another's content, and its content is not the wider one."""
    return (
        overlap(outer.content, inner.cue) == size(inner.cue)
        and size(inner.content) < size(outer.content)
        and overlap(outer.content, inner.content) >= 0.5 * size(inner.content)
    )


def parents(found: Sequence[Attribution]) -> list[int | None]:
    """For each attribution, the index of the closest one it stands in."""
    out: list[int | None] = []
    for inner in found:
        around = [
            (size(outer.content), j)
            for j, outer in enumerate(found)
            if outer is not inner and abs(outer.cue[0].start - inner.cue[0].start) < 4000 and contains(outer, inner)
        ]
        out.append(min(around)[1] if around else None)
    return out


def supported(found: Sequence[Attribution]) -> list[Attribution]:
    """Without those that were only ever likely as inner attributions and stand in no other's content."""
    return [
        item
        for item, parent in zip(found, parents(found), strict=True)
        if parent is not None or item.score * (1 - item.inner) > OUTER_THRESHOLD
    ]
