"""What a copy changes of its source: verbs of saying, hedges, figures, labels, names, spelling, words, sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Final

import numpy as np

from sayso.read import lexicon
from sayso.read.sentences import sentences
from sayso.trace.copies.alignment import Aligned
from sayso.trace.copies.body import Body, Flags
from sayso.trace.copies.facts import alike
from sayso.trace.copies.slots import Slot, inside, slots
from sayso.vocabulary import Edit, EditKind, Span, Stance

_SAYING: Final = (
    "say said", "tell told", "state", "add", "announce", "declare", "report", "note", "explain", "remark", "comment",
    "reply", "mention", "write wrote written",
)  # fmt: skip
_KEPT_SENTENCE: Final = 0.3  # of a sentence's words: with fewer shared, it is dropped or added
_REFINED: Final = 40  # words of a slot that are compared word by word


def passage_edits(passage: Aligned, source: Body, copy: Body) -> tuple[Edit, ...]:
    """The edits within a shared passage whose first text is the source, in order."""
    found = (_edit(part, source, copy) for slot in slots(passage, source, copy) for part in _parts(slot, source, copy))
    return tuple(edit for edit in found if edit is not None)


def all_edits(passages: Sequence[Aligned], source: Body, copy: Body) -> tuple[Edit, ...]:
    """The edits within all passages, and the sentences dropped and added, in the order of the copy."""
    found = [edit for passage in passages for edit in passage_edits(passage, source, copy)]
    for dropped in _unshared(source, (inside(source, *passage.a) for passage in passages)):
        at = max((passage for passage in passages if passage.a[0] < _letter(source, dropped)), key=_end, default=None)
        point = copy.span(*([inside(copy, *at.b)[1]] * 2)) if at else Span(0, 0)
        found.append(Edit(EditKind.DROPPED, dropped, point, dropped.of(source.text), ""))
    for added in _unshared(copy, (inside(copy, *passage.b) for passage in passages)):
        before = [passage for passage in passages if passage.b[0] < _letter(copy, added)]
        at = max(before, key=lambda passage: passage.b[1], default=None)
        point = source.span(*([inside(source, *at.a)[1]] * 2)) if at else Span(0, 0)
        found.append(Edit(EditKind.ADDED, point, added, "", added.of(copy.text)))
    return tuple(sorted(found, key=lambda edit: (edit.copy, edit.source)))


def _end(passage: Aligned) -> int:
    return passage.a[1]


def _letter(text: Body, span: Span) -> int:
    """The first letter of a span."""
    return int(np.searchsorted(text.letters.at, span.start, "left"))


def _unshared(text: Body, shared: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """The sentences of which hardly a word is shared."""
    words: Flags = np.zeros(len(text.words), dtype=np.bool_)
    for begin, stop in shared:
        words[begin:stop] = True
    starts = text.letters.at[text.letters.firsts]
    for sentence in sentences(text.text):
        first, end = np.searchsorted(starts, [sentence.start, sentence.end]).tolist()
        if end > first and np.count_nonzero(words[first:end]) < _KEPT_SENTENCE * (end - first):
            yield sentence


def _parts(slot: Slot, source: Body, copy: Body) -> Iterator[Slot]:
    """A slot without the words that both sides have, where it is short enough to tell."""
    if max(slot.a1 - slot.a0, slot.b1 - slot.b0) > _REFINED:
        yield slot
        return
    left, right = source.words[slot.a0 : slot.a1].tolist(), copy.words[slot.b0 : slot.b1].tolist()
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Slot(slot.a0 + a0, slot.a0 + a1, slot.b0 + b0, slot.b0 + b1)


def _edit(slot: Slot, source: Body, copy: Body) -> Edit | None:
    left, right = source.span(slot.a0, slot.a1), copy.span(slot.b0, slot.b1)
    before, after = left.of(source.text), right.of(copy.text)
    if before == after:
        return None
    return Edit(_kind(slot, before, after, source, copy), left, right, before, after)


def _kind(slot: Slot, before: str, after: str, source: Body, copy: Body) -> EditKind:
    old, new = (text.lower().split() for text in (before, after))
    stances = [{_stances()[word] for word in words if word in _stances()} for words in (old, new)]
    if all(stances) and stances[0] != stances[1]:
        return EditKind.CUE
    if {word for word in old if word in _hedging()} != {word for word in new if word in _hedging()}:
        return EditKind.HEDGE
    if source.figures[slot.a0 : slot.a1].any() or copy.figures[slot.b0 : slot.b1].any():
        return EditKind.FIGURE
    if _labels(before) != _labels(after):
        return EditKind.LABEL
    if len(old) == len(new) and all(map(alike, old, new)):
        return EditKind.SPELLING
    if source.names[slot.a0 : slot.a1].any() or copy.names[slot.b0 : slot.b1].any():
        return EditKind.NAME
    return EditKind.WORDING


@cache
def _stances() -> dict[str, Stance]:
    """What each verb and noun of saying does with its content."""
    found = {form: Stance.SAYS for verb in _SAYING for form in lexicon.verb_forms(verb)}
    for words in reversed(lexicon.cue_words()):
        found |= dict.fromkeys(words.words, words.stance)
    return found


@cache
def _hedging() -> frozenset[str]:
    hedges = lexicon.hedges()
    return hedges.hearsay | hedges.words | hedges.negations


def _labels(words: str) -> set[str]:
    lists = lexicon.label_lists()
    pattern = lexicon.alternatives(*lists["distancing"], *lists["nouns"], *lists["adjectives"])
    return {found.group().lower() for found in pattern.finditer(words)}
