"""The task that renders Markdown inside the worker: its words, without the markup."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAG = re.compile(r"<[^<>]*>")
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def render(data: bytes, _: dict[str, Any]) -> dict[str, Any]:
    """The paragraphs of the Markdown in `data` (UTF-8), a blank line between them, and its first heading."""
    tokens = MarkdownIt("commonmark").enable("table").parse(data.decode())
    paragraphs = [text for token in tokens if (text := _words(token).strip())]
    return {"text": "\n\n".join(paragraphs), "heading": _first_heading(tokens)}


def _first_heading(tokens: list[Token]) -> str | None:
    for token, after in pairwise(tokens):
        if token.type == "heading_open":
            return _words(after) or None
    return None


def _words(token: Token) -> str:
    """The words of one block; links keep theirs, code loses its fences, images and HTML tags go."""
    if token.type == "inline":
        return "".join(map(_inline_words, token.children or ()))
    if token.type in ("fence", "code_block"):
        return token.content
    if token.type == "html_block":
        return html.unescape(_TAG.sub(" ", token.content))
    return ""


def _inline_words(token: Token) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    return _BREAKS.get(token.type, "")
