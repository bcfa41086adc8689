"""Cells of a CSV file (RFC 4180) that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from sayso.share.visible import one_line

# What makes a cell a formula for some spreadsheet, full-width forms included. Apostrophes before it are
# ours or the report's own: one more always goes in front, so that taking one away gives the cell again.
_FORMULA: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def text_cell(text: str) -> str:
    """Words as a cell: on one line, control characters made visible, and an apostrophe before a formula."""
    line = one_line(text)
    return f"'{line}" if _FORMULA.match(line) else line


def words_of(cell: str) -> str:
    """The words that `text_cell` put into a cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def number_cell(value: float | None) -> str:
    """A number as a cell, empty where there is none. It is no words, and so needs no apostrophe."""
    return "" if value is None else str(value)


def record(cells: Iterable[str]) -> str:
    """One record of a CSV file, with its line end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
