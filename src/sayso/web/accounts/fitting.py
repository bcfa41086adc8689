"""The reports that fit some conditions now, all of them: what a case closes by a query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sayso.errors import SaysoError
from sayso.ledger import Ledger, Where
from sayso.ledger.listing import Wanted, listing
from sayso.trace.answers.questions import worded

_AT_ONCE: Final = 200
_WORDS: Final = "words"


def conditions(asked: Mapping[str, str]) -> tuple[str, Where]:
    """Words and other conditions by their names. Raises SaysoError on a name that is none."""
    if unknown := asked.keys() - Where.__dataclass_fields__.keys() - {_WORDS}:
        raise SaysoError(f"There is no condition {min(unknown)}", "See sayso cases close --help")
    where = Where(**{name: worded(value) for name, value in asked.items() if name != _WORDS})
    return worded(asked.get(_WORDS, "")), where


def fitting(ledger: Ledger, words: str, where: Where) -> Iterator[str]:
    """The ids of the reports that fit."""
    after: str | None = None
    with ledger.looking() as connection:
        while True:
            page = listing(connection, Wanted(where, words), _AT_ONCE, after)
            yield from (it.report.id for it in page.reports)
            after = page.next
            if after is None:
                return
