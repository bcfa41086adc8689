"""What questions to a ledger cost, asked as a person would ask them, each a different one."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.newsroom import world
from sayso.ledger import Ledger
from sayso.ledger.identity import identity, report_name
from sayso.trace import answers
from sayso.trace.answers import WantedEvents, WantedForecasts
from sayso.vocabulary import IncidentType, Reading, Report, ReportId

_TYPES: Final = (IncidentType.SHELLING, IncidentType.REMOTE_EXPLOSIVE, IncidentType.ATTACK)
_WORDS: Final = re.compile(r"[^\W\d_]{4,}")
_Ask = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Times:
    """How long questions of one kind took, in milliseconds: the middle one, and what 95 of 100 do not exceed.

    `processor` is the like of the processor time, in which other work on the machine plays no part.
    """

    kind: str
    asked: int
    p50: float
    p95: float
    longest: float
    processor: float


def kept_as(report: Report) -> ReportId:
    """The id of a report in a ledger."""
    return report_name(identity(report, None).id())


def times(ledger: Ledger, readings: Sequence[Reading], seed: int, number: int) -> Iterator[Times]:
    """Ask so many questions of each kind, made from some of the readings that the ledger has."""
    random = Random(seed)
    for kind, make in _KINDS.items():
        took, worked = [], []
        for _ in range(number):
            ask = make(ledger, random.choice(readings), random)
            start, begin = time.perf_counter(), time.process_time()
            ask()
            took.append(1000 * (time.perf_counter() - start))
            worked.append(1000 * (time.process_time() - begin))
        took.sort()
        worked.sort()
        most = int(0.95 * (number - 1))
        yield Times(kind, number, took[number // 2], took[most], took[-1], worked[most])


def _text(ledger: Ledger, reading: Reading, random: Random) -> _Ask:
    said = random.choice([it.content.text for it in reading.statements if len(it.content.text) > 20] or ["the harbour"])
    return lambda: answers.trace(ledger, said)


def _report(ledger: Ledger, reading: Reading, _: Random) -> _Ask:
    id_ = kept_as(reading.report)
    return lambda: answers.trace(ledger, id_)


def _search(ledger: Ledger, reading: Reading, random: Random) -> _Ask:
    words = " ".join(random.sample(sorted(set(_WORDS.findall(reading.report.text))), 2))
    return lambda: ledger.search(words)


def _who(ledger: Ledger, reading: Reading, random: Random) -> _Ask:
    name = random.choice([it.name for it in reading.actors if it.names] or ["Ruta Hald"])
    return lambda: answers.who(ledger, name)


def _events(ledger: Ledger, _: Reading, random: Random) -> _Ask:
    wanted = random.choice(
        (
            WantedEvents(place=random.choice(world.TOWNS)),
            WantedEvents(place=random.choice(world.TOWNS), type=random.choice(_TYPES)),
            WantedEvents(type=random.choice(_TYPES)),
        )
    )
    return lambda: answers.events(ledger, wanted)


def _forecasts(ledger: Ledger, _: Reading, random: Random) -> _Ask:
    wanted = WantedForecasts(place=random.choice(world.TOWNS))
    return lambda: answers.forecasts(ledger, wanted)


_KINDS: Final[dict[str, Callable[[Ledger, Reading, Random], _Ask]]] = {
    "trace, words": _text,
    "trace, report": _report,
    "search": _search,
    "who": _who,
    "events": _events,
    "forecasts": _forecasts,
}
