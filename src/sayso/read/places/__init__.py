"""The places of a text: which words name them, what they mean, how they are used and how they lie to each other.

`places` does one step after another: `recognition` finds the names, `lookup` asks the gazetteer, `context` gathers
what the text says of each name, `resolution` picks an entry or none, `relations` and `regions` tell what lies where.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sayso.gazetteer import Gazetteer, Toponym
from sayso.read.encoder import Scores
from sayso.read.groups import groups
from sayso.read.names import Name
from sayso.read.places import regions
from sayso.read.places.containers import contained
from sayso.read.places.context import home_country, level_said, named
from sayso.read.places.lookup import Candidate, alike, extent
from sayso.read.places.recognition import observe, recognise, reconciled, tag_chances
from sayso.read.places.relations import Relation, relations
from sayso.read.places.resolution import Named, Sense, area_contains, seat, senses, settle
from sayso.read.places.uses import metonyms
from sayso.read.places.vessels import ashore
from sayso.read.places.weights import Weights, shipped
from sayso.read.words import Words
from sayso.vocabulary import (
    Entry,
    Place,
    PlaceId,
    PlaceLevel,
    PlacePrecision,
    PlaceUse,
    Region,
    Span,
    Whereabouts,
)  # fmt: skip

__all__ = ["places"]

_STATES: Final = frozenset({"US", "CA", "AU", "IN", "MX", "BR", "DE", "GB", "IE"})  # states are news of their own there
_PLAUSIBLE: Final = 0.15  # share of a text's places from which on a country is looked through for other spellings
# English takes the names of these over letter by letter: another spelling is another name.
_SPELLED_ALIKE: Final = frozenset("US GB CA AU NZ IE FR DE ES PT IT NL BE AT CH SE NO DK FI PR JM".split())
_FROM_A_SPOT: Final = frozenset({"distance", "direction", "between", "near"})
_NAMELESS: Final = -1  # in place of a mention's number: a place that is told by its relation alone
_AREAS: Final = frozenset({PlaceLevel.PROVINCE, PlaceLevel.DISTRICT, PlaceLevel.REGION})
_CODES: Final = {PlaceLevel.COUNTRY: PlacePrecision.COUNTRY, **dict.fromkeys(_AREAS, PlacePrecision.AREA)}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A mention on its way to a Place. `inside` is the mention that the text puts it in."""

    words: range
    use: PlaceUse
    level: PlaceLevel
    sense: Sense
    inside: int | None


def places(
    words: Words,
    scores: Sequence[Scores],
    found: Sequence[Name],
    sentences: Sequence[Span],
    *,
    outlet: str | None,
    gazetteer: Gazetteer,
    weights: Weights | None = None,
) -> tuple[Place, ...]:
    """The mentions of places of a text, in order; `found` are its proper names, `outlet` a name or an address.

    A place that is told by its relation alone ("10 kilometers northeast of Damascus") spans the words that say so.
    Raises WeightsMissing where the installation is not whole.
    """
    if not len(words):
        return ()
    learned = weights or shipped()
    observed = observe(words, scores, sentences, gazetteer)
    chances = tag_chances(observed, learned.tagger)
    mentions = reconciled(words, recognise(words, observed, chances), found, observed, chances)
    movements = [words.within(span) for span in groups(words, [n.span for n in found], ())]
    mentions = [m for m in mentions if not any(i in movement for movement in movements for i in m)]
    mentions = ashore(words, mentions, gazetteer)
    known = resolved(words, mentions, found, outlet=outlet, gazetteer=gazetteer, weights=learned)
    return contained(words.text, known, sentences)


def resolved(
    words: Words,
    mentions: Sequence[range],
    found: Sequence[Name],
    *,
    outlet: str | None,
    gazetteer: Gazetteer,
    weights: Weights,
) -> tuple[Place, ...]:
    """The places that these mentions, ranges of words in order, make."""
    names, of, inside = named(words, mentions, outlet, gazetteer)
    meant = _senses(names, home_country(outlet, gazetteer), gazetteer, weights)
    demonyms = {name.span for name in found if name.kind == "NAT"}
    adjectives = [
        words.span(m[0], m[-1]) in demonyms or _is_demonym(meant[of[i]], names[of[i]]) for i, m in enumerate(mentions)
    ]
    capitals = [_capital(name) for name in names]
    seats = [
        not adjectives[i] and (_governs(meant[of[i]], names[of[i]]) or capitals[of[i]] is not None)
        for i in range(len(mentions))
    ]
    governments = metonyms(words, mentions, seats)
    told = [r for r in relations(words, mentions) if not any(adjectives[a] or governments[a] for a in r.anchors)]
    spots = {anchor for r in told if r.kind in _FROM_A_SPOT and not _rural(words, r) for anchor in r.anchors}
    drafts = []
    for i, mention in enumerate(mentions):
        use = PlaceUse.DEMONYM if adjectives[i] else PlaceUse.METONYM if governments[i] else PlaceUse.PLACE
        said = level_said(words, mention)
        sense = meant[of[i]]
        plain = said is None and _abroad(sense)
        if (i in spots or use is PlaceUse.METONYM or plain) and said is not PlaceLevel.PROVINCE:
            sense = _spot(sense, names[of[i]])
        capital = capitals[of[i]]
        if use is PlaceUse.METONYM and capital is not None and not _governs(sense, names[of[i]]):
            sense = replace(sense, candidate=capital, reasons=("a capital, for its government",))
        drafts.append(_Draft(mention, use, _level(said, sense), sense, inside[i]))
    return _places(words, drafts, told, lambda toponym: extent(gazetteer, toponym))


def _rural(words: Words, relation: Relation) -> bool:
    """Whether a relation is to the countryside of a place, which is the province's and not the town's."""
    return "countryside" in words.lower[relation.first : relation.last + 1]


def _senses(names: Sequence[Named], home: str | None, gazetteer: Gazetteer, weights: Weights) -> list[Sense]:
    """What each name means; one that the gazetteer lacks is looked for in other spellings, in plausible countries."""
    each, chances, features = settle(names, home, weights.first, weights.later)
    meant = senses(names, each, chances, features, weights.least)
    missing = [n for n, sense in enumerate(meant) if sense.candidate is None]
    countries = _plausible(names, meant)
    if not missing or not countries:
        return meant
    asked = list(names)
    for n in missing:
        if likely := alike(gazetteer, names[n].name, countries):
            asked[n] = replace(names[n], candidates=tuple(likely))
    each, chances, features = settle(asked, home, weights.first, weights.later)
    again = senses(asked, each, chances, features, weights.least)
    return [again[n] if asked[n] is not names[n] else meant[n] for n in range(len(names))]


def _plausible(names: Sequence[Named], meant: Sequence[Sense]) -> list[str]:
    """The countries that the resolved names of a text lie in, where they are a good part of them."""
    shares: dict[str, float] = {}
    for name, sense in zip(names, meant, strict=True):
        country = sense.candidate.hit.toponym.country if sense.candidate else None
        if country and country not in _SPELLED_ALIKE:
            shares[country] = shares.get(country, 0.0) + name.count * sense.chance
    least = _PLAUSIBLE * sum(shares.values())
    return [country for country, share in shares.items() if share >= least]


def _is_demonym(sense: Sense, name: Named) -> bool:
    if sense.candidate:
        return sense.candidate.how == "demonym"
    return bool(name.candidates) and all(candidate.how == "demonym" for candidate in name.candidates)


def _governs(sense: Sense, name: Named) -> bool:
    """Whether a name is a country's or its capital's."""
    if sense.candidate is None:
        return False
    spot = _spot(sense, name).candidate or sense.candidate
    top = spot.hit.toponym
    return top.level is PlaceLevel.COUNTRY or top.code == "PPLC"


def _abroad(sense: Sense) -> bool:
    """Whether a province's country names its provinces after their towns, so that the bare name is the town's."""
    return sense.candidate is not None and sense.candidate.hit.toponym.country not in _STATES


def _capital(name: Named) -> Candidate | None:
    """The largest capital of that name, whatever else is called so."""
    seats = [c for c in name.candidates if c.hit.toponym.code == "PPLC"]
    return max(seats, key=lambda c: c.hit.toponym.population, default=None)


def _spot(sense: Sense, name: Named) -> Sense:
    """The town, where a name means a division and the town that it is named after: what is "west of Aleppo"."""
    if sense.candidate is None or sense.candidate.hit.toponym.level is not PlaceLevel.PROVINCE:
        return sense
    town = seat(name, sense.candidate.hit.toponym)
    return replace(sense, candidate=town, reasons=("the town that the province is named after",)) if town else sense


def _level(said: PlaceLevel | None, sense: Sense) -> PlaceLevel:
    """The level of the entry; where there is none, what the text says."""
    if sense.candidate is not None:
        return sense.candidate.hit.toponym.level
    return said or PlaceLevel.UNKNOWN


def _entry(sense: Sense) -> Entry | None:
    if sense.candidate is None:
        return None
    top = sense.candidate.hit.toponym
    chain = [top.admin2 if top.code != "ADM2" else None, top.admin1 if top.level is not PlaceLevel.PROVINCE else None]
    within = tuple(name for name in (*chain, top.country if top.level is not PlaceLevel.COUNTRY else None) if name)
    return Entry(top.name, top.lat, top.lon, top.level, top.id if top.id > 0 else None, top.country, within)


def _places(
    words: Words, drafts: Sequence[_Draft], told: Sequence[Relation], extents: Callable[[Toponym], float]
) -> tuple[Place, ...]:
    """Put mentions and relations in order of the text, number them, and tie them to each other."""
    of_mention = {relation.located: relation for relation in told if relation.located is not None}
    spots: list[tuple[Span, int, Relation | None]] = [
        *((words.span(d.words[0], d.words[-1]), i, of_mention.get(i)) for i, d in enumerate(drafts)),
        *((words.span(r.first, r.last), _NAMELESS, r) for r in told if r.located is None),
    ]
    spots.sort(key=lambda spot: (spot[0], spot[1]))
    ids = {i: PlaceId(f"p{n}") for n, (_, i, _) in enumerate(spots, 1)}
    out = []
    for n, (span, i, relation) in enumerate(spots, 1):
        where = _whereabouts(words, relation, ids) if relation else None
        region = _region(relation, drafts, extents) if relation else None
        place = Place(PlaceId(f"p{n}"), span, span.of(words.text), whereabouts=where, region=region)
        place = replace(place, precision=PlacePrecision.NEAR) if region else place
        out.append(place if i == _NAMELESS else _named_place(place, drafts, i, ids))
    return tuple(out)


def _named_place(place: Place, drafts: Sequence[_Draft], i: int, ids: Mapping[int, PlaceId]) -> Place:
    """A place with what its name means; the region of a relation is for places that are in no gazetteer."""
    draft = drafts[i]
    known = replace(place, use=draft.use, level=draft.level, within=_within(drafts, i, ids), why=draft.sense.reasons)
    if (entry := _entry(draft.sense)) is None:
        return known
    precision = _CODES.get(entry.level, PlacePrecision.EXACT)
    return replace(known, precision=precision, entry=entry, region=None, score=round(draft.sense.chance, 3))


def _within(drafts: Sequence[_Draft], i: int, ids: Mapping[int, PlaceId]) -> tuple[PlaceId, ...]:
    """The mentions that the text puts a place in, nearest first; one that its entry is not in does not count."""
    out: list[PlaceId] = []
    at, seen = drafts[i].inside, {i}
    while at is not None and at not in seen and len(out) < 4:
        seen.add(at)
        if drafts[at].use is not PlaceUse.DEMONYM and _may_hold(drafts[at].sense, drafts[i].sense):
            out.append(ids[at])
        at = drafts[at].inside
    return tuple(out)


def _may_hold(container: Sense, inner: Sense) -> bool:
    if container.candidate is None:
        return inner.candidate is None
    outer = container.candidate.hit.toponym
    if inner.candidate is None:
        return outer.level in (*_AREAS, PlaceLevel.COUNTRY)
    return area_contains(outer, inner.candidate.hit.toponym)


def _whereabouts(words: Words, relation: Relation, ids: Mapping[int, PlaceId]) -> Whereabouts:
    anchors = tuple(ids[anchor] for anchor in relation.anchors)
    span = words.span(relation.first, relation.last)
    return Whereabouts(relation.kind, anchors, span, relation.bearing, relation.distance)


def _region(relation: Relation, drafts: Sequence[_Draft], extents: Callable[[Toponym], float]) -> Region | None:
    """The region that a relation tells of, where its anchors are known."""
    known = [drafts[anchor].sense for anchor in relation.anchors]
    anchors = [entry for entry in map(_entry, known) if entry]
    if len(anchors) < len(known) or known[0].candidate is None:
        return None
    if relation.kind == "between":
        return regions.between(anchors[0], anchors[1])
    wide = extents(known[0].candidate.hit.toponym)
    if relation.kind == "distance" and relation.distance is not None:
        return regions.at_distance(anchors[0], wide, relation.bearing, relation.distance)
    if relation.kind == "direction" and relation.bearing is not None:
        return regions.towards(anchors[0], wide, relation.bearing)
    if relation.kind == "part":
        return regions.part(anchors[0], wide, relation.bearing)
    return regions.near(anchors[0], wide)
