"""A saved search is a feed that any reader can poll: stable ids, times, and nothing sent again that has not changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from starlette.testclient import TestClient

from sayso.gather import gather
from sayso.ledger import Ledger
from sayso.trace.following import follow
from sayso.vocabulary import Published, Report
from sayso.web import application
from sayso.web.headers import POLICY
from tests.ledger.stories import capture
from tests.share.ferry import ferry
from tests.share.hostile import OTHERS
from tests.share.shelled import shelled

_LISTS = ("reports", "events", "forecasts")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "l.db") as made:
        made.add(*(capture(it, captured=f"2021-04-0{it + 1}T08:00:00Z") for it in range(3)), read=False)
        made.add_readings([ferry(), shelled(1)])
        follow(made)
        yield made


def _client(ledger: Ledger, host: str = "127.0.0.1") -> TestClient:
    return TestClient(application(ledger), base_url=f"http://{host}", raise_server_exceptions=False)


def _feed(client: TestClient, address: str) -> Any:
    found = client.get(address)
    assert found.status_code == 200, found.text
    assert found.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert found.headers["Content-Security-Policy"] == POLICY
    read = feedparser.parse(found.content)
    assert not read.bozo, read.bozo_exception
    assert read.version == "atom10"
    return read


@pytest.mark.parametrize("name", _LISTS)
def test_each_list_is_a_feed_with_entries_that_lead_to_its_pages(ledger: Ledger, name: str) -> None:
    client = _client(ledger)
    read = _feed(client, f"/{name}.atom")
    assert read.feed.id.startswith("urn:uuid:")
    assert read.entries
    assert len({it.id for it in read.entries}) == len(read.entries)
    for entry in read.entries:
        assert all((entry.updated_parsed, entry.title, entry.author, entry.summary))
        assert client.get(entry.link).status_code == 200
    assert read.feed.updated == max(it.updated for it in read.entries)


@pytest.mark.parametrize("name", _LISTS)
def test_a_page_of_a_list_names_its_feed_narrowed_alike(ledger: Ledger, name: str) -> None:
    page = _client(ledger).get(f"/{name}?since=2020&place=x").text
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert f'href="/{name}.atom?' in page


def test_a_feed_is_narrowed_like_its_list_and_the_last_that_came_stands_first(ledger: Ledger) -> None:
    client = _client(ledger)
    assert [it.title for it in _feed(client, "/reports.atom?q=weir").entries] == ["Weir 2", "Weir 1", "Weir 0"]
    assert [it.title for it in _feed(client, "/reports.atom?q=weir&outlet=Vell+Post").entries] == ["Weir 0"]
    assert not _feed(client, "/reports.atom?q=-weir").entries
    late = capture(7, captured="2021-05-01T08:00:00Z")
    old = replace(late, report=replace(late.report, published=Published("1999-01-01", "given")))
    ledger.add(old, read=False)
    assert _feed(client, "/reports.atom?q=weir").entries[0].title == "Weir 7"


def test_ids_do_not_depend_on_where_the_desk_is_reached(ledger: Ledger) -> None:
    here, there = (_feed(_client(ledger, host), "/reports.atom?q=weir") for host in ("127.0.0.1", "localhost"))
    assert here.feed.id == there.feed.id
    assert [it.id for it in here.entries] == [it.id for it in there.entries]
    assert here.feed.id != _feed(_client(ledger), "/reports.atom?q=dam").feed.id


def test_an_unchanged_feed_is_not_sent_again(ledger: Ledger) -> None:
    client = _client(ledger)
    first = client.get("/reports.atom?q=weir")
    again = client.get("/reports.atom?q=weir", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ledger.add(capture(9), read=False)
    assert client.get("/reports.atom?q=weir", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_an_event_is_new_again_when_another_report_tells_of_it(ledger: Ledger) -> None:
    client = _client(ledger)
    (before,) = _feed(client, "/events.atom").entries
    ledger.add_readings([shelled(2, "2031-05-09", 5)])
    (after,) = _feed(client, "/events.atom").entries
    assert after.id == before.id
    assert after.updated > before.updated


def test_our_own_reader_takes_the_feed(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(_client(ledger).get("/reports.atom?q=weir").content)
    found = [it for it in gather([str(tmp_path / "feed.xml")]) if isinstance(it, Report)]
    assert [it.title for it in found] == ["Weir 2", "Weir 1", "Weir 0"]


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as made:
        for number, words in enumerate(OTHERS):
            it = capture(number)
            title = words.encode("utf-8", "replace").decode()
            made.add(replace(it, report=replace(it.report, title=title, outlet=title, url=None)), read=False)
        read = _feed(_client(made), "/reports.atom")
        assert len(read.entries) == len(OTHERS)
        found = _client(made).get("/reports.atom", params={"q": "\x00\ufffe<b>", "outlet": "\x1b[2J"})
        assert found.status_code == 200
        assert not feedparser.parse(found.content).bozo


def test_what_is_no_day_is_refused_on_a_feed_as_on_its_list(ledger: Ledger) -> None:
    assert (
        _client(ledger).get("/reports.atom?since=soon").status_code
        == _client(ledger).get("/reports?since=soon").status_code
    )
