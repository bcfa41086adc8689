"""A desk with accounts over the example ledger: somebody of each role, and a case that is open to one team alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from sayso.ledger import Ledger
from sayso.trace.answers import trace
from sayso.web import Settings, application
from sayso.web.accounts import cases, sessions, store, tokens, users
from sayso.web.accounts.audit import By
from sayso.web.accounts.passwords import Cost
from sayso.web.accounts.rates import Rate
from sayso.web.accounts.roles import Role, Scope
from sayso.web.accounts.store import Store
from tests.web.api.conftest import PATIENT
from tests.web.serving import example

WEAK = Cost(2, 8, 1)  # hashing has to cost nothing here; what it costs elsewhere is tested by itself
PASSWORD = "a weir of four words"
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
BY = By("test")
CASE = "the bunker"
FREE = Settings(users=Rate(1e6, 1_000_000), strangers=Rate(1e6, 1_000_000), query_seconds=60)
PEOPLE = {
    "rita": Role.READER, "vera": Role.REVIEWER, "ed": Role.EDITOR, "ada": Role.ADMIN, "otto": Role.EDITOR,
}  # fmt: skip
TEAM = ("rita", "vera", "ed")  # otto is of another team


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Staffed:
    """A desk with accounts, with the ledger of it and the ids of the reports that are closed."""

    ledger: Ledger
    accounts: Store
    clock: Clock
    closed: tuple[str, ...]
    settings: Settings = FREE
    held: dict[str, str] = field(default_factory=dict)
    apps: list[FastAPI] = field(default_factory=list)

    @property
    def app(self) -> FastAPI:
        """The desk."""
        if not self.apps:
            self.apps.append(application(self.ledger, self.settings, self.accounts, PATIENT))
        return self.apps[0]

    def client(self, address: str = "127.0.0.1") -> TestClient:
        """Somebody who is not logged in."""
        return TestClient(
            self.app, base_url="http://127.0.0.1", client=(address, 5000), follow_redirects=False,
            raise_server_exceptions=False,
        )  # fmt: skip

    def as_user(self, name: str) -> TestClient:
        """Somebody who is logged in."""
        if name not in self.held:
            self.held[name] = sessions.log_in(self.accounts, name, PASSWORD, "127.0.0.1", None)
        found = self.client()
        found.headers.update(OWN_PAGE)
        found.cookies.set("sayso_session", self.held[name])
        return found

    def with_token(self, name: str, scope: Scope) -> TestClient:
        """A program with a token of somebody's."""
        key = f"{name} {scope}"
        if key not in self.held:
            self.held[key] = tokens.make(self.accounts, name, "test", scope, 30, BY)
        found = self.client()
        found.headers["Authorization"] = f"Bearer {self.held[key]}"
        return found


def people(place: Path, clock: Clock) -> Store:
    """Accounts with somebody of each role."""
    made = store.made(place, WEAK, clock)
    for name, role in sorted(PEOPLE.items(), key=lambda it: it[1] is not Role.ADMIN):
        users.add(made, name, role, PASSWORD, BY)
    return made


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    """A desk whose ledger and accounts tests leave as they are."""
    place = tmp_path_factory.mktemp("staffed") / "maine.db"
    clock = Clock()
    with example(place) as ledger:
        made = people(place, clock)
        closed = closed_in(ledger)
        cases.add(made, CASE, TEAM, BY)
        cases.close(made, CASE, closed, BY)
        yield Staffed(ledger, made, clock, closed)
        made.close()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Store, Clock]]:
    """Accounts of their own, with somebody of each role and the clock they go by."""
    clock = Clock()
    made = people(tmp_path / "own.db", clock)
    yield made, clock
    made.close()


@pytest.fixture
def empty(kept: tuple[Store, Clock], tmp_path: Path) -> Iterator[Staffed]:
    """A desk over an empty ledger, whose accounts a test may change."""
    with Ledger(tmp_path / "own.db") as ledger:
        yield Staffed(ledger, kept[0], kept[1], ())


def closed_in(ledger: Ledger) -> tuple[str, ...]:
    """Some reports of the example: the first to make the claim that most make, a denial of it, and a forecast."""
    claim = trace(ledger, "a submarine mine destroyed the Maine").claims[0]
    first = claim.timeline[0].report.report
    titles = ("Coal fire, not mine, sank the Maine, study says", "Merchant foresees a bombardment")
    return (first, *(it.id for it in ledger.reports() if it.title in titles))
