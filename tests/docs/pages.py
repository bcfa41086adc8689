"""The pages of the documentation that tell somebody what to run: their files, commands and the words they promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DOCS: Final = Path("docs")
GUIDES: Final = (DOCS / "tutorial.md", *sorted((DOCS / "for").glob("*.md")))
_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SAVED: Final = re.compile(r"\b[Ss]ave\b.* as `([\w.-]+)`")
_NOT_RUN: Final = re.compile(r"<!-- not run: (.+) -->")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its lines, the last line before it, and why it is not run, if it is not."""

    language: str
    lines: tuple[str, ...]
    before: str
    not_run: str


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        paragraph = text[: match.start()].rstrip().rpartition("\n\n")[2].replace("\n", " ")
        reason = _NOT_RUN.search(paragraph)
        yield Block(match[1], tuple(match[2].splitlines()), paragraph, reason[1] if reason else "")


def files(page: Path) -> dict[str, str]:
    """What the page asks its reader to save, by name."""
    return {
        saved[1]: "\n".join(block.lines) + "\n"
        for block in blocks(page)
        if block.language == "text" and (saved := _SAVED.search(block.before))
    }


def promises(page: Path) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each block of commands that is to be run, with the lines that the page says come out of its last command."""
    commands: tuple[str, ...] = ()
    said: list[str] = []
    for block in blocks(page):
        if block.language == "sh" and not block.not_run:
            if commands:
                yield commands, tuple(said)
            commands, said = block.lines, []
        elif block.language == "text" and not _SAVED.search(block.before):
            said += block.lines
    if commands:
        yield commands, tuple(said)
