"""The task that reads a page in the worker: trafilatura for the text, selectolax to notice what is lost."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction
from trafilatura.settings import Document

from sayso.gather.markup import tamed
from sayso.gather.page import Page
from sayso.gather.page_dates import stated_dates
from sayso.gather.paragraphs import blocks, prose

# Shares of the page's prose that the main parser kept. It rightly drops teasers and readers' comments, which
# seldom make up half of a page's long blocks, so less than half kept is worth a warning. Less than a tenth,
# and too little to be a report of its own, is the silent loss seen on deep, cut or huge pages: then all
# blocks are taken. A longer text beside much prose stays: the rest may be comments, nobody's report.
_WARN_BELOW = 0.5
_REPLACE_BELOW = 0.1
_REPORT = 250  # characters of a short news item
_DATES = {"original_date": True, "extensive_search": False}  # the extensive search takes any year on the page


def read_page(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The page in `data` (UTF-8) as a reply. `options`: `depth`, and `plain` to leave the main parser out."""
    html, flags = tamed(data.decode(), options["depth"])
    tree = LexborHTMLParser(html)
    dates, lang, title = stated_dates(tree), _lang(tree), _title(tree)
    document = None if options["plain"] else _main_parser(html)
    text, loss = _chosen(_lines(document), blocks(tree), plain=options["plain"])
    page = Page(text=text, lang=lang, title=title, dates=dates, flags=(*flags, *loss))
    return (_with_metadata(page, document) if document else page).as_reply()


def _main_parser(html: str) -> Document | None:
    found = bare_extraction(
        html,
        favor_recall=True,
        include_comments=False,
        include_tables=True,  # old sites lay their text out in tables
        with_metadata=True,
        date_extraction_params=dict(_DATES),
    )
    return found if isinstance(found, Document) else None


def _lines(document: Document | None) -> list[str]:
    """The document's paragraphs, without the bullets and table bars that trafilatura puts in."""
    if document is None or not document.text:
        return []
    bare = (line.strip().removeprefix("- ").strip("|-").strip() for line in document.text.split("\n"))
    return [" ".join(line.replace("|", " ").split()) for line in bare if line]


def _chosen(main: list[str], all_blocks: list[str], *, plain: bool) -> tuple[str, tuple[str, ...]]:
    """The text to keep, a blank line between paragraphs, and a flag if something may be lost or too much."""
    kept, there = sum(map(len, main)), sum(map(len, prose(all_blocks)))
    if plain or not main or (kept < _REPORT and kept < _REPLACE_BELOW * there):
        flag = "text may hold menus or other noise: the main parser found next to nothing, every block was kept"
        return "\n\n".join(all_blocks), () if plain else (flag,)
    text = "\n\n".join(main)
    if kept < _WARN_BELOW * there:
        return text, (f"text may be lost: {kept / there:.0%} of the page's prose was kept",)
    return text, ()


def _with_metadata(page: Page, document: Document) -> Page:
    guess = ((document.date, "metadata as found by trafilatura"),) if document.date else ()
    return Page(
        text=page.text,
        title=document.title or page.title,
        outlet=document.sitename,
        author=document.author,
        url=document.url,
        lang=page.lang,
        dates=page.dates + guess,
        flags=page.flags,
    )


def _lang(tree: LexborHTMLParser) -> str | None:
    return tree.root.attributes.get("lang") if tree.root else None


def _title(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("title")
    return node.text() if node else None
