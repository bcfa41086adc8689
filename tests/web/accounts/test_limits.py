"""How often and how much may be asked, what is counted, and what is told of it in the log."""

from __future__ import annotations

import json
import logging
import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.errors import LedgerSlow
from sayso.ledger import Ledger
from sayso.ledger.cutting import within
from sayso.web import Settings, application
from sayso.web.accounts.rates import Buckets, Rate, address_key
from sayso.web.accounts.roles import Scope
from sayso.web.logs import Lines
from tests.web.accounts.conftest import Staffed
from tests.web.test_safety import HOSTILE

_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def test_a_bucket_fills_and_empties() -> None:
    buckets, rate = Buckets(), Rate(2, 3)
    assert [buckets.wait("a", rate, 0.0) for _ in range(4)] == [0, 0, 0, 1]
    assert buckets.wait("b", rate, 0.0) == 0
    assert [buckets.wait("a", rate, 1.0) for _ in range(3)] == [0, 0, 1]
    assert [buckets.wait("a", rate, 1000.0) for _ in range(4)] == [0, 0, 0, 1]
    assert buckets.wait("slow", Rate(0.1, 1), 0.0) == 0
    assert buckets.wait("slow", Rate(0.1, 1), 0.0) == 10


def test_addresses_are_counted_by_household() -> None:
    assert address_key("192.0.2.1") != address_key("192.0.2.2")
    assert address_key("2001:db8::1") == address_key("2001:db8::ffff")
    assert address_key("2001:db8::1") != address_key("2001:db8:0:1::1")
    assert address_key("::ffff:192.0.2.1") != address_key("::ffff:192.0.2.2")
    assert address_key("") == address_key("testclient")


def test_who_asks_too_often_has_to_wait_and_nobody_else(empty: Staffed) -> None:
    hurried = Settings(users=Rate(0.001, 5), strangers=Rate(0.001, 2))
    desk = Staffed(empty.ledger, empty.accounts, empty.clock, (), hurried)
    ed = desk.as_user("ed")
    assert [ed.get("/api/v1/ledger").status_code for _ in range(6)] == [200] * 5 + [429]
    refused = ed.get("/api/v1/ledger")
    assert refused.json()["error"]["code"] == "too_many"
    assert 1 <= int(refused.headers["retry-after"]) <= 1000
    page = ed.get("/events")
    assert (page.status_code, "Too many requests" in page.text) == (429, True)
    assert desk.as_user("otto").get("/api/v1/ledger").status_code == 200
    assert desk.with_token("ed", Scope.READ).get("/api/v1/ledger").status_code == 200
    for address, statuses in (("192.0.2.1", [401, 401, 429]), ("192.0.2.2", [401, 401, 429])):
        stranger = desk.client(address)
        assert [stranger.get("/api/v1/ledger").status_code for _ in range(3)] == statuses
        assert stranger.get("/healthz").status_code == 200


def test_a_question_that_takes_too_long_is_cut(ledger: Ledger) -> None:
    began = time.process_time()
    with within(0.2), pytest.raises(LedgerSlow, match="longer than it may"), ledger.looking() as connection:
        connection.exec_driver_sql(_ENDLESS)
    assert time.process_time() - began < 2
    with ledger.looking() as connection:  # and the next one is not
        short = _ENDLESS.replace("FROM n)", "FROM n WHERE x < 300000)", 1)
        assert connection.exec_driver_sql(short).scalar_one() == 300000


def test_a_page_that_takes_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(tmp_path / "slow.db") as ledger:
        app = application(ledger, Settings(query_seconds=0.05))

        def slow() -> None:
            with ledger.looking() as connection:
                connection.exec_driver_sql(_ENDLESS)

        app.add_api_route("/slow", slow)
        client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
        answer = client.get("/slow")
        assert answer.status_code == 503
        assert "This question takes longer than it may" in answer.text
        assert str(tmp_path) not in answer.text


def test_a_hundred_hostile_searches_are_answered_or_cut_within_two_seconds(staffed: Staffed) -> None:
    otto = staffed.as_user("otto")
    asked = 0
    for words in HOSTILE:
        if "\udcff" in words:
            continue
        for path, name in (("/api/v1/search", "q"), ("/reports", "q"), ("/api/v1/statements", "words")):
            began = time.process_time()
            answer = otto.get(path, params={name: words[:1900]})
            assert time.process_time() - began < 2, (path, words[:80])
            assert answer.status_code in (200, 400, 422, 503), (path, words[:80], answer.text)
            asked += 1
    assert asked >= 100


def test_whether_it_is_alive_is_told_to_anybody_under_any_name_and_nothing_else(staffed: Staffed) -> None:
    for client in (staffed.client("198.51.100.1"), staffed.as_user("rita")):
        answer = client.get("/healthz", headers={"Host": "10.0.0.7:8480"})
        assert (answer.status_code, answer.text) == (200, "ok\n")


def test_what_is_counted_is_for_admins_and_readable(staffed: Staffed) -> None:
    staffed.as_user("rita").get(f"/reports/{staffed.closed[0]}?q=secret")
    assert staffed.as_user("ed").get("/metrics").status_code == 403
    answer = staffed.with_token("ada", Scope.ADMIN).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    sample = re.compile(r'[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? [0-9.e+-]+')
    assert all(line.startswith("# ") or sample.fullmatch(line) for line in lines)
    assert any(
        line.startswith('sayso_requests_total{route="/reports/{report}",method="GET",status="200"}') for line in lines
    )
    assert 'sayso_request_seconds_bucket{route="/reports/{report}",le="+Inf"}' in answer.text
    assert f"sayso_reports {len(list(staffed.ledger.reports()))}" in lines
    assert "secret" not in answer.text
    assert staffed.closed[0] not in answer.text


def test_without_accounts_what_is_counted_is_for_this_machine_alone(tmp_path: Path) -> None:
    with Ledger(tmp_path / "empty.db") as ledger:
        app = application(ledger)
        for address, status in (("127.0.0.1", 200), ("192.0.2.1", 404)):
            client = TestClient(app, base_url="http://127.0.0.1", client=(address, 1))
            assert client.get("/metrics").status_code == status


def test_the_log_has_no_queries_bodies_secrets_or_new_lines(staffed: Staffed, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sayso.requests")
    token = staffed.with_token("rita", Scope.READ)
    token.get("/api/v1/search?q=bunker%0aforged")
    staffed.client().post("/login", data={"name": "ed", "password": "a wrong password"})
    staffed.as_user("ada").get("/no/%0a{such}/page%7f")
    lines = [Lines().format(it) for it in caplog.records if it.name.startswith("sayso")]
    told = [json.loads(line) for line in lines]
    assert told[0] | {"at": "", "ms": 0} == {
        "at": "", "level": "info", "logger": "sayso.requests", "said": "GET /api/v1/search", "route": "/api/v1/search",
        "status": 200, "ms": 0, "address": "127.0.0.1", "user": "rita",
    }  # fmt: skip
    assert [it["route"] for it in told] == ["/api/v1/search", "/login", "other"]
    for line in lines:
        assert not [it for it in ("bunker", "forged", "wrong password", "sayso_", "such") if it in line]
        assert line.isascii()
        assert "\n" not in line
