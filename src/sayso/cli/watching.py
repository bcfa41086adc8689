"""`sayso watch FEED|OPML…`: what is new in feeds goes into a ledger, again and again, until interrupted."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sayso.cli.adding import follow_with_progress
from sayso.errors import GatherError, PassedOver
from sayso.share.visible import one_line

if TYPE_CHECKING:
    from sayso.gather.watching import Round
    from sayso.ledger import Ledger
    from sayso.vocabulary import Capture

_SECONDS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_DURATION: Final = re.compile(r"(\d{1,6})([smhd])")
_SHORTEST: Final = 60


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what `sayso watch` takes."""
    command.add_argument("feeds", nargs="+", metavar="FEED|OPML", help="the address of a feed, or an OPML file")
    command.add_argument("--every", type=_duration, default=900, metavar="TIME", help="30m, 2h, 1d (default: 15m)")
    command.add_argument("--once", action="store_true", help="ask each feed that is due once, and end")
    command.add_argument("--items", action="store_true", help="add the feeds' own items, not the pages they link to")
    command.add_argument("--no-read", action="store_true", help="add the reports without reading them")
    command.add_argument("--no-trace", action="store_true", help="leave tracing them to the first question")
    command.add_argument("--json", action="store_true", help="one JSON object a line for each report added")
    command.add_argument(
        "--ledger", help="where the reports go (default: SAYSO_LEDGER in the environment, or ledger.db)"
    )


def run(options: argparse.Namespace) -> int:
    """Watch until interrupted; with --once, 1 if a feed could not be read."""
    from sayso.gather.watching import Wanted, Watch, watch
    from sayso.ledger import Ledger, default_place

    wanted = Wanted.ITEMS if options.items else Wanted.PAGES
    told = []

    def tell(error: GatherError) -> None:
        told.append(not isinstance(error, PassedOver))
        _say(str(error))

    with Ledger(options.ledger or default_place()) as ledger:
        deliver = _delivery(ledger, options)
        terms = Watch(every=options.every, wanted=wanted, tell=tell)
        for done in watch(options.feeds, deliver, _state(ledger.name), terms):
            _say(_summary(done))
            if done.delivered and not options.no_trace:
                follow_with_progress(ledger)
            if options.once:
                break
    return 1 if options.once and any(told) else 0


def _delivery(ledger: Ledger, options: argparse.Namespace) -> Callable[[Capture], None]:
    def deliver(capture: Capture) -> None:
        added = ledger.add(capture, read=not options.no_read)
        for reject in added.rejects:
            _say(f"{reject.origin}: {reject.problem}")
        if options.json and added.new:
            report = capture.report
            about = {"title": report.title, "outlet": report.outlet, "url": report.url, "captured": capture.captured}
            print(json.dumps(about), flush=True)

    return deliver


def _state(name: str) -> Path:
    """The watch's memory: beside the ledger, or in this folder for a ledger with an address."""
    return Path(f"{re.sub(r'[^A-Za-z0-9]+', '-', name)}.watch" if "://" in name else f"{name}.watch")


def _summary(done: Round) -> str:
    counts = f"{done.asked} feeds asked, {done.unchanged} unchanged"
    return f"{counts}, {done.delivered} new items, {done.errors} errors"


def _say(text: str) -> None:
    print(f"sayso: {one_line(text)}", file=sys.stderr, flush=True)


def _duration(text: str) -> float:
    match = _DURATION.fullmatch(text)
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0
    if seconds < _SHORTEST:
        raise argparse.ArgumentTypeError("must be a minute or more, such as 15m, 2h or 1d")
    return float(seconds)
