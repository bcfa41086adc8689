"""Cells side by side where the console is wide enough, and one below the other where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_GAP: Final = 2
_SIDE_BY_SIDE: Final = 110  # below that six columns leave no room for a name
Cell = tuple[Text, ...]  # lines, each wrapped by itself


def table(console: Console, heads: Sequence[Text], shares: Sequence[int], rows: Sequence[Sequence[Cell]]) -> list[Text]:
    """Rows under their heads, each column as wide as its share; where that is too narrow, every row on its own.

    A row of its own has its first cell as its title, and the others below it, each after its head. Empty
    cells are left out there. Rows are set apart by an empty line.
    """
    if console.width < _SIDE_BY_SIDE:
        return [line for row in rows for line in (Text(), *_alone(console, heads, row))]
    widths = _widths(console.width, shares)
    lines = [Text(), *_across(console, [(head,) for head in heads], widths)]
    return lines + [line for row in rows for line in (*_across(console, row, widths), Text())][:-1]


def _widths(total: int, shares: Sequence[int]) -> list[int]:
    room = total - _GAP * (len(shares) - 1)
    return [room * share // sum(shares) for share in shares]


def _across(console: Console, row: Sequence[Cell], widths: Sequence[int]) -> Iterator[Text]:
    columns = [
        [line for text in cell for line in _wrapped(console, text, width)]
        for cell, width in zip(row, widths, strict=True)
    ]
    for pieces in zip_longest(*columns, fillvalue=Text()):
        line = Text()
        for piece, width in zip(pieces, widths, strict=True):
            line.append_text(piece)
            line.append(" " * (width + _GAP - cell_len(piece.plain)))
        yield line


def _alone(console: Console, heads: Sequence[Text], row: Sequence[Cell]) -> Iterator[Text]:
    title, *others = row
    yield from (line for text in title for line in _wrapped(console, text, console.width))
    margin = max(cell_len(head.plain) for head in heads[1:]) + 2 * _GAP
    for head, cell in zip(heads[1:], others, strict=True):
        lines = [line for text in cell for line in _wrapped(console, text, max(console.width - margin, 8))]
        for place, line in enumerate(lines):
            gutter = Text(" " * _GAP).append_text(head) if place == 0 else Text()
            gutter.append(" " * (margin - cell_len(gutter.plain)))
            yield gutter.append_text(line)


def _wrapped(console: Console, text: Text, width: int) -> list[Text]:
    """The text in lines, those after the first hanging by two more cells."""
    if cell_len(text.plain) <= width:
        return [text]
    margin = len(text.plain) - len(text.plain.lstrip(" "))
    room = max(width - margin - _GAP, 1)
    lines = list(_breakable(text[margin:], room).wrap(console, room, overflow="fold"))
    for place, line in enumerate(lines):
        line.rstrip()
        line.pad_left(min(margin + _GAP * (place > 0), width - 1))
    return lines


def _breakable(text: Text, room: int) -> Text:
    """The text, open to a break after each slash where a word of it ("Shelling/artillery") has no room."""
    if max(map(cell_len, text.plain.split()), default=0) <= room:
        return text
    return Text(" ").join(text.split("/", include_separator=True))
