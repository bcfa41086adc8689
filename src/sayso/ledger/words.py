"""The words of a text as the full-text index has them: the same on every database, since they are cut here."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_LONGEST: Final = 64  # code points of a word
_MOST_BYTES: Final = 500_000  # of different words in one text: what one row of PostgreSQL's index has room for
_SILENT: Final = frozenset("'’‘ʻʼʽʾʿ`\u00ad\u200b\u200c\u200d\u2060\u0640")
# Scripts without spaces between words: each sign is a word.
_ALONE: Final = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


class _Folded(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(point)).casefold())
        self[point] = folded = "".join(map(_fold_part, plain))
        return folded


def _fold_part(sign: str) -> str:
    if sign in _SILENT or unicodedata.combining(sign):
        return ""
    if not sign.isalnum():
        return " "
    return f" {sign} " if any(low <= ord(sign) <= high for low, high in _ALONE) else sign


_FOLDED: Final = _Folded()


_PLAIN: Final = bytes(ord(chr(point).lower()) if chr(point).isalnum() else ord(" ") for point in range(0x80)).ljust(256)


def words(text: str) -> list[str]:
    """The words of a text in order: without case, accents, apostrophes and marks, cut at 64 code points."""
    plain = text.encode().translate(_PLAIN, b"'`").decode() if text.isascii() else text.translate(_FOLDED)
    found = plain.split()
    return found if max(map(len, found), default=0) <= _LONGEST else [word[:_LONGEST] for word in found]


@lru_cache(maxsize=16384)
def key(name: str) -> str:
    """A name as it is looked up: its words, one space between; "" if it has none."""
    return " ".join(words(name[:200]))


def indexed(text: str) -> list[str]:
    """The words that go into the index: all of them, up to half a megabyte of different ones."""
    found = words(text)
    if len(text) * 4 <= _MOST_BYTES:
        return found
    known: set[str] = set()
    room = _MOST_BYTES
    for position, word in enumerate(found):
        if word not in known:
            known.add(word)
            room -= len(word.encode())
            if room < 0:
                return found[:position]
    return found
