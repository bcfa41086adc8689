"""Lines of text onto a console, in its width and encoding: words from reports stay words and steer nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from sayso.share.visible import one_line

_ASCII: Final = str.maketrans(
    {"←": "<-", "→": "->", "…": "...", "·": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
)


def words(text: str, style: Style | None = None) -> Text:
    """Words from a report or about it: on one line, harmless, never read as markup."""
    leading = " " * (len(text) - len(text.lstrip(" ")))
    return Text(leading + one_line(text), style=style or "")


def hanging(console: Console, line: Text, margin: int, hang: int = 2) -> Iterator[Text]:
    """A line set in by a margin, what does not fit hanging by so many cells more."""
    room = max(console.width - margin - hang, 8)
    for place, row in enumerate(line.wrap(console, room, overflow="fold")):
        row.rstrip()
        yield Text.assemble(" " * (margin + hang * (place > 0)), row)


def print_lines(console: Console, *lines: Text) -> None:
    """Print lines, each wrapped to the console's width."""
    for line in lines:
        for row in _writable(console, line).wrap(console, max(console.width, 1), overflow="fold"):
            row.rstrip()
            console.print(row, no_wrap=True, overflow="ignore", crop=False)


def _writable(console: Console, line: Text) -> Text:
    """The line in characters that the console's encoding has; others become "?"."""
    if console.encoding.lower().startswith("utf"):
        return line
    edges = sorted({edge for span in line.spans for edge in (span.start, span.end)})
    rewritten = Text(style=line.style)
    for piece in line.divide(edges):
        encoded = piece.plain.translate(_ASCII).encode(console.encoding, "replace").decode(console.encoding)
        rewritten.append_text(Text(encoded, style=piece.spans[-1].style if piece.spans else ""))
    return rewritten
