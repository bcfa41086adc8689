"""Cases, for admins: which reports are closed, and to whom."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.errors import SaysoError
from sayso.share.answer_words import count
from sayso.share.markup import Html, element
from sayso.share.visible import one_line
from sayso.web.accounts import cases, users
from sayso.web.accounts.fitting import conditions, fitting
from sayso.web.accounts.kept import Kept, by
from sayso.web.accounts.pages.drawing import hidden, one_of, sent, sheet, table
from sayso.web.addresses import page_of
from sayso.web.desk import At
from sayso.web.drawing.choices import paragraph, text_field
from sayso.web.drawing.parts import titled_part
from sayso.web.forms import form

_LISTED: Final = 200
_FIELDS: Final = (
    ("words", "Words, all of them"), ("outlet", "Outlet"), ("since", "Since"), ("until", "Until"),
    ("place", "Place"), ("actor", "Who speaks or is named"),
)  # fmt: skip
router: Final = APIRouter()


@router.get("/cases", include_in_schema=False)
def cases_page(desk: At, kept: Kept) -> HTMLResponse:
    """The list of cases."""
    rows = [
        (element("a", {"href": _address(it.name)}, one_line(it.name)), count(it.reports, "report"),
         ", ".join(it.team) or "admins alone", it.made[:10])
        for it in cases.all_cases(kept)
    ]  # fmt: skip
    listed = table("Cases", ("Case", "Closes", "To", "Since"), rows) if rows else Html()
    why = paragraph(
        "A case closes reports to a team: to everybody else, admins aside, they are as if they were not there."
    )
    return sheet(
        "Cases", desk, why, listed,
        titled_part("Make a case", sent("/cases", "Make it", text_field("name", "Its name", None))),
    )  # fmt: skip


@router.post("/cases", include_in_schema=False)
async def make_case(request: Request, kept: Kept) -> Response:
    """Make a case."""
    name, own = " ".join((await form(request)).get("name", "").split()), by(request)
    await run_in_threadpool(cases.add, kept, name, (), own)
    return RedirectResponse(_address(name), 303)


@router.get("/cases/{case}", include_in_schema=False)
def case_page(desk: At, kept: Kept, case: str) -> HTMLResponse:
    """A case: its team and its reports."""
    found = next((it for it in cases.all_cases(kept) if it.name == case), None)
    if found is None:
        raise HTTPException(404)
    home = _address(case)
    team = [
        (it, sent(f"{home}/team", f"Put {it} out", hidden("user", it), hidden("do", "put out"))) for it in found.team
    ]
    others = [it.name for it in users.all_users(kept) if it.name not in found.team]
    reports = [
        (element("a", {"href": page_of(it)}, it),
         sent(f"{home}/reports", "Open it again", hidden("report", it), hidden("do", "open")))
        for it in cases.reports_of(kept, case, _LISTED)
    ]  # fmt: skip
    more = paragraph(f"The first {_LISTED} of {found.reports} are listed.") if found.reports > _LISTED else Html()
    return sheet(
        case,
        desk,
        paragraph(f"It closes {count(found.reports, 'report')}. Made by {found.by}, {found.made[:10]}."),
        titled_part(
            "Team",
            table("Team", ("Name", "Leaving"), team) if team else paragraph("Nobody but admins."),
            sent(f"{home}/team", "Let in", hidden("do", "let in"), one_of("user", "User", others)) if others
            else Html(),
        ),
        titled_part(
            "Close more reports",
            sent(f"{home}/reports", "Close what fits all of this now", hidden("do", "close"),
                 *(text_field(name, label, None) for name, label in _FIELDS),
                 text_field("report", "Or the id of a report", None, "r-")),
        ),
        titled_part("Its reports", table("Its reports", ("Report", "Opening"), reports) if reports else Html(), more),
        titled_part("Leave off", paragraph("Its reports are everybody's again."), sent(f"{home}/remove", "Remove it")),
    )  # fmt: skip


@router.post("/cases/{case}/reports", include_in_schema=False)
async def change_reports(request: Request, desk: At, kept: Kept, case: str) -> Response:
    """Close reports by an id or by what they fit now, or open one again."""
    said, own = await form(request), by(request)
    one = said.get("report", "").split()

    def changed() -> None:
        if said.get("do") == "open":
            cases.open_again(kept, case, one, own)
            return
        asked = {name: value for name, _ in _FIELDS if (value := said.get(name, "").strip())}
        if not one and not asked:
            raise SaysoError("There is nothing to close", "Give the id of a report, or what reports have to fit")
        cases.close(kept, case, one or fitting(desk.ledger, *conditions(asked)), own)

    await run_in_threadpool(changed)
    return RedirectResponse(_address(case), 303)


@router.post("/cases/{case}/team", include_in_schema=False)
async def change_team(request: Request, kept: Kept, case: str) -> Response:
    """Let somebody into the team, or put them out."""
    said, own = await form(request), by(request)
    change = cases.put_out if said.get("do") == "put out" else cases.let_in
    await run_in_threadpool(change, kept, case, said.get("user", ""), own)
    return RedirectResponse(_address(case), 303)


@router.post("/cases/{case}/remove", include_in_schema=False)
def remove(request: Request, kept: Kept, case: str) -> Response:
    """Remove a case."""
    cases.remove(kept, case, by(request))
    return RedirectResponse("/cases", 303)


def _address(case: str) -> str:
    return f"/cases/{quote(case, safe='')}"
