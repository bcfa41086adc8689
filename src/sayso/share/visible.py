"""Text made safe to look at: what could steer a terminal or turn a line around is shown as a sign instead."""

from __future__ import annotations

from typing import Final

_KEPT: Final = "\t\n"
_DELETE: Final = 0x7F
# Embeddings, overrides and isolates reorder the words around them. The plain direction marks
# (U+200E, U+200F, U+061C) stay: right-to-left writers need them, and they move nothing else.
_BIDI_CONTROLS: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))


def _signs() -> dict[int, str]:
    """Code point -> the sign shown in its place."""
    signs = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _KEPT}
    signs[_DELETE] = "␡"
    signs |= {code: f"⟨U+{code:04X}⟩" for code in (*range(0x80, 0xA0), *_BIDI_CONTROLS)}
    signs |= dict.fromkeys((0x2028, 0x2029), "\n")
    signs |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # a lone surrogate cannot be written out
    return signs


_SIGNS: Final = _signs()


def visible(text: str) -> str:
    """The text with control characters, direction overrides and lone surrogates replaced by visible signs.

    Tabs and line feeds stay. The result may be longer than the text, so offsets do not fit it.
    """
    return text.translate(_SIGNS)


def one_line(text: str) -> str:
    """The text as `visible` shows it, on one line: every run of white space is one space."""
    return visible(" ".join(text.split()))
