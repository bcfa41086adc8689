"""Which places a sentence is about: those it names and those it points back to, without those it only counts from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from sayso.read.incidents.scene import rows
from sayso.vocabulary import Place, PlaceId, PlaceLevel, PlacePrecision, PlaceUse, Span

_SAME = re.compile(
    r"\b(?:in|of|at|across|from)\s+(?:the\s+same|that|this)\s+(?:\w+\s+){0,2}?"
    r"(?P<what>province|governorate|state|district|county|region|area|city|town|village)\b",
    re.IGNORECASE,
)
_BROUGHT = re.compile(
    r"\b(?:in|at|near|of|from|on|to|into|outside|around|towards?|across|between|attacked|shelled|bombed|hit|struck|"
    r"stormed|raided|captured|targeted|seized|recaptured|retook|entered|reached)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LEAD: Final = 24  # characters before a name in which what brings it stands
_WIDE: Final = frozenset({"province", "governorate", "state", "region", "area", "district", "county"})
_SPOTS: Final = frozenset({PlacePrecision.EXACT, PlacePrecision.NEAR})
_ENOUGH: Final = 200  # places of a text that tell which country it is about
_NEXT: Final = 4  # sentences over which a report names the place of what it has told of
_AREAS: Final = frozenset({PlaceLevel.PROVINCE, PlaceLevel.DISTRICT, PlaceLevel.REGION})


def shown_places(text: str, sentences: Sequence[Span], places: Sequence[Place]) -> list[list[Place]]:
    """For each sentence its places, in order; "the same province" is the last province named before it."""
    out: list[list[Place]] = []
    named = [p for p in places if p.use is PlaceUse.PLACE and _is_somewhere(text, p)]
    last: dict[bool, Place] = {}  # the last area and the last town named
    for sentence, here in zip(sentences, rows(named, sentences), strict=True):
        anchors = {a for p in here if p.whereabouts for a in p.whereabouts.anchors}
        found = [p for p in here if p.id not in anchors] or here
        for mark in _SAME.finditer(text, *sentence):
            before = last.get(mark["what"].lower() in _WIDE)
            found = [before, *found] if before is not None else found
        last |= {place.level in _AREAS: place for place in here if place.level in _AREAS or _is_town(place)}
        out.append(found)
    return out


def is_brought(text: str, span: Span) -> bool:
    """Whether a preposition, or a verb of attack, brings a name as a place's."""
    return _BROUGHT.search(text[max(0, span.start - _LEAD) : span.start]) is not None


def _is_somewhere(text: str, place: Place) -> bool:
    """Whether a name that no gazetteer knows is used as a place's: brought by a preposition, or called one."""
    known = place.entry is not None or place.whereabouts is not None or place.level is not PlaceLevel.UNKNOWN
    return known or is_brought(text, place.span)


def _is_town(place: Place) -> bool:
    return place.level is PlaceLevel.SETTLEMENT


def with_settlement(
    given: Sequence[PlaceId], told_in: Sequence[int], shown: Sequence[Sequence[Place]], places: Mapping[PlaceId, Place]
) -> list[PlaceId]:
    """The places of an incident; where none is a spot, with the first inside them that the next sentences name."""
    if any(places[i].precision in _SPOTS for i in given) or not told_in:
        return list(given)
    areas = {entry.name for i in given if (entry := places[i].entry) is not None}
    mostly = None if areas else _usual_country(tuple(places.values()))
    for sentence in range(told_in[0], min(told_in[0] + _NEXT, len(shown))):
        for place in shown[sentence]:
            entry = place.entry
            if place.precision not in _SPOTS or entry is None:
                continue
            if (areas & set(entry.within)) if areas else entry.country == mostly:
                return [place.id, *given]
    return list(given)


def _usual_country(places: Sequence[Place]) -> str | None:
    named = Counter(p.entry.country for p in places[:_ENOUGH] if p.entry is not None).most_common(1)
    return named[0][0] if named else None
