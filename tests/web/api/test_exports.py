"""Exports give all that fits, in one state of the ledger, and a stream that broke never looks whole."""

from __future__ import annotations

import csv
import http.client
import io
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from sayso.ledger import Ledger, Where
from sayso.share.contract import reading_from_json, reading_to_json
from sayso.share.exports import json_lines
from sayso.share.exports.forms import FORMS, Format
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.registry import WRITTEN
from sayso.web.api import Limits
from tests.ledger.stories import reading
from tests.web.api.conftest import client_of, mounted

_END = "sayso/end/1"
_EMPTY = {ExportKind.TALLIES, ExportKind.DECISIONS}  # of these the example has none
_FORMATS = [(kind, form) for form, written in WRITTEN.items() for kind in written.drops]


def _lines(client: TestClient, address: str) -> list[Any]:
    *lines, end = map(json.loads, client.get(address).text.splitlines())
    assert end == {"schema": _END, "records": len(lines)}
    return lines


def _rows(client: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


@pytest.mark.parametrize(("kind", "form"), _FORMATS)
def test_every_kind_is_written_in_each_of_its_formats(client: TestClient, kind: ExportKind, form: Format) -> None:
    found = client.get(f"export/{kind}?format={form}")
    assert found.status_code == 200
    assert found.headers["Content-Disposition"] == f'attachment; filename="sayso-{kind}{FORMS[form].ending}"'
    match form:
        case Format.JSON_LINES:
            assert _lines(client, f"export/{kind}") or kind in _EMPTY
        case Format.CSV:
            rows = _rows(client, f"export/{kind}?format=csv")
            assert all(None not in row and None not in row.values() for row in rows)
            assert rows or kind in _EMPTY
        case Format.GEOJSON:
            assert found.json()["features"]


def test_readings_are_exported_without_loss(client: TestClient, maine: Ledger) -> None:
    found = {it.report.id: it for it in map(reading_from_json, _lines(client, "export/readings"))}
    kept = {it.report.id: it for it in maine.current_readings()}
    assert {id_: reading_to_json(it) for id_, it in found.items()} == {i: reading_to_json(it) for i, it in kept.items()}


def test_an_export_has_what_the_lists_have(client: TestClient, maine: Ledger) -> None:
    for kind in ("statements", "incidents"):
        assert _lines(client, f"export/{kind}") == client.get(f"{kind}?limit=200").json()["items"]
    assert _lines(client, "export/events") == client.get("events?limit=50").json()["items"]
    assert _lines(client, "export/findings") == client.get("findings?limit=200").json()["items"]
    asked = "as_of=1900-01-01"
    assert _lines(client, f"export/forecasts?{asked}") == client.get(f"forecasts?limit=50&{asked}").json()["items"]
    incidents = [it for found in maine.current_readings() for it in json_lines.lines(found) if it["kind"] == "incident"]
    assert sorted(it["id"] for it in _lines(client, "export/incidents")) == sorted(it["id"] for it in incidents)


def test_every_statement_stands_in_one_exported_claim(client: TestClient, maine: Ledger) -> None:
    claims = _lines(client, "export/claims")
    ids = [it["id"] for it in claims]
    assert len(ids) == len(set(ids))
    members = [(it["report"], it["statement"]) for claim in claims for it in claim["members"]]
    assert len(members) == len(set(members))
    for claim in claims[:5]:
        told = client.get(f"claims/{claim['id']}").json()["claims"][0]
        assert {(it["report"]["report"], it["statement"]) for it in told["timeline"]} == {
            (it["report"], it["statement"]) for it in claim["members"]
        }
    kept = {(it.reading.report.id, it.item.id) for it in maine.statements()}
    assert set(members) <= kept
    assert {report for report, _ in members} == {report for report, _ in kept}


def test_exports_obey_what_is_asked(client: TestClient, maine: Ledger) -> None:
    said = _rows(client, "export/statements?format=csv&stance=denies")
    kept = list(maine.statements(Where(stance="denies")))
    assert {(it["report"], it["statement"]) for it in said} == {(it.reading.report.id, it.item.id) for it in kept}
    assert said
    outlet = _rows(client, "export/reports?format=csv&outlet=Bay+Courier")
    assert {it["outlet"] for it in outlet} == {"Bay Courier"}
    shelled = _rows(client, "export/incidents?format=csv&type=Shelling/artillery/missile+attack")
    assert {it["sub_event_type"] for it in shelled} == {"Shelling/artillery/missile attack"}
    assert {it["event_id_cnty"] for it in shelled} < {
        it["event_id_cnty"] for it in _rows(client, "export/incidents?format=csv")
    }


def test_a_cell_is_no_formula(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        found = reading(1)
        from dataclasses import replace

        ledger.add_readings([replace(found, report=replace(found.report, title="=1+1", outlet="@x"))])
        (row,) = _rows(client_of(ledger), "export/reports?format=csv")
        assert (row["title"], row["outlet"]) == ("'=1+1", "'@x")
        (row,) = _rows(client_of(ledger), "export/statements?format=csv")
        assert row["outlet"] == "'@x"


@pytest.fixture
def served() -> Iterator[Callable[[Ledger], int]]:
    """Serves a ledger's API over real HTTP, with one export at a time; the port."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(ledger: Ledger) -> int:
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(mounted(ledger, Limits(exports=1)), log_level="critical", lifespan="off")
        )
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        running.append((server, thread))
        return int(listening.getsockname()[1])

    yield serve
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


def _half_broken(folder: Path, number: int) -> Ledger:
    """A ledger in which one of the last readings of an export cannot be taken out."""
    ledger = Ledger(folder / "l.db")
    ledger.add_readings(reading(it) for it in range(number))
    with ledger.writing() as connection:
        last = "SELECT text FROM reports ORDER BY day DESC, id DESC LIMIT 1"
        connection.exec_driver_sql(f"UPDATE texts SET data = x'00' WHERE number = ({last})")
    return ledger


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_stream_that_breaks_midway_is_seen_to_be_broken(
    tmp_path: Path, served: Callable[[Ledger], int], form: str
) -> None:
    with _half_broken(tmp_path, 400) as ledger:
        connection = http.client.HTTPConnection("127.0.0.1", served(ledger), timeout=30)
        with closing(connection):
            connection.request("GET", f"/api/v1/export/statements?format={form}")
            found = connection.getresponse()
            assert found.status == 200
            with pytest.raises(http.client.IncompleteRead) as broken:
                found.read()
        assert len(broken.value.partial) > 10_000
        assert _END.encode() not in broken.value.partial


def test_what_breaks_before_the_stream_begins_has_a_status(tmp_path: Path) -> None:
    with _half_broken(tmp_path, 1) as ledger:
        found = client_of(ledger).get("export/statements")
        assert (found.status_code, found.json()["error"]["code"]) == (500, "ledger_damaged")


def test_a_whole_stream_over_real_http_has_its_end(maine: Ledger, served: Callable[[Ledger], int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served(maine), timeout=30)
    with closing(connection):
        connection.request("GET", "/api/v1/export/statements")
        found = connection.getresponse()
        assert found.headers["Transfer-Encoding"] == "chunked"
        *lines, end = found.read().splitlines()
    assert json.loads(end)["records"] == len(lines)


def test_http_1_0_gets_only_what_ends_with_a_mark(maine: Ledger, served: Callable[[Ledger], int]) -> None:
    port = served(maine)
    for form, status in (("csv", b"505"), ("jsonl", b"200")):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as raw:
            raw.sendall(f"GET /api/v1/export/statements?format={form} HTTP/1.0\r\n\r\n".encode())
            data = b"".join(iter(lambda: raw.recv(65_536), b""))
        assert data.split()[1] == status
        assert (_END.encode() in data) == (form == "jsonl")


def test_an_export_sees_one_state_of_the_ledger(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add_readings(reading(it) for it in range(300))
        with client_of(ledger).stream("GET", "export/statements") as found:
            parts = found.iter_lines()
            lines = [next(parts)]
            ledger.add_readings(reading(it) for it in range(300, 310))
            lines += parts
        assert json.loads(lines[-1]) == {"schema": _END, "records": 300}


def test_only_so_many_exports_run_at_once_and_each_gives_its_turn_back(maine: Ledger) -> None:
    one = client_of(maine, Limits(exports=1))
    for kind in ("reports", "claims", "reports", "events"):
        assert one.get(f"export/{kind}").status_code == 200
    full = client_of(maine, Limits(exports=0)).get("export/reports")
    assert (full.status_code, full.json()["error"]["code"]) == (503, "busy")


def test_who_goes_away_midway_gives_the_turn_back(tmp_path: Path, served: Callable[[Ledger], int]) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add_readings(reading(it) for it in range(300))
        port = served(ledger)
        with socket.create_connection(("127.0.0.1", port), timeout=30) as raw:
            raw.sendall(b"GET /api/v1/export/statements HTTP/1.1\r\nHost: x\r\n\r\n")
            assert raw.recv(100)
        assert _status_in_the_end(port) == 200


def _status_in_the_end(port: int) -> int:
    """The status of another export, asked for until it is not refused for want of a turn."""
    until = time.monotonic() + 30
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        with closing(connection):
            connection.request("GET", "/api/v1/export/reports")
            found = connection.getresponse()
            found.read()
        if found.status != 503 or time.monotonic() > until:
            return found.status
        time.sleep(0.05)
