"""Numbers of people and what happened to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.counts import counts
from sayso.read.sentences import sentences
from sayso.vocabulary import Count


def read(text: str) -> tuple[Count, ...]:
    return counts(text, sentences(text))


def told(text: str) -> list[tuple[str, int, int | None, str]]:
    return [(str(count.harm), count.low, count.high, str(count.who)) for count in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five soldiers were killed.", [("killed", 5, 5, "soldiers")]),
        ("A policeman was shot dead near the bridge.", [("killed", 1, 1, "police")]),
        ("Two women and a child died.", [("killed", 2, 2, "women"), ("killed", 1, 1, "children")]),
        ("A blast hit the market, killing four.", [("killed", 4, 4, "people")]),
        ("20 others were wounded.", [("injured", 20, 20, "people")]),
        ("The death toll rose to 31.", [("killed", 31, 31, "people")]),
        ("The toll rose from 5 to 9.", [("killed", 9, 9, "people")]),
        ("The blast left 3 dead and 10 injured.", [("killed", 3, 3, "people"), ("injured", 10, 10, "people")]),
        ("The bodies of three men were found.", [("killed", 3, 3, "men")]),
        ("An unidentified body was found.", [("killed", 1, 1, "people")]),
        ("A soldier was wounded.", [("injured", 1, 1, "soldiers")]),
        ("The raid ended after wounding the mayor.", [("injured", 1, 1, "officials")]),
        ("His wife and two daughters were killed.", [("killed", 1, 1, "women"), ("killed", 2, 2, "women")]),
        ("The flood claimed 12 lives.", [("killed", 12, 12, "people")]),
        ("The fire claimed the lives of five workers.", [("killed", 5, 5, "civilians")]),
        ("The killing of 5 workers shocked the town.", [("killed", 5, 5, "civilians")]),
        ("There were 7 deaths.", [("killed", 7, 7, "people")]),
        ("12 dead, 30 wounded", [("killed", 12, 12, "people"), ("injured", 30, 30, "people")]),
        ("12 dead 30 wounded", [("killed", 12, 12, "people"), ("injured", 30, 30, "people")]),
        ("Two villagers were beaten to death.", [("killed", 2, 2, "civilians")]),
        ("Gunmen hacked a farmer to death.", [("killed", 1, 1, "civilians")]),
        ("Three troopers sustained bullet injuries.", [("injured", 3, 3, "soldiers")]),
        ("Two of them succumbed to their injuries.", [("killed", 2, 2, "people")]),
        ("Rebels abducted six villagers.", [("abducted", 6, 6, "civilians")]),
        ("Police arrested four men.", [("arrested", 4, 4, "men")]),
        ("Eight sailors went missing.", [("missing", 8, 8, "soldiers")]),
        ("Rebels freed three hostages.", [("freed", 3, 3, "people")]),
        ("Two drivers escaped unhurt.", [("unharmed", 2, 2, "civilians")]),
        ("About 200 people fled their homes.", [("displaced", 180, 220, "people")]),
        ("Between 30 and 40 people were injured.", [("injured", 30, 40, "people")]),
        ("Three police officers were killed.", [("killed", 3, 3, "police")]),
        ("Anna Berg, a nurse, was killed.", [("killed", 1, 1, "medics")]),
        ("Rebels killed Anna Berg and Lars Holm.", [("killed", 1, 1, "people"), ("killed", 1, 1, "people")]),
    ],
)
def test_a_number_is_tied_to_people_and_what_happened_to_them(
    text: str, expected: list[tuple[str, int, int | None, str]]
) -> None:
    assert told(text) == expected


def test_active_and_passive_tell_the_same() -> None:
    active = told("The bomb killed three soldiers and two civilians.")
    assert active == told("Three soldiers and two civilians were killed by the bomb.")
    assert active == [("killed", 3, 3, "soldiers"), ("killed", 2, 2, "civilians")]


def test_those_who_harm_are_not_those_harmed() -> None:
    assert told("Ten gunmen killed two farmers.") == [("killed", 2, 2, "civilians")]


def test_each_of_several_verbs_has_its_own_people() -> None:
    assert told("Shells killed two and wounded five.") == [("killed", 2, 2, "people"), ("injured", 5, 5, "people")]
    assert told("Two guards were killed and three injured.") == [
        ("killed", 2, 2, "people"),
        ("injured", 3, 3, "people"),
    ]


def test_others_are_of_the_kind_of_those_before_them() -> None:
    assert told("A mine killed two soldiers and wounded five others.") == [
        ("killed", 2, 2, "soldiers"),
        ("injured", 5, 5, "soldiers"),
    ]


def test_verbs_joined_by_and_share_their_people() -> None:
    assert told("Two clerks were abducted and killed.") == [
        ("abducted", 2, 2, "civilians"),
        ("killed", 2, 2, "civilians"),
    ]


def test_parts_are_counted_beside_their_whole() -> None:
    assert told("At least 58 civilians, including 12 children, were killed.") == [
        ("killed", 58, None, "civilians"),
        ("killed", 12, 12, "children"),
    ]


def test_among_them_opens_parts_too() -> None:
    assert told("Between 30 and 40 people, among them six women, were killed.") == [
        ("killed", 30, 40, "people"),
        ("killed", 6, 6, "women"),
    ]


def test_names_and_descriptions_of_counted_people_are_not_counted_again() -> None:
    assert told("Two men, identified as Lars Holm and Per Dahl, were killed.") == [("killed", 2, 2, "men")]
    assert told("Two men, a driver and a cook, were killed.") == [("killed", 2, 2, "men")]
    assert told("Bandits killed Lars Holm, a baker.") == [("killed", 1, 1, "people")]


def test_capitals_and_damaged_text_are_read_too() -> None:
    assert told("TWO SOLDIERS WERE KILLED AND FIVE WERE WOUNDED") == [
        ("killed", 2, 2, "soldiers"),
        ("injured", 5, 5, "people"),
    ]
    assert told("the blast killed five people and wounded ten others") == [
        ("killed", 5, 5, "people"),
        ("injured", 10, 10, "people"),
    ]


def test_nobody_is_a_count_of_zero() -> None:
    assert told("No one was killed.") == [("killed", 0, 0, "people")]
    assert told("No casualties were reported.") == [("injured", 0, 0, "people"), ("killed", 0, 0, "people")]


def test_what_only_may_have_happened_may_be_nobody() -> None:
    assert told("Five miners may have been killed.") == [("killed", 0, 5, "civilians")]


@pytest.mark.parametrize(
    "text",
    [
        "They threatened to kill two men.",
        "A quake could kill 300 people.",
        "The three drivers were not hurt.",
        "Neither driver was injured.",
        "The plan was to kill five judges.",
        "Troops will arrest ten men.",
        "A storm killed eight cows.",
        "The party killed the bill.",
        "The rebels were killing people.",
        "He was sentenced to death.",
        "Five soldiers crossed the bridge.",
    ],
)
def test_what_did_not_happen_to_people_is_no_count(text: str) -> None:
    assert told(text) == []


def test_spans_point_at_the_number_the_people_and_the_harm() -> None:
    text = "Officials said at least 58 elderly civilians were killed."
    (count,) = read(text)
    assert count.span.of(text) == count.text == "at least 58"
    assert count.who_span is not None
    assert count.harm_span is not None
    assert count.who_span.of(text) == "elderly civilians"
    assert count.harm_span.of(text) == "killed"


_WORDS = (
    "two 58 a the at least soldiers policeman women Anna Berg killed were was and , . including wounding others not to "
    "kill of bodies ( ) who may have been toll rose injured no casualties family - shot dead died"
).split()


@given(st.lists(st.sampled_from(_WORDS), max_size=60))
def test_counts_are_ranges_within_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found = read(text)
    assert all(count.span.of(text) == count.text and count.text for count in found)
    assert all(count.high is None or 0 <= count.low <= count.high for count in found)
    assert all(0 <= span.start < span.end <= len(text) for c in found for span in (c.who_span, c.harm_span) if span)
    assert list(found) == sorted(found, key=lambda count: count.span)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    read(text)
