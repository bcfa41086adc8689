"""A list goes on where it stood, whatever is added between its pages, and a cursor is good for its list alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from sayso.ledger import Ledger
from sayso.trace.following import follow
from sayso.vocabulary import Published, Reading, ReportId
from tests.ledger.stories import reading
from tests.web.api.conftest import client_of, pages_of

_DAYS = (None, "2021-05-01", "2021-05-02", "2021-05", "2022-01-03")


@pytest.fixture(scope="module")
def empty() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _said(number: int, day: str | None) -> Reading:
    found = reading(number)
    when = Published(day, "given") if day else None
    return replace(found, report=replace(found.report, id=ReportId(f"s{number}"), published=when))


def _ids(page: dict[str, Any]) -> list[str]:
    return [it["id"] for it in page["items"]]


_numbers = iter(range(1_000_000))
_days = st.lists(st.sampled_from(_DAYS), max_size=6)


@given(st.lists(_days, min_size=2, max_size=5), st.integers(1, 3), st.sampled_from(["reports", "statements"]))
@settings(max_examples=12, deadline=None)
def test_what_was_there_is_met_once_while_reports_are_added(
    empty: Path, batches: list[list[str | None]], size: int, kind: str
) -> None:
    numbers = iter(range(1_000))
    with Ledger(empty / f"{next(_numbers)}.db") as ledger:
        ledger.add_readings(_said(next(numbers), day) for day in batches[0])
        client = client_of(ledger)
        there = _ids(client.get(f"{kind}?limit=200").json())
        met: list[str] = []
        for page, batch in zip(pages_of(client, f"{kind}?limit={size}"), _ever(batches[1:]), strict=False):
            met += _ids(page)
            ledger.add_readings(_said(next(numbers), day) for day in batch)
        whole = _ids(client.get(f"{kind}?limit=200").json())
        assert len(met) == len(set(met))
        assert [it for it in met if it in set(there)] == there
        assert met == [it for it in whole if it in set(met)]


def _ever(batches: list[list[str | None]]) -> Iterator[list[str | None]]:
    yield from batches
    while True:
        yield []


@pytest.mark.parametrize("address", ["reports", "statements", "incidents", "events", "findings", "search?q=mine"])
def test_pages_together_are_the_whole(client: TestClient, address: str) -> None:
    mark = "&" if "?" in address else "?"
    whole = client.get(f"{address}{mark}limit=50").json()
    assert whole["next"] is None
    pages = list(pages_of(client, f"{address}{mark}limit=1"))
    assert [it for page in pages for it in page["items"]] == whole["items"]
    assert len(pages) == len(whole["items"]) > 1


def test_forecasts_go_on_too(client: TestClient) -> None:
    whole = client.get("forecasts?as_of=1900-01-01&limit=50").json()["items"]
    pages = pages_of(client, "forecasts?as_of=1900-01-01&limit=1")
    assert [it for page in pages for it in page["items"]] == whole != []


def test_the_next_page_is_named_in_the_answer_and_in_its_header(client: TestClient) -> None:
    found = client.get("reports?limit=2&outlet=Straits+Mail")
    address = found.json()["next"]
    assert address.startswith("/api/v1/reports?limit=2&outlet=Straits+Mail&cursor=")
    assert found.headers["Link"] == f'<{address}>; rel="next"'


def test_a_cursor_stays_good_with_another_size_and_other_offsets(client: TestClient) -> None:
    cursor = client.get("reports?limit=2").json()["next"].rpartition("cursor=")[2]
    again = client.get(f"reports?limit=3&offsets=utf-16&cursor={cursor}")
    assert _ids(again.json()) == _ids(client.get("reports?limit=5").json())[2:]


@pytest.mark.parametrize("other", ["statements", "reports?outlet=Bay+Courier", "incidents", "findings", "events"])
def test_a_cursor_of_another_list_is_refused(client: TestClient, other: str) -> None:
    cursor = client.get("reports?limit=2").json()["next"].rpartition("cursor=")[2]
    found = client.get(f"{other}{'&' if '?' in other else '?'}cursor={cursor}")
    assert found.status_code == 422
    assert found.json()["error"]["place"] == "query.cursor"


@given(st.text(max_size=100) | st.binary(max_size=60).map(lambda it: it.hex()))
@settings(max_examples=20, deadline=None)
def test_any_other_words_are_no_cursor(client: TestClient, words: str) -> None:
    for kind in ("reports", "statements", "findings", "events", "forecasts"):
        found = client.get(kind, params={"cursor": words})
        assert found.status_code == 422, found.text
        assert found.json()["error"]["place"] == "query.cursor"


def test_a_re_read_report_keeps_its_place(empty: Path) -> None:
    from tests.ledger.stories import NEW

    with Ledger(empty / "again.db") as ledger:
        ledger.add_readings(reading(number) for number in range(6))
        follow(ledger)
        client = client_of(ledger)
        there = _ids(client.get("statements").json())
        met = []
        for page in pages_of(client, "statements?limit=2"):
            met += _ids(page)
            ledger.add_readings(reading(number, NEW) for number in range(6))
        assert met == there
