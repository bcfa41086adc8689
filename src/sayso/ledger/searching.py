"""Search: the reports that hold some words and fit some conditions, each with a snippet, and counts by facet.

However many there are, the work is bounded: hits are counted up to `COUNTED`; of more than `RANKED` hits the latest so
many are put in order by how well they fit; facets are counted over the first `FACETED` of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, literal_column, select

from sayso.ledger import fulltext, where
from sayso.ledger.closing import is_closed
from sayso.ledger.database import reading as reading_transaction
from sayso.ledger.fulltext import Term
from sayso.ledger.kept import kept_reading, kept_report, reading_query, report_query
from sayso.ledger.place import Place
from sayso.ledger.rows import names_in, places_in, report_words
from sayso.ledger.schema import Query, readings, reports
from sayso.ledger.snippets import Snippet, snippet
from sayso.ledger.where import Condition, Where
from sayso.vocabulary import Reading, Report

FACETS: Final = ("outlet", "month", "language", "place", "actor", "stance")
COUNTED: Final = 10_000
RANKED: Final = 2000
FACETED: Final = 200
_TOP: Final = 10
_LATEST: Final = (reports.c.day.desc().nulls_last(), reports.c.id)


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found, with the words around the first place that fits best."""

    report: Report
    snippet: Snippet
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a search gave: how many reports in all, those shown, and for each facet its commonest values with counts.

    Where there are `more`, `total` is only as far as was counted. Facets count the first `faceted` hits; places and
    actors are counted by the reports that name them, under their folded names.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    more: bool = False
    faceted: int = 0


def search(place: Place, words: str, wanted: Where, limit: int, offset: int) -> Results:
    """The best hits first, of equals the latest, then by id; without words all that fit, latest first."""
    asked = fulltext.terms(words)
    if any(not term.without for term in asked):
        sought = asked
    elif words.strip():
        return Results(0, (), dict.fromkeys(FACETS, ()))
    else:
        sought = ()
    conditions = [*where.of_report(wanted), *where.published(wanted), *where.naming(wanted)]
    with reading_transaction(place.database) as connection:
        fitting = _fitting(connection, sought, conditions)
        total = _count(connection, fitting)
        best = _best(connection, sought, fitting, max(RANKED, offset + limit))
        shown, first = best[offset : offset + limit], [number for number, _ in best[:FACETED]]
        found = _reports(connection, {*first, *(number for number, _ in shown)})
        facets = _facets([found[number] for number in first], _readings(connection, first, found))
    hits = tuple(Hit(found[number], snippet(found[number].text, asked), score) for number, score in shown)
    return Results(min(total, COUNTED), hits, facets, total > COUNTED, len(first))


def _fitting(connection: Connection, asked: Sequence[Term], conditions: Sequence[Condition]) -> Query:
    """The numbers of the reports that fit."""
    query: Query = select(reports.c.number).where(*conditions)
    if not asked:
        return query
    matching = fulltext.matching(connection, asked)
    held = matching.with_only_columns(matching.selected_columns["id"])
    if _count(connection, held) > COUNTED:  # too many to be looked up one by one: the other conditions lead
        return query.where(literal_column("+reports.number").in_(held))
    found = held.subquery("found")
    return query.join(found, found.c.id == reports.c.number)


def _count(connection: Connection, query: Query) -> int:
    """How many a query finds, counted to one more than `COUNTED`."""
    some = query.limit(COUNTED + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _best(connection: Connection, asked: Sequence[Term], fitting: Query, most: int) -> list[tuple[int, float]]:
    """The numbers of the latest reports that fit, up to `most`, and how well they do, best first."""
    numbers = [*connection.execute(fitting.order_by(*_LATEST).limit(most)).scalars()]
    if not asked:
        return [(number, 0.0) for number in numbers]
    if is_closed(connection):  # the index knows of all reports, so that what it tells would tell of those too
        return _by_own_words(asked, numbers, _reports(connection, {*numbers[:FACETED]}))
    scores = fulltext.scores(connection, asked, numbers)
    return sorted(((number, scores[number]) for number in numbers), key=lambda item: -item[1])


def _by_own_words(asked: Sequence[Term], numbers: Sequence[int], first: dict[int, Report]) -> list[tuple[int, float]]:
    """The first reports by how much of their words were asked for, then the others as they come."""
    wanted = {word for term in asked if not term.without for word in term.words}
    scores = dict.fromkeys(numbers, 0.0)
    for number, report in first.items():
        cut = report_words(report.title, report.text)
        scores[number] = sum(word in wanted for word in cut) / len(cut) ** 0.5 if cut else 0.0
    return sorted(scores.items(), key=lambda item: -item[1])


def _reports(connection: Connection, numbers: set[int]) -> dict[int, Report]:
    rows = connection.execute(report_query().where(reports.c.number.in_(numbers)))
    return {row.number: kept_report(row).report for row in rows}


def _readings(connection: Connection, numbers: Sequence[int], about: dict[int, Report]) -> list[Reading]:
    """The current readings of some reports."""
    rows = connection.execute(reading_query().where(readings.c.report.in_(numbers), where.current()))
    return [kept_reading(row, about[row.report]) for row in rows]


def _facets(found: Sequence[Report], read: Sequence[Reading]) -> dict[str, tuple[tuple[str, int], ...]]:
    """The commonest values of each facet, with how many of these reports have them."""
    counts = {
        "outlet": Counter(report.outlet for report in found if report.outlet),
        "month": Counter(report.published.value[:7] for report in found if report.published),
        "language": Counter(report.language for report in found if report.language),
        "place": Counter(key for reading in read for key in places_in(reading)),
        "actor": Counter(key for reading in read for key in names_in(reading)),
        "stance": Counter(stance for reading in read for stance in {item.stance.value for item in reading.statements}),
    }
    return {name: tuple(sorted(counts[name].items(), key=lambda item: (-item[1], item[0]))[:_TOP]) for name in FACETS}
