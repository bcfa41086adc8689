"""One finding from published fields: words cleaned of traces of markup, dates read, an id from the content."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any, Final

from sayso.errors import NotAFinding
from sayso.gather.dates import parse_date
from sayso.gather.decode import without_surrogates
from sayso.ledger.entries import canonical, entry_id
from sayso.vocabulary import Finding, FindingId, FindingKind

LONGEST: Final = 10_000  # code points of a field that are kept; a claim or verdict is a sentence or two
MOST_APPEARANCES: Final = 100
_PLAIN: Final = frozenset(
    "claim verdict grade status published publisher url title document passage claimant claimed language".split()
)
FIELDS: Final = tuple(field.name for field in fields(Finding) if field.name in _PLAIN)
_DATES: Final = frozenset(("published", "claimed"))


def finding(
    kind: FindingKind,
    given: Mapping[str, str | None],
    *,
    rating: tuple[str | None, str | None, str | None] | None = None,
    appearances: tuple[str, ...] = (),
    origin: str = "",
) -> Finding:
    """The finding that these fields make. Raises NotAFinding where no claim is named."""
    words = {name: value for name in FIELDS if (value := clean(given.get(name)))}
    claim = words.pop("claim", None)
    if claim is None:
        raise NotAFinding(origin, "it names no claim", "Give the claim that was checked, in words")
    known: dict[str, str] = {name: _date(value) if name in _DATES else value for name, value in words.items()}
    bare = Finding(
        FindingId(""),
        kind,
        claim,
        rating=(_mended(rating[0]), _mended(rating[1]), _mended(rating[2])) if rating and any(rating) else None,
        appearances=tuple(without_surrogates(each).text for each in appearances[:MOST_APPEARANCES]),
        origin=origin,
        **known,
    )
    return replace(bare, id=finding_id(bare))


def finding_id(found: Finding) -> FindingId:
    """The id of a finding, from all it says but where it was imported from: a revised verdict is another finding."""
    return FindingId(entry_id("finding", canonical(said(found))))


def said(found: Finding) -> dict[str, Any]:
    """All that a finding says, as plain values."""
    values = asdict(found)
    del values["id"], values["origin"]
    return values


def clean(value: str | None) -> str | None:
    """A field's words on one line, character references resolved; None if there are none."""
    if not value:
        return None
    text = without_surrogates(html.unescape(value[: 2 * LONGEST])).text.replace("\0", " ")
    return " ".join(text.split())[:LONGEST] or None


def as_row(found: Finding) -> dict[str, Any]:
    """A finding as JSON values; fields that are not said are left out."""
    return {name: value for name, value in asdict(found).items() if value not in (None, (), "")}


def _mended(word: str | None) -> str | None:
    return None if word is None else without_surrogates(word).text


def _date(written: str) -> str:
    moment = parse_date(written)
    return moment.value if moment else written
