"""Entities -> actors with names, kinds, roles and labels; drafts -> statements that point at them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sayso.read import lexicon, roles
from sayso.read.chains import OUTLET, Draft
from sayso.read.labels import Branding, brandings
from sayso.read.mentions import ORGANISATION, PERSON, PLACE, Mention, Sort, head_word
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Form,
    Label,
    Link,
    ReportId,
    Role,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    StatementId,
)

NO_REPORT: Final = ReportId("r-unnamed")
_STATE: Final = frozenset(
    "government regime state administration authorities cabinet kremlin pentagon presidency".split()
)
_COLLECTIVE_TYPES: Final = {
    PERSON: ActorKind.PERSON,
    ORGANISATION: ActorKind.ORGANISATION,
    PLACE: ActorKind.PLACE,
}


def named(
    text: str, mentions: Sequence[Mention], entity: Sequence[int], drafts: Sequence[Draft]
) -> tuple[tuple[Actor, ...], tuple[Statement, ...]]:
    """The report's actors in order of appearance, and its statements."""
    speaking = (
        {d.entity for d in drafts} | {e for d in drafts for e, _ in d.chain} | {c for d in drafts for c in d.candidates}
    )
    members: dict[int, list[int]] = {}
    for i, number in enumerate(entity):
        members.setdefault(number, []).append(i)
    brands = brandings(text, [m.span for m in mentions if m.sort is Sort.NAME])
    branded = _branded(text, mentions, entity, brands)
    kept = [
        number
        for number, group in members.items()
        if number in speaking or number in branded or _is_actor(mentions, group)
    ]
    kept.sort(key=lambda number: mentions[members[number][0]].span)
    ids = {number: ActorId(f"a{i}") for i, number in enumerate(kept, 1)}
    statements = tuple(_statement(i, d, ids, mentions, members) for i, d in enumerate(drafts, 1))
    labels = {n: tuple(_label(text, brand, statements) for brand in branded.get(n, ())) for n in kept}
    people = tuple(
        _actor(text, ids[number], [mentions[i] for i in members[number]], number in speaking, labels[number])
        for number in kept
    )
    return people, statements


def _is_actor(mentions: Sequence[Mention], group: Sequence[int]) -> bool:
    """Whether an entity that never speaks is worth listing: a named one, or one that the report comes back to."""
    if any(mentions[i].sort is Sort.NAME and mentions[i].type != PLACE for i in group):
        return True
    kinds = {mentions[i].sort for i in group}
    return Sort.NOMINAL in kinds and len(group) > 1 and mentions[group[0]].type != PLACE


def _branded(
    text: str, mentions: Sequence[Mention], entity: Sequence[int], brands: Sequence[Branding]
) -> dict[int, list[Branding]]:
    """Each branding with the entity whose mention its phrase holds; names before descriptions, nearest first."""
    out: dict[int, list[Branding]] = {}
    for brand in brands:
        near = [
            (m.sort is not Sort.NAME, abs(m.span.start - brand.span.end), entity[i])
            for i, m in enumerate(mentions)
            if (m.sort is Sort.NAME or (m.sort is Sort.NOMINAL and m.span.end >= brand.span.end))
            and m.span.start < brand.phrase.end
            and brand.phrase.start < m.span.end
        ]
        after = [
            entity[i]
            for i, m in enumerate(mentions)
            if m.sort is Sort.NAME and m.type != PLACE and _belongs(text, brand, m.span)
        ]
        if near or after:
            out.setdefault(min(near)[2] if near else after[0], []).append(brand)
    return out


def _belongs(text: str, brand: Branding, name: Span) -> bool:
    """Whether a name follows a branding noun by "of" or "from": "terrorists of the League"."""
    gap = text[brand.span.end : name.start] if name.start >= brand.span.end else "\n"
    return len(gap) < 30 and re.fullmatch(r"\s+(?:of|from)\s+(?:the\s+)?", gap) is not None


def _label(text: str, brand: Branding, statements: Sequence[Statement]) -> Label:
    """A label is the words of the innermost statement in whose content it stands, else the outlet's."""
    around = [
        (sum(s.end - s.start for s in statement.content.spans), statement.id)
        for statement in statements
        if statement.form is not Form.VOICE
        and any(s.start <= brand.span.start and brand.span.end <= s.end for s in statement.content.spans)
    ]
    return Label(brand.span.of(text), brand.span, min(around)[1] if around else "outlet")


def _actor(text: str, number: ActorId, group: Sequence[Mention], speaks: bool, labels: tuple[Label, ...]) -> Actor:
    names = list(dict.fromkeys(_plain(m.span.of(text)) for m in group if m.sort is Sort.NAME))
    described = [m for m in group if m.sort is Sort.NOMINAL]
    found: dict[Span, Role] = {}
    for mention in group:
        if mention.sort is Sort.NAME and mention.type == PERSON:
            found |= {role.span: role for role in roles.beside(text, mention.span)}
        elif names and mention.sort is Sort.NOMINAL and mention.head in lexicon.roles():
            role = roles.office(text, mention.span)
            found[role.span] = role
    name = max(names, key=lambda n: (len(n.split()), len(n))) if names else ""
    first = (described or group)[0].span.of(text)
    return Actor(
        number, name or first, _kind(text, group, speaks), tuple(names),
        tuple(found[span] for span in sorted(found)), tuple(m.span for m in group), labels,
    )  # fmt: skip


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"^(?:[Tt]he)\s+", "", name)).strip(" ,")


def _kind(text: str, group: Sequence[Mention], speaks: bool) -> ActorKind:
    names = [m for m in group if m.sort is Sort.NAME]
    if names:
        types = [m.type for m in names]
        kind = max(sorted(set(types)), key=types.count)
        if any(head_word(m.span.of(text)) in _STATE for m in names) or (kind == PLACE and speaks):
            return ActorKind.STATE
        return _COLLECTIVE_TYPES[kind]
    mention = next((m for m in group if m.sort is Sort.NOMINAL), group[0])
    if mention.sort is Sort.PRONOUN:
        return ActorKind.UNKNOWN
    if mention.head in _STATE:
        return ActorKind.STATE
    if mention.plural:
        return ActorKind.GROUP
    if mention.head in lexicon.roles():
        return ActorKind.OFFICE if mention.definite else ActorKind.PERSON
    return _COLLECTIVE_TYPES[mention.type]


def _statement(
    number: int,
    draft: Draft,
    ids: Mapping[int, ActorId],
    mentions: Sequence[Mention],
    members: Mapping[int, Sequence[int]],
) -> Statement:
    return Statement(
        StatementId(f"s{number}"), _speaker(draft, ids, mentions, members), draft.content, draft.source, draft.cue,
        StatementId(f"s{draft.parent + 1}") if draft.parent is not None else None,
        draft.form, draft.stance, draft.certainty, draft.about_future,
        tuple(Link(link.text, ids.get(e) if e is not None else None, link.span, link.by) for e, link in draft.chain),
        round(draft.score, 4),
    )  # fmt: skip


def _speaker(
    draft: Draft,
    ids: Mapping[int, ActorId],
    mentions: Sequence[Mention],
    members: Mapping[int, Sequence[int]],
) -> Speaker:
    if draft.entity == OUTLET:
        return Speaker(SpeakerKind.OUTLET, "")
    candidates = tuple(ids[c] for c in draft.candidates)
    if draft.entity is None or all(mentions[i].sort is Sort.PRONOUN for i in members[draft.entity]):
        return Speaker(SpeakerKind.UNKNOWN, draft.speaker, None, candidates)
    return Speaker(SpeakerKind.ACTOR, draft.speaker, ids[draft.entity])
