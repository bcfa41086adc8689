"""Two who differ are both shown, and nobody settles it in silence."""

from __future__ import annotations

from sayso.ledger import Ledger
from sayso.review import State, Verdict, review
from tests.review.desk import MEER, QUILL, chosen, laid_out, state, taken_back


def test_an_item_that_two_decide_otherwise_is_contested_with_both_shown(ledger: Ledger) -> None:
    report = laid_out(ledger)
    one = chosen(ledger, report, "s2", Verdict.ACCEPTED, MEER)
    other = chosen(ledger, report, "s2", Verdict.REJECTED, QUILL)
    found = next(it for it in review(ledger, report).items if it.thing.id == "s2")
    assert (found.state, found.decisions) == (State.CONTESTED, (one, other))
    assert review(ledger, report).corrected.statements == review(ledger, report).reading.statements


def test_to_be_unsure_of_what_another_accepts_is_to_differ(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s2", Verdict.UNSURE, MEER)
    chosen(ledger, report, "s2", Verdict.ACCEPTED, QUILL)
    assert state(ledger, report, "s2") is State.CONTESTED


def test_two_who_correct_to_the_same_agree_and_to_different_things_do_not(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s2", Verdict.CORRECTED, MEER, after={"stance": "confirms"})
    chosen(ledger, report, "s2", Verdict.CORRECTED, QUILL, after={"stance": "confirms"})
    assert state(ledger, report, "s2") is State.CORRECTED
    chosen(ledger, report, "s2", Verdict.CORRECTED, QUILL, after={"stance": "claims"})
    assert state(ledger, report, "s2") is State.CONTESTED


def test_who_changes_their_mind_ends_the_conflict(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s2", Verdict.ACCEPTED, MEER)
    chosen(ledger, report, "s2", Verdict.REJECTED, QUILL)
    chosen(ledger, report, "s2", Verdict.ACCEPTED, QUILL)
    assert state(ledger, report, "s2") is State.ACCEPTED


def test_a_third_settles_it_only_in_view_of_both_and_by_name(ledger: Ledger) -> None:
    report = laid_out(ledger)
    one = chosen(ledger, report, "s2", Verdict.ACCEPTED, MEER)
    other = chosen(ledger, report, "s2", Verdict.REJECTED, QUILL)
    chosen(ledger, report, "s2", Verdict.REJECTED, "O. Holm")
    assert state(ledger, report, "s2") is State.CONTESTED
    last = chosen(ledger, report, "s2", Verdict.REJECTED, "O. Holm", settles=True)
    assert set(last.settles) == {one.id, other.id}
    assert state(ledger, report, "s2") is State.REJECTED
    taken_back(ledger, last)
    assert state(ledger, report, "s2") is State.CONTESTED


def test_who_speaks_again_after_it_was_settled_contests_it_again(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s2", Verdict.ACCEPTED, MEER)
    chosen(ledger, report, "s2", Verdict.REJECTED, QUILL, settles=True)
    assert state(ledger, report, "s2") is State.REJECTED
    chosen(ledger, report, "s2", Verdict.ACCEPTED, MEER, why="no")
    assert state(ledger, report, "s2") is State.CONTESTED


def test_a_merge_is_contested_on_all_its_items_where_it_is_on_one(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s3", Verdict.MERGED, MEER, others=("s4",))
    chosen(ledger, report, "s4", Verdict.ACCEPTED, QUILL)
    assert (state(ledger, report, "s3"), state(ledger, report, "s4")) == (State.CONTESTED, State.CONTESTED)
    assert review(ledger, report).corrected.statements == review(ledger, report).reading.statements
