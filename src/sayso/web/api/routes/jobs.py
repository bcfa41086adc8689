"""Jobs: adding files and addresses in the background, how far that is, and stopping it."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.web.api import in_time
from sayso.web.api.answering import answered, page_answered
from sayso.web.api.asked import JobList, Unasked, conditions
from sayso.web.api.bodies import body, from_json, is_json
from sayso.web.api.cursors import cursor, mark
from sayso.web.api.description import answer, changed
from sayso.web.api.refusals import NotThere, WrongMediaType
from sayso.web.api.service import From
from sayso.web.jobs import Job
from sayso.web.jobs.present import Working
from sayso.web.jobs.receiving import addresses_of, files_of, planned, sent
from sayso.web.reviewers import reviewer

router: Final = APIRouter(tags=["jobs"])
JobId = Annotated[str, Path(max_length=100, description="The id of a job (j-…).")]


class Addresses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Addresses of the web to add."""

    addresses: Annotated[list[Annotated[str, msgspec.Meta(max_length=2_000)]], msgspec.Meta(min_length=1)]


@router.get("/jobs", summary="Jobs, latest first", **answer("JobPage"))
@in_time.listing
def list_jobs(request: Request, service: From, jobs: Working, asked: Annotated[JobList, Query()]) -> Response:
    """What is being added in the background, and what was, with what came of each input."""
    path, said = "/jobs", conditions(asked)
    after = mark(path, said, asked.cursor) if asked.cursor is not None else ""
    found = jobs.all(asked.limit + 1, after)
    onward = cursor(path, said, found[asked.limit - 1].id) if len(found) > asked.limit else None
    return page_answered(request, map(_job, found[: asked.limit]), onward)


@router.get("/jobs/{job}", summary="A job", **answer("Job", 404))
def one_job(request: Request, jobs: Working, job: JobId, _: Unasked) -> Response:
    """How far a job is, and what came of each of its inputs."""
    return answered(request, _job(_known(jobs.one(job), job)))


@router.post("/jobs", summary="Add files or addresses", **changed("Job", "Addresses", 413, 415))
async def add(request: Request, service: From, jobs: Working, _: Unasked) -> Response:
    """Add addresses, or files sent as multipart/form-data in fields called `files`; it is done in the background.

    What a file is, its content tells. Addresses are fetched through the guard: none of a private network is asked for.
    """
    if is_json(request):
        said = from_json(await body(request, service), Addresses)
        addresses = addresses_of("\n".join(said.addresses), jobs.bounds)
        return answered(request, _job(await run_in_threadpool(planned, jobs, reviewer(request), (), addresses)))
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        cure = 'Send {"addresses": […]} as application/json, or files as multipart/form-data'
        raise WrongMediaType("The body is of a media type that is not read here", cure)
    form = await sent(request, jobs.bounds)
    try:
        given = "\n".join(it for it in form.getlist("addresses") if isinstance(it, str))
        addresses = addresses_of(given, jobs.bounds)
        job = await run_in_threadpool(planned, jobs, reviewer(request), files_of(form), addresses)
    finally:
        await form.close()
    return answered(request, _job(job))


@router.delete("/jobs/{job}", summary="Stop a job", **answer("Job", 404))
def stop(request: Request, jobs: Working, job: JobId, _: Unasked) -> Response:
    """Stop a job after the reports under way; what was acknowledged is in the ledger. One that has ended stays."""
    return answered(request, _job(_known(jobs.stop(job), job)))


def _known(found: Job | None, id_: str) -> Job:
    """A job that is there. Raises NotThere."""
    if found is None:
        raise NotThere(f"There is no job “{id_[:80]}”", "The jobs are at /jobs")
    return found


def _job(found: Job) -> dict[str, Any]:
    """A job as JSON, without what is nobody else's matter: our names of its files, and the process."""
    inputs = [
        {
            "name": it.name, "state": it.state.value, "new": it.new, "read": it.read, "known": it.known,
            "failed": it.failed, "passed": it.passed,
            "problems": [
                {"origin": each.origin, "problem": each.problem, "cure": each.cure, "passed": each.passed}
                for each in it.problems
            ],
        }
        for it in found.inputs
    ]  # fmt: skip
    return {
        "id": found.id, "state": found.state.value, "said": found.said, "made": found.made, "who": found.who,
        "inputs": inputs,
    }  # fmt: skip
