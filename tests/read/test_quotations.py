"""Quotation marks of every style are paired, and lost or lone ones do no harm."""

import pytest

from sayso.read.quotations import form, quotations
from sayso.vocabulary import Form, Span


def inside(text: str) -> list[str]:
    return [span.of(text) for span in quotations(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We won,” she said.", ["We won,"]),
        ('"We won," she said, "again."', ["We won,", "again."]),
        ("«We won», she said.", ["We won"]),
        ('"We won,” she said.', ["We won,"]),
        ("„We won“, she said.", ["We won"]),
        ("''We won,'' she said.", ["We won,"]),
        ("``We won,'' she said.", ["We won,"]),
        ("''We didn't win,'' she said.", ["We didn't win,"]),
        ("‘We didn’t win,’ she said.", ["We didn’t win,"]),
        ("'We didn't win,' she said.", ["We didn't win,"]),
        ("The dogs' owner said it's over.", []),
        ("“We won. The rest follows tomorrow.", ["We won. The rest follows tomorrow."]),
        ("She said “we won and left.", []),
        ("He’s the cities’ mayor.", []),
    ],
)
def test_quotations_are_found_in_every_style(text: str, quoted: list[str]) -> None:
    assert inside(text) == quoted


@pytest.mark.parametrize(
    ("content", "expected"),
    [("“We won,”", Form.DIRECT), ("that they “won” again", Form.MIXED), ("that they won", Form.INDIRECT)],
)
def test_the_form_follows_from_the_marks(content: str, expected: Form) -> None:
    text = f"She said {content} she added."
    start = text.index(content)
    assert form(text, (Span(start, start + len(content)),), quotations(text)) is expected
