"""Official findings in our own plain form, JSON or TOML: who found what, at which grade, how final, when and where.

A file holds one finding or a list under `findings` (TOML: `[[findings]]`). `body`, `claim` and `finding` are needed:
who found, what was at issue, and what was found, in the body's own words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from sayso.errors import NotAFinding
from sayso.record.findings import finding
from sayso.record.json_text import parse
from sayso.vocabulary import Finding, FindingKind

NEEDED: Final = ("body", "claim", "finding")
# Our form's words -> the fields of a finding.
WORDS: Final = {
    "body": "publisher", "claim": "claim", "finding": "verdict", "grade": "grade", "status": "status",
    "date": "published", "document": "document", "passage": "passage", "url": "url", "title": "title",
    "language": "language", "claimant": "claimant", "claimed": "claimed",
}  # fmt: skip
_CURE: Final = "See docs/record.md for the form"


def official_json(text: str, origin: str) -> Iterator[Finding | NotAFinding]:
    """The official findings of a JSON text. Raises NotAFinding if it is none."""
    yield from official(parse(text, origin), origin)


def official_toml(text: str, origin: str) -> Iterator[Finding | NotAFinding]:
    """The official findings of a TOML text. Raises NotAFinding if it is none."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFinding(origin, f"it is not TOML ({str(error)[:100]})", _CURE) from error
    yield from official(document, origin)


def is_official(document: object) -> bool:
    """Whether a JSON value is, or lists, findings in this form."""
    first = next(iter(_entries(document)), None)
    return isinstance(first, dict) and "body" in first and "claim" in first


def official(document: object, origin: str) -> Iterator[Finding | NotAFinding]:
    """The official findings of a parsed document; an entry that is none gives an error in its place."""
    entries = _entries(document)
    if not entries:
        raise NotAFinding(origin, "it holds no findings", _CURE)
    for number, entry in enumerate(entries, start=1):
        try:
            yield _finding(entry, f"{origin}#{number}" if len(entries) > 1 else origin)
        except NotAFinding as error:
            yield error


def _entries(document: object) -> list[object]:
    if isinstance(document, dict) and isinstance(document.get("findings"), list):
        return list(document["findings"])
    return document if isinstance(document, list) else [document]


def _finding(entry: object, origin: str) -> Finding:
    if not isinstance(entry, dict):
        raise NotAFinding(origin, "it is no table of fields", _CURE)
    missing = [name for name in NEEDED if not _word(entry.get(name))]
    if missing:
        raise NotAFinding(origin, f"it lacks {', '.join(missing)}", _CURE)
    if unknown := sorted(str(name) for name in entry if name not in WORDS):
        raise NotAFinding(origin, f"it has fields the form does not know: {', '.join(unknown)[:200]}", _CURE)
    given = {field: _word(entry.get(name)) for name, field in WORDS.items()}
    return finding(FindingKind.OFFICIAL, given, origin=origin)


def _word(value: Any) -> str | None:  # noqa: ANN401 (TOML has dates and numbers)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None
