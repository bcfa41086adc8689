"""Where the things that an answer names have pages of their own, and links to these."""

from __future__ import annotations

from collections.abc import Callable

from sayso.share.markup import Html, element

Address = Callable[[str], str | None]
"""The address of the page of a report, claim, event or actor by its id; None where there is none."""


def alone(_: str) -> None:
    """No page but this one."""
    return


def linked(id_: str | None, words: Html, address: Address) -> Html:
    """Words as a link to the page of what they name, where it has one."""
    href = address(id_) if id_ else None
    return element("a", {"href": href}, words) if href else words
