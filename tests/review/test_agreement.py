"""Agreement beyond chance, held against the worked examples of its author."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger import Ledger
from sayso.review import Agreement, Kind, Verdict, agreement, all_decisions, alpha, interval, items, review
from tests.review.desk import MEER, QUILL, chosen, laid_out, taken_back

Units = list[list[str]]


def units(*observers: str) -> Units:
    """The units that observers gave values to, one row of words for each observer; a dot is no value."""
    rows = [row.split() for row in observers]
    return [[value for value in unit if value != "."] for unit in zip(*rows, strict=True)]


# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): examples A, B and C, nominal data.
TWO_BINARY = units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
TWO_NOMINAL = units("a a b b d c c c e d d a", "b a b b b c c c e d d d")
FOUR_NOMINAL = units(
    "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."
)


@pytest.mark.parametrize(("found", "published"), [(TWO_BINARY, 0.095), (TWO_NOMINAL, 0.692), (FOUR_NOMINAL, 0.743)])
def test_the_worked_examples_give_the_published_values(found: Units, published: float) -> None:
    assert alpha(found) == pytest.approx(published, abs=0.0005)


def test_all_alike_or_nothing_shared_has_no_alpha() -> None:
    assert alpha([]) is None
    assert alpha([["a"], ["b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert alpha([["a", "a"], ["b", "b"]]) == 1
    assert interval([]) is None


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12), st.randoms(use_true_random=False))
def test_it_is_at_most_one_and_the_same_in_any_order(found: Units, shuffle: random.Random) -> None:
    value = alpha(found)
    other = [shuffle.sample(unit, len(unit)) for unit in shuffle.sample(found, len(found))]
    assert value is None or value <= 1
    assert alpha(other) == pytest.approx(value)


def test_the_interval_is_seeded_and_holds_the_value() -> None:
    low, high = interval(FOUR_NOMINAL, seed=3) or (0, 0)
    assert low < 0.743 < high <= 1
    assert interval(FOUR_NOMINAL, seed=3) == (low, high)
    assert interval(FOUR_NOMINAL * 20, seed=3, draws=200) is not None
    wide, narrow = high - low, (interval(FOUR_NOMINAL * 20, 3) or (0, 0))
    assert narrow[1] - narrow[0] < wide


def measured(ledger: Ledger, only: set[str] | None = None) -> dict[Kind, Agreement]:
    with ledger.looking() as connection:
        return {it.kind: it for it in agreement(all_decisions(connection), only)}


def test_two_reviewers_of_a_sample_by_kind(ledger: Ledger) -> None:
    report = laid_out(ledger)
    for n, (one, other) in enumerate(
        [(Verdict.ACCEPTED,) * 2] * 3 + [(Verdict.REJECTED,) * 2, (Verdict.ACCEPTED, Verdict.REJECTED)], 1
    ):
        chosen(ledger, report, f"s{n}", one, MEER)
        chosen(ledger, report, f"s{n}", other, QUILL)
    chosen(ledger, report, "s6", Verdict.ACCEPTED, MEER)
    chosen(ledger, report, "p1", Verdict.ACCEPTED, MEER)
    found = measured(ledger)
    assert (found[Kind.STATEMENT].items, found[Kind.STATEMENT].decisions) == (5, 10)
    assert found[Kind.STATEMENT].reviewers == (QUILL, MEER)
    assert found[Kind.STATEMENT].agreed == 0.8
    assert found[Kind.STATEMENT].alpha == round(alpha([["a", "a"]] * 3 + [["r", "r"], ["a", "r"]]) or 0, 4)
    assert (found[Kind.PLACE].items, found[Kind.PLACE].alpha) == (0, None)
    assert dict(found[Kind.STATEMENT].verdicts) == {"accepted": 7, "rejected": 3}
    ids = {it.id for it, thing in items(review(ledger, report).reading).items() if thing.id in ("s1", "s5")}
    assert measured(ledger, ids)[Kind.STATEMENT].items == 2


def test_two_who_correct_agree_where_they_correct_to_the_same(ledger: Ledger) -> None:
    report = laid_out(ledger)
    for item, other in (("s1", "claims"), ("s2", "denies")):
        chosen(ledger, report, item, Verdict.CORRECTED, MEER, after={"stance": "claims"})
        chosen(ledger, report, item, Verdict.CORRECTED, QUILL, after={"stance": other})
    assert measured(ledger)[Kind.STATEMENT].agreed == 0.5


def test_what_is_undone_overtaken_or_decided_in_view_of_others_does_not_count(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s1", Verdict.REJECTED, MEER)
    chosen(ledger, report, "s1", Verdict.ACCEPTED, MEER)
    taken_back(ledger, chosen(ledger, report, "s1", Verdict.UNSURE, QUILL))
    assert measured(ledger)[Kind.STATEMENT].items == 0
    chosen(ledger, report, "s1", Verdict.ACCEPTED, QUILL, settles=True)
    assert measured(ledger)[Kind.STATEMENT].items == 0
    chosen(ledger, report, "s1", Verdict.ACCEPTED, QUILL)
    assert (measured(ledger)[Kind.STATEMENT].items, measured(ledger)[Kind.STATEMENT].agreed) == (1, 1.0)
