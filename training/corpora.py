"""The training corpora in one form, and the fingerprint by which a model card names them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One gold attribution: the spans of its three roles; `inner` when it stands inside another's content."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A gold mention. `chain` joins the mentions of one entity; it is empty where a corpus has no chains."""

    span: Span
    kind: str
    chain: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A corpus document with whichever of the two annotations its corpus has."""

    id: str
    text: str
    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Mention, ...] = ()


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a gzip JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def fingerprint(*paths: Path) -> str:
    """SHA-256 over the files' bytes in the given order, first 16 hex digits."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def attributions(path: Path) -> list[Document]:
    """PolNeAR: documents with source, cue and content spans."""
    return [
        Document(
            row["id"],
            row["text"],
            attributions=tuple(
                Attribution(*(tuple((s, e) for s, e in item[role]) for role in ("source", "cue", "content")))
                for item in row["attributions"]
                if item["cue"]
            ),
        )
        for row in read_lines(path)
    ]


def mentions(path: Path) -> list[Document]:
    """GUM, re3d, WikiGold, UNER: documents with typed mentions."""
    return [
        Document(
            row["id"],
            row["text"],
            mentions=tuple(
                Mention((m["start"], m["end"]), m["type"], str(m.get("chain", ""))) for m in row["mentions"]
            ),
        )
        for row in read_lines(path)
    ]


_POINTERS = frozenset(
    "the a an this that these those he she it they we i you his her its their our my your him them us who "
    "which himself herself itself themselves ourselves both all some many other another one two three no".split()
)
_JOINING = frozenset(
    "of and the for in on & al el ad an ar as ash at de del der den da di du la le van von bin ibn".split()
)
_WORD = re.compile(r"&|[^\W_][\w'’.-]*")


def is_name(text: str, span: Span) -> bool:
    """Whether a mention is a proper name: capitalised words, which no sentence start explains, and joining words."""
    words = [w for w in _WORD.finditer(text, *span) if w.group().lower() not in ("the", "a", "an")]
    if not words or not (_proper(text, words[0]) and _proper(text, words[-1])):
        return False
    return all(_proper(text, w) or w.group().lower() in _JOINING for w in words)


def _proper(text: str, word: re.Match[str]) -> bool:
    first = word.group()[0]
    if first.isdigit():
        return True
    if not first.isupper() or word.group().lower() in _POINTERS:
        return False
    before = text[: word.start()].rstrip(" \"'“”‘’()[]")
    if before and before[-1] not in ".!?:;\n" and not text[len(before) : word.start()].count("\n"):
        return True
    follows = text[word.end() : word.end() + 2]
    return follows[1:].isupper() or re.search(r"[\w,] " + re.escape(word.group()) + r"\b", text) is not None
