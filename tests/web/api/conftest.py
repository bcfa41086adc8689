"""The API over the ledger that comes with Sayso, and over ledgers of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import chdir
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from sayso.ledger import Ledger
from sayso.record import import_findings
from sayso.record.store import add
from sayso.trace.following import follow
from sayso.vocabulary import Finding
from sayso.web.api import Limits, api
from sayso.web.jobs.records import Input, Job, State, place_of, save

JOB = "j-018f00000000000000000000"  # one that has ended
PATIENT = Limits(list_seconds=60.0, scan_seconds=30.0, answer_seconds=120.0)  # this machine may have much else to do


def mounted(ledger: Ledger, limits: Limits = PATIENT) -> FastAPI:
    """The API where the desk has it."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.mount("/api/v1", api(ledger, limits))
    return app


def client_of(ledger: Ledger, limits: Limits = PATIENT) -> TestClient:
    """A client that gets answers, and never our exceptions. Addresses without a leading slash are of the API."""
    return TestClient(mounted(ledger, limits), base_url="http://127.0.0.1/api/v1", raise_server_exceptions=False)


def pages_of(client: TestClient, address: str) -> Iterator[Any]:
    """The pages of a list, as `next` leads from one to the other."""
    found = client.get(address).json()
    yield found
    while found["next"] is not None:
        found = client.get(f"http://127.0.0.1{found['next']}").json()
        yield found


def maine_at(place: Path) -> Ledger:
    """A ledger of the loss of the Maine."""
    ledger = Ledger(place)
    with chdir(Path(str(resources.files("sayso") / "examples" / "maine"))):
        ledger.add("reports.jsonl")
        add(ledger, (it for it in import_findings(["findings.json"]) if isinstance(it, Finding)))
    follow(ledger)
    save(place_of(ledger), Job(JOB, "2031-05-01T08:00:00Z", "R. Meer", (Input("quay.txt", new=1, read=1),), State.DONE))
    return ledger


@pytest.fixture(scope="session")
def maine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The ledger of the loss of the Maine. It is not written to, but for the decision of an example."""
    with maine_at(tmp_path_factory.mktemp("api") / "maine.db") as ledger:
        yield ledger


@pytest.fixture(scope="session")
def client(maine: Ledger) -> Iterator[TestClient]:
    """Asks the API over the ledger of the Maine."""
    with client_of(maine) as found:
        yield found


@pytest.fixture(scope="session")
def titled(maine: Ledger) -> Callable[[str], str]:
    """The id of a report of that ledger by its title."""
    ids = {it.title: it.id for it in maine.reports()}
    return lambda title: ids[title]
