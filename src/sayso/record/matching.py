"""Which findings bear on a text: candidates by words and by meaning, weighed together, told with reasons.

A match is confident, suggested or not made at all. It never carries the verdict over to the text: the finding's own
words for its claim stand beside it, and `opposed` says where one is worded as the other's negation. A finding that
repeats a claim to reject it is no voice for it (see `sayso.trace.claims.propositions`, which takes the findings'
addresses).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.errors import WeightsMissing
from sayso.record.features import FEATURES, Context, Floats, Sides, Wording, features, ranks, wording
from sayso.record.lexical import Lexical, lexical
from sayso.trace.claims.naming import same_name
from sayso.trace.claims.words import stems
from sayso.trace.embedding import WIDTH, Vectors, between, embed
from sayso.vocabulary import Finding, FindingMatch, Tier

Bools = npt.NDArray[np.bool_]
Embed = Callable[[Sequence[str]], Vectors]

CANDIDATES: Final = 50  # by words, and as many by meaning
MOST: Final = 10  # matches of one text
_LEAST: Final = 4  # content words of a text that can be matched with confidence: short ones fit too much
_AROUND: Final = 3  # of the findings of each neighbouring text, whose claimants count as met around
_USUAL: Final = 4.5  # score that the best wrong claim of a large record has, as a rule: a small one may hold no rival
_TWIN: Final = 0.9  # cosine at which two findings check one claim
_FUSION: Final = 60  # reciprocal rank fusion (Cormack et al. 2009)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Findings laid out for matching: BM25 postings over claim, title and claimant; vectors [findings, 384]."""

    findings: tuple[Finding, ...]
    lexical: Lexical
    claims: Vectors
    titles: Vectors


@dataclass(frozen=True, slots=True)
class Weights:
    """The matcher's weights: features are scaled and weighed, and the score is made a probability.

    `calibration` are the weights of a score, of its lead over the next best, and a constant.
    """

    mean: Floats
    scale: Floats
    weights: Floats
    calibration: tuple[float, float, float]
    confident: float
    suggested: float

    def scores(self, rows: Floats) -> Floats:
        """A score for each row of features: higher is likelier; only differences within one query mean anything."""
        scaled = (rows.astype(np.float64) - self.mean) / self.scale
        return np.asarray(scaled @ self.weights.astype(np.float64), dtype=np.float32)

    def probabilities(self, scores: Floats, twins: Bools) -> Floats:
        """The probability that a candidate bears on the text, from its score and its lead over the best other claim.

        In a small record the best other claim may be no rival at all; then what a large one would hold counts.

        `twins` [candidates, candidates] marks those that check the same claim: they do not compete.
        """
        if len(scores) == 0:
            return scores
        lead = scores - np.maximum(np.where(twins, -np.inf, scores[None, :]).max(1), _USUAL)
        score, margin, bias = self.calibration
        logits = np.clip(score * scores + margin * lead + bias, -30, 30)
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Candidates:
    """A text with the findings that may bear on it: their rows on the shelf and their features [rows, FEATURES].

    `twins` [rows, rows] marks findings of the same claim, each with itself.
    """

    text: Wording
    rows: tuple[int, ...]
    features: Floats
    twins: Bools


@dataclass(frozen=True, slots=True)
class Laid:
    """A finding with what matching needs of it: its stems, and the vectors of its claim and title, [2, 384]."""

    finding: Finding
    stems: tuple[str, ...]
    vectors: Vectors


def lay(finding: Finding, embedding: Embed = embed) -> Laid:
    """A finding, ready to be laid out."""
    words = stems(" ".join(filter(None, (finding.claim, finding.title, finding.claimant))))
    return Laid(finding, words, embedding([finding.claim, finding.title or finding.claim]))


def shelf(findings: Iterable[Finding], embedding: Embed = embed) -> Shelf:
    """Lay findings out for matching."""
    return shelf_of(lay(found, embedding) for found in findings)


def shelf_of(findings: Iterable[Laid]) -> Shelf:
    """Lay findings out for matching that were made ready before."""
    laid = tuple(findings)
    if not laid:
        none = np.zeros((0, WIDTH), dtype=np.int8)
        return Shelf((), lexical(()), none, none)
    claims = np.stack([each.vectors[0] for each in laid])
    titles = np.stack([each.vectors[1] for each in laid])
    return Shelf(tuple(each.finding for each in laid), lexical([each.stems for each in laid]), claims, titles)


def match(
    texts: Sequence[str], on: Shelf, context: Context | None = None, embedding: Embed = embed
) -> list[tuple[FindingMatch, ...]]:
    """For each text of one report the findings that bear on it, likeliest first; none where nothing is likely enough.

    The other texts count as its surroundings: a finding of somebody whom they too lead to is likelier.
    """
    weights = shipped()
    return [_matches(found, on, weights) for found in candidates(texts, on, context or Context(), embedding)]


def candidates(texts: Sequence[str], on: Shelf, context: Context, embedding: Embed = embed) -> list[Candidates]:
    """For each text of one report the findings that may bear on it, with their features."""
    if not on.findings:
        none = np.zeros((0, len(FEATURES)), dtype=np.float32)
        return [Candidates(wording(text), (), none, np.zeros((0, 0), dtype=np.bool_)) for text in texts]
    vectors = embedding(texts)
    drawn = [_drawn(text, vector, on) for text, vector in zip(texts, vectors, strict=True)]
    met = [Counter(_claimants(rows, sides, on)) for _, rows, sides in drawn]
    total = sum(met, Counter[str]())
    out = []
    for own, (text, rows, sides) in zip(met, drawn, strict=True):
        others = total - own
        count = max(1, others.total())
        around = [_met(on.findings[row].claimant, context, others, count) for row in rows]
        said = [
            (on.findings[row], wording(on.findings[row].claim), wording(on.findings[row].title or "")) for row in rows
        ]
        claims = on.claims[list(rows)]
        twins = np.asarray(between(claims, claims) >= _TWIN, dtype=np.bool_) | np.eye(len(rows), dtype=np.bool_)
        found = features(text, said, sides, on.lexical.worth, context.day, around)
        out.append(Candidates(text, rows, found, twins))
    return out


def _met(claimant: str | None, context: Context, others: Counter[str], count: int) -> float:
    """How much a claimant is met around a text: wholly if it is who speaks, else the other texts' share."""
    if claimant is None:
        return 0.0
    return 1.0 if any(same_name(name, claimant) for name in context.speakers) else others[claimant] / count


def _drawn(text: str, vector: Vectors, on: Shelf) -> tuple[Wording, tuple[int, ...], Sides]:
    """A text's candidates by words and by meaning, in the shelf's order, with both scores."""
    said = wording(text)
    own = sum(map(on.lexical.worth, set(said.stems))) or 1.0
    words = on.lexical.scores(said.stems) / np.float32(own)
    claims, titles = between(on.claims, vector[None])[:, 0], between(on.titles, vector[None])[:, 0]
    first = {*_best(words), *_best(np.maximum(claims, titles))}
    rows = tuple(sorted(first))
    at = np.array(rows, dtype=np.int64)
    return said, rows, Sides(words[at], claims[at], titles[at])


def _best(scores: Floats) -> list[int]:
    if len(scores) <= CANDIDATES:
        return list(range(len(scores)))
    least = np.partition(scores, -CANDIDATES)[-CANDIDATES]
    # All that are as good as the last of them, so that no candidate hangs on the order of the shelf.
    return [int(row) for row in np.nonzero(scores >= least)[0][: 2 * CANDIDATES]]


def _claimants(rows: Sequence[int], sides: Sides, on: Shelf) -> list[str]:
    """The claimants of the findings that both rankings put first."""
    dense = np.maximum(sides.claims, sides.titles)
    fused = (1 / (_FUSION + ranks(sides.lexical)) + 1 / (_FUSION + ranks(dense))).tolist()
    first = sorted(range(len(rows)), key=lambda at: (-fused[at], on.findings[rows[at]].id))[:_AROUND]
    return [claimant for at in first if (claimant := on.findings[rows[at]].claimant)]


def _matches(found: Candidates, on: Shelf, weights: Weights) -> tuple[FindingMatch, ...]:
    scores = weights.probabilities(weights.scores(found.features), found.twins)
    order = sorted(range(len(found.rows)), key=lambda at: (-scores[at], on.findings[found.rows[at]].id))
    return tuple(
        _told(found, at, on, round(float(scores[at]), 4), weights)
        for at in order[:MOST]
        if scores[at] >= weights.suggested
    )


def _told(found: Candidates, at: int, on: Shelf, score: float, weights: Weights) -> FindingMatch:
    finding, text = on.findings[found.rows[at]], found.text
    claim = wording(finding.claim)
    values = dict(zip(FEATURES, found.features[at].tolist(), strict=True))
    reasons, against = _reasons(text, claim, values), []
    if len(text.content) < _LEAST:
        against.append("the text is too short to be sure")
    if values["numbers differ"]:
        against.append("the numbers differ")
    sure = score >= weights.confident and not against
    tier = Tier.CONFIDENT if sure else Tier.SUGGESTED
    return FindingMatch(finding.id, tier, score, text.negated != claim.negated, (*reasons, *against))


def _reasons(text: Wording, claim: Wording, values: dict[str, float]) -> list[str]:
    shared = sorted(text.content & claim.content, key=lambda word: (-len(word), word))
    names = sorted(text.names & claim.names)
    numbers = [str(number) for number in text.numbers if number in claim.numbers]
    reasons = [f"alike in meaning ({max(values['dense claim'], values['dense title']):.2f})"]
    reasons += [f"{values['text covered']:.0%} of what the text's words are worth stands in the finding"]
    reasons += [f"words shared: {', '.join(shared[:6])}"] if shared else []
    reasons += [f"names shared: {', '.join(names[:4])}"] if names else []
    reasons += [f"numbers shared: {', '.join(numbers[:4])}"] if numbers else []
    reasons += ["the claimant is the speaker"] if values["claimants around"] == 1 else []
    reasons += ["claimed within days of it"] if values["claim same days"] else []
    reasons += ["one is worded as a negation, the other is not"] if text.negated != claim.negated else []
    return reasons


@cache
def shipped() -> Weights:
    """The weights that travel with the package. Raises WeightsMissing."""
    try:
        source = (resources.files("sayso.record") / "weights" / "match.json").read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise WeightsMissing(
            f"The matcher's weights are not in this installation: {missing.filename}",
            "Install sayso again from its wheel or a full checkout.",
        ) from missing
    return from_json(json.loads(source))


def from_json(stored: dict[str, list[float]]) -> Weights:
    """Weights as training.claims writes them. Raises KeyError or ValueError where they do not fit the features."""
    mean, scale, weights = (np.asarray(stored[name], dtype=np.float32) for name in ("mean", "scale", "weights"))
    if any(array.shape != (len(FEATURES),) for array in (mean, scale, weights)):
        raise ValueError("the weights are of other features")
    score, margin, constant = stored["calibration"]
    confident, suggested = stored["tiers"]
    return Weights(mean, scale, weights, (score, margin, constant), confident, suggested)
