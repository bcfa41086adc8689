"""A desk over real HTTP, and asking it without any help from a client library."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from importlib import resources
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import uvicorn

from sayso import Ledger
from sayso.record import import_findings
from sayso.record.store import add
from sayso.trace.following import follow
from sayso.vocabulary import Finding
from sayso.web import Settings, application
from sayso.web.accounts.store import Store

MAINE = Path(str(resources.files("sayso") / "examples" / "maine"))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What a desk answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Served:
    """A desk that is open, with its ledger."""

    ledger: Ledger
    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("POST", path, FORM | dict(headers or {}), urlencode(fields).encode())

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            came = connection.getresponse()
            found = {name.lower(): value for name, value in came.getheaders()}
            return Answer(came.status, found, came.read())
        finally:
            connection.close()


@contextmanager
def served(ledger: Ledger, settings: Settings | None = None, accounts: Store | None = None) -> Iterator[Served]:
    """A desk of a ledger, open on a free port of this machine until the block ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application(ledger, settings, accounts), log_level="critical"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Served(ledger, int(listener.getsockname()[1]))
        server.should_exit = True
        thread.join(10)


def example(place: Path) -> Ledger:
    """The shipped ledger of the loss of the Maine, made anew at a place."""
    ledger = Ledger(place)
    ledger.add(MAINE / "reports.jsonl")
    add(ledger, (it for it in import_findings([str(MAINE / "findings.json")]) if isinstance(it, Finding)))
    follow(ledger)
    return ledger


class Parsed(HTMLParser):
    """What a page consists of, by an HTML parser: elements with their attributes, and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def links(self) -> list[str]:
        return [found["href"] for tag, found in self.elements if tag == "a" and "href" in found]

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.words).split())
