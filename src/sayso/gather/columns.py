"""Which columns of a table hold what: as told, or by the names such columns usually have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sayso.errors import BrokenTable, SaysoError

Columns = Mapping[str, str]  # a report's field -> the column that holds it

FIELDS: Final = ("text", "id", "title", "outlet", "author", "url", "date")
AUTOMATIC: Final[Columns] = {}

# Usual names, the likeliest first, in lower case without "_", "-", "." and spaces.
_USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "text": tuple("text body content articlebody articletext fulltext maintext storytext story article".split()),
    "id": tuple("id guid uuid articleid docid documentid reportid key".split()),
    "title": tuple("title headline head heading articletitle".split()),
    "outlet": tuple("outlet source publisher publication newspaper sitename sourcename site domain".split()),
    "author": tuple("author authors byline creator writer".split()),
    "url": tuple("url link address uri sourceurl articleurl href permalink".split()),
    "date": tuple(
        "date published datepublished publishedat publishdate publicationdate pubdate datepublish datetime".split()
    ),
}
_MARKS: Final = re.compile(r"[\s_.-]+")


def columns_from(text: str) -> Columns:
    """The columns in "text=body,title=headline". Raises SaysoError where that is not what it says."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    columns = {field.strip(): column.strip() for field, _, column in pairs}
    wrong = sorted(field for field, column in columns.items() if field not in FIELDS or not column)
    if wrong or not columns or len(columns) < len(pairs):
        problem = f"{text!r} does not tell columns apart"
        raise SaysoError(problem, f"Write FIELD=COLUMN,…; the fields are {', '.join(FIELDS)}")
    return columns


def columns_of(names: Sequence[str], told: Columns, origin: str) -> dict[str, str]:
    """The column of each field in a table with columns of these names; what is told goes before what is usual.

    Raises BrokenTable, with the names there are, if a column told of is missing or none holds the text.
    """
    there = f"The columns are {', '.join(repr(name)[:60] for name in names[:40]) or 'none'}"
    missing = [column for column in told.values() if column not in names]
    if missing:
        raise BrokenTable(origin, f"there is no column {missing[0]!r}", there)
    found = {**_usual(names, told), **told}
    if "text" not in found:
        raise BrokenTable(origin, "no column is known to hold the text", f"{there}; say which: --map text=COLUMN")
    return found


def renamed(row: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    """A row under the names of a report's fields, and nothing else of it."""
    return {field: row.get(column) for field, column in columns.items()}


def _usual(names: Sequence[str], told: Columns) -> dict[str, str]:
    taken = set(told.values())
    plain = {_MARKS.sub("", name).lower(): name for name in reversed(names) if name not in taken}
    return {
        field: next(plain[name] for name in usual if name in plain)
        for field, usual in _USUAL.items()
        if field not in told and any(name in plain for name in usual)
    }
