"""Entities of followthemoney for Aleph and its neighbours: articles, who is named in them, and what they tell of.

One entity a line, as `ftm` reads them; the same entity may come again with other properties, which its readers merge.
No schema there can hold who says what on whose word: that is left out, and the article has the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sayso.share.exports.forms import encoded
from sayso.share.exports.found import readings_of
from sayso.share.exports.identity import identities
from sayso.share.exports.instants import instant
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.narrative import narrative
from sayso.share.exports.selection import Selection
from sayso.share.json_text import json_text
from sayso.share.moments import interval
from sayso.share.telling import known, wheres
from sayso.share.visible import one_line
from sayso.trace.people import appearances
from sayso.vocabulary import Actor, ActorId, ActorKind, Incident, Reading, Report, Status

DROPS: Final[Mapping[ExportKind, tuple[str, ...]]] = {
    ExportKind.READINGS: (
        "statements: no schema holds who says what",
        "spans (named in words in summaries)",
        "what became of how many, and who vouches (in words in summaries)",
        "tallies, forecasts, and incidents that were only threatened or planned",
        "coordinates of places",
        "languages without a code of three letters here",
    ),
}
_SCHEMATA: Final = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.STATE: "PublicBody",
    ActorKind.GROUP: "LegalEntity",
    ActorKind.OFFICE: "LegalEntity",
    ActorKind.UNKNOWN: "LegalEntity",
}
_NOT_YET: Final = frozenset({Status.THREATENED, Status.PLANNED})
_DAY: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_Entity = dict[str, Any]


def written(selection: Selection) -> Iterator[bytes]:
    """The readings of a selection as entities: the same bytes for the same ledger and selection."""
    return encoded(f"{json_text(it)}\n" for reading in readings_of(selection) for it in entities(reading))


def entities(reading: Reading) -> Iterator[_Entity]:
    """The article of a report, its outlet, the actors it names with their mentions, and its incidents."""
    article = _article(reading.report)
    yield article
    if outlet := one_line(reading.report.outlet or ""):
        yield _entity("Organization", f"outlet {outlet}", {"name": [outlet]})
    people = _people(reading, article["id"])
    yield from people.values()
    for actor in reading.actors:
        if actor.id in people:
            yield from _mentions(actor, people[actor.id], article["id"])
    yield from _events(reading, people, article["id"])


def _article(report: Report) -> _Entity:
    published = report.published.value if report.published else ""
    return _entity(
        "Article",
        report.id,
        {
            "title": _said(report.title),
            "author": _said(report.author),
            "publisher": _said(report.outlet),
            "publishedAt": _dates(published),
            "sourceUrl": _said(report.url),
            "language": [code] if (code := _LANGUAGES.get((report.language or "")[:2])) else [],
            "bodyText": [report.text],
        },
    )


def _people(reading: Reading, article: str) -> dict[ActorId, _Entity]:
    """The actors with a name: by it where it identifies them across reports, else as one of this report."""
    names = {it.ref.actor: it.identified[0].key for it in appearances(reading) if it.identified}
    found = {}
    for actor in reading.actors:
        schema = _SCHEMATA.get(actor.kind)
        if schema is None or not actor.name.strip():
            continue
        key = names.get(actor.id)
        said = {"name": [one_line(actor.name)], "proof": [article]}
        if key is not None:
            said["alias"] = sorted({one_line(name) for name in actor.names} - {one_line(actor.name)})
        if schema == "Person":
            said["position"] = sorted({one_line(role.text) for role in actor.roles})
        found[actor.id] = _entity(schema, key or f"{reading.report.id} {actor.id}", said)
    return found


def _mentions(actor: Actor, who: _Entity, article: str) -> Iterator[_Entity]:
    """A mention for each name that the article has for somebody."""
    for name in sorted({one_line(name) for name in (actor.name, *actor.names)} - {""}):
        said = {"document": [article], "name": [name], "resolved": [who["id"]], "detectedSchema": [who["schema"]]}
        yield _entity("Mention", f"{article} {who['id']} {name}", said)


def _events(reading: Reading, people: Mapping[ActorId, _Entity], article: str) -> Iterator[_Entity]:
    index = known(reading)
    for name, it in zip(identities(reading).incidents, reading.incidents, strict=True):
        if it.status not in _NOT_YET:
            places = [*wheres(index, it.places)]
            days = interval(it.start, it.end)
            said = {
                "name": [", ".join(filter(None, (str(it.type), *places[:1], str(days) if days else "")))],
                "summary": [narrative(index, it)],
                "startDate": _said(it.start),
                "endDate": _said(it.end),
                "location": places,
                "involved": _involved(it, people),
                "sourceUrl": _said(reading.report.url),
                "recordId": [name],
                "proof": [article],
            }
            yield _entity("Event", name, said)


def _involved(incident: Incident, people: Mapping[ActorId, _Entity]) -> list[str]:
    there = (people.get(part.actor) for part in incident.parts if part.actor)
    return [*dict.fromkeys(found["id"] for found in there if found)]


def _entity(schema: str, key: str, properties: Mapping[str, Iterable[str]]) -> _Entity:
    """An entity with an id by its schema and its name among ours; properties without a value are left out."""
    id_ = f"sayso-{hashlib.sha1(f'{schema} {key}'.encode(), usedforsecurity=False).hexdigest()}"
    kept = {name: [*values] for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _said(value: str | None) -> list[str]:
    found = one_line(value or "")
    return [found] if found else []


def _dates(value: str) -> list[str]:
    """A day, month or year as it is; a time in UTC."""
    if _DAY.fullmatch(value):
        return [value]
    found = instant(value)
    return [found[:19]] if found else []


_LANGUAGES: Final[Mapping[str, str]] = dict(
    pair.split(":")
    for pair in (
        "am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa et:est "
        "fa:fas fi:fin fr:fra ga:gle gu:guj ha:hau he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn "
        "ka:kat kk:kaz km:khm ko:kor ku:kur ky:kir lt:lit lv:lav mk:mkd ml:mal mr:mar ms:msa my:mya ne:nep nl:nld "
        "no:nor pa:pan pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv so:som sq:sqi sr:srp sv:swe sw:swa "
        "ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie yi:yid zh:zho zu:zul"
    ).split()
)
"""The codes of ISO 639-3 by those of ISO 639-1."""
