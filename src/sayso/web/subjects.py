"""A claim or an event by the id in an address: its answer, or that there is none."""

from __future__ import annotations

from fastapi import HTTPException

from sayso.errors import LedgerError, SaysoError
from sayso.ledger import Ledger
from sayso.trace.answers import Trace, trace
from sayso.web.addresses import page_of


def told(ledger: Ledger, id_: str, page: str) -> Trace:
    """The answer on what an id names whose page is this one. Raises HTTPException (404) where there is none."""
    if page_of(id_) != page:
        raise HTTPException(404)
    try:
        return trace(ledger, id_)
    except LedgerError:
        raise
    except SaysoError as error:
        raise HTTPException(404) from error
