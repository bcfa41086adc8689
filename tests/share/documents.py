"""The tables of docs/exports.md, made from the formats themselves: `python -m tests.share.documents` writes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from sayso.share.exports.forms import FORMS
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.registry import WRITTEN, formats_of
from sayso.share.tables.columns import schema_of
from sayso.share.tables.things import THINGS

DOCUMENT: Final = Path("docs/exports.md")


def drops() -> str:
    """What each format drops of each kind."""
    rows = [
        f"| `{kind}` | `{FORMS[form].ending}` | {'; '.join(WRITTEN[form].drops[kind]) or 'nothing'} |"
        for kind in ExportKind
        for form in formats_of(kind)
        if form != "jsonl"
    ]
    return "\n".join(["| kind | format | drops |", "|---|---|---|", *rows])


def columns() -> str:
    """The columns of each table."""
    rows = [f"| `{kind}` | {', '.join(f'`{it}`' for it in schema_of(kind, {}).names)} |" for kind in THINGS]
    return "\n".join(["| kind | columns |", "|---|---|", *rows])


def with_tables(document: str) -> str:
    """The document with its tables as they have to be."""
    for name, table in (("drops", drops()), ("columns", columns())):
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        document = between.sub(lambda it, table=table: f"{it[1]}\n{table}\n\n{it[2]}", document)  # type: ignore[misc]
    return document


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
