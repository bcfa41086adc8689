"""When an attack was: which of the days that a report names is its day, or that none is.

The day somebody spoke stands in the same sentence as the deed, and the day of the deed often in another one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.read.incidents.choosing import Features, counted, merged, probabilities, shipped
from sayso.read.incidents.surroundings import Surroundings
from sayso.vocabulary import Anchor, Form, Incident, Span, Statement, Time, TimeKind

SURE: Final = 0.7  # from this probability on an attack has no day, whatever its words say
_LONGEST: Final = 45  # days of the longest period that tells when something was
_LEAD: Final = 30  # characters before a day in which a word of saying stands
_SAYING: Final = (
    r"(?:said|report(?:ed|s)|announced|stated|condemned|confirmed|indicated|denied|told|issued|broadcast|accused|"
    r"claimed|charged|revealed|added|learned|demanded|met|warned|asked)"
)
_SAID: Final = re.compile(rf"\b{_SAYING}\s+(?:(?:here|that|in\s+\w+|late)\s+)?$", re.IGNORECASE)
_SAYS: Final = re.compile(rf"\s*(?:that|{_SAYING})\b", re.IGNORECASE)
_PREPOSITION: Final = re.compile(r"\b(on|the|since|until|by|of)\s+$", re.IGNORECASE)
_WORDS: Final = ("today", "yesterday", "last night", "tonight", "this", "morning", "ago", "last", "day")
_NUMBER: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Day:
    """A day or short period (ISO, both ends included) with the expressions that name it."""

    start: str
    end: str
    times: tuple[Time, ...]


def candidates(
    incident: Incident,
    times: Sequence[Sequence[Time]],
    statements: Sequence[Sequence[Statement]],
    around: Surroundings,
    published: date | None,
) -> tuple[list[Day], list[Features]]:
    """The days on which an attack may have been, and their features; the last features are of none of them.

    `times` and `statements` have a row for each sentence.
    """
    found: dict[tuple[str, str], list[Time]] = {}
    for n in around.near:
        for time in times[n]:
            if time.kind not in (TimeKind.DATE, TimeKind.TIME) or time.start is None or time.end is None:
                continue
            start, end = time.start[:10], time.end[:10]
            short = (date.fromisoformat(end) - date.fromisoformat(start)).days <= _LONGEST
            if short and not _is_of_saying(time, statements[n], around):
                found.setdefault((start, end), []).append(time)
    days = [Day(start, end, tuple(named)) for (start, end), named in found.items()]
    first = min((time.span for day in days for time in day.times), default=None)
    out: list[Features] = []
    for day in days:
        row = merged(_of_mention(time, statements[around.number(time.span)], around) for time in day.times)
        row |= {"number": counted(len(day.times)), "period": float(day.start != day.end)}
        row["first"] = float(day.times[0].span == first)
        if published is not None:
            row[_ago((published - date.fromisoformat(day.end)).days)] = 1.0
        out.append(row)
    none = {"none": 1.0, f"none {incident.type.value}": 1.0, "none of many": counted(len(out))}
    none |= {"none told": float(not any("told" in row for row in out)), "none at all": float(not out)}
    none["none near"] = float(not any("told" in row or "parts" in row for row in out))
    none |= {"none lead": float(around.told[0] <= 2), "none first": float(around.told[0] == 0)}
    none["none mentions"] = counted(len(around.mentions))
    return days, [*out, none]


def _of_mention(time: Time, statements: Sequence[Statement], around: Surroundings) -> dict[str, float]:
    text, span = around.text, time.span
    row = around.nearness(span)
    inside = all(_within(span, it.content.spans) for it in statements if it.form is not Form.VOICE)
    row |= {f"{name} inside": 1.0 for name in ("told", "parts") if inside and name in row}
    words = " ".join(time.text.lower().split())
    seen = [word for word in _WORDS if word in words] + ["number"] * bool(_NUMBER.match(words))
    row |= {f"word {word}": 1.0 for word in seen}
    row |= {f"told {word}": 1.0 for word in seen if "told" in row}
    before = _lead(text, span)
    row |= {"outside": float(not inside), "absolute": float(time.anchor is Anchor.ABSOLUTE)}
    row |= {"after said": float(bool(_SAID.search(before))), "before said": float(bool(_SAYS.match(text, span.end)))}
    preposition = _PREPOSITION.search(before)
    if preposition is not None:
        row[f"after {preposition[1].lower()}"] = 1.0
    row["modified"] = float(time.mod is not None)
    return row


def _is_of_saying(time: Time, statements: Sequence[Statement], around: Surroundings) -> bool:
    """Whether a day beside a verb of saying stands outside the words that tell of the attack: they were said on it."""
    if not (_SAID.search(_lead(around.text, time.span)) or _SAYS.match(around.text, time.span.end)):
        return False
    start, end = around.sentences[around.number(time.span)]
    first, last = (bisect_left(around.mentions, edge, key=lambda m: m.start) for edge in (start, end))
    said = [it.content.spans for it in statements if it.form is not Form.VOICE]
    telling = [spans for spans in said if any(_within(span, spans) for span in around.mentions[first:last])]
    return bool(telling) and not any(_within(time.span, spans) for spans in telling)


def _lead(text: str, span: Span) -> str:
    return text[max(0, span.start - _LEAD) : span.start]


def _within(span: Span, spans: Sequence[Span]) -> bool:
    return any(s.start <= span.start and span.end <= s.end for s in spans)


def _ago(days: int) -> str:
    """How long before the report a day was, as a feature."""
    for longest, name in (
        (-1, "to come"),
        (0, "the same day"),
        (1, "the day before"),
        (7, "that week"),
        (40, "lately"),
    ):
        if days <= longest:
            return name
    return "long ago"


def when(
    incident: Incident,
    times: Sequence[Sequence[Time]],
    statements: Sequence[Sequence[Statement]],
    around: Surroundings,
    published: date | None,
) -> Day | None:
    """The day of an attack; None where the report names none.

    The day that its own words give it is not taken away where only little speaks against it.
    """
    days, features = candidates(incident, times, statements, around, published)
    chances = probabilities(shipped()["day"], features)
    best = max(range(len(chances)), key=lambda i: chances[i])
    own = set(incident.times)
    given = [i for i, day in enumerate(days) if any(time.id in own for time in day.times)]
    if best == len(days) and given and chances[best] < SURE:
        best = max(given, key=lambda i: chances[i])
    return days[best] if best < len(days) else None
