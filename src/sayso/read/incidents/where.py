"""Where an attack was: its country, and the finest place that the report gives it.

A report names its places in other sentences than the deed, and its wire's town in all of them; so each is weighed by
where it stands, how it is named, and what else competes for it (`choosing`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.read.incidents.choosing import Features, counted, merged, probabilities, shipped
from sayso.read.incidents.scene import rows
from sayso.read.incidents.spots import is_brought
from sayso.read.incidents.surroundings import Surroundings
from sayso.vocabulary import Incident, PartRole, Place, PlaceId, PlaceLevel, PlaceUse, Reading, Span

_KIND = r"(?:neighbou?rhood|canton|hamlet|village|suburb|quarter|street|avenue|sector|district)\b"
_FINE: Final = re.compile(rf"(?:^|\s+){_KIND}", re.IGNORECASE)
_WIDE: Final = re.compile(r"\s*(?:department|province|region|state|governorate)\b", re.IGNORECASE)
_WITHIN: Final = re.compile(
    rf"(?:\s+(?:municipality|town|{_KIND}))?"
    r"(?:,|,? (?:in|of)(?: the)?(?: \w+ern)?(?: (?:part|area|region|section|sector|side|outskirts) of)?)\s*",
    re.IGNORECASE,
)
_GAP: Final = 40  # characters between a place and the one that is said to hold it
_SEVERAL: Final = 3  # places after one that may be said to hold it
SURE: Final = 0.8  # places in other countries than one of this probability are not its own
ENOUGH: Final = 0.2  # a place from this probability on is where it was


@dataclass(frozen=True, slots=True)
class Named:
    """All mentions of one place that may be where an attack was; `place` is the one that is best known."""

    place: Place
    mentions: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """The places of a report: those of each sentence of its body, those before it, and how often each is named."""

    known: Mapping[PlaceId, Place]
    rows: Sequence[Sequence[Place]]
    opening: Sequence[Place]
    names: Counter[str]
    countries: Counter[str]


def atlas(reading: Reading, body: Sequence[Span]) -> Atlas:
    """The places of a reading; `body` are the sentences after the dateline."""
    begins = body[0].start if body else 0
    known = {place.id: place for place in reading.places}
    after = [p for p in reading.places if p.span.end > begins]
    return Atlas(
        known,
        rows(after, body),
        [p for p in reading.places if p.span.end <= begins],
        Counter(_key(p, known) for p in after),
        Counter(p.entry.country for p in after if p.entry is not None and p.entry.country),
    )


def countries(places: Atlas, around: Surroundings) -> tuple[list[str], list[Features]]:
    """The countries that an attack may have been in, and their features; the last features are of none of them."""
    seen: dict[str, list[dict[str, float]]] = {
        p.entry.country: [] for p in places.opening if p.entry and p.entry.country
    }
    homes = set(seen)
    uses: dict[str, Counter[str]] = {country: Counter() for country in seen}
    for n in around.near:
        for place in places.rows[n]:
            country = place.entry.country if place.entry else None
            if country is None:
                continue
            itself = " itself" if place.level is PlaceLevel.COUNTRY else ""
            kind = f"{place.use.value}{itself}"
            near = around.nearness(place.span)
            found = {f"{name} {kind}": near[name] for name in ("told", "parts") if name in near}
            found |= {name: near[name] for name in ("weight", "of others", "closeness", "lead") if name in near}
            seen.setdefault(country, []).append({**found, "named": float(bool(itself))})
            uses.setdefault(country, Counter())[kind] += 1
    total, most = sum(places.countries.values()), max(places.countries.values(), default=0)
    out: list[Features] = []
    for country, mentions in seen.items():
        often = places.countries[country]
        row = merged(mentions)
        row |= {f"number {kind}": counted(number) for kind, number in uses[country].items()}
        row |= {"number": counted(often), "share": often / max(1, total), "most": float(often == most)}
        home = country in homes
        row |= {"dateline": float(home), "dateline alone": float(home and not often), "only": float(len(seen) == 1)}
        row["dateline named"] = row["dateline"] * row.get("named", 0.0)
        out.append(row)
    return list(seen), [*out, {"none": 1.0}]


def candidates(
    incident: Incident, places: Atlas, around: Surroundings, country: Mapping[str, float]
) -> tuple[list[Named], list[Features]]:
    """The places that may be where an attack was, and their features; the last features are of none of them.

    `country` has the probability of each country.
    """
    found: dict[str, list[Place]] = {}
    for place in (*places.opening, *(p for n in around.near for p in places.rows[n])):
        if place.use is PlaceUse.PLACE and place.level is not PlaceLevel.COUNTRY:
            found.setdefault(_key(place, places.known), []).append(place)
    opening = {place.id for place in places.opening}
    likeliest = max(country, key=lambda c: country[c], default=None)
    out, named = [], []
    for key, mentions in found.items():
        best = max(mentions, key=lambda p: (p.entry is not None, p.score))
        row = merged(_of_mention(p, incident, places, around) for p in mentions if p.id not in opening)
        entry = best.entry
        row |= {f"level {best.level.value}": 1.0, "number": counted(places.names[key])}
        row |= {"dateline": float(any(p.id in opening for p in mentions)), "unknown": float(entry is None)}
        if entry is not None:
            row["country"] = country.get(entry.country or "", 0.0)
            row["other country"] = float(entry.country != likeliest)
            row[f"precision {best.precision.value}"] = 1.0
        row["dateline alone"] = float(not places.names[key])
        out.append(row)
        named.append(Named(best, tuple(mentions)))
    _compare(named, out, places)
    told = min(3.0, sum(around.weight.values()))
    none = {"none": 1.0, f"none {incident.type.value}": 1.0, "none weight": told, "none of many": counted(len(out))}
    none["none near"] = float(not any("told" in row or "parts" in row for row in out))
    return named, [*out, none]


def _of_mention(place: Place, incident: Incident, places: Atlas, around: Surroundings) -> dict[str, float]:
    text, span = around.text, place.span
    row = around.nearness(span)
    here = "told" in row or "parts" in row
    if is_brought(text, span):
        row |= {"brought": 1.0, "brought here": float(here)}
    fine = bool(_FINE.match(text, span.end) or _FINE.search(place.text))
    row |= {"fine": float(fine), "fine here": float(fine and here)}
    row["wide"] = float(bool(_WIDE.match(text, span.end) or _WIDE.search(place.text)))
    row |= {f"in {role}": 1.0 for role in _overlapped(span, incident)}
    row["lies somewhere"] = float(place.whereabouts is not None)
    within = any(_holds(text, place, p) for p in _next(places.rows[around.number(span)], span))
    row |= {"within": float(within), "within here": float(within and here)}
    return row


def _compare(named: Sequence[Named], out: Sequence[dict[str, float]], places: Atlas) -> None:
    """Add what candidates tell of one another: which is said to hold another, and which has a rival near the deed."""
    near = [("told" in row or "parts" in row) and "brought" in row for row in out]
    anchors = {a for it in named for p in it.mentions if p.whereabouts for a in p.whereabouts.anchors}
    outer = {a for it in named for p in it.mentions for a in p.within}
    fine = sum(bool(row.get("fine here")) for row in out)
    for it, row, own in zip(named, out, near, strict=True):
        rivals = sum(near) - own
        ids = _ids(it)
        row |= {"anchor": float(bool(ids & anchors)), "holds another": float(bool(ids & outer))}
        row["finer here"] = float(fine > bool(row.get("fine here")))
        row["rivals of dateline"] = float(bool(row.get("dateline")) and rivals > 0)
        row["rivals of settlement"] = float("level settlement" in row and rivals > 0)


def _ids(named: Named) -> set[PlaceId]:
    return {place.id for place in named.mentions}


def _overlapped(span: Span, incident: Incident) -> Iterable[PartRole]:
    return {
        p.role for p in incident.parts if p.score is not None and p.span.start < span.end and span.start < p.span.end
    }


def _next(row: Sequence[Place], span: Span) -> Sequence[Place]:
    """The next places of a sentence."""
    at = bisect_left(row, span.end, key=lambda p: p.span.start)
    return row[at : at + _SEVERAL]


def _holds(text: str, place: Place, outer: Place) -> bool:
    """Whether words say that a place lies in another: "in Kesten, Ostra province"."""
    gap = outer.span.start - place.span.end
    return 0 <= gap <= _GAP and _WITHIN.fullmatch(text, place.span.end, outer.span.start) is not None


def _key(place: Place, known: Mapping[PlaceId, Place]) -> str:
    """What mentions of one place have in common; a part of a place counts as the place."""
    where = place.whereabouts
    whole = known.get(where.anchors[0]) if where is not None and where.kind == "part" and where.anchors else None
    return " ".join((whole or place).text.lower().removeprefix("the ").split())


def where(incident: Incident, places: Atlas, around: Surroundings, taken: frozenset[PlaceId]) -> tuple[PlaceId, ...]:
    """The places of an attack, the likeliest first, and at last its country where the report names it.

    An attack that its own words place is not moved to where another one was: `taken` are the places of all incidents.
    """
    names, features = countries(places, around)
    chances = probabilities(shipped()["country"], features)
    country = dict(zip(names, chances, strict=False))
    found, features = candidates(incident, places, around, country)
    own = {i for i in incident.places if places.known[i].level is not PlaceLevel.COUNTRY}
    weighed = zip(probabilities(shipped()["place"], features), found, strict=False)
    free = [(chance, it) for chance, it in weighed if _ids(it) & own or not (own and _ids(it) & taken)]
    likely = sorted(free, key=lambda pair: -pair[0])
    chosen = [it for i, (chance, it) in enumerate(likely) if chance >= ENOUGH and (i == 0 or _ids(it) & own)]
    home = max(country, key=lambda c: country[c], default=None) if chances[-1] < max(chances) else None
    given = [places.known[i] for i in incident.places]
    sure = max(chances) >= SURE
    kept = [p for p in given if not sure or p.entry is None or p.entry.country in (home, None)]
    return tuple(dict.fromkeys(p.id for p in (*(c.place for c in chosen), *kept, *_itself(home, places, around))))


def _itself(country: str | None, places: Atlas, around: Surroundings) -> list[Place]:
    """The mention of a country itself that stands nearest to an attack."""
    near = [
        p
        for n in around.near
        for p in places.rows[n]
        if p.level is PlaceLevel.COUNTRY and p.entry is not None and p.entry.country == country
    ]
    return (
        [min(near, key=lambda p: (p.use is not PlaceUse.PLACE, -around.nearness(p.span).get("closeness", 0.0)))]
        if near
        else []
    )
