"""The CheckThat corpora as findings and texts: what the claims benchmark scores and training.claims learns from.

Tweets are texts alone, their day where they state one. A debate's lines are texts of one report, whose day stands in
the line's id; who speaks is not told. Findings have the claim as checked and its title; those of the debates the
claimant and day too.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks import corpus
from sayso.gather.dates import parse_date
from sayso.record.features import Context
from sayso.record.matching import Candidates, Embed, Shelf, candidates, shelf
from sayso.vocabulary import Finding, FindingId, FindingKind

TWEETS, DEBATES = "ct_tweets", "ct_debates"
_WRITTEN: Final = re.compile(r"[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}")
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})_")


@dataclass(frozen=True, slots=True)
class Query:
    """A text with the findings that are relevant to it; `report` is what it is a line of."""

    id: str
    text: str
    report: str
    day: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the candidates drawn for it and their ids."""

    query: Query
    found: Candidates
    ids: tuple[str, ...]


def findings(data: Path, name: str) -> list[Finding]:
    """The claims of a corpus as findings, under their own ids."""
    return [_finding(row, name) for row in corpus.rows(corpus.locate(data, f"claims/{name}", "claims.jsonl.gz"))]


def queries(data: Path, name: str, split: str) -> list[Query]:
    """The queries of a part of a corpus."""
    relevant: dict[str, set[str]] = defaultdict(set)
    judged = corpus.content(corpus.locate(data, f"claims/{name}", f"qrels.{split}.jsonl.gz"))
    for line in judged.decode().splitlines():
        row = json.loads(line)
        if row["rel"]:
            relevant[row["qid"]].add(row["cid"])
    rows = corpus.rows(corpus.locate(data, f"claims/{name}", f"queries.{split}.jsonl.gz"))
    return [_query(row, name, frozenset(relevant[row["id"]])) for row in rows]


def asked(part: Sequence[Query], on: Shelf, embedding: Embed) -> list[Asked]:
    """Candidates for each query, those of one report drawn together, in the given order."""
    reports: dict[str, list[Query]] = defaultdict(list)
    for query in part:
        reports[query.report].append(query)
    out: dict[str, Asked] = {}
    for lines in corpus.progress(list(reports.values()), "matching", len(reports)):
        found = candidates([line.text for line in lines], on, Context(lines[0].day), embedding)
        for line, drawn in zip(lines, found, strict=True):
            out[line.id] = Asked(line, drawn, tuple(on.findings[row].id for row in drawn.rows))
    return [out[query.id] for query in part]


def _finding(row: dict[str, Any], name: str) -> Finding:
    written = _WRITTEN.search(row.get("date") or "")
    day = parse_date(written.group()) if written else None
    value = day.value if day else None
    claimed, published = (value, None) if name == DEBATES else (None, value)
    return Finding(
        FindingId(row["id"]),
        FindingKind.CHECK,
        row["text"],
        title=row.get("title") or None,
        claimant=row.get("speaker") or None,
        claimed=claimed,
        published=published,
    )


def _query(row: dict[str, Any], name: str, relevant: frozenset[str]) -> Query:
    if name == DEBATES:
        stated = _DAY.match(row["id"])
        return Query(
            row["id"], row["text"], row["id"].rsplit("_", 1)[0], "-".join(stated.groups()) if stated else "", relevant
        )
    written = _WRITTEN.findall(row["text"])
    day = parse_date(written[-1]) if written else None
    return Query(row["id"], row["text"], row["id"], day.value if day else "", relevant)


def laid_out(data: Path, name: str, embedding: Embed) -> Shelf:
    """The findings of a corpus, laid out for matching."""
    return shelf(findings(data, name), embedding)
