"""A report beside all others that share words with it: what each of them is to it, and with which passages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final

from sayso.trace.copies.body import Body, body
from sayso.trace.copies.comparison import Comparison, compare
from sayso.trace.copies.dating import dated, hours_apart, order
from sayso.trace.copies.index import Index, Kept
from sayso.trace.copies.judging import DAY, another_number, judge
from sayso.trace.copies.lookup import Candidate, candidates
from sayso.trace.copies.prints import prints_of
from sayso.vocabulary import CopyLink, Kinship, ReportId

NUMBERS: Final = 3  # days on which a series has other numbers, before it is known to recur
ALIKE_TITLES: Final = 0.5  # of the words of the shorter title


@dataclass(frozen=True, slots=True)
class Beside:
    """Another report beside one: what they are to each other, and their comparison, the one report first."""

    other: Kept
    text: Body
    found: Comparison
    link: CopyLink


@dataclass(frozen=True, slots=True)
class _Around:
    """An index as it is now, and what was found beside its reports; to be used while nothing is added to it."""

    index: Index
    found: dict[ReportId, list[tuple[Kept, Comparison]]] = field(default_factory=dict)

    def shared(self, kept: Kept) -> list[tuple[Kept, Comparison]]:
        """The reports that share passages with a report, the likeliest first, each with what they share."""
        self.meet([kept])
        return self.found[kept.report.id]

    def meet(self, several: Iterable[Kept]) -> None:
        """Look at once for the reports that share passages with each of some."""
        fresh = {kept.report.id: kept for kept in several if kept.report.id not in self.found}
        if not fresh:
            return
        prints = [(prints_of(body_of(kept.report.text).letters), id_) for id_, kept in fresh.items()]
        near = candidates(prints, self.index)
        self.index.meet(candidate.report for listed in near for candidate in listed)
        for kept, listed in zip(fresh.values(), near, strict=True):
            self.found[kept.report.id] = _shared(kept, listed, self.index)


def beside(kept: Kept, index: Index) -> list[Beside]:
    """The reports of the index that share passages with a report, the likeliest first, whether older or younger.

    The result hangs on what the index holds, not on the order it came in.
    """
    around = _Around(index)
    return [
        Beside(other, body_of(other.report.text), found, _link(kept, other, found, around))
        for other, found in around.shared(kept)
    ]


def links_of(kept: Kept, index: Index) -> tuple[CopyLink, ...]:
    """A report's links to those that share passages with it."""
    return tuple(each.link for each in beside(kept, index))


def links_after(
    new: Iterable[Kept], index: Index, known: Callable[[Collection[ReportId]], Iterable[CopyLink]]
) -> tuple[CopyLink, ...]:
    """The links that are new or may have changed since the index took in some reports, in the order of their ids.

    These are their own and, where they show that a kind of report recurs, those of the reports of that kind which that
    may turn from copies into numbers of a series. `known` gives the links kept so far of some reports. One who
    keeps all links and replaces them by these as reports come in has what `links_of` gives over the whole index.
    """
    around = _Around(index)
    arrived = {kept.report.id: kept for kept in new}
    around.meet(arrived.values())
    kin = {
        other.report.id: other
        for kept in arrived.values()
        for other, found in around.shared(kept)
        if another_number(found, hours_apart(kept, other))
    }
    own = (_link(kept, other, found, around) for kept in arrived.values() for other, found in around.shared(kept))
    links = {(link.a, link.b): link for link in own}
    for link in known(kin.keys() - arrived.keys()):
        if link.kinship is Kinship.WHOLE and (link.a, link.b) not in links:
            one, two = index.kept(link.a), index.kept(link.b)
            if one and two and (hours_apart(one, two) or 0) >= DAY:
                links[link.a, link.b] = _link(one, two, _compared(one.report.text, two.report.text), around)
    return tuple(link for _, link in sorted(links.items()))


def _shared(kept: Kept, near: Iterable[Candidate], index: Index) -> list[tuple[Kept, Comparison]]:
    found = []
    for candidate in near:
        other = index.kept(candidate.report)
        if other is not None:
            compared = _compared(kept.report.text, other.report.text)
            if compared.passages:
                found.append((other, compared))
    return found


@lru_cache(maxsize=2048)
def _compared(one: str, other: str) -> Comparison:
    """Two texts compared; remembered, since the numbers of a series are compared again when each new one comes."""
    return compare(body_of(one), body_of(other))


@lru_cache(maxsize=256)
def body_of(text: str) -> Body:
    """What a text is made of; remembered, since a report stands beside many."""
    return body(text)


def _link(kept: Kept, other: Kept, found: Comparison, around: _Around) -> CopyLink:
    hours, quoting = hours_apart(kept, other), _quotes(kept, other, found)
    judged = judge(found, hours, recurring=False, quoting=quoting)
    if judged.kinship is Kinship.WHOLE:
        strictly = judge(found, hours, recurring=True, quoting=quoting)
        if strictly.kinship is not judged.kinship and (_recurs(kept, around) or _recurs(other, around)):
            judged = strictly
    one, two = kept.report.id, other.report.id
    shares = (round(found.share_a, 4), round(found.share_b, 4))
    if two < one:
        one, two, shares = two, one, shares[::-1]
    return CopyLink(one, two, judged.kinship, shares, round(found.closeness, 4), judged.score, judged.why)


def _recurs(kept: Kept, around: _Around) -> bool:
    """Whether a report is one number of a series: others have its words and other facts, on several other days."""
    days: set[datetime] = set()
    for other, found in around.shared(kept):
        moment = dated(other).stated or dated(other).known
        if moment is not None and another_number(found, hours_apart(kept, other)):
            days.add(moment.replace(hour=0, minute=0, second=0, microsecond=0))
    return len(days) >= NUMBERS


def _quotes(kept: Kept, other: Kept, found: Comparison) -> bool:
    """Whether the containing report has another title or, where a title is lacking, is the later one."""
    one, two = kept.report.title, other.report.title
    if one and two:
        left, right = (set(body_of(title).words.tolist()) for title in (one, two))
        return len(left & right) < ALIKE_TITLES * min(len(left), len(right))
    contained, containing = (kept, other) if found.share_a >= found.share_b else (other, kept)
    return order(containing) > order(contained)
