"""The overall figures of a report."""

import pytest

from sayso.read.counts import Range, class_totals, counts, totals
from sayso.read.sentences import sentences
from sayso.vocabulary import Harm, People


def overall(text: str) -> dict[str, Range]:
    return {str(harm): figure for harm, figure in totals(counts(text, sentences(text)), text).items()}


def by_class(text: str) -> dict[tuple[Harm, People], Range]:
    return class_totals(counts(text, sentences(text)), text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Three soldiers and two civilians were killed.", 5, 5),
        ("At least 58 people were killed, including 12 children.", 58, None),
        ("Four clerks were killed. The four victims were killed at noon.", 4, 4),
        ("Four clerks were killed. Another clerk was killed in a second village.", 5, 5),
        ("Five policemen were killed. Two rebels were killed when the police fired back.", 7, 7),
        ("Police found three bodies after gunmen killed three men.", 3, 3),
        ("A man was killed. He was beaten to death.", 1, 1),
        ("Three people were killed. Four people were killed, the mayor said.", 3, 4),
        ("Ten people were killed.\n\nAnother man, a baker, was killed at home.", 10, 10),
        ("Anna Berg was shot by bandits who killed a guard. Anna Berg was killed at once.", 1, 1),
    ],
)
def test_groups_add_up_and_repeats_and_parts_do_not(text: str, low: int, high: int | None) -> None:
    assert overall(text)["killed"] == Range(low, high)


def test_each_harm_has_its_own_total() -> None:
    text = "Two guards were killed and five others injured. One driver was also injured."
    assert overall(text) == {"killed": Range(2, 2), "injured": Range(6, 6)}


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested a man in connection with the killing of seven clerks.",
        "He was accused of killing two guards.",
        "The strike followed protests against the killing of a miner.",
        "He led the raid in 2004, in which 16 guards were killed in 2004.",
        "More than 300 people have been killed so far this year.",
    ],
)
def test_what_is_only_recalled_is_no_total(text: str) -> None:
    assert "killed" not in overall(text)


def test_a_mere_plural_counts_only_where_nothing_else_does() -> None:
    assert overall("Civilians were killed.") == {"killed": Range(2, None)}
    assert overall("Civilians were killed. Six people were killed, a medic said.") == {"killed": Range(6, 6)}


def test_parts_make_the_totals_by_class() -> None:
    found = by_class("Ten people, including four children and a woman, were killed and two soldiers were injured.")
    assert found[Harm.KILLED, People.CHILDREN] == Range(4, 4)
    assert found[Harm.KILLED, People.WOMEN] == Range(1, 1)
    assert found[Harm.INJURED, People.SOLDIERS] == Range(2, 2)


def test_a_text_without_counts_has_no_totals() -> None:
    assert totals((), "") == {}
    assert class_totals((), "It rained.") == {}
