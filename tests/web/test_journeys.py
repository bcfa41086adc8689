"""What people do at the desk, in a real browser: nothing is asked of anybody else, and nothing goes wrong."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.page.test_browser import FAINT_WORDS
from tests.web.conftest import Visitor
from tests.web.serving import Served

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}
WIDE = {"viewport": {"width": 2200, "height": 1200}}


def test_from_the_inbox_to_a_claim_to_its_events(desk: Served, visit: Visitor) -> None:
    page = visit(desk, "/")
    page.get_by_role("searchbox", name="Words in reports").fill("submarine mine")
    page.keyboard.press("Enter")
    expect(page.locator("main .byline").first).to_contain_text("best first")
    page.get_by_role("link", name="The court has found: a mine").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The court has found: a mine")
    page.locator("#in-ledger .briefs a, #in-ledger .carrier li a").filter(
        has_text="A submarine mine had destroyed"
    ).first.click()
    expect(page.locator("svg.carried")).to_be_visible()
    assert "/claims/c-" in page.url
    page.get_by_role("link", name="Jonas Pell").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jonas Pell")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Events").click()
    page.locator("svg.map a.site").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/e-*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Havana")


def test_the_list_is_narrowed_by_form_and_facet_and_widened_again(desk: Served, visit: Visitor) -> None:
    page = visit(desk, "/reports")
    page.get_by_label("Outlet", exact=True).fill("Straits Mail")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".items > li")).to_have_count(4)
    page.locator(".facet").get_by_role("link", name="warns").click()
    expect(page.locator(".items > li")).to_have_count(1)
    page.get_by_role("link", name="Leave out Outlet: Straits Mail").click()
    expect(page.locator(".items > li")).to_have_count(3)
    page.go_back()
    expect(page.locator(".items > li")).to_have_count(1)


def test_a_list_is_gone_through_by_keys(desk: Served, visit: Visitor) -> None:
    page = visit(desk, "/reports")
    page.keyboard.press("j")
    expect(page.locator("a.item").nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("a.item").nth(1)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#seek")).to_be_focused()
    page.keyboard.type("j?k/")
    expect(page.locator("#seek")).to_have_value("j?k/")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("article.prose")).to_be_visible()


def test_the_first_tab_skips_to_the_content(desk: Served, visit: Visitor, pages: dict[str, str]) -> None:
    page = visit(desk, "/")
    for kind in ("inbox", "report", "claim", "events"):
        page.goto(desk.origin + pages[kind])
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        assert page.locator("#text").count() == 1


def test_statements_are_gone_through_by_keys_and_told_beside_the_text(
    desk: Served, visit: Visitor, pages: dict[str, str]
) -> None:
    page = visit(desk, pages["report"])
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#r2")).to_be_focused()
    expect(page.locator("#card")).to_contain_text("Anselmo Rey")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


@pytest.mark.parametrize("scripted", [True, False])
def test_layers_are_switched_without_any_script(
    desk: Served, visit: Visitor, pages: dict[str, str], scripted: bool
) -> None:
    page = visit(desk, pages["report"], java_script_enabled=scripted)

    def switch(name: str) -> Locator:
        return page.get_by_role("checkbox", name=name)

    place = page.locator(".prose .place").first
    underline = "it => getComputedStyle(it).textDecorationLine"
    content = page.locator(".prose .content.tells").first
    ground = "it => getComputedStyle(it).backgroundColor"
    if not scripted:
        switch("Places").uncheck()
        expect(switch("Places")).not_to_be_checked()
        return
    assert place.evaluate(underline) == "underline"
    assert content.evaluate(ground) != "rgba(0, 0, 0, 0)"
    switch("Places").uncheck()
    switch("Statements").uncheck()
    assert place.evaluate(underline) != "underline" or "happening" in (place.get_attribute("class") or "")
    assert content.evaluate(ground) == "rgba(0, 0, 0, 0)"
    switch("Statements").check()
    assert content.evaluate(ground) != "rgba(0, 0, 0, 0)"


def test_a_text_is_pasted_looked_at_and_kept(own_desk: Served, visit: Visitor) -> None:
    page = visit(own_desk, "/read")
    page.get_by_label("Text").fill(
        "“The quay is dry,” harbour master Orla Brandt said.\n\nShe denied that divers had been sent."
    )
    page.get_by_label("Title").fill("The quay at Vell")
    page.get_by_label("Published").fill("2031-05-01")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#speakers")).to_contain_text("Orla Brandt")
    expect(page.get_by_text("Nothing of this is kept yet.")).to_be_visible()
    page.get_by_role("button", name="Keep it in the ledger").click()
    page.wait_for_url("**/reports/r-*")
    expect(page.get_by_role("heading", level=1)).to_have_text("The quay at Vell")
    page.goto(own_desk.origin + "/")
    expect(page.locator("a.item").first).to_have_text("The quay at Vell")


def test_everything_can_be_read_and_followed_without_script(
    desk: Served, visit: Visitor, pages: dict[str, str]
) -> None:
    page = visit(desk, "/reports", java_script_enabled=False)
    page.get_by_role("link", name="The Maine blown up").click()
    expect(page.locator("#text")).to_contain_text("The ship had lain at her buoy")
    page.locator("#in-ledger a").filter(has_text="Straits Mail").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Battleship Maine lost in Havana harbour")
    expect(page.locator(".hint")).to_be_hidden()


@pytest.mark.parametrize("context", [PHONE, WIDE], ids=["phone", "wide"])
def test_nothing_is_wider_than_the_screen(
    desk: Served, visit: Visitor, pages: dict[str, str], context: dict[str, Any]
) -> None:
    page = visit(desk, "/", **context)
    for path in pages.values():
        page.goto(desk.origin + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_no_page_breaks_a_rule_of_accessibility(desk: Served, visit: Visitor, pages: dict[str, str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = visit(desk, "/")
    options = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        "rules": {"landmark-unique": {"enabled": False}},  # a table that scrolls has the name of its section
    }
    for name, path in pages.items():
        page.goto(desk.origin + path)
        if name == "report":
            page.keyboard.press("j")
        found = axe.Axe().run(page, options=options).response["violations"]
        broken = [(it["id"], [node["html"][:200] for node in it["nodes"][:3]]) for it in found]
        assert broken == [], name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_can_be_read_in_both_schemes(
    desk: Served, visit: Visitor, pages: dict[str, str], scheme: str
) -> None:
    page = visit(desk, "/", color_scheme=scheme)
    for name, path in pages.items():
        page.goto(desk.origin + path)
        if name == "report":
            page.keyboard.press("j")
        assert page.evaluate(FAINT_WORDS) == [], name


def test_paper_has_the_content_and_not_the_controls(desk: Served, visit: Visitor, pages: dict[str, str]) -> None:
    page = visit(desk, pages["report"])
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.locator(".layers")).to_be_hidden()
    expect(page.locator("#in-ledger")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")
