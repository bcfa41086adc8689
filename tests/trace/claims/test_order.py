"""Claims depend on what is known, not on how it came in; what a late arrival moves is told."""

import random
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.trace.claims import Known, MemoryIndex, Placement, claims, joined, settle
from sayso.trace.claims.joining import WINDOW, leaving, mended
from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.quantities import quantities
from sayso.trace.claims.words import stems
from sayso.trace.embedding import rounded
from sayso.vocabulary import Polarity, ReportId, StatementId

_WORDS = "gate river mill bridge guard lamp stone winter grain ferry".split()


def statement(number: int, day: int, topic: int, drift: float, words: Sequence[str]) -> Known:
    """A statement whose embedding lies off its topic's by a drift; several lie between two topics."""
    axes = np.random.default_rng(7).standard_normal((4, 384))
    axis = np.cos(drift) * axes[topic] + np.sin(drift) * axes[topic + 1]
    text = " ".join(("harbour", "warehouse", "burned", *words))
    proposition = Proposition(
        report=ReportId(f"r{number}"),
        statement=StatementId("s1"),
        moment=f"2020-05-{day:02}",
        text=text,
        stems=stems(text),
        actors=(("Northern Guard",),),
        places=(),
        days=(),
        numbers=quantities(text),
        negated=False,
        attitude=Polarity.AFFIRMS,
    )
    return Known(proposition, rounded(axis)[0])


several = st.lists(
    st.tuples(st.integers(1, 28), st.integers(0, 2), st.floats(0, 1.5), st.lists(st.sampled_from(_WORDS), max_size=4)),
    min_size=2,
    max_size=14,
).map(lambda drawn: [statement(number, *given) for number, given in enumerate(drawn)])
windows = st.integers(1, 6)


def one_by_one(statements: Sequence[Known], window: int = WINDOW) -> tuple[MemoryIndex, list[tuple[Placement, ...]]]:
    index, told = MemoryIndex(window), []
    for known in statements:
        told.append(settle(index.add(known), index))
        index.keep(told[-1])
    return index, told


def in_order(statements: Sequence[Known]) -> list[Known]:
    return sorted(statements, key=lambda known: known.proposition.order)


def where(placements: Sequence[Placement]) -> dict[str, str]:
    return {placement.known.proposition.report: placement.claim for placement in placements}


@settings(deadline=None, max_examples=60)
@given(several)
def test_a_batch_is_what_comes_of_one_by_one_in_order(statements: list[Known]) -> None:
    index, _ = one_by_one(in_order(statements))
    assert claims(index.placements()) == claims(joined(statements))


@settings(deadline=None, max_examples=200)
@given(several, windows, st.randoms(use_true_random=False))
def test_any_order_of_arrival_ends_in_the_same_claims_however_short_the_windows(
    statements: list[Known], window: int, drawn: random.Random
) -> None:
    shuffled = list(statements)
    drawn.shuffle(shuffled)
    ordered, _ = one_by_one(in_order(statements), window)
    index, _ = one_by_one(shuffled, window)
    assert claims(index.placements()) == claims(ordered.placements())


@settings(deadline=None, max_examples=200)
@given(several, windows, st.integers(1, 3), st.randoms(use_true_random=False))
def test_what_is_taken_out_leaves_the_claims_as_if_it_had_never_come(
    statements: list[Known], window: int, fewer: int, drawn: random.Random
) -> None:
    shuffled = list(statements)
    drawn.shuffle(shuffled)
    index, _ = one_by_one(shuffled, window)
    stood = where(index.placements())
    for known in shuffled[:fewer]:
        leave = leaving(index.ref(known), index)
        index.take_out(index.ref(known))
        for placement in mended(leave, index):
            assert placement.before == stood[placement.known.proposition.report]
            stood[placement.known.proposition.report] = placement.claim
            index.keep([placement])
    never, _ = one_by_one(in_order(shuffled[fewer:]), window)
    assert claims(index.placements()) == claims(never.placements())


@settings(deadline=None, max_examples=60)
@given(several, st.randoms(use_true_random=False))
def test_every_move_is_told_with_where_the_statement_stood_before(
    statements: list[Known], drawn: random.Random
) -> None:
    shuffled = list(statements)
    drawn.shuffle(shuffled)
    index, told = one_by_one(shuffled)
    stood: dict[str, str] = {}
    for placements in told:
        for placement in placements:
            report = placement.known.proposition.report
            assert placement.before == stood.get(report)
            stood[report] = placement.claim
    assert stood == where(index.placements())


@settings(deadline=None, max_examples=30)
@given(several)
def test_arriving_in_time_nothing_is_ever_moved(statements: list[Known]) -> None:
    _, told = one_by_one(in_order(statements))
    assert all(len(placements) == 1 for placements in told)


def test_a_late_but_earlier_statement_anchors_the_claim_and_draws_the_others() -> None:
    early, late = statement(1, 2, 0, 0.0, ["gate"]), statement(2, 9, 0, 0.0, ["gate"])
    index, told = one_by_one([late, early])
    assert [placement.known.proposition.report for placement in told[1]] == ["r1", "r2"]
    assert told[1][1].before == told[0][0].claim
    assert len(set(where(index.placements()).values())) == 1


def test_likeness_does_not_run_along_a_chain() -> None:
    # Each lies near the one before it, the last far from the first.
    chain = [statement(number, number + 1, 0, 0.35 * number, []) for number in range(5)]
    assert len(set(where(joined(chain)).values())) > 1
