"""Documents -> training windows: pieces with labels for every head, and batches of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.read.pieces import Pieces, split
from training.corpora import Document, Filler, Mention, Span, is_name

Ints = npt.NDArray[np.int64]

IGNORE: Final = -100
CLS, SEP, PAD = 101, 102, 0
# Roles of a piece with respect to one cue.
NONE, SOURCE, CUE, CONTENT = 0, 1, 2, 3
# Whether a cue starts at a piece: none, of an outermost statement, of an inner one.
ANCHOR_NONE, ANCHOR_OUTER, ANCHOR_INNER = 0, 1, 2
# An inner cue may start here, but the corpus does not say: only the outer reading is wrong.
ANCHOR_MAYBE_INNER: Final = 3

NAMES: Final = ("PER", "ORG", "LOC", "NAT")
FILLERS: Final = ("perpetrator", "organisation", "target", "victim", "weapon")
TAGS: Final = {"names": NAMES, "phrases": ("person", "organization", "place"), "fillers": FILLERS}
# What a template of MUC-4 says of a filler, and the order in which the heads score it.
KINDS: Final = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE")
STANDINGS: Final = (
    "REPORTED AS FACT",
    "SUSPECTED OR ACCUSED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "CLAIMED OR ADMITTED",
    "POSSIBLE",
)
EFFECTS: Final = {
    "DEATH": 0,
    "INJURY": 1,
    "NO INJURY OR DEATH": 2,
    "NO INJURY": 2,
    "NO DEATH": 2,
    "REGAINED FREEDOM": 3,
    "SOME DAMAGE": 4,
    "DESTROYED": 5,
    "NO DAMAGE": 6,
}
CHOICES: Final = {"standing": len(STANDINGS), "effect": 7}
_RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NAT"}
_PRONOUNS = frozenset("he him his himself she her hers herself it its itself they them their theirs themselves".split())
_BREAKS = frozenset(
    "of , ( who whom which that in on at from for with by to as about against and or whose where when - – — :".split()
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution in a window: the cue's first piece and each piece's role."""

    anchor: int
    roles: Ints


@dataclass(frozen=True, slots=True)
class Window:
    """At most `size` pieces of a document with the labels known for them."""

    ids: Ints
    shapes: Ints
    breaks: Ints
    anchors: Ints | None
    relations: tuple[Relation, ...]
    tags: dict[str, Ints]
    # (mention's first piece, first pieces of earlier mentions of the same entity, of other mentions)
    links: tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...] = ()
    # (first piece of a filler, of another, whether one template has both)
    together: tuple[tuple[int, int, bool], ...] = ()


def _window(pieces: Pieces, lo: int, hi: int) -> tuple[Ints, Ints, Ints]:
    def pad(values: Ints, first: int, last: int) -> Ints:
        return np.concatenate([[first], values[lo:hi], [last]])

    return pad(pieces.ids, CLS, SEP), pad(pieces.shapes, 0, 0), pad(pieces.breaks, 0, 0)


def _covered(pieces: Pieces, spans: Iterable[Span]) -> Ints:
    hit = np.zeros(len(pieces), dtype=bool)
    for start, end in spans:
        hit[np.searchsorted(pieces.ends, start, "right") : np.searchsorted(pieces.starts, end, "left")] = True
    return np.nonzero(hit)[0]


def _starts(count: int, size: int, overlap: int, rng: random.Random) -> list[int]:
    if count <= size:
        return [0]
    first = -rng.randrange(0, size // 2)
    return [max(0, lo) for lo in range(first, count - overlap, size - overlap)]


def attribution_windows(document: Document, cue_words: frozenset[str], size: int, rng: random.Random) -> list[Window]:
    """Windows of a document that has attributions, cut at a random phase."""
    pieces = split(document.text)
    count = len(pieces)
    anchors = np.zeros(count, dtype=np.int64)
    relations: list[tuple[int, Ints]] = []
    inner = [a for a in document.attributions if a.inner]
    for item in document.attributions:
        # Inside a content, the corpus leaves inner cues unmarked; planted sentences are marked in full.
        if item.inner or any(_inside(i.cue, item.content) for i in inner):
            continue
        for at in _covered(pieces, item.content):
            if document.text[pieces.starts[at] : pieces.ends[at]].lower() in cue_words:
                anchors[at] = ANCHOR_MAYBE_INNER
    for item in document.attributions:
        cue = _covered(pieces, item.cue)
        if not len(cue):
            continue
        roles = np.zeros(count, dtype=np.int64)
        roles[_covered(pieces, item.content)] = CONTENT
        roles[_covered(pieces, item.source)] = SOURCE
        roles[cue] = CUE
        anchors[cue[0]] = ANCHOR_INNER if item.inner else ANCHOR_OUTER
        relations.append((int(cue[0]), roles))
    windows = []
    for lo in _starts(count, size - 2, 32, rng):
        hi = min(count, lo + size - 2)
        ids, shapes, breaks = _window(pieces, lo, hi)
        kept = tuple(
            Relation(anchor - lo + 1, np.concatenate([[0], roles[lo:hi], [0]]))
            for anchor, roles in relations
            if lo <= anchor < hi
        )
        windows.append(Window(ids, shapes, breaks, np.concatenate([[0], anchors[lo:hi], [0]]), kept, {}))
    return windows


def _inside(spans: Sequence[Span], around: Sequence[Span]) -> bool:
    return any(s >= a and e <= b for s, e in spans for a, b in around)


def _bio(pieces: Pieces, mentions: Sequence[tuple[Span, str]], kinds: tuple[str, ...]) -> Ints:
    tags = np.zeros(len(pieces), dtype=np.int64)
    taken = np.zeros(len(pieces), dtype=bool)
    for span, kind in sorted(mentions, key=lambda m: m[0][0] - m[0][1]):
        at = _covered(pieces, [span])
        if not len(at) or taken[at].any():
            continue
        taken[at] = True
        tags[at] = 2 * kinds.index(kind) + 2
        tags[at[0]] = 2 * kinds.index(kind) + 1
    return tags


def _base_phrase(text: str, mention: Mention) -> Span:
    """The noun phrase up to what qualifies its head: "the head of the party" gives "the head"."""
    start, end = mention.span
    for word in re.finditer(r"\S+", text[start:end]):
        at = start + word.start()
        if at > start and (word.group().strip(",()").lower() in _BREAKS or word.group().startswith("(")):
            return start, start + len(text[start:at].rstrip())
        if word.group().endswith((",", ":")):
            return start, start + word.end() - 1
    return start, end


def _with_article(text: str, mention: Mention) -> Span:
    """The name as re3d has it: an organisation keeps its article."""
    start, end = mention.span
    return (
        (start - 4, end)
        if mention.kind == "ORG" and text[max(0, start - 4) : start].lower() == "the "
        else (start, end)
    )


def mention_windows(document: Document, corpus: str, size: int, rng: random.Random) -> list[Window]:
    """Windows of a document that has mentions; `corpus` is gum, re3d, wikigold or uner."""
    pieces = split(document.text)
    text = document.text
    tags: dict[str, Ints] = {}
    if corpus == "re3d":
        known = [(m.span, _RE3D[m.kind]) for m in document.mentions if m.kind in _RE3D]
        tags["names"] = _bio(pieces, [(span, kind) for span, kind in known if is_name(text, span)], NAMES)
    elif corpus in ("wikigold", "uner"):
        known = [(_with_article(text, m), m.kind) for m in document.mentions if m.kind in NAMES]
        tags["names"] = _bio(pieces, known, NAMES)
        other = _covered(pieces, [m.span for m in document.mentions if m.kind not in NAMES])
        tags["names"][other] = IGNORE
    else:
        kinds = TAGS["phrases"]
        phrases = [
            (_base_phrase(text, m), m.kind)
            for m in document.mentions
            if m.kind in kinds and text[slice(*m.span)].lower() not in _PRONOUNS
        ]
        tags["phrases"] = _bio(pieces, phrases, kinds)
    links = _links(document, pieces) if corpus == "gum" else []
    windows = []
    for lo in _starts(len(pieces), size - 2, 64 if links else 16, rng):
        hi = min(len(pieces), lo + size - 2)
        ids, shapes, breaks = _window(pieces, lo, hi)
        kept = []
        for at, same, other in links:
            if lo <= at < hi:
                near = tuple(i - lo + 1 for i in same if i >= lo)
                if near or at - lo > size // 2:
                    kept.append((at - lo + 1, near or (0,), tuple(i - lo + 1 for i in other if i >= lo)))
        cut = {head: np.concatenate([[0], labels[lo:hi], [0]]) for head, labels in tags.items()}
        windows.append(Window(ids, shapes, breaks, None, (), cut, tuple(kept)))
    return windows


def filler_windows(document: Document, size: int, rng: random.Random) -> list[Window]:
    """Windows of a document whose fillers are known, all of them."""
    pieces = split(document.text)
    tags = {"fillers": _bio(pieces, [(f.span, f.role) for f in document.fillers], FILLERS)}
    for head in ("kinds", "names", *CHOICES):
        tags[head] = np.full(len(pieces), IGNORE)
    placed: list[tuple[int, Filler]] = []
    for filler in document.fillers:
        at = _covered(pieces, [filler.span])
        if not len(at):
            continue
        placed.append((int(at[0]), filler))
        if filler.named is not None:
            tags["names"][at] = 2 if filler.named else 0
            tags["names"][at[0]] = 1 if filler.named else 0
        tags["kinds"][at] = sum(1 << KINDS.index(kind) for kind in filler.kinds if kind in KINDS)
        if filler.standing in STANDINGS:
            tags["standing"][at] = STANDINGS.index(filler.standing)
        if filler.effect in EFFECTS:
            tags["effect"][at] = EFFECTS[filler.effect]
    windows = []
    for lo in _starts(len(pieces), size - 2, 48, rng):
        hi = min(len(pieces), lo + size - 2)
        ids, shapes, breaks = _window(pieces, lo, hi)
        here = [(at - lo + 1, filler) for at, filler in placed if lo <= at < hi]
        pairs = [(i, j, bool(f.templates & g.templates)) for i, f in here for j, g in here if i < j]
        cut = {head: np.concatenate([[IGNORE], labels[lo:hi], [IGNORE]]) for head, labels in tags.items()}
        near = tuple(rng.sample(pairs, min(len(pairs), 80)))
        windows.append(Window(ids, shapes, breaks, None, (), cut, together=near))
    return windows


def _links(document: Document, pieces: Pieces) -> list[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    """For pronouns and later mentions of people, organisations and places: earlier mentions, same and other."""
    kinds = {"person", "organization", "place"}
    mentions = sorted((m for m in document.mentions if m.kind in kinds), key=lambda m: (m.span[0], -m.span[1]))
    placed = [(int(at[0]), m.chain) for m in mentions if len(at := _covered(pieces, [m.span]))]
    out = []
    for i, (at, chain) in enumerate(placed):
        earlier = [(p, c) for p, c in placed[:i] if p < at]
        same = tuple({p for p, c in earlier if c == chain})
        if same:
            out.append((at, same, tuple({p for p, _ in earlier} - set(same))))
    return out


def _flat(window: Window) -> Ints:
    """Each piece's role over the outermost attributions of a window; the highest role where they overlap."""
    flat = np.zeros(len(window.ids), dtype=np.int64)
    for relation in window.relations:
        if window.anchors is not None and window.anchors[relation.anchor] == ANCHOR_OUTER:
            flat = np.where(flat == NONE, relation.roles, flat)
    return flat


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one length. Shapes: [windows, pieces] unless said otherwise."""

    ids: Ints
    shapes: Ints
    breaks: Ints
    mask: npt.NDArray[np.bool_]
    anchors: Ints
    tags: dict[str, Ints]
    relation_at: Ints  # [relations, 2]: window, anchor piece
    relation_roles: Ints  # [relations, pieces]
    flat: Ints  # the role each piece plays in an outermost attribution, whichever
    links: tuple[tuple[int, int, tuple[int, ...], tuple[int, ...]], ...]
    together: Ints  # [pairs, 4]: window, a filler's first piece, another's, whether one template has both


def batch(windows: Sequence[Window]) -> Batch:
    """Pad windows to the longest of them; unknown labels are IGNORE."""
    length = max(len(w.ids) for w in windows)

    def padded(values: Ints | None, fill: int) -> Ints:
        if values is None:
            return np.full(length, IGNORE)
        return np.concatenate([values, np.full(length - len(values), fill)]).astype(np.int64)

    relations = [(i, r) for i, w in enumerate(windows) for r in w.relations]
    return Batch(
        np.stack([padded(w.ids, PAD) for w in windows]),
        np.stack([padded(w.shapes, 0) for w in windows]),
        np.stack([padded(w.breaks, 0) for w in windows]),
        np.stack([np.arange(length) < len(w.ids) for w in windows]),
        np.stack([padded(w.anchors, IGNORE) for w in windows]),
        {head: np.stack([padded(w.tags.get(head), IGNORE) for w in windows]) for head in (*TAGS, *CHOICES, "kinds")},
        np.array([(i, r.anchor) for i, r in relations], dtype=np.int64).reshape(-1, 2),
        np.stack([padded(r.roles, IGNORE) for _, r in relations]) if relations else np.zeros((0, length), np.int64),
        np.stack([padded(_flat(w), IGNORE) for w in windows]),
        tuple((i, *link) for i, w in enumerate(windows) for link in w.links),
        np.array([(i, *pair) for i, w in enumerate(windows) for pair in w.together], dtype=np.int64).reshape(-1, 4),
    )
