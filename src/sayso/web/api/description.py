"""The description of the API (OpenAPI 3.1), made from the routes and from the schemas of the contracts."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from sayso.share.answer_schema import answer_schema
from sayso.share.contract import schema
from sayso.share.exports.forms import FORMS
from sayso.web.api.limits import LONGEST_NAME

Schema = dict[str, Any]
ROOT: Final = "/api/v1"
_PREFIX: Final = "#/components/schemas/"
_TEXT: Final[Schema] = {"type": "string"}
_WORDS: Final[Schema] = {"type": ["string", "null"]}
_NUMBER: Final[Schema] = {"type": "integer", "minimum": 0}
_ABOUT: Final = """The JSON that the command line prints, over HTTP. Offsets are Unicode code points of a report's text;
`offsets=utf-16` gives UTF-16 code units everywhere in the answer. Lists are paged by `next`. What goes wrong has one
shape. See docs/api.md."""
_TOLD: Final = {
    304: "The tag in If-None-Match is still right.",
    404: "There is nothing with this id.",
    413: "The body is over the limit.",
    415: "The body is of a media type that is not read.",
    422: "A parameter or the body is not what it has to be.",
    503: "It took too long, or too much is under way: ask again.",
    505: "This version of HTTP cannot tell the end of the stream from a break.",
}


def answer(name: str, *statuses: int, media: str = "application/json", takes: str | None = None) -> dict[str, Any]:
    """How a route is described: what it answers, with which statuses beside the usual ones, and what it takes."""
    found: Schema = _TEXT if name == "Text" and media == "text/plain" else _ref(name)
    told: dict[int | str, Schema] = {200: {"description": "It is found.", "content": {media: {"schema": found}}}}
    told |= {} if takes else {304: {"description": _TOLD[304]}}
    out: dict[str, Any] = {"responses": told | _failures(*statuses), "response_class": _Bare}
    if takes is not None:
        body = {
            "application/json": {"schema": _ref(takes)},
            "text/plain": {"schema": {"type": "string", "minLength": 1}},
        }
        out["openapi_extra"] = {"requestBody": {"required": True, "content": body}}
    return out


def changed(name: str, takes: str, *statuses: int) -> dict[str, Any]:
    """How a route is described that changes something: what it answers, and the JSON it takes."""
    told: dict[int | str, Schema] = {
        200: {"description": "It is done.", "content": {"application/json": {"schema": _ref(name)}}}
    }
    body = {"required": True, "content": {"application/json": {"schema": _ref(takes)}}}
    return {
        "responses": told | _failures(*statuses), "response_class": _Bare, "openapi_extra": {"requestBody": body},
    }  # fmt: skip


def streamed() -> dict[str, Any]:
    """How a route is described that answers with a stream."""
    content: Schema = {it.media.partition(";")[0]: {"schema": {}} for it in FORMS.values()}
    told: dict[int | str, Schema] = {200: {"description": "All that fits.", "content": content}}
    return {"responses": told | _failures(505), "response_class": _Bare}


def described(app: FastAPI) -> Schema:
    """The description of an application."""
    if app.openapi_schema is None:
        found = get_openapi(
            title=app.title, version=app.version, openapi_version="3.1.0", description=_ABOUT, routes=app.routes,
            servers=[{"url": ROOT}],
        )  # fmt: skip
        parts = found.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            parts.pop(name, None)
        parts |= components()
        for key, shown in examples().items():
            method, path = key.split(" ")
            _show(found["paths"][path][method.lower()], shown)
        app.openapi_schema = found
    return app.openapi_schema


@cache
def components() -> Schema:
    """The schemas of all that is answered, by their names."""
    reading = _reading()
    report: Schema = dict(reading["properties"]["report"])
    report["properties"] = {name: it for name, it in report["properties"].items() if name != "text"}
    listed = _object(statements={**_NUMBER, "type": ["integer", "null"]}, copies=_NUMBER)
    hit = _object(score={"type": "number"}, snippet=_object(text=_TEXT, span=_ref("Span"), marked=_ref("Spans")))
    found: Schema = {
        "Error": _object(error=_object(("place",), code=_TEXT, message=_TEXT, cure=_TEXT, place=_TEXT)),
        "Span": schema()["$defs"]["span"],
        "Spans": _renamed(schema()["$defs"]["spans"]),
        "Reader": _object(name=_TEXT, version=_TEXT, weights=_TEXT),
        "Report": report,
        "Reading": reading,
        "ReportPage": _page({"allOf": [_ref("Report"), listed]}),
        "SearchPage": _page(
            {"allOf": [_ref("Report"), hit]}, total=_NUMBER, more={"type": "boolean"}, faceted=_NUMBER,
            facets={"type": "object", "additionalProperties": _list(_pair({"type": "string"}, _NUMBER))},
        ),
        "Captures": _object(items=_list(_capture())),
        "Readings": _object(items=_list(_object(
            reader=_ref("Reader"), current={"type": "boolean"}, statements=_NUMBER, incidents=_NUMBER, tallies=_NUMBER,
            forecasts=_NUMBER,
        ))),
        "Text": _body(),
        "Ledger": _object(
            sayso=_TEXT, contracts=_object(reading=_TEXT, answer=_TEXT),
            counts={"type": "object", "additionalProperties": _NUMBER}, readers=_list(_ref("Reader")),
        ),
        "FindingPage": _page(_ref("Finding")),
        "EventPage": _page(_ref("answer.EventAnswer")),
        "ForecastPage": _page(_ref("answer.ForecastAnswer")),
        "Actors": _object(items=_list(_ref("answer.ActorAnswer"))),
        "ClaimPage": _page(_object(
            claim=_TEXT, text=_TEXT, first=_WORDS, last=_WORDS, statements=_NUMBER, reports=_NUMBER, voices=_NUMBER,
            polarities=_list(_list({"type": ["string", "integer"]})), counted=_NUMBER, findings=_NUMBER,
        )),
    }  # fmt: skip
    found |= of_review() | of_jobs()
    for kind in ("statement", "incident", "tally"):
        word = {"type": "array", "prefixItems": [_NUMBER, _NUMBER, _TEXT], "minItems": 3, "maxItems": 3}
        head = _object(id=_TEXT, kind={"const": kind}, words=_list(word))
        name = kind.capitalize()
        found |= {name: {"allOf": [_ref("Reading"), head]}, f"{name}Page": _page(_ref(name))}
    answers = answer_schema()
    found |= {name: _renamed(it) for name, it in answers["$defs"].items()}
    found |= {f"answer.{it['properties']['answer']['const']}": _renamed(it) for it in answers["oneOf"]}
    return found


@cache
def examples() -> dict[str, Any]:
    """By method and path, what is asked of the ledger that comes with Sayso, and what it answers."""
    text = (resources.files("sayso.web.api") / "examples.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


class _Bare(Response):
    """An answer whose media type the route itself tells."""

    media_type = None


def of_review() -> Schema:
    """The schemas of review, by their names."""
    spans: Schema = {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}
    item = {"report": _TEXT, "item": _TEXT, "kind": _TEXT, "words": _list(_TEXT), "spans": _list(spans), "type": _TEXT}
    state, values, decided = _TEXT, {"type": "object"}, _list(_ref("Decision"))
    reviewed = _object(
        ("type",), **item, id=_TEXT, state=state, read=values, brief=_TEXT, differs=_list(_TEXT), decisions=decided
    )
    queued = _object(
        ("type", "id", "read", "brief", "why", "tier", "score", "reasons", "finding", "found", "claim", "other"),
        **item, id=_TEXT, state=state, read=values, brief=_TEXT, uncertainty={"type": "number"}, why=_TEXT,
        decisions=decided, tier=_TEXT, score={"type": "number"}, reasons=_list(_TEXT), finding=_TEXT, found=values,
        claim=_list(_TEXT), other=_list(_TEXT),
    )  # fmt: skip
    made = _object(
        (
            "who", "when", "kind", "items", "results", "before", "after", "reader", "finding", "bulk", "settles",
            "undoes",
        ),
        decision=_TEXT, verdict=_TEXT, who=_TEXT, when=_TEXT, why=_TEXT, kind=_TEXT, items=_list(_ref("ReviewedThing")),
        results=_list(_ref("ReviewedThing")), before=values, after=values, reader=_list(_TEXT), finding=_TEXT,
        bulk=_TEXT, settles=_list(_TEXT), undoes=_TEXT,
    )  # fmt: skip
    pair = _object(kind=_TEXT, state=state, items=_list(_ref("ReviewedThing")), finding=_WORDS, decisions=decided)
    number: Schema = {"type": ["number", "null"]}
    who: Schema = {
        "type": "string", "minLength": 1, "maxLength": 200, "pattern": r"\w",
        "description": "Who decides; with accounts the one who is logged in does.",
    }  # fmt: skip
    line = _object(
        ("why", "after", "others", "parts", "claim", "finding", "settles"),
        report=_TEXT, item=_TEXT, verdict={"enum": ["accept", "reject", "correct", "unsure", "merge", "split"]},
        why=_TEXT, after=values, others=_list(_TEXT), parts=_list(spans),
        claim={"type": ["array", "null"], "items": _TEXT, "minItems": 2, "maxItems": 2}, finding=_WORDS,
        settles={"type": "boolean"},
    )  # fmt: skip
    several: Schema = {"type": "array", "minItems": 1, "maxItems": 1_000}
    closed = {"additionalProperties": False}
    return {
        "ReviewedThing": _object(("type",), **item),
        "Decision": made,
        "QueuePage": _page(queued, reports=_NUMBER, waiting=_NUMBER),
        "ReportReview": _object(
            report=_TEXT, reader=_ref("Reader"), items=_list(reviewed), pairs=_list(pair), orphans=decided,
            history=decided,
        ),
        "Agreements": _object(items=_list(_object(
            kind=_TEXT, items=_NUMBER, decisions=_NUMBER, reviewers=_list(_TEXT), agreed=number, alpha=number,
            low=number, high=number, verdicts=values,
        ))),
        "Decisions": _object(decisions=several | {"items": line}, who=who) | closed,
        "Undoing": _object(
            ("why",), decisions=several | {"items": _TEXT}, who=who, why={"type": "string", "maxLength": 10_000}
        ) | closed,
        "Decided": _object(items=_list({"anyOf": [_ref("Decision"), _ref("Error")]})),
    }  # fmt: skip


def of_jobs() -> Schema:
    """The schemas of jobs, by their names."""
    problem = _object(origin=_TEXT, problem=_TEXT, cure=_TEXT, passed={"type": "boolean"})
    given = _object(
        name=_TEXT, state=_TEXT, new=_NUMBER, read=_NUMBER, known=_NUMBER, failed=_NUMBER, passed=_NUMBER,
        problems=_list(problem),
    )  # fmt: skip
    address: Schema = {"type": "string", "maxLength": 2_000, "pattern": "^https?://"}
    addresses: Schema = {"type": "array", "items": address, "minItems": 1, "maxItems": 100}
    return {
        "Job": _object(id=_TEXT, state=_TEXT, said=_TEXT, made=_TEXT, who=_TEXT, inputs=_list(given)),
        "JobPage": _page(_ref("Job")),
        "Addresses": _object(addresses=addresses) | {"additionalProperties": False},
    }


def _show(operation: Schema, shown: Schema) -> None:
    for it in operation.get("parameters", ()):
        if it["name"] in shown["asked"]:
            it["example"] = shown["asked"][it["name"]]
    if "body" in shown:
        operation["requestBody"]["content"]["application/json"]["example"] = shown["body"]
    for content in operation["responses"]["200"]["content"].values():
        if "answer" in shown:
            content["example"] = shown["answer"]


def _failures(*statuses: int) -> dict[int | str, Schema]:
    content = {"application/json": {"schema": _ref("Error")}}
    known = {it: {"description": _TOLD[it], "content": content} for it in sorted({*statuses, 422, 503})}
    return known | {"default": {"description": "What else goes wrong.", "content": content}}


def _reading() -> Schema:
    found = _renamed(schema())
    return {name: it for name, it in found.items() if name not in ("$schema", "$id", "$defs")}


def _renamed(part: Any) -> Any:  # noqa: ANN401 - JSON
    """A schema whose definitions are those of the description."""
    if isinstance(part, list):
        return [_renamed(it) for it in part]
    if not isinstance(part, dict):
        return part
    out = {name: _renamed(it) for name, it in part.items()}
    if isinstance(out.get("$ref"), str):
        name = out["$ref"].rpartition("/")[2]
        out["$ref"] = _PREFIX + re.sub("^spans?$", lambda it: it[0].capitalize(), name)
    return out


def _capture() -> Schema:
    return _object(
        captured=_TEXT, origin=_TEXT, address=_WORDS, media=_WORDS, name=_TEXT, snapshot=_WORDS,
        headers=_list({"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}),
    )  # fmt: skip


def _body() -> Schema:
    """What POST /read takes; `Text` in routes/reading.py says the same."""
    optional = {"title": 1_000, "outlet": LONGEST_NAME, "published": 60, "url": 2_000}
    found = _object(
        tuple(optional),
        text={"type": "string", "minLength": 1, "description": "The text to read."},
        **{name: {"type": ["string", "null"], "maxLength": most} for name, most in optional.items()},
    )
    return found | {"additionalProperties": False}


def _page(item: Schema, **further: Schema) -> Schema:
    following = {"type": ["string", "null"], "description": "The address of the next page; null on the last."}
    return _object(**further, items=_list(item), next=following)


def _object(optional: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _pair(one: Schema, other: Schema) -> Schema:
    return {"type": "array", "prefixItems": [one, other], "minItems": 2, "maxItems": 2}


def _ref(name: str) -> Schema:
    return {"$ref": f"{_PREFIX}{name}"}
