"""Incidents, tallies and forecasts laid out for a terminal: who is said to have done what, where and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from sayso.cli.columns import Cell, table
from sayso.share.happenings import happenings
from sayso.share.telling import (
    Known,
    actor_name,
    counted,
    firmness,
    known,
    quoted,
    standing,
    tally_lines,
    voucher,
    vouchers,
    when,
    wheres,
)
from sayso.share.visible import one_line
from sayso.vocabulary import (
    Forecast,
    Incident,
    IncidentType,
    Part,
    Place,
    PlacePrecision,
    PlaceUse,
    Reading,
    Status,
    Tally,
)

_BOLD: Final = Style(bold=True)
_DIM: Final = Style(dim=True)
_STATUSES: Final = {
    Status.HAPPENED: Style(),
    Status.ALLEGED: Style(color="magenta"),
    Status.ATTEMPTED: Style(color="yellow"),
    Status.THREATENED: Style(color="yellow"),
    Status.PLANNED: Style(color="yellow"),
}
_HEADS: Final = ("What", "Where", "When", "Who", "How many", "On whose word")
_SHARES: Final = (5, 5, 3, 6, 6, 4)


def counts(reading: Reading) -> str:
    """How many incidents, tallies and forecasts there are, and how many places are not placed; empty for none."""
    figures = [
        _number(len(reading.incidents), "incident", "incidents"),
        _number(len(reading.tallies), "tally", "tallies"),
        _number(len(reading.forecasts), "forecast", "forecasts"),
        _number(len(reading.places), "place named", "places named"),
        _number(sum(map(_is_lost, reading.places)), "not placed", "not placed"),
    ]
    return " · ".join(figure for figure in figures if figure)


def lines(reading: Reading, console: Console) -> Iterator[Text]:
    """The tables of incidents and of tallies, then the forecasts apart. Nothing where there are none."""
    found, index = happenings(reading), known(reading)
    incidents = [_incident(index, it.letter, it.item) for it in found if isinstance(it.item, Incident)]
    tallies = [_tally(index, it.letter, it.item) for it in found if isinstance(it.item, Tally)]
    yield from _section(console, "Incidents", incidents)
    yield from _section(console, "Tallies", tallies)
    forecasts = [(it.letter, it.item) for it in found if isinstance(it.item, Forecast)]
    if forecasts:
        yield from (Text(), Text("Forecasts: said to be coming, not said to have happened", style=_BOLD))
    for letter, forecast in forecasts:
        yield from _forecast(console, index, letter, forecast)


def _section(console: Console, title: str, rows: Sequence[Sequence[Cell]]) -> Iterator[Text]:
    if rows:
        yield from (Text(), Text(title, style=_BOLD))
        yield from table(console, [Text(head, style=_DIM) for head in _HEADS], _SHARES, rows)


def _incident(known: Known, letter: str, incident: Incident) -> list[Cell]:
    remarks = [
        "" if incident.status is Status.HAPPENED else str(incident.status),
        firmness(known, incident.certainty),
        "recalled from before" if incident.background else "",
        quoted(known, incident.mentions[:1]),
        _labelled("with", quoted(known, incident.weapons)),
        _labelled("damaged:", quoted(known, incident.damage)),
    ]
    return [
        (
            _titled(letter, _type(incident.type), _STATUSES[incident.status]),
            *(Text(f"  {remark}", style=_DIM) for remark in remarks if remark),
        ),
        _texts(*wheres(known, incident.places)),
        _texts(when(known, incident.start, incident.end, incident.times)),
        tuple(_parts(known, incident.parts)),
        tuple(
            text
            for count in incident.counts
            for text in (Text(counted(count)), Text(f"  {voucher(known, count.voucher)}", style=_DIM))
        ),
        _texts(*vouchers(known, incident.vouchers)),
    ]


def _tally(known: Known, letter: str, tally: Tally) -> list[Cell]:
    words = one_line(tally.text)
    return [
        (_titled(letter, _type(tally.type), Style()), Text(f"  “{words}”", style=_DIM)),
        _texts(*wheres(known, tally.places)),
        _texts(when(known, None, None, (tally.time,) if tally.time else ())),
        tuple(_parts(known, tally.by)),
        _texts(*tally_lines(known, tally)),
        _texts(*vouchers(known, tally.vouchers)),
    ]


def _forecast(console: Console, known: Known, letter: str, forecast: Forecast) -> Iterator[Text]:
    kind = "" if forecast.type is IncidentType.OTHER else str(forecast.type)
    facts = [kind, *wheres(known, forecast.places), when(known, None, None, forecast.times)]
    heading = Text(voucher(known, forecast.statement), style=_BOLD)
    heading.append(f" {forecast.stance}", style=_STATUSES[Status.PLANNED])
    heading.append("".join(f" · {fact}" for fact in facts if fact), style=_DIM)
    told = [heading, Text(one_line(forecast.content.text)), *_parts(known, forecast.blamed)]
    wrapped = [line for text in told for line in text.wrap(console, max(console.width - 4, 1), overflow="fold")]
    yield Text()
    for place, line in enumerate(wrapped):
        yield Text.assemble((f"{letter:>3} " if place == 0 else " " * 4, _DIM), line)


def _parts(known: Known, parts: Sequence[Part]) -> Iterator[Text]:
    """Everybody with a part, once in each role, and under it what ties them to it on whose word."""
    together: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        together[f"{part.role}: {actor_name(known, part)}"].append(standing(part, vouchers(known, part.by)))
    for heading, said in together.items():
        yield Text(heading)
        yield from (Text(f"  {line}", style=_DIM) for line in dict.fromkeys(said) if line)


def _titled(letter: str, title: str, style: Style) -> Text:
    return Text.assemble((f"{letter} ", _DIM), (title, style + _BOLD))


def _type(type_: IncidentType) -> str:
    return "Of no listed type" if type_ is IncidentType.OTHER else str(type_)


def _texts(*lines: str) -> Cell:
    return tuple(Text(line) for line in lines if line)


def _labelled(label: str, words: str) -> str:
    return f"{label} {words}" if words else ""


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""


def _is_lost(place: Place) -> bool:
    return place.use is PlaceUse.PLACE and place.precision is PlacePrecision.UNRESOLVED
