"""A PDF (ISO 32000) to a report, its pages read in the jail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from sayso.errors import BinaryInput, EmptyInput, TooLarge
from sayso.gather.decode import without_surrogates
from sayso.gather.extras import require
from sayso.gather.jail import shared_jail
from sayso.gather.language import page_language
from sayso.gather.limits import DEFAULT, Limits
from sayso.gather.page import words
from sayso.vocabulary import Report, report_id

_TASK: Final = "sayso.gather.pdf_pages:read_pages"
_LEEWAY: Final = 5  # seconds the worker has to hand over what it read when its time is up


def pdf_report(data: bytes, origin: str, limits: Limits = DEFAULT) -> Report:
    """The report in a PDF: the text of its pages, with the title and author it states.

    A PDF's dates tell of the file, not of the report, and are left out. Flags name pages without text, pages that
    could not be read and pages not reached. Raises BinaryInput, EmptyInput, TooLarge, ExtraMissing,
    or WorkerFailed.
    """
    if len(data) > limits.pdf_bytes:
        raise TooLarge(origin, f"it is over the limit of {limits.pdf_bytes:,} bytes", "Split it, or raise the limit")
    require("pypdf", origin)
    options = {"pages": limits.pdf_pages, "seconds": limits.pdf_seconds}
    reply = shared_jail().run(_TASK, data, options, origin, _patient(limits))
    if "problem" in reply:
        raise BinaryInput(origin, str(reply["problem"]), "Get an undamaged copy without a password, or its text")
    pages = [without_surrogates(str(page)).text for page in reply["texts"]]
    text = "\n\n".join(page for page in pages if page.strip())
    if not text.strip():
        raise EmptyInput(origin, "no page of it holds text", "Run text recognition on it first")
    return Report(
        id=report_id(text),
        text=text,
        title=words(reply["title"]),
        author=words(reply["author"]),
        language=page_language(text, words(reply["lang"])),
        flags=_flags(pages, reply),
        origin=origin,
    )


def _patient(limits: Limits) -> Limits:
    seconds = limits.pdf_seconds + _LEEWAY
    return replace(limits, cpu_seconds=seconds, wall_seconds=float(seconds))


def _flags(pages: list[str], reply: dict[str, Any]) -> tuple[str, ...]:
    broken = {int(number) for number in reply["broken"]}
    bare = [number for number, page in enumerate(pages, 1) if not page.strip() and number not in broken]
    found = []
    if bare:
        found.append(f"no text on {_named(bare)}: a picture, perhaps")
    if broken:
        found.append(f"text lost: {_named(sorted(broken))} could not be read")
    if reply["left"]:
        found.append(f"text lost: {str(reply['left'])[:200]}")
    return tuple(found)


def _named(numbers: Iterable[int]) -> str:
    """Page numbers in words: "pages 2, 5-7"."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    spans = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"page {spans[0]}" if len(runs) == 1 == len(runs[0]) else f"pages {', '.join(spans)}"
