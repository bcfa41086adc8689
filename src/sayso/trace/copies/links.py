"""A report beside all others that share words with it: what each of them is to it, and with which passages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from sayso.trace.copies.body import Body, body
from sayso.trace.copies.comparison import Comparison, compare
from sayso.trace.copies.dating import dated, hours_apart, order
from sayso.trace.copies.index import Index, Kept
from sayso.trace.copies.judging import another_number, judge
from sayso.trace.copies.lookup import candidates
from sayso.trace.copies.prints import prints_of
from sayso.vocabulary import CopyLink, Kinship

NUMBERS: Final = 3  # days on which a series has other numbers, before it is known to recur
ALIKE_TITLES: Final = 0.5  # of the words of the shorter title


@dataclass(frozen=True, slots=True)
class Beside:
    """Another report beside one: what they are to each other, and their comparison, the one report first."""

    other: Kept
    text: Body
    found: Comparison
    link: CopyLink


def beside(kept: Kept, index: Index) -> list[Beside]:
    """The reports of the index that share passages with a report, the likeliest first, whether older or younger.

    The result hangs on what the index holds, not on the order it came in.
    """
    return [
        Beside(other, its_text, found, _link(kept, other, found, index))
        for other, its_text, found in _shared(kept, index)
    ]


def links_of(kept: Kept, index: Index) -> tuple[CopyLink, ...]:
    """A report's links to those that share passages with it."""
    return tuple(each.link for each in beside(kept, index))


def links_after(kept: Kept, index: Index) -> tuple[CopyLink, ...]:
    """The links that are new or may have changed since the index took in a report.

    These are its own and, where it shows that a kind of report recurs, those of the reports of that kind. One who
    keeps all links and replaces them by these as reports come in has what `links_of` gives over the whole index.
    """
    links = {}
    for each in beside(kept, index):
        links[each.link.a, each.link.b] = each.link
        if another_number(each.found, hours_apart(kept, each.other)):
            links |= {(link.a, link.b): link for link in links_of(each.other, index)}
    return tuple(links.values())


def _shared(kept: Kept, index: Index) -> list[tuple[Kept, Body, Comparison]]:
    text = body_of(kept.report.text)
    found = []
    for candidate in candidates(prints_of(text.letters), index, kept.report.id):
        other = index.kept(candidate.report)
        if other is not None:
            its_text = body_of(other.report.text)
            compared = compare(text, its_text)
            if compared.passages:
                found.append((other, its_text, compared))
    return found


@lru_cache(maxsize=256)
def body_of(text: str) -> Body:
    """What a text is made of; remembered, since a report stands beside many."""
    return body(text)


def _link(kept: Kept, other: Kept, found: Comparison, index: Index) -> CopyLink:
    hours, quoting = hours_apart(kept, other), _quotes(kept, other, found)
    judged = judge(found, hours, recurring=False, quoting=quoting)
    if judged.kinship is Kinship.WHOLE:
        strictly = judge(found, hours, recurring=True, quoting=quoting)
        if strictly.kinship is not judged.kinship and (_recurs(kept, index) or _recurs(other, index)):
            judged = strictly
    one, two = kept.report.id, other.report.id
    shares = (round(found.share_a, 4), round(found.share_b, 4))
    if two < one:
        one, two, shares = two, one, shares[::-1]
    return CopyLink(one, two, judged.kinship, shares, round(found.closeness, 4), judged.score, judged.why)


def _recurs(kept: Kept, index: Index) -> bool:
    """Whether a report is one number of a series: others have its words and other facts, on several other days."""
    days: set[datetime] = set()
    for other, _, found in _shared(kept, index):
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
