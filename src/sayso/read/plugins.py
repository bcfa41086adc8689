"""Readers of other packages: what a reader is, which are installed, and what one finds in a report once it is checked.

A package brings a reader by an entry point of the group "sayso.readers", which has the reader's name and stands for
something that is called without arguments and gives a `Reader`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint, entry_points
from typing import Final, Protocol

from sayso.errors import ReaderFailed, ReaderMissing, ReadError
from sayso.read.admission import admitted
from sayso.read.encoder import shipped
from sayso.read.in_order import in_order
from sayso.read.reader import NAME, VERSION, read_report
from sayso.read.sentences import sentences
from sayso.vocabulary import ReaderVersion, Reading, Report

GROUP: Final = "sayso.readers"
_DOCUMENT: Final = "See docs/readers.md"


class Reader(Protocol):
    """Anything that reads: a larger model, another language, a model on another machine.

    `version` changes when its readings do. `weights` is the fingerprint of its weights or the name of its model, ""
    where it has none. `languages` are the BCP 47 tags it reads; none at all is any.
    """

    @property
    def name(self) -> str:
        """Its name, by which it is asked for: that of its entry point."""

    @property
    def version(self) -> str:
        """Its version."""

    @property
    def weights(self) -> str:
        """What its readings depend on besides its version."""

    @property
    def languages(self) -> Sequence[str]:
        """What it reads."""

    def read(self, report: Report) -> Reading:
        """What it finds in a report. Raises ReadError where it cannot read it."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """The reader that comes with Sayso."""

    name: str = NAME
    version: str = VERSION
    languages: tuple[str, ...] = ("en",)

    @property
    def weights(self) -> str:
        """The fingerprint of the weights in the package."""
        return shipped().fingerprint

    def read(self, report: Report) -> Reading:
        """What it finds in a report."""
        return read_report(report)


@dataclass(frozen=True, slots=True)
class Installed:
    """A reader that a package brings: its name, and the package with its version."""

    name: str
    package: str
    package_version: str


def installed() -> tuple[Installed, ...]:
    """The readers of other packages, by name. None of them is loaded."""
    found = {
        Installed(point.name, point.dist.name if point.dist else "", point.dist.version if point.dist else "")
        for point in entry_points(group=GROUP)
    }
    return tuple(sorted(found, key=lambda it: (it.name, it.package)))


def entry_point(name: str) -> EntryPoint:
    """The entry point of a reader. Raises ReaderMissing where there is none, or two packages bring one of this name."""
    packages = [it.package for it in installed() if it.name == name]
    if not packages:
        others = ", ".join(sorted({NAME, *(it.name for it in installed())}))
        raise ReaderMissing(f"no reader {name!r} is installed", f"There are: {others}. {_DOCUMENT}")
    if name == NAME or len(packages) > 1:
        owners = " and ".join(packages if name != NAME else ["sayso", *packages])
        raise ReaderMissing(f"{owners} bring a reader {name!r} each", "Uninstall one of them")
    return next(iter(entry_points(group=GROUP, name=name)))


def loaded(name: str) -> Reader:
    """The reader of this name, loaded into this process. Raises ReaderMissing, and whatever its package raises."""
    reader: Reader = entry_point(name).load()()
    lacking = [field for field in ("name", "version", "weights", "languages", "read") if not hasattr(reader, field)]
    if lacking:
        raise ReaderMissing(f"the reader {name!r} has no {', no '.join(lacking)}", _DOCUMENT)
    if reader.name != name:
        problem = f"the reader {name!r} calls itself {reader.name!r}"
        raise ReaderMissing(problem, f"Its name has to be that of its entry point. {_DOCUMENT}")
    return reader


def made_by(reader: Reader) -> ReaderVersion:
    """What stands in a reader's readings."""
    return ReaderVersion(reader.name, reader.version, reader.weights)


def read_by(reader: Reader, report: Report) -> Reading:
    """What a reader finds in a report, once it is checked; nothing in a language that it does not read.

    Raises ReadingRefused where it may not be kept, and ReaderFailed where the reader raises what is no ReadError.
    """
    spoken = (report.language or "").partition("-")[0].lower()
    if spoken and reader.languages and spoken not in {it.partition("-")[0].lower() for it in reader.languages}:
        reads = ", ".join(reader.languages)
        flag = f"not read: {reader.name} reads {reads}, and the text is in another language ({report.language})"
        unread = replace(report, flags=(*report.flags, flag))
        return Reading(unread, made_by(reader), sentences=tuple(sentences(report.text)))
    try:
        reading = reader.read(report)
    except ReadError:
        raise
    except Exception as error:  # whatever a stranger's code raises, it costs this report alone
        where = report.origin or report.id
        problem = f"reader {reader.name}, {where}: it failed ({type(error).__name__}: {str(error)[:200]})"
        raise ReaderFailed(problem, "Tell whoever makes it, or read this report with another") from error
    return admitted(reading, report, made_by(reader))


def read_many_by(reader: Reader, reports: Iterable[Report], *, jobs: int = 1) -> Iterator[Reading | ReadError]:
    """What a reader finds in each report, checked, or why nothing of it is kept; in order, in so many threads."""

    def one(report: Report) -> Reading | ReadError:
        try:
            return read_by(reader, report)
        except ReadError as error:
            return error

    return in_order(one, reports, jobs)
