"""A web page to a report, parsed in the jail."""

from __future__ import annotations

from dataclasses import replace

from sayso.errors import EmptyInput, WorkerFailed
from sayso.gather.dates import first_published
from sayso.gather.decode import decode, without_surrogates
from sayso.gather.jail import shared_jail
from sayso.gather.language import page_language
from sayso.gather.limits import DEFAULT, Limits
from sayso.gather.page import Page, page_from_reply
from sayso.vocabulary import Report, report_id

_TASK = "sayso.gather.extract:read_page"


def html_report(data: bytes, origin: str, limits: Limits = DEFAULT, charset: str | None = None) -> Report:
    """The report in a web page, with the title, outlet, author, address and date the page states.

    `charset` is the one the server stated. Flags say where text may be lost. Raises EmptyInput, BinaryInput,
    TooLarge, or WorkerFailed.
    """
    decoded = decode(data, origin, limits.markup_bytes, markup=True, charset=charset)
    html = without_surrogates(decoded.text)
    page = _parsed(html.text.encode(), origin, limits)
    text = without_surrogates(page.text)
    if not text.text.strip():
        raise EmptyInput(origin, "the page holds no text", "Give a page whose text does not need a browser to appear")
    return _report(replace(page, text=text.text, flags=(*decoded.flags, *html.flags, *page.flags)), origin)


def _parsed(html: bytes, origin: str, limits: Limits) -> Page:
    """The page by the main parser; if that fails, by the plain one, whose time grows evenly with the page."""
    options = {"depth": limits.markup_depth, "plain": False}
    try:
        return page_from_reply(shared_jail().run(_TASK, html, options, origin, limits))
    except WorkerFailed as failure:
        reply = shared_jail().run(_TASK, html, {**options, "plain": True}, origin, limits)
        page = page_from_reply(reply)
        problem = failure.problem.removeprefix(f"{origin}: ")
        flag = f"text may hold menus or other noise: every block was kept, because {problem}"
        return replace(page, flags=(*page.flags, flag))


def _report(page: Page, origin: str) -> Report:
    published, date_flags = first_published(page.dates)
    return Report(
        id=report_id(page.text, page.url),
        text=page.text,
        title=_encodable(page.title),
        outlet=_encodable(page.outlet),
        author=_encodable(page.author),
        published=published,
        url=_encodable(page.url),
        language=page_language(page.text, page.lang),
        flags=page.flags + date_flags,
        origin=origin,
    )


def _encodable(value: str | None) -> str | None:
    return without_surrogates(value).text if value else None
