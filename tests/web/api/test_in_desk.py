"""The desk has the API under /api/v1, with its own headers on every answer, and asks for its own name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from sayso.ledger import Ledger
from sayso.web import application


@pytest.fixture(scope="module")
def desk(maine: Ledger) -> Iterator[TestClient]:
    with TestClient(application(maine), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("address", ["reports", "nowhere", "export/reports", "reports?x=1", "openapi.json"])
def test_what_the_api_answers_has_the_headers_of_the_desk(desk: TestClient, address: str) -> None:
    headers = desk.get(f"/api/v1/{address}").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not headers["Content-Type"].startswith("text/html")
    assert headers["Cache-Control"] in ("no-cache", "no-store")


def test_the_next_page_is_at_the_address_that_is_given(desk: TestClient) -> None:
    first = desk.get("/api/v1/reports?limit=1").json()
    assert desk.get(first["next"]).json()["items"] != first["items"]


def test_a_foreign_name_and_a_foreign_page_are_refused(desk: TestClient) -> None:
    assert desk.get("/api/v1/reports", headers={"Host": "elsewhere.example"}).status_code == 421
    sent = desk.post("/api/v1/read", json={"text": "A dam held."}, headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403
    assert desk.post("/api/v1/read", json={"text": "The dam held, Ida Holm said."}).status_code == 200
