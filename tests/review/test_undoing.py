"""Any decision can be taken back, also one inside a bulk, and that can be taken back too; nothing is erased."""

from __future__ import annotations

import pytest

from sayso.errors import NotTaken
from sayso.ledger import Ledger
from sayso.review import Choice, Decision, State, Verdict, decide, history, review, undo
from tests.review.desk import MEER, QUILL, chosen, laid_out, state, states, taken_back


def test_what_is_undone_is_as_if_it_had_not_been_made_and_stays_in_the_history(ledger: Ledger) -> None:
    report = laid_out(ledger)
    before = review(ledger, report)
    made = chosen(ledger, report, "s2", Verdict.REJECTED)
    (back,) = taken_back(ledger, made, who=QUILL)
    assert (back.undoes, back.who, back.why, back.verdict) == (made.id, QUILL, "a slip", Verdict.UNDONE)
    assert review(ledger, report) == before
    assert history(ledger, report) == (made, back)


def test_one_inside_a_bulk_is_undone_alone(ledger: Ledger) -> None:
    report = laid_out(ledger)
    done = decide(ledger, [Choice(report, name, Verdict.ACCEPTED) for name in ("s1", "s2", "s3")], MEER)
    (_, second, _) = [it for it in done if isinstance(it, Decision)]
    taken_back(ledger, second)
    found = states(review(ledger, report))
    assert [found[name] for name in ("s1", "s2", "s3")] == [State.ACCEPTED, State.UNDECIDED, State.ACCEPTED]


def test_what_stood_before_stands_again(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s2", Verdict.ACCEPTED)
    later = chosen(ledger, report, "s2", Verdict.REJECTED)
    assert state(ledger, report, "s2") is State.REJECTED
    (back,) = taken_back(ledger, later)
    assert state(ledger, report, "s2") is State.ACCEPTED
    (again,) = taken_back(ledger, back)
    assert state(ledger, report, "s2") is State.REJECTED
    taken_back(ledger, again)
    assert state(ledger, report, "s2") is State.ACCEPTED


def test_what_is_undone_or_not_there_cannot_be_undone(ledger: Ledger) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, "s2")
    taken_back(ledger, made)
    found = undo(ledger, [made.id, "d-0123456789abcdef", made.id], MEER)
    assert [isinstance(it, NotTaken) for it in found] == [True, True]
    assert "already" in str(found[0])
    assert "no decision" in str(found[1])
    with pytest.raises(NotTaken):
        undo(ledger, [made.id], "")


def test_a_merge_that_is_undone_leaves_both(ledger: Ledger) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, "s3", Verdict.MERGED, others=("s4",))
    taken_back(ledger, made)
    found = review(ledger, report)
    assert found.corrected.statements == found.reading.statements
