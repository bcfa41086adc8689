"""Statements of the same proposition are one claim, look-alikes are not, and each member keeps what it does with it."""

from sayso.trace.claims import MemoryIndex, known, propositions, settle, suggestions, tie
from sayso.vocabulary import Polarity, Tier
from tests.trace.claims.telling import reading, said, together

MINE = "Major Ulf Brandt said that the Northern Guard laid a mine under the bridge in Narvik on 3 March 2019."
TALLY = "Monitors said that five cases of shelling were recorded near Hamar on 4 May 2020."


def test_the_same_words_from_two_outlets_are_one_claim() -> None:
    (claim,) = together(said(MINE, "2019-03-04"), said(MINE, "2019-03-05", "Other Wire"))
    assert [member.polarity for member in claim.members] == [Polarity.AFFIRMS] * 2
    assert claim.text == claim.members[0].text
    assert claim.links[0].tier is Tier.CONFIDENT
    assert any("Northern Guard" in reason for reason in claim.links[0].reasons)


def test_a_paraphrase_is_the_same_claim() -> None:
    other = "A mine was laid under the bridge in Narvik on 3 March 2019 by the Northern Guard, Governor Ida Holm said."
    assert len(together(said(MINE, "2019-03-04"), said(other, "2019-03-05"))) == 1


def test_a_name_in_another_spelling_is_the_same_claim() -> None:
    one = "Colonel Matti Ranta said that the Kulit Brigade seized the mill in Hamar on 4 May 2020."
    other = "Colonel Matti Ranta said that the Kulyt Brigade seized the mill in Hamar on 4 May 2020."
    assert len(together(said(one, "2020-05-05"), said(other, "2020-05-05"))) == 1


def test_the_same_tally_of_another_day_is_another_claim() -> None:
    other = TALLY.replace("4 May", "9 May")
    assert tie(said(TALLY, "2020-05-04"), said(other, "2020-05-09")) is None
    assert len(together(said(TALLY, "2020-05-04"), said(other, "2020-05-09"))) == 2


def test_the_same_tally_in_the_past_24_hours_of_another_day_is_another_claim() -> None:
    text = "Monitors said that five cases of shelling were recorded near Hamar in the past 24 hours."
    assert len(together(said(text, "2020-05-04"), said(text, "2020-05-14"))) == 2


def test_the_same_accusation_about_another_town_is_another_claim() -> None:
    assert len(together(said(MINE, "2019-03-04"), said(MINE.replace("Narvik", "Hamar"), "2019-03-04"))) == 2


def test_another_number_is_offered_to_a_person_and_never_merged() -> None:
    other = said(TALLY.replace("five", "nine"), "2020-05-04")
    first = said(TALLY, "2020-05-04", "Other Wire")
    assert len(together(first, other)) == 2
    index = MemoryIndex()
    for statement in (first, other):
        index.keep(settle(index.add(statement), index))
    (offered,) = suggestions(index.ref(other), index)
    assert offered.tier is Tier.SUGGESTED
    assert any("other numbers: " in reason for reason in offered.reasons)


def test_another_doer_is_never_merged() -> None:
    assert (
        len(together(said(MINE, "2019-03-04"), said(MINE.replace("Northern Guard", "Lowland Union"), "2019-03-04")))
        == 2
    )


def test_a_denial_is_a_member_that_denies() -> None:
    denial = "The Northern Guard denied that it laid a mine under the bridge in Narvik on 3 March 2019."
    (claim,) = together(said(MINE, "2019-03-04"), said(denial, "2019-03-05"))
    assert [member.polarity for member in claim.members] == [Polarity.AFFIRMS, Polarity.DENIES]
    assert "denied" in claim.members[1].why[0]


def test_saying_the_contrary_denies_the_claim() -> None:
    contrary = (
        "Governor Ida Holm said that the Northern Guard did not lay a mine under the bridge in Narvik on 3 March 2019."
    )
    (claim,) = together(said(MINE, "2019-03-04"), said(contrary, "2019-03-05"))
    assert [member.polarity for member in claim.members] == [Polarity.AFFIRMS, Polarity.DENIES]
    assert claim.links[0].opposite


def test_who_doubts_neither_affirms_nor_denies() -> None:
    doubt = "Governor Ida Holm doubted that the Northern Guard laid a mine under the bridge in Narvik on 3 March 2019."
    (claim,) = together(said(MINE, "2019-03-04"), said(doubt, "2019-03-05"))
    assert claim.members[1].polarity is Polarity.DOUBTS


def test_a_published_check_repeats_what_it_judges_and_vouches_for_nothing() -> None:
    url = "https://checks.example/mine"
    found = reading(MINE, "2019-04-01", "Example Checks", url)
    assert {item.attitude for item in propositions(found, checks={url})} == {Polarity.REPORTS}
    assert Polarity.AFFIRMS in {item.attitude for item in propositions(found)}


def test_demands_and_questions_put_no_proposition() -> None:
    found = reading("Governor Ida Holm demanded that the Northern Guard leave the bridge in Narvik.", "2019-03-04")
    demands = {statement.id for statement in found.statements if statement.stance == "demands"}
    assert demands
    assert demands.isdisjoint(item.statement for item in propositions(found))


def test_a_reading_without_statements_gives_no_claims() -> None:
    assert together(*known(propositions(reading("Monday.", "2019-03-04")))) == ()
