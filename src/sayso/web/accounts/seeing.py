"""What somebody gets to see: the whole ledger, or the ledger without what is closed to them."""

from __future__ import annotations

from threading import Lock

from sayso.ledger import Ledger
from sayso.web.accounts import cases
from sayso.web.accounts.callers import Caller
from sayso.web.accounts.roles import Role
from sayso.web.accounts.store import Store, looking


class Seeing:
    """The ledger of a desk as each gets to see it; what the cases close is looked up again when one has changed."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        self._store = store
        self._ledger = ledger
        self._lock = Lock()
        self._revision = ""
        self._closed: dict[tuple[str, ...], Ledger] = {}

    def ledger_of(self, caller: Caller) -> Ledger:
        """The ledger as somebody sees it. A token of a lower scope sees no more than its scope's role would."""
        if caller.role is Role.ADMIN:
            return self._ledger
        with looking(self._store) as connection:
            names, revision = cases.closed_to(connection, caller.name), cases.revision(connection)
            if not names:
                return self._ledger
            with self._lock:
                if revision != self._revision:
                    self._closed.clear()
                    self._revision = revision
                if names not in self._closed:
                    self._closed[names] = self._ledger.without(cases.ids_in(connection, names))
                return self._closed[names]
