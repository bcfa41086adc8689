from __future__ import annotations

import pytest

from benchmarks import mentions
from benchmarks.names import NameCounts, TypedSpan, count, most_disjoint
from benchmarks.proper_names import holds_name, is_name, is_named, starts_sentence
from sayso.vocabulary import Span
from tests.floors.invented import spot

TEXT = (
    "Soldiers of the Norland Guard met Dr. Ana Lund in Ostra. Lund, who was late, thanked them. "
    "President Omar al-Sayid and the terrorists of Ostra fled to villages around Ostra. The guard followed. "
    "Marek's brother stayed with Ivo Marek."
)


@pytest.mark.parametrize(
    ("words", "holds", "whole", "named"),
    [
        ("the Norland Guard", True, True, True),
        ("Dr. Ana Lund", True, True, True),
        ("Lund, who was late", True, False, True),
        ("President Omar al-Sayid", True, True, True),
        ("villages around Ostra", True, False, False),
        ("the terrorists of Ostra", True, False, False),
        ("Marek's brother", True, False, False),
        ("Marek's", True, True, True),
        ("Soldiers", False, False, False),
        ("Soldiers of the Norland Guard", True, False, False),
        ("The guard", False, False, False),
        ("them", False, False, False),
    ],
)
def test_what_counts_as_a_name(words: str, holds: bool, whole: bool, named: bool) -> None:
    span = spot(TEXT, words)
    assert (holds_name(TEXT, span), is_name(TEXT, span), is_named(TEXT, span)) == (holds, whole, named)


@pytest.mark.parametrize(
    ("text", "word", "starts"),
    [
        ("It rained. Then", "Then", True),
        ("We met Dr. Lund", "Lund", False),
        ("Line\nNext", "Next", True),
        ('He said "Nobody', "Nobody", True),
        ("in Ostra", "Ostra", False),
        ("First", "First", True),
    ],
)
def test_where_a_capital_means_nothing(text: str, word: str, starts: bool) -> None:
    assert starts_sentence(text, text.index(word)) is starts


def name(start: int, end: int, kind: str = "PER") -> TypedSpan:
    return TypedSpan(Span(start, end), kind)


def test_strict_asks_for_span_and_type() -> None:
    counts = count([name(0, 5), name(10, 15, "ORG")], [name(0, 5), name(10, 15, "LOC"), name(20, 25)])
    assert (counts.gold, counts.predicted, counts.strict, counts.relaxed) == (2, 3, 1, 1)
    assert counts.strict_f1 == 40.0


def test_relaxed_pairs_each_name_once() -> None:
    counts = count([name(0, 9)], [name(0, 4), name(5, 9)])
    assert (counts.strict, counts.relaxed) == (0, 1)
    counts = count([name(0, 4), name(5, 9)], [name(0, 9)])
    assert counts.relaxed == 1


def test_the_ceiling_is_what_flat_names_can_reach() -> None:
    nested = [name(0, 20), name(0, 8), name(10, 20), name(10, 20, "LOC")]
    assert count(nested, []).attainable == 2
    assert count(nested, []).ceiling == 66.67


def test_the_largest_set_without_overlap() -> None:
    assert most_disjoint([Span(0, 10), Span(0, 3), Span(3, 6), Span(6, 10), Span(2, 4)]) == 3
    assert most_disjoint([]) == 0


def test_nothing_predicted_and_nothing_wanted_is_no_error() -> None:
    assert NameCounts().strict_f1 == 0.0


def test_counts_add_up_over_documents() -> None:
    one = count([name(0, 5)], [name(0, 5)])
    assert one + one == NameCounts(gold=2, predicted=2, strict=2, relaxed=2, attainable=2)


def test_demonyms_and_other_types_are_left_out() -> None:
    row = {
        "text": TEXT,
        "mentions": [
            {"start": 16, "end": 29, "type": "Organisation"},
            {"start": 0, "end": 8, "type": "Organisation"},
            {"start": 34, "end": 46, "type": "Weapon"},
        ],
    }
    counts = mentions.count_names(row, [name(16, 29, "ORG"), name(34, 46, "NAT")], is_name)
    assert counts["all"] == NameCounts(gold=1, predicted=1, strict=1, relaxed=1, attainable=1)
    assert counts["PER"] == NameCounts()
