"""Techniques of influence operations are assigned by people alone, by their ids and in the reviewers' own words."""

from __future__ import annotations

import json

import pytest

from sayso.cli import main
from sayso.errors import NotTaken
from sayso.ledger import Ledger
from sayso.review import (
    Choice,
    Kind,
    State,
    Verdict,
    agreement,
    all_decisions,
    decide,
    decided_techniques,
    history,
    review,
    techniques,
)
from sayso.review.choices import choice_from
from sayso.review.plain import decision_row
from tests.review.desk import MEER, QUILL, chosen, laid_out, states, taken_back

WHY = "the same sentence on nine sites within the hour"


def test_a_technique_is_assigned_to_what_a_statement_claims_with_who_when_and_why(ledger: Ledger) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, "s1", technique="T0049", why=WHY)
    (found,) = decided_techniques(ledger, report)
    assert (found.technique, found.state, found.item.kind) == ("T0049", State.ACCEPTED, Kind.STATEMENT)
    assert [(it.who, it.why, it.when) for it in found.decisions] == [(MEER, WHY, made.when)]
    assert decision_row(made)["technique"] == "T0049"


def test_a_report_as_a_whole_can_have_one_too(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "report", technique="T0085.003", why=WHY)
    (found,) = decided_techniques(ledger, report)
    assert (found.item.report, found.item.passages, found.state) == (report, (), State.ACCEPTED)
    assert ledger.verify().sound


def test_it_says_nothing_about_the_statement_itself(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s1", technique="T0049", why=WHY)
    found = review(ledger, report)
    assert states(found)["s1"] is State.UNDECIDED
    assert found.corrected.statements == found.reading.statements
    assert not found.orphans


def test_reviewers_who_differ_contest_it_and_an_undo_takes_it_back(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s1", technique="T0049", why=WHY)
    against = chosen(ledger, report, "s1", Verdict.REJECTED, QUILL, technique="T0049")
    other = chosen(ledger, report, "s1", technique="T0023", why="half of it is true")
    assert {it.technique: it.state for it in decided_techniques(ledger, report)} == {
        "T0049": State.CONTESTED,
        "T0023": State.ACCEPTED,
    }
    taken_back(ledger, against, other)
    assert [(it.technique, it.state) for it in decided_techniques(ledger, report)] == [("T0049", State.ACCEPTED)]


def test_a_conflict_is_settled_in_view_of_the_other(ledger: Ledger) -> None:
    report = laid_out(ledger)
    against = chosen(ledger, report, "s1", Verdict.REJECTED, QUILL, technique="T0049")
    chosen(ledger, report, "s1", technique="T0023", why="half of it is true", who=QUILL)
    made = chosen(ledger, report, "s1", technique="T0049", why=WHY, settles=True)
    assert made.settles == (against.id,)
    assert {it.technique: it.state for it in decided_techniques(ledger, report)}["T0049"] is State.ACCEPTED


@pytest.mark.parametrize(
    ("item", "verdict", "more", "said"),
    [
        ("s1", Verdict.ACCEPTED, {"technique": "T49", "why": WHY}, "is no technique"),
        ("s1", Verdict.ACCEPTED, {"technique": "T0049\n", "why": WHY}, "is no technique"),
        ("s1", Verdict.ACCEPTED, {"technique": "T0049"}, "with a reason"),
        ("s1", Verdict.ACCEPTED, {"technique": "T0049", "why": "  "}, "with a reason"),
        ("s1", Verdict.MERGED, {"technique": "T0049", "why": WHY}, "accepted or rejected"),
        ("a1", Verdict.ACCEPTED, {"technique": "T0049", "why": WHY}, "assigned to a statement"),
        ("s99", Verdict.ACCEPTED, {"technique": "T0049", "why": WHY}, "no such item"),
    ],
)
def test_what_assigns_none_is_refused(
    ledger: Ledger, item: str, verdict: Verdict, more: dict[str, str], said: str
) -> None:
    report = laid_out(ledger)
    (done,) = decide(ledger, [Choice(report, item, verdict, **more)], MEER)  # type: ignore[arg-type]
    assert isinstance(done, NotTaken)
    assert said in done.problem
    assert not history(ledger, report)


def test_a_line_of_json_can_assign_one(ledger: Ledger) -> None:
    report = laid_out(ledger)
    line = {"report": report, "item": "report", "verdict": "accept", "technique": "T0049", "why": WHY}
    (done,) = decide(ledger, [choice_from(json.dumps(line))], MEER)
    assert not isinstance(done, NotTaken)
    assert [it.technique for it in decided_techniques(ledger, report)] == ["T0049"]


def test_agreement_is_told_of_techniques_by_item_and_id(ledger: Ledger) -> None:
    report = laid_out(ledger)
    for who, verdict in ((MEER, Verdict.ACCEPTED), (QUILL, Verdict.REJECTED)):
        chosen(ledger, report, "s1", verdict, who, technique="T0049", why=WHY)
        chosen(ledger, report, "s2", Verdict.REJECTED, who, technique="T0049")
    with ledger.looking() as connection:
        (found,) = agreement(all_decisions(connection))
    assert (found.kind, found.items, found.agreed) == (Kind.TECHNIQUE, 2, 0.5)


def test_what_stands_is_the_same_in_whatever_order_decisions_came(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s1", technique="T0049", why=WHY)
    chosen(ledger, report, "report", technique="T0049", why=WHY)
    chosen(ledger, report, "s1", Verdict.REJECTED, QUILL, technique="T0049")
    made = history(ledger, report)
    assert techniques(made) == techniques(reversed(made))


def test_on_the_command_line(ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    report = laid_out(ledger)
    told = ["--ledger", ledger.name]
    decided = ["review", "decide", f"{report}/s1", "accept", "--technique", "T0049", "--why", WHY, "--who", MEER]
    assert main([*decided, *told]) == 0
    assert main(["review", "show", report, *told]) == 0
    shown = capsys.readouterr().out
    assert "accepted   technique T0049" in shown
    assert WHY in shown
    assert main(["review", "show", report, "--json", *told]) == 0
    (row,) = json.loads(capsys.readouterr().out)["techniques"]
    assert (row["technique"], row["state"]) == ("T0049", "accepted")
