"""The dateline of a report: "KABUL, Jan. 3 (Outlet) --", "SAN SALVADOR, 9 JAN 90 (DPA) -- [TEXT]"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sayso.read.times.words import months
from sayso.vocabulary import Published, Span

_WITHIN: Final = 1200  # characters: a dateline opens the text, or its first paragraph after headline and byline
_LINES: Final = 8
_LONGEST: Final = 160

_MONTH: Final = "|".join(sorted(months(), key=len, reverse=True))
_CITY: Final = r"(?P<city>[^\W\d_][^\d\n,:;!?()\[\]{}\"“”]{1,40}?)"
_REGION: Final = r"(?:,[ ]?[^\W\d_][^\d\n,:;!?()\[\]]{1,30}?){0,2}"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATE: Final = (
    rf"(?P<date>(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?[ ])?"
    rf"(?:(?P<month>{_MONTH})\.?[ ]{_DAY}|{_DAY.replace('<day>', '<day2>')}[ ](?P<month2>{_MONTH})\.?)"
    rf"(?:,?[ ](?P<year>\d{{4}}|\d\d)(?!\d))?)"
)
_OUTLET: Final = r"(?:[ ]?[(\[][^()\[\]\n]{1,40}[)\]]){0,2}"
_BREAK: Final = r"[ ]?(?:-{1,3}|–|—|_|:|\[TEXT\])"
_AFTER: Final = rf"(?:{_OUTLET}{_BREAK}|{_OUTLET}[ ]*\n|[ ]?[(\[][^()\[\]\n]{{1,40}}[)\]]|\.[ ])"
_DATED: Final = re.compile(rf"\s*{_CITY}{_REGION},?[ ]{_DATE}{_AFTER}", re.IGNORECASE)
_DATED_ALONE: Final = re.compile(rf"\s*{_CITY}{_REGION},[ ]{_DATE}(?=[ ]*(?:\n|$))", re.IGNORECASE)
_PLACE_ONLY: Final = re.compile(
    rf"\s*(?P<city>[^\W\d_][^\d\n,:;!?()\[\]{{}}\"“”a-z]{{1,40}}?){_REGION}"
    rf"[ ]?(?:[(\[][^()\[\]\n]{{1,40}}[)\]][ ]?{_BREAK}|[ ](?:--|—|–|_)[ ])"
)
_LETTERS: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report says it was written. `day` is None where it gives no date, or none that fits."""

    span: Span
    city: Span
    day: date | None = None
    date_span: Span | None = None


def dateline(text: str, published: Published | None = None) -> Dateline | None:
    """The dateline among the first lines of a text. A date without a year takes it from the publication date."""
    start = 0
    for _ in range(_LINES):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start and not text[start:end].isspace():
            found = _at(text[start : start + _LONGEST].split("\n\n")[0], start, published)
            if found is not None:
                return found
        start = end + 1
        if start >= min(len(text), _WITHIN):
            return None
    return None


def _at(line: str, offset: int, published: Published | None) -> Dateline | None:
    match = _DATED.match(line) or _DATED_ALONE.match(line)
    if match is not None and _is_place(match["city"]):
        day = _day(match, published)
        return Dateline(
            Span(offset + match.start("city"), offset + len(match.group().rstrip())),
            Span(offset + match.start("city"), offset + match.end("city")),
            day,
            Span(offset + match.start("date"), offset + match.end("date")),
        )
    match = _PLACE_ONLY.match(line)
    if match is not None and _is_place(match["city"]):
        span = Span(offset + match.start("city"), offset + len(match.group().rstrip()))
        return Dateline(span, Span(offset + match.start("city"), offset + match.end("city")))
    return None


def _is_place(city: str) -> bool:
    """Whether every word begins with a capital, as names of towns do, and there are few of them."""
    words = city.split()
    return 0 < len(words) <= 5 and all(
        word[0].isupper() or word.lower() in ("de", "of", "la", "el", "al", "del", "do", "da", "upon") for word in words
    )


def _day(match: re.Match[str], published: Published | None) -> date | None:
    month = months()[(match["month"] or match["month2"]).lower()]
    day = int(match["day"] or match["day2"])
    anchor = None
    if published is not None and re.match(r"\d{4}-\d\d-\d\d", published.value):
        try:
            anchor = date.fromisoformat(published.value[:10])
        except ValueError:
            anchor = None
    try:
        if match["year"] is not None:
            year = int(match["year"])
            return date(year if year > 99 else year + (2000 if year < 30 else 1900), month, day)
        if anchor is None:
            return None
        nearest = [date(anchor.year + step, month, day) for step in (-1, 0, 1)]
        return min(nearest, key=lambda found: abs(found - anchor - timedelta(days=-1)))
    except (ValueError, OverflowError):
        return None
