"""Answers on the wire: JSON on one line, with a tag by which an unchanged one need not be sent again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from sayso.share.contract_spans import JsonObject
from sayso.share.json_text import json_text

JSON: Final = "application/json"
_CHECKED: Final = "no-cache"  # it may be kept, but has to be asked for again by its tag


def answered(request: Request, data: object) -> Response:
    """An answer as JSON; 304 where the one who asks has it already."""
    return tagged(request, json_text(data).encode(), JSON)


def tagged(request: Request, body: bytes, media: str) -> Response:
    """Bytes with their tag; 304 where the one who asks has them already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": _CHECKED}
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media, headers=headers)


def page_answered(
    request: Request, items: Iterable[JsonObject], cursor: str | None, further: JsonObject | None = None
) -> Response:
    """A page of a list. `next` is the address of the next one, as is the header Link; null on the last page."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    address = f"{request.url.path}?{urlencode([*query, ('cursor', cursor)])}" if cursor is not None else None
    found = answered(request, {**(further or {}), "items": list(items), "next": address})
    if address is not None:
        found.headers["Link"] = f'<{address}>; rel="next"'
    return found


def _has(asked: str, tag: str) -> bool:
    """Whether an If-None-Match names a tag (RFC 9110, 13.1.2)."""
    return asked.strip() == "*" or tag in (it.strip().removeprefix("W/") for it in asked.split(","))
