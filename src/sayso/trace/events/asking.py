"""Asking the ledger for events: of a report, by id, or by what they are, newest first and a page at a time.

Events are put together from the accounts on the way, so a page costs what its events cost, however many others there
are. The day an event is listed under is the last that any of its accounts that fit may have been on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import select

from sayso.ledger.derived.events import account_facets, account_ids
from sayso.trace.events.accounts import Account
from sayso.trace.events.facets import EVERYTHING, facets, of_actor, of_number, of_place, of_type
from sayso.trace.events.grading import Vouching, vouching
from sayso.trace.events.happenings import event_of
from sayso.trace.events.stored import StoredScenes
from sayso.trace.hashing import hashed
from sayso.trace.listing import Listed, Period, back, in_advance, listed
from sayso.trace.voices.trails import plain
from sayso.vocabulary import Event, EventId, IncidentType, ReportId, Telling

PAGE: Final = 20
_ALWAYS: Final = Period()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for; what is None does not matter. All of it has to fit one account.

    `period` holds the last day it may have been on; `place` is a name, also of what the place lies in, `geonames` its
    number; `actor` a name or the id of a known actor ("k-…"), who is said to have done it or to have been its target.
    """

    period: Period = _ALWAYS
    type: IncidentType | None = None
    place: str | None = None
    geonames: int | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, and what to ask for the next ones with; None where these are the last."""

    events: tuple[Event, ...]
    next: str | None = None


class _Facets(NamedTuple):
    """What an account has to have one of: as it is kept, and as it is once its actors are known."""

    kept: frozenset[str]
    known: frozenset[str]


def events_of_report(report: ReportId, scenes: StoredScenes) -> tuple[Event, ...]:
    """The events that a report tells of, in the order of its accounts."""
    found = (event_of(account.telling, scenes) for account in scenes.of_reports([report]))
    return tuple({it.id: it for it in found if it is not None}.values())


def event_by_id(id_: EventId, scenes: StoredScenes) -> Event | None:
    """The event with an id, also one that was its id before an earlier report came in."""
    query = select(account_ids.c.report, account_ids.c.incident).where(account_ids.c.event == hashed(id_))
    row = scenes.connection.execute(query).first()
    return None if row is None else event_of(scenes.at(row.report, row.incident).telling, scenes)


def accounts_of(event: Event, scenes: StoredScenes) -> tuple[Account, ...]:
    """The accounts of an event, in order."""
    found = {it.telling: it for it in scenes.of_reports(it.report for it in event.tellings)}
    return tuple(found[telling] for telling in event.tellings)


def vouched(event: Event, scenes: StoredScenes) -> Vouching:
    """The voices behind an event, copies counted as what they are, and its grade with the reasons."""
    told = accounts_of(event, scenes)
    trails = [trail for it in told for trail in (*it.affirming, *it.denying)]
    return vouching(told, scenes.copied.behind(trails))


def events_page(wanted: Wanted, scenes: StoredScenes, limit: int = PAGE, after: str | None = None) -> Page:
    """Events that fit, newest first, undated ones last. `after` is the `next` of the page before."""
    asked = _asked(wanted, scenes)
    events: list[Event] = []
    seen: dict[Telling, tuple[Event, Listed | None]] = {}
    last: str | None = None
    kept = [each.kept for each in asked]
    rows = listed(scenes.connection, account_facets, kept, wanted.period, after)
    for row in in_advance(rows, limit, scenes.look_around):
        telling = scenes.at(row.number, row.place).telling
        if telling not in seen and (event := event_of(telling, scenes)) is not None:
            first = min(_fitting(event, wanted, asked, scenes), default=None)
            seen |= dict.fromkeys(event.tellings, (event, first))
        event, first = seen[telling]
        if row != first:
            continue  # it was listed before, under a later day, or is somebody else's who bears the name
        if len(events) == limit:
            return Page(tuple(events), last)
        events.append(event)
        last = row.mark()
    return Page(tuple(events))


def _asked(wanted: Wanted, scenes: StoredScenes) -> list[_Facets]:
    """The facets that have to fit, those first that few accounts have."""
    out = []
    if wanted.actor is not None:
        out.append(_of_actor(wanted.actor, scenes))
    if wanted.geonames is not None:
        out.append(_same(of_number(wanted.geonames)))
    if wanted.place is not None:
        out.append(_same(of_place(wanted.place)))
    if wanted.type is not None:
        out.append(_same(of_type(wanted.type)))
    return out or [_same(EVERYTHING)]


def _same(facet: str) -> _Facets:
    return _Facets(frozenset({facet}), frozenset({facet}))


def _of_actor(name: str, scenes: StoredScenes) -> _Facets:
    known = [scenes.names.class_of(key) for key in scenes.names.keys_of(name)]
    said = {plain(name)} - {""}
    return _Facets(
        frozenset(of_actor(it) for it in {key for _, keys in known for key in keys} | said),
        frozenset(of_actor(it) for it in {id_ for id_, _ in known} | said),
    )


def _fitting(event: Event, wanted: Wanted, asked: Sequence[_Facets], scenes: StoredScenes) -> Iterator[Listed]:
    """Where the accounts of an event that fit stand in the list."""
    for account in accounts_of(event, scenes):
        scene = account.scene
        day = scene.days.end if scene.days is not None else None
        has = facets(scene, scene.doers | scene.struck)
        if wanted.period.holds(day) and all(has & each.known for each in asked):
            number, place = scenes.place_of(account.telling)
            yield Listed(back(day), account.telling.report, place, number)
