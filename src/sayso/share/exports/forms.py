"""The formats of exports: the word that asks for each, the end of its files' names, and its media type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Final

_PIECE: Final = 32_000  # characters put together


class Format(StrEnum):
    """How an export is written."""

    JSON_LINES = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    ANNOTATIONS = "jsonld"
    STIX = "stix"
    FTM = "ftm"
    CLAIM_REVIEW = "claim-review"
    WACZ = "wacz"


@dataclass(frozen=True, slots=True)
class Form:
    """The end of a file's name and the media type of a format.

    `counts_units` says that its offsets can count UTF-16 code units as well; a format whose standard fixes what they
    count has none to choose. `has_end` says that a whole stream of it is told from a broken one by its last bytes.
    """

    ending: str
    media: str
    counts_units: bool = False
    has_end: bool = False


FORMS: Final[Mapping[Format, Form]] = {
    Format.JSON_LINES: Form(".jsonl", "application/x-ndjson", counts_units=True, has_end=True),
    Format.CSV: Form(".csv", "text/csv; charset=utf-8; header=present", counts_units=True),
    Format.PARQUET: Form(".parquet", "application/vnd.apache.parquet"),
    Format.GEOJSON: Form(".geojson", "application/geo+json", counts_units=True),
    Format.ANNOTATIONS: Form(".jsonld", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
    Format.STIX: Form(".stix.json", "application/stix+json; version=2.1"),
    Format.FTM: Form(".ftm.jsonl", "application/x-ndjson"),
    Format.CLAIM_REVIEW: Form(".claim-review.jsonld", "application/ld+json"),
    Format.WACZ: Form(".wacz", "application/wacz"),
}


def format_of(name: str) -> Format | None:
    """The format that the end of a file's name stands for, the longest end first; None where it is none."""
    whole = PurePath(name).name.lower()
    fitting = [it for it, form in FORMS.items() if whole.endswith(form.ending)]
    return max(fitting, key=lambda it: len(FORMS[it].ending), default=None)


def encoded(lines: Iterable[str]) -> Iterator[bytes]:
    """Text as bytes in UTF-8, small parts put together."""
    waiting: list[str] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(waiting).encode("utf-8", "replace")
            waiting, size = [], 0
    yield "".join(waiting).encode("utf-8", "replace")
