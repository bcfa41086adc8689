"""Choices as they are written: a line of JSON, or words on a command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from sayso.review.deciding import Choice
from sayso.review.decisions import Verdict
from sayso.review.items import PASSAGES
from sayso.vocabulary import FindingId, ReportId, Span

# What is said of a verdict in a choice: the act, or what it makes of the item.
VERDICTS: Final[Mapping[str, Verdict]] = {
    "accept": Verdict.ACCEPTED, "reject": Verdict.REJECTED, "correct": Verdict.CORRECTED, "unsure": Verdict.UNSURE,
    "merge": Verdict.MERGED, "split": Verdict.SPLIT,
}  # fmt: skip
LONGEST_LINE: Final = 1_000_000  # code points
_SPANNED: Final = frozenset(name for names in PASSAGES.values() for name in names)


class _Line(msgspec.Struct, frozen=True):
    """A choice as a line of JSON; what else the line has, as one of a queue or sample does, plays no part."""

    report: str
    item: str
    verdict: str
    why: str = ""
    after: dict[str, Any] = {}
    others: tuple[str, ...] = ()
    parts: tuple[tuple[Span, ...], ...] = ()
    claim: tuple[str, str] | None = None
    finding: str | None = None
    settles: bool = False
    technique: str = ""


def choice_from(line: str) -> Choice:
    """The choice of a line of JSON. Raises ValueError where it is none."""
    if len(line) > LONGEST_LINE:
        raise ValueError(f"it is longer than {LONGEST_LINE} characters")
    try:
        said = msgspec.json.decode(line.encode(errors="replace"), type=_Line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    claim = None if said.claim is None else (ReportId(said.claim[0]), said.claim[1])
    finding = None if said.finding is None else FindingId(said.finding)
    return Choice(
        ReportId(said.report), said.item, verdict_from(said.verdict), said.why, said.after, said.others, said.parts,
        claim, finding, said.settles, said.technique,
    )  # fmt: skip


def verdict_from(said: str) -> Verdict:
    """The verdict that a word means. Raises ValueError on any other word."""
    found = VERDICTS.get(said) or next((it for it in VERDICTS.values() if it.value == said), None)
    if found is None:
        raise ValueError(f"{said[:100]!r} is no verdict: write {', '.join(VERDICTS)}")
    return found


def place_from(said: str) -> tuple[ReportId, str]:
    """The report and the item of "REPORT/ITEM". Raises ValueError."""
    report, slash, item = said.partition("/")
    if not (report and slash and item):
        raise ValueError(f"{said[:100]!r} names no item: write REPORT/ITEM, as r-1f0c…/s3 or r-1f0c…/i-49eb…")
    return ReportId(report), item


def correction_from(said: str, text: str) -> tuple[str, Any]:
    """A field and its value of "FIELD=VALUE", in a report with this text. Raises ValueError.

    Spans are written 12:30,41:50, or as words that stand in the text once; none as nothing.
    """
    name, equals, value = said.partition("=")
    if not equals:
        raise ValueError(f"{said[:100]!r} is no correction: write FIELD=VALUE")
    if name in _SPANNED:
        return name, spans_from_words(value, text)
    if name == "speaker" and value not in ("outlet", "unknown"):
        return name, {"kind": "actor", "spans": spans_from_words(value, text)}
    if name == "entry" or value == "null":
        try:
            return name, json.loads(value)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"{name} is written as JSON: {error}") from error
    return name, value


def spans_from_words(said: str, text: str) -> list[list[int]]:
    """The spans that are written, or of words that stand in the text once. Raises ValueError."""
    if not said:
        return []
    pairs = [part.split(":") for part in said.split(",")]
    if all(len(pair) == 2 and all(it.isascii() and it.isdecimal() and len(it) < 10 for it in pair) for pair in pairs):
        return [[int(start), int(end)] for start, end in pairs]
    at = text.find(said)
    if at < 0:
        raise ValueError(f"{said[:100]!r} does not stand in the report")
    if text.find(said, at + 1) >= 0:
        raise ValueError(
            f"{said[:100]!r} stands in the report more than once: write its span, as {at}:{at + len(said)}"
        )
    return [[at, at + len(said)]]
