"""Seeking: the claims that a bare text may mean, whatever their month, by the rare words and keys they share with it.

Nothing here grows with the ledger but what the full-text index takes to find the reports with some rare words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import log
from typing import Final

from sqlalchemy import Connection, bindparam, select

from sayso.ledger import fulltext
from sayso.ledger.derived.claims import claim_reports
from sayso.ledger.fulltext import Term
from sayso.ledger.words import words
from sayso.trace.claims.asking import many_kept
from sayso.trace.claims.joining import Ref, own_claim
from sayso.trace.claims.keys import keys
from sayso.trace.claims.order import Order, rank
from sayso.trace.claims.proposition import from_text
from sayso.trace.claims.scoring import CONFIDENT, LEAST, SUGGESTED, Known, Tie, tie
from sayso.trace.claims.stored import Seen, StoredIndex
from sayso.trace.claims.words import LONGEST, content, function_stems, stem_of
from sayso.trace.embedding import cosines, embed
from sayso.vocabulary import ClaimLink, ReportId, Tier

_COMMON: Final = 500  # reports: words that more have are looked up in groups alone
_MOST_WORDS: Final = 12
_GROUPED: Final = 5  # of the common words
_SHORTEST: Final = 5  # letters of a stem that is looked up with any ending
_BY_WORDS: Final = 60  # reports whose statements are looked at
_RANKED: Final = 900  # reports that share as many words, of which the earliest are looked at
_WEIGHED: Final = 60  # statements that are compared in full
_ASKED: Final = 2  # telling words of a question at the least
_HELD: Final = 0.75  # of them that a statement has to hold


def seek(
    connection: Connection, text: str, moment: str = "", limit: int = 10, seen: Seen | None = None
) -> tuple[ClaimLink, ...]:
    """The claims whose statements are most like a text, likeliest first, each by the statement most like it.

    `moment` is when the text was said (ISO), if that is known. What is less likely than a suggestion is left out.
    `seen` is what was looked up before within one transaction that only reads.
    """
    text = text[:LONGEST]
    proposition = from_text(text, moment)
    if not proposition.stems:
        return ()
    asked = Known(proposition, embed([text])[0])
    kept = seen or Seen()
    index = StoredIndex(connection, seen=kept)
    near = (*_by_words(connection, index, text), *_by_keys(index, asked))
    found: dict[Ref, tuple[Known, Tie]] = {}
    nearest = _nearest(index, asked, near)
    stands = index.standings(nearest)
    reports = {number for ref in nearest for number, _ in (ref, stands[ref].anchor)}
    kept.kept |= many_kept(connection, reports - kept.kept.keys())
    for ref in nearest:
        known = index.known(ref)
        if (held := tie(asked, known)) is None:
            continue
        anchor = stands[ref].anchor
        if anchor not in found or _rank(known, held) < _rank(*found[anchor]):
            found[anchor] = known, held
    ordered = sorted(found.items(), key=lambda item: _rank(*item[1]))[:limit]
    return tuple(_link(index.known(anchor), known, held) for anchor, (known, held) in ordered)


def holding(connection: Connection, text: str, limit: int = 10, seen: Seen | None = None) -> tuple[ClaimLink, ...]:
    """The claims with a statement in which nearly all words of a text stand, as suggestions, most of them first.

    Who asks says less than who states: "a staged video" is much shorter than what was said of it, and too little
    like it as a whole.
    """
    text = text[:LONGEST]
    asked = from_text(text)
    wanted = frozenset(content(asked.stems))
    if len(wanted) < _ASKED:
        return ()
    kept = seen or Seen()
    index = StoredIndex(connection, seen=kept)
    refs = sorted(set(_by_words(connection, index, text)))
    if not refs:
        return ()
    likeness = cosines(index.vectors(refs), embed([text])[0]).tolist()
    nearest = sorted(zip((-cosine for cosine in likeness), refs, strict=True))[:_WEIGHED]
    stands = index.standings([ref for _, ref in nearest])
    reports = {number for _, ref in nearest for number, _ in (ref, stands[ref].anchor)}
    kept.kept |= many_kept(connection, reports - kept.kept.keys())
    found: dict[Ref, tuple[Known, Tie]] = {}
    for turned, ref in nearest:
        known = index.known(ref)
        share = len(wanted.intersection(known.proposition.stems)) / len(wanted)
        if share < _HELD:
            continue
        score = round(SUGGESTED + (CONFIDENT - SUGGESTED) * share * max(0.0, -turned), 4)
        opposite = asked.negated != known.proposition.negated
        held = Tie(Tier.SUGGESTED, score, opposite, (f"{share:.0%} of the words asked for stand in it",))
        anchor = stands[ref].anchor
        if anchor not in found or _rank(known, held) < _rank(*found[anchor]):
            found[anchor] = known, held
    ordered = sorted(found.items(), key=lambda item: _rank(*item[1]))[:limit]
    return tuple(_link(index.known(anchor), known, held) for anchor, (known, held) in ordered)


def _rank(known: Known, held: Tie) -> tuple[float, Order]:
    return -held.score, known.proposition.order


def _link(anchor: Known, known: Known, held: Tie) -> ClaimLink:
    """The link of a text to the claim of an anchor, by a member of it."""
    own = tie(known, anchor)
    return ClaimLink(
        report=known.proposition.report,
        statement=known.proposition.statement,
        claim=own_claim(anchor.proposition),
        tier=held.tier,
        score=held.score,
        opposite=held.opposite != (own is not None and own.opposite),
        reasons=held.reasons,
    )


def _nearest(index: StoredIndex, asked: Known, refs: Iterable[Ref]) -> list[Ref]:
    """The statements nearest in meaning, a bounded number of them."""
    listed = sorted(set(refs))
    if not listed:
        return []
    likeness = cosines(index.vectors(listed), asked.vector).tolist()
    near = sorted((-cosine, ref) for cosine, ref in zip(likeness, listed, strict=True) if cosine >= LEAST)
    return [ref for _, ref in near[:_WEIGHED]]


def _by_keys(index: StoredIndex, asked: Known) -> Iterator[Ref]:
    """The statements that share a key with the text, those nearest in time on either side."""
    moment = rank(asked.proposition.moment, ReportId(""))
    for run in index.around(keys(asked.proposition, asked.vector), moment, 0):
        yield from run.before
        yield from run.after


def _by_words(connection: Connection, index: StoredIndex, text: str) -> list[Ref]:
    """The statements of the reports that share most rare words, or groups of common ones, with the text."""
    found = _holding(connection, _terms(text))
    worth: Counter[int] = Counter()
    for numbers in found:
        for number in numbers:
            worth[number] += round(1000 * log(2 + _COMMON / max(1, len(numbers))))
    least = sorted(worth.values(), reverse=True)[:_BY_WORDS][-1:]
    first = sorted(number for number, value in worth.items() if value >= least[0]) if least else []
    ranks = _ranks(connection, first[:_RANKED])
    best = sorted(ranks, key=lambda number: (-worth[number], ranks[number]))[:_BY_WORDS]
    return index.of_reports(best)


def _holding(connection: Connection, asked: Mapping[Term, Term]) -> list[list[int]]:
    """The reports with each rare word, in any of its forms, and with each of some groups of common ones.

    Only of a word that is rare as it stands are all forms looked up, which takes the index long of common ones.
    """
    plain = [*dict.fromkeys(asked.values())]
    there = dict(zip(plain, fulltext.holding(connection, [(term,) for term in plain], _COMMON), strict=True))
    rare = [term for term, word in asked.items() if len(there[word]) < _COMMON]
    forms = fulltext.holding(connection, [(term,) for term in rare], _COMMON)
    found = [some if len(some) < _COMMON else there[asked[term]] for term, some in zip(rare, forms, strict=True)]
    found = [numbers for numbers in found if numbers]
    common = [word for word in plain if len(there[word]) >= _COMMON][:_GROUPED]
    for size in range(2, len(common) + 1):
        groups = fulltext.holding(connection, [*combinations(common, size)], _COMMON)
        found += [numbers for numbers in groups if 0 < len(numbers) < _COMMON]
        if found:
            break
    return found


def _terms(text: str) -> dict[Term, Term]:
    """The telling words of a text, the longest first: longer ones with any ending, and as they stand."""
    found: dict[Term, Term] = {}
    for word in sorted(set(words(text)), key=lambda word: (-len(word), word)):
        stem = stem_of(word)
        if stem and stem not in function_stems() and len(found) < _MOST_WORDS:
            begins = len(stem) >= _SHORTEST and word.startswith(stem)
            found.setdefault(Term((stem if begins else word,), begins), Term((word,)))
    return found


def _ranks(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    """The places in time of those of some reports that put propositions."""
    rows = connection.execute(_RANKS, {"numbers": [*numbers]}) if numbers else ()
    return {row.report: row.rank for row in rows}


_RANKS: Final = select(claim_reports.c.report, claim_reports.c.rank).where(
    claim_reports.c.report.in_(bindparam("numbers", expanding=True))
)
