from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from sayso.share import page
from sayso.share.segments import paragraphs
from sayso.share.visible import visible
from sayso.vocabulary import Published, Reading, Report, report_id
from tests.page.readings import attacked, besieged, right_to_left
from tests.page.valley import valley
from tests.share.examples import READER, harbour
from tests.share.hostile import PAYLOADS
from tests.share.strategies import readings

# fmt: off
ELEMENTS = {
    "html", "head", "meta", "link", "title", "style", "body", "nav", "a", "div", "main", "header",
    "p", "bdi", "h1", "span", "time", "ul", "ol", "li", "dl", "dt", "dd", "section", "article",
    "aside", "button", "h2", "h3", "blockquote", "footer", "script", "b", "wbr",
    "table", "thead", "tbody", "tr", "th", "td", "svg", "desc", "g", "circle", "path", "rect", "text",
}
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "dir",
    "aria-label", "aria-labelledby", "aria-live", "aria-pressed", "role", "tabindex", "datetime",
    "type", "hidden", "data-s", "data-m", "data-go", "data-numbers", "scope", "aria-hidden",
    "viewbox", "preserveaspectratio", "cx", "cy", "r", "x", "y", "width", "height", "d", "text-anchor",
}
# fmt: on


class Parsed(HTMLParser):
    """What a page consists of, by an HTML parser."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.comments: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def check(html: str) -> None:
    """Nothing is in the page but what the page itself puts there."""
    parsed = Parsed(html)
    assert set(parsed.elements) <= ELEMENTS
    assert {name for name, _ in parsed.attributes} <= ATTRIBUTES
    assert parsed.elements.count("script") == parsed.elements.count("style") == 1
    assert parsed.comments == []
    links = [value for name, value in parsed.attributes if name == "href"]
    assert all(re.match(r"(#|data:,$|https?://)", link) for link in links)
    html.encode("utf-8")


@pytest.mark.parametrize("payloads", [PAYLOADS, tuple(reversed(PAYLOADS)), *((payload,) for payload in PAYLOADS[::7])])
def test_hostile_words_stay_words(payloads: tuple[str, ...]) -> None:
    check(page(attacked(payloads)))


@pytest.mark.parametrize("payloads", [PAYLOADS, PAYLOADS[::-1]])
def test_hostile_names_of_places_times_and_happenings_stay_words(payloads: tuple[str, ...]) -> None:
    check(page(besieged(payloads)))


@given(readings())
@settings(max_examples=50, deadline=None)
def test_any_reading_makes_a_page(reading: Reading) -> None:
    check(page(reading))


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else() -> None:
    html = page(harbour())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    hashes = {
        name: base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        for name in ("style", "script")
        if (found := re.search(f"<{name}>(.*?)</{name}>", html, re.DOTALL))
    }
    assert policy[1].replace("&#x27;", "'") == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; script-src 'sha256-{hashes['script']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert html.index("Content-Security-Policy") < html.index("<style>")


def test_the_style_and_script_ask_for_nothing_and_build_no_markup() -> None:
    html = page(harbour())
    assert not re.search(r"url\(|@import|@font-face", html)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|XMLHttp", html)


def shown_text(reading: Reading) -> str:
    """The words of the report on its page, without the signs of statements and happenings."""
    article = page(reading).split("<article", 1)[1].split("</article>", 1)[0]
    without_signs = re.sub(r'<a class="ref.*?</a>', "", article, flags=re.DOTALL)
    return "".join(Parsed(f"<article{without_signs}").words)


@pytest.mark.parametrize("reading", [harbour(), valley(), right_to_left()])
def test_the_text_stands_there_whole(reading: Reading) -> None:
    assert shown_text(reading) == "".join(reading.report.text.splitlines())


@given(readings())
@settings(max_examples=60, deadline=None)
def test_the_text_stands_there_whole_however_things_overlap(reading: Reading) -> None:
    text = reading.report.text
    assert shown_text(reading) == "".join(visible(line.of(text)) for line in paragraphs(text))


@given(readings())
@settings(max_examples=40, deadline=None)
def test_every_id_is_there_once_and_every_control_shows_something(reading: Reading) -> None:
    attributes = Parsed(page(reading)).attributes
    ids = [value for name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))
    shown = {value if value[0].isalpha() else f"n{value}" for name, value in attributes if name == "data-go"}
    assert shown <= set(ids)


def test_equal_readings_make_equal_pages() -> None:
    assert page(harbour()) == page(harbour())


def test_only_web_addresses_become_links() -> None:
    for url, linked in (
        ("https://a.example/x", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
    ):
        report = Report(report_id("t"), "t", url=url)
        assert (f'href="{url}"' in page(Reading(report, READER))) is linked


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2022-08-19", "19 August 2022"),
        ("2022-08-19T07:05:00+03:00", "19 August 2022, 07:05"),
        ("2022-08", "2022-08"),
        ("soon", "soon"),
    ],
)
def test_dates_are_written_out_where_they_are_dates(value: str, shown: str) -> None:
    report = Report(report_id("t"), "t", published=Published(value, "given"))
    assert f">{shown}</time>" in page(Reading(report, READER))
