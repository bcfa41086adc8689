"""What a gazetteer knows by a name as a text writes it: abbreviated, with the word for its level, or without it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sayso.gazetteer import Gazetteer, Hit, Toponym
from sayso.read.places import areas, clues, regions
from sayso.read.places.geodesy import kilometres
from sayso.vocabulary import PlaceLevel

_LONGEST: Final = 100  # letters of a name that is looked up
_MOST: Final = 96  # candidates kept for one name
_SHORTEST_ALIKE: Final = 4  # letters; shorter names are alike to anything
# The radius of an area is the distance within which this share of its parts lie, if they are enough to tell.
_SHARE: Final = 0.9
_ENOUGH: Final = 5
_WIDEST: Final = 400.0  # kilometres from the middle of a division to its farthest town
_TOWNS: Final = 400
_LONGER: Final = ("County", "District")  # "Ramsey" may be short for either


@lru_cache(maxsize=1 << 14)
def exact(gazetteer: Gazetteer, name: str) -> tuple[Hit, ...]:
    """Entries and areas of just this name, kept over texts: reports of one day name the same places."""
    if len(name) > _LONGEST:
        return ()
    hits = [Hit(areas.placed(hit.toponym), hit.how, hit.similarity) for hit in gazetteer.exact(name)[:_MOST]]
    return (*areas.named(name), *hits)[:_MOST]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a name may mean. `how` is the gazetteer's, or "longer" or "shorter" than the name written."""

    hit: Hit
    how: str


def candidates(gazetteer: Gazetteer, name: str) -> list[Candidate]:
    """What a name may mean, in the form written and in the forms it may stand for."""
    found = {hit.toponym.id: Candidate(hit, hit.how) for hit in exact(gazetteer, name)}
    for form in _spelled_out(name):
        for hit in exact(gazetteer, form):
            found.setdefault(hit.toponym.id, Candidate(hit, "spelled out"))
    if not any(c.hit.toponym.level is PlaceLevel.COUNTRY for c in found.values()):
        for word in _LONGER:
            for hit in exact(gazetteer, f"{name} {word}"):
                if hit.toponym.level in (PlaceLevel.DISTRICT, PlaceLevel.PROVINCE):
                    found.setdefault(hit.toponym.id, Candidate(hit, "longer"))
        for form, level in _shorter(name):
            for hit in exact(gazetteer, form):
                if level in (hit.toponym.level, PlaceLevel.REGION):
                    found.setdefault(hit.toponym.id, Candidate(hit, "shorter"))
    return list(found.values())[:_MOST]


def alike(gazetteer: Gazetteer, name: str, countries: Collection[str]) -> list[Candidate]:
    """What a name may be another transliteration of, inside these countries."""
    if sum(letter.isalpha() for letter in name) < _SHORTEST_ALIKE or not countries:
        return []
    level = clues.level_words()
    kept = [word for word in name.split() if word.lower() not in level] or name.split()
    return [Candidate(hit, "skeleton") for hit in gazetteer.alike(" ".join(kept), countries)[:_MOST]]


def extent(gazetteer: Gazetteer, toponym: Toponym) -> float:
    """The radius of a place in km: of a country from its divisions, of a division from its towns, else by its kind."""
    centre = toponym.lat, toponym.lon
    if toponym.level is PlaceLevel.COUNTRY and toponym.country:
        spots = [areas.placed(division) for division in gazetteer.within(toponym.country)]
    elif toponym.level is PlaceLevel.PROVINCE:
        around = gazetteer.near(*centre, _WIDEST, _TOWNS)
        spots = [town for town in around if (town.country, town.admin1) == (toponym.country, toponym.name)]
    else:
        spots = []
    far = sorted(kilometres(centre, (spot.lat, spot.lon)) for spot in spots)
    if len(far) < _ENOUGH:
        return regions.size(toponym.level, toponym.population)
    return far[int(_SHARE * (len(far) - 1))]


def _spelled_out(name: str) -> list[str]:
    """The full forms of an abbreviated name."""
    bare = name.replace(".", "").lower()
    out = []
    abbreviations: dict[str, str] = clues.lists()["abbreviations"]
    if bare in abbreviations and (len(bare) > 2 or "." in name or name.isupper()):
        out.append(abbreviations[bare])
    first, _, rest = name.partition(" ")
    openings: dict[str, str] = clues.lists()["openings"]
    if rest and first.rstrip(".").lower() in openings:
        out.append(f"{openings[first.rstrip('.').lower()]} {rest}")
    for short, full in ((" Twp.", " Township"), (" Twp", " Township"), (" Co.", " County")):
        if name.endswith(short):
            out.append(name.removesuffix(short) + full)
    return out


def _shorter(name: str) -> list[tuple[str, PlaceLevel]]:
    """The name without the word that says what it is, and what that word says."""
    split = name.split()
    level = clues.level_words()
    out = []
    if len(split) > 1:
        if split[-1].lower().rstrip(".") in level:
            out.append((" ".join(split[:-1]), level[split[-1].lower().rstrip(".")]))
        if split[0].lower() == "the":
            out.append((" ".join(split[1:]), PlaceLevel.REGION))
    return out
