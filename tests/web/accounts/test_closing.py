"""What is closed to somebody is as if it were not there: the desk answers as one over a ledger that never had it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from sayso.errors import LedgerError, NotInLedger
from sayso.ledger import Ledger
from sayso.ledger.closing import is_closed
from sayso.ledger.identity import report_id_bytes
from sayso.trace.answers import events, trace
from sayso.trace.following import follow
from sayso.web import application
from sayso.web.accounts import cases
from tests.ledger.stories import reading
from tests.web.accounts.conftest import BY, CASE, FREE, TEAM, Staffed
from tests.web.api.conftest import PATIENT

LISTS = (
    "reports?limit=50", "reports?words=mine", "reports?novelty=copy", "reports?origin=unnamed", "reports?actor=whitlow",
    "reports?place=havana", "statements?limit=200", "statements?words=mine", "statements?stance=denies", "incidents",
    "tallies", "events", "events?place=havana", "forecasts", "forecasts?by=edgar+whitlow", "findings", "ledger",
    "trace?q=a+submarine+mine+destroyed+the+Maine", "trace?q=a+coal+fire+sank+the+Maine",
    "trace?q=a+bombardment+of+Matanzas+is+coming", "trace?q=the+Maine+was+blown+up", "actors?name=Edgar+Whitlow",
    "actors?name=Whitlow", "export/reports", "export/readings", "export/statements", "export/statements?format=csv",
    "export/incidents", "export/incidents?format=geojson", "export/incident-reports?format=csv", "export/tallies",
    "export/claims", "export/claims?format=csv", "export/events", "export/forecasts", "claims", "review/next",
)  # fmt: skip
PAGES = (
    "/", "/reports?q=mine", "/reports?text=copy", "/reports?outlet=Straits+Mail", "/events", "/actors", "/forecasts",
    "/ask?q=a+submarine+mine+destroyed+the+Maine", "/claims", "/review", "/actors?q=whitlow",
)  # fmt: skip


@pytest.fixture(scope="module")
def otto(staffed: Staffed) -> TestClient:
    """Somebody who is not in the team."""
    return staffed.as_user("otto")


@pytest.fixture(scope="module")
def without(staffed: Staffed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A desk without accounts over the same ledger, from which the closed reports were taken out for good."""
    folder = tmp_path_factory.mktemp("without")
    staffed.ledger.export(folder / "all.sayso")
    with Ledger(folder / "maine.db") as ledger:
        ledger.import_(folder / "all.sayso")
        for report in staffed.closed:
            ledger.forget(report, "closed", "test")
        with ledger.writing() as connection:
            connection.exec_driver_sql("DELETE FROM tombstones")
        follow(ledger)
        yield TestClient(
            application(ledger, FREE, limits=PATIENT), base_url="http://127.0.0.1", client=("127.0.0.1", 1)
        )


@pytest.mark.parametrize("asked", LISTS)
def test_the_api_answers_as_if_it_were_not_there(
    staffed: Staffed, otto: TestClient, without: TestClient, asked: str
) -> None:
    found, wanted = (it.get(f"/api/v1/{asked}") for it in (otto, without))
    assert found.status_code == wanted.status_code == 200, found.text
    assert plain(found.text) == plain(wanted.text)
    assert_nothing_of_it(staffed, found.text)


@pytest.mark.parametrize(
    "words", ["mine", "mine*", "coal", "bombardment", "maine -coal", '"outside the ship"', "havana"]
)
def test_searches_find_and_count_the_rest(staffed: Staffed, otto: TestClient, without: TestClient, words: str) -> None:
    found, wanted = (it.get("/api/v1/search", params={"q": words}).json() for it in (otto, without))
    assert {it["id"] for it in found["items"]} == {it["id"] for it in wanted["items"]}
    assert (found["total"], found["facets"]) == (wanted["total"], wanted["facets"])
    assert_nothing_of_it(staffed, json.dumps(found))


def test_how_well_a_report_fits_tells_nothing_of_closed_ones(staffed: Staffed, tmp_path: Path) -> None:
    open_, shut = reading(1), reading(2)
    for name, others in (("one", [shut]), ("other", [])):
        with Ledger(tmp_path / f"{name}.db") as ledger:
            ledger.add_readings([open_, *others])
            ids = {it.title: it.id for it in ledger.reports()}
            hidden = [ids["Sluice 2"]] if others else ["r-" + "0" * 32]
            seen = ledger.without(frozenset(filter(None, map(report_id_bytes, hidden))))
            found = seen.search("sluice")
            if name == "one":
                scores = [hit.score for hit in found.hits]
            else:
                assert [hit.score for hit in found.hits] == scores


@pytest.mark.parametrize("asked", PAGES)
def test_pages_are_as_if_it_were_not_there(staffed: Staffed, otto: TestClient, without: TestClient, asked: str) -> None:
    found, wanted = otto.get(asked), without.get(asked)
    assert found.status_code == wanted.status_code == 200
    if asked not in ("/reports?q=mine", "/review"):  # the order is another, and without accounts a name is asked for
        assert page(found.text) == page(wanted.text)
    assert_nothing_of_it(staffed, found.text)


@pytest.mark.parametrize(
    "shape",
    [
        "/api/v1/reports/{}", "/api/v1/reports/{}/text", "/api/v1/reports/{}/captures", "/api/v1/reports/{}/readings",
        "/api/v1/reports/{}/reading", "/api/v1/reports/{}/trace", "/api/v1/review/{}", "/api/v1/trace?q={}",
        "/reports/{}", "/reports/{}/archive/1", "/reports/{}/archive/1/bytes",
        "/reports/{}/review", "/ask?q={}",
    ],
)  # fmt: skip
def test_its_own_addresses_are_those_of_something_missing(otto: TestClient, staffed: Staffed, shape: str) -> None:
    missing = "r-" + "f" * 32
    nothing = otto.get(shape.format(missing))
    for report in staffed.closed:
        found = otto.get(shape.format(report))
        assert found.status_code == nothing.status_code
        assert found.text.replace(report, missing) == nothing.text
        assert staffed.as_user("ed").get(shape.format(report)).status_code in (200, 303)


def test_claims_and_events_that_it_alone_makes_are_missing(otto: TestClient, staffed: Staffed) -> None:
    shown = {it["report"]["report"] for it in otto.get("/api/v1/claims?limit=50").json()["items"] if "report" in it}
    assert not shown & set(staffed.closed)
    whole = trace(staffed.ledger, "a submarine mine destroyed the Maine").claims[0]
    assert whole.timeline[0].report.report in staffed.closed  # it gave the claim its name
    assert otto.get(f"/claims/{whole.claim}").status_code == 404
    assert otto.get(f"/api/v1/claims/{whole.claim}").status_code == 404
    member = staffed.as_user("rita").get(f"/api/v1/claims/{whole.claim}")
    assert member.json()["claims"][0]["reports"] == whole.reports


def test_who_is_in_the_team_and_admins_see_all(staffed: Staffed) -> None:
    everything = {it.id for it in staffed.ledger.reports()}
    for name in (*TEAM, "ada"):
        found = staffed.as_user(name).get("/api/v1/reports?limit=200").json()["items"]
        assert {it["id"] for it in found} == everything
    other = staffed.as_user("otto").get("/api/v1/reports?limit=200").json()["items"]
    assert {it["id"] for it in other} == everything - set(staffed.closed)


def test_what_is_decided_on_a_closed_report_cannot_be_reached(otto: TestClient, staffed: Staffed) -> None:
    def said(report: str) -> Any:
        one = {"report": report, "item": "s1", "verdict": "accepted", "why": "seen"}
        answer = otto.post("/api/v1/review/decisions", json={"decisions": [one]})
        return answer.status_code, answer.text.replace(report, "REPORT")

    assert said(staffed.closed[0]) == said("r-" + "f" * 32)


def test_a_case_changes_what_is_seen_at_once(empty: Staffed) -> None:
    empty.ledger.add_readings([reading(1), reading(2)])
    one, two = sorted(it.id for it in empty.ledger.reports())

    def seen() -> set[str]:
        return {it["id"] for it in empty.as_user("otto").get("/api/v1/reports").json()["items"]}

    assert seen() == {one, two}
    cases.add(empty.accounts, CASE, (), BY)
    cases.close(empty.accounts, CASE, [one], BY)
    assert seen() == {two}
    cases.add(empty.accounts, "other", ["otto"], BY)
    cases.close(empty.accounts, "other", [one, two], BY)
    assert seen() == {two}  # who is in one team of two does not see what the other has
    cases.let_in(empty.accounts, CASE, "otto", BY)
    assert seen() == {one, two}
    cases.put_out(empty.accounts, "other", "otto", BY)
    assert seen() == set()
    cases.open_again(empty.accounts, "other", [two], BY)
    assert seen() == {two}
    cases.remove(empty.accounts, "other", BY)
    assert seen() == {one, two}


def test_a_ledger_seen_without_some_reports_is_the_same_on_both_databases(ledger: Ledger) -> None:
    ledger.add_readings([reading(number) for number in range(6)])
    follow(ledger)
    ids = sorted(it.id for it in ledger.reports())
    hidden = ids[::2]
    seen = ledger.without(frozenset(filter(None, map(report_id_bytes, hidden))))
    assert sorted(it.id for it in seen.reports()) == ids[1::2]
    assert seen.search("sluice").total == 3
    assert {it.reading.report.id for it in seen.statements()} == set(ids[1::2])
    answer = trace(seen, "the sluice is shut and dry").claims
    assert {it.report.report for claim in answer for it in claim.timeline} == set(ids[1::2])
    assert not set(hidden) & {it.report for event in events(seen) for it in event.event.tellings}
    with pytest.raises(NotInLedger, match="there is no report"):
        seen.report(hidden[0])
    with seen.looking() as connection:
        assert is_closed(connection)
    with ledger.looking() as connection:
        assert not is_closed(connection)
    seen.add_readings([reading(7)])  # what is added goes to the whole ledger
    assert len(list(ledger.reports())) == 7
    assert len(list(seen.reports())) == 4
    with pytest.raises(LedgerError, match="some of it is closed"):
        seen.digest()
    with pytest.raises(NotInLedger):
        seen.forget(hidden[0], "a reason", "somebody")
    assert len(list(ledger.reports())) == 7


def assert_nothing_of_it(staffed: Staffed, text: str) -> None:
    """Neither the ids of closed reports nor words that they alone have."""
    for report in staffed.closed:
        assert report not in text
        assert report[2:18] not in text


def plain(text: str) -> Any:
    """An answer of the API without what differs between any two ledgers."""
    if text.startswith("{") and "\n" not in text.strip():
        return json.loads(text)
    return text


def page(text: str) -> str:
    """A page without what tells who looks at it."""
    return re.sub(r'<li><a href="/account">otto</a></li>', "", text)


def test_words_in_an_address_are_as_unknown_as_any(otto: TestClient) -> None:
    found = otto.get(f"/reports?q={quote('study says coal fire')}")
    nothing = otto.get(f"/reports?q={quote('zebra says crossword puzzle')}")
    assert found.status_code == nothing.status_code == 200
    assert found.text.count("No report in the ledger fits") == nothing.text.count("No report in the ledger fits") == 1
