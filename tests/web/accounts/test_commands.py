"""`sayso users`, `sayso tokens`, `sayso cases`, and whom `sayso serve` lets in."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sayso import Ledger
from sayso.cli import main
from sayso.web.accounts import sessions, store, tokens
from sayso.web.accounts.roles import Role
from tests.ledger.stories import reading

Said = Callable[..., Any]


@pytest.fixture
def place(tmp_path: Path) -> str:
    with Ledger(tmp_path / "news.db") as ledger:
        ledger.add_readings([reading(1), reading(2)])
    return str(tmp_path / "news.db")


@pytest.fixture
def said(place: str, capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs a command; what it printed, what it said, and how it ended."""

    def run(*arguments: str) -> tuple[str, str, int]:
        status = main([*arguments, "--ledger", place])
        captured = capsys.readouterr()
        return captured.out, captured.err, status

    return run


def test_users_from_the_first_to_the_last(said: Said, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "has no accounts" in said("users", "list")[1]
    assert "has to be an admin" in said("users", "add", "ida", "--role", "editor", "--generate")[1]
    out, err, status = said("users", "add", "anna", "--role", "admin", "--generate")
    assert (status, "sayso serve lets in only who logs in" in err) == (0, True)
    monkeypatch.setattr("sys.stdin", io.StringIO("four words of mine\n"))
    assert said("users", "add", "ida", "--role", "editor")[2] == 0
    rows = [json.loads(line) for line in said("users", "list", "--json")[0].splitlines()]
    assert [(it["name"], it["role"]) for it in rows] == [("anna", "admin"), ("ida", "editor")]
    kept = store.found(place)
    assert kept is not None
    with closing(kept):
        assert sessions.log_in(kept, "anna", out.strip(), "192.0.2.1", None)
        held = sessions.log_in(kept, "ida", "four words of mine", "192.0.2.1", None)
        assert said("users", "role", "ida", "reviewer")[2] == 0
        found = sessions.caller(kept, held)
        assert found is not None
        assert found.role is Role.REVIEWER
        assert said("users", "password", "ida", "--generate")[2] == 0
        assert sessions.caller(kept, held) is None
    assert "only admin" in said("users", "remove", "anna")[1]
    assert said("users", "remove", "ida")[2] == 0
    assert "no user ida" in said("users", "remove", "ida")[1]
    done = [json.loads(line)["what"] for line in said("users", "audit", "--json", "--limit", "2")[0].splitlines()]
    assert done == ["user removed", "password changed"]


def test_tokens_from_making_to_revoking(said: Said, place: str) -> None:
    said("users", "add", "anna", "--role", "admin", "--generate")
    out, err, status = said("tokens", "add", "anna", "--name", "weekly", "--scope", "write", "--days", "3")
    assert (status, "shown this once" in err) == (0, True)
    (row,) = (json.loads(line) for line in said("tokens", "list", "--json")[0].splitlines())
    assert (row["user"], row["name"], row["scope"]) == ("anna", "weekly", "write")
    with closing(store.made(place)) as kept:
        assert tokens.caller(kept, out.strip()) is not None
        assert said("tokens", "revoke", row["id"])[2] == 0
        assert tokens.caller(kept, out.strip()) is None
    assert "no token" in said("tokens", "revoke", row["id"])[1]
    assert "no user nobody" in said("tokens", "add", "nobody", "--name", "x")[1]


def test_cases_from_making_to_removing(said: Said, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said("users", "add", "anna", "--role", "admin", "--generate")
    said("users", "add", "ida", "--generate")
    assert said("cases", "add", "the weir", "--team", "ida")[2] == 0
    assert "1 more reports" in said("cases", "close", "the weir", "--words", "number 1")[1]
    ids = {it.title: it.id for it in Ledger(place).reports()}
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{ids['Sluice 1']}\n{ids['Sluice 2']}\n"))
    assert "1 more reports" in said("cases", "close", "the weir", "-")[1]
    assert said("cases", "open", "the weir", ids["Sluice 2"])[2] == 0
    (row,) = (json.loads(line) for line in said("cases", "list", "--json")[0].splitlines())
    assert (row["name"], row["team"], row["reports"]) == ("the weir", ["ida"], 1)
    assert said("cases", "put-out", "the weir", "ida")[2] == 0
    assert said("cases", "let-in", "the weir", "ida")[2] == 0
    for wrong in (("close", "the weir"), ("close", "the weir", "r-x"), ("close", "none", "r-" + "0" * 32),
                  ("close", "the weir", ids["Sluice 1"], "--words", "x"), ("let-in", "the weir", "nobody"),
                  ("add", "the weir"), ("add", "a/b"), ("add", "new", "--team", "nobody")):  # fmt: skip
        assert said("cases", *wrong)[2] == 1, wrong
    assert said("cases", "remove", "the weir")[2] == 0
    assert said("cases", "list")[0] == ""


def test_the_accounts_are_no_part_of_the_ledger(said: Said, place: str, tmp_path: Path) -> None:
    with Ledger(place) as ledger:
        before = ledger.digest()
    said("users", "add", "anna", "--role", "admin", "--generate")
    with Ledger(place) as ledger:
        assert ledger.digest() == before
        ledger.backup(tmp_path / "copy.db")
        ledger.export(tmp_path / "all.sayso")
    assert store.found(tmp_path / "copy.db") is None


def test_accounts_are_kept_beside_either_database(
    ledger: Ledger, address: Callable[[Ledger], str], capsys: pytest.CaptureFixture[str]
) -> None:
    place = address(ledger)
    before = ledger.digest()
    assert store.found(place) is None
    assert main(["users", "add", "anna", "--role", "admin", "--generate", "--ledger", place]) == 0
    password = capsys.readouterr().out.strip()
    kept = store.found(place)
    assert kept is not None
    with closing(kept):
        held = sessions.log_in(kept, "anna", password, "192.0.2.1", None)
        assert sessions.caller(kept, held) is not None
        for _ in range(3):
            with pytest.raises(sessions.WrongPassword):
                sessions.log_in(kept, "anna", "another password", "192.0.2.1", None)
    assert ledger.digest() == before


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--host", "0.0.0.0"], "no accounts yet"),
        (["--proxy", "192.0.2.1"], "Say --secure too"),
        (["--host", "0.0.0.0", "--example"], "no accounts yet"),
    ],
)
def test_serving_to_others_takes_accounts(said: Said, options: list[str], problem: str) -> None:
    arguments = [*options]
    if "--example" in arguments:
        assert main(["serve", *arguments]) == 1
    else:
        assert re.search(problem, said("serve", *arguments)[1])


def test_serving_at_every_address_takes_a_name(said: Said) -> None:
    said("users", "add", "anna", "--role", "admin", "--generate")
    assert "Say by which names" in said("serve", "--host", "0.0.0.0")[1]
