"""A real wire story of the kind Sayso is for, kept outside the repository; nothing in the package knows it."""

from pathlib import Path

import pytest

from sayso import read
from sayso.vocabulary import Form, Reading, SpeakerKind, Stance, Statement
from tests.read.asking import about, actor, speaker

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "acceptance" / "article.txt"


@pytest.fixture(scope="module")
def story() -> Reading:
    if not ARTICLE.exists():
        pytest.skip("the story is not part of the repository and not beside it")
    return read(ARTICLE.read_text(encoding="utf-8"), published="2022-08-20")


def by(reading: Reading, name: str) -> list[Statement]:
    chosen = actor(reading, name)
    return [s for s in reading.statements if s.speaker.actor == chosen.id]


def test_the_officers_quotation_and_both_short_names_are_one_mans(story: Reading) -> None:
    said = by(story, "Yegorov")
    assert len([s for s in said if s.parent is None]) >= 3
    assert speaker(story, "five counts of shelling") == speaker(story, "a Syrian soldier was also wounded")
    assert about(story, "five counts of shelling").source.text == "He"


def test_the_centres_information_has_an_origin_without_a_name(story: Reading) -> None:
    inner = about(story, "preparing to record a staged video")
    last = inner.chain[-1]
    assert last.actor is None
    assert "received information" in last.text
    names = [a.name for link in inner.chain for a in story.actors if a.id == link.actor]
    assert "Yegorov" in names[0]
    assert "Center" in names[1]


def test_a_self_description_an_accusation_and_its_rejection_are_three_speakers(story: Reading) -> None:
    itself = speaker(story, "to be a humanitarian NGO")
    accuser = next(s for s in story.statements if s.stance is Stance.ACCUSES and "Washington" in s.source.text)
    denier = next(s for s in story.statements if s.stance is Stance.DENIES and "Syrian government" in s.source.text)
    names = {a.id: a.name for a in story.actors}
    assert "White Helmets" in itself
    assert names[accuser.speaker.actor or actor(story, "x").id] == "Washington"
    assert len({itself, names.get(accuser.speaker.actor or story.actors[0].id), denier.source.text}) == 3


def test_the_lead_is_the_outlets_own_voice_hedged(story: Reading) -> None:
    lead = story.statements[0]
    assert lead.speaker.kind is SpeakerKind.OUTLET
    assert lead.form is Form.VOICE
    assert lead.certainty.value == "hedged"
    assert "reportedly" in [span.of(story.report.text) for span in lead.certainty.spans]


def test_three_statements_of_one_official_are_his(story: Reading) -> None:
    assert len([s for s in by(story, "Patrushev") if s.parent is None]) == 3


def test_labels_have_their_authors(story: Reading) -> None:
    labels = {(label.text, label.by) for a in story.actors for label in a.labels}
    assert ("so-called", "outlet") in labels
    assert any("terrorist outfit" in text and whose == "outlet" for text, whose in labels)
    owners = [whose for text, whose in labels if "pseudo-humanitarian" in text]
    assert owners
    assert all(story.statement(next(s.id for s in story.statements if s.id == whose)) for whose in owners)
