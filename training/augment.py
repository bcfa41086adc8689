"""Damage and nest training documents: real feeds lose marks, and real chains are deeper than the corpus shows."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from training.corpora import Attribution, Document, Span

_QUOTES = re.compile("[\"“”„«»]|''|``")
_STYLES = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("''", "''"), ("‘", "’"))


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace text[start:end] by `text`."""

    start: int
    end: int
    text: str


def rewrite(document: Document, edits: Sequence[Edit]) -> Document:
    """Apply edits that do not overlap, moving every span; spans that vanish are dropped."""
    edits = sorted(edits, key=lambda edit: edit.start)
    parts: list[str] = []
    at = 0
    bounds: list[int] = []
    shifts: list[int] = []
    shift = 0
    for edit in edits:
        parts += [document.text[at : edit.start], edit.text]
        at = edit.end
        shift += len(edit.text) - (edit.end - edit.start)
        bounds.append(edit.end)
        shifts.append(shift)
    parts.append(document.text[at:])
    text = "".join(parts)

    def move(offset: int) -> int:
        i = bisect_right(bounds, offset)
        moved = offset + (shifts[i - 1] if i else 0)
        if i < len(edits) and edits[i].start < offset < edits[i].end:
            moved = edits[i].start + (shifts[i - 1] if i else 0)
        return moved

    return _moved(document, text, move)


def _moved(document: Document, text: str, move: Callable[[int], int]) -> Document:
    def span(old: Span) -> Span | None:
        start, end = move(old[0]), move(old[1])
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return (start, end) if end > start else None

    def spans(old: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(new for item in old if (new := span(item)))

    kept = []
    for item in document.attributions:
        moved = replace(item, source=spans(item.source), cue=spans(item.cue), content=spans(item.content))
        if moved.cue:
            kept.append(moved)
    return replace(
        document,
        text=text,
        attributions=tuple(kept),
        mentions=tuple(replace(m, span=new) for m in document.mentions if (new := span(m.span))),
        fillers=tuple(replace(f, span=new) for f in document.fillers if (new := span(f.span))),
    )


def damage(document: Document, rng: random.Random) -> Document:
    """Lose commas, apostrophes, quotation marks or line breaks, or change the quotation style."""
    text = document.text
    edits: list[Edit] = []
    kind = rng.choice(("fa-kes", "quotes", "style", "commas", "lines", "style", "quotes"))
    if kind in ("fa-kes", "commas"):
        rate = 1.0 if kind == "fa-kes" else rng.choice((0.5, 1.0))
        edits += [Edit(m.start(), m.end(), "") for m in re.finditer(",", text) if rng.random() < rate]
        edits += [Edit(m.start(), m.end(), "") for m in re.finditer(r"(?<=\w)['’](?=\w)", text) if rng.random() < rate]
    if kind in ("fa-kes", "quotes"):
        rate = rng.choice((0.5, 1.0))
        edits += [Edit(m.start(), m.end(), "") for m in _QUOTES.finditer(text) if rng.random() < rate]
    if kind == "style":
        opening, closing = rng.choice(_STYLES)
        edits += [
            Edit(m.start(), m.end(), opening if re.match(r"\w", text[m.end() : m.end() + 1]) else closing)
            for m in _QUOTES.finditer(text)
        ]
    if kind in ("fa-kes", "lines"):
        edits += [Edit(m.start(), m.end(), " ") for m in re.finditer(r"\s*\n\s*", text)]
    return rewrite(document, edits)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the corpus that holds one whole attribution, ready to be put into another's content."""

    text: str
    attribution: Attribution


def donors(documents: Sequence[Document]) -> list[Sentence]:
    """Sentences with exactly one attribution, whole, that reads as a clause of its own."""
    found = []
    for document in documents:
        for start, end in sentence_spans(document.text):
            if not 30 <= end - start <= 260:
                continue
            inside = [a for a in document.attributions if any(s < end and e > start for s, e in _all(a))]
            if len(inside) != 1 or not inside[0].content or any(s < start or e > end for s, e in _all(inside[0])):
                continue
            moved = _shifted(inside[0], -start)
            text = document.text[start:end].rstrip(".")
            if _QUOTES.search(text) or any(e > len(text) for _, e in _all(moved)):
                continue
            found.append(Sentence(text, replace(moved, inner=True)))
    return found


def nest(document: Document, pool: Sequence[Sentence], rng: random.Random, share: float) -> Document:
    """Replace the content of some attributions by a sentence that is itself an attribution."""
    edits: list[Edit] = []
    planted: list[tuple[int, Sentence]] = []
    for item in document.attributions:
        if len(item.content) != 1 or item.inner or rng.random() > share:
            continue
        start, end = item.content[0]
        text = document.text[start:end]
        if "\n" in text or not 25 <= end - start <= 400 or _crossed(document, item, (start, end)):
            continue
        sentence = rng.choice(pool)
        opening = _QUOTES.match(text)
        closing = re.search("[,.!?]?(?:[\"“”„«»]|'')$", text)
        lead = text[: opening.end()] if opening else ""
        if (
            not lead and not text[0].isupper() and not re.match(r"that\b", text) and start and rng.random() < 0.5
        ) or re.match(r"that\b", text):
            lead = "that "
        edits.append(Edit(start, end, lead + sentence.text + (closing.group() if closing else "")))
        planted.append((start, replace_lead(sentence, len(lead))))
    if not edits:
        return document
    edits.sort(key=lambda edit: edit.start)
    out = rewrite(document, edits)
    shift = 0
    starts: dict[int, int] = {}
    for edit in edits:
        starts[edit.start] = edit.start + shift
        shift += len(edit.text) - (edit.end - edit.start)
    # An edit replaces a whole content span: its new end is where the replaced text ends.
    inner = tuple(_shifted(sentence.attribution, starts[start]) for start, sentence in planted)
    return replace(out, attributions=out.attributions + inner)


def replace_lead(sentence: Sentence, lead: int) -> Sentence:
    """The same sentence with its spans moved behind `lead` characters put before it."""
    return replace(sentence, attribution=_shifted(sentence.attribution, lead))


def sentence_spans(text: str) -> list[Span]:
    """Rough sentence spans, enough to pick donors."""
    spans = []
    start = 0
    for mark in re.finditer(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n+", text):
        if mark.start() > start:
            spans.append((start, mark.start()))
        start = mark.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _all(item: Attribution) -> tuple[Span, ...]:
    return item.source + item.cue + item.content


def _shifted(item: Attribution, by: int) -> Attribution:
    def spans(old: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((s + by, e + by) for s, e in old)

    return replace(item, source=spans(item.source), cue=spans(item.cue), content=spans(item.content))


def _crossed(document: Document, item: Attribution, span: Span) -> bool:
    start, end = span
    own = item.source + item.cue
    others = [s for a in document.attributions if a is not item for s in _all(a)]
    return any(s < end and e > start for s, e in (*own, *others))


def usual_case(texts: Iterable[str]) -> frozenset[str]:
    """The words that running text writes small more often than not."""
    small: Counter[str] = Counter()
    for text in texts:
        for word in re.findall(r"(?<![.!?\n“\"] )\b[A-Za-z]+\b", text):
            small[word.lower()] += 1 if word.islower() else -1
    return frozenset(word for word, count in small.items() if count > 0)


def shouted(document: Document) -> Document:
    """A document in upper case, where that leaves every character in its place."""
    text = document.text.upper()
    return replace(document, text=text) if len(text) == len(document.text) else document


def recased(document: Document, small: frozenset[str], rng: random.Random) -> Document:
    """An upper-case document as it is, all small, or as running text has it: unknown words are taken for names."""
    kind = rng.choice(("upper", "lower", "running", "running", "running"))
    if kind == "upper" or not document.text.isupper():
        return document

    def written(word: re.Match[str]) -> str:
        begins = not re.search(r"[\w,;]\s*$", document.text[max(0, word.start() - 3) : word.start()])
        low = word.group().lower()
        return low if low in small and not begins else low.capitalize()

    text = document.text.lower() if kind == "lower" else re.sub(r"[A-Z]+", written, document.text)
    return replace(document, text=text) if len(text) == len(document.text) else document
