"""The propositions of a report as bytes and back: packed beside its text, which most of their words stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import msgspec

from sayso.ledger.packing import Unpackable, pack_reading, unpack_reading, unpack_text
from sayso.trace.claims.proposition import Ground, Proposition
from sayso.trace.claims.quantities import Quantity
from sayso.trace.claims.words import stems
from sayso.vocabulary import Polarity, ReportId, StatementId

_Names = tuple[tuple[str, ...], ...]
_Row = tuple[
    int, StatementId, str, _Names, tuple[Ground, ...], tuple[tuple[str, str], ...], tuple[Quantity, ...], bool,
    Polarity, tuple[str, ...],
]  # fmt: skip
_decoder: Final = msgspec.msgpack.Decoder(tuple[str, tuple[_Row, ...]])


def packed(propositions: Sequence[Proposition], text: str) -> bytes:
    """The propositions of a report with this text; their stems are left out, which the words give again."""
    moment = propositions[0].moment if propositions else ""
    rows = [
        (p.place, p.statement, p.text, p.actors, p.places, p.days, p.numbers, p.negated, p.attitude, p.why)
        for p in propositions
    ]
    return pack_reading(msgspec.msgpack.encode((moment, rows)), text)


@dataclass(frozen=True, slots=True)
class Packed:
    """The propositions of a report as they are kept, with the report's text as it is kept, and its id."""

    data: bytes
    text: bytes
    report: ReportId

    def proposition(self, place: int) -> Proposition:
        """The proposition of the statement at a place. Raises Unpackable, or KeyError where there is none."""
        return _proposition(self, place)

    def statements(self) -> dict[int, StatementId]:
        """The statements that put one, by their places. Raises Unpackable."""
        return {place: row[1] for place, row in _unpacked(self)[1].items()}


@lru_cache(maxsize=2_000)
def _proposition(kept: Packed, place: int) -> Proposition:
    moment, rows = _unpacked(kept)
    at, statement, text, actors, places, days, numbers, negated, attitude, why = rows[place]
    return Proposition(
        kept.report, statement, moment, text, stems(text), actors, places, days, numbers, negated, attitude, why, at
    )


@lru_cache(maxsize=500)
def _unpacked(kept: Packed) -> tuple[str, dict[int, _Row]]:
    try:
        moment, rows = _decoder.decode(unpack_reading(kept.data, unpack_text(kept.text)))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unpackable(str(error)) from error
    return moment, {row[0]: row for row in rows}
