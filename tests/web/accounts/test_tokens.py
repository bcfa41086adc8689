"""Tokens: shown once, kept hashed, good for a scope and a time, and for the API alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.web.accounts import tokens, users
from sayso.web.accounts.callers import Caller
from sayso.web.accounts.roles import Role, Scope
from sayso.web.accounts.store import Store
from tests.web.accounts.conftest import BY, Clock, Staffed

Kept = tuple[Store, Clock]


def test_a_token_is_not_kept_itself(kept: Kept, tmp_path: Path) -> None:
    store, _ = kept
    held = tokens.make(store, "ed", "export", Scope.READ, 30, BY)
    assert re.fullmatch(r"sayso_[A-Za-z0-9_-]{43}", held)
    files = b"".join(path.read_bytes() for path in tmp_path.glob("own.db.accounts.db*"))
    assert held.encode() not in files
    assert held[6:].encode() not in files
    (listed,) = tokens.all_tokens(store, "ed")
    assert (listed.name, listed.scope, listed.used) == ("export", Scope.READ, "")
    assert held[6:] not in str(listed)


def test_a_token_runs_out_and_can_be_taken_back(kept: Kept) -> None:
    store, clock = kept
    one, other = (tokens.make(store, "ed", name, Scope.WRITE, 2, BY) for name in ("one", "other"))
    found = tokens.caller(store, one)
    assert found is not None
    assert (found.name, found.role) == ("ed", Role.EDITOR)
    with pytest.raises(SaysoError, match="no token"):
        tokens.revoke(store, found.token or "", BY, owner="rita")
    tokens.revoke(store, found.token or "", BY, owner="ed")
    assert tokens.caller(store, one) is None
    clock.now += 2 * 24 * 3600 + 1
    assert tokens.caller(store, other) is None
    assert tokens.all_tokens(store) == ()


@pytest.mark.parametrize("held", ["", "sayso_", "sayso_" + "x" * 43, "sayso_" + "x" * 5000, "Basic", "sayso_\udcff"])
def test_what_is_no_token_lets_nobody_in(kept: Kept, held: str) -> None:
    assert tokens.caller(kept[0], held) is None


def test_a_token_is_never_more_than_whose_it_is(kept: Kept) -> None:
    store, _ = kept
    held = tokens.make(store, "ed", "all", Scope.ADMIN, 30, BY)
    assert tokens.caller(store, held) == Caller("ed", Role.EDITOR, tokens.all_tokens(store)[0].id)
    users.give_role(store, "ed", Role.READER, BY)
    found = tokens.caller(store, held)
    assert found is not None
    assert found.role is Role.READER
    users.remove(store, "ed", BY)
    assert tokens.caller(store, held) is None


@pytest.mark.parametrize(("name", "days"), [("", 30), ("  ", 30), ("x", 0), ("x", 367), ("x", -1)])
def test_a_token_needs_a_name_and_an_end(kept: Kept, name: str, days: int) -> None:
    with pytest.raises(SaysoError, match="token"):
        tokens.make(kept[0], "ed", name, Scope.READ, days, BY)


def test_tokens_are_for_the_api_alone_and_never_beside_a_session(staffed: Staffed) -> None:
    program = staffed.with_token("rita", Scope.READ)
    assert program.get("/api/v1/reports").status_code == 200
    assert program.get("/reports").status_code == 401
    assert program.get("/account").status_code == 401
    both = staffed.as_user("rita")
    both.headers["Authorization"] = program.headers["Authorization"]
    answer = both.get("/api/v1/reports")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "two_credentials")


@pytest.mark.parametrize(
    "sent", ["Basic cml0YTp4", "Bearer", "Bearer ", "Bearer sayso_wrong", "sayso_wrong", "Token x", "Bearer a b"]
)
def test_other_credentials_are_refused(staffed: Staffed, sent: str) -> None:
    answer = staffed.client().get("/api/v1/reports", headers={"Authorization": sent})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "sayso_wrong" not in answer.text


def test_a_token_of_a_lower_scope_sees_what_its_role_sees(staffed: Staffed) -> None:
    for scope, sees in ((Scope.READ, False), (Scope.ADMIN, True)):
        found = staffed.with_token("ada", scope).get(f"/api/v1/reports/{staffed.closed[0]}")
        assert (found.status_code == 200) is sees
    assert staffed.with_token("rita", Scope.READ).get(f"/api/v1/reports/{staffed.closed[0]}").status_code == 200


def test_a_token_is_made_shown_once_and_revoked_on_the_page(empty: Staffed) -> None:
    ed = empty.as_user("ed")
    made = ed.post("/account/tokens", data={"name": "weekly", "scope": "write", "days": "30"})
    (held,) = set(re.findall(r"sayso_[A-Za-z0-9_-]{43}", made.text))
    page = ed.get("/account").text
    assert held not in page
    assert "weekly" in page
    (id_,) = set(re.findall(r"t-[0-9a-f]{12}", page))
    assert tokens.caller(empty.accounts, held) is not None
    assert empty.as_user("otto").post(f"/account/tokens/{id_}").status_code == 400
    assert ed.post(f"/account/tokens/{id_}").status_code == 303
    assert tokens.caller(empty.accounts, held) is None
    for bad in ({"scope": "root"}, {"days": "x"}, {"days": "999"}, {"name": ""}):
        answer = ed.post("/account/tokens", data={"name": "n", "scope": "read", "days": "3"} | bad)
        assert answer.status_code == 400
