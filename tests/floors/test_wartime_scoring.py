from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks import corpus, wartime
from benchmarks.attribution import write_lines
from benchmarks.corpus import CorpusError, Row
from benchmarks.speakers import ResolvedSpeaker, is_pointer, is_right, same_name
from benchmarks.wartime import Annotated, Finding
from sayso.vocabulary import Form, Reading, Span, Stance, Statement
from tests.floors.invented import actor, reading, said, spot

TEXT = (
    "The Lake Watch of Ostra said the dam had cracked in two places after the rain. "
    "It added that nobody was hurt. The ministry denied any blame."
)


def gold(content: str, speaker: str = "Lake Watch of Ostra", stance: Stance = Stance.SAYS) -> Annotated:
    return Annotated("doc", speaker, "observers", spot(TEXT, content), stance)


def page(*statements: Statement) -> Reading:
    return reading(
        TEXT, actors=[actor("a1", "Lake Watch of Ostra"), actor("a2", "The ministry")], statements=statements
    )


def the_only(found: list[Finding]) -> Finding:
    assert len(found) == 1
    return found[0]


def test_a_statement_with_the_content_and_the_speaker_is_found_and_right() -> None:
    statement = said(TEXT, 1, "the dam had cracked in two places after the rain", by="a1")
    finding = the_only(wartime.find(page(statement), [gold("the dam had cracked in two places")]))
    assert finding.statement == statement
    assert finding.speaker_right
    assert finding.stance_right


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("the dam had cracked in two places", True),
        ("the dam had cracked", True),
        ("dam had", False),
        ("nobody was hurt", False),
        (TEXT, False),
    ],
)
def test_half_the_words_are_asked_and_no_paragraph_is_accepted(content: str, found: bool) -> None:
    wanted = gold("the dam had cracked in two places")
    finding = the_only(wartime.find(page(said(TEXT, 1, content, by="a1")), [wanted]))
    assert bool(finding.statement) is found


def test_a_short_annotation_accepts_a_sentence() -> None:
    statement = said(TEXT, 1, "The ministry denied any blame", by="a2")
    assert the_only(wartime.find(page(statement), [gold("any blame", "The ministry")])).statement


def test_the_outlets_own_voice_finds_nothing() -> None:
    statement = said(TEXT, 1, "the dam had cracked in two places", form=Form.VOICE)
    assert the_only(wartime.find(page(statement), [gold("the dam had cracked in two places")])).statement is None


def test_an_inner_statement_counts_and_the_right_speaker_is_preferred() -> None:
    outer = said(TEXT, 1, "the dam had cracked in two places", by="a2")
    inner = said(TEXT, 2, "the dam had cracked in two places after", by="a1", parent=1)
    finding = the_only(wartime.find(page(outer, inner), [gold("the dam had cracked in two places")]))
    assert finding.statement == inner


def test_one_statement_finds_one_annotated_statement() -> None:
    statement = said(TEXT, 1, "cracked in two places after the rain", by="a1")
    found = wartime.find(page(statement), [gold("cracked in two places"), gold("in two places after the rain")])
    assert [bool(item.statement) for item in found] == [False, True]


def test_an_unresolved_pronoun_is_found_and_not_right() -> None:
    statement = said(TEXT, 1, "nobody was hurt", words="It")
    finding = the_only(wartime.find(page(statement), [gold("nobody was hurt")]))
    assert finding.given_to == "It"
    assert not finding.speaker_right


def test_says_and_claims_are_near_and_denies_is_not() -> None:
    claim = said(TEXT, 1, "nobody was hurt", by="a1", stance=Stance.CLAIMS)
    near = the_only(wartime.find(page(claim), [gold("nobody was hurt", stance=Stance.SAYS)]))
    far = the_only(wartime.find(page(claim), [gold("nobody was hurt", stance=Stance.DENIES)]))
    assert (near.stance_right, near.stance_near) == (False, True)
    assert (far.stance_right, far.stance_near) == (False, False)


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("claims (hedged inside)", Stance.CLAIMS),
        ("warns/predicts", Stance.WARNS),
        ("accuses (graded)", Stance.ACCUSES),
        ("disputes", Stance.DENIES),
        ("demands", Stance.DEMANDS),
    ],
)
def test_the_annotators_words_become_our_values(words: str, stance: Stance) -> None:
    assert wartime.stance_of(words) is stance


def test_words_that_are_no_stance_of_ours_are_an_error() -> None:
    with pytest.raises(CorpusError, match="shrugs"):
        wartime.stance_of("shrugs")


def test_figures_are_shares_of_all_and_of_those_found() -> None:
    statement = said(TEXT, 1, "nobody was hurt", by="a1")
    wanted = [gold("nobody was hurt"), gold("denied any blame")]
    values = {figure.name: figure.value for figure in wartime.figures_of(wartime.find(page(statement), wanted))}
    assert values == {"right_speaker": 50.0, "found": 50.0, "stance": 100.0, "stance_near": 100.0}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Lake Watch", "lake watch"),
        ("Marek", "Col. Gen. Ivo Marek"),
        ("Ivo Marek", "Marek"),
        ("Lake Watch", "Lake Watch for Human Safety"),
        ("LWHS", "Lake Watch for Human Safety"),
        ("Lake Watch (LW)", "LW"),
        ("the Northern Coalition", "Coalition"),
        ("Ostra’s Port Office", "Ostra Port Office"),
        ("a Norland army source", "Norland army source"),
    ],
)
def test_names_that_are_one_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norland", "Norland army"),
        ("the army", "an army source"),
        ("Ivo Marek", "Ivo Lund"),
        ("he", "he"),
        ("", ""),
        ("Norland", "UN envoy for Norland"),
        ("Lake Watch", "Hill Watch"),
    ],
)
def test_names_that_are_two_names(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)


@pytest.mark.parametrize("words", ["he", "the group", "the foreign minister", "her office", "source", ""])
def test_words_that_only_point(words: str) -> None:
    assert is_pointer(words)


@pytest.mark.parametrize("words", ["Ortiz", "the Coalition", "medical sources", "the head of the port", "UNICEF"])
def test_words_that_say_who(words: str) -> None:
    assert not is_pointer(words)


@pytest.mark.parametrize(
    ("names", "roles", "text", "role", "right"),
    [
        (("Lake Watch for Human Safety",), (), "the group", "LWHS", True),
        (("Hill Board",), (), "the group", "LWHS", False),
        (("the group",), (), "the group", "LWHS", False),
        (("A Norland military source",), (), "the source", "unnamed military source", True),
        (("Ivo Marek",), (), "the source", "unnamed military source", False),
        (("Norland General Staff",), (), "the general staff", "military command", True),
        (("the general staff",), (), "the general staff", "military command", False),
        (
            ("Ana Lund",),
            ("Norland's foreign minister",),
            "the foreign minister",
            "Norland foreign minister",
            True,
        ),
        (("Ana Lund",), ("mayor",), "the foreign minister", "Norland foreign minister", False),
        (("he", "Ivo Marek"), (), "Marek", "officer", True),
        (("the regime", "Norland regime"), (), "the regime", "Norland government", True),
    ],
)
def test_pointers_have_to_be_resolved(
    names: tuple[str, ...], roles: tuple[str, ...], text: str, role: str, right: bool
) -> None:
    assert is_right(ResolvedSpeaker(names, roles), text, role) is right


def test_the_command_lists_what_was_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def by_hand(documents: Sequence[Row], what: str) -> Iterator[Reading]:
        return iter([page(said(TEXT, 1, "nobody was hurt", by="a2"))])

    monkeypatch.setattr(corpus, "readings", by_hand)
    write_lines(tmp_path / "dev.jsonl", [{"id": "doc", "text": TEXT}, {"id": "unannotated", "text": "Rain."}])
    notes = [_note("nobody was hurt", "Lake Watch of Ostra"), _note("any blame", "The ministry")]
    (tmp_path / "gold.json").write_text(json.dumps({"statements": notes}), encoding="utf-8")
    command = ["--data", str(tmp_path / "dev.jsonl"), "--show", "--predictions", str(tmp_path / "out.jsonl")]
    assert wartime.main(command) == 0
    told = capsys.readouterr().out
    assert "1 documents" in told
    assert "given to The ministry" in told
    assert "not found" in told
    assert (
        json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["statements"][0]["speaker"] == "The ministry"
    )


def test_pages_missing_from_the_data_are_an_error(tmp_path: Path) -> None:
    write_lines(tmp_path / "dev.jsonl", [{"id": "unannotated", "text": "Rain."}])
    (tmp_path / "gold.json").write_text(json.dumps({"statements": [_note("any blame", "x")]}), encoding="utf-8")
    with pytest.raises(CorpusError, match="lacks the annotated pages doc"):
        wartime.measure(tmp_path / "dev.jsonl")


def _note(content: str, speaker: str) -> dict[str, object]:
    span: Span = spot(TEXT, content)
    return {
        "page": "doc",
        "speaker": {"text": speaker},
        "role": "",
        "content": {"start": span.start, "end": span.end},
        "stance": "says",
    }
