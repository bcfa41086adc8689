"""The page of an answer: complete, harmless whatever the reports say, readable on any device."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sayso import Ledger
from sayso.record import import_findings
from sayso.record.store import add
from sayso.share.markup import policy_hash
from sayso.share.tracing import trace_page
from sayso.trace.answers import Trace, trace
from sayso.vocabulary import Finding, Polarity
from tests.page.conftest import Opener
from tests.page.test_browser import FAINT_WORDS, PHONE
from tests.page.test_markup import ATTRIBUTES, ELEMENTS, Parsed
from tests.share.hostile import PAYLOADS
from tests.trace.answers.newspapers import named, written

MAINE = Path(str(resources.files("sayso") / "examples" / "maine"))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Trace]:
    """Answers with all there can be: copies, denials, labels, forecasts, events, findings, and a report."""
    folder = tmp_path_factory.mktemp("traced")
    with Ledger(folder / "papers.db") as papers, Ledger(folder / "maine.db") as maine:
        papers.add(written(folder))
        maine.add(MAINE / "reports.jsonl")
        add(maine, (it for it in import_findings([str(MAINE / "findings.json")]) if isinstance(it, Finding)))
        return {
            "copies": trace(papers, "the reed guard opened the weir at Tarnholm"),
            "report": trace(papers, named(papers)["edited"]),
            "forecast": trace(maine, "American warships would shell the coast of Cuba"),
            "event": trace(maine, "A mine outside the ship caused the explosion that destroyed the Maine in Havana"),
            "maine": trace(maine, named(maine)["maine-03"]),
        }


def _shown(opened_html: Opener, answer: Trace) -> str:
    """All words that the page of an answer shows."""
    found: str = opened_html(trace_page(answer)).page.inner_text("main")
    return found


def _poisoned(value: Any, payload: str) -> Any:
    """An answer with a payload in place of each of its words."""
    if type(value) is str:
        return payload
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{it.name: _poisoned(getattr(value, it.name), payload) for it in fields(value)})
    if type(value) is tuple:
        return tuple(_poisoned(it, payload) for it in value)
    if isinstance(value, dict):
        return {_poisoned(name, payload): _poisoned(it, payload) for name, it in value.items()}
    return value


def test_the_page_needs_nothing_else_and_allows_nothing_else(answers: dict[str, Trace]) -> None:
    for answer in answers.values():
        parsed = Parsed(trace_page(answer))
        assert "script" not in parsed.elements
        values = dict(parsed.attributes)
        assert "script-src" not in values["content"]
        links = [value for name, value in parsed.attributes if name in ("href", "src")]
        assert all(re.match(r"(#|data:,$|https?://)", link) for link in links)
        style = re.search(r"<style>(.*)</style>", trace_page(answer), re.DOTALL)
        assert style is not None
        assert policy_hash(style[1]).removeprefix("'") in trace_page(answer).replace("&#x27;", "'")
        assert "url(" not in style[1]
        assert "@import" not in style[1]


@pytest.mark.parametrize("payload", PAYLOADS[::9])
def test_hostile_words_stay_words(answers: dict[str, Trace], payload: str) -> None:
    for answer in answers.values():
        parsed = Parsed(trace_page(_poisoned(answer, payload)))
        assert set(parsed.elements) <= ELEMENTS | {"h4", "figure", "main"}
        assert {name for name, _ in parsed.attributes} <= ATTRIBUTES | {"transform"}
        assert parsed.comments == []
        assert "script" not in parsed.elements


@pytest.mark.parametrize("payload", PAYLOADS[::60])
def test_hostile_words_do_nothing_in_a_browser(opened_html: Opener, answers: dict[str, Trace], payload: str) -> None:
    for answer in answers.values():
        page = opened_html(trace_page(_poisoned(answer, payload))).page
        assert page.locator("main").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_can_be_read_in_both_schemes(opened_html: Opener, answers: dict[str, Trace], scheme: str) -> None:
    for name in ("copies", "forecast", "report"):
        assert opened_html(trace_page(answers[name]), color_scheme=scheme).page.evaluate(FAINT_WORDS) == []


@pytest.mark.parametrize("context", [PHONE, {"viewport": {"width": 1900, "height": 1000}}], ids=["phone", "wide"])
def test_nothing_is_wider_than_the_screen(
    opened_html: Opener, answers: dict[str, Trace], context: dict[str, Any]
) -> None:
    for answer in answers.values():
        page = opened_html(trace_page(answer), **context).page
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_drawing_has_a_row_and_a_word_for_each_carrier_and_a_branch_for_each_copy(
    opened_html: Opener, answers: dict[str, Trace]
) -> None:
    claim = answers["copies"].claims[0]
    page = opened_html(trace_page(answers["copies"])).page
    drawing = page.locator("svg.carried").first
    assert drawing.locator(".row").count() == len(claim.timeline)
    assert drawing.locator(".said").all_text_contents() == ["affirms", "affirms, a copy", "denies"]
    assert drawing.locator(".branch").count() == 1
    tops = [drawing.locator(".mark").nth(n).bounding_box() for n in range(len(claim.timeline))]
    assert all(one and other and one["y"] < other["y"] for one, other in pairwise(tops))


def test_every_word_of_the_drawing_is_inside_it(opened_html: Opener, answers: dict[str, Trace]) -> None:
    claim = answers["copies"].claims[0]
    late = [replace(it, polarity=Polarity.REPORTS, report=replace(it.report, outlet="W" * 60)) for it in claim.timeline]
    answer = replace(answers["copies"], claims=(replace(claim, timeline=tuple(late)),))
    outside = """() => { const box = document.querySelector("svg.carried").getBoundingClientRect();
      return [...document.querySelectorAll("svg.carried .said, svg.carried .day-of")].filter((it) => {
        const own = it.getBoundingClientRect(); return own.right > box.right || own.left < box.left; }).length; }"""
    page = opened_html(trace_page(answer)).page
    assert page.evaluate(outside) == 0


def test_the_page_holds_what_the_answer_holds(opened_html: Opener, answers: dict[str, Trace]) -> None:
    words = {name: " ".join(_shown(opened_html, answer).split()) for name, answer in answers.items()}
    assert "2 reports, 2 outlets, 1 voice" in words["copies"]
    assert "figure: “30” → “40”" in words["copies"]
    assert "“so-called”" in words["copies"]
    assert "67 days after" in words["forecast"]
    assert "Sampson court" in words["event"]
    assert "Vell Lantern" in words["report"]


def test_the_page_prints(opened_html: Opener, answers: dict[str, Trace]) -> None:
    page = opened_html(trace_page(answers["copies"])).page
    page.emulate_media(media="print")
    assert page.locator("svg.carried").first.is_visible()
    assert page.locator(".skips").is_hidden()
