"""Drafts of ClaimReview (schema.org) for fact-checkers: what a ledger knows of a claim, and never a rating.

Who checks, when, where it is published and what comes of it are for a person to fill in. A draft says of itself that it
is one, so that it is not taken for a finding when it is read back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sayso.share.exports.forms import encoded
from sayso.share.exports.found import captured, claims_of
from sayso.share.exports.instants import instant
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.json_text import json_text
from sayso.share.visible import one_line
from sayso.trace.answers.stored import StoredHoldings
from sayso.vocabulary import ActorKind, Claim, Member, Polarity, Reading, Report, ReportId, SpeakerKind, Statement

DROPS: Final[Mapping[ExportKind, tuple[str, ...]]] = {
    ExportKind.CLAIMS: (
        "the rating, its author and its address: a person fills them in",
        "who denies, doubts or only passes on the claim",
        "spans, stances, chains and copies",
    ),
}
DRAFT: Final = "Draft"
FIRST: Final = "First seen by this ledger, which may not be where it first appeared"
_MOST: Final = 100  # appearances of one claim
_PEOPLE: Final = frozenset((ActorKind.ORGANISATION, ActorKind.GROUP, ActorKind.STATE, ActorKind.OFFICE))
_Node = dict[str, Any]


def written(selection: Selection) -> Iterator[bytes]:
    """The claims of a selection as JSON-LD: the same bytes for the same ledger and selection."""
    return encoded(_pieces(selection))


def _pieces(selection: Selection) -> Iterator[str]:
    between = ""
    yield '{"@context":"https://schema.org","@graph":[\n'
    for claim in claims_of(selection):
        yield between + json_text(_draft(selection, claim))
        between = ",\n"
    yield "\n]}\n"


def _draft(selection: Selection, claim: Claim) -> _Node:
    """A claim as a review without a rating."""
    held = StoredHoldings(selection.connection)
    wanted = dict.fromkeys(it.report for it in claim.members)
    held.meet(wanted)
    readings = {report: reading for report in wanted if (reading := held.reading(report))}
    seen = {report: _seen(selection, readings[report].report) for report in readings}
    order = sorted(readings, key=lambda report: (not seen[report], seen[report], report))
    item = {"@type": "Claim", "text": claim.text} | _first(readings, order) | _people(claim, readings)
    if order and (published := readings[order[0]].report.published):
        item["datePublished"] = published.value
    return {
        "@type": "ClaimReview",
        "identifier": claim.id,
        "creativeWorkStatus": DRAFT,
        "claimReviewed": one_line(claim.text),
        "itemReviewed": item,
    }


def _seen(selection: Selection, report: Report) -> str:
    """When a report was published or, where it does not say, captured; "" where neither is known."""
    published = report.published.value if report.published else ""
    return instant(published) or instant(captured(selection, report.id)) or ""


def _first(readings: Mapping[ReportId, Reading], order: list[ReportId]) -> _Node:
    """The earliest report that the ledger has, said to be no more than that, and the others."""
    works = [_work(readings[it].report) for it in order[:_MOST]]
    if not works:
        return {}
    first, *others = works
    found: _Node = {"firstAppearance": first | {"description": FIRST}}
    return found | ({"appearance": others} if others else {})


def _work(report: Report) -> _Node:
    said = {
        "url": report.url,
        "headline": report.title,
        "datePublished": report.published.value if report.published else None,
        "inLanguage": report.language,
        "publisher": {"@type": "Organization", "name": report.outlet} if report.outlet else None,
        "identifier": report.id,
    }
    return {"@type": "NewsArticle"} | {name: value for name, value in said.items() if value}


def _people(claim: Claim, readings: Mapping[ReportId, Reading]) -> _Node:
    """Who vouches for the claim, each once: those who are named, and outlets in their own voice."""
    found: dict[str, _Node] = {}
    for member in claim.members:
        who = _author(member, readings.get(member.report))
        if who is not None:
            found.setdefault(who["name"], who)
    people = [*found.values()]
    return {"author": people[0] if len(people) == 1 else people} if people else {}


def _author(member: Member, reading: Reading | None) -> _Node | None:
    statement: Statement | None = reading.statement(member.statement) if reading else None
    if reading is None or statement is None or member.polarity is not Polarity.AFFIRMS:
        return None
    if statement.speaker.kind is SpeakerKind.OUTLET:
        outlet = reading.report.outlet
        return {"@type": "Organization", "name": one_line(outlet)} if outlet else None
    actor = reading.actor(statement.speaker.actor)
    if actor is None or not actor.name.strip():
        return None
    kind = "Person" if actor.kind is ActorKind.PERSON else "Organization" if actor.kind in _PEOPLE else "Thing"
    return {"@type": kind, "name": one_line(actor.name)}
