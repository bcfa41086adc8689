"""The formats of exports in one table: the function that writes each, for which kinds, and what it has no room for.

To register a format: a word, an ending and a media type in `forms`, and a line here. The command line, the API and the
docs have it from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sayso.share.exports import claim_review, ftm, lines, mapped, rows, stix, wacz
from sayso.share.exports.annotations import graph
from sayso.share.exports.forms import FORMS, Format
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.tables import parquet
from sayso.share.units import Offsets


@dataclass(frozen=True, slots=True)
class Written:
    """How a format is written: a selection as bytes, always the same for the same one, in pieces of any size.

    `drops` has every kind that it takes, with what of it the format has no room for, in a few words each.
    """

    write: Callable[[Selection], Iterator[bytes]]
    drops: Mapping[ExportKind, tuple[str, ...]]


WRITTEN: Final[Mapping[Format, Written]] = {
    Format.JSON_LINES: Written(lines.written, lines.DROPS),
    Format.CSV: Written(rows.written, rows.DROPS),
    Format.PARQUET: Written(parquet.written, parquet.DROPS),
    Format.GEOJSON: Written(mapped.written, mapped.DROPS),
    Format.ANNOTATIONS: Written(graph.written, graph.DROPS),
    Format.STIX: Written(stix.written, stix.DROPS),
    Format.FTM: Written(ftm.written, ftm.DROPS),
    Format.CLAIM_REVIEW: Written(claim_review.written, claim_review.DROPS),
    Format.WACZ: Written(wacz.written, wacz.DROPS),
}
"""The formats that there are."""


def formats_of(kind: ExportKind) -> tuple[Format, ...]:
    """The formats that a kind is written in."""
    return tuple(it for it, written in WRITTEN.items() if kind in written.drops)


def refusal(kind: ExportKind, form: Format, offsets: Offsets) -> tuple[str, str, str] | None:
    """Which parameter asks for what there is not, what is wrong with it, and the cure; None where nothing is."""
    known = formats_of(kind)
    if form not in known:
        return "format", f"An export of {kind} is not written as {form}", f"There is: {', '.join(known)}"
    if offsets is not Offsets.CODE_POINTS and not FORMS[form].counts_units:
        return "offsets", f"Offsets in {form} are code points", "Leave it out, or ask for another format"
    return None
