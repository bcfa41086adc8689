"""Whatever goes wrong has one shape and a status of its own, and never shows a traceback or a path of ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter
from starlette.testclient import TestClient

from sayso import errors
from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.web.api import Limits, refusals
from sayso.web.api.failures import code_of, status_of
from tests.web.api.conftest import client_of

_MISSING = "r-" + "0" * 32
_TABLE = {
    ("GET", "nowhere"): (404, "no_such_address", None),
    ("GET", "reports/"): (404, "no_such_address", None),
    ("GET", "reports/x/y"): (404, "no_such_address", None),
    ("DELETE", "reports"): (405, "wrong_method", None),
    ("PUT", "read"): (405, "wrong_method", None),
    ("GET", "read"): (405, "wrong_method", None),
    ("POST", "export/claims"): (405, "wrong_method", None),
    ("GET", f"reports/{_MISSING}"): (404, "not_in_ledger", None),
    ("GET", f"reports/{_MISSING}/text"): (404, "not_in_ledger", None),
    ("GET", f"reports/{_MISSING}/captures"): (404, "not_in_ledger", None),
    ("GET", f"reports/{_MISSING}/readings"): (404, "not_in_ledger", None),
    ("GET", f"reports/{_MISSING}/reading"): (404, "not_in_ledger", None),
    ("GET", f"reports/{_MISSING}/trace"): (404, "not_in_ledger", None),
    ("GET", "reports/%00"): (404, "not_in_ledger", None),
    ("GET", "claims/c-0000000000000000"): (404, "not_there", None),
    ("GET", f"claims/{_MISSING}"): (404, "not_there", None),
    ("GET", "events/e-0000000000000000"): (404, "not_there", None),
    ("GET", "events/x"): (404, "not_there", None),
    ("GET", "trace?q=c-0000000000000000"): (404, "not_there", None),
    ("GET", "trace"): (422, "bad_parameter", "query.q"),
    ("GET", "trace?q=%21%21"): (422, "bad_parameter", "query.q"),
    ("GET", "trace?q=" + "a" * 2_001): (422, "bad_parameter", "query.q"),
    ("GET", "search?q=" + "a" * 201): (422, "bad_parameter", "query.q"),
    ("GET", "reports?outlets=x"): (422, "unknown_parameter", "query.outlets"),
    ("GET", "ledger?x=1"): (422, "unknown_parameter", "query.x"),
    ("GET", f"reports/{_MISSING}/text?offsets=utf-16"): (422, "unknown_parameter", "query.offsets"),
    ("GET", "tallies?status=happened"): (422, "unknown_parameter", "query.status"),
    ("GET", "reports?limit=0"): (422, "bad_parameter", "query.limit"),
    ("GET", "reports?limit=201"): (422, "bad_parameter", "query.limit"),
    ("GET", "reports?limit=many"): (422, "bad_parameter", "query.limit"),
    ("GET", "reports?since=2022-13"): (422, "bad_parameter", "query.since"),
    ("GET", "events?until=2023-02-29"): (422, "bad_parameter", "query.until"),
    ("GET", "forecasts?as_of=2022"): (422, "bad_parameter", "query.as_of"),
    ("GET", "statements?stance=shouts"): (422, "bad_parameter", "query.stance"),
    ("GET", "statements?offsets=bytes"): (422, "bad_parameter", "query.offsets"),
    ("GET", "export/everything"): (422, "bad_parameter", "path.kind"),
    ("GET", "export/claims?stance=says"): (422, "bad_parameter", "query.stance"),
    ("GET", "export/readings?format=csv"): (422, "bad_parameter", "query.format"),
    ("GET", "export/claims?limit=3"): (422, "unknown_parameter", "query.limit"),
}


@pytest.mark.parametrize(("method", "address"), _TABLE)
def test_what_cannot_be_answered_is_told_in_one_shape(client: TestClient, method: str, address: str) -> None:
    status, code, place = _TABLE[method, address]
    found = client.request(method, address)
    error = found.json()["error"]
    assert (found.status_code, error["code"], error.get("place")) == (status, code, place)
    assert found.headers["Content-Type"] == "application/json"
    assert set(error) <= {"code", "message", "cure", "place"}
    assert error["message"]
    assert error["cure"]
    assert found.json().keys() == {"error"}
    assert (status == 405) == ("Allow" in found.headers)


def test_all_unknown_parameters_are_named(client: TestClient) -> None:
    error = client.get("reports?colour=red&size=2").json()["error"]
    assert error["message"] == "There are no parameters “colour”, “size”"


_BODIES = {
    b"": 422, b"{": 422, b"[]": 422, b"null": 422, b'"text"': 422, b'{"text": 1}': 422, b'{"txt": "a"}': 422,
    b"{}": 422,
    b'{"text": "A dam held.", "colour": "red"}': 422, b'{"text": ""}': 422, b'{"text": "!!"}': 422,
    b'{"text": "\\ud800"}': 422, b'{"text": "\xff"}': 422, b"[" * 100_000: 422,
    b'{"text": "A dam held.", "outlet": "' + b"x" * 201 + b'"}': 422,
    b'{"text": "' + b"a" * 500_000 + b'"}': 413,
}  # fmt: skip


@pytest.mark.parametrize("body", _BODIES, ids=lambda it: f"{it[:24]!r} {len(it)}")
def test_a_body_that_is_no_text_is_told_in_one_shape(client: TestClient, body: bytes) -> None:
    found = client.post("read", content=body, headers={"Content-Type": "application/json"})
    assert found.status_code == _BODIES[body], found.text
    assert found.json()["error"]["cure"]


@pytest.mark.parametrize(
    "media", [None, "application/xml", "text/html", "multipart/form-data", "text/plain; charset=latin-1", "*/*", ""]
)
def test_a_body_of_another_media_type_is_refused(client: TestClient, media: str | None) -> None:
    headers = {} if media is None else {"Content-Type": media}
    found = client.post("read", content=b"A dam held.", headers=headers)
    assert (found.status_code, found.json()["error"]["code"]) == (415, "wrong_media_type")


def test_a_field_of_a_body_is_named(client: TestClient) -> None:
    error = client.post("read", json={"text": "A dam held.", "title": 3}).json()["error"]
    assert error["place"] == "body.title"


def test_a_text_that_is_not_utf_8_is_told_so(client: TestClient) -> None:
    found = client.post("read", content=b"\xff\xfe\x00", headers={"Content-Type": "text/plain"})
    assert (found.status_code, found.json()["error"]["place"]) == (422, "body")


def test_a_body_is_read_no_further_than_its_limit(maine: Ledger) -> None:
    sent = 0

    def parts() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 1
            yield b"a" * 1_000

    client = client_of(maine, Limits(body_bytes=5_000))
    found = client.post("read", content=parts(), headers={"Content-Type": "text/plain"})
    assert (found.status_code, found.json()["error"]["code"]) == (413, "body_too_large")


def _kinds(kind: type[SaysoError]) -> Iterator[type[SaysoError]]:
    yield kind
    for it in kind.__subclasses__():
        yield from _kinds(it)


def test_every_error_of_the_tree_has_a_status_and_a_code_of_its_own() -> None:
    found = {it for it in _kinds(SaysoError) if it.__module__ in (errors.__name__, refusals.__name__)}
    assert len(found) > 30
    assert all(400 <= status_of(it) < 600 for it in found)
    assert len({code_of(it) for it in found}) == len(found)
    assert status_of(errors.NotInLedger) == 404
    assert status_of(errors.LedgerBusy) == 503
    assert status_of(errors.LedgerDamaged) == 500
    assert code_of(errors.NotInLedger) == "not_in_ledger"


def test_what_is_deleted_is_told_as_deleted(tmp_path: Path) -> None:
    from tests.ledger.stories import reading

    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add_readings([reading(1)])
        (report,) = ledger.reports()
        ledger.forget(report.id, "order 7", "R. Meer")
        found = client_of(ledger).get(f"reports/{report.id}")
        assert found.status_code == 404
        assert "deleted on request" in found.json()["error"]["message"]
        assert str(tmp_path) not in found.text


def test_a_damaged_ledger_is_told_so_without_its_path(tmp_path: Path) -> None:
    from tests.ledger.stories import reading

    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add_readings([reading(1)])
        (report,) = ledger.reports()
        with ledger.writing() as connection:
            connection.exec_driver_sql("UPDATE texts SET data = x'00'")
        found = client_of(ledger).get(f"reports/{report.id}/text")
        assert (found.status_code, found.json()["error"]["code"]) == (500, "ledger_damaged")
        assert str(tmp_path) not in found.text


def test_a_mistake_of_ours_shows_no_traceback_and_is_logged(maine: Ledger, caplog: pytest.LogCaptureFixture) -> None:
    from fastapi import FastAPI

    from sayso.web.api import api

    broken = APIRouter()

    @broken.get("/broken")
    def fails() -> None:
        raise ZeroDivisionError("a secret of ours")

    inner, app = api(maine), FastAPI()
    inner.include_router(broken)
    app.mount("/api/v1", inner)
    with caplog.at_level(logging.ERROR, "sayso.web"):
        found = TestClient(app, raise_server_exceptions=False).get("/api/v1/broken")
    assert (found.status_code, found.json()["error"]["code"]) == (500, "internal")
    assert "secret" not in found.text
    assert "Traceback" not in found.text
    assert "ZeroDivisionError" in caplog.text
