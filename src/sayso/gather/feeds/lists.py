"""Lists of addresses: OPML names feeds, a sitemap names pages or other sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sayso.errors import BrokenFeed, EmptyInput, GatherError, TooLarge
from sayso.gather.decode import decode, without_surrogates
from sayso.gather.jail import shared_jail
from sayso.gather.limits import Limits
from sayso.gather.page import words

_TASK: Final = "sayso.gather.feeds.entries:read_entries"


@dataclass(frozen=True, slots=True)
class Listed:
    """An address in a list, and what a news sitemap says of the report there."""

    address: str
    title: str | None = None
    outlet: str | None = None
    date: str | None = None


def listed_in(data: bytes, origin: str, limits: Limits) -> Iterator[Listed | GatherError]:
    """Every address of an OPML file or a sitemap, each once, and errors for what is broken or over the limit."""
    try:
        text = without_surrogates(decode(data, origin, limits.feed_bytes, markup=True).text).text
        reply = shared_jail().run(_TASK, text.encode(), {"items": limits.feed_items}, origin, limits)
    except GatherError as error:
        yield error
        return
    if "problem" in reply:
        yield BrokenFeed(origin, str(reply["problem"]), "Give an OPML file or a sitemap")
        return
    found = {str(entry["address"]).strip(): entry for entry in reversed(reply["entries"])}
    for address, entry in reversed(found.items()):
        yield Listed(address, *(words(entry.get(name)) for name in ("title", "outlet", "date")))
    if reply["broken"]:
        problem = f"the list is not well-formed, so addresses may be lost ({str(reply['broken'])[:150]})"
        yield BrokenFeed(origin, problem, "Repair it; the addresses that could be read were followed")
    if reply["left"]:
        problem = f"it lists {int(reply['left']):,} addresses more than the limit of {limits.feed_items:,}"
        yield TooLarge(origin, problem, "Raise the limit to follow them too")
    if not found and not reply["broken"]:
        yield EmptyInput(origin, "it lists no addresses", "Give an OPML file with feeds or a sitemap with pages")
