"""Logging in and out: what a cookie is, how long it is good, and how often one may try."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.errors import SaysoError
from sayso.web import Settings
from sayso.web.accounts import audit, passwords, sessions, users
from sayso.web.accounts.passwords import STRONG, Cost
from sayso.web.accounts.roles import Role
from sayso.web.accounts.sessions import IDLE, LONGEST, ShutOut, WrongPassword
from sayso.web.accounts.store import Store
from tests.web.accounts.conftest import BY, OWN_PAGE, PASSWORD, WEAK, Clock, Staffed

Kept = tuple[Store, Clock]
NAME = "sayso_session"


def logged_in(client: TestClient, name: str = "ed", password: str = PASSWORD, **more: str) -> object:
    return client.post("/login", data={"name": name, "password": password, **more}, headers=OWN_PAGE)


def test_who_is_not_logged_in_is_shown_the_way_and_comes_back(empty: Staffed) -> None:
    client = empty.client()
    asked = client.get("/events?since=1898")
    assert asked.headers["location"] == "/login?next=%2Fevents%3Fsince%3D1898"
    assert 'value="/events?since=1898"' in client.get(asked.headers["location"]).text
    answer = client.post(
        "/login", data={"name": "Ed ", "password": PASSWORD, "next": "/events?since=1898"}, headers=OWN_PAGE
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?since=1898")
    assert client.get("/events").status_code == 200
    assert client.get("/login").headers["location"] == "/reports"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "\n/x"])
def test_nobody_is_sent_elsewhere(empty: Staffed, back: str) -> None:
    answer = empty.client().post("/login", data={"name": "ed", "password": PASSWORD, "next": back}, headers=OWN_PAGE)
    assert answer.headers["location"] == "/reports"


def test_the_cookie_is_for_http_and_this_site_alone(empty: Staffed) -> None:
    answer = empty.client().post("/login", data={"name": "ed", "password": PASSWORD}, headers=OWN_PAGE)
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(f"{NAME}=")
    assert {"httponly", "samesite=lax", "path=/", f"max-age={LONGEST}"} <= {it.strip() for it in cookie.split(";")}
    assert "domain" not in cookie
    held = answer.cookies[NAME]
    assert len(held) >= 43
    secure = Staffed(empty.ledger, empty.accounts, empty.clock, (), Settings(secure=True))
    answer = secure.client().post("/login", data={"name": "ed", "password": PASSWORD}, headers=OWN_PAGE)
    assert answer.headers["set-cookie"].startswith(f"__Host-{NAME}=")
    assert "secure" in answer.headers["set-cookie"].lower()


def test_nothing_that_is_kept_lets_anybody_in(kept: Kept, tmp_path: Path) -> None:
    held = sessions.log_in(kept[0], "ed", PASSWORD, "192.0.2.1", None)
    files = b"".join(path.read_bytes() for path in tmp_path.glob("own.db.accounts.db*"))
    assert held.encode() not in files
    assert PASSWORD.encode() not in files
    assert b"scrypt$" in files
    assert (tmp_path / "own.db.accounts.db").stat().st_mode & 0o077 == 0


def test_logging_in_makes_a_new_session_and_ends_the_one_before(kept: Kept) -> None:
    store, _ = kept
    first = sessions.log_in(store, "ed", PASSWORD, "192.0.2.1", None)
    planted = sessions.log_in(store, "ed", PASSWORD, "192.0.2.1", first)
    assert planted != first
    assert sessions.caller(store, first) is None
    assert sessions.caller(store, planted) is not None
    assert sessions.caller(store, "made up") is None


def test_a_session_ends_when_it_is_not_used_and_after_a_week(kept: Kept) -> None:
    store, clock = kept
    idle = sessions.log_in(store, "ed", PASSWORD, "192.0.2.1", None)
    clock.now += IDLE - 1
    assert sessions.caller(store, idle)
    clock.now += IDLE - 1
    assert sessions.caller(store, idle)
    clock.now += IDLE + 61
    assert sessions.caller(store, idle) is None
    busy = sessions.log_in(store, "ed", PASSWORD, "192.0.2.1", None)
    for _ in range(LONGEST // (IDLE // 2) - 1):
        clock.now += IDLE // 2
        assert sessions.caller(store, busy)
    clock.now += IDLE // 2 + 1
    assert sessions.caller(store, busy) is None


def test_logging_out_here_and_everywhere(empty: Staffed) -> None:
    here, there = empty.client(), empty.client()
    for client in (here, there):
        logged_in(client)
    held = here.cookies[NAME]
    answer = here.post("/logout", headers=OWN_PAGE)
    assert answer.headers["location"] == "/login"
    assert f'{NAME}=""' in answer.headers["set-cookie"]
    assert sessions.caller(empty.accounts, held) is None
    assert there.get("/account").status_code == 200
    logged_in(here)
    assert here.post("/account/sessions", headers=OWN_PAGE).status_code == 303
    assert there.get("/account").status_code == 303


def test_ten_tries_shut_a_name_out_whether_or_not_it_is_one(kept: Kept) -> None:
    store, clock = kept
    for name in ("ed", "nobody-at-all"):
        for number in range(10):
            with pytest.raises(WrongPassword) as wrong:
                sessions.log_in(store, name, "not the password", f"192.0.2.{number}", None)
        with pytest.raises(ShutOut) as shut:
            sessions.log_in(store, name, PASSWORD, "198.51.100.7", None)
        assert shut.value.seconds <= 15 * 60
        assert name not in str(shut.value).split() + str(wrong.value).split()
    assert sessions.log_in(store, "rita", PASSWORD, "198.51.100.7", None)
    clock.now += 15 * 60 + 1
    assert sessions.log_in(store, "ed", PASSWORD, "192.0.2.1", None)


def test_ten_tries_shut_an_address_out_and_a_good_one_forgives(kept: Kept) -> None:
    store, _ = kept
    for number in range(9):
        with pytest.raises(WrongPassword):
            sessions.log_in(store, f"name{number}", "not the password", "192.0.2.1", None)
    assert sessions.log_in(store, "ed", PASSWORD, "192.0.2.1", None)
    for number in range(10):
        with pytest.raises(WrongPassword):
            sessions.log_in(store, f"other{number}", "not the password", "192.0.2.1", None)
    with pytest.raises(ShutOut):
        sessions.log_in(store, "rita", PASSWORD, "192.0.2.1", None)
    assert sessions.log_in(store, "rita", PASSWORD, "192.0.2.2", None)


def test_the_page_says_the_same_of_a_wrong_name_and_a_wrong_password(empty: Staffed) -> None:
    one = empty.client("192.0.2.1").post("/login", data={"name": "ed", "password": "wrong" * 4}, headers=OWN_PAGE)
    other = empty.client("192.0.2.2").post("/login", data={"name": "xx", "password": "wrong" * 4}, headers=OWN_PAGE)
    assert one.status_code == other.status_code == 401
    assert one.text.replace('value="ed"', "") == other.text.replace('value="xx"', "")
    for _ in range(9):
        empty.client("192.0.2.1").post("/login", data={"name": "ed", "password": "wrong" * 4}, headers=OWN_PAGE)
    shut = empty.client("192.0.2.3").post("/login", data={"name": "ed", "password": PASSWORD}, headers=OWN_PAGE)
    assert shut.status_code == 429
    assert int(shut.headers["retry-after"]) <= 15 * 60


def test_a_name_that_is_none_costs_as_much_as_one_that_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int, int]] = []
    real = hashlib.scrypt

    def counted(plain: bytes, **how: Any) -> bytes:
        asked.append((how["n"], how["r"], how["p"]))
        return real(plain, **how)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    kept = passwords.hashed(PASSWORD, WEAK)
    assert passwords.fits(PASSWORD, kept, WEAK)
    assert not passwords.fits("another password", kept, WEAK)
    assert not passwords.fits(PASSWORD, None, WEAK)
    assert asked == [(2, 8, 1)] * 4
    assert Cost(2**15, 8, 3) == STRONG


def test_passwords_have_to_be_long_and_names_plain(kept: Kept) -> None:
    store, _ = kept
    for bad in ("short", "x" * 201, "aaaaaaaaaaaaaaaa"):
        with pytest.raises(SaysoError, match="password"):
            users.add(store, "new", Role.READER, bad, BY)
    for name in ("", "Ida", "a b", "-x", "../x", "x" * 65, "ﬁ", "x\n"):
        with pytest.raises(SaysoError, match="cannot be a name"):
            users.add(store, name, Role.READER, PASSWORD, BY)
    with pytest.raises(SaysoError, match="already"):
        users.add(store, "ed", Role.READER, PASSWORD, BY)


def test_changing_a_password_ends_all_other_sessions(empty: Staffed) -> None:
    here, there = empty.client(), empty.client()
    for client in (here, there):
        logged_in(client)
    new = "other words than before"
    wrong = here.post("/account/password", data={"old": "no", "password": new, "again": new}, headers=OWN_PAGE)
    assert wrong.status_code == 400
    unlike = here.post("/account/password", data={"old": PASSWORD, "password": new, "again": "x"}, headers=OWN_PAGE)
    assert unlike.status_code == 400
    done = here.post("/account/password", data={"old": PASSWORD, "password": new, "again": new}, headers=OWN_PAGE)
    assert done.status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    with pytest.raises(WrongPassword):
        sessions.log_in(empty.accounts, "ed", PASSWORD, "192.0.2.1", None)


def test_there_is_always_an_admin(kept: Kept) -> None:
    store, _ = kept
    changes: tuple[Callable[[], None], ...] = (
        lambda: users.remove(store, "ada", BY),
        lambda: users.give_role(store, "ada", Role.EDITOR, BY),
    )
    for change in changes:
        with pytest.raises(SaysoError, match="only admin"):
            change()
    users.give_role(store, "ed", Role.ADMIN, BY)
    users.remove(store, "ada", BY)
    assert {it.name for it in users.all_users(store)} == {"rita", "vera", "ed", "otto"}


def test_who_is_removed_or_lowered_is_so_at_once(empty: Staffed) -> None:
    otto = empty.as_user("otto")
    assert otto.get("/add").status_code == 200
    users.give_role(empty.accounts, "otto", Role.READER, BY)
    assert otto.get("/add").status_code == 403
    users.remove(empty.accounts, "otto", BY)
    assert otto.get("/reports").status_code == 303
    users.add(empty.accounts, "otto", Role.READER, PASSWORD, BY)
    assert otto.get("/reports").status_code == 303


def test_what_is_done_with_accounts_is_noted(kept: Kept) -> None:
    store, _ = kept
    with pytest.raises(WrongPassword):
        sessions.log_in(store, "ed", "not the password", "192.0.2.9", None)
    sessions.log_in(store, "ed", PASSWORD, "192.0.2.9", None)
    done = [(it.who, it.what, it.address) for it in audit.latest(store, 2)]
    assert done == [("ed", "logged in", "192.0.2.9"), ("", "password refused", "192.0.2.9")]
    assert PASSWORD not in str(audit.latest(store, 100))


def test_two_session_cookies_are_none(empty: Staffed) -> None:
    client = empty.client()
    logged_in(client)
    held = client.cookies[NAME]
    fresh = empty.client()
    assert fresh.get("/account", headers={"Cookie": f"{NAME}={held}"}).status_code == 200
    assert fresh.get("/account", headers={"Cookie": f"{NAME}=planted; {NAME}={held}"}).status_code == 303
    assert fresh.get("/account", headers={"Cookie": f"{NAME}={'x' * 5000}"}).status_code == 303


def test_a_form_has_to_come_from_a_page_of_ours(empty: Staffed) -> None:
    client = empty.client()
    logged_in(client)
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"},
                    {"Origin": "https://evil.example"}):  # fmt: skip
        assert client.post("/logout", headers=headers).status_code == 403
    assert client.get("/account").status_code == 200
    assert client.post("/logout", headers={"Origin": "http://127.0.0.1"}).status_code == 303
