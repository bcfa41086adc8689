"""Who says what: every way the press has of saying so."""

import pytest

from sayso import read
from sayso.vocabulary import Form, SpeakerKind, Stance
from tests.read.asking import about, speaker, voice


@pytest.mark.parametrize(
    ("text", "words", "who", "form"),
    [
        ("“The dam will hold,” engineer Ida Holm said on Friday.", "dam will hold", "Ida Holm", Form.DIRECT),
        ("Ida Holm said that the dam would hold.", "dam would hold", "Ida Holm", Form.INDIRECT),
        (
            "Ida Holm said the dam was “as safe as a church” and would hold.",
            "safe as a church",
            "Ida Holm",
            Form.MIXED,
        ),
        ("According to Ida Holm, the dam will hold.", "dam will hold", "Ida Holm", Form.INDIRECT),
        ("The dam will hold, according to engineer Ida Holm.", "dam will hold", "Ida Holm", Form.INDIRECT),
        ("The dam will hold, Ida Holm told reporters on Monday.", "dam will hold", "Ida Holm", Form.INDIRECT),
        ('"The dam will hold," Ida Holm told reporters.', "dam will hold", "Ida Holm", Form.DIRECT),
        ("«The dam will hold», said Ida Holm.", "dam will hold", "Ida Holm", Form.DIRECT),
        ("''The dam will hold,'' Ida Holm said.", "dam will hold", "Ida Holm", Form.DIRECT),
        ("“The dam will hold, Ida Holm said on Friday.", "dam will hold", "Ida Holm", None),
        ("The dam will hold Ida Holm said on Friday.", "dam will hold", "Ida Holm", Form.INDIRECT),
        ("THE DAM WILL HOLD, IDA HOLM SAID ON FRIDAY.", "DAM WILL HOLD", "IDA HOLM", Form.INDIRECT),
        ("Ida Holm: “The dam will hold.”", "dam will hold", "Ida Holm", Form.DIRECT),
        ("Ida Holm tweeted: “The dam will hold.”", "dam will hold", "Ida Holm", Form.DIRECT),
    ],
)
def test_the_speaker_of_a_statement(text: str, words: str, who: str, form: Form | None) -> None:
    reading = read(text)
    assert speaker(reading, words) == who
    assert form is None or about(reading, words).form is form


def test_an_interrupted_quotation_is_one_statement_in_two_pieces() -> None:
    reading = read("“We opened the gates,” Ida Holm said, “and the water went down within the hour.”")
    said = about(reading, "opened the gates")
    assert "water went down" in said.content.text
    assert len(said.content.spans) == 2
    assert said.cue.text == "said"


def test_a_quotation_that_runs_over_sentences_stays_whole() -> None:
    reading = read("“We opened the gates. The water went down. Nobody was hurt,” Ida Holm said.")
    said = about(reading, "opened the gates")
    assert "Nobody was hurt" in said.content.text


def test_a_quotation_without_a_cue_goes_on_in_the_last_speakers_voice() -> None:
    reading = read(
        "“We opened the gates on Monday,” said engineer Ida Holm.\n\n"
        "“The water went down within the hour and nobody was hurt at all.”"
    )
    assert speaker(reading, "nobody was hurt") == "Ida Holm"


def test_a_passive_report_names_its_reporter() -> None:
    assert speaker(read("The leak was reported by the River Watch on Tuesday."), "leak") == "River Watch"


def test_an_allegation_rejected_by_somebody_is_their_denial() -> None:
    reading = read("The mayor blamed the ministry for the flood, an allegation strongly rejected by the cabinet.")
    denials = [s for s in reading.statements if s.stance is Stance.DENIES]
    assert [s.source.text for s in denials] == ["the cabinet"]
    assert [s.source.text for s in reading.statements if s.stance is Stance.ACCUSES] == ["The mayor"]


def test_reportedly_leaves_a_sentence_in_the_outlets_voice_but_hedged() -> None:
    reading = read("Workers are reportedly preparing to close the northern gate of the dam.")
    assert [s.speaker.kind for s in reading.statements] == [SpeakerKind.OUTLET]
    [said] = reading.statements
    assert said.certainty.value == "hedged"
    assert "reportedly" in [span.of(reading.report.text) for span in said.certainty.spans]
    assert said.about_future
    assert said.chain
    assert said.chain[-1].actor is None


def test_what_nobody_vouches_for_is_the_outlets_own_voice() -> None:
    text = "The dam was built in 1931. It holds four million tons of water."
    assert voice(read(text)) == ["The dam was built in 1931.", "It holds four million tons of water."]


def test_every_sentence_of_the_body_belongs_to_somebody() -> None:
    text = (
        "By Orla Vance\nThe dam was built in 1931. “It will hold,” Ida Holm said. On Friday rain fell for nine hours.\n"
        "Read more: How dams work\nShare on Facebook"
    )
    reading = read(text)
    owned = [span for s in reading.statements for part in (s.source, s.cue, s.content) for span in part.spans]
    for sentence in reading.sentences:
        touched = any(a.start < sentence.end and sentence.start < a.end for a in owned)
        assert touched != (sentence in reading.boilerplate), sentence.of(text)
    assert [s.of(text) for s in reading.boilerplate] == [
        "By Orla Vance", "Read more: How dams work", "Share on Facebook",
    ]  # fmt: skip


def test_a_statement_with_a_relative_pronoun_has_the_noun_before_it_as_speaker() -> None:
    reading = read("The River Watch, which claims to be a charity, was founded by a brewery in 1998.")
    assert speaker(reading, "to be a charity") == "River Watch"
    assert about(reading, "to be a charity").stance is Stance.CLAIMS
    assert any("was founded by a brewery" in text for text in voice(reading))


def test_text_in_another_language_is_not_misread() -> None:
    german = (
        "Der Damm wird halten, sagte die Ingenieurin am Freitag. Das Wasser ist seit dem Morgen nicht gestiegen, "
        "und die Leute sind nach Hause gegangen. Am Abend kamen viele wieder, denn die Schule hatte ihre Türen "
        "geöffnet und es gab warme Suppe für alle, die nicht schlafen konnten."
    )
    reading = read(german)
    assert reading.statements == ()
    assert reading.sentences


def test_a_quotation_with_two_cues_beside_it_goes_to_one_speaker() -> None:
    reading = read(
        "“The northern gate of the dam has been closed since Monday and will stay closed for the winter,” "
        "Head of the River Board has warned, Captain Ilse Maran, said on Friday."
    )
    assert speaker(reading, "northern gate of the dam") == "Ilse Maran"
    assert len([s for s in reading.statements if "northern gate" in s.content.text]) == 1


def test_an_alias_is_no_statement() -> None:
    reading = read("The League, previously known as the Free Trawlers, closed the gate on Monday morning.")
    assert [s.speaker.kind for s in reading.statements] == [SpeakerKind.OUTLET]


def test_failing_to_deny_is_no_denial() -> None:
    reading = read("The spokesman failed to deny that two barges had been moved during the night.")
    assert about(reading, "two barges").stance is Stance.SAYS
