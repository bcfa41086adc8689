"""Adding to the ledger from the browser: files and addresses, as a job in the background."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.share.markup import Html, element
from sayso.web.desk import At
from sayso.web.drawing.choices import code, link, paragraph
from sayso.web.jobs import Bounds
from sayso.web.jobs.present import Working
from sayso.web.jobs.receiving import addresses_of, files_of, planned, sent
from sayso.web.layout import Page, shown
from sayso.web.reviewers import reviewer

_KINDS: Final = (
    "Text, Markdown, web pages, PDF, JSON Lines, CSV, Parquet, WARC, WACZ, feeds and lists of feeds. What a file is, "
    "its content tells."
)
router: Final = APIRouter()


@router.get("/add", include_in_schema=False)
def add_page(desk: At, jobs: Working) -> HTMLResponse:
    """The form for files and addresses."""
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element("header", {"class": "masthead"}, element("h1", None, "Add to the ledger")),
        paragraph("What is added is archived as it came, read and traced. What is there already is known again."),
        _form(jobs.bounds),
        paragraph("Or ", link("/read", "paste a text"), ", look at its reading, and keep it."),
        element("p", {"class": "detail"}, "Whole folders and larger archives are added by ", code("sayso add"),
                "; feeds are followed by ", code("sayso watch"), ". ", link("/jobs", "See what was added here"), "."),
    )  # fmt: skip
    sheet = element("div", {"class": "sheet"}, main)
    return shown(Page("Add", sheet, "trace", "add", banner=desk.settings.banner))


@router.post("/add", include_in_schema=False)
async def add_sent(request: Request, jobs: Working) -> Response:
    """Take what was sent, and go to the page of its job."""
    form = await sent(request, jobs.bounds)
    try:
        said = form.get("addresses")
        addresses = addresses_of(said if isinstance(said, str) else "", jobs.bounds)
        job = await run_in_threadpool(planned, jobs, reviewer(request), files_of(form), addresses)
    finally:
        await form.close()
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


def _form(bounds: Bounds) -> Html:
    most = f"At most {bounds.files} files, {bounds.upload_bytes // 1_000_000} MB together."
    return element(
        "form",
        {"action": "/add", "method": "post", "enctype": "multipart/form-data", "class": "paste"},
        element(
            "p",
            {"class": "field"},
            element("label", {"for": "f-files"}, "Files"),
            element("input", {"type": "file", "name": "files", "id": "f-files", "multiple": True,
                              "aria-describedby": "of-files"}),
            element("span", {"class": "detail", "id": "of-files"}, f"{_KINDS} {most}"),
        ),
        element(
            "p",
            {"class": "field"},
            element("label", {"for": "f-addresses"}, "Addresses of the web, each on a line"),
            element("textarea", {"name": "addresses", "id": "f-addresses", "rows": 4, "dir": "ltr",
                                 "placeholder": "https://", "aria-describedby": "of-addresses"}),
            element("span", {"class": "detail", "id": "of-addresses"},
                    "They are asked for by this machine, which keeps to robots.txt and asks no address of its own "
                    f"network. At most {bounds.addresses}."),
        ),
        element("p", {"class": "field"}, element("button", {"type": "submit"}, "Add")),
    )  # fmt: skip
