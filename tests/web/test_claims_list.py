"""The list of all claims: each once, in its order, narrowed, and the same on the page and over HTTP."""

from __future__ import annotations

import json

import pytest

from tests.web.serving import Parsed, Served


def all_claims(desk: Served, query: str = "", limit: int = 4) -> list[dict[str, object]]:
    found, path = [], f"/api/v1/claims?limit={limit}&{query}"
    while path:
        page = json.loads(desk.get(path).text)
        found += page["items"]
        path = page["next"]
    return found


def test_every_claim_is_listed_once_the_newest_first(desk: Served) -> None:
    found = all_claims(desk)
    assert len({it["claim"] for it in found}) == len(found) > 20
    days = [str(it["first"]) for it in found if it["first"]]
    assert days == sorted(days, reverse=True)
    assert all_claims(desk, limit=50) == found


@pytest.mark.parametrize(
    "query", ["words=mine", "outlet=Straits+Mail", "place=havana", "denied=yes", "finding=yes", "reports=2", "voices=3"]
)
def test_the_list_is_narrowed(desk: Served, query: str) -> None:
    found, every = all_claims(desk, query), all_claims(desk, limit=50)
    assert 0 < len(found) < len(every)
    assert [it for it in every if it in found] == found
    if query == "words=mine":
        assert any("mine" in str(it["text"]) for it in found)
    if query == "reports=2":
        assert {it["claim"] for it in every if int(str(it["reports"])) >= 2} == {it["claim"] for it in found}
    if query == "voices=3":
        assert all(int(str(it["voices"])) >= 3 for it in found)
    if query == "finding=yes":
        assert all(it["findings"] for it in found)


def test_the_days_are_those_on_which_a_claim_was_first_stated(desk: Served) -> None:
    found = all_claims(desk, "since=1898-02&until=1898-02")
    assert found
    assert all(str(it["first"]).startswith("1898-02") for it in found)


def test_those_that_most_reports_make_come_first(desk: Served) -> None:
    found = all_claims(desk, "sort=reports")
    many = [int(str(it["reports"])) for it in found]
    assert many == sorted(many, reverse=True)
    assert many[0] > 2
    assert {it["claim"] for it in found} == {it["claim"] for it in all_claims(desk, "reports=2")}


def test_the_page_lists_the_same_and_goes_on(desk: Served) -> None:
    links: list[str] = []
    onward: str | None = "/claims"
    while onward is not None:
        page = Parsed(desk.get(onward).text).links()
        links += [it for it in page if it.startswith("/claims/c-")]
        onward = next((it for it in page if "after=" in it), None)
    assert links == [f"/claims/{it['claim']}" for it in all_claims(desk)]
    assert desk.get(links[0]).status == 200


@pytest.mark.parametrize("query", ["after=x", "sort=reports&after=1898-02-16:r-1:1", "reports=many", "since=1898-13"])
def test_what_is_no_question_is_told(desk: Served, query: str) -> None:
    assert desk.get(f"/claims?{query}").status == 400
    assert "No claim in the ledger fits" in desk.get("/claims?q=zebra").text
