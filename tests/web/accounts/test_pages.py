"""The pages of accounts in a browser: logging in, one's account, users and cases, with a script and without."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sayso.ledger import Ledger
from sayso.web.accounts import cases
from tests.ledger.stories import reading
from tests.web.accounts.conftest import BY, CASE, PASSWORD, Clock, Staffed, people
from tests.web.conftest import Visitor
from tests.web.serving import Parsed, Served, served

HOSTILE = '<img src=x onerror="window.hit=1">'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk with accounts over a small ledger, over real HTTP."""
    place = tmp_path_factory.mktemp("pages") / "own.db"
    accounts = people(place, Clock())
    with Ledger(place) as ledger:
        ledger.add_readings([reading(1), reading(2)])
        cases.add(accounts, HOSTILE, ["ed"], BY)
        with served(ledger, accounts=accounts) as opened:
            yield opened
    accounts.close()


def enter(page: object, name: str) -> None:
    page.fill("#f-name", name)  # type: ignore[attr-defined]
    page.fill("#f-password", PASSWORD)  # type: ignore[attr-defined]
    page.click("button:text-is('Log in')")  # type: ignore[attr-defined]


@pytest.mark.parametrize("scripts", [True, False])
def test_an_admin_logs_in_adds_a_user_closes_a_report_and_logs_out(visit: Visitor, desk: Served, scripts: bool) -> None:
    page = visit(desk, "/users", java_script_enabled=scripts)
    assert page.url.endswith("/login?next=%2Fusers")
    enter(page, "ada")
    assert page.url.endswith("/users")
    name = f"new{int(scripts)}"
    page.fill("#f-name", name)
    page.click("button:text-is('Add')")
    assert re.fullmatch(r"[A-Za-z0-9_-]{20}", page.inner_text("[role=status] code"))
    page.goto(f"{desk.origin}/cases")
    case = f"{CASE} {int(scripts)}"
    page.fill("#f-name", case)
    page.click("text=Make it")
    page.fill("#f-words", "number 1")
    page.click("text=Close what fits all of this now")
    assert "It closes 1 report" in page.inner_text("main")
    page.click("text=Open it again")
    assert "It closes 0 reports" in page.inner_text("main")
    page.goto(f"{desk.origin}/account")
    page.click("text=Log out here")
    assert page.url.endswith("/login")
    page.goto(f"{desk.origin}/users")
    assert page.url.endswith("/login?next=%2Fusers")


def test_the_bar_leads_to_ones_account(visit: Visitor, desk: Served) -> None:
    page = visit(desk, "/login")
    enter(page, "ed")
    page.click('a[href="/account"]')
    assert page.url.endswith("/account")
    assert "You are ed, with the role editor" in page.inner_text("main")
    page.fill("#f-name", "weekly")
    page.click("text=Make a token")
    assert page.inner_text("[role=status] code").startswith("sayso_")


def test_the_pages_can_be_used_by_everybody(visit: Visitor, desk: Served) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = visit(desk, "/login")
    shapes = ["/login", "/account", "/users", "/cases"]
    for at, path in enumerate(shapes):
        if at == 1:
            enter(page, "ada")
        page.goto(desk.origin + path)
        found = axe.Axe().run(page).response["violations"]
        assert [(it["id"], [node["html"] for node in it["nodes"]]) for it in found] == [], path
    page.click(f"a:has-text('{HOSTILE}')")
    assert HOSTILE in page.inner_text("h1")
    assert [it["id"] for it in axe.Axe().run(page).response["violations"]] == []


def test_no_page_has_a_style_or_a_handler_of_its_own(staffed: Staffed) -> None:
    ada = staffed.as_user("ada")
    for path in ("/account", "/users", "/cases", f"/cases/{CASE}"):
        answer = ada.get(path)
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        for tag, found in Parsed(answer.text).elements:
            assert tag not in ("style", "iframe", "object", "embed", "base", "img")
            assert not any(name == "style" or name.startswith("on") for name in found)
