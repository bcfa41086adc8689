"""Sentence spans of news text, with the abbreviations and quotation marks that news is full of."""

from __future__ import annotations

import re
from typing import Final

from sayso.vocabulary import Span

_CLOSING: Final = "\"'”’»›“)]"
_END = re.compile(rf"(?:[.!?…]+|[。！？؟۔।])[{re.escape(_CLOSING)}]*(?=\s|$)")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# Abbreviations that are followed by more of the same name or number, never by a new sentence.
_BOUND: Final = frozenset(
    "mr mrs ms dr prof gen maj lt col sgt capt cmdr adm brig cpl pvt rev hon sen sens rep reps gov govs "
    "pres amb atty supt insp det st mt ft vs no nos vol fig figs art sec e.g i.e cf ca approx jan feb mar "
    "apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun al".split()
)
# Abbreviations that may also end a sentence: they do when a word follows that starts sentences.
_EITHER: Final = frozenset(
    "u.s u.k u.n e.u u.s.a u.a.e d.c a.m p.m inc ltd corp co cos bros jr sr etc ph.d m.d b.a m.a l.a n.y".split()
)
_STARTERS: Final = frozenset(
    "the a an this that these those he she it they we i you his her its their our my in on at but and so "
    "as if when while after before since for from with however meanwhile earlier later there here what "
    "who where why how no not it's he's she's they're".split()
)
_WORD_BEFORE = re.compile(r"[^\W\d_][\w.'’-]*$|\b[\w.]+$")
_WORD_AFTER = re.compile(r"[^\w]*([\w'’]+)")


def sentences(text: str) -> list[Span]:
    """Spans of the sentences in order, without the white space around them. A line break always ends one."""
    found: list[Span] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if end.start() >= start and _ends_here(text, start, end, line.end()):
                _add(found, text, start, end.end())
                start = end.end()
        _add(found, text, start, line.end())
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        first = start + len(piece) - len(piece.lstrip())
        found.append(Span(first, first + len(stripped)))


def _ends_here(text: str, start: int, end: re.Match[str], stop: int) -> bool:
    after = _WORD_AFTER.match(text, end.end(), stop)
    if after is None:
        return True
    following = after.group(1)
    if following[0].islower():
        return False
    marks = end.group()
    if marks != ".":
        return not (marks[0] == "…" or marks.startswith("...")) or following[0].isupper()
    word = _WORD_BEFORE.search(text, start, end.start())
    if word is None:
        return True
    before = word.group().lower()
    if before in _BOUND or (len(before) == 1 and before.isalpha() and word.group().isupper()):
        return before in ("i",) and following.lower() in _STARTERS
    if before in _EITHER or re.fullmatch(r"(?:[a-z]\.)+[a-z]", before):
        return following.lower() in _STARTERS
    return True
