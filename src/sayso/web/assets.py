"""The style sheet and the scripts, under names that change with what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from fastapi import APIRouter, HTTPException, Response

from sayso.web.headers import KEPT

_PARTS: Final = {
    "desk.css": (("share", "page.css"), ("share/tracing", "trace.css"), ("web", "desk.css")),
    "desk.js": (("web", "desk.js"),),
    "page.js": (("share", "page.js"),),
    "review.js": (("web", "review.js"),),
    "jobs.js": (("web", "jobs.js"),),
}
_MEDIA: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
router: Final = APIRouter()


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the desk: under which address, of which media type, with which bytes."""

    address: str
    media: str
    data: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """The files by their plain names ("desk.css")."""
    found = {}
    for name, parts in _PARTS.items():
        texts = [(resources.files("sayso") / folder / file).read_text(encoding="utf-8") for folder, file in parts]
        data = "".join(texts).encode()
        stem, _, kind = name.rpartition(".")
        address = f"/static/{stem}-{hashlib.sha256(data).hexdigest()[:16]}.{kind}"
        found[name] = Asset(address, _MEDIA[kind], data)
    return MappingProxyType(found)


@router.get("/static/{name}", include_in_schema=False)
def static(name: str) -> Response:
    """A file by its name of the moment."""
    asset = next((it for it in assets().values() if it.address == f"/static/{name}"), None)
    if asset is None:
        raise HTTPException(404)
    return Response(asset.data, media_type=asset.media, headers={"Cache-Control": KEPT})
