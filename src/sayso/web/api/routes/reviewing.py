"""Review: what to decide next, what was decided on a report, deciding, taking back, and how far reviewers agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final, TypeAlias

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from sayso.errors import NotTaken, SaysoError
from sayso.ledger import Where
from sayso.review import (
    Choice,
    Decision,
    Kind,
    Wanted,
    agreement,
    all_decisions,
    decided_pairs,
    history,
    next_items,
    next_offers,
    review,
    undo,
)
from sayso.review.choices import choice_from
from sayso.review.items import IN_READINGS
from sayso.review.looking import in_bulk
from sayso.review.plain import agreement_row, decision_row, offer_row, pair_row, queued_row, reviewed_row
from sayso.share.objects import reader_object
from sayso.share.units import Offsets
from sayso.trace.following import follow
from sayso.vocabulary import ReportId
from sayso.web.api import in_time
from sayso.web.api.answering import answered, page_answered
from sayso.web.api.asked import Count, ReviewList, ReviewSample, conditions
from sayso.web.api.bodies import body, from_json, needs_json
from sayso.web.api.cursors import cursor, mark
from sayso.web.api.description import answer, changed
from sayso.web.api.failures import code_of
from sayso.web.api.refusals import BadParameter
from sayso.web.api.review_units import Row, rows_in_utf16, with_code_points
from sayso.web.api.service import From, Service
from sayso.web.repeated import decide_once
from sayso.web.reviewers import reviewer

_AT_ONCE: Final = 100  # reports that a page looks at
_PAIRS_AT_ONCE: Final = 5
_Result: TypeAlias = Decision | NotTaken
router: Final = APIRouter(tags=["review"])
Report = Annotated[str, Path(max_length=100, description="The id of a report (r-…).")]


class Decisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Decisions to be made together, each as a line of `sayso review decide --bulk`."""

    decisions: Annotated[list[msgspec.Raw], msgspec.Meta(min_length=1, max_length=1_000)]
    who: Annotated[str, msgspec.Meta(max_length=200)] = ""


class Undoing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Decisions to be taken back, by their ids or by that of their bulk."""

    decisions: Annotated[list[str], msgspec.Meta(min_length=1, max_length=1_000)]
    who: Annotated[str, msgspec.Meta(max_length=200)] = ""
    why: Annotated[str, msgspec.Meta(max_length=10_000)] = ""


@router.get("/review/next", summary="What to review next", **answer("QueuePage"))
@in_time.answering
def queue(request: Request, service: From, asked: Annotated[ReviewList, Query()]) -> Response:
    """The least certain of what nobody settled, contested first, as `sayso review next --json` writes it.

    A page looks at some reports; `next` goes on with others. A line with a `verdict` added is a decision to send.
    """
    path, said = "/review/next", conditions(asked)
    after = mark(path, said, asked.cursor) if asked.cursor is not None else ""
    where = Where(outlet=asked.outlet, since=asked.since, until=asked.until)
    kinds = IN_READINGS if asked.kind is None else (Kind(asked.kind),)
    wanted = Wanted(kinds, where, None, asked.who or None)
    rows: list[Row]
    if asked.pairs is not None:
        follow(service.ledger)
        offers = next_offers(
            service.ledger, Kind(asked.pairs), wanted, limit=asked.limit, at_once=_PAIRS_AT_ONCE, after=after
        )
        rows, head, onward = [offer_row(it) for it in offers.offers], (offers.reports, offers.waiting), offers.after
    else:
        page = next_items(service.ledger, wanted, limit=asked.limit, at_once=_AT_ONCE, after=after)
        rows, head, onward = [queued_row(it) for it in page.items], (page.reports, page.waiting), page.after
    further = {"reports": head[0], "waiting": head[1]}
    items = _in_units(rows, asked.offsets, service)
    return page_answered(request, items, cursor(path, said, onward) if onward else None, further)


@router.get("/review/agreement", summary="How far reviewers agree", **answer("Agreements"))
@in_time.answering
def agreed(request: Request, service: From, asked: Annotated[ReviewSample, Query()]) -> Response:
    """Krippendorff's alpha for each kind of item, over what two or more reviewers decided."""
    with service.ledger.looking() as connection:
        found = agreement(all_decisions(connection), None, asked.seed)
    return answered(request, {"items": [agreement_row(it) for it in found]})


@router.get("/review/{report}", summary="What people decided on a report", **answer("ReportReview", 404))
@in_time.listing
def report_review(request: Request, service: From, report: Report, asked: Count) -> Response:
    """All items of a report with their state and what stands of them, as `sayso review show --json` writes it."""
    found = review(service.ledger, ReportId(report))
    id_ = found.reading.report.id
    row: Row = {
        "report": id_,
        "reader": reader_object(found.reading.reader),
        "items": [reviewed_row(it) for it in found.items],
        "pairs": [pair_row(it) for it in decided_pairs(service.ledger, id_)],
        "orphans": [decision_row(it) for it in found.orphans],
        "history": [decision_row(it) for it in history(service.ledger, id_)],
    }
    return answered(request, _in_units([row], asked.offsets, service)[0])


@router.post("/review/decisions", summary="Decide", **changed("Decided", "Decisions", 413, 415))
@in_time.answering
def decide(request: Request, service: From, asked: Count, data: Annotated[bytes, Depends(body)]) -> Response:
    """Decide on one or several items together. For each: the decision, or why it is not taken.

    Who stands by a decision already gets that one: what is sent twice is made once. With accounts the one who is logged
    in decides, whatever `who` says.
    """
    needs_json(request)
    said = from_json(data, Decisions)
    who = _who(request, said.who)
    chosen: list[Choice | NotTaken] = []
    for place, line in enumerate(said.decisions):
        try:
            found = choice_from(bytes(line).decode())
            chosen.append(with_code_points(found, _text_of(service)) if asked.offsets is Offsets.UTF_16 else found)
        except (ValueError, SaysoError) as error:
            chosen.append(
                NotTaken(service.ledger.name, f"decisions[{place}]: {error}", "See Decisions in openapi.json")
            )
    done = iter(decide_once(service.ledger, [it for it in chosen if isinstance(it, Choice)], who))
    results = [it if isinstance(it, NotTaken) else next(done) for it in chosen]
    return answered(request, {"items": _told(results, asked.offsets, service)})


@router.post("/review/undo", summary="Take decisions back", **changed("Decided", "Undoing", 413, 415))
@in_time.answering
def take_back(request: Request, service: From, asked: Count, data: Annotated[bytes, Depends(body)]) -> Response:
    """Take decisions back, each by an entry of its own; the id of a bulk (b-…) stands for all that were made in it."""
    needs_json(request)
    said = from_json(data, Undoing)
    who = _who(request, said.who)
    wanted: list[str] = []
    for name in said.decisions:
        wanted += [it.id for it in in_bulk(service.ledger, name)] if name.startswith("b-") else [name]
    return answered(
        request, {"items": _told(undo(service.ledger, wanted, who, said.why), asked.offsets, service)}
    )  # fmt: skip


def _who(request: Request, said: str) -> str:
    """Who decides. Raises BadParameter where nobody is named."""
    found = reviewer(request) or said.strip()
    if not found:
        raise BadParameter("A decision needs the name of who made it", "Give `who`", "body.who")
    return found


def _told(results: list[_Result] | tuple[_Result, ...], offsets: Offsets, service: Service) -> list[Row]:
    rows: list[Row] = [decision_row(it) if isinstance(it, Decision) else _refused(it) for it in results]
    return _in_units(rows, offsets, service)


def _refused(error: NotTaken) -> Row:
    message = error.problem.removeprefix(f"{error.ledger}: ")
    return {"error": {"code": code_of(type(error)), "message": message, "cure": error.cure}}


def _in_units(rows: list[Row], offsets: Offsets, service: Service) -> list[Row]:
    return rows_in_utf16(rows, _text_of(service)) if offsets is Offsets.UTF_16 else rows


def _text_of(service: Service) -> Callable[[str], str]:
    return lambda report: service.ledger.report(report).text
