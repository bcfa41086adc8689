"""How surely an organisation is tied to an attack, and by whom: by the words beside its mentions, and the encoder.

The encoder sees the mention in its window; the words around it and the statements that hold it say more plainly
whether somebody claims the deed, accuses, or only supposes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from sayso.read.incidents.accounts import innermost
from sayso.read.incidents.choosing import Features, probabilities, shipped
from sayso.read.incidents.fillers import STANDINGS, Filler
from sayso.read.incidents.surroundings import sentence_at
from sayso.read.incidents.triggers import side
from sayso.vocabulary import Span, Standing, Statement

_CUES: Final[Mapping[str, str]] = {
    "claim": r"claim\w*|responsib\w*|admit\w*|communique|credit",
    "doubt": (
        r"alleged\w*|presum\w*|suspect\w*|apparent\w*|probabl\w*|possibl\w*|believe\w*|supposed\w*|reportedly|seem\w*|"
        r"might|may have|could|thought"
    ),
    "accuse": r"accus\w*|blam\w*|charg\w*|attribut\w*|implicat\w*|denounc\w*|held|imput\w*",
    "deny": r"den(?:y|ied|ies|ying)|reject\w*|not responsible",
    "unknown": r"unidentified|unknown|no (?:group|organi[sz]ation|one)|so far|not yet|has not|investigat\w*",
    "official": (
        r"police|army|military|government|officials?|minister|ministry|president|authorit\w*|armed forces|commander|"
        r"colonel|general|carabineros|spokes(?:man|woman|person)"
    ),
    "said": r"said|stated|reported|announced|added|indicated|according to|confirmed|told|revealed",
    "deed": (
        r"killed|attacked|murdered|kidnapped|bombed|placed|exploded|burned|destroyed|sabotag\w*|assassinat\w*|"
        r"perpetrated|carried out|blew|dynamited"
    ),
    "member": r"members|guerrillas|rebels|commandos?|column",
    "link": r"linked|involved|involvement|connect\w*|behind|role",
    "asked": r"whether|if",
}
_PATTERNS: Final = {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in _CUES.items()}
_TOLD_APART: Final = ("claim", "doubt", "accuse", "unknown")  # also looked for in the sentences around
_STATE: Final = re.compile(
    r"\b(?:army|armed forces|government|battalion|brigade|police|air force|military|guard|security)\b", re.IGNORECASE
)
_BY: Final = re.compile(r"\bby (?:the )?$", re.IGNORECASE)
_NEAR: Final = 60  # characters beside a mention in which a cue is about it
_SENTENCE: Final = 400  # characters of a sentence beside a mention that are looked at
_ENCODER: Final = 0.5  # what the encoder's own label counts beside the words


def features(
    text: str,
    sentences: Sequence[Span],
    statements: Sequence[Sequence[Statement]],
    mentions: Sequence[tuple[Span, float]],
) -> dict[str, float]:
    """The features of an organisation with these mentions and their weights; rows of statements are by sentence."""
    total = sum(weight for _, weight in mentions)
    out: defaultdict[str, float] = defaultdict(float)
    for span, weight in mentions:
        number = sentence_at(sentences, span)
        for name in _beside(text, sentences, number, span) + _said(text, statements[number], span):
            out[name] += weight / total
    out["any"] = 1.0
    out["state"] = float(any(_STATE.search(span.of(text)) is not None for span, _ in mentions[:1]))
    return dict(out)


def _beside(text: str, sentences: Sequence[Span], number: int, span: Span) -> list[str]:
    """The cues beside a mention, by where they stand."""
    sentence = sentences[number]
    before = text[max(sentence.start, span.start - _SENTENCE) : span.start]
    after = text[span.end : min(sentence.end, span.end + _SENTENCE)]
    found = []
    for cue, pattern in _PATTERNS.items():
        for place, part, close in (("before", before, before[-_NEAR:]), ("after", after, after[:_NEAR])):
            if pattern.search(part):
                found += [f"{cue} {place}"] + [f"{cue} near {place}"] * bool(pattern.search(close))
    for place, at in (("previous", number - 1), ("next", number + 1)):
        if 0 <= at < len(sentences):
            other = text[sentences[at].start : min(sentences[at].end, sentences[at].start + _SENTENCE)]
            found += [f"{cue} {place}" for cue in _TOLD_APART if _PATTERNS[cue].search(other)]
    return found + ["by"] * bool(_BY.search(before[-_NEAR:]))


def _said(text: str, statements: Sequence[Statement], span: Span) -> list[str]:
    """What is said of a mention and by whom: the stance and form of the statement that holds it."""
    found = ["is source"] * any(_holds(it.source.spans, span) for it in statements)
    statement = innermost(statements, span)
    if statement is None:
        return found
    found += [f"stance {statement.stance}", f"certainty {statement.certainty.value}", f"form {statement.form}"]
    official = any(side(text, source, "authorities") for source in statement.source.spans)
    return found + [f"speaker {statement.speaker.kind}"] + ["authorities"] * official


def _holds(spans: Sequence[Span], span: Span) -> bool:
    return any(s.start <= span.start and span.end <= s.end for s in spans)


def standing(
    text: str, sentences: Sequence[Span], statements: Sequence[Sequence[Statement]], mentions: Sequence[Filler]
) -> Standing:
    """The standing of an organisation by all its mentions."""
    row = features(text, sentences, statements, [(m.span, m.score) for m in mentions])
    total = sum(m.score for m in mentions)
    labels = [
        for_label(row, s) | {f"encoder {s}": sum(m.score for m in mentions if m.standing is s) / total}
        for s in STANDINGS
    ]
    coefficients = {**shipped()["standing"], **{f"encoder {s}": _ENCODER for s in STANDINGS}}
    chances = probabilities(coefficients, labels)
    return STANDINGS[max(range(len(chances)), key=lambda i: chances[i])]


def for_label(row: Features, label: Standing) -> dict[str, float]:
    """Features as those of one label among all."""
    return {f"{label}: {name}": value for name, value in row.items()}
