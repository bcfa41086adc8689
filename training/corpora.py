"""The training corpora in one form, and the fingerprint by which a model card names them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

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
class Filler:
    """A span that fills a slot of a template of MUC-4, at one of the places where its words stand.

    `kinds` and `templates` are the types and the numbers of every template it fills; `standing` is how surely a
    perpetrator is one, `effect` what happened to a victim or target; both are empty where the key is silent.
    """

    span: Span
    role: str
    kinds: frozenset[str]
    templates: frozenset[int]
    standing: str = ""
    effect: str = ""
    named: bool | None = None  # whether a victim is given by name; None where the corpus does not tell


@dataclass(frozen=True, slots=True)
class Document:
    """A corpus document with whichever of the annotations its corpus has."""

    id: str
    text: str
    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Mention, ...] = ()
    fillers: tuple[Filler, ...] = ()


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
    """PolNeAR, and documents that people reviewed: source, cue and content spans. Only the latter have inner ones."""
    return [
        Document(
            row["id"],
            row["text"],
            attributions=tuple(
                Attribution(
                    _spans(item["source"]), _spans(item["cue"]), _spans(item["content"]), bool(item.get("nested_in"))
                )
                for item in row["attributions"]
                if item["cue"]
            ),
        )
        for row in read_lines(path)
    ]


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)


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


FILLERS: Final = {
    "perpetrator": ("perp_individual",),
    "organisation": ("perp_org",),
    "target": ("target",),
    "victim": ("victim", "victim_description"),
    "weapon": ("weapon",),
}


def templates(path: Path) -> list[Document]:
    """MUC-4: documents, most of them upper case, with the fillers of their templates wherever they stand.

    Lines are joined to paragraphs, character for character.
    """
    return [Document(row["id"], unwrapped(row["text"]), fillers=tuple(_fillers(row))) for row in read_lines(path)]


def unwrapped(text: str) -> str:
    """The text with single line breaks as spaces."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _fillers(row: dict[str, Any]) -> Iterator[Filler]:
    found: dict[tuple[Span, str], Filler] = {}
    for incident in row["incidents"]:
        kinds = frozenset(kind for fill in incident["type"][:1] for kind in fill["values"])
        for role, slots in FILLERS.items():
            for slot, fill in _fills(incident, slots):
                standing = _told(incident["perp_confidence"], fill) if role in ("perpetrator", "organisation") else ""
                effects = incident["target_effect"] if role == "target" else incident["victim_effect"]
                effect = _told(effects, fill) if role in ("target", "victim") else ""
                for span in (tuple(span) for spans in fill.get("spans") or () for span in spans):
                    old = found.get((span, role))
                    found[span, role] = Filler(
                        span,
                        role,
                        kinds | (old.kinds if old else frozenset()),
                        frozenset({incident["template"]}) | (old.templates if old else frozenset()),
                        standing or (old.standing if old else ""),
                        effect or (old.effect if old else ""),
                        slot == "victim" if role == "victim" else None,
                    )
    yield from found.values()


def _fills(incident: dict[str, Any], slots: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((slot, fill) for slot in slots for fill in incident[slot])


def _told(fills: list[dict[str, Any]], of: dict[str, Any]) -> str:
    """The first value of a set fill that is said of this filler, or of nobody in particular."""
    for fill in fills:
        if fill["values"] and (not fill["of"] or set(fill["of"]) & set(of["values"])):
            return str(fill["values"][0])
    return ""


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
