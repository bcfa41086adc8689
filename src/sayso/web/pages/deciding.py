"""Taking decisions from forms, taking them back, and the name under which they are made."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit, urlunsplit

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from sayso.errors import NotTaken, SaysoError
from sayso.ledger import Ledger
from sayso.review import Decision, undo
from sayso.review.joins import withdraw_join
from sayso.review.looking import in_bulk
from sayso.web import reviewers
from sayso.web.choosing import choices_of
from sayso.web.desk import At
from sayso.web.drawing.answerable import DONE
from sayso.web.forms import Fields, fields, own_address
from sayso.web.repeated import decide_once

_QUEUE: Final = "/review"
_MOST_TOLD: Final = 5
router: Final = APIRouter()


@router.post("/review/name", include_in_schema=False)
async def name_reviewer(request: Request, desk: At) -> Response:
    """Let the browser keep the name of who decides, where there are no accounts."""
    said = await fields(request)
    if not reviewers.is_asked(request):
        raise SaysoError("Here it is known who decides", "Go back to what you were at")
    answer = RedirectResponse(_back(said), status_code=303)
    reviewers.keep(answer, reviewers.name_given("".join(said.get("who", [])[:1])))
    return answer


@router.post("/review/decide", include_in_schema=False)
async def decide_by_form(request: Request, desk: At) -> Response:
    """Keep what somebody decides, and go back to where they were."""
    said, who = await fields(request), reviewers.named(request)
    done = await run_in_threadpool(_decide, said, who, desk.ledger)
    return _returned(said, done)


@router.post("/review/undo", include_in_schema=False)
async def undo_by_form(request: Request, desk: At) -> Response:
    """Take decisions back, each by an entry of its own, and go back to where somebody was."""
    said, who = await fields(request), reviewers.named(request)
    done = await run_in_threadpool(_undo, said, who, desk.ledger)
    return _returned(said, done)


def _decide(said: Fields, who: str, ledger: Ledger) -> list[Decision]:
    choices = choices_of(said, lambda report: ledger.report(report).text)
    if not choices:
        raise SaysoError(
            "Nothing was ticked, and no button of an item pressed", "Go back, and choose what to decide on"
        )
    return _taken(decide_once(ledger, choices, who))


def _undo(said: Fields, who: str, ledger: Ledger) -> list[Decision]:
    wanted: list[str] = []
    for name in said.get("decision", ()):
        wanted += [it.id for it in in_bulk(ledger, name)] if name.startswith("b-") else [name]
    why = "".join(said.get("why", [])[:1])
    done = list(undo(ledger, wanted, who, why))
    if len(done) == 1 and isinstance(done[0], NotTaken) and withdraw_join(ledger, wanted[0], who, why):
        return []  # it was on who is one across reports
    return _taken(done)


def _taken(done: list[Decision | NotTaken] | tuple[Decision | NotTaken, ...]) -> list[Decision]:
    """What was taken. Raises NotTaken where anything was not, and tells how much was."""
    taken = [it for it in done if isinstance(it, Decision)]
    refused = [it for it in done if isinstance(it, NotTaken)]
    if not refused:
        return taken
    if len(refused) == 1 and not taken:
        raise refused[0]
    told = "; ".join(dict.fromkeys(it.problem.removeprefix(f"{it.ledger}: ") for it in refused[:_MOST_TOLD]))
    problem = f"{len(refused)} of {len(done)} were not taken; the others are kept. {told}"
    raise NotTaken(refused[0].ledger, problem, "Go back, and look at those again")


def _returned(said: Fields, done: list[Decision]) -> Response:
    """Back to where somebody was, which tells of what they did."""
    parts = urlsplit(_back(said))
    query = "&".join(filter(None, (parts.query, f"{DONE}={done[0].id}" if done else "")))
    row = f"w-{done[0].items[0].id}" if done else parts.fragment
    return RedirectResponse(urlunsplit(("", "", parts.path, query, row)), status_code=303)


def _back(said: Fields) -> str:
    return own_address("".join(said.get("to", [])[:1]), _QUEUE)
