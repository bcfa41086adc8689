"""Report -> Reading. Readers of other packages are in `sayso.read.plugins`, and `sayso.read.apart` runs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.gather.language import language
from sayso.read.in_order import in_order
from sayso.read.reader import read_report
from sayso.vocabulary import Published, Reading, Report, report_id

__all__ = ["read", "read_many", "read_report"]


def read(text: str, *, published: str | None = None, outlet: str | None = None, title: str | None = None) -> Reading:
    """Who says what in a text. `published` is an ISO date; offsets are code points of `text`.

    A text in another language than English comes back with its sentences and no statements. Raises WeightsMissing
    where the installation is not whole.
    """
    when = Published(published, "given") if published else None
    report = Report(report_id(text), text, title, outlet, published=when, language=language(text))
    return read_report(report)


def read_many(reports: Iterable[Report], *, jobs: int = 1) -> Iterator[Reading]:
    """A reading for each report, in order, whatever the number of threads; the same as reading each alone.

    Reports are taken from the iterable as they are needed, never more than two for each thread ahead.
    """
    return in_order(read_report, reports, jobs)
