"""Statements without their words: under what each is looked up, and by what its content is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import msgspec

from sayso.errors import LedgerDamaged
from sayso.trace import embedding
from sayso.trace.claims.keys import Keys
from sayso.trace.claims.scoring import Known
from sayso.vocabulary import ReportId, StatementId

_DIGEST: Final = 12  # bytes: nobody finds two contents of one


class Sign(NamedTuple):
    """What is known of a statement without its words. Statements of equal contents tie alike."""

    statement: StatementId
    content: bytes
    keys: Keys


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's statements by their places, its own place in canonical order, and its day (0: not known)."""

    report: ReportId
    rank: int
    day: int
    signs: dict[int, Sign]


def content(known: Known) -> bytes:
    """A digest of all that ties are made of, but for when it was said."""
    it = known.proposition
    told = msgspec.msgpack.encode((it.text, it.actors, it.places, it.days, it.numbers, it.negated))
    return hashlib.blake2b(told + embedding.packed(known.vector), digest_size=_DIGEST).digest()


_Row = tuple[int, StatementId, bytes, Keys]
_decoder: Final = msgspec.msgpack.Decoder(tuple[_Row, ...])


def packed(known: Sequence[Known], own: Sequence[Keys]) -> bytes:
    """The signs of a report's statements, with their places."""
    rows = [
        (each.proposition.place, each.proposition.statement, content(each), keys)
        for each, keys in zip(known, own, strict=True)
    ]
    return msgspec.msgpack.encode(rows)


def unpacked(data: bytes, number: int) -> dict[int, Sign]:
    """The signs of the statements of a report, by its number. Raises LedgerDamaged."""
    try:
        return {place: Sign(statement, digest, keys) for place, statement, digest, keys in _decoder.decode(data)}
    except msgspec.DecodeError as error:
        problem = f"the keys of its statements cannot be taken out ({error})"
        raise LedgerDamaged(f"report {number}", problem, "See sayso verify") from error
