"""Four invented papers on a weir: one quotes a farmer, one copies it with edits, one reprints it, one denies it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sayso import Ledger

Row = dict[str, str]
_FIRST = (
    "The reed guard opened the weir at Tarnholm on Monday, drowning at least 30 sheep, farmer Ivo Lenz said.\n\n"
    "“The water came up to the sills before anybody was awake,” Lenz said. He said that nobody had been warned.\n\n"
    "The meadows below the weir were still under water at noon."
)
ROWS: tuple[Row, ...] = (
    {
        "id": "first",
        "outlet": "Vell Lantern",
        "date": "2021-03-04",
        "title": "Weir at Tarnholm opened by night",
        "text": _FIRST,
    },
    {
        "id": "edited",
        "outlet": "Brask Courier",
        "date": "2021-03-05",
        "title": "Weir opened in the dark",
        "text": _FIRST.replace("The reed guard", "The so-called reed guard")
        .replace("30", "40")
        .replace("Lenz said.\n", "Lenz claimed.\n")
        .partition("\n\nThe meadows")[0],
    },
    {
        "id": "reprint",
        "outlet": "Kessel Post",
        "date": "2021-03-05",
        "title": "Weir at Tarnholm opened by night",
        "text": _FIRST,
        "url": "https://kessel.example/weir",
    },
    {
        "id": "denial",
        "outlet": "Ulmen Gazette",
        "date": "2021-03-06",
        "title": "Guard denies",
        "text": "The spokeswoman Ada Quill denied that the reed guard had opened the weir at Tarnholm on Monday.\n\n"
        "She said that the lock keeper had been ill. Bread was dear in Ulmen.",
    },
)


def written(folder: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The papers as a file of JSON Lines."""
    path = folder / "papers.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def named(ledger: Ledger) -> dict[str, str]:
    """The ids of the reports in a ledger, by the ids that their input gave them."""
    return {ledger.captures(report.id)[0].name: report.id for report in ledger.reports()}
