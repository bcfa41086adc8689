"""Attributions -> statements: who speaks, how it is put, and the chain of whose word it rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sayso.read import hearsay, nesting, stance, voice
from sayso.read.attribution import Attribution
from sayso.read.mentions import Mention
from sayso.read.quotations import form, quotations
from sayso.read.speakers import Pointer, is_first_person, point
from sayso.vocabulary import Certainty, Form, Link, Passage, Span, Stance, passage

# A statement rests on the one inside it when that makes up this much of its content.
_WHOLE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its actors have names: `entity` is -1 for the outlet and None for an unknown speaker."""

    source: Passage
    cue: Passage
    content: Passage
    parent: int | None
    entity: int | None
    candidates: tuple[int, ...]
    speaker: str
    form: Form
    stance: Stance
    certainty: Certainty
    about_future: bool
    chain: tuple[tuple[int | None, Link], ...]
    score: float


OUTLET: Final = -1


def statements(
    text: str,
    found: Sequence[Attribution],
    loose: Sequence[Span],
    body: Sequence[Span],
    mentions: Sequence[Mention],
    entity: Sequence[int],
    unsure: Mapping[int, tuple[int, ...]],
) -> list[Draft]:
    """All statements in reading order, parents before their children, the outlet's own among them."""
    quoted = quotations(text)
    outer_first = sorted(found, key=lambda a: (_start(a), -nesting.size(a.content)))
    parents = nesting.parents(outer_first)
    drafts: list[Draft] = []
    place: dict[int, int] = {}
    for i in _parents_first(parents):
        above = parents[i]
        parent = place[above] if above is not None else None
        draft = _draft(text, outer_first[i], quoted, mentions, entity, unsure)
        place[i] = len(drafts)
        drafts.append(_under(draft, drafts[parent], parent) if parent is not None else draft)
    drafts += _continued(text, drafts, quoted, body)
    drafts += _unclaimed(text, loose, drafts, quoted)
    drafts += _own_voice(text, drafts, body)
    return _in_order(_resting(text, _chained(text, drafts, body, mentions, entity)))


def _start(item: Attribution) -> int:
    return min(span.start for span in (*item.source, *item.cue, *item.content))


def _parents_first(parents: Sequence[int | None]) -> list[int]:
    def depth(i: int) -> int:
        above = parents[i]
        return 0 if above is None else 1 + depth(above)

    return sorted(range(len(parents)), key=lambda i: (depth(i), i))


def _draft(
    text: str,
    item: Attribution,
    quoted: list[Span],
    mentions: Sequence[Mention],
    entity: Sequence[int],
    unsure: Mapping[int, tuple[int, ...]],
) -> Draft:
    source, cue, content = (passage(text, spans) for spans in (item.source, item.cue, item.content))
    pointer = point(text, item.source[0], mentions, entity, unsure) if item.source else Pointer(None)
    put = stance.stance(cue.text, content.text, sourceless=not item.source)
    own = not item.source and bool(stance.hearsay(text, item.cue[0]) or put is Stance.ASSERTS)
    return Draft(
        source, cue, content, None,
        OUTLET if own else pointer.entity, pointer.candidates, source.text,
        Form.VOICE if own else form(text, item.content, quoted),
        Stance.ASSERTS if own else put,
        stance.certainty(text, put, cue, content), stance.about_future(put, content.text), (), item.score,
    )  # fmt: skip


def _under(draft: Draft, parent: Draft, index: int) -> Draft:
    """A statement as its parent's content: "I" and "we" are the parent's speaker, and so is a voice of its own."""
    draft = replace(draft, parent=index)
    if draft.form is Form.VOICE:
        draft = replace(draft, form=parent.form if parent.form is not Form.VOICE else Form.INDIRECT)
    if draft.entity == OUTLET or is_first_person(draft.source.text):
        return replace(draft, entity=parent.entity, speaker=draft.speaker or parent.speaker)
    return draft


def _continued(text: str, drafts: Sequence[Draft], quoted: Sequence[Span], body: Sequence[Span]) -> list[Draft]:
    """Quotations with no cue that go on where a speaker's quotation stopped."""
    covered = [(span, d) for d in drafts if d.parent is None for span in d.content.spans]
    starts = [s.start for s in body]
    out: list[Draft] = []
    for quote in quoted:
        if len(quote.of(text).split()) < 5 or any(nesting.overlap([quote], [span]) for span, _ in covered):
            continue
        at = bisect_right(starts, quote.start) - 1
        if at < 0 or len(quote.of(text)) < 0.6 * len(body[at].of(text)):
            continue
        before = [(span, d) for span, d in covered if span.end <= quote.start and d.form in (Form.DIRECT, Form.MIXED)]
        last = max(before, key=lambda pair: pair[0].end, default=None)
        if last is None or bisect_right(starts, last[0].start) - 1 < at - 2:
            continue
        content = passage(text, (quote,))
        spoken = replace(
            last[1], source=Passage(), cue=Passage(), content=content, form=Form.DIRECT, stance=Stance.SAYS,
            certainty=stance.certainty(text, Stance.SAYS, Passage(), content),
            about_future=stance.about_future(Stance.SAYS, content.text), score=0.5 * last[1].score,
        )  # fmt: skip
        out.append(spoken)
        covered.append((quote, spoken))
    return out


def _unclaimed(text: str, loose: Sequence[Span], drafts: Sequence[Draft], quoted: list[Span]) -> list[Draft]:
    """Quoted words that read as a statement but have no cue: an unknown speaker's, not the outlet's voice."""
    covered = [s for d in drafts if d.parent is None for part in (d.source, d.cue, d.content) for s in part.spans]
    free = [s for s in loose if not nesting.overlap([s], covered)]
    return [_unknown(text, s, quoted) for s in free if 2 * nesting.overlap([s], quoted) > s.end - s.start]


def _unknown(text: str, span: Span, quoted: list[Span]) -> Draft:
    content = passage(text, (span,))
    return replace(
        _voice(text, (span,)),
        entity=None,
        form=form(text, (span,), quoted),
        stance=Stance.SAYS,
        certainty=stance.certainty(text, Stance.SAYS, Passage(), content),
        score=0.5,
    )


def _own_voice(text: str, drafts: Sequence[Draft], body: Sequence[Span]) -> list[Draft]:
    """What the outlet asserts itself: each sentence, or the larger rest of one, that no statement covers."""
    taken = sorted(
        span for d in drafts if d.parent is None for part in (d.source, d.cue, d.content) for span in part.spans
    )
    starts = [span.start for span in taken]
    out = []
    for sentence in body:
        near = taken[max(0, bisect_right(starts, sentence.start) - 40) : bisect_right(starts, sentence.end)]
        touching = [s for s in near if s.start < sentence.end and sentence.start < s.end]
        if spans := voice.unvouched(text, sentence, touching):
            out.append(_voice(text, spans))
    return out


def _voice(text: str, spans: tuple[Span, ...]) -> Draft:
    content = passage(text, spans)
    return Draft(
        Passage(), Passage(), content, None, OUTLET, (), "", Form.VOICE, Stance.ASSERTS,
        stance.certainty(text, Stance.ASSERTS, Passage(), content),
        stance.about_future(Stance.ASSERTS, content.text), (), 1.0,
    )  # fmt: skip


def _chained(
    text: str,
    drafts: Sequence[Draft],
    body: Sequence[Span],
    mentions: Sequence[Mention],
    entity: Sequence[int],
) -> list[Draft]:
    """Give each statement the vouchers that its own sentence names, below its parent's."""
    out: list[Draft] = []
    for draft in drafts:
        links = list(out[draft.parent].chain) if draft.parent is not None else []
        if draft.form is Form.VOICE:
            adverbs = [a for span in (*draft.cue.spans, *draft.content.spans) for a in stance.hearsay(text, span)]
            links += [(None, Link(a.of(text), None, a, "hearsay adverb")) for a in adverbs[:1]]
        else:
            parent = drafts[draft.parent] if draft.parent is not None else None
            links += _vouchers(text, draft, parent, body, mentions, entity)
        out.append(replace(draft, chain=tuple(links)))
    return out


def _vouchers(
    text: str,
    draft: Draft,
    parent: Draft | None,
    body: Sequence[Span],
    mentions: Sequence[Mention],
    entity: Sequence[int],
) -> list[tuple[int | None, Link]]:
    where = draft.source.spans[0] if draft.source else None
    own = (
        draft.entity,
        Link(draft.speaker or "unnamed", None, where, "text" if where else "continued quotation"),
    )
    links = [own] if draft.source or draft.entity is not None else []
    if not draft.source and draft.entity is None:
        cue = draft.cue.spans[0] if draft.cue else None
        links = [(None, Link("unnamed", None, cue, "no source given"))]
    sentence = next((s for s in body if draft.cue and s.start <= draft.cue.spans[0].start < s.end), None)
    if sentence is None:
        return links
    outside = [g for g in _around(sentence, draft.content.spans) if g.end - g.start > 5]
    for gap in outside:
        near = [span for span in hearsay.carried_by(text, gap) if not _same(span, draft.source.spans)]
        links = [_named(text, span, mentions, entity) for span in near] + links
        for span in hearsay.cited(text, gap):
            if not any(_same(span, part.spans) for part in (draft.source, draft.cue)) and (
                parent is None or not _outside(span, parent)
            ):
                links.append(_named(text, span, mentions, entity))
    heard = hearsay.received(text, draft.cue.spans[0])
    if heard:
        links.append((None, Link(heard.of(text), None, heard)))
    return links


def _outside(span: Span, parent: Draft) -> bool:
    """Whether words stand outside what the parent says: they vouch for the parent, not for what is inside it."""
    return not nesting.overlap([span], parent.content.spans)


def _around(sentence: Span, content: Sequence[Span]) -> list[Span]:
    gaps, at = [], sentence.start
    for span in content:
        if span.start > at:
            gaps.append(Span(at, min(span.start, sentence.end)))
        at = max(at, span.end)
    return [*gaps, Span(at, sentence.end)] if at < sentence.end else gaps


def _same(span: Span, others: Sequence[Span]) -> bool:
    return nesting.overlap([span], others) > 0


def _named(text: str, span: Span, mentions: Sequence[Mention], entity: Sequence[int]) -> tuple[int | None, Link]:
    return point(text, span, mentions, entity, {}).entity, Link(span.of(text), None, span)


def _resting(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """A statement that only hands on what stands inside it rests on that statement's vouchers too."""
    out = list(drafts)
    for i in range(len(out) - 1, -1, -1):
        parent = out[i].parent
        if parent is None or not out[i].source or is_first_person(out[i].source.text):
            continue
        inner = (*out[i].source.spans, *out[i].cue.spans, *out[i].content.spans)
        whole = nesting.size(out[parent].content.spans)
        if nesting.overlap(out[parent].content.spans, inner) > _WHOLE * whole:
            further = out[i].chain[len(drafts[parent].chain) :]
            out[parent] = replace(out[parent], chain=out[parent].chain + further)
    return out


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """Reading order by first span, parents before children, with parents renumbered."""

    def position(i: int) -> tuple[int, int, int]:
        draft = drafts[i]
        first = min(s.start for part in (draft.source, draft.cue, draft.content) for s in part.spans)
        return first, 0 if draft.parent is None else 1, -nesting.size(draft.content.spans)

    order: list[int] = []

    def place(i: int) -> None:
        order.append(i)
        for child in sorted((j for j, d in enumerate(drafts) if d.parent == i), key=position):
            place(child)

    for i in sorted((i for i, d in enumerate(drafts) if d.parent is None), key=position):
        place(i)
    new = {old: i for i, old in enumerate(order)}
    return [replace(drafts[i], parent=new[above] if (above := drafts[i].parent) is not None else None) for i in order]
