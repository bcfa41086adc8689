"""A feed to captures: what each item itself says, which is seldom the whole report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urljoin

from sayso.errors import BrokenFeed, BrokenLine, EmptyInput, GatherError, TooLarge
from sayso.gather.dates import first_published
from sayso.gather.decode import decode, without_surrogates
from sayso.gather.jail import shared_jail
from sayso.gather.language import page_language
from sayso.gather.limits import Limits
from sayso.gather.page import words
from sayso.gather.received import Received
from sayso.vocabulary import Capture, Report, ReportId, report_id

_TASK: Final = "sayso.gather.feeds.items:read_feed"
_CONTENT_ONLY: Final = "feed item only: read from the feed, not from the page it links to"
_SUMMARY_ONLY: Final = "feed item only: a summary; the page it links to says more"
_TITLE_ONLY: Final = "feed item only: the feed gives no more than this title"


def captures_in(data: bytes, received: Received, limits: Limits) -> Iterator[Capture | GatherError]:
    """One capture or error for each item of a feed; its identity is the item's own (guid, atom:id).

    A capture's bytes are the item's element, by itself, in UTF-8. A feed that is not well-formed gives the items that
    can be read and a BrokenFeed; one with more items than the limit those within it and a TooLarge.
    """
    origin = received.origin
    try:
        decoded = decode(data, origin, limits.feed_bytes, markup=True)
    except GatherError as error:
        yield error
        return
    text = without_surrogates(decoded.text).text
    options = {"items": limits.feed_items, "depth": limits.markup_depth}
    try:
        reply = shared_jail().run(_TASK, text.encode(), options, origin, limits)
    except GatherError as error:
        yield error
        return
    if "problem" in reply:
        yield BrokenFeed(origin, str(reply["problem"]), "Give an RSS, Atom or JSON feed")
        return
    flags = (*received.flags, *decoded.flags)
    for number, item in enumerate(reply["items"], 1):
        yield _capture_or_error(item, reply, replace(received, origin=f"{origin}#{number}", flags=flags))
    yield from _missing(reply, origin, limits)


def _missing(reply: dict[str, Any], origin: str, limits: Limits) -> Iterator[GatherError]:
    if reply["broken"]:
        problem = f"the feed is not well-formed, so items may be lost ({str(reply['broken'])[:150]})"
        yield BrokenFeed(origin, problem, "Fetch it again, or tell its publisher; what could be read was")
    if reply["left"]:
        problem = f"it holds {int(reply['left']):,} items more than the limit of {limits.feed_items:,}"
        yield TooLarge(origin, problem, "Raise the limit to read them too")
    if not reply["items"] and not reply["broken"]:
        yield EmptyInput(origin, "the feed holds no items", "Look again later")


def _capture_or_error(item: dict[str, Any], feed: dict[str, Any], received: Received) -> Capture | GatherError:
    title = words(_clean(item["title"]))
    body = _clean(item["text"]).strip()
    text = body or title
    if not text:
        return BrokenLine(received.origin, "the item holds neither text nor title", "Leave it out")
    base = received.address or ""
    link = words(_clean(item["link"]))
    url = _joined(base, link) if link else None
    published, date_flags = first_published([(str(raw), str(basis)) for raw, basis in item["dates"]])
    limited = _TITLE_ONLY if not body else _SUMMARY_ONLY if item["is_summary"] else _CONTENT_ONLY
    report = Report(
        id=_identity(words(_clean(item["id"])), url, text),
        text=text,
        title=title,
        outlet=words(_clean(item["outlet"])) or words(_clean(feed["title"])),
        author=words(_clean(item["author"])),
        published=published,
        url=url,
        language=page_language(text, words(_clean(feed["lang"]))),
        flags=(*received.flags, limited, *date_flags),
        origin=received.origin,
    )
    return received.capture(report, _clean(item["bytes"]).encode())


def _identity(stated: str | None, url: str | None, text: str) -> ReportId:
    """The item's own id, with its address where the id alone may be anybody's ("1234")."""
    if stated is None:
        return report_id(text, url)
    return ReportId(stated if ":" in stated or url is None else f"{url}#{stated}")


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _clean(value: object) -> str:
    return without_surrogates(str(value)).text if value else ""
