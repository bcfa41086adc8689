"""The heads' scores -> attributions: one for each cue, with its source and content spans.

Each piece that may start a cue is an anchor. Given an anchor, every word of the window is scored for the role
it plays for that cue (nothing, source, cue, content), so that sources are shared, contents nest and split,
and no assembling of loose fragments is needed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.read.encoder import Encoder, Scores
from sayso.read.words import Words
from sayso.vocabulary import Span

Floats = npt.NDArray[np.float32]
Run = tuple[int, int]  # the first and last word of a stretch, both included
Ints = npt.NDArray[np.int64]

NONE, SOURCE, CUE, CONTENT = 0, 1, 2, 3
# Tuned on the held-back twentieth of the training articles (docs/quality.md).
CANDIDATE: Final = 0.10  # the least probability of a cue for which roles are decoded at all
OUTER_THRESHOLD: Final = 0.38
INNER_THRESHOLD: Final = 0.45
SWITCH_COST: Final = 0.7
SOURCE_BONUS: Final = 2.0
FLAT_WEIGHT: Final = 0.7
BRIDGE: Final = 4
_QUOTES: Final = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "'": "'", "”": "”", "»": "«"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """The spans of one attribution. `score` is the probability that its cue is one; `inner` that it is nested."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    inner: float


def attributions(words: Words, scores: Sequence[Scores], encoder: Encoder) -> list[Attribution]:
    """Every attribution of the text, outer and inner, in the order of their cues."""
    found: list[Attribution] = []
    for each in scores:
        found += _in_window(words, each, encoder)
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue that may be one, with the roles decoded for it and the features by which it is judged."""

    anchor: int
    spans: tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]
    features: tuple[float, ...]
    outer: float
    inner: float


def _in_window(words: Words, scores: Scores, network: Encoder) -> list[Attribution]:
    out = []
    for item in candidates(words, scores, network):
        outer = _likelihood(item.features, network.verifier)
        if outer > OUTER_THRESHOLD or item.outer + item.inner > INNER_THRESHOLD:
            share = item.inner / max(item.outer + item.inner, 1e-9)
            score = max(outer, item.outer + item.inner) if share > 0.5 else outer
            out.append(Attribution(*item.spans, min(1.0, score), 1.0 - min(1.0, outer / max(score, 1e-9))))
    return out


def candidates(words: Words, scores: Scores, network: Encoder) -> list[Candidate]:
    """Every possible cue of a window that has a content, the ones that earlier windows own left out."""
    window = scores.window
    lo = int(np.searchsorted(words.first, window.start, "left"))
    hi = int(np.searchsorted(words.first, window.end, "left"))
    at = words.first[lo:hi] - window.start
    chance, flat = softmax(scores.anchor[at]), softmax(scores.flat[at])
    likely = (chance[:, 1] > CANDIDATE) | (chance[:, 1] + chance[:, 2] > INNER_THRESHOLD)
    anchors = np.nonzero(likely & (words.first[lo:hi] >= window.own))[0]
    if not len(anchors):
        return []
    share = chance[anchors, 1] / (chance[anchors, 1] + chance[anchors, 2])
    scored = role_scores(scores, at[anchors], at, network)
    scored += (FLAT_WEIGHT * share)[:, None, None] * np.log(flat + 1e-4)[None]
    roles, sure = decode(scored, anchors), softmax(scored)
    outer = [i for i in anchors.tolist() if chance[i, 1] > OUTER_THRESHOLD]
    out = []
    for i, anchor in enumerate(anchors.tolist()):
        made = _spans(words, roles[i], anchor, [j for j in outer if j != anchor], lo)
        if made:
            judged = _features(chance[anchor], flat, roles[i], sure[i], bool(made[0]))
            out.append(Candidate(anchor, made, judged, float(chance[anchor, 1]), float(chance[anchor, 2])))
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


def role_scores(scores: Scores, anchors: Ints, at: Ints, network: Encoder) -> Floats:
    """Scores [anchors, words, 4] of the roles that the words at pieces `at` play for the cues at `anchors`."""
    width = scores.key.shape[1] // 3
    bucket = buckets()[at[None, :] - anchors[:, None] + 512]
    query = scores.query[anchors].reshape(-1, 3, width).transpose(1, 0, 2)
    key = scores.key[at].reshape(-1, 3, width).transpose(1, 2, 0)
    product = (query @ key).transpose(1, 2, 0) / math.sqrt(width) + network.distance[bucket]
    joint = scores.pair_query[anchors][:, None, :] + scores.pair_key[at][None] + network.pair_distance[bucket]
    out = np.maximum(joint, 0.0) @ network.pair + scores.unary[at][None]
    out[:, :, 1:] += product
    return np.asarray(out, dtype=np.float32)


@cache
def buckets() -> Ints:
    """Distance bucket of each signed distance in pieces from -512 to 512 (see training/network.py)."""
    away = np.arange(-512, 513)
    size = np.abs(away)
    log = (4 + np.floor(2 * np.log2(np.maximum(size, 4).astype(np.float32) / 4))).astype(np.int64)
    return 16 + np.sign(away) * np.minimum(np.where(size < 4, size, log), 16)


def softmax(values: Floats) -> Floats:
    """Softmax over the last axis."""
    powers = np.exp(values - values.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), dtype=np.float32)


def decode(scores: Floats, anchors: Ints) -> Ints:
    """The best role of each word for each cue.

    Nearly every statement has a source: where the best path has none, sources are searched again with a bonus.
    """
    scores = scores.copy()
    scores[np.arange(len(scores)), anchors, CUE] += 20.0
    roles = _best_path(scores)
    bare = ~(roles == SOURCE).any(1)
    if bare.any():
        again = scores[bare]
        again[:, :, SOURCE] += SOURCE_BONUS
        found = _best_path(again)
        roles[bare] = np.where(found == SOURCE, SOURCE, roles[bare])
    return roles


def _best_path(scores: Floats) -> Ints:
    """Viterbi search over the words, where every change of role costs SWITCH_COST."""
    rows, length, _ = scores.shape
    best = scores[:, 0]
    stayed = np.empty((length, rows, 4), dtype=bool)
    top = np.empty((length, rows), dtype=np.int64)
    for i in range(1, length):
        top[i] = best.argmax(1)
        change = best.max(1, keepdims=True) - SWITCH_COST
        stayed[i] = best >= change
        best = np.where(stayed[i], best, change) + scores[:, i]
    roles = np.empty((rows, length), dtype=np.int64)
    roles[:, -1] = best.argmax(1)
    every = np.arange(rows)
    for i in range(length - 1, 0, -1):
        now = roles[:, i]
        roles[:, i - 1] = np.where(stayed[i, every, now], now, top[i])
    return roles


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
