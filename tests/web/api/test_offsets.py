"""Offsets count code points, or UTF-16 code units everywhere in an answer: they point at the same words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from sayso.ledger import Ledger
from sayso.share.contract import reading_to_json
from sayso.share.exports import json_lines
from sayso.share.units import line_in_utf16, reading_in_utf16
from sayso.trace.following import follow
from sayso.vocabulary import ReaderVersion, Reading, Report, ReportId, Span
from tests.share.strategies import readings
from tests.web.api.conftest import client_of

_FIRST = (
    "📉🚢 Odderby, 3 May 2021. Engineer Ida Holm said that a mine 💥 destroyed the dredger Tern in Odderby harbour "
    "on Monday, killing 3 sailors. The 𝔥𝔞𝔯𝔟𝔬𝔲𝔯 office warned that militants would shell Vell on Friday."
)
_COPY = (
    "🗞️ Vell, 4 May 2021. Engineer Ida Holm claimed that a mine 💥 destroyed the dredger Tern in Odderby harbour "
    "on Monday, killing 5 sailors. The 𝔥𝔞𝔯𝔟𝔬𝔲𝔯 office warned that militants would shell Vell on Friday. 🛟 "
    "Divers search on."
)


_LETTERS = "aé\u0301ب \n\ud800\udfff\uffff\U00010000\U0010ffff📉🇺🇳👩🏽‍🚒"


def _any_spans(text: str) -> st.SearchStrategy[list[Span]]:
    place = st.integers(0, len(text))
    return st.lists(st.tuples(place, place).map(lambda it: Span(min(it), max(it))), max_size=8)


def _units(text: str, span: list[int]) -> str:
    return text.encode("utf-16-le", "surrogatepass")[2 * span[0] : 2 * span[1]].decode("utf-16-le", "surrogatepass")


def _points(text: str, span: list[int]) -> str:
    return text[span[0] : span[1]].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _spans(data: Any) -> Iterator[list[int]]:
    """All pairs of whole numbers: in the contract of readings these are spans."""
    if isinstance(data, list) and len(data) == 2 and all(type(it) is int for it in data):
        yield data
    elif isinstance(data, list | dict):
        for it in data.values() if isinstance(data, dict) else data:
            yield from _spans(it)


@given(st.text(_LETTERS, max_size=40).flatmap(lambda text: st.tuples(st.just(text), _any_spans(text))))
@settings(max_examples=150, deadline=None)
def test_any_span_of_any_text_points_at_the_same_words(given_: tuple[str, list[Span]]) -> None:
    text, spans = given_
    moved = reading_in_utf16(Reading(Report(ReportId("r"), text), ReaderVersion("", "", ""), sentences=tuple(spans)))
    assert [_units(text, [*it]) for it in moved.sentences] == [_points(text, [*it]) for it in spans]
    assert all(start >= one.start and end >= one.end for (start, end), one in zip(moved.sentences, spans, strict=True))


@given(readings())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_span_of_any_reading_points_at_the_same_words(reading: Reading) -> None:
    text = reading.report.text
    points, units = reading_to_json(reading), reading_to_json(reading_in_utf16(reading))
    pairs = list(zip(_spans(points), _spans(units), strict=True))
    assert all(_points(text, one) == _units(text, other) for one, other in pairs)
    assert json.dumps(points).count("[") == json.dumps(units).count("[")


@given(readings())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_span_of_any_exported_line_points_at_the_same_words(reading: Reading) -> None:
    text = reading.report.text
    for line in json_lines.lines(reading):
        moved = line_in_utf16(line, text)
        assert (moved["id"], moved["report"]) == (line["id"], line["report"])
        for (*one, words), (*other, again) in zip(line["words"], moved["words"], strict=True):
            assert words == again
            assert _points(text, one) == _units(text, other)
        for start, end in zip(_spans(line["statements"]), _spans(moved["statements"]), strict=True):
            assert _points(text, start) == _units(text, end)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of two reports with signs beyond U+FFFF, one of which copies the other."""
    folder = tmp_path_factory.mktemp("wide")
    lines = [
        {"id": "one", "text": _FIRST, "outlet": "Odderby Post", "published": "2021-05-03", "title": "🚢 lost"},
        {"id": "two", "text": _COPY, "outlet": "Vell Post", "published": "2021-05-04", "title": "Copied"},
    ]
    (folder / "reports.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with Ledger(folder / "wide.db") as ledger:
        ledger.add(folder / "reports.jsonl")
        follow(ledger)
        yield ledger


def _named(data: dict[str, Any], name: str) -> str:
    """The report that a field names: by its id, or as a citation; "" where it names none."""
    found = data.get(name)
    if isinstance(found, dict):
        return str(found["report"]) if "captured" in found else ""
    return found if isinstance(found, str) else ""


def _quoted(
    data: Any, texts: Mapping[str, str], own: str = "", source: str = ""
) -> Iterator[tuple[str, list[Any], str]]:
    """Of an answer across reports: the text, the spans, and the words that they have to point at."""
    if isinstance(data, list):
        for it in data:
            yield from _quoted(it, texts, own, source)
    if not isinstance(data, dict):
        return
    own, source = _named(data, "report") or own, _named(data, "source") or _named(data, "parent") or source
    if set(data) == {"spans", "text"}:
        yield texts[own], data["spans"], data["text"]
    if set(data) == {"kind", "source", "copy", "before", "after"}:
        yield texts[source], [data["source"]], data["before"]
        yield texts[own], [data["copy"]], data["after"]
    if "source_span" in data:
        yield texts[own], [data["span"]], data["text"]
    for name, it in data.items():
        if name not in ("source", "copy") or isinstance(it, dict):
            yield from _quoted(it, texts, own, source)


def _asked(ledger: Ledger) -> list[str]:
    reports = [f"reports/{it.id}/trace" for it in ledger.reports()]
    told = ["trace?q=a+mine+destroyed+the+dredger+Tern", "events", "actors?name=Ida+Holm", "forecasts?state=lapsed"]
    return reports + told


def test_every_answer_across_reports_points_at_its_words_in_either_unit(wide: Ledger) -> None:
    client = client_of(wide)
    texts = {str(it.id): it.text for it in wide.reports()}
    kinds = set()
    for address in _asked(wide):
        points = client.get(address).json()
        units = client.get(f"{address}{'&' if '?' in address else '?'}offsets=utf-16").json()
        quoted = list(_quoted(units, texts))
        assert len(quoted) == len(list(_quoted(points, texts)))
        for text, spans, words in quoted:
            assert " … ".join(_units(text, span) for span in spans) == words
        kinds |= {len(text) for text, _, _ in quoted}
        assert not quoted or points != units
    assert kinds == {len(_FIRST), len(_COPY)}


def test_lists_and_searches_point_at_their_words_in_either_unit(wide: Ledger) -> None:
    client = client_of(wide)
    texts = {str(it.id): it.text for it in wide.reports()}
    for kind in ("statements", "incidents"):
        items = client.get(f"{kind}?offsets=utf-16").json()["items"]
        assert items
        for it in items:
            assert all(_units(texts[it["report"]["id"]], span) == words for *span, words in it["words"])
    for it in client.get("search?q=mine&offsets=utf-16").json()["items"]:
        assert _units(texts[it["id"]], it["snippet"]["span"]) == it["snippet"]["text"]
        assert {_units(texts[it["id"]], span) for span in it["snippet"]["marked"]} == {"mine"}


def test_a_text_that_is_read_points_at_its_words_in_either_unit(client: TestClient) -> None:
    units = client.post("read?offsets=utf-16", json={"text": _FIRST}).json()
    points = client.post("read", json={"text": _FIRST}).json()
    assert units != points
    for one, other in zip(_spans(points), _spans(units), strict=True):
        assert _points(_FIRST, one) == _units(_FIRST, other)


@pytest.mark.parametrize("kind", ["statements", "incident-reports", "events"])
def test_tables_point_at_their_words_in_either_unit(wide: Ledger, kind: str) -> None:
    client = client_of(wide)
    texts = {str(it.id): it.text for it in wide.reports()}
    rows = list(csv.DictReader(io.StringIO(client.get(f"export/{kind}?format=csv&offsets=utf-16").text)))
    assert rows
    for row in rows:
        spans = [it.split("-") for it in row["spans"].split()] if "spans" in row else [[row["start"], row["end"]]]
        found = [_units(texts[row["report"]], [int(a), int(b)]) for a, b in spans if a]
        assert " … ".join(found) == row["words"]


def test_exported_lines_point_at_their_words_in_either_unit(wide: Ledger, tmp_path: Path) -> None:
    client = client_of(wide)
    texts = {str(it.id): it.text for it in wide.reports()}
    *lines, end = map(json.loads, client.get("export/statements?offsets=utf-16").text.splitlines())
    assert end == {"schema": "sayso/end/1", "records": len(lines)}
    assert all(_units(texts[it["report"]["id"]], span) == words for it in lines for *span, words in it["words"])
