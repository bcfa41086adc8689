"""Pairs across reports: statements of one claim or not, findings that bear on one or not, offered and decided."""

from __future__ import annotations

import json

import pytest

from sayso.errors import NotTaken
from sayso.ledger import Ledger
from sayso.record import add
from sayso.record.findings import finding
from sayso.review import Choice, Kind, State, Verdict, decide, decided_pairs, next_offers
from sayso.review.choices import choice_from
from sayso.review.plain import offer_row
from sayso.trace.following import follow
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    FindingKind,
    Link,
    Published,
    Reading,
    Report,
    ReportId,
    Span,
    Statement,
    StatementId,
    Tier,
)
from tests.review.desk import MEER, QUILL, chosen, taken_back
from tests.share.examples import READER, at, said_by, span

TOLD = (
    ("Ada Quill", "that the ferry Aurora was sunk by a mine off Kessel on Sunday"),
    ("Ivo Lenz", "that a mine sank the ferry Aurora near Kessel"),
    ("Orla Brandt", "that the ferry Aurora struck a mine and went down off the coast of Kessel on Sunday"),
    ("Ida Holm", "that the harbour tax will rise by three crowns next year"),
)
CHECKS = (
    {"claim": "The ferry Aurora was sunk by a mine off Kessel", "verdict": "Not so", "publisher": "Vell Checks"},
    {"claim": "The harbour tax rises by five crowns", "verdict": "Not so", "publisher": "Vell Checks"},
)


def story(number: int, who: str, content: str) -> Reading:
    text = f"{who} said {content}. It was report number {number}."
    when = Published("2021-05-02", "given")
    report = Report(ReportId(f"o{number}"), text, f"O{number}", f"Outlet {number}", published=when, language="en")
    actor = Actor(ActorId("a1"), who, ActorKind.PERSON, (who,), mentions=(span(text, who),))
    chain = (Link(who, actor.id, span(text, who)),)
    said = Statement(
        StatementId("s1"), said_by("a1", who), at(text, content), at(text, who), at(text, "said"), chain=chain
    )
    return Reading(report, READER, (actor,), (said,), (Span(0, len(text)),))


@pytest.fixture
def told(ledger: Ledger) -> dict[str, ReportId]:
    """Four reports and two findings in the ledger; the ids of the reports by their titles."""
    ledger.add_readings(story(number, *it) for number, it in enumerate(TOLD))
    add(ledger, [finding(FindingKind.CHECK, it) for it in CHECKS])
    follow(ledger)
    return {report.title or "": report.id for report in ledger.reports()}


def test_findings_are_offered_suggested_ones_first_and_go_when_they_are_decided(
    ledger: Ledger, told: dict[str, ReportId]
) -> None:
    page = next_offers(ledger, Kind.MATCH)
    assert (page.reports, page.waiting, page.after) == (4, 4, "")
    assert [it.tier for it in page.offers] == [Tier.SUGGESTED, *[Tier.CONFIDENT] * 3]
    first = page.offers[0]
    assert (first.items[0].report, first.finding and first.finding.claim) == (told["O3"], CHECKS[1]["claim"])
    assert 0 <= first.uncertainty <= 1
    choice = choice_from(json.dumps(offer_row(first) | {"verdict": "reject", "why": "another figure"}))
    (made,) = decide(ledger, [choice], MEER)
    assert not isinstance(made, NotTaken)
    (pair,) = decided_pairs(ledger, told["O3"])
    assert (pair.kind, pair.state, pair.decisions) == (Kind.MATCH, State.REJECTED, (made,))
    assert next_offers(ledger, Kind.MATCH).offers == page.offers[1:]
    chosen(ledger, told["O3"], "s1", Verdict.ACCEPTED, QUILL, finding=pair.finding)
    assert next_offers(ledger, Kind.MATCH).offers[0].state is State.CONTESTED


def test_claims_that_may_be_one_are_offered_and_decided_by_their_statements(
    ledger: Ledger, told: dict[str, ReportId]
) -> None:
    (offer,) = next_offers(ledger, Kind.CLAIM).offers
    assert offer.tier is Tier.SUGGESTED
    one, two = offer.items
    made = chosen(ledger, two.report, two.id, Verdict.MERGED, claim=(one.report, one.id))
    assert made.items == (one, two)
    assert next_offers(ledger, Kind.CLAIM).offers == ()
    for report in (one.report, two.report):
        assert [(it.kind, it.state) for it in decided_pairs(ledger, report)] == [(Kind.CLAIM, State.MERGED)]
    chosen(ledger, one.report, one.id, Verdict.SPLIT, QUILL, claim=(two.report, two.id))
    assert [it.state for it in next_offers(ledger, Kind.CLAIM).offers] == [State.CONTESTED]
    chosen(ledger, one.report, one.id, Verdict.SPLIT, "O. Holm", claim=(two.report, two.id), settles=True)
    assert [it.state for it in decided_pairs(ledger, one.report)] == [State.SPLIT]
    taken_back(ledger, made)
    assert {it for it in told.values() if decided_pairs(ledger, it)} == {one.report, two.report}


def test_what_is_no_pair_is_refused(ledger: Ledger, told: dict[str, ReportId]) -> None:
    report, other = told["O0"], told["O1"]
    for choice in (
        Choice(report, "a1", Verdict.MERGED, claim=(other, "s1")),
        Choice(report, "s1", Verdict.MERGED, claim=(report, "s1")),
        Choice(report, "s1", Verdict.ACCEPTED, claim=(other, "s1")),
        Choice(report, "s1", Verdict.MERGED, claim=(ReportId("r-0"), "s1")),
    ):
        assert isinstance(decide(ledger, [choice], MEER)[0], NotTaken)
    with pytest.raises(NotTaken):
        next_offers(ledger, Kind.STATEMENT)
