"""Titles and offices beside a person's name, as written."""

from __future__ import annotations

import re
from typing import Final

from sayso.read import lexicon
from sayso.vocabulary import Role, Span

_BEFORE = re.compile(r"(?:[\w'’./-]+[ \u00a0]+){1,14}$")
_LINKING: Final = frozenset("of for the and in to at on de al 's s a an".split())
_AFTER = re.compile(r",\s+(?P<role>(?:who\s+(?:is|was|serves\s+as)\s+)?[^,.;:()\n\"“”]{4,110})(?=[,.;:)\n]|$)")
_BRACKETED = re.compile(r"\s+\((?P<role>[^()\n]{3,60})\)")
_OF = re.compile(r"\s+(?:of|for|at)\s+(?:the\s+)?(?:[A-Z][\w'’.-]*\s?)+")
_WORD = re.compile(r"[\w'’./-]+")


def beside(text: str, name: Span) -> list[Role]:
    """The roles written right before and right after a name."""
    found = []
    before = _before(text, name.start)
    if before:
        found.append(before)
    after = _AFTER.match(text, name.end) or _BRACKETED.match(text, name.end)
    if after and _holds_role(after.group("role")):
        found.append(_role(text, Span(*after.span("role"))))
    return found


def office(text: str, description: Span) -> Role:
    """The role that a description is, with what it is of: "the head of the harbour"."""
    qualified = _OF.match(text, description.end)
    return _role(text, Span(description.start, qualified.end() if qualified else description.end))


def _before(text: str, end: int) -> Role | None:
    """The longest run of words before a name that starts at a role and goes on in capitals and "of the"."""
    context = _BEFORE.search(text, max(0, end - 140), end)
    if context is None:
        return None
    start = None
    for word in reversed(list(_WORD.finditer(text, context.start(), end))):
        plain = word.group().strip(".").lower()
        if "-" in plain and plain.split("-")[-1] in lexicon.roles():
            plain = plain.split("-")[-1]
        if plain in lexicon.roles() or plain.rstrip(".") in _TITLES:
            start = word.start()
        elif not (word.group()[0].isupper() or plain in _LINKING or plain in _QUALIFIERS):
            break
        elif start is not None and (plain in _QUALIFIERS or (word.group()[0].isupper() and plain != "the")):
            start = word.start()
    return _role(text, Span(start, end)) if start is not None else None


_TITLES: Final = frozenset("gen maj lt col sgt capt cmdr adm brig cpl sen rep gov dr prof rev sir pres".split())
_QUALIFIERS: Final = frozenset(
    "deputy vice former acting interim assistant senior chief first top military political press prime "
    "foreign defence defense interior finance presidential main lead leading local national regional "
    "state".split()
)


def _holds_role(phrase: str) -> bool:
    words = [w.lower() for w in _WORD.findall(phrase)]
    return any(w in lexicon.roles() for w in words[:9]) and not any(w in ("said", "says", "told") for w in words)


def _role(text: str, span: Span) -> Role:
    trimmed = Span(span.start, span.start + len(span.of(text).rstrip()))
    return Role(trimmed.of(text), trimmed)
