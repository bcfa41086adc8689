from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from sayso.share.outline import outline
from sayso.share.summary import summary
from sayso.share.wording import STANCES, candidate_names, label_owner, speaker_name, steps, voice_name
from sayso.vocabulary import Reading, Stance, StatementId
from tests.share.examples import harbour, one_statement
from tests.share.strategies import readings


def test_statements_are_numbered_in_reading_order_with_inner_ones_below_their_parent() -> None:
    reading = harbour()
    shuffled = replace(reading, statements=tuple(reversed(reading.statements)))
    for outlined in (outline(reading), outline(shuffled)):
        assert [entry.statement.id for entry in outlined.entries] == [f"s{n}" for n in range(10)]
        assert [entry.depth for entry in outlined.entries] == [0, 0, 1, 2, 0, 0, 0, 0, 1, 0]
        assert outlined.entries[2].parent == 2
        assert outlined.entries[2].children == (4,)


def test_rings_and_missing_parents_lose_no_statement() -> None:
    reading = harbour()
    first, second, third, *rest = reading.statements
    ring = (
        replace(first, parent=second.id),
        replace(second, parent=first.id),
        replace(third, parent=StatementId("nowhere")),
        *rest,
    )
    outlined = outline(replace(reading, statements=ring))
    assert sorted(entry.statement.id for entry in outlined.entries) == [f"s{n}" for n in range(10)]


@given(readings())
@settings(max_examples=60, deadline=None)
def test_every_statement_is_numbered_once(reading: Reading) -> None:
    outlined = outline(reading)
    assert {entry.statement.id for entry in outlined.entries} == {s.id for s in reading.statements}
    assert [entry.number for entry in outlined.entries] == list(range(1, len(reading.statements) + 1))
    for entry in outlined.entries:
        assert all(outlined.entries[child - 1].parent == entry.number for child in entry.children)


def test_the_summary_counts_speakers_own_voice_inner_and_unnamed() -> None:
    counted = summary(outline(harbour()))
    assert (counted.statements, counted.speakers) == (10, 5)
    assert counted.own_voice == (1, 10)
    assert counted.inner == (3, 4, 9)
    assert counted.unnamed == (1, 2, 3, 8)


def test_the_chain_is_worded_from_the_nearest_voucher_to_the_origin() -> None:
    outlined = outline(harbour())
    worded = {e.number: [str(step) for step in steps(outlined, e.statement)] for e in outlined.entries}
    assert worded[2] == ["Orla Brandt", "Salt Watch centre", "unnamed: “received information”"]
    assert worded[6] == ["Reed Guard"]
    assert worded[8] == ["unnamed: “Others in the town”"]
    assert worded[10] == []


def test_speakers_and_label_owners_are_called_by_name() -> None:
    outlined = outline(harbour())
    assert speaker_name(outlined, outlined.entries[4].statement) == "Orla Brandt"
    assert speaker_name(outlined, outlined.entries[7].statement) == "unknown (“Others in the town”)"
    assert candidate_names(outlined, outlined.entries[7].statement) == ("Ivo Lenz", "Salt Watch centre")
    assert [voice_name(outlined, voice) for voice in outlined.voices()][:2] == [
        "The Vell Lantern",
        "Orla Brandt",
    ]
    owners = [label_owner(outlined, label) for actor in outlined.reading.actors for label in actor.labels]
    assert owners == ["the outlet's words", "words of Orla Brandt, statement 2"]


def test_an_actor_that_is_not_listed_is_not_named() -> None:
    reading = replace(one_statement("word"), actors=())
    outlined = outline(reading)
    assert speaker_name(outlined, reading.statements[0]) == "unknown (“Ada Quill”)"


def test_every_stance_has_one_tone() -> None:
    assert sorted(stance for stances in STANCES.values() for stance in stances) == sorted(Stance)
