"""STIX objects (OASIS STIX 2.1, 2021-06-10) whose ids and times come from what they say, so that they never differ.

An id is a UUIDv5. Of most objects it is made from all that the object says, so that another reading makes another
object and none is ever changed in silence; of what grows, as a claim does, from its own name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from sayso.ledger.entries import canonical
from sayso.share.exports.instants import instant
from sayso.vocabulary import Report, text_digest

StixObject = dict[str, Any]

NAMESPACE: Final = UUID("6d0d3c58-3c3f-5c0e-9a57-6f0a5b0f2c41")
FIXED: Final = "2026-01-01T00:00:00.000Z"  # of what has no time of its own: names, places, definitions
_OBSERVED: Final = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # that of the standard, 2.9


def named(type_: str, name: str) -> str:
    """The id of an object by a name of ours."""
    return f"{type_}--{uuid5(NAMESPACE, name)}"


def made(type_: str, created: str, said: Mapping[str, Any]) -> StixObject:
    """An object of Sayso that says this, with the id that follows from it; what is None is left out."""
    told = {name: value for name, value in said.items() if value is not None}
    return kept(named(type_, canonical({"type": type_, "created": created, **told})), created, told)


def kept(id_: str, created: str, said: Mapping[str, Any], modified: str | None = None) -> StixObject:
    """An object of Sayso with an id of its own."""
    head = {"type": id_.partition("--")[0], "spec_version": "2.1", "id": id_, "created_by_ref": SAYSO_ID}
    return head | {"created": created, "modified": modified or created} | dict(said)


SAYSO_ID: Final = named("identity", "sayso")
SAYSO: Final = {
    name: value
    for name, value in kept(
        SAYSO_ID,
        FIXED,
        {
            "name": "Sayso",
            "identity_class": "system",
            "description": "Software that reads news reports and keeps who says what, on whose word. "
            "It never says what is true.",
        },
    ).items()
    if name != "created_by_ref"
}
"""The software itself: what made these objects."""


def identity(name: str, class_: str, scope: str = "") -> StixObject:
    """Somebody named; `scope` keeps apart those of whom no more is known than a surname or an office."""
    said = {"name": name, "identity_class": class_}
    return kept(named("identity", canonical({**said, "scope": scope})), FIXED, said)


def archived(report: Report) -> StixObject:
    """The copy that a report was read from: its address, else its text as a file with a digest (both observables)."""
    address = report.url or ""
    if address.lower().startswith(("http://", "https://")):
        return _observable("url", {"value": address})
    return _observable("file", {"hashes": {"SHA-256": text_digest(report.text)}, "name": f"{report.id}.txt"})


def _observable(type_: str, identifying: Mapping[str, Any]) -> StixObject:
    """An observable, whose id follows from what identifies it (2.9: canonical JSON, RFC 8785, of these properties)."""
    id_ = f"{type_}--{uuid5(_OBSERVED, _rfc_8785(identifying))}"
    return {"type": type_, "spec_version": "2.1", "id": id_, **identifying}


def _rfc_8785(said: Mapping[str, Any]) -> str:
    """Canonical JSON of strings and objects of these: sorted, without spaces, nothing escaped that need not be."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def time_of(report: Report, captured: str) -> str:
    """When a report was published, else when it was captured; the fixed time where neither is known."""
    return instant(report.published.value if report.published else "") or instant(captured) or FIXED


def per_cent(score: float) -> int:
    """A probability as a confidence of STIX."""
    return round(100 * min(1.0, max(0.0, score)))


def references(found: Iterable[StixObject]) -> list[str]:
    """The ids of some objects, each once."""
    return list(dict.fromkeys(it["id"] for it in found))
