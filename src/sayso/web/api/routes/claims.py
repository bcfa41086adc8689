"""All claims, a page at a time."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sayso.errors import SaysoError
from sayso.ledger import Where
from sayso.trace.answers.questions import worded
from sayso.trace.following import follow
from sayso.vocabulary import Stance
from sayso.web.api import in_time
from sayso.web.api.answering import page_answered
from sayso.web.api.asked import ClaimList, conditions
from sayso.web.api.cursors import broken, cursor, mark
from sayso.web.api.description import answer
from sayso.web.api.service import From
from sayso.web.claim_lists import ListedClaim, Wanted, claims_page

router: Final = APIRouter(tags=["across reports"])


@router.get("/claims", summary="Claims, newest first", **answer("ClaimPage"))
@in_time.answering
def claims(request: Request, service: From, asked: Annotated[ClaimList, Query()]) -> Response:
    """The claims that fit, each in its wording with its reports, voices and findings.

    One statement of a claim has to fit what is asked of words, outlet, place and denial. `sort=reports` lists the 200
    claims that most reports make, two at least.
    """
    path, said = "/claims", conditions(asked)
    after = mark(path, said, asked.cursor) if asked.cursor is not None else None
    stance = Stance.DENIES.value if asked.denied else None
    wanted = Wanted(
        Where(outlet=asked.outlet, place=worded(asked.place) if asked.place else None, stance=stance),
        worded(asked.words),
        asked.since,
        asked.until,
        asked.reports,
        asked.voices,
        asked.finding is not None,
        asked.sort,
    )
    follow(service.ledger)
    with service.ledger.looking() as connection:
        try:
            found = claims_page(connection, wanted, asked.limit, after, service.limits.scan_seconds)
        except SaysoError as error:
            raise broken() if type(error) is SaysoError else error from error
    onward = cursor(path, said, found.next) if found.next is not None else None
    return page_answered(request, map(_claim, found.claims), onward)


def _claim(it: ListedClaim) -> dict[str, Any]:
    return {
        "claim": it.claim, "text": it.text, "first": it.first, "last": it.last, "statements": it.statements,
        "reports": it.reports, "voices": it.voices, "polarities": [[*pair] for pair in it.polarities],
        "counted": it.counted, "findings": it.findings,
    }  # fmt: skip
