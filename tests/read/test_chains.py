"""On whose word: statements inside statements, and chains down to an origin that may have no name."""

from sayso import read
from tests.read.asking import about, speaker


def names(text: str, words: str) -> list[str]:
    reading = read(text)
    actors = {a.id: a.name for a in reading.actors}
    return [actors[link.actor] if link.actor else link.text for link in about(reading, words).chain]


def test_an_officer_says_that_a_centre_has_received_information() -> None:
    text = (
        "“The Harbour Safety Centre has received information that smugglers are preparing to sink two barges,” "
        "Captain Ilse Maran said on Friday."
    )
    reading = read(text)
    inner = about(reading, "preparing to sink")
    outer = reading.statement(inner.parent)
    assert outer is not None
    assert speaker(reading, "Safety Centre has received") == "Ilse Maran"
    chain = names(text, "preparing to sink")
    assert chain[0] == "Ilse Maran"
    assert chain[1].endswith("Harbour Safety Centre")
    assert "received information" in chain[-1]
    assert inner.chain[-1].actor is None
    assert inner.chain[-1].span is not None
    assert inner.chain[-1].span.of(text) == inner.chain[-1].text


def test_a_statement_inside_a_statement_has_it_as_its_parent() -> None:
    reading = read("The mayor said that residents had warned the council that the wall was leaking.")
    inner = about(reading, "wall was leaking")
    assert inner.source.text == "residents"
    outer = reading.statement(inner.parent)
    assert outer is not None
    assert outer.source.text == "The mayor"
    assert outer.parent is None


def test_a_cited_source_is_the_next_link() -> None:
    assert "hospital staff" in names(
        "The River Watch, citing hospital staff, said nine people were hurt.", "nine people"
    )


def test_who_speaks_in_the_first_person_inside_a_quotation_is_its_speaker() -> None:
    reading = read("“I think that the gates will hold,” Ida Holm said.")
    assert speaker(reading, "gates will hold") == "Ida Holm"


def test_parents_come_before_their_children_and_hold_their_cues() -> None:
    text = "The mayor said that residents had warned the council that the wall was leaking. “It leaks,” she added."
    reading = read(text)
    seen: dict[str, int] = {}
    for i, statement in enumerate(reading.statements):
        seen[statement.id] = i
        if statement.parent is not None:
            parent = reading.statements[seen[statement.parent]]
            assert all(
                any(p.start <= c.start and c.end <= p.end for p in parent.content.spans) for c in statement.cue.spans
            )
