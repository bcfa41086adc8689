"""Fillers -> templates: which of them belong to one incident, and of what kind it is.

A kind is told of where its fillers together make it likely; fillers of one kind that the encoder keeps apart make
several incidents of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.read.incidents.evidence import Candidate, features, probability, shipped
from sayso.read.incidents.fillers import Attack, Filler, FillerRole, together
from sayso.vocabulary import Actor, ActorId, ActorKind, Span

_KINDS: Final = tuple(Attack)
TOLD: Final = 1.2  # a kind of incident is told of where the scores of its fillers together reach this
OF_KIND: Final = 0.4  # a filler belongs to an incident of a kind from this probability on
SCORE: Final = 0.2  # a filler is looked at from this probability of its role on
APART: Final = 0.3  # fillers below this probability of sharing an incident start another
KEPT: Final = 0.25  # an entity is kept from this probability on
_MOST: Final = 0.5  # share of a filler and a mention that both have, where they point to one actor
_OF = re.compile(r"\bof\s+(?:\w+\s+)?$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(\[]\s*")
_ARTICLE = re.compile(r"^(?:the|a|an|some|several|two|three|four|five|six|\d+)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entity:
    """One filler of a template, wherever it is mentioned.

    `span` is its surest mention, or the name in it; `actor` the one of the reading that it points to, and `named`
    whether that has a name; `score` is the probability that it is one.
    """

    role: FillerRole
    mentions: tuple[Filler, ...]
    span: Span
    actor: ActorId | None
    named: bool
    score: float

    @property
    def best(self) -> Filler:
        """The mention that is surest."""
        return max(self.mentions, key=lambda m: m.score)


@dataclass(frozen=True, slots=True)
class Template:
    """An incident of one kind with its entities."""

    kind: Attack
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Pointing:
    """Whom a filler points to: the actor, where there is one, and the name within the filler, or all of it."""

    actor: ActorId | None
    name: Span
    named: bool


def templates(text: str, found: Sequence[Filler], actors: Sequence[Actor] = ()) -> list[Template]:
    """The templates of a text, in the order of their first fillers; `actors` tell which fillers are one."""
    out = []
    known = frozenset(actor.id for actor in actors if actor.names)
    for kind, candidates, pointing in told(text, found, actors):
        weighed = list(_weighed(text, kind, candidates, pointing, known))
        surest = max(weighed, key=lambda e: e.score)  # what tells of an incident at all tells of somebody in it
        out.append(Template(kind, tuple(e for e in weighed if e.score >= KEPT or e is surest)))
    return sorted(out, key=lambda t: min(m.span for e in t.entities for m in e.mentions))


def told(
    text: str, found: Sequence[Filler], actors: Sequence[Actor]
) -> Iterator[tuple[Attack, list[Candidate], Mapping[Span, Pointing]]]:
    """The incidents that the fillers tell of: kind, candidates for its entities, and whom the fillers point to."""
    sure = [f for f in found if f.score >= SCORE]
    pointing = {f.span: _pointing(text, f, actors) for f in sure}
    for i, kind in enumerate(_KINDS):
        here = [f for f in sure if f.kinds[i] >= OF_KIND]
        if sum(f.kinds[i] * f.score for f in here) < TOLD:
            continue
        for group in _apart(here):
            yield kind, list(_candidates(text, group, pointing)), pointing


def _weighed(
    text: str,
    kind: Attack,
    candidates: Sequence[Candidate],
    pointing: Mapping[Span, Pointing],
    known: Collection[ActorId | None],
) -> Iterator[Entity]:
    low = " ".join(text.lower().split())
    for candidate in candidates:
        best = max(candidate.mentions, key=lambda m: (pointing[m.span].named, m.score))
        who = next((a for m in (best, *candidate.mentions) if (a := pointing[m.span].actor) is not None), None)
        yield Entity(
            candidate.role,
            tuple(candidate.mentions),
            pointing[best.span].name,
            who,
            who in known,
            probability(shipped(), features(low, _KINDS.index(kind), candidate, candidates)),
        )


def _pointing(text: str, filler: Filler, actors: Sequence[Actor]) -> Pointing:
    """The actor that a filler points to, and its name within the filler.

    A victim's name may have titles before it; any other actor's mention has to be most of the filler.
    """
    span = filler.span
    near: list[tuple[float, ActorId]] = []
    held: list[tuple[int, Span, ActorId]] = []
    for actor in actors:
        shared, share = max((_shared(mention, span) for mention in actor.mentions), default=(0, 0.0))
        if shared > 0:
            near.append((share, actor.id))
            if filler.role is FillerRole.VICTIM and actor.kind is ActorKind.PERSON:
                held += [(name.end - name.start, name, actor.id) for name in _names(text, span, actor)]
    if held:
        _, name, who = max(held)
        return Pointing(who, name, named=True)
    share, closest = max(near, default=(0.0, None))
    return Pointing(closest if share > _MOST else None, span, named=False)


def _shared(one: Span, other: Span) -> tuple[int, float]:
    """How many characters two spans share, and which part of both together that is."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared, shared / (max(one.end, other.end) - min(one.start, other.start))


def _names(text: str, span: Span, actor: Actor) -> Iterator[Span]:
    """Where an actor's names stand in a phrase, but for "the daughter of NAME"."""
    for name in actor.names:
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", span.of(text), re.IGNORECASE):
            at = Span(span.start + found.start(), span.start + found.end())
            if not _OF.search(text, span.start, at.start):
                yield at


def _apart(found: Sequence[Filler]) -> list[list[Filler]]:
    """Fillers in groups: each joins the group whose members it best shares an incident with."""
    groups: list[list[Filler]] = []
    for filler in found:
        scored = [(sum(together(m, filler) for m in group) / len(group), group) for group in groups]
        best = max(scored, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] >= APART:
            best[1].append(filler)
        else:
            groups.append([filler])
    return groups


def _candidates(text: str, found: Sequence[Filler], pointing: Mapping[Span, Pointing]) -> Iterator[Candidate]:
    """Fillers of one role that point to one actor, or whose words are the same or hold one another, are one."""
    groups: list[list[Filler]] = []
    for filler in found:
        words, who = _plain(filler.span.of(text)), pointing[filler.span].actor
        for group in groups:
            if group[0].role is filler.role and any(
                (who is not None and pointing[m.span].actor == who)
                or _same(words, _plain(m.span.of(text)))
                or _is_short_for(text, filler, m)
                for m in group
            ):
                group.append(filler)
                break
        else:
            groups.append([filler])
    for group in groups:
        best = max(group, key=lambda m: (pointing[m.span].named, m.score))
        yield Candidate(
            pointing[best.span].name.of(text),
            group,
            any(pointing[m.span].actor is not None for m in group),
            pointing[best.span].named,
        )


def _is_short_for(text: str, filler: Filler, before: Filler) -> bool:
    """Whether a filler is what another's long name is shortened to, in brackets behind it."""
    gap = text[before.span.end : filler.span.start]
    return filler.role is FillerRole.ORGANISATION and _BRACKET.fullmatch(gap) is not None


def _plain(words: str) -> str:
    return _ARTICLE.sub("", " ".join(words.lower().split()))


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long) is not None
