"""The formats by the end of a file's name, and the files that each is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sayso.share.exports import acled, companions, geojson, json_lines
from sayso.share.exports.cells import record
from sayso.share.json_text import json_text
from sayso.vocabulary import Reading


@dataclass(frozen=True, slots=True)
class Output:
    """One file: its head, then what each reading adds to it with `between` in between, then its foot.

    `beside` is put into the name of a companion file ("acled.tallies.csv"); the main file has none.
    """

    lines: Callable[[Reading], Iterator[str]]
    beside: str = ""
    head: str = ""
    between: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A main file with its companions, and what of a reading it has no room for, by the reason."""

    outputs: tuple[Output, ...]
    left_out: Callable[[Reading], Counter[str]]


def _csv(columns: tuple[str, ...], rows: Callable[[Reading], Iterator[tuple[str, ...]]], beside: str = "") -> Output:
    return Output(lambda reading: map(record, rows(reading)), beside, head=record(columns))


def _features(reading: Reading) -> Iterator[str]:
    return map(json_text, geojson.features(reading))


def _json_lines(reading: Reading) -> Iterator[str]:
    return (f"{json_text(line)}\n" for line in json_lines.lines(reading))


FORMATS: Final[Mapping[str, Format]] = {
    ".csv": Format(
        (
            _csv(acled.COLUMNS, acled.rows),
            _csv(companions.REPORTS, companions.incident_reports, "incident_reports"),
            _csv(companions.TALLIES, companions.tallies, "tallies"),
        ),
        acled.left_out,
    ),
    ".geojson": Format(
        (Output(_features, head='{"type":"FeatureCollection","features":[\n', between=",\n", foot="\n]}\n"),),
        geojson.left_out,
    ),
    ".jsonl": Format((Output(_json_lines),), lambda _: Counter()),
}
