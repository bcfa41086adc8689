from __future__ import annotations

import unicodedata

import pytest

from sayso.share.markup import Html, element, escaped, joined
from sayso.share.visible import one_line, visible
from tests.share.hostile import PAYLOADS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b\x7f", "a␀b␡"),
        ("\u202eabc", "⟨U+202E⟩abc"),
        ("\x9b1m", "⟨U+009B⟩1m"),
        ("half \ud83d", "half \ufffd"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\u200fقال\u200e", "\u200fقال\u200e"),
    ],
)
def test_what_would_steer_is_shown_as_a_sign(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_one_line_is_one_line() -> None:
    assert one_line(" a\r\n\tb\u2028c\x0bd ") == "a b c d"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_control_character_is_left(payload: str) -> None:
    shown = one_line(payload)
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in shown)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_escaped_text_holds_no_markup(payload: str) -> None:
    assert not set(escaped(payload)) & set("<>\"'")


def test_elements_escape_strings_and_keep_markup() -> None:
    inner = element("b", None, "<i>")
    assert inner == "<b>&lt;i&gt;</b>"
    assert element("a", {"href": '"x', "hidden": True, "id": None, "n": 3}, inner, "&") == (
        '<a href="&quot;x" hidden n="3"><b>&lt;i&gt;</b>&amp;</a>'
    )
    assert joined("<", Html("<br>")) == "&lt;<br>"
    assert element("meta", {"charset": "utf-8"}) == '<meta charset="utf-8">'
