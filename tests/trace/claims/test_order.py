"""Claims depend on what is known, not on how it came in; what a late arrival moves is told."""

import random
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.trace.claims import Known, MemoryIndex, Placement, claims, joined, settle
from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.quantities import quantities
from sayso.trace.claims.words import stems
from sayso.vocabulary import Polarity, ReportId, StatementId

_WORDS = "gate river mill bridge guard lamp stone winter grain ferry".split()


def statement(number: int, day: int, topic: int, drift: float, words: Sequence[str]) -> Known:
    """A statement whose embedding lies off its topic's by a drift; several lie between two topics."""
    axis = np.zeros(384)
    axis[topic], axis[topic + 1] = np.cos(drift), np.sin(drift)
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
    return Known(proposition, axis.astype(np.float16))


several = st.lists(
    st.tuples(st.integers(1, 28), st.integers(0, 2), st.floats(0, 1.5), st.lists(st.sampled_from(_WORDS), max_size=4)),
    min_size=2,
    max_size=14,
).map(lambda drawn: [statement(number, *given) for number, given in enumerate(drawn)])


def one_by_one(statements: Sequence[Known]) -> tuple[MemoryIndex, list[tuple[Placement, ...]]]:
    index, told = MemoryIndex(), []
    for known in statements:
        index.add(known)
        told.append(settle(known, index))
        index.keep(told[-1])
    return index, told


def where(placements: Sequence[Placement]) -> dict[str, str]:
    return {placement.known.proposition.report: placement.claim for placement in placements}


@settings(deadline=None, max_examples=60)
@given(several, st.randoms(use_true_random=False))
def test_any_order_of_arrival_ends_in_the_same_claims(statements: list[Known], drawn: random.Random) -> None:
    batch = joined(statements)
    shuffled = list(statements)
    drawn.shuffle(shuffled)
    index, _ = one_by_one(shuffled)
    assert claims(index.placements()) == claims(batch)


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
    _, told = one_by_one(sorted(statements, key=lambda known: known.proposition.order))
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
