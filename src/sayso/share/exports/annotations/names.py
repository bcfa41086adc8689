"""The names that annotations use: their context, and an IRI for each thing, the same in every export."""

from __future__ import annotations

import base64
import re
from typing import Final
from urllib.parse import quote
from uuid import UUID, uuid5

from sayso.vocabulary import ActorId, ReaderVersion, Report, ReportId, text_digest

ANNOTATIONS: Final = "http://www.w3.org/ns/anno.jsonld"
PROV: Final = "http://www.w3.org/ns/prov#"
TERMS: Final = "tag:sayso,2026:terms#"
_OURS: Final = "tag:sayso,2026:"
_NAMESPACE: Final = UUID("0f6e2c6e-9f0e-5c39-9d0f-6c1b7c0a2a11")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+", re.IGNORECASE)
_RELATIONS: Final = (
    "actedOnBehalfOf hadPrimarySource used wasAssociatedWith wasAttributedTo wasDerivedFrom wasGeneratedBy "
    "wasInvalidatedBy wasQuotedFrom".split()
)
_INSTANTS: Final = ("endedAtTime", "generatedAtTime")
# Words that neither standard has are ours: whatever stands in a body under another name is so read.
CONTEXT: Final = [
    ANNOTATIONS,
    {
        "prov": PROV,
        "@vocab": TERMS,
        **{it: {"@id": f"prov:{it}", "@type": "@id"} for it in _RELATIONS},
        **{it: {"@id": f"prov:{it}", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"} for it in _INSTANTS},
    },
]


def of_annotation(*parts: object) -> str:
    """The id of an annotation, from what it is about and by what it was made."""
    return f"urn:uuid:{uuid5(_NAMESPACE, chr(10).join(map(str, parts)))}"


def of_report(report: ReportId) -> str:
    """The IRI of a report."""
    return f"{_OURS}report/{_path(report)}"


def of_text(text: str) -> str:
    """The IRI of an archived text: its digest (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(text_digest(text))).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def of_reader(reader: ReaderVersion) -> str:
    """The IRI of what made a reading."""
    return f"{_OURS}reader/{_path(reader.name)}/{_path(reader.version)}/{_path(reader.weights)}"


def of_reading(report: ReportId, reader: ReaderVersion) -> str:
    """The IRI of the act of reading a report."""
    return f"{of_reader(reader)}/{_path(report)}"


def of_actor(report: ReportId, actor: ActorId) -> str:
    """The IRI of somebody in one report."""
    return f"{_OURS}actor/{_path(report)}/{_path(actor)}"


def of_outlet(name: str) -> str:
    """The IRI of an outlet, as reports write it."""
    return f"{_OURS}outlet/{_path(name)}"


def of_person(name: str) -> str:
    """The IRI of a reviewer by the name that decisions have."""
    return f"{_OURS}reviewer/{_path(name)}"


def of_act(decision: str) -> str:
    """The IRI of the act of deciding."""
    return f"{_OURS}act/{_path(decision)}"


def of_decision(decision: str) -> str:
    """The IRI of a decision."""
    return f"{_OURS}decision/{_path(decision)}"


def of_page(report: ReportId) -> str:
    """The IRI of the annotations on one report."""
    return f"{_OURS}annotations/{_path(report)}"


def address(report: Report) -> str | None:
    """The address of a report on the web; None where it has none, or none that is an IRI."""
    return report.url if report.url and _ADDRESS.fullmatch(report.url) else None


def _path(name: str) -> str:
    return quote(name, safe="", errors="replace")
