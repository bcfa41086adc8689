"""Speakers and the others of a report: names, roles, pronouns, aliases, labels."""

from sayso import read
from sayso.vocabulary import ActorKind, SpeakerKind
from tests.read.asking import about, actor, speaker

STORY = (
    "“The channel stays open,” the deputy head of the Port Authority, Captain Ilse Maran, said on Friday. "
    "She added that two barges had been moved. “We will not wait,” Maran said."
)


def test_pronouns_and_short_names_are_one_speaker() -> None:
    reading = read(STORY)
    assert {speaker(reading, words) for words in ("channel stays open", "barges had been moved", "not wait")} == {
        "Ilse Maran"
    }


def test_roles_are_kept_as_written() -> None:
    roles = [role.text for role in actor(read(STORY), "Ilse Maran").roles]
    assert any("Captain" in role for role in roles)


def test_a_pronoun_is_never_the_speaker() -> None:
    reading = read("He said that the gate was shut.")
    said = about(reading, "gate was shut")
    assert said.speaker.kind is SpeakerKind.UNKNOWN
    assert said.speaker.text == "He"


def test_a_pronoun_goes_with_the_person_of_its_gender() -> None:
    reading = read("Mr. Per Holm met Mrs. Ida Lund in Tarn on Monday. She said that the gate was shut.")
    assert speaker(reading, "gate was shut") == "Ida Lund"


def test_a_group_is_resolved_by_its_pronoun() -> None:
    reading = read("The River Watch published its count on Monday. It said that the water was clean.")
    assert speaker(reading, "water was clean") == "River Watch"


def test_capitals_that_speak_for_their_governments_are_states() -> None:
    reading = read("In July 1914 Vienna accused Belgrade of sheltering the plotters. Belgrade rejected the charge.")
    assert actor(reading, "Vienna").kind is ActorKind.STATE
    assert about(reading, "sheltering the plotters").speaker.actor == actor(reading, "Vienna").id
    assert speaker(reading, "the charge") == "Belgrade"


def test_labels_are_kept_apart_from_names_and_with_their_author() -> None:
    reading = read(
        "The so-called Coast Volunteers met in Tarn. "
        "“These terrorists of the Net League closed the harbour,” Captain Ilse Maran said."
    )
    labels = {label.text: label.by for a in reading.actors for label in a.labels}
    assert labels["so-called"] == "outlet"
    assert labels["terrorists"] == about(reading, "closed the harbour").id
    assert not any("so-called" in a.name for a in reading.actors)


def test_unnamed_sources_are_actors_by_their_description() -> None:
    reading = read("A military source said that the bridge had been closed. Two officials confirmed the report.")
    assert speaker(reading, "bridge had been closed") == "A military source"
