"""The command line: parse, call, print. Data goes to standard output, talk to standard error.

Exit status: 0 all read, 1 something could not be read (the rest was), 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from sayso.errors import SaysoError

_EXAMPLES = """examples:
  sayso demo                                    what Sayso finds in the shipped report and ledger
  sayso read article.txt                        who says what, and on whose word
  sayso read page.html --html page-read.html    one page to look at, on any device
  sayso read articles/ --export acled.csv --export incidents.geojson
  curl -s https://example.org/a | sayso read - --json
  sayso read --jsonl in.jsonl.gz -o out.jsonl --resume
  sayso add articles/ --ledger news.db          keep them in a ledger
  sayso search "staged video" --ledger news.db
  sayso trace "a staged video is being prepared" --ledger news.db
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = command_line()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    try:
        if options.command == "gazetteer":
            from sayso.cli import gazetteer

            return gazetteer.run(options)
        if options.command == "record":
            from sayso.cli import recording

            return recording.run(options)
        if options.command == "review":
            from sayso.cli import reviewing

            return reviewing.run(options)
        if options.command == "readers":
            from sayso.cli import readers

            return readers.run(options)
        if options.command == "watch":
            from sayso.cli import watching

            return watching.run(options)
        if options.command == "serve":
            from sayso.cli import serving

            return serving.run(options)
        if options.command in ("users", "tokens", "cases"):
            from sayso.cli import cases, tokens, users

            run = {"users": users.run, "tokens": tokens.run, "cases": cases.run}[options.command]
            return run(options)
        if action := _ledger_actions().get(options.command):
            return action(options)
        if options.command == "demo":
            from sayso.cli import demonstrating

            return demonstrating.run(options)
        # Imported here, so that --help and --version need no model runtime.
        from sayso.cli import reading

        return reading.read(options)
    except SaysoError as error:
        print(f"sayso: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone, and so nobody is left to tell
        return 1
    except KeyboardInterrupt:
        print("sayso: interrupted; what was written is whole", file=sys.stderr)
        return 130


def _ledger_actions() -> dict[str, Callable[[argparse.Namespace], int]]:
    """What each command that works on a ledger does."""
    from sayso.cli import adding, keeping, searching, selecting, tracing

    kept = dict.fromkeys(keeping.NAMES, keeping.run) | dict.fromkeys(tracing.NAMES, tracing.run)
    own = {"add": adding.run, "search": searching.run, "reports": searching.list_reports, "export": selecting.run}
    return {**own, **kept}


def command_line() -> argparse.ArgumentParser:
    """Everything that the command line takes."""
    from sayso import __version__
    from sayso.cli import (
        adding,
        cases,
        keeping,
        readers,
        recording,
        reviewing,
        searching,
        selecting,
        serving,
        tokens,
        tracing,
        users,
        watching,
    )
    from sayso.cli.gazetteer import add_arguments

    parser = argparse.ArgumentParser(
        prog="sayso",
        description="Reads the news and tells who says what, and on whose word.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"sayso {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    demo = commands.add_parser(
        "demo",
        help="read the shipped report and trace the shipped ledger",
        epilog="example: sayso demo --html demo.html",
    )
    demo.add_argument("--ledger", metavar="PATH", help="keep the example ledger there, to ask it more")
    read = commands.add_parser(
        "read",
        help="read reports: files, folders, addresses, tables, archives, feeds, or - for standard input",
        epilog="example: sayso read articles/ --json > readings.jsonl",
    )
    read.add_argument("paths", nargs="*", metavar="FILE|FOLDER|URL|-", help="of any kind in docs/gathering.md")
    read.add_argument("--map", metavar="FIELD=COLUMN,…", help="a table's columns: text=body,title=head")
    read.add_argument("--jsonl", metavar="IN", help="read many reports from a JSON Lines file (.gz too), as a stream")
    read.add_argument("-o", "--output", metavar="OUT", help="with --jsonl: where the readings go, one a line")
    read.add_argument("--resume", action="store_true", help="with --jsonl: go on where OUT stops")
    read.add_argument("--jobs", type=_positive, default=1, metavar="N", help="threads; the readings stay the same")
    readers.reader_argument(read)
    read.add_argument("--published", metavar="DATE", help="publication date (YYYY-MM-DD), if the input has none")
    read.add_argument("--outlet", help="who published it, if the input does not say")
    read.add_argument("--title", help="its title, if the input has none")
    readers.add_arguments(
        commands.add_parser(
            "readers", help="the readers there are: ours, and those of other packages", epilog="example: sayso readers"
        )
    )
    add_arguments(commands.add_parser("gazetteer", help="the places known by name: build, list, remove, find"))
    recording.add_arguments(
        commands.add_parser("record", help="published fact-checks and official findings: import, list, match")
    )
    reviewing.add_arguments(
        commands.add_parser("review", help="what people decide about what was read: next, decide, undo, show")
    )
    watching.add_arguments(
        commands.add_parser(
            "watch",
            help="ask feeds again and again, and add what is new to a ledger",
            epilog="example: sayso watch https://example.org/feed.xml feeds.opml --every 30m --ledger news.db",
        )
    )
    adding.add_arguments(
        commands.add_parser(
            "add",
            help="add reports to a ledger, and read them",
            epilog="example: sayso add articles/ corpus.jsonl.gz --ledger news.db",
        )
    )
    searching.add_arguments(
        commands.add_parser(
            "search",
            help="find reports in a ledger",
            epilog="example: sayso search staged video --stance denies --since 2022-08 --ledger news.db",
        )
    )
    searching.add_reports_arguments(
        commands.add_parser("reports", help="list the reports of a ledger", epilog="example: sayso reports --csv")
    )
    tracing.add_arguments(commands)
    serving.add_arguments(
        commands.add_parser(
            "serve",
            help="open a ledger in the browser: the desk",
            epilog="example: sayso serve --ledger news.db, or sayso serve --example",
        )
    )
    users.add_arguments(
        commands.add_parser("users", help="who may log in to the desk: add, list, role, password, remove")
    )
    tokens.add_arguments(commands.add_parser("tokens", help="what lets programs into its API: add, list, revoke"))
    cases.add_arguments(
        commands.add_parser("cases", help="reports that are closed to a team: add, list, close, open, let-in, put-out")
    )
    keeping.add_arguments(commands)
    selecting.add_arguments(commands)
    for command in (demo, read):
        shown = command.add_mutually_exclusive_group()
        shown.add_argument("--json", action="store_true", help="one reading a line, by the documented contract")
        shown.add_argument("--html", metavar="OUT", help="write a page of its own that needs nothing else")
        shown.add_argument(
            "--export", action="append", metavar="OUT", help="write the incidents of all inputs: OUT.csv (the columns "
            "of ACLED), OUT.geojson or OUT.jsonl; may be given several times",
        )  # fmt: skip
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
