"""Search: the reports that hold some words and fit some conditions, each with a snippet, and counts by facet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import CTE, distinct, func, literal, select, union_all

from sayso.ledger import fulltext, where
from sayso.ledger.database import reading as reading_transaction
from sayso.ledger.fulltext import Term
from sayso.ledger.kept import kept_report, report_query
from sayso.ledger.place import Place
from sayso.ledger.schema import Query, captures, names, place_names, readings, reports, statements
from sayso.ledger.snippets import Snippet, snippet
from sayso.ledger.where import Where
from sayso.vocabulary import Report

FACETS: Final = ("outlet", "month", "language", "place", "actor", "stance")
_TOP: Final = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found, with the words around the first place that fits best."""

    report: Report
    snippet: Snippet
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a search gave: how many reports in all, those shown, and for each facet its commonest values with counts.

    Places and actors are counted by the reports that name them, under their folded names.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]


def search(place: Place, words: str, wanted: Where, limit: int, offset: int) -> Results:
    """The best hits first; without words all that fit, latest first."""
    asked = fulltext.terms(words)
    conditions = [*where.of_report(wanted), *where.published(wanted), *where.naming(wanted)]
    with reading_transaction(place.database) as connection:
        matched: Query = select(reports.c.number, literal(0.0).label("score")).where(*conditions)
        if any(not term.without for term in asked):
            found = fulltext.matching(connection, "report_words", asked).subquery("found")
            matched = select(reports.c.number, found.c.score).join(found, found.c.id == reports.c.number)
            matched = matched.where(*conditions)
        elif words.strip():
            return Results(0, (), dict.fromkeys(FACETS, ()))
        hits = matched.cte("hits")
        total = connection.execute(select(func.count()).select_from(hits)).scalar_one()
        facets: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
        for name, value, count in connection.execute(_facets(hits)):
            facets[name].append((value, count))
        shown = report_query().add_columns(hits.c.score).join(hits, hits.c.number == reports.c.number)
        shown = shown.order_by(hits.c.score.desc(), reports.c.day.desc(), reports.c.id).limit(limit).offset(offset)
        found_hits = tuple(_hit(row, asked) for row in connection.execute(shown))
    top = {name: tuple(sorted(values, key=lambda v: (-v[1], v[0]))[:_TOP]) for name, values in facets.items()}
    return Results(total, found_hits, top)


def _hit(row: Any, asked: Sequence[Term]) -> Hit:  # noqa: ANN401 - a row of a query
    report = kept_report(row).report
    return Hit(report, snippet(report.text, asked), float(row.score))


def _facets(hits: CTE) -> Query:
    month = func.substr(reports.c.day, 1, 7)
    of_hits = select(hits.c.number).join(reports, reports.c.number == hits.c.number)
    with_language = of_hits.join(captures, captures.c.number == reports.c.first)
    read = of_hits.join(readings, readings.c.report == reports.c.number).where(where.current())
    parts = [
        _counted("outlet", reports.c.outlet, of_hits, hits),
        _counted("month", month, of_hits, hits),
        _counted("language", captures.c.language, with_language, hits),
        _counted("place", place_names.c.key, read.join(place_names, place_names.c.reading == readings.c.number), hits),
        _counted("actor", names.c.key, read.join(names, names.c.reading == readings.c.number), hits),
        _counted("stance", statements.c.stance, read.join(statements, statements.c.reading == readings.c.number), hits),
    ]
    return select(union_all(*[select(part.subquery()) for part in parts]).subquery())


def _counted(name: str, value: Any, source: Query, hits: CTE) -> Query:  # noqa: ANN401 - any column
    count = func.count(distinct(hits.c.number)).label("count")
    query = source.with_only_columns(literal(name).label("facet"), value.label("value"), count)
    return query.where(value.is_not(None)).group_by(value).order_by(count.desc(), value).limit(_TOP)
