"""What is read off a web page inside the worker, as it crosses back to the caller."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """The text and the metadata of one page, as its parsers found them.

    `dates` are (date as written, where it stood), the most trusted first. `lang` is what the page declares.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    lang: str | None = None
    dates: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()

    def as_reply(self) -> dict[str, Any]:
        """Return the page in JSON types."""
        return asdict(self)


def page_from_reply(reply: dict[str, Any]) -> Page:
    """The page in a worker's reply. Every value is checked to be text, because the worker is not trusted."""
    return Page(
        text=str(reply["text"]),
        **{name: words(reply[name]) for name in ("title", "outlet", "author", "url", "lang")},
        dates=tuple((str(raw), str(basis)) for raw, basis in reply["dates"]),
        flags=tuple(str(flag) for flag in reply["flags"]),
    )


def words(value: object) -> str | None:
    """One line of text in a value from the worker, or None if there is nothing in it."""
    return " ".join(str(value).split()) or None if value else None
