"""Which gold mentions are names. The corpora do not say, so these rules do; they are part of the measure.

A word of a text is a *name word* when it begins with a capital letter, is no pronoun, article or other
pointing word, and its capital is not explained by the start of a sentence: either it stands inside a
sentence, or the same word does so elsewhere in the text, or a capital follows it. A name that stands once in
a text, alone and first in its sentence, is therefore not seen as one.

- a mention *holds* a name when any of its words is a name word ("villages around Raqqa");
- a mention *is* a name when, an article apart, it begins and ends with a name word or a number and nothing
  but name words, numbers and joining words ("of", "and", "al", …) stands between ("Islamic State of Iraq and
  the Levant", "President Bashar al-Assad", "CTF 50"; not "ISIL terrorists", not "northern Iraq");
- a mention is *named* when its head is a name word: the last word before the first "of", "in", "who", comma
  or bracket that follows a name word, or of the whole ("Dr. Lee, who was late"; not "Lee's brother").
"""

from __future__ import annotations

import re
from typing import Final

from sayso.vocabulary import Span


def _lexicon(words: str) -> frozenset[str]:
    return frozenset(words.split())


_POINTING: Final = _lexicon(
    "the a an this that these those such same other another each every either neither both all some any "
    "no none many much more most few several one two three first second last next what which who whom "
    "whose i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his "
    "himself she her hers herself it its itself they them their theirs themselves and or but nor so yet "
    "if when while where as at by for from in into of off on onto out over to under up with there here "
    "then now not also only"
)
_JOINING: Final = _lexicon(
    "of and the for in on & al el ad an ar as ash at de del der den da di du la le van von bin ibn"
)
_ARTICLES: Final = frozenset(("the", "a", "an"))
_WORD: Final = re.compile(r"&|[^\W_](?:[\w'’.\-]*\w)?\.?")
_HEAD_ENDS: Final = re.compile(
    r"\s*[,(\[:;—–]|\s+(?:of|in|at|on|for|from|with|without|around|near|under|over|against|between|behind"
    r"|who|whom|whose|which|that|to|by|as)\b"
)
_ABBREVIATED: Final = re.compile(r"\b[A-Z][A-Za-z]{0,3}\.\Z")  # "Dr.", "Gen.", "B."
_SENTENCE_ENDS: Final = frozenset(".!?:;…")
_OPENING: Final = " \t\"'“”‘’«»„([{*-–—"


def is_name_word(text: str, start: int, end: int) -> bool:
    """Whether the word `text[start:end]` is a name word."""
    word = text[start:end]
    if not _capital(word) or word.rstrip(".").casefold() in _POINTING:
        return False
    if not starts_sentence(text, start) or _capital_inside_elsewhere(text, word):
        return True
    after = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return bool(after and _capital(after.group()) and after.group().casefold() not in _POINTING)


def holds_name(text: str, span: Span) -> bool:
    """Whether any word of the mention is a name word."""
    return any(is_name_word(text, *word) for word in _words(text, span))


def is_name(text: str, span: Span) -> bool:
    """Whether the mention, an article apart, is a name and nothing else."""
    words = _words(text, span)
    while words and text[slice(*words[0])].casefold() in _ARTICLES:
        words = words[1:]
    if not words or not any(is_name_word(text, *word) for word in words):
        return False
    strong = [is_name_word(text, *word) or _number(text[slice(*word)]) for word in words]
    joined = all(firm or text[slice(*word)].casefold() in _JOINING for firm, word in zip(strong, words, strict=True))
    return strong[0] and strong[-1] and joined


def is_named(text: str, span: Span) -> bool:
    """Whether the head of the mention is a name word."""
    words = _words(text, span)
    for index, word in enumerate(words):
        last = index + 1 == len(words)
        if is_name_word(text, *word) and (last or _HEAD_ENDS.match(text, word[1], span.end)):
            return True
        if not last and _HEAD_ENDS.match(text, word[1], span.end):
            return False
    return False


def starts_sentence(text: str, at: int) -> bool:
    """Whether a capital at `at` may be owed to the start of a sentence, a line or a quotation."""
    before = text[:at].rstrip(_OPENING)
    gap = text[len(before) : at]
    if not before or before[-1] == "\n" or "\n" in gap or any(mark in gap for mark in '"“„«*'):
        return True
    return before[-1] in _SENTENCE_ENDS and not _ABBREVIATED.search(before)


def _words(text: str, span: Span) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(text, span.start, span.end)]


def _capital(word: str) -> bool:
    """Begins with a capital letter, also after a joining prefix ("al-Assad")."""
    return word[:1].isupper() or bool(
        re.match(r"(?:al|el|ad|an|ar|as|ash|at)-[^\W\d_]", word) and word.split("-")[1][0].isupper()
    )


def _number(word: str) -> bool:
    return word[:1].isdigit()


def _capital_inside_elsewhere(text: str, word: str) -> bool:
    bare = re.sub(r"['’]s?$", "", word)
    return bool(re.search(r"[^\W_],? " + re.escape(bare) + r"(?!\w)", text))
