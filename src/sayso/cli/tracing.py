"""`sayso trace | who | events | forecasts`: questions to a ledger, answered with who vouches for what."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from rich.console import Console

from sayso.cli.adding import follow_with_progress, ledger_argument
from sayso.cli.conditions import day, incident_type, period
from sayso.errors import GatherError, PassedOver, SaysoError
from sayso.share.json_text import json_text

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.trace.answers import Trace
    from sayso.vocabulary import Report

_EXAMPLES: Final = {
    "trace": """examples:
  sayso trace "a submarine mine destroyed the Maine" --ledger news.db
  sayso trace article.txt                       a text not in the ledger, held against it
  sayso trace r-1f0c…                           whose copy a report is, and who copied it
  sayso trace c-49eb7a894e897912 --html claim.html
exit status: 0 found, 1 nothing found or an error""",
    "who": 'example: sayso who "Anselmo Rey" --ledger news.db',
    "events": "example: sayso events --where Havana --since 1898-02 --type explosive --ledger news.db",
    "forecasts": "example: sayso forecasts --state lapsed --by 'Edgar Whitlow' --ledger news.db",
}
_Answer = TypeVar("_Answer")
NAMES: Final = tuple(_EXAMPLES)


def add_arguments(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    trace = _command(commands, "trace", "who says so, since when, on whose word, copied and denied by whom")
    trace.add_argument("question", nargs="+", metavar="TEXT|FILE|ID|-", help="words; a file, or - for standard input; "
                       "the id of a report (r-…), claim (c-…) or event (e-…)")  # fmt: skip
    trace.add_argument("--html", metavar="OUT", help="write a page of its own that needs nothing else")
    who = _command(commands, "who", "who somebody is across reports: names, labels, statements, forecasts, events")
    who.add_argument("name", nargs="+", metavar="NAME", help="in any case and accents; whole, or an alias")
    events = _command(commands, "events", "what is said to have happened: versions by source, tolls, grades")
    forecasts = _command(commands, "forecasts", "what was foretold, by whom, and what became of it")
    for command in (events, forecasts):
        command.add_argument("--since", metavar="DAY", help="on this day or later (2022-08-19, 2022-08 or 2022)")
        command.add_argument("--until", metavar="DAY", help="on this day or before")
        command.add_argument("--where", metavar="PLACE", help="at this place, or one that lies in it")
        command.add_argument("--type", metavar="TYPE", help="a sub-event type of ACLED, or words of it: shelling")
    events.add_argument("--actor", metavar="NAME", help="who took part, or is said to have")
    forecasts.add_argument("--by", metavar="NAME", help="who foretold it")
    said = "what became of it; those of which nothing could follow are shown only as unclear"
    forecasts.add_argument("--state", choices=("open", "followed", "lapsed", "unclear"), help=said)
    for command in (trace, who, forecasts):
        command.add_argument("--as-of", metavar="DAY", help="the day for which outcomes are told (default: today)")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, said: str
) -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    command = commands.add_parser(name, help=said, epilog=_EXAMPLES[name], formatter_class=shape)
    ledger_argument(command)
    shown = command.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="one JSON object a line, by the contract in docs/trace.md")
    shown.add_argument("--csv", action="store_true", help="a table, one row for each report that is quoted")
    default = 50 if name == "trace" else 20
    said = "carriers of a claim told one by one" if name == "trace" else "how many are shown"
    command.add_argument("--limit", type=int, default=default, metavar="N", help=f"{said} (default: {default})")
    return command


def run(options: argparse.Namespace) -> int:
    """Answer; 1 if there is nothing to answer with."""
    if options.limit < 1:
        raise SaysoError("--limit counts from 1", "Leave it out for the first few")
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "trace": _trace, "who": _who, "events": _events, "forecasts": _forecasts,
    }  # fmt: skip
    return actions[options.command](options)


def _trace(options: argparse.Namespace) -> int:
    from sayso.trace.answers import trace

    question, as_of = " ".join(options.question), day(options.as_of)
    if options.html and (options.json or options.csv):
        raise SaysoError("--html goes without --json and --csv", "Ask once for each")
    with _asked(options) as ledger:
        if _is_input(options.question):
            answers = list(_compared(ledger, options.question))
        else:
            answers = [trace(ledger, question, limit=options.limit, as_of=as_of)]
    return show_traces(answers, options)


def show_traces(answers: Sequence[Trace], options: argparse.Namespace) -> int:
    """Show answers as the options ask; 1 if there is nothing in them."""
    from sayso.cli.answers import show
    from sayso.share.answer_json import answer_to_json
    from sayso.share.answer_rows import TRACE, trace_rows

    found = [it for it in answers if it.found]
    if options.json:
        _print_json(map(answer_to_json, answers))
    elif options.csv:
        _print_table(TRACE, (row for it in found for row in trace_rows(it)))
    elif options.html:
        for number, it in enumerate(found, 1):
            target = Path(options.html)
            write_page(target if number == 1 else target.with_stem(f"{target.stem}-{number}"), it)
    else:
        console = Console(highlight=False)
        for it in found:
            show(it, console)
    cure = "sayso search finds reports by their words"
    return _status(len(found), f"nothing in the ledger fits this surely enough; {cure}")


def write_page(target: Path, answer: Trace) -> None:
    """Write the page of an answer. Raises SaysoError where it cannot be written."""
    from sayso.share.tracing import trace_page

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(trace_page(answer), encoding="utf-8")
    except OSError as error:
        cure = "Choose another place with --html"
        raise SaysoError(f"{target}: cannot be written: {error.strerror}", cure) from error
    print(f"wrote {target}", file=sys.stderr)


def _who(options: argparse.Namespace) -> int:
    from sayso.cli.persons import show
    from sayso.share.answer_rows import ACTORS, actor_rows
    from sayso.trace.answers import who

    with _asked(options) as ledger:
        found = who(ledger, " ".join(options.name), limit=options.limit, as_of=day(options.as_of))
    _shown(options, found, show, ACTORS, actor_rows)
    return _status(len(found), "nobody in the ledger bears this name")


def _events(options: argparse.Namespace) -> int:
    from sayso.cli.tellings import show
    from sayso.share.answer_rows import EVENTS, event_rows
    from sayso.trace.answers import WantedEvents, events

    wanted = WantedEvents(period(options), incident_type(options.type), options.where, None, options.actor)
    with _asked(options) as ledger:
        found = events(ledger, wanted, limit=options.limit)
    _shown(options, found, show, EVENTS, event_rows)
    return _status(len(found), "no event in the ledger fits")


def _forecasts(options: argparse.Namespace) -> int:
    from sayso.cli.foretellings import show
    from sayso.share.answer_rows import FORECASTS, forecast_rows
    from sayso.trace.answers import WantedForecasts, forecasts
    from sayso.vocabulary import OutcomeState

    state = OutcomeState(options.state) if options.state else None
    wanted = WantedForecasts(period(options), state, incident_type(options.type), options.where, None, options.by)
    with _asked(options) as ledger:
        found = forecasts(ledger, wanted, limit=options.limit, as_of=day(options.as_of))
    _shown(options, found, show, FORECASTS, forecast_rows)
    return _status(len(found), "no forecast in the ledger fits")


def _shown(
    options: argparse.Namespace,
    found: tuple[_Answer, ...],
    show: Callable[[_Answer, Console], None],
    columns: tuple[str, ...],
    rows: Callable[[tuple[_Answer, ...]], Iterator[tuple[str, ...]]],
) -> None:
    from sayso.share.answer_json import answer_to_json

    if options.json:
        _print_json(map(answer_to_json, found))
    elif options.csv:
        _print_table(columns, rows(found))
    else:
        console = Console(highlight=False)
        for it in found:
            show(it, console)


@contextmanager
def _asked(options: argparse.Namespace) -> Iterator[Ledger]:
    """The ledger that is asked, with what is derived brought up to date."""
    from sayso.ledger import Ledger, default_place

    with Ledger(options.ledger or default_place(), files=options.files, create=False) as ledger:
        follow_with_progress(ledger)
        yield ledger


def _is_input(question: Sequence[str]) -> bool:
    return all(it == "-" or _is_file(it) for it in question)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # words can be longer than any name, or hold what no name can
        return False


def _compared(ledger: Ledger, paths: Sequence[str]) -> Iterator[Trace]:
    """The answers on the reports of some files, each under the id that the ledger would give it."""
    from sayso.gather import gather
    from sayso.ledger.identity import identity, report_name
    from sayso.read import read_many
    from sayso.trace.answers import compare

    def reports() -> Iterator[Report]:
        for item in gather(paths):
            if isinstance(item, PassedOver):
                print(f"sayso: {item}", file=sys.stderr)
            elif isinstance(item, GatherError):
                raise item
            else:
                yield replace(item, id=report_name(identity(item, None).id()))

    for reading in read_many(reports()):
        yield compare(ledger, reading)


def _print_json(rows: Iterable[object]) -> None:
    for row in rows:
        print(json_text(row))


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(columns)
    table.writerows(rows)


def _status(found: int, said: str) -> int:
    if not found:
        print(f"sayso: {said}", file=sys.stderr)
    return 0 if found else 1
