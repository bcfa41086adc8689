"""What a desk lets in and what a page may do: headers, hosts, origins, hostile searches, failures."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute

from sayso.web import Settings, application, failures
from sayso.web.caught import caught
from sayso.web.headers import POLICY, guarded
from sayso.web.settings import is_loopback
from tests.web.serving import FORM, Parsed, Served

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


# What is only sent, never asked for; the headers of one of them are looked at below.
ONLY_SENT = {"/keep", "/review/decide", "/review/undo", "/review/name", "/jobs/[^/]+/stop"}


def check_headers(headers: Any) -> None:
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"]


def paths_of(routes: Iterable[BaseRoute]) -> set[str]:
    """The shapes of all addresses, also of routers inside others, however this version of FastAPI holds them."""
    found = {path for route in routes if (path := getattr(route, "path", ""))}
    inner = [router.routes for route in routes if (router := getattr(route, "original_router", None)) is not None]
    return found.union(*map(paths_of, inner))


def test_every_answer_of_every_route_carries_the_policy(desk: Served, pages: dict[str, str]) -> None:
    assert POLICY == CSP
    asked = {*pages.values(), pages["archive"] + "/bytes", "/healthz", "/metrics"}
    asked |= {"/reports.atom", "/events.atom", "/forecasts.atom"}
    style = re.search(r"/static/desk-[0-9a-f]+\.css", desk.get("/").text)
    assert style
    asked.add(style[0])
    pages_alone = {path for path in paths_of(application(desk.ledger).routes) if not path.startswith("/api")}
    shapes = {re.sub(r"\{[^}]+\}", "[^/]+", path) for path in pages_alone}
    met = {shape for shape in shapes for path in asked if re.fullmatch(shape, path.partition("?")[0])}
    assert shapes - met == ONLY_SENT
    for path in asked:
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
            check_headers(desk.ask(method, path, {}).headers)
    check_headers(desk.post("/keep", {}).headers)
    check_headers(desk.get("/", Host="evil.example").headers)
    check_headers(desk.post("/keep", {}, {"Sec-Fetch-Site": "cross-site"}).headers)


def test_the_headers_alone_are_those_of_the_page(desk: Served, pages: dict[str, str]) -> None:
    for path in pages.values():
        page, head = desk.get(path), desk.ask("HEAD", path, {})
        assert (head.status, head.body) == (page.status, b"")
        assert head.headers["content-type"] == page.headers["content-type"]


def test_what_fails_without_anybody_having_foreseen_it_is_a_page_without_a_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = FastAPI()

    @app.get("/")
    def broken() -> None:
        raise ZeroDivisionError("a secret of the machine")

    app.add_middleware(caught, fail=failures.broken)
    app.add_middleware(guarded)
    answer = TestClient(app).get("/")
    assert answer.status_code == 500
    check_headers(answer.headers)
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "It is our mistake" in answer.text
    assert "a secret of the machine" in caplog.text


def test_no_page_holds_a_style_a_script_or_a_handler_of_its_own(desk: Served, pages: dict[str, str]) -> None:
    texts = [desk.get(path).text for path in pages.values()]
    texts.append(desk.post("/read", {"text": "“The dam will hold,” engineer Ida Holm said on Friday."}).text)
    for text in texts:
        for tag, found in Parsed(text).elements:
            assert tag not in ("style", "iframe", "object", "embed", "base", "img")
            assert not any(name == "style" or name.startswith("on") for name in found)
            if tag == "script":
                assert re.fullmatch(r"/static/[a-z]+-[0-9a-f]{16}\.js", found["src"])
            if tag == "link" and found["rel"] == "stylesheet":
                assert re.fullmatch(r"/static/[a-z]+-[0-9a-f]{16}\.css", found["href"])
            if tag == "a" and found["href"].startswith("http"):
                assert {"noopener", "noreferrer"} <= set(found["rel"].split())
            assert not found.get("href", "").lower().startswith(("javascript:", "data:text", "//"))
        assert ("html", {"lang": "en"}) in Parsed(text).elements


def test_assets_are_kept_for_good_and_pages_never(desk: Served) -> None:
    page = desk.get("/")
    assert page.headers["cache-control"] == "no-store"
    names = set(re.findall(r"/static/[a-z]+-[0-9a-f]{16}\.(?:css|js)", page.text))
    assert len(names) == 2
    for name in names:
        answer = desk.get(name)
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]
        assert not re.search(
            rb"url\(|@import|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", answer.body
        )
        assert answer.headers["content-type"].startswith(("text/css", "text/javascript"))


@pytest.mark.parametrize(
    ("host", "is_let_in"),
    [
        ("127.0.0.1:8480", True),
        ("127.0.0.1", True),
        ("localhost:1", True),
        ("LOCALHOST", True),
        ("[::1]:8480", True),
        ("evil.example", False),
        ("evil.example:8480", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("evil.example@127.0.0.1", False),
        ("127.0.0.1@evil.example", False),
        ("127.0.0.1:8480:8480", False),
        ("127.0.0.1:", False),
        ("2130706433", False),
        ("0x7f000001", False),
        ("127.1", False),
        ("0.0.0.0", False),
        ("[::]", False),
        ("[::ffff:127.0.0.1]", False),
        ("localhost.", False),
        ("local host", False),
        ("", False),
    ],
)
def test_the_desk_is_asked_for_under_its_own_names_alone(desk: Served, host: str, is_let_in: bool) -> None:
    answer = desk.get("/", Host=host)
    assert (answer.status == 200) is is_let_in
    if not is_let_in:
        assert answer.status == 421
        assert "Coal fire" not in answer.text


def test_two_hosts_are_none(desk: Served) -> None:
    body = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", desk.port), timeout=5) as line:
        line.sendall(body)
        assert b" 200 " not in line.recv(200)


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Sec-Fetch-Site": "SAME-ORIGIN"}, False),
        ({"Sec-Fetch-Site": "same-origin, cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "OWN"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, True),
        ({"Origin": "OWN"}, True),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "http://127.0.0.1"}, False),
        ({"Origin": "http://localhost:1"}, False),
        ({"Origin": "OWN.evil.example"}, False),
        ({"Origin": "OWN/"}, False),
        ({"Origin": "OWN, https://evil.example"}, False),
        ({"Origin": "ftp://127.0.0.1"}, False),
    ],
)
def test_only_a_page_of_the_desk_may_send_its_forms(desk: Served, headers: dict[str, str], is_let_in: bool) -> None:
    sent = {name: value.replace("OWN", desk.origin) for name, value in headers.items()}
    for path in ("/keep", "/read"):
        answer = desk.post(path, {"text": "…"}, sent)
        assert answer.status == (422 if is_let_in else 403)
    assert desk.ask("GET", "/", sent).status == 200  # a link from elsewhere may be followed


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/json", ""])
def test_a_form_is_sent_as_forms_are(desk: Served, kind: str) -> None:
    assert desk.ask("POST", "/keep", {"Content-Type": kind}, b"text=The+dam+holds").status == 400


def test_a_host_of_ones_own_can_be_allowed(desk: Served) -> None:
    client = TestClient(application(desk.ledger, Settings(hosts=("desk.example",))), base_url="http://desk.example")
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"Host": "127.0.0.1"}).status_code == 421


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("[::1]", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("192.168.0.4", False), ("example.org", False), ("", False)],
)  # fmt: skip
def test_loopback_is_this_machine_alone(host: str, own: bool) -> None:
    assert is_loopback(host) is own


HOSTILE = (
    "*", "a*", '"', '""', '"a', "-mine", "- - -", "-a -b -c", "mine -mine", "NEAR(a b)", "a AND OR NOT", "a OR b",
    "words:mine", "^mine", "{mine}", "(((((", ")" * 500, "mine" * 400, "'; DROP TABLE reports;--", "\x00", "a\x00b",
    "%", "_", "\\", "\udcff", "é" * 1000, "🧨" * 500, "\u202e" * 100, "a " * 900, '"a b" ' * 300, "mine* " * 300,
    "-mine* " * 300, "x" * 2000, "1" * 2000, "maine OR 1=1", "\n\n\n", "\t", "&&&&", "mine\r\nHost: evil",
    "<b>", "{{7*7}}", "../../etc/passwd", "r-" + "0" * 32, "c-" + "0" * 16, "NULL",
    "０１２", "İ" * 300, "ﷺ" * 200, "a\u0301" * 500, "﹏" * 300,
)  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/reports?q={}",
        "/reports?text=new&q={}",
        "/reports?outlet={}&actor={}&place={}",
        "/ask?q={}",
        "/actors?q={}",
        "/events?where={}",
        "/events?actor={}",
        "/forecasts?by={}",
    ],
)
def test_hostile_searches_are_answered_within_two_seconds_or_refused(desk: Served, path: str) -> None:
    for words in HOSTILE:
        began = time.process_time()
        answer = desk.get(path.replace("{}", quote(words, errors="replace")))
        assert time.process_time() - began < 2
        assert answer.status in (200, 303, 400)
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "query",
    ["shown=999999999", "shown=200", "since=0001&until=9999", "since=0000", "until=9999-12-31", "since=9999-99-99"],
)
def test_huge_ranges_and_deep_lists_are_bounded(desk: Served, query: str) -> None:
    for path in ("/events", "/forecasts", "/reports"):
        began = time.process_time()
        assert desk.get(f"{path}?{query}").status in (200, 400)
        assert time.process_time() - began < 2
    assert desk.get("/reports?q=mine&from=999999999").status == 200


def test_long_and_strange_requests_do_not_stop_the_desk(desk: Served) -> None:
    assert desk.get("/" + "a" * 20_000).status == 404
    assert desk.get("/reports?" + "&".join(f"q={n}" for n in range(2000))).status == 200
    assert desk.ask("BREW", "/", {}).status in (403, 405)
    assert desk.ask("POST", "/read", FORM, b"%ff%fe=%00&text=%ed%a0%80" + b"&" * 50).status in (400, 422)
    assert desk.get("/").status == 200
