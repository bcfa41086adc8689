"""Jobs: what is being added and what was, with what came of each input."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from sayso.share.answer_words import count
from sayso.share.markup import Html, element
from sayso.share.visible import one_line
from sayso.web import fields
from sayso.web.addresses import asked
from sayso.web.desk import At
from sayso.web.drawing.choices import empty, link, paragraph
from sayso.web.forms import fields as sent_fields
from sayso.web.jobs import Input, Job
from sayso.web.jobs.present import Working
from sayso.web.jobs.records import Problem, State
from sayso.web.layout import Page, shown

_PAGE: Final = 20
_NAMED: Final = 3  # inputs of a job that its line names
_AGAIN: Final = 2  # seconds after which the page of a job is asked for again, where no script does it
router: Final = APIRouter()


@router.get("/jobs", include_in_schema=False)
def jobs_page(request: Request, desk: At, jobs: Working) -> HTMLResponse:
    """The jobs, the latest first."""
    after = fields.words(request.query_params, "after")
    found = jobs.all(_PAGE + 1, after)
    told = found[:_PAGE]
    more = Html()
    if len(found) > _PAGE:
        more = element("p", {"class": "further"}, link(asked("/jobs", {"after": told[-1].id}), "Earlier jobs"))
    nothing = empty("Nothing was added from the browser yet.", paragraph(link("/add", "Add files or addresses")))
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element("header", {"class": "masthead"}, element("h1", None, "Jobs")),
        element("ol", {"class": "jobs"}, *map(_line, told)) if told else nothing,
        more,
        element("p", None, link("/add", "Add more")) if told else Html(),
    )
    sheet = element("div", {"class": "sheet"}, main)
    return shown(Page("Jobs", sheet, "trace", "add", banner=desk.settings.banner))


@router.get("/jobs/{job}", include_in_schema=False)
def job_page(job: str, desk: At, jobs: Working) -> HTMLResponse:
    """A job with what came of it so far; the page asks for itself again until the job has ended."""
    found = jobs.one(job)
    if found is None:
        raise HTTPException(404)
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element("header", {"class": "masthead"}, element("p", {"class": "outlet"}, "A job"),
                element("h1", {"dir": "auto"}, _named(found))),
        _progress(found, is_stopping=jobs.is_stopping(found.id)),
        element("p", None, link("/reports", "The reports"), " · ", link("/jobs", "All jobs"), " · ",
                link("/add", "Add more")),
    )  # fmt: skip
    sheet = element("div", {"class": "sheet"}, main)
    again = None if found.ended else _AGAIN
    page = Page(_named(found), sheet, "trace", "add", banner=desk.settings.banner, scripts=("jobs.js",), again=again)
    return shown(page)


@router.post("/jobs/{job}/stop", include_in_schema=False)
async def stop_job(job: str, request: Request, jobs: Working) -> RedirectResponse:
    """Stop a job after the batch under way."""
    await sent_fields(request)
    if await run_in_threadpool(jobs.stop, job) is None:
        raise HTTPException(404)
    return RedirectResponse(f"/jobs/{job}", status_code=303)


def _line(it: Job) -> Html:
    made = it.made.replace("T", " ").removesuffix("Z")
    return element(
        "li",
        None,
        element("a", {"href": f"/jobs/{it.id}", "class": "item", "dir": "auto"}, _named(it)),
        element("p", {"class": "byline"}, *(element("span", None, part) for part in (f"{made} UTC", _sums(it)))),
        element("p", {"class": "detail"}, _state(it.state), " ", it.said),
    )


def _named(it: Job) -> str:
    names = ", ".join(one_line(each.name) for each in it.inputs[:_NAMED])
    more = len(it.inputs) - _NAMED
    return f"{names} and {count(more, 'other')}" if more > 0 else names


def _sums(it: Job) -> str:
    new, known = sum(each.new for each in it.inputs), sum(each.known for each in it.inputs)
    failed = sum(each.failed for each in it.inputs)
    return f"{new} added, {known} known already, {failed} not taken"


def _progress(it: Job, *, is_stopping: bool) -> Html:
    """How far a job is: the part of its page that changes."""
    done = sum(1 for each in it.inputs if each.state not in (State.WAITING, State.RUNNING))
    bar = Html()
    if not it.ended:
        bar = element("progress", {"max": len(it.inputs), "value": done, "aria-label": "Inputs done"})
    stop = Html()
    if is_stopping and not it.ended:
        stop = element("p", {"class": "detail"}, "It stops after the reports under way.")
    elif not it.ended:
        button = element("button", {"type": "submit"}, "Stop")
        stop = element("form", {"action": f"/jobs/{it.id}/stop", "method": "post"}, button)
    return element(
        "div",
        {"id": "progress", "data-ended": "yes" if it.ended else None},
        element("p", {"role": "status"}, _state(it.state), f" {it.said} · {_sums(it)} ", bar),
        element("p", {"class": "byline"}, f"By {one_line(it.who)}, {it.made}" if it.who else it.made),
        stop,
        element("ol", {"class": "inputs"}, *map(_input, it.inputs)),
    )


def _input(it: Input) -> Html:
    sums = f"{it.new} added, {it.read} read, {it.known} known already"
    problems = map(_problem, it.problems)
    more = it.failed + it.passed - len(it.problems)
    rest = element("li", None, f"and {count(more, 'other')}") if more > 0 else Html()
    told = element("ul", {"class": "failures"}, *problems, rest) if it.problems else Html()
    head = element("p", {"dir": "auto"}, element("b", None, one_line(it.name)), " ", _state(it.state))
    return element("li", None, head, element("p", {"class": "detail"}, sums), told)


def _problem(it: Problem) -> Html:
    before = "Passed over: " if it.passed else "Not taken: "
    cure = element("span", {"class": "detail"}, f" {one_line(it.cure)}")
    return element("li", None, before, element("bdi", None, one_line(it.origin)), f": {one_line(it.problem)}", cure)


def _state(state: State) -> Html:
    kind = {State.DONE: "accepted", State.STOPPED: "unsure", State.INTERRUPTED: "contested"}.get(state, "")
    return element("span", {"class": f"state {kind}".strip()}, state.value)
