"""What a form of review asks for, as choices: which button was pressed, and on what.

A button has the name of a verdict and as its value what it is about: "REPORT/ITEM", "REPORT/ITEM claim REPORT/ITEM" or
"REPORT/ITEM finding FINDING". The button `together` has the verdict as its value, and is about all that is ticked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, Final

from sayso.errors import SaysoError
from sayso.review import Choice, Verdict
from sayso.review.choices import VERDICTS, correction_from, place_from, spans_from_words, verdict_from
from sayso.vocabulary import FindingId, ReportId, Span
from sayso.web.forms import Fields

SET: Final = "set-"  # before the name of a field that can be corrected
SHOWN: Final = "was-"  # before the same name: what stood in the field, so that only what was changed is sent on
TICKED: Final = "item"
_CURE: Final = "Go back, and mend it"


def choices_of(said: Fields, text_of: Callable[[ReportId], str]) -> list[Choice]:
    """The choices of a form; none where no button of review was pressed. Raises SaysoError on what cannot be one."""
    why, settled = _one(said, "why"), {*said.get("settle", ())}
    texts = cache(text_of)
    try:
        if together := _one(said, "together"):
            targets = dict.fromkeys(said.get(TICKED, ()))
            return [_choice(it, verdict_from(together), why, settled) for it in targets]
        pressed = next((name for name in VERDICTS if _one(said, name)), None)
        if pressed is None:
            return []
        target = _one(said, pressed)
        found = _choice(target, VERDICTS[pressed], why, settled)
        return [_detailed(found, said, texts) if found.claim is None and found.finding is None else found]
    except ValueError as error:
        raise SaysoError(f"This cannot be decided so: {error}", _CURE) from error


def _choice(target: str, verdict: Verdict, why: str, settled: set[str]) -> Choice:
    about, _, pair = target.partition(" ")
    kind, _, other = pair.partition(" ")
    report, item = place_from(about)
    claim = place_from(other) if kind == "claim" else None
    finding = FindingId(other) if kind == "finding" else None
    return Choice(report, item, verdict, why, claim=claim, finding=finding, settles=target in settled)


def _detailed(found: Choice, said: Fields, text_of: Callable[[ReportId], str]) -> Choice:
    """A choice with what its verdict needs: corrections, what it is merged with, the parts."""
    if found.verdict is Verdict.CORRECTED:
        after = _corrections(said, text_of(found.report))
        if not after:
            raise ValueError("nothing was changed in the fields")
        return replace(found, after=after)
    if found.verdict is Verdict.MERGED:
        return replace(found, others=tuple(said.get("others", ())))
    if found.verdict is Verdict.SPLIT:
        lines = [line.strip() for line in _one(said, "parts").split("\n") if line.strip()]
        text = text_of(found.report)
        return replace(found, parts=tuple(tuple(Span(*it) for it in spans_from_words(line, text)) for line in lines))
    return found


def _corrections(said: Fields, text: str) -> dict[str, Any]:
    """The fields that somebody changed, as values."""
    found = {}
    for name in said:
        field = name.removeprefix(SET)
        value = _one(said, name).strip()
        if name.startswith(SET) and value != _one(said, SHOWN + field).strip():
            found[field] = None if not value and field in _OPEN else correction_from(f"{field}={value}", text)[1]
    return found


_OPEN: Final = frozenset({"start", "end", "entry"})  # which may be unknown


def _one(said: Fields, name: str) -> str:
    return next(iter(said.get(name, ())), "")
