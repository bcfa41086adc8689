"""Markdown, with or without front matter, to a report; rendered in the jail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.errors import EmptyInput
from sayso.gather.dates import published
from sayso.gather.decode import decode
from sayso.gather.jail import shared_jail
from sayso.gather.language import language
from sayso.gather.limits import DEFAULT, Limits
from sayso.vocabulary import Report, report_id

_TASK = "sayso.gather.render:render"
_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
_FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LONGEST = 20_000  # characters of front matter; what is longer is text between two rules
_KEY = re.compile(r"([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?")
_INDENTED = re.compile(r"[ \t#-]|\s*$")  # lists, comments and nested values: passed over, not understood


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The `key: value` lines before a Markdown text, keys in lower case, and where the text begins."""

    values: dict[str, str] = field(default_factory=dict)
    end: int = 0


def markdown_report(data: bytes, origin: str, limits: Limits = DEFAULT) -> Report:
    """The report in a Markdown text: its words without the markup, one blank line between paragraphs.

    Title, outlet (or source), author, url and date come from the front matter, the title else from the first
    heading. Raises EmptyInput, BinaryInput, TooLarge, or WorkerFailed.
    """
    decoded = decode(data, origin, limits.markup_bytes)
    front = front_matter(decoded.text)
    reply = shared_jail().run(_TASK, decoded.text[front.end :].encode(), {}, origin, limits)
    text, heading = str(reply["text"]), reply["heading"]
    if not text.strip():
        raise EmptyInput(origin, "it holds no text besides front matter and markup", "Give a file with text in it")
    when, date_flags = published(front.values["date"], "front matter") if "date" in front.values else (None, ())
    url = front.values.get("url")
    return Report(
        id=report_id(text, url),
        text=text,
        title=front.values.get("title") or (str(heading) if heading else None),
        outlet=front.values.get("outlet") or front.values.get("source"),
        author=front.values.get("author"),
        published=when,
        url=url,
        language=language(text),
        flags=decoded.flags + date_flags,
        origin=origin,
    )


def front_matter(text: str) -> FrontMatter:
    """The front matter `text` begins with, or an empty one if those lines are not all `key: value`."""
    start = _FENCE.match(text)
    end = _FENCE_END.search(text, start.end(), start.end() + _LONGEST) if start else None
    if start is None or end is None:
        return FrontMatter()
    values: dict[str, str] = {}
    for line in text[start.end() : end.start()].splitlines():
        pair = _KEY.fullmatch(line.rstrip())
        if pair:
            values[pair[1].strip().lower()] = _unquoted(pair[2] or "")
        elif not _INDENTED.match(line):
            return FrontMatter()
    return FrontMatter({key: value for key, value in values.items() if value}, end.end()) if values else FrontMatter()


def _unquoted(value: str) -> str:
    bare = value.strip()
    return bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" else bare
