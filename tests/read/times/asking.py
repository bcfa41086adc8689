"""How the tests ask for the times of a text."""

from __future__ import annotations

from sayso.read.times import times
from sayso.vocabulary import Published, Time

WEDNESDAY = Published("2013-03-06", "metadata")


def read(text: str, published: Published | None = WEDNESDAY) -> dict[str, Time]:
    """The time expressions of a text by their words, as written on Wednesday 6 March 2013."""
    return {item.text: item for item in times(text, published=published)}


def value(text: str, published: Published | None = WEDNESDAY) -> str:
    """The value of the only time expression of a text."""
    (found,) = times(text, published=published)
    return found.value


def days(text: str, published: Published | None = WEDNESDAY) -> tuple[str | None, str | None]:
    """First and last day of the only time expression of a text."""
    (found,) = times(text, published=published)
    return found.start, found.end
