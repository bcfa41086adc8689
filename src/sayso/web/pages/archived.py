"""The archived copy of a report: the bytes as they came, shown as text and never as a page, or handed out whole."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, HTTPException, Response
from starlette.responses import HTMLResponse

from sayso.errors import GatherError
from sayso.gather.decode import decode
from sayso.ledger import Captured
from sayso.share.answer_words import count
from sayso.share.markup import Html, element
from sayso.share.masthead import title
from sayso.share.tracing.quoting import facts
from sayso.share.visible import visible
from sayso.vocabulary import Report
from sayso.web.addresses import page_of
from sayso.web.desk import At, Desk
from sayso.web.layout import Page, shown

_SHOWN: Final = 200_000  # characters of a copy on its page
_LARGEST: Final = 50_000_000
_MARKUP: Final = ("html", "xml")
router: Final = APIRouter()


@router.get("/reports/{report}/archive/{number}", include_in_schema=False)
def archived_page(report: str, number: int, desk: At) -> HTMLResponse:
    """An archived copy as text, with the headers it came with."""
    kept, captured = _captured(desk, report, number)
    data = desk.ledger.snapshot(captured.snapshot or "")
    rows = [
        ("Captured", captured.captured or "at an unknown time"), ("From", captured.address or captured.origin),
        ("As", captured.media), ("Size", count(len(data), "byte")), ("SHA-256", captured.snapshot),
        *((name, value) for name, value in captured.headers),
    ]  # fmt: skip
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element(
            "header",
            {"class": "masthead"},
            element("p", {"class": "outlet"}, "The archived copy"),
            element("h1", {"dir": "auto"}, element("a", {"href": page_of(kept.id)}, title(kept))),
            facts(rows),
            element(
                "p",
                None,
                element("a", {"href": f"/reports/{kept.id}/archive/{number}/bytes"}, "All of its bytes, as they came"),
            ),
        ),
        *_text(data, captured),
    )
    sheet = element("div", {"class": "sheet"}, main)
    return shown(Page(title(kept), sheet, "trace", "reports", banner=desk.settings.banner))


@router.get("/reports/{report}/archive/{number}/bytes", include_in_schema=False)
def archived_bytes(report: str, number: int, desk: At) -> Response:
    """The bytes of an archived copy, to be saved and not shown."""
    _, captured = _captured(desk, report, number)
    data = desk.ledger.snapshot(captured.snapshot or "")
    headers = {"Content-Disposition": f'attachment; filename="{captured.snapshot}"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _captured(desk: Desk, report: str, number: int) -> tuple[Report, Captured]:
    """A report and one of its captures that has a snapshot, counted from 1."""
    kept, captures = desk.ledger.report(report), desk.ledger.captures(report)
    if not 1 <= number <= len(captures) or captures[number - 1].snapshot is None:
        raise HTTPException(404)
    return kept, captures[number - 1]


def _text(data: bytes, captured: Captured) -> tuple[Html, ...]:
    """The copy as text, or why it cannot be shown so."""
    media = captured.media or ""
    try:
        decoded = decode(data, "the copy", _LARGEST, markup=any(kind in media for kind in _MARKUP))
    except GatherError as error:
        return (element("p", {"class": "note-of"}, f"It cannot be shown as text: {error.problem}"),)
    cut = len(decoded.text) - _SHOWN
    note = (
        element("p", {"class": "note-of"}, f"Cut here: {cut:,} more characters are in the bytes.")
        if cut > 0
        else Html()
    )
    flags = (element("p", {"class": "note-of"}, flag) for flag in decoded.flags)
    area = {"class": "archived", "dir": "auto", "tabindex": "0", "role": "region", "aria-label": "The copy as text"}
    return (*flags, element("pre", area, visible(decoded.text[:_SHOWN])), note)
