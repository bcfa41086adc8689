"""Scores -> roles: for each possible cue, the role that every word of its window plays for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.read.encoder import Encoder, Scores

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

NONE, SOURCE, CUE, CONTENT = 0, 1, 2, 3
# Tuned on the held-back twentieth of the training articles (docs/quality.md).
SWITCH_COST: Final = 0.7
SOURCE_BONUS: Final = 2.0


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


def decode(scores: Sequence[Floats], anchors: Sequence[Ints]) -> list[Ints]:
    """The best role of each word for each cue: for each window an array [cues, words].

    `scores` are [cues, words, 4] for each window, `anchors` the word at which each cue starts. Nearly every
    statement has a source: where the best path has none, sources are searched again with a bonus. All windows are
    searched in one pass; the words that pad a shorter one score alike for every role, and so change nothing.
    """
    if not scores:
        return []
    stack = np.zeros((sum(map(len, scores)), max(s.shape[1] for s in scores), 4), dtype=np.float32)
    ends = np.cumsum([len(s) for s in scores])
    for end, each in zip(ends, scores, strict=True):
        stack[end - len(each) : end, : each.shape[1]] = each
    stack[np.arange(len(stack)), np.concatenate(anchors), CUE] += 20.0
    roles = _best_path(stack)
    bare = ~(roles == SOURCE).any(1)
    if bare.any():
        again = stack[bare]
        again[:, :, SOURCE] += SOURCE_BONUS * (again != 0).any(2)
        found = _best_path(again)
        roles[bare] = np.where(found == SOURCE, SOURCE, roles[bare])
    return [roles[end - len(s) : end, : s.shape[1]] for end, s in zip(ends, scores, strict=True)]


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
