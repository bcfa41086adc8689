"""What a ledger keeps of claims is what memory would hold, in whatever order reports come and go."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from sayso.ledger import Ledger
from sayso.ledger.derived.claims import TABLES, claim_moves
from sayso.ledger.numbers import numbers
from sayso.record import add
from sayso.record.findings import finding
from sayso.trace.claims import Known, MemoryIndex, Placement, asking, claims, settle, stored
from sayso.trace.claims.joining import claim_id
from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.quantities import quantities
from sayso.trace.claims.seeking import seek
from sayso.trace.claims.words import stems
from sayso.trace.embedding import rounded
from sayso.trace.following import follow
from sayso.vocabulary import (
    Claim,
    ClaimId,
    FindingKind,
    Polarity,
    ReaderVersion,
    Reading,
    Report,
    ReportId,
    StatementId,
    Tier,
)
from tests.trace.claims.telling import reading

_WORDS = "gate river mill bridge guard lamp stone winter grain ferry".split()
_HAND = ReaderVersion("hand", "1", "none")
Told = dict[ReportId, list[Known]]

said = st.tuples(st.integers(0, 2), st.floats(0, 1.5), st.lists(st.sampled_from(_WORDS), max_size=4))
reports = st.lists(st.tuples(st.integers(1, 28), st.lists(said, min_size=1, max_size=3)), min_size=2, max_size=7)


def text_of(number: int) -> str:
    return f"The harbour warehouse burned. It was report number {number} on it."


def known(report: ReportId, place: int, day: int, topic: int, drift: float, words: Sequence[str]) -> Known:
    axes = np.random.default_rng(7).standard_normal((4, 384))
    text = " ".join(("harbour warehouse burned", *words))
    proposition = Proposition(
        report=report,
        statement=StatementId(f"s{place + 1}"),
        moment=f"2020-05-{day:02}",
        text=text,
        stems=stems(text),
        actors=(("Northern Guard",),),
        places=(),
        days=(),
        numbers=quantities(text),
        negated=False,
        attitude=Polarity.AFFIRMS,
        place=place,
    )
    return Known(proposition, rounded(np.cos(drift) * axes[topic] + np.sin(drift) * axes[topic + 1])[0])


def filled(ledger: Ledger, count: int) -> dict[ReportId, str]:
    """The ids and texts of so many reports that nothing is derived of yet."""
    made = [Reading(Report(ReportId(f"n{n}"), text_of(n)), _HAND) for n in range(count)]
    ledger.add_readings(made)
    return {report.id: report.text for report in ledger.reports()}


def told(ids: Sequence[ReportId], drawn: Sequence[tuple[int, Sequence[tuple[int, float, list[str]]]]]) -> Told:
    return {
        id_: [known(id_, place, day, *one) for place, one in enumerate(several)]
        for id_, (day, several) in zip(ids, drawn, strict=False)
    }


def in_memory(statements: Told, window: int) -> tuple[Claim, ...]:
    index = MemoryIndex(window)
    for one in sorted((one for each in statements.values() for one in each), key=lambda one: one.proposition.order):
        index.keep(settle(index.add(one), index))
    return claims(index.placements())


def kept(connection: Connection, statements: Told) -> tuple[Claim, ...]:
    """All claims of a ledger, by their anchors' order."""
    ids = {id_ for report in statements for id_ in asking.claims_of(connection, report)}
    placed: list[Placement] = [each for id_ in sorted(ids) for each in asking.placements(connection, id_)]
    return claims(placed)


def rows(connection: Connection) -> int:
    tables = [table for table in TABLES if table is not claim_moves]
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=reports, window=st.integers(1, 6), fewer=st.integers(0, 2), mixed=st.randoms(use_true_random=False))
def test_the_ledger_holds_what_memory_would_in_any_order_of_coming_and_going(
    ledger: Ledger,
    drawn: list[tuple[int, list[tuple[int, float, list[str]]]]],
    window: int,
    fewer: int,
    mixed: random.Random,
) -> None:
    texts = filled(ledger, 7)
    ids = sorted(texts)
    statements = told(ids, drawn)
    order = list(statements)
    mixed.shuffle(order)
    with ledger.writing() as connection:
        number = numbers(connection, ids)
        for id_ in order:
            derived = stored.derived(statements[id_], texts[id_])
            stored.take_all(connection, [(number[id_], id_, derived)], window=window)
        assert kept(connection, statements) == in_memory(statements, window)
        for id_ in order[:fewer]:
            stored.drop(connection, number[id_], window=window)
            del statements[id_]
        assert kept(connection, statements) == in_memory(statements, window)
        for id_ in order[fewer:]:
            stored.drop(connection, number[id_], window=window)
        assert rows(connection) == 0


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=reports, window=st.integers(1, 6), first=st.integers(0, 4), mixed=st.randoms(use_true_random=False))
def test_reports_taken_in_together_stand_where_they_would_one_by_one(
    ledger: Ledger,
    drawn: list[tuple[int, list[tuple[int, float, list[str]]]]],
    window: int,
    first: int,
    mixed: random.Random,
) -> None:
    texts = filled(ledger, 7)
    ids = sorted(texts)
    statements = told(ids, drawn)
    order = list(statements)
    mixed.shuffle(order)
    with ledger.writing() as connection:
        number = numbers(connection, ids)
        for batch in (order[:first], order[first:]):
            taken = [(number[id_], id_, stored.derived(statements[id_], texts[id_])) for id_ in batch]
            stored.take_all(connection, taken, window=window)
        assert kept(connection, statements) == in_memory(statements, window)
        for id_ in order:
            stored.drop(connection, number[id_], window=window)
        assert rows(connection) == 0


FIRST = "Major Ulf Brandt said that the Northern Guard laid a mine under the bridge in Narvik on 3 March 2019."
AGAIN = "A mine was laid under the bridge in Narvik on 3 March 2019 by the Northern Guard, Governor Ida Holm said."
DENIAL = "The Northern Guard denied that it laid a mine under the bridge in Narvik on 3 March 2019."
OTHER = "Monitors said that five cases of shelling were recorded near Hamar on 4 May 2020."
CHECK = "https://checks.example/mine"


@pytest.fixture
def followed(ledger: Ledger) -> Ledger:
    """Four reports of the mine, the earliest added last, and one of something else; one of the four is a check."""
    add(ledger, [finding(FindingKind.CHECK, {"claim": FIRST, "verdict": "Nobody saw one", "url": CHECK})])
    for text, day, outlet, url in (
        (AGAIN, "2019-03-06", "Other Wire", None),
        (DENIAL, "2019-03-07", "Coast Post", None),
        (OTHER, "2020-05-05", "Coast Post", None),
        (FIRST, "2019-03-08", "Example Checks", CHECK),
        (FIRST, "2019-03-04", "Example Wire", None),
    ):
        ledger.add_readings([reading(text, day, outlet, url)])
        follow(ledger)
    return ledger


def mine(connection: Connection) -> Claim:
    """The claim that is nearest to a question about the mine."""
    found = asking.claim(connection, seek(connection, "a mine was laid under the bridge in Narvik")[0].claim)
    assert found is not None
    return found


def test_a_bare_question_finds_the_claim_whatever_its_year(followed: Ledger) -> None:
    with followed.looking() as connection:
        claim = mine(connection)
    assert len({member.report for member in claim.members}) == 4


def test_a_question_about_nothing_that_was_said_finds_nothing(followed: Ledger) -> None:
    with followed.looking() as connection:
        assert seek(connection, "the orchestra of Tarn will play in spring") == ()
        assert seek(connection, "…") == ()
        assert seek(connection, "") == ()


def test_who_denies_stands_beside_who_affirms_and_a_published_check_vouches_for_nothing(followed: Ledger) -> None:
    with followed.looking() as connection:
        claim = mine(connection)
    by_outlet = {followed.report(member.report).outlet: member.polarity for member in claim.members}
    assert by_outlet == {
        "Example Wire": Polarity.AFFIRMS,
        "Other Wire": Polarity.AFFIRMS,
        "Coast Post": Polarity.DENIES,
        "Example Checks": Polarity.REPORTS,
    }


def test_every_link_is_told_with_its_reasons(followed: Ledger) -> None:
    with followed.looking() as connection:
        claim = mine(connection)
    assert len(claim.links) == len(claim.members) - 1
    assert all(link.claim == claim.id and link.reasons for link in claim.links)


def test_a_claim_that_an_earlier_statement_which_came_late_takes_over_is_told_once(followed: Ledger) -> None:
    with followed.looking() as connection:
        claim = mine(connection)
        (move,) = asking.moves(connection, claim.id)
    first, second = claim.members[:2]
    assert (move.report, move.because) == (second.report, f"{first.report} {first.statement}")
    assert move.after == claim.id == claim_id(first.report, first.statement)
    assert move.before == claim_id(second.report, second.statement)


def test_a_report_tells_its_claims_and_an_unknown_one_none(followed: Ledger) -> None:
    with followed.looking() as connection:
        claim = mine(connection)
        assert claim.id in asking.claims_of(connection, claim.members[-1].report)
        assert asking.claims_of(connection, ReportId("r-" + 32 * "0")) == ()
        assert asking.claim(connection, ClaimId("c-" + 16 * "0")) is None
        assert asking.claim(connection, ClaimId("c-no such id")) is None


def test_a_deleted_anchor_leaves_the_others_one_claim_and_none_of_its_words(followed: Ledger) -> None:
    with followed.looking() as connection:
        first = mine(connection).members[0].report
    followed.forget(first, "order 7/26", "R. Meer")
    follow(followed)
    with followed.looking() as connection:
        claim = mine(connection)
        assert first not in {member.report for member in claim.members}
        assert len({member.report for member in claim.members}) == 3
        assert asking.claims_of(connection, first) == ()


def test_something_alike_that_differs_is_only_suggested(ledger: Ledger) -> None:
    for text, day in ((OTHER, "2020-05-05"), (OTHER.replace("five", "nine"), "2020-05-05")):
        ledger.add_readings([reading(text, day)])
    follow(ledger)
    with ledger.looking() as connection:
        found = seek(connection, "cases of shelling were recorded near Hamar")
        assert len(found) == 2
        offered = asking.suggestions(connection, found[0].claim)
    assert [link.claim for link in offered] == [found[1].claim]
    assert offered[0].tier is Tier.SUGGESTED
