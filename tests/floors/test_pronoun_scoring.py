from __future__ import annotations

from typing import Any

import pytest

from benchmarks import mentions, pronouns
from benchmarks.pronouns import GoldMention, Verdict
from sayso.vocabulary import Actor, Span
from tests.floors.invented import actor, reading, spot

TEXT = (
    "They waited. We met Ana Lund and Ivo Marek. Lund said she would go. Marek said his dog was ill. "
    "At Harbour Trust the board met; it said the pier would close."
)
ROWS: list[dict[str, Any]] = [
    {"words": "They", "type": "person", "chain": "9"},
    {"words": "Ana Lund", "type": "person", "chain": "1"},
    {"words": "Ivo Marek", "type": "person", "chain": "2"},
    {"words": "Lund", "nth": 1, "type": "person", "chain": "1"},
    {"words": "she", "type": "person", "chain": "1"},
    {"words": "Marek", "nth": 1, "type": "person", "chain": "2"},
    {"words": "his", "type": "person", "chain": "2"},
    {"words": "his dog", "type": "animal", "chain": "7"},
    {"words": "Harbour Trust", "type": "organization", "chain": "3"},
    {"words": "it", "type": "organization", "chain": "3"},
]


def at(words: str, nth: int = 0) -> Span:
    return spot(TEXT, words, nth)


def gold() -> list[GoldMention]:
    rows = []
    for row in ROWS:
        span = _lone_it() if row["words"] == "it" else at(row["words"], row.get("nth", 0))
        rows.append({"start": span.start, "end": span.end, "type": row["type"], "chain": row["chain"]})
    return pronouns.gold_mentions(TEXT, rows)


def _lone_it() -> Span:
    start = TEXT.index("; it said") + 2
    return Span(start, start + 2)


LUND = actor("a1", "Ana Lund", names=["Ana Lund", "Lund"], mentions=[at("Ana Lund"), at("Lund", 1), at("she")])
MAREK = actor("a2", "Ivo Marek", names=["Ivo Marek", "Marek"], mentions=[at("Ivo Marek"), at("Marek", 1), at("his")])
TRUST = actor("a3", "Harbour Trust", mentions=[at("Harbour Trust"), _lone_it()])


def verdicts(*actors: Actor) -> dict[str, Verdict]:
    return {answer.form: answer.verdict for answer in pronouns.answers(reading(TEXT, actors=actors), gold())}


def test_pronouns_without_an_earlier_name_are_not_asked() -> None:
    assert [mention.span.of(TEXT) for mention in pronouns.asked(TEXT, gold())] == ["she", "his", "it"]


def test_the_right_actors_are_right() -> None:
    assert set(verdicts(LUND, MAREK, TRUST).values()) == {Verdict.RIGHT}


def test_a_pronoun_nobody_holds_is_open() -> None:
    assert verdicts(LUND, MAREK)["it"] is Verdict.OPEN


def test_a_pronoun_of_somebody_else_is_wrong() -> None:
    thief = actor("a2", "Ivo Marek", mentions=[at("Ivo Marek"), at("she")])
    assert verdicts(thief)["she"] is Verdict.WRONG


def test_an_actor_into_which_everybody_was_thrown_wins_nothing() -> None:
    everybody = actor(
        "a1",
        "Ana Lund",
        names=["Ana Lund", "Ivo Marek"],
        mentions=[at("Ana Lund"), at("Ivo Marek"), at("she"), at("his")],
    )
    assert verdicts(everybody) == {"she": Verdict.WRONG, "his": Verdict.WRONG, "it": Verdict.OPEN}


def test_a_name_that_comes_later_does_not_help() -> None:
    late = actor("a1", "Ivo Marek", names=["Marek"], mentions=[at("she"), at("Marek", 1)])
    assert verdicts(late)["she"] is Verdict.WRONG


def test_a_pronoun_two_actors_hold_is_wrong() -> None:
    other = actor("a4", "Ivo Marek", mentions=[at("Ivo Marek"), at("she")])
    assert verdicts(LUND, other)["she"] is Verdict.WRONG


def test_a_name_inside_a_longer_gold_name_belongs_to_its_chain() -> None:
    short = actor("a2", "Marek", mentions=[Span(at("Ivo Marek").start + 4, at("Ivo Marek").end), at("his")])
    assert verdicts(short)["his"] is Verdict.RIGHT


def test_an_actor_without_a_name_mention_is_wrong() -> None:
    assert verdicts(actor("a1", "the woman", mentions=[at("she")]))["she"] is Verdict.WRONG


@pytest.mark.parametrize(("form", "right"), [("she", True), ("his", True), ("it", True)])
def test_the_trivial_answer_takes_the_nearest_fitting_name(form: str, right: bool) -> None:
    answers = {answer.form: answer.trivial for answer in pronouns.answers(reading(TEXT), gold())}
    assert answers[form] is right


def test_figures_and_breakdown_count_by_type_and_form() -> None:
    found = pronouns.answers(reading(TEXT, actors=[LUND, TRUST]), gold())
    values = {figure.name: figure.value for figure in mentions.pronoun_figures(found)}
    assert values == {
        "pronouns_right": 66.67,
        "pronouns_person": 50.0,
        "pronouns_organisation": 100.0,
        "pronouns_trivial": 100.0,
    }
    rows = {row[0]: row[1:] for row in mentions.pronoun_breakdown(found).rows}
    assert rows["his (person)"] == (1, 0, 0, 1, 1, 0.0)
    assert rows["it (organization)"] == (1, 1, 0, 0, 1, 100.0)
