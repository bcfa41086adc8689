"""Where in a report an attack is told of, and how near anything else stands to that."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.read.times import dateline
from sayso.vocabulary import Incident, Reading, Span

_FAR: Final = 6  # sentences beyond which all are equally far
_REACH: Final = 12  # sentences around an attack in which its place and day are looked for
_OPENING: Final = 12  # sentences at the head of a report in which they are looked for, too
_LETTERS: Final = 8.0  # logarithm of the characters beyond which all are equally far
_AFTER: Final = 60  # characters after the words for an attack in which its place mostly stands
_BEFORE: Final = 40


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The body of a report in sentences, and those that tell of one attack.

    `told` are the sentences with words that name it, `weight` the score of its parts in each sentence, `busy` the
    sentences in which parts of any attack stand.
    """

    text: str
    sentences: Sequence[Span]
    mentions: Sequence[Span]
    told: Sequence[int]
    weight: Mapping[int, float]
    busy: frozenset[int]
    heart: Sequence[int]  # the sentences told and those with parts, in order

    def number(self, span: Span) -> int:
        """The sentence in which a span begins; the first for one that stands before all."""
        return sentence_at(self.sentences, span)

    @property
    def near(self) -> list[int]:
        """The sentences in which its place and day may be told, in order."""
        found = {k for n in self.heart for k in range(n - _REACH, n + _REACH + 1)} | set(range(_OPENING))
        return [n for n in sorted(found) if 0 <= n < len(self.sentences)]

    def nearness(self, span: Span) -> dict[str, float]:
        """Features of how near a span of the body stands to the attack."""
        n = self.number(span)
        back, ahead = _gaps(self.heart, n)
        out = {"closeness": float(_FAR - min(back, ahead, _FAR))}
        told, weight = _holds(self.told, n), self.weight.get(n, 0.0)
        if told:
            out["told"] = 1.0
            out["first telling"] = float(n == self.told[0])
        if weight:
            out["parts"] = 1.0
            out["weight"] = weight / max(self.weight.values())
            out["told with parts"] = float(told)
        out |= {"sentence after": float(back == 1), "sentence before": float(ahead == 1)}
        out |= {"of others": float(n in self.busy and not weight), "lead": float(n == 0), "early": float(1 <= n <= 2)}
        before, after = self._letters(span)
        out["letters"] = max(0.0, _LETTERS - math.log1p(min(before, after)))
        out |= {"just after": float(before < _AFTER), "just before": float(after < _BEFORE)}
        return {name: value for name, value in out.items() if value}

    def _letters(self, span: Span) -> tuple[float, float]:
        """Characters from the last words for the attack before a span, and to the first after it."""
        at = bisect_right(self.mentions, span.start, key=lambda m: m.start)
        before = max(0, span.start - self.mentions[at - 1].end) if at else math.inf
        after = max(0, self.mentions[at].start - span.end) if at < len(self.mentions) else math.inf
        return before, after


def surroundings(reading: Reading, incident: Incident, body: Sequence[Span], busy: frozenset[int]) -> Surroundings:
    """The surroundings of an attack. `body` are the sentences after the dateline, `busy` those with parts of any."""
    weight = _weight(incident, body)
    told = sorted({sentence_at(body, span) for span in incident.mentions})
    heart = sorted({*told, *weight})
    return Surroundings(reading.report.text, body, sorted(incident.mentions), told, weight, busy, heart)


def busy(attacks: Iterable[Incident], body: Sequence[Span]) -> frozenset[int]:
    """The sentences in which parts of these attacks stand."""
    return frozenset(n for incident in attacks for n in _weight(incident, body))


def body(reading: Reading) -> list[Span]:
    """The sentences of a report without its dateline and what is the same on every page."""
    opening = dateline(reading.report.text, reading.report.published)
    begins = opening.span.end if opening is not None else 0
    furniture = set(reading.boilerplate)
    return [Span(max(s.start, begins), s.end) for s in reading.sentences if s not in furniture and s.end > begins]


def sentence_at(sentences: Sequence[Span], span: Span) -> int:
    """The number of the sentence in which a span begins, or of the last before it."""
    return max(0, bisect_right(sentences, span.start, key=lambda s: s.start) - 1)


def _weight(incident: Incident, sentences: Sequence[Span]) -> dict[int, float]:
    out: defaultdict[int, float] = defaultdict(float)
    for part in incident.parts:
        if part.score is not None:
            out[sentence_at(sentences, part.span)] += part.score
    return dict(out)


def _holds(numbers: Sequence[int], n: int) -> bool:
    at = bisect_left(numbers, n)
    return at < len(numbers) and numbers[at] == n


def _gaps(numbers: Sequence[int], n: int) -> tuple[int, int]:
    """Sentences back to the last of these and on to the next; a great number where there is none."""
    at = bisect_left(numbers, n)
    if at < len(numbers) and numbers[at] == n:
        return 0, 0
    back = n - numbers[at - 1] if at else _FAR
    ahead = numbers[at] - n if at < len(numbers) else _FAR
    return back, ahead
