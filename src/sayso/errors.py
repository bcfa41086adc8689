"""The error tree.

SaysoError
├── GatherError            an input cannot become a report; carries the `origin`
│   ├── NotFound           there is no such file or folder
│   ├── EmptyInput         nothing to read in it
│   ├── BinaryInput        it is not text
│   ├── TooLarge           it is over the size limit
│   ├── BrokenLine         a line of JSON Lines is not a report
│   └── WorkerFailed       the parser ran out of time or memory, or died
├── ReadError              a report cannot be read
│   └── WeightsMissing     the installation lacks the reader's weights
├── NotAReading            a JSON object is not a reading by the contract
└── GazetteerError         a gazetteer cannot be built or used; carries the `path`
    ├── PackMissing        there is no such pack, or it cannot be opened
    ├── PackBroken         a pack is damaged or of another version
    └── SourceBroken       a file is no GeoNames dump, or a gazetteer cannot be written

Every message names the input, what is wrong with it, and what to do.
"""

from __future__ import annotations

from pathlib import Path


class SaysoError(Exception):
    """The root of all errors Sayso raises on purpose. `cure` says what to do about it."""

    def __init__(self, problem: str, cure: str = "") -> None:
        super().__init__(f"{problem}. {cure}" if cure else problem)
        self.problem = problem
        self.cure = cure


class GatherError(SaysoError):
    """An input cannot become a report. `origin` is its path, `path:line`, or "-"."""

    def __init__(self, origin: str, problem: str, cure: str = "") -> None:
        super().__init__(f"{origin}: {problem}", cure)
        self.origin = origin


class NotFound(GatherError):
    """There is no such file or folder, or it cannot be opened."""


class EmptyInput(GatherError):
    """The input holds nothing to read."""


class BinaryInput(GatherError):
    """The input is not text."""


class TooLarge(GatherError):
    """The input is over the size limit."""


class BrokenLine(GatherError):
    """A line of JSON Lines is not a report."""


class WorkerFailed(GatherError):
    """The limited worker that parses hostile input ran out of time or memory, or died."""


class ReadError(SaysoError):
    """A report cannot be read."""


class WeightsMissing(ReadError):
    """The installation lacks the reader's weights."""


class NotAReading(SaysoError):
    """A JSON object is not a reading by the contract, or not one of the text it is given with."""


class GazetteerError(SaysoError):
    """A gazetteer cannot be built or used. `path` is the file."""

    def __init__(self, path: Path, problem: str, cure: str) -> None:
        super().__init__(f"{path}: {problem}", cure)
        self.path = path


class PackMissing(GazetteerError):
    """There is no such pack, or it cannot be opened."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem, "See sayso gazetteer list for the packs there are")


class PackBroken(GazetteerError):
    """A pack is damaged or was made by another version."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            path, problem, "Delete it: the default is built again by itself, others by sayso gazetteer build"
        )


class SourceBroken(GazetteerError):
    """A file is no GeoNames dump, cannot be read, or its pack cannot be written."""
