"""The API answers with the objects of the contracts: those that the library gives and the command line prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.ledger import Ledger
from sayso.read import read
from sayso.share.answer_json import answer_to_json
from sayso.share.contract import reading_from_json, reading_to_json
from sayso.share.exports import json_lines
from sayso.trace.answers import events, forecasts, trace, who
from sayso.web.api import Limits
from tests.web.api.conftest import client_of, pages_of

_MINE = "a submarine mine destroyed the Maine"


def _plain(data: object) -> Any:
    return json.loads(json.dumps(data))


def test_a_report_its_text_and_its_reading_are_those_of_the_ledger(
    client: TestClient, maine: Ledger, titled: Callable[[str], str]
) -> None:
    report = titled("A mine did it")
    kept = maine.reading(report)
    contract = _plain(reading_to_json(kept))
    assert client.get(f"reports/{report}/reading").json() == contract
    assert client.get(f"reports/{report}/text").text == kept.report.text
    assert client.get(f"reports/{report}").json() == {k: v for k, v in contract["report"].items() if k != "text"}


def test_readings_tell_who_read_a_report_and_each_can_be_asked_for(
    client: TestClient, titled: Callable[[str], str]
) -> None:
    report = titled("A mine did it")
    (one,) = client.get(f"reports/{report}/readings").json()["items"]
    assert one["current"] is True
    assert one["statements"] == len(client.get(f"reports/{report}/reading").json()["statements"])
    chosen = {"reader": one["reader"]["name"], "weights": one["reader"]["weights"]}
    assert client.get(f"reports/{report}/reading", params=chosen).json()["reader"] == one["reader"]
    assert client.get(f"reports/{report}/reading", params={"reader": "nobody"}).status_code == 404


def test_captures_tell_when_and_from_where(client: TestClient, titled: Callable[[str], str]) -> None:
    (one,) = client.get(f"reports/{titled('A mine did it')}/captures").json()["items"]
    assert one["origin"].startswith("reports.jsonl:")
    assert len(one["snapshot"]) == 64
    assert one["headers"] == []


def test_a_trace_is_that_of_the_library(client: TestClient, maine: Ledger, titled: Callable[[str], str]) -> None:
    as_of = date(1900, 1, 1)
    asked = {"as_of": "1900-01-01"}
    found = trace(maine, _MINE, as_of=as_of)
    assert client.get("trace", params={"q": _MINE} | asked).json() == _plain(answer_to_json(found))
    claim = found.claims[0].claim
    told = _plain(answer_to_json(trace(maine, claim, as_of=as_of)))
    assert client.get(f"claims/{claim}", params=asked).json() == told
    report = titled("A mine did it")
    told = _plain(answer_to_json(trace(maine, report, as_of=as_of)))
    assert client.get(f"reports/{report}/trace", params=asked).json() == told


def test_events_actors_and_forecasts_are_those_of_the_library(client: TestClient, maine: Ledger) -> None:
    found = events(maine)
    assert found
    assert client.get("events").json()["items"] == _plain([answer_to_json(it) for it in found])
    one = found[0].event.id
    assert client.get(f"events/{one}").json() == _plain(answer_to_json(found[0]))
    as_of = date(1900, 1, 1)
    foretold = forecasts(maine, as_of=as_of)
    assert foretold
    asked = {"as_of": "1900-01-01"}
    assert client.get("forecasts", params=asked).json()["items"] == _plain([answer_to_json(it) for it in foretold])
    named = who(maine, "Edgar Whitlow", as_of=as_of)
    assert named
    told = client.get("actors", params={"name": "edgar WHITLOW"} | asked).json()["items"]
    assert told == _plain([answer_to_json(it) for it in named])


def test_events_and_forecasts_are_narrowed_by_what_is_asked(client: TestClient) -> None:
    shelled = client.get("events", params={"type": "Shelling/artillery/missile attack"}).json()["items"]
    assert [it["event"]["types"][0]["value"] for it in shelled] == ["Shelling/artillery/missile attack"]
    assert client.get("events", params={"since": "1901"}).json()["items"] == []
    assert client.get("events", params={"until": "1898-02"}).json()["items"]
    lapsed = client.get("forecasts", params={"state": "open", "as_of": "1999-01-01"}).json()["items"]
    assert lapsed == []


def test_an_incident_is_told_as_the_json_lines_export_has_it(client: TestClient, maine: Ledger) -> None:
    told = {it["id"]: it for it in client.get("incidents").json()["items"]}
    lines = [line for it in maine.current_readings() for line in json_lines.lines(it) if line["kind"] == "incident"]
    assert told == {line["id"]: _plain(line) for line in lines}


def test_a_statement_is_told_with_its_speaker_and_can_be_read_back(client: TestClient, maine: Ledger) -> None:
    items = client.get("statements", params={"stance": "says", "limit": 200}).json()["items"]
    assert items
    for it in items:
        (statement,) = reading_from_json(it, maine.report(it["report"]["id"]).text).statements
        assert statement in maine.reading(it["report"]["id"]).statements
        assert {actor["id"] for actor in it["actors"]} >= {statement.speaker.actor} - {None}
        assert [words for _, _, words in it["words"]]


def test_lists_are_narrowed_by_what_is_asked(client: TestClient) -> None:
    def titles(**asked: str) -> set[str]:
        return {it["title"] for it in client.get("reports", params=asked).json()["items"]}

    assert titles(outlet="Bay Courier") == {
        "Coal fire, not mine, sank the Maine, study says",
        "Merchant foresees war over Cuba",
    }
    assert titles(since="1911", until="1912") == {"Board: a charge outside, further aft"}
    assert titles(words="merchant bombardment") == titles(words="bombardment merchant") != set()
    assert titles(language="de") == set()
    said = client.get("statements", params={"actor": "edgar whitlow"}).json()["items"]
    assert said
    assert all("Edgar Whitlow" in it["statements"][0]["speaker"]["text"] for it in said)
    assert client.get("statements", params={"words": "zeppelin"}).json() == {"items": [], "next": None}


def test_a_search_tells_where_its_words_stand(client: TestClient, maine: Ledger) -> None:
    found = client.get("search", params={"q": "mine"}).json()
    assert found["total"] == len(found["items"])
    assert found["facets"]["outlet"]
    for it in found["items"]:
        text = maine.report(it["id"]).text
        start, end = it["snippet"]["span"]
        assert text[start:end] == it["snippet"]["text"]
        assert {text[a:b].strip(".,“”").lower() for a, b in it["snippet"]["marked"]} <= {"mine", "mines", "mine’s"}


def test_findings_are_told_in_their_publishers_words(client: TestClient) -> None:
    found = client.get("findings").json()["items"]
    assert len(found) == 4
    assert all(it["claim"] and it["publisher"] and it["id"].startswith("f-") for it in found)


def test_the_ledger_is_told_in_numbers(client: TestClient, maine: Ledger) -> None:
    told = client.get("ledger").json()
    assert told["counts"]["reports"] == len(list(maine.reports()))
    assert told["counts"]["statements"] == len(list(maine.statements()))
    assert told["contracts"] == {"reading": "sayso/reading/2", "answer": "sayso/answer/1"}
    assert maine.name not in json.dumps(told)


@pytest.mark.parametrize("media", ["application/json", "text/plain", "text/plain; charset=UTF-8"])
def test_a_text_is_read_and_not_kept(client: TestClient, maine: Ledger, media: str) -> None:
    text = "The sluice is shut, engineer Ida Holm said on Monday."
    body = json.dumps({"text": text}) if media == "application/json" else text
    before = maine.digest()
    found = client.post("read", content=body, headers={"Content-Type": media})
    assert found.json() == _plain(reading_to_json(read(text)))
    assert maine.digest() == before


def test_what_is_known_of_a_text_is_heeded(client: TestClient) -> None:
    given = {
        "text": "The sluice was shut on Monday, engineer Ida Holm said.", "title": "Shut", "outlet": "Vell Post",
        "published": "2021-05-05", "url": "https://post.example/1",
    }  # fmt: skip
    report = client.post("read", json=given).json()["report"]
    assert (report["title"], report["outlet"], report["url"]) == ("Shut", "Vell Post", "https://post.example/1")
    assert report["published"] == {"value": "2021-05-05", "basis": "given", "zone": None}
    dropped = client.post("read", json=given | {"published": "some day"}).json()["report"]
    assert dropped["published"] is None
    assert any("date dropped" in it for it in dropped["flags"])


def test_an_answer_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("reports")
    tag = first.headers["ETag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get("reports", headers={"If-None-Match": asked})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert client.get("reports", headers={"If-None-Match": '"other"'}).content == first.content


def test_head_and_options_are_answered_everywhere(client: TestClient, titled: Callable[[str], str]) -> None:
    for address in ("reports", f"reports/{titled('A mine did it')}/text", "ledger", "openapi.json"):
        whole, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Length"] == str(len(whole.content))
        assert client.options(address).headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.head("export/statements").status_code == 200
    assert client.options("read").headers["Allow"] == "OPTIONS, POST"


def test_nothing_sets_a_cookie_or_opens_to_other_origins(client: TestClient) -> None:
    for address in ("reports", "nowhere", "export/reports"):
        headers = client.get(address, headers={"Origin": "https://elsewhere.example"}).headers
        assert not {it for it in headers if it.startswith(("set-cookie", "access-control"))}


def test_what_takes_too_long_is_given_up_and_said_so(maine: Ledger) -> None:
    hasty = client_of(maine, Limits(list_seconds=0.0))
    found = hasty.get("search", params={"q": "mine"})
    assert found.status_code == 503
    assert found.json()["error"]["code"] == "too_slow"
    assert found.headers["Retry-After"]


def test_what_was_given_up_gives_its_turn_back(maine: Ledger) -> None:
    hasty = client_of(maine, Limits(list_seconds=0.0, searches=1, answer_seconds=60.0))
    assert {hasty.get("search", params={"q": "mine"}).status_code for _ in range(3)} == {503}
    assert hasty.get("trace", params={"q": _MINE}).status_code == 200


def test_a_list_that_passes_over_much_ends_early_and_goes_on(maine: Ledger) -> None:
    brief = client_of(maine, Limits(scan_seconds=0.0))
    pages = list(pages_of(brief, "statements?words=mine"))
    whole = client_of(maine).get("statements", params={"words": "mine"}).json()["items"]
    assert [it["id"] for page in pages for it in page["items"]] == [it["id"] for it in whole]
    assert len(pages) > len(whole)
