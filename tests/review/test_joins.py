"""Joins of names are decided through review with the decisions that tracing heeds, and taken back by their ids."""

from __future__ import annotations

import pytest

from sayso.errors import NotTaken
from sayso.ledger import Ledger
from sayso.review import Verdict
from sayso.review.joins import decide_join, join_actors, withdraw_join
from sayso.trace.people import joins
from sayso.trace.people.decisions import decisions
from sayso.vocabulary import ActorId, ActorRef, JoinId, JoinRule, KnownActorId, ReportId
from tests.review.desk import MEER
from tests.trace.keeping import kept, stored
from tests.trace.people.test_people import a_report

READINGS = [a_report(f"r{n}", (name,)) for n, name in enumerate(("Ostap Kulit", "Ostap Kulyt", "Maran"), 1)]


def known(ledger: Ledger, *reports: ReportId) -> set[KnownActorId | None]:
    with ledger.looking() as connection:
        names = stored(connection).names
        return {names.known_id(ActorRef(report, ActorId("a1"))) for report in reports}


def test_a_join_is_rejected_and_that_is_taken_back(ledger: Ledger) -> None:
    one, other, _ = (it.report.id for it in kept(ledger, READINGS))
    with ledger.looking() as connection:
        (join,) = [it for it in joins(stored(connection).names) if it.rule is JoinRule.TRANSLITERATION]
    assert len(known(ledger, one, other)) == 1
    made = decide_join(ledger, join.id, "Ostap Kulit", Verdict.REJECTED, MEER, "they sat side by side")
    assert len(known(ledger, one, other)) == 2
    assert withdraw_join(ledger, made, MEER, "a slip") is not None
    assert len(known(ledger, one, other)) == 1
    assert withdraw_join(ledger, "d-0123456789abcdef", MEER, "") is None


def test_two_actors_are_joined_across_reports(ledger: Ledger) -> None:
    one, _, maran = (it.report.id for it in kept(ledger, READINGS))
    made = join_actors(ledger, ActorRef(one, ActorId("a1")), ActorRef(maran, ActorId("a1")), MEER, "a married name")
    assert len(known(ledger, one, maran)) == 1
    with ledger.looking() as connection:
        assert [(it.made, it.who) for it in decisions(connection)] == [(True, MEER)]
    withdraw_join(ledger, made, MEER, "")
    assert len(known(ledger, one, maran)) == 2


def test_a_join_that_is_not_there_or_is_made_already_is_refused(ledger: Ledger) -> None:
    kept(ledger, READINGS)
    with ledger.looking() as connection:
        (join,) = [it for it in joins(stored(connection).names) if it.rule is JoinRule.TRANSLITERATION]
    for id_, name, verdict in (
        (JoinId("j-0123456789abcdef"), "Ostap Kulit", Verdict.REJECTED),
        (join.id, "Nobody", Verdict.REJECTED),
        (join.id, "Ostap Kulit", Verdict.ACCEPTED),
        (join.id, "Ostap Kulit", Verdict.UNSURE),
    ):
        with pytest.raises(NotTaken):
            decide_join(ledger, id_, name, verdict, MEER, "")
