"""The heads' scores -> attributions: one for each cue, with its source and content spans.

Each piece that may start a cue is an anchor. Given an anchor, every word of the window is scored for the role
it plays for that cue (nothing, source, cue, content), so that sources are shared, contents nest and split,
and no assembling of loose fragments is needed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from sayso.read.decoding import CONTENT, CUE, NONE, SOURCE, Floats, Ints, decode, role_scores, softmax
from sayso.read.encoder import Encoder, Scores
from sayso.read.words import Words
from sayso.vocabulary import Span

Run = tuple[int, int]  # the first and last word of a stretch, both included

# Tuned on the held-back twentieth of the training articles (docs/quality.md).
CANDIDATE: Final = 0.10  # the least probability of a cue for which roles are decoded at all
OUTER_THRESHOLD: Final = 0.35
INNER_THRESHOLD: Final = 0.45
FLAT_WEIGHT: Final = 0.5
BRIDGE: Final = 4
LOOSE: Final = 0.7
LOOSE_WORDS: Final = 5
_QUOTES: Final = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "'": "'", "”": "”", "»": "«"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """The spans of one attribution. `score` is the probability that its cue is one; `inner` that it is nested."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    inner: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue that may be one, with the spans decoded for it and the features by which it is judged."""

    spans: tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]
    features: tuple[float, ...]
    outer: float
    inner: float


@dataclass(frozen=True, slots=True)
class Possible:
    """The possible cues of a window. Word indices count from word `lo` of the text."""

    lo: int
    anchors: Ints
    chance: Floats  # [words, 3]
    flat: Floats  # [words, 4]
    scores: Floats  # [anchors, words, 4]


def attributions(words: Words, scores: Sequence[Scores], network: Encoder) -> list[Attribution]:
    """Every attribution of the text, outer and inner, in the order of their cues."""
    out = []
    for item in candidates(words, scores, network):
        outer = _likelihood(item.features, network.verifier)
        either = item.outer + item.inner
        if outer > OUTER_THRESHOLD or either > INNER_THRESHOLD:
            score = max(outer, either) if item.inner > item.outer else outer
            out.append(Attribution(*item.spans, min(1.0, score), 1.0 - min(1.0, outer / max(score, 1e-9))))
    return out


def candidates(words: Words, scores: Sequence[Scores], network: Encoder) -> list[Candidate]:
    """Every possible cue of a text that has a content."""
    windows = [found for each in scores if (found := _possible(words, each, network)) is not None]
    decoded = decode([w.scores for w in windows], [w.anchors for w in windows])
    return [made for window, roles in zip(windows, decoded, strict=True) for made in _made(words, window, roles)]


def loose_contents(words: Words, scores: Sequence[Scores], found: Sequence[Attribution]) -> list[Span]:
    """Stretches that read as somebody's words, with no cue that says whose: their speaker is unknown."""
    taken = np.zeros(len(words), dtype=bool)
    for item in found:
        for span in (*item.source, *item.cue, *item.content):
            within = words.within(span)
            taken[within.start : within.stop] = True
    out = []
    for each in scores:
        own = int(np.searchsorted(words.first, each.window.own, "left"))
        hi = int(np.searchsorted(words.first, each.window.end, "left"))
        chance = softmax(each.flat[words.first[own:hi] - each.window.start])[:, CONTENT]
        free = (chance > LOOSE) & ~taken[own:hi]
        edges = np.flatnonzero(np.diff(free, prepend=False, append=False)).tolist()
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            for run in _between_lines(words, start + own, end - 1 + own):
                if run[1] - run[0] >= LOOSE_WORDS - 1:
                    out.append(_tidy(words, run))
    return out


def _possible(words: Words, scores: Scores, network: Encoder) -> Possible | None:
    window = scores.window
    lo = int(np.searchsorted(words.first, window.start, "left"))
    hi = int(np.searchsorted(words.first, window.end, "left"))
    at = words.first[lo:hi] - window.start
    chance = softmax(scores.anchor[at])
    likely = (chance[:, 1] > CANDIDATE) | (chance[:, 1] + chance[:, 2] > INNER_THRESHOLD)
    anchors = np.nonzero(likely & (words.first[lo:hi] >= window.own))[0]
    if not len(anchors):
        return None
    flat = softmax(scores.flat[at])
    share = chance[anchors, 1] / (chance[anchors, 1] + chance[anchors, 2])
    scored = role_scores(scores, at[anchors], at, network)
    scored += (FLAT_WEIGHT * share)[:, None, None] * np.log(flat + 1e-4)[None]
    return Possible(lo, anchors, chance, flat, scored)


def _made(words: Words, window: Possible, roles: Ints) -> list[Candidate]:
    sure = softmax(window.scores)
    anchors = window.anchors.tolist()
    outer = [i for i in anchors if window.chance[i, 1] > OUTER_THRESHOLD]
    out = []
    for i, anchor in enumerate(anchors):
        spans = _spans(words, roles[i], anchor, [j for j in outer if j != anchor], window.lo)
        if spans:
            chance = window.chance[anchor]
            judged = _features(chance, window.flat, roles[i], sure[i], bool(spans[0]))
            out.append(Candidate(spans, judged, float(chance[1]), float(chance[2])))
    return out


# What a candidate is judged by; the weights are learned by training/verify.py.
FEATURES: Final = (
    "bias", "cue here", "inner cue here", "content elsewhere", "source elsewhere", "has source", "cue elsewhere",
    "sure of content", "sure of source", "length",
)  # fmt: skip


def _features(chance: Floats, flat: Floats, roles: Ints, sure: Floats, sourced: bool) -> tuple[float, ...]:
    """Features in the order of FEATURES; "elsewhere" is what the flat head says of the words in a role."""

    def mean(values: Floats, role: int) -> float:
        at = roles == role
        return float(values[at, role].mean()) if at.any() else 0.0

    outer = min(max(float(chance[1]), 1e-6), 1 - 1e-6)
    return (
        1.0, math.log(outer / (1 - outer)), float(chance[2]), mean(flat, CONTENT), mean(flat, SOURCE), float(sourced),
        mean(flat, CUE), mean(sure, CONTENT), mean(sure, SOURCE), math.log1p(int((roles == CONTENT).sum())),
    )  # fmt: skip


def _likelihood(features: Sequence[float], weights: Sequence[float]) -> float:
    """The logistic probability that a candidate is an outermost attribution with about these spans."""
    total = sum(f * w for f, w in zip(features, weights, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _spans(
    words: Words, roles: Ints, anchor: int, rivals: Sequence[int], lo: int
) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]] | None:
    runs: dict[int, list[Run]] = {SOURCE: [], CUE: [], CONTENT: []}
    edges = np.flatnonzero(np.diff(roles, prepend=-1, append=-1)).tolist()
    for start, end in pairwise(edges):
        role = int(roles[start])
        if role != NONE:
            runs[role] += _between_lines(words, start + lo, end - 1 + lo)
    at = anchor + lo
    cue = next((run for run in runs[CUE] if run[0] <= at <= run[1]), None)
    if cue is None or not runs[CONTENT]:
        return None
    # A source stands on its cue's line (all but 10 of 18,412 in the training articles).
    source = _nearest(_beside(words, runs[SOURCE], at), cue)
    content = _worth_keeping(_bridged(_reached(words, runs[CONTENT], cue, [i + lo for i in rivals]), roles, lo))
    if source is None and words.lower[max(0, cue[0] - 1)] in ("who", "which"):
        source = (cue[0] - 1, cue[0] - 1)
    return (
        (_source_span(words, source, cue),) if source else (),
        (_trim(words, cue),),
        tuple(_tidy(words, run) for run in content),
    )


def _beside(words: Words, runs: Sequence[Run], at: int) -> list[Run]:
    """The runs on the line of word `at`."""
    return [run for run in runs if not words.after_break[min(run[0], at) + 1 : max(run[0], at) + 1].any()]


def _reached(words: Words, runs: Sequence[Run], cue: Run, rivals: Sequence[int]) -> list[Run]:
    """The pieces of a content on its cue's line with no other cue between (98 % of them), where there are any."""
    near = _beside(words, runs, cue[0]) or list(runs)
    clear = [run for run in near if not any(cue[1] < rival < run[0] or run[1] < rival < cue[0] for rival in rivals)]
    return clear or near


def _bridged(runs: Sequence[Run], roles: Ints, lo: int) -> list[Run]:
    """Join the pieces of a content where few words without a role stand between them."""
    out: list[Run] = []
    for run in sorted(runs):
        gap = roles[out[-1][1] + 1 - lo : run[0] - lo] if out else roles[:0]
        if out and len(gap) <= BRIDGE and not gap.any():
            out[-1] = (out[-1][0], run[1])
        else:
            out.append(run)
    return out


def _between_lines(words: Words, first: int, last: int) -> list[Run]:
    """A run of words, cut where a line ends."""
    cuts = (np.flatnonzero(words.after_break[first + 1 : last + 1]) + first + 1).tolist()
    return [(a, b - 1) for a, b in zip([first, *cuts], [*cuts, last + 1], strict=True)]


def _worth_keeping(runs: list[Run]) -> list[Run]:
    """Drop fragments too short to be a piece of a content beside longer ones."""
    longest = max(last - first + 1 for first, last in runs)
    return [(first, last) for first, last in runs if last - first + 1 >= min(3, longest)]


def _nearest(runs: list[Run], cue: Run) -> Run | None:
    return min(runs, key=lambda run: max(run[0] - cue[1], cue[0] - run[1]), default=None)


def _trim(words: Words, run: Run) -> Span:
    """The span of a run without marks at its edges."""
    first, last = run
    while first < last and words.lower[first] in ",;.-–—:":
        first += 1
    while last > first and words.lower[last] in ",;-–—":
        last -= 1
    return words.span(first, last)


def _source_span(words: Words, run: Run, cue: Run) -> Span:
    """A source's span. With an apposition before its cue it keeps the closing comma, as the corpus has it."""
    span = _trim(words, (run[0], run[1] - 1) if run[0] < run[1] and _is_stop(words, run[1]) else run)
    after = words.within(Span(span.end, span.end + 1)).start
    apposed = any(words.lower[i] == "," for i in words.within(span))
    if apposed and after < len(words) and words.lower[after] == "," and after + 1 == cue[0]:
        return Span(span.start, int(words.ends[after]))
    return span


def _is_stop(words: Words, index: int) -> bool:
    """Whether a word is a full stop that ends a sentence, not part of an abbreviation."""
    if words.lower[index] != "." or index == 0:
        return False
    follows = words.raw(index + 1)[:1] if index + 1 < len(words) else ""
    ends = not follows or not follows.islower()
    return ends and len(words.lower[index - 1]) > 2


def _tidy(words: Words, run: Run) -> Span:
    """A content's span: no comma or full stop at its edges, but with both of its quotation marks."""
    first, last = run
    while first < last and words.lower[first] in ",;.:-–—?!":
        first += 1
    while last > first and (words.lower[last] in ",;-–—" or _is_stop(words, last)):
        last -= 1
    quoted = _QUOTES.get(words.lower[first])
    if quoted and quoted not in words.lower[first + 1 : last + 1]:
        for step in (1, 2):
            if last + step < len(words) and words.lower[last + step] == quoted:
                return words.span(first, last + step)
    return words.span(first, last)
