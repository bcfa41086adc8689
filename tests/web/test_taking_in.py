"""Adding from the browser: files of any kind and name, addresses through the guard, and how it goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from starlette.datastructures import UploadFile

from sayso.ledger import Ledger
from sayso.web import Settings
from sayso.web.jobs import Bounds, Input, Jobs, State
from sayso.web.jobs.receiving import planned
from sayso.web.jobs.records import fresh, place_of, save
from tests.gather import archives
from tests.web.conftest import Visitor
from tests.web.serving import Answer, Parsed, Served, served

STORY = "“The quay is dry,” harbour master Orla Brandt said on Monday. She denied that divers had been sent to Vell."
PAGE = f"<!doctype html><html><head><title>The quay</title></head><body><article><p>{STORY}</p></article></body></html>"
HOSTILE = '"><img src=x onerror="window.hit=1"><script>window.hit=1<&#47;script>.txt'


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Served]:
    with Ledger(tmp_path / "empty.db") as ledger, served(ledger) as opened:
        yield opened


def send(desk: Served, files: list[tuple[str, bytes]], addresses: str = "", path: str = "/add") -> Answer:
    parts = []
    for name, data in files:
        cut = name.encode("utf-8", "surrogatepass").replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")
        head = b'Content-Disposition: form-data; name="files"; filename="' + cut + b'"\r\nContent-Type: image/png'
        parts.append(head + b"\r\n\r\n" + data + b"\r\n")
    parts.append(b'Content-Disposition: form-data; name="addresses"\r\n\r\n' + addresses.encode() + b"\r\n")
    body = b"".join(b"--limit\r\n" + part for part in parts) + b"--limit--\r\n"
    return desk.ask("POST", path, {"Content-Type": "multipart/form-data; boundary=limit"}, body)


def ended(desk: Served, location: str) -> dict[str, Any]:
    """A job when it has ended."""
    for _ in range(600):
        found: dict[str, Any] = json.loads(desk.get(f"/api/v1{location}").text)
        if found["state"] in ("done", "stopped", "interrupted"):
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def test_a_file_is_chosen_sent_and_found_among_the_reports(empty_desk: Served, visit: Visitor, tmp_path: Path) -> None:
    (tmp_path / "quay.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    page = visit(empty_desk, "/")
    page.get_by_role("link", name="add files or addresses").click()
    page.locator("#f-files").set_input_files([tmp_path / "quay.html", tmp_path / "broken.pdf"])
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/jobs/j-*")
    expect(page.locator("#progress")).to_contain_text("Added and traced", timeout=60_000)
    expect(page.locator(".inputs > li").nth(0)).to_contain_text("1 added")
    expect(page.locator(".inputs > li").nth(1)).to_contain_text("Not taken: broken.pdf")
    page.get_by_role("link", name="The reports").click()
    expect(page.locator("a.item").first).to_have_text("The quay")
    page.goto(empty_desk.origin + "/jobs")
    expect(page.locator("a.item").first).to_have_text("quay.html, broken.pdf")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("../../../etc/passwd", STORY.encode()),
        ("..\\..\\boot.ini", STORY.encode()),
        ("CON", STORY.encode()),
        ("-rf", STORY.encode()),
        ("\x01\x7f\u202etxt.exe", STORY.encode()),
        ("x" * 300, STORY.encode()),
        (HOSTILE, STORY.encode()),
        ("page.pdf", PAGE.encode()),  # what it is, its content tells
        ("page.jsonl", PAGE.encode()),
        ("archive", archives.warc(archives.record(archives.note()))),
        ("archive.txt", archives.wacz()),
        ("paper.html", archives.pdf(["The pier at Norrvik opens in spring, mayor Ida Holm said on Monday."])),
        ("rows", json.dumps({"text": STORY}).encode()),
        ("rows.txt", json.dumps({"text": STORY}).encode()),
        ("rows.csv", f'title,text\nThe quay,"{STORY.replace("“", "").replace("”", "")}"\n'.encode()),
    ],
)
def test_whatever_a_file_is_called_it_is_what_it_holds(desk: Served, name: str, data: bytes, tmp_path: Path) -> None:
    with Ledger(tmp_path / "own.db") as ledger:
        jobs = Jobs(ledger)
        job = planned(jobs, "R. Meer", [UploadFile(BytesIO(data), filename=name)], [])
        while not (found := jobs.one(job.id)).ended:  # type: ignore[union-attr]
            time.sleep(0.02)
        assert found is not None
        assert (found.state, found.inputs[0].new, found.inputs[0].problems) == (
            State.DONE,
            max(1, found.inputs[0].new),
            (),
        )
        assert [it.name for it in tmp_path.iterdir() if not it.name.startswith("own.db")] == []
        assert [it.suffix for it in place_of(ledger).iterdir()] == [".json"]  # what was sent is gone from there
        jobs.close()
    shown = found.inputs[0].name
    assert len(shown) <= 200
    assert not {"/", "\\", "\x01", "\u202e"} & {*shown}


def test_one_input_that_fails_costs_no_other(own_desk: Served) -> None:
    archive = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\ncut"
    private = "http://127.0.0.1/a\nhttp://169.254.169.254/latest\nhttp://[::1]/"
    sent = send(own_desk, [("cut.warc", archive), ("empty.txt", b""), ("quay.txt", STORY.encode())], private)
    assert sent.status == 303
    found = ended(own_desk, sent.headers["location"])
    assert found["state"] == "done"
    assert [it["new"] for it in found["inputs"]] == [0, 0, 1, 0, 0, 0]
    assert all(it["failed"] for it in found["inputs"] if not it["new"])
    assert all(it["state"] == "done" for it in found["inputs"])
    again = ended(own_desk, send(own_desk, [("quay.txt", STORY.encode())]).headers["location"])
    assert (again["inputs"][0]["new"], again["inputs"][0]["known"]) == (0, 1)


def test_names_of_files_are_words_and_nothing_else(own_desk: Served, visit: Visitor) -> None:
    location = send(own_desk, [(HOSTILE, b"")]).headers["location"]
    ended(own_desk, location)
    for path in (location, "/jobs"):
        page = visit(own_desk, path)
        expect(page.locator("main")).to_contain_text("img src=x")


def part(name: str, rest: str = "", content: str = "") -> bytes:
    return f'--x\r\nContent-Disposition: form-data; name="{name}"{rest}\r\n\r\n{content}\r\n'.encode()


MULTIPART = "multipart/form-data; boundary=x"
MANY = b"".join(part("files", f'; filename="{number}"', "a") for number in range(60))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data"),
        (b"--x\r\nno", MULTIPART),
        (b"--x\r\n" * 100, MULTIPART),
        (b"addresses=https://a.example", "application/x-www-form-urlencoded"),
        (part("files") + b"--x--\r\n", MULTIPART),
        (MANY + b"--x--\r\n", MULTIPART),
        (part("addresses", "", "file:///etc/passwd") + b"--x--\r\n", MULTIPART),
    ],
)
def test_what_is_no_form_is_refused(desk: Served, body: bytes, kind: str) -> None:
    answer = desk.ask("POST", "/add", {"Content-Type": kind}, body)
    assert answer.status == 400, answer.text
    assert "Traceback" not in answer.text
    told = desk.ask("POST", "/api/v1/jobs", {"Content-Type": kind}, body)
    assert told.status in (415, 422)
    assert json.loads(told.text)["error"]["cure"]


def test_more_than_the_limit_is_refused_while_it_comes(tmp_path: Path) -> None:
    with (
        Ledger(tmp_path / "own.db") as ledger,
        served(ledger, Settings(bounds=Bounds(upload_bytes=20_000))) as desk,
    ):
        assert send(desk, [("a.txt", b"a" * 30_000)]).status == 413
        assert send(desk, [("a.txt", STORY.encode())]).status == 303


def test_a_job_of_a_desk_that_is_gone_is_told_as_interrupted(tmp_path: Path) -> None:
    with Ledger(tmp_path / "own.db") as ledger:
        left = fresh("R. Meer", (Input("a.txt", "0", State.RUNNING, new=3),))
        save(place_of(ledger), left)
        found = Jobs(ledger).one(left.id)
        assert found is not None
        assert found.state is State.INTERRUPTED
        assert "What was acknowledged until then is in the ledger" in found.said
        assert found.inputs[0].new == 3


def test_a_job_is_stopped_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"{STORY} It was the {n}. time."}) + "\n" for n in range(400)).encode()
    with Ledger(tmp_path / "own.db") as ledger:
        jobs = Jobs(ledger)
        files = [UploadFile(BytesIO(rows), filename=f"{n}.jsonl") for n in range(2)]
        job = planned(jobs, "R. Meer", files, [])
        while not ((found := jobs.one(job.id)) and found.inputs[0].new):
            time.sleep(0.02)
        jobs.stop(job.id)
        while not ((found := jobs.one(job.id)) and found.ended):
            time.sleep(0.02)
        assert found.state is State.STOPPED
        assert 0 < found.inputs[0].new < 400
        assert found.inputs[1].new == 0
        assert sum(1 for _ in ledger.reports()) == found.inputs[0].new
        jobs.close()


def test_jobs_are_started_listed_and_stopped_over_http(own_desk: Served) -> None:
    def asked(method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": "application/json"} if data else {}
        return json.loads(own_desk.ask(method, f"/api/v1{path}", headers, data).text)

    made = asked("POST", "/jobs", {"addresses": ["http://127.0.0.1/"]})
    assert ended(own_desk, f"/jobs/{made['id']}")["inputs"][0]["failed"] == 1
    assert [it["id"] for it in asked("GET", "/jobs")["items"]] == [made["id"]]
    assert asked("DELETE", f"/jobs/{made['id']}")["state"] == "done"
    assert asked("DELETE", "/jobs/j-0")["error"]["code"] == "not_there"
    assert asked("POST", "/jobs", {"addresses": ["ftp://a.example"]})["error"]["code"] == "sayso_error"
    assert own_desk.get("/jobs/../x").status == 404
    assert own_desk.post("/jobs/j-0/stop", {}).status == 404


def test_without_a_script_the_page_of_a_job_asks_for_itself_again(own_desk: Served) -> None:
    found = Parsed(own_desk.get("/jobs").text).said
    assert "Nothing was added from the browser yet" in found
    location = send(own_desk, [("a.txt", STORY.encode() * 2)]).headers["location"]
    first = own_desk.get(location).text
    assert ('http-equiv="refresh"' in first) is ("data-ended" not in first)
    ended(own_desk, location)
    assert 'http-equiv="refresh"' not in own_desk.get(location).text
