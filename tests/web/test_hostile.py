"""A ledger full of attacks: whatever reports say, wherever they say it, it stays words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest

from sayso import Ledger
from sayso.trace.following import follow
from tests.share.hostile import PAYLOADS
from tests.web.conftest import Visitor
from tests.web.serving import Parsed, Served, served

ELEMENTS = {
    "html", "head", "meta", "link", "title", "body", "nav", "a", "div", "main", "header", "p", "bdi", "h1", "h2", "h3",
    "h4", "span", "time", "ul", "ol", "li", "dl", "dt", "dd", "section", "article", "aside", "button", "blockquote",
    "footer", "script", "b", "wbr", "table", "thead", "tbody", "tr", "th", "td", "svg", "desc", "g", "circle", "path",
    "rect", "text", "form", "label", "input", "select", "option", "textarea", "fieldset", "legend", "dialog", "kbd",
    "code", "mark", "del", "ins", "details", "summary", "pre", "q", "figure",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "content", "name", "rel", "href", "class", "id", "dir", "aria-label", "aria-labelledby",
    "aria-live", "aria-pressed", "aria-current", "aria-hidden", "role", "tabindex", "datetime", "type", "hidden",
    "data-s", "data-m", "data-go", "data-numbers", "scope", "viewbox", "preserveaspectratio", "cx", "cy", "r", "x", "y",
    "width", "height", "d", "text-anchor", "transform", "src", "defer", "action", "method", "for", "value",
    "placeholder", "maxlength", "selected", "checked", "autocomplete", "open", "rows", "required",
}  # fmt: skip
_AT_ONCE = 24  # payloads in each field of a report that is read
_QUESTIONS = (
    "/reports?q={0}&outlet={0}&place={0}", "/ask?q={0}", "/actors?q={0}", "/events?where={0}&actor={0}",
    "/forecasts?by={0}", "/reports?since={0}", "/reports?stance={0}", "/nowhere/{0}",
)  # fmt: skip


def single() -> Iterator[dict[str, str]]:
    """A report for each payload, alone in each field that comes from outside; no two share many other letters."""
    for number, payload in enumerate(PAYLOADS):
        other = " ".join(sha256(f"{number} {n}".encode()).hexdigest() for n in range(4))
        yield dict.fromkeys(("title", "author", "outlet", "url"), payload) | {
            "id": f"{payload} {number}",
            "text": f"{payload} {other}",
            "date": "2030-05-01",
        }


def several() -> Iterator[dict[str, str]]:
    """Reports in which all payloads stand in each field, two dozen at a time, and others in the fields beside it."""
    for number in range(0, len(PAYLOADS), _AT_ONCE):
        words = [" ".join(PAYLOADS[(number + 31 * k + n) % len(PAYLOADS)] for n in range(_AT_ONCE)) for k in range(7)]
        title, author, outlet, url, body, name, said = words
        yield {
            "id": name,
            "title": title,
            "author": author,
            "outlet": outlet,
            "url": url,
            "date": f"2031-05-{1 + number % 28:02}",
            "language": "en",
            "text": f"“{body} is here,” Orla Brandt of Vell said on Monday {number}.\n\nThe so-called Reed Guard "
            f"killed {number + 2} people in Havana on 4 May 2031, {said} warned.",
        }


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("attacked")
    named = folder / "\"><img src=x onerror=window.hit=1>'\u202e.jsonl"
    with Ledger(folder / "attacked.db") as ledger:
        for rows, is_read in ((several(), True), (single(), False)):
            named.write_text("".join(json.dumps(row) + "\n" for row in rows))
            ledger.add(named, read=is_read)
        follow(ledger)
        with served(ledger) as desk:
            yield desk


def check(html: str) -> None:
    """Nothing is in the page but what the page itself puts there."""
    page = Parsed(html)
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    assert {name for _, found in page.elements for name in found} <= ATTRIBUTES
    for tag, found in page.elements:
        if tag in ("script", "link") and found.get("rel") != "alternate":
            assert (found.get("src") or found["href"]).startswith(("/static/", "data:,"))
        if found.get("rel") == "alternate":
            assert re.match(r"/[a-z]+\.atom(\?|$)", found["href"])
        assert tag != "form" or found.get("action", "/").startswith("/")
        if tag == "a":
            assert found["href"].startswith(("/", "#", "http://", "https://"))
            assert not found["href"].startswith("//")


def read_in(desk: Served) -> list[str]:
    """The addresses of the reports in which all payloads stand."""
    return [f"/reports/{report.id}" for report in desk.ledger.reports() if "Orla Brandt of Vell" in report.text]


def lists_of(desk: Served) -> list[str]:
    """All pages of the inbox, by their addresses."""
    paths = ["/reports"]
    while further := next((it for it in Parsed(desk.get(paths[-1]).text).links() if "after=" in it), None):
        paths.append(further)
    return paths


def test_every_page_of_an_attacked_ledger_holds_nothing_but_words(attacked: Served) -> None:
    reports = [report.id for report in attacked.ledger.reports()]
    assert len(reports) > 240
    for report in reports:
        check(attacked.get(f"/reports/{report}").text)
    for path in read_in(attacked):
        check(attacked.get(f"{path}/archive/1").text)
    for path in lists_of(attacked):
        check(attacked.get(path).text)


def test_hostile_questions_stay_words(attacked: Served) -> None:
    for number, payload in enumerate(PAYLOADS):
        words = quote(payload[:400], errors="replace")
        check(attacked.get(_QUESTIONS[number % len(_QUESTIONS)].format(words)).text)


def test_hostile_texts_that_are_pasted_stay_words(attacked: Served) -> None:
    for payload in PAYLOADS[::16]:
        text = payload.encode("utf-8", "replace").decode()
        fields = {"text": f"“{text},” Orla Brandt said.", "title": text, "outlet": text, "author": text}
        check(attacked.post("/read", fields).text)


def test_nothing_is_run_or_asked_for_in_a_browser(attacked: Served, visit: Visitor) -> None:
    page = visit(attacked, "/")
    for path in lists_of(attacked):
        page.goto(attacked.origin + path)
        assert page.locator(".items > li").count() > 0
    for path in read_in(attacked):
        page.goto(attacked.origin + path)
        page.keyboard.press("j")
    page.goto(f"{attacked.origin}{read_in(attacked)[0]}/archive/1")
    for path in ("/events", "/forecasts", "/actors?q=brandt", "/ask?q=guard+killed+3+people+in+Havana"):
        page.goto(attacked.origin + path)
    for at in range(0, len(PAYLOADS), _AT_ONCE):
        words = " ".join(PAYLOADS[at : at + _AT_ONCE])[:1900]
        page.goto(f"{attacked.origin}/reports?q={quote(words, errors='replace')}")


def test_what_turns_lines_around_is_shown_as_a_sign(attacked: Served) -> None:
    texts = [attacked.get(path).text for path in (*lists_of(attacked), *read_in(attacked)[::5])]
    for text in texts:
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(text)
    assert any("⟨U+202E⟩" in text for text in texts)
