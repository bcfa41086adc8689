"""Places found in invented texts, asked for in the words of the tests."""

from functools import cache

from sayso.gazetteer import gazetteer
from sayso.read import reader
from sayso.read.encoder import shipped
from sayso.read.names import names
from sayso.read.places import places
from sayso.vocabulary import Place


@cache
def found(text: str, outlet: str | None = None) -> tuple[Place, ...]:
    """The places of a text."""
    encoded = reader.encode(text, shipped())
    known = names(encoded.words, encoded.scores)
    return places(encoded.words, encoded.scores, known, encoded.sentences, outlet=outlet, gazetteer=gazetteer())


def place(text: str, words: str, outlet: str | None = None) -> Place:
    """The first place of a text with these words."""
    of = found(text, outlet)
    matching = [each for each in of if each.text == words]
    assert matching, f"no place {words!r}: {[each.text for each in of]}"
    return matching[0]


def texts(text: str) -> list[str]:
    """The words of all places of a text."""
    return [each.text for each in found(text)]
