"""What reports have from one another, as far as voices need to know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.vocabulary import ReportId, Span

COPY: Final = 0.5  # of a report's words: from here on, what it says without naming anybody is the earlier one's word


@dataclass(frozen=True, slots=True)
class Shared:
    """A report that has part of its text from an earlier one: the share of its words, and where they stand if known."""

    report: ReportId
    earlier: ReportId
    share: float
    spans: tuple[Span, ...] = ()


def sources(copies: Iterable[Shared]) -> Mapping[ReportId, Sequence[Shared]]:
    """For each report what it has from others, most first."""
    out: dict[ReportId, list[Shared]] = {}
    for copy in copies:
        if copy.report != copy.earlier:
            out.setdefault(copy.report, []).append(copy)
    for found in out.values():
        found.sort(key=lambda it: (-it.share, it.earlier))
    return out


def covers(copy: Shared, spans: Sequence[Span]) -> bool:
    """Whether words of a report are copied ones: most of them lie in a shared passage, or most of the report is."""
    if not copy.spans or not spans:
        return copy.share >= COPY
    size = sum(span.end - span.start for span in spans)
    inside = sum(max(0, min(span.end, part.end) - max(span.start, part.start)) for span in spans for part in copy.spans)
    return inside >= COPY * size
