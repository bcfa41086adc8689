"""The error tree.

SaysoError
├── GatherError            an input cannot become a report; carries the `origin`
│   ├── NotFound           there is no such file or folder
│   ├── EmptyInput         nothing to read in it
│   ├── BinaryInput        it is not text
│   ├── TooLarge           it is over the size limit
│   ├── BrokenLine         a line of JSON Lines, or a row of a table, is not a report
│   ├── BrokenTable        a table is damaged, or no column of it holds the text
│   ├── BrokenFeed         a feed, a list of feeds or a sitemap is damaged
│   ├── BrokenArchive      a web archive or a record of it is damaged, cut, or not what it says it is
│   ├── PassedOver         part of an input holds no report of its own; nothing is wrong with it
│   ├── ExtraMissing       an optional library for this kind of input is not installed
│   ├── Refused            an address may not be fetched: the guard or the site's robots.txt forbids it
│   ├── FetchFailed        an address did not give a document in time
│   └── WorkerFailed       the parser ran out of time or memory, or died
├── ReadError              a report cannot be read
│   ├── WeightsMissing     the installation lacks the reader's weights
│   ├── ReaderMissing      no reader of that name is installed, or it does not follow the protocol
│   ├── ReaderFailed       a reader of another package raised, died or took too long over a report
│   └── ReadingRefused     what a reader of another package gave does not stand in the text, or is out of bounds
├── RecordError            findings cannot be imported or kept; carries the `origin`
│   └── NotAFinding        an object, row or table is no finding
├── NotAReading            a JSON object is not a reading by the contract
├── AccountsError          the accounts of a desk cannot be read or changed; carries where they are, `accounts`
├── LedgerError            a ledger cannot be used; carries its `ledger`
│   ├── LedgerMissing      there is no ledger there, or it cannot be opened
│   ├── LedgerNewer        it was written by a newer version
│   ├── LedgerBusy         others kept it to themselves for too long
│   ├── LedgerSlow         a question would take longer than it may, and was given up
│   ├── LedgerUnwritable   it cannot be written: no room, no permission, a broken disk
│   ├── LedgerDamaged      what it holds is not what was put in
│   ├── NotInLedger        it holds no such report, reading or snapshot
│   ├── NotTaken           a report or reading that the ledger does not take, such as one deleted on request
│   └── ArchiveBroken      an exported archive is damaged, cut off or of another kind
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
    """An input cannot become a report. `origin` is its path or address, `path:line` or `path#part`, or "-"."""

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
    """A line of JSON Lines, or a row of a table, is not a report."""


class BrokenTable(GatherError):
    """A table (CSV, Parquet) is damaged, or no column of it holds the text."""


class BrokenFeed(GatherError):
    """A feed, a list of feeds or a sitemap is damaged; what could be read of it came before."""


class BrokenArchive(GatherError):
    """A web archive or a record of it is damaged, cut, or not what it says it is."""


class PassedOver(GatherError):
    """Part of an input holds no report of its own, such as a revisit record; a note, nothing is wrong."""


class ExtraMissing(GatherError):
    """An optional library for this kind of input is not installed."""


class Refused(GatherError):
    """An address may not be fetched: the guard or the site's robots.txt forbids it. Nothing was sent to it."""


class FetchFailed(GatherError):
    """An address did not give a whole document within the limits. `wait`: seconds the server asks us to stay away."""

    def __init__(self, origin: str, problem: str, cure: str = "", wait: float | None = None) -> None:
        super().__init__(origin, problem, cure)
        self.wait = wait


class WorkerFailed(GatherError):
    """The limited worker that parses hostile input ran out of time or memory, or died."""


class ReadError(SaysoError):
    """A report cannot be read."""


class WeightsMissing(ReadError):
    """The installation lacks the reader's weights."""


class ReaderMissing(ReadError):
    """No reader of that name is installed, two packages bring it, or it does not follow the protocol."""


class ReaderFailed(ReadError):
    """A reader of another package could not be started, raised, died or took too long over a report."""


class ReadingRefused(ReadError):
    """What a reader of another package gave for a report may not be kept: it does not stand in the text, say."""


class NotAReading(SaysoError):
    """A JSON object is not a reading by the contract, or not one of the text it is given with."""


class AccountsError(SaysoError):
    """The accounts of a desk cannot be read or changed. `accounts` is where they are, without any password."""

    def __init__(self, accounts: str, problem: str, cure: str = "") -> None:
        super().__init__(f"{accounts}: {problem}", cure)
        self.accounts = accounts


class RecordError(SaysoError):
    """Findings cannot be imported or kept. `origin` is the path, with the place in the file where it is known."""

    def __init__(self, origin: str, problem: str, cure: str = "") -> None:
        super().__init__(f"{origin}: {problem}", cure)
        self.origin = origin


class NotAFinding(RecordError):
    """An object, row or table is no finding."""


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


class LedgerError(SaysoError):
    """A ledger cannot be used. `ledger` is its path or address, without any password."""

    def __init__(self, ledger: str, problem: str, cure: str = "") -> None:
        super().__init__(f"{ledger}: {problem}", cure)
        self.ledger = ledger


class LedgerMissing(LedgerError):
    """There is no ledger there, or it cannot be opened."""


class LedgerNewer(LedgerError):
    """The ledger was written by a newer version."""


class LedgerBusy(LedgerError):
    """Others kept the ledger to themselves for too long."""


class LedgerSlow(LedgerError):
    """A question would take longer than it may, and was given up."""


class LedgerUnwritable(LedgerError):
    """The ledger cannot be written: no room, no permission, a broken disk. What was acknowledged is whole."""


class LedgerDamaged(LedgerError):
    """What the ledger holds is not what was put in."""


class NotInLedger(LedgerError):
    """The ledger holds no such report, reading or snapshot."""


class NotTaken(LedgerError):
    """A report or reading that the ledger does not take, such as one deleted on request."""


class ArchiveBroken(LedgerError):
    """An exported archive is damaged, cut off or of another kind; `ledger` is its path."""
