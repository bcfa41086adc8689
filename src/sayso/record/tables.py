"""Findings in a CSV table: one a row, its columns named by a mapping or by their usual names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sayso.errors import NotAFinding, RecordError
from sayso.record.findings import FIELDS, finding
from sayso.vocabulary import Finding, FindingKind

_CELL: Final = 1_000_000  # bytes; a longer cell is no claim
_DIALECTS: Final = ",;\t|"
# Column names met in published tables of fact-checks, folded to lower case without marks.
USUAL: Final = {
    "claim": ("claim", "claimreviewed", "statement", "claimtext", "vclaim", "rumor", "rumour"),
    "verdict": ("verdict", "rating", "ratingname", "textualrating", "label", "truthrating", "conclusion"),
    "grade": ("grade", "confidence", "standardofproof"),
    "status": ("status",),
    "published": ("published", "datepublished", "reviewdate", "date", "publicationdate"),
    "publisher": ("publisher", "author", "organization", "organisation", "source", "body", "factchecker", "reviewer"),
    "url": ("url", "link", "reviewurl", "factcheckurl"),
    "title": ("title", "headline", "reviewtitle"),
    "document": ("document", "report"),
    "passage": ("passage", "quote", "excerpt"),
    "claimant": ("claimant", "speaker", "claimauthor", "person"),
    "claimed": ("claimed", "claimdate", "datesaid"),
    "language": ("language", "lang", "inlanguage"),
}  # fmt: skip


def table_findings(
    text: str, origin: str, mapping: Mapping[str, str] | None = None, kind: FindingKind = FindingKind.CHECK
) -> Iterator[Finding | NotAFinding]:
    """The findings of a table. `mapping` gives the column of a field where its name is not a usual one.

    Raises NotAFinding where a mapped column is not there, or none holds the claim; it names the columns there are.
    """
    csv.field_size_limit(_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = [name.strip().lstrip("\ufeff") for name in next(rows, [])]
        columns = _columns(header, mapping or {}, origin)
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _row(row, columns, kind, f"{origin}:{rows.line_num}")
    except csv.Error as error:
        raise NotAFinding(
            f"{origin}:{rows.line_num}", f"the table breaks off here ({error})", "Save it again as CSV"
        ) from error


def _row(row: Sequence[str], columns: Mapping[str, int], kind: FindingKind, origin: str) -> Finding | NotAFinding:
    given = {name: row[at] for name, at in columns.items() if at < len(row)}
    try:
        return finding(kind, given, origin=origin)
    except NotAFinding as error:
        return error


def _columns(header: Sequence[str], mapping: Mapping[str, str], origin: str) -> dict[str, int]:
    there = ", ".join(header) or "none"
    columns: dict[str, int] = {}
    for name, wanted in mapping.items():
        if name not in FIELDS:
            raise RecordError(origin, f"a finding has no field {name!r}", f"Its fields are {', '.join(FIELDS)}")
        if wanted not in header:
            raise NotAFinding(origin, f"there is no column {wanted!r}", f"Its columns are {there}")
        columns[name] = header.index(wanted)
    folded = ["".join(c for c in name.lower() if c.isalnum()) for name in header]
    for name, usual in USUAL.items():
        at = next((folded.index(word) for word in usual if word in folded), None)
        if at is not None and name not in columns and at not in columns.values():
            columns[name] = at
    if "claim" not in columns:
        raise NotAFinding(origin, f"no column holds the claim; the columns are {there}", "Name it: --map claim=COLUMN")
    return columns


def _delimiter(text: str) -> str:
    """The mark that divides the columns: the one that stands most often in the first line."""
    first = text[: text.find("\n")] if "\n" in text else text
    return max(_DIALECTS, key=first[:10_000].count)
