"""Unknown villages in the area that their sentence is about: "In Norland province, rebels attacked Oxley"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sayso.vocabulary import Place, PlaceLevel, PlaceUse, Span

_AREAS: Final = frozenset({PlaceLevel.PROVINCE, PlaceLevel.DISTRICT})
_IN = re.compile(r"\b(?:in|across|throughout|inside)\s+(?:the\s+)?(?:\w+\s+){0,3}(?:of\s+)?$", re.IGNORECASE)
_LEAD: Final = 48  # characters before an area's name in which "in" stands


def contained(text: str, places: Sequence[Place], sentences: Sequence[Span]) -> tuple[Place, ...]:
    """The places, those in no gazetteer within the area that stands before them in their sentence, after "in"."""
    starts = [s.start for s in sentences]
    areas: dict[int, Place] = {}
    out: list[Place] = []
    for place in places:
        at = bisect_right(starts, place.span.start) - 1
        area = areas.get(at)
        if place.entry is None and not place.within and place.use is PlaceUse.PLACE and area is not None:
            place = replace(place, within=(area.id,), why=(*place.why, "named in a sentence about this area"))
        out.append(place)
        if place.entry is not None and place.level in _AREAS and place.use is PlaceUse.PLACE:
            start = max(place.span.start - _LEAD, sentences[at].start if at >= 0 else 0)
            if _IN.search(text[start : place.span.start]):
                areas[at] = place
    return tuple(out)
