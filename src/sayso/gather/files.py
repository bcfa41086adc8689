"""Reports without the bytes they came from: a view of `captures`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.errors import GatherError
from sayso.gather.captures import STDIN, captures, most_bytes, read_file
from sayso.gather.columns import AUTOMATIC, Columns
from sayso.gather.documents import document
from sayso.gather.kinds import Kind, kind_of_name
from sayso.gather.limits import DEFAULT, Limits
from sayso.gather.received import here
from sayso.vocabulary import Capture, Report


def gather(
    paths: Iterable[str | Path], limits: Limits = DEFAULT, *, columns: Columns = AUTOMATIC
) -> Iterator[Report | GatherError]:
    """Every report in these inputs, as `captures` finds them. Errors are yielded, not raised."""
    for item in captures(paths, limits, columns=columns):
        yield item.report if isinstance(item, Capture) else item


def gather_file(path: str | Path, limits: Limits = DEFAULT) -> Report:
    """The report in one file. Raises a GatherError, also for kinds that hold many, such as JSON Lines."""
    return gather_bytes(read_file(path, most_bytes(limits)), str(path), kind_of_name(str(path)), limits)


def gather_bytes(data: bytes, origin: str = STDIN, kind: Kind | None = None, limits: Limits = DEFAULT) -> Report:
    """The report in these bytes. `kind` is what they are said to be; a whole web page is always read as one.

    Raises a GatherError that names `origin`.
    """
    return document(data, here(origin), kind, limits).report
