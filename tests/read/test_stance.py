"""What a cue does with its content, how firmly, and whether it is yet to come."""

import pytest

from sayso.read.stance import about_future, certainty, stance
from sayso.vocabulary import Confidence, Span, Stance, passage


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "the bridge is safe", Stance.SAYS),
        ("denied allegations that", "the army shelled the town", Stance.DENIES),
        ("strongly rejected by", "the charge", Stance.DENIES),
        ("failed to deny", "that barges had been moved", Stance.SAYS),
        ("did not deny", "that barges had been moved", Stance.SAYS),
        ("stopped short of denying", "the report", Stance.SAYS),
        ("has repeatedly accused", "the ministry of lying", Stance.ACCUSES),
        ("blamed", "the council for the flood", Stance.ACCUSES),
        ("has warned", "that the dam may fail", Stance.WARNS),
        ("claims", "to be a charity", Stance.CLAIMS),
        ("confirmed", "the deaths", Stance.CONFIRMS),
        ("vowed", "to rebuild", Stance.PROMISES),
        ("threatened", "to leave", Stance.THREATENS),
        ("called on", "both sides to stop", Stance.DEMANDS),
        ("urged", "people to stay home", Stance.DEMANDS),
        ("asked", "whether it was true", Stance.ASKS),
        ("plans", "to close the port", Stance.PLANS),
        ("believes", "the talks will fail", Stance.BELIEVES),
        ("said", "the council bears primary responsibility for the flood", Stance.ACCUSES),
    ],
)
def test_the_stance_of_a_cue(cue: str, content: str, expected: Stance) -> None:
    assert stance(cue, content) is expected


def test_is_known_for_is_the_outlet_asserting() -> None:
    assert stance("are known for", "their part in the strike", sourceless=True) is Stance.ASSERTS


@pytest.mark.parametrize(
    ("content", "future"),
    [
        ("rebels are preparing to attack the town", True),
        ("the council will vote on Monday", True),
        ("they plan to leave", True),
        ("the council voted on Monday", False),
        ("he was willing and able", False),
    ],
)
def test_the_future_is_told_from_the_past(content: str, future: bool) -> None:
    assert about_future(Stance.SAYS, content) is future


def certain(text: str, found: Stance = Stance.SAYS) -> tuple[Confidence, list[str]]:
    result = certainty(text, found, passage(text, ()), passage(text, (Span(0, len(text)),)))
    return result.value, [span.of(text) for span in result.spans]


def test_hedges_are_pointed_at() -> None:
    assert certain("the dam may have failed, allegedly") == (Confidence.HEDGED, ["may", "allegedly"])


def test_the_month_of_may_is_no_hedge() -> None:
    assert certain("the dam failed on 12 May and in May 2019") == (Confidence.STATED, [])


def test_a_negated_main_clause_is_pointed_at() -> None:
    assert certain("the planes had not struck the town") == (Confidence.NEGATED, ["not"])
    assert certain("the planes struck the town because nobody did not stop them")[0] is Confidence.STATED


def test_a_denial_negates_with_its_own_words() -> None:
    text = "The mayor denied the charge"
    found = certainty(text, Stance.DENIES, passage(text, (Span(10, 16),)), passage(text, (Span(17, 27),)))
    assert (found.value, found.spans) == (Confidence.NEGATED, (Span(10, 16),))
