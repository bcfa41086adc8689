"""`sayso add`: reports into a ledger."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sayso.cli.readers import reader_argument
from sayso.errors import SaysoError
from sayso.share.visible import one_line

if TYPE_CHECKING:
    from sayso.ledger import Added, Ledger
    from sayso.ledger.working import Also
    from sayso.read.plugins import Reader
    from sayso.trace.following import Untraced

_SHOWN: Final = 20  # rejects told in full


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what `sayso add` takes."""
    command.add_argument("paths", nargs="*", metavar="FILE|FOLDER|URL|-", help="of any kind in docs/gathering.md")
    ledger_argument(command)
    command.add_argument("--no-read", action="store_true", help="add the reports without reading them")
    reader_argument(command)
    command.add_argument("--no-trace", action="store_true", help="leave tracing them to the first question")
    command.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that read")
    command.add_argument("--map", metavar="FIELD=COLUMN,…", help="a table's columns: text=body,title=head")
    command.add_argument("--again", metavar="REJECTS", help="try the inputs that a file of rejects names")
    command.add_argument("--json", action="store_true", help="what came of it as one JSON object")


def ledger_argument(command: argparse.ArgumentParser) -> None:
    """Declare --ledger."""
    command.add_argument(
        "--ledger",
        metavar="L",
        help="a path, or postgresql://… (default: SAYSO_LEDGER in the environment, or ledger.db)",
    )
    command.add_argument("--files", metavar="FOLDER", help="where its snapshots are (default: beside it)")


def run(options: argparse.Namespace) -> int:
    """Add what the options name, and trace it; 1 if anything could not be added or read."""
    from sayso.gather import columns_from
    from sayso.ledger import Ledger, default_place, taken

    if options.jobs < 1:
        raise SaysoError("--jobs must be at least 1", "Leave it out to read in one process")
    again = taken(Path(options.again)) if options.again else ()
    if not options.paths and not options.again:
        raise SaysoError("Nothing to add", "Name a file, folder or address, or - for standard input")
    columns = columns_from(options.map) if options.map else {}
    done_with = _put_aside(options.again)
    with (
        _reader(options) as reader,
        Ledger(options.ledger or default_place(), files=options.files) as ledger,
        _progress() as progress,
    ):
        task = progress.add_task("", total=None, said="")
        is_beside = options.jobs > 1 and not options.no_trace
        with _traced_beside(ledger) if is_beside else nullcontext((None, _nobody)) as (also, keep_up):

            def tell(so_far: Added) -> None:
                progress.update(task, said=_summary(so_far))
                keep_up(so_far.new)

            added = ledger.add(
                *again,
                *options.paths,
                read=not options.no_read,
                jobs=options.jobs,
                columns=columns,
                tell=tell,
                reader=reader,
                also=also,
            )
        rejects = ledger.rejects
        progress.stop()
        if not options.no_trace:
            follow_with_progress(ledger)
    if done_with:
        done_with.unlink()
    _tell(added, rejects, options)
    return 1 if added.rejects else 0


@contextmanager
def _reader(options: argparse.Namespace) -> Iterator[Reader | None]:
    """The reader that the options name; None for the shipped one."""
    from sayso.read.apart import opened

    if not options.reader:
        yield None
        return
    if options.no_read:
        raise SaysoError("--reader names who reads, and --no-read says that nobody does", "Leave one of them out")
    with opened(options.reader) as reader:
        yield reader


@contextmanager
def _traced_beside(ledger: Ledger) -> Iterator[tuple[Also | None, Callable[[int], None]]]:
    """Trace what is added while the rest is read; what who reads is to make for that, and whom to tell of additions."""
    from sayso.trace.following import AHEAD, keeping_up

    problems: list[Untraced] = []
    with keeping_up(ledger, problems.append) as keep_up:
        yield AHEAD, keep_up
    _tell_of(problems)


def _nobody(_: int) -> None:
    """Tell nobody."""


def follow_with_progress(ledger: Ledger, jobs: int = 1) -> None:
    """Bring what is derived across reports up to what the ledger holds, and tell how far it is."""
    from sayso.trace.following import follow

    with _progress() as progress:
        task = progress.add_task("", total=None, said="")
        done = follow(
            ledger,
            jobs=jobs,
            tell=lambda it: progress.update(task, said=f"{it.reports} traced, {it.left} to go"),
        )
    _tell_of(done.problems)


def _tell_of(problems: Sequence[Untraced]) -> None:
    for it in problems[:_SHOWN]:
        print(f"sayso: {it.report}: its {it.part} could not be traced: {one_line(it.problem)}", file=sys.stderr)


def _put_aside(again: str | None) -> Path | None:
    """The file of rejects under another name, so that what fails again makes a new one; it goes when all is done."""
    return Path(again).replace(f"{again}.again") if again else None


def _tell(added: Added, rejects: Path, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(asdict(added), ensure_ascii=False))
    for item in added.passed[:_SHOWN]:
        print(f"sayso: passed over: {one_line(item.origin)}: {one_line(item.problem)}", file=sys.stderr)
    for item in added.rejects[:_SHOWN]:
        print(f"sayso: {one_line(item.origin)}: {one_line(item.problem)}", file=sys.stderr)
    if added.rejects:
        print(f"sayso: {len(added.rejects)} rejected; try them again with --again {rejects}", file=sys.stderr)
    print(_summary(added), file=sys.stderr)


def _summary(added: Added) -> str:
    passed = f", {len(added.passed)} passed over" if added.passed else ""
    return f"{added.new} added, {added.read} read, {added.known} known already{passed}"


def _progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.fields[said]}"), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)
