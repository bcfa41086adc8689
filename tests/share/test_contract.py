from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from sayso.errors import NotAReading
from sayso.share import dumps, reading_from_json, reading_to_json, schema
from sayso.vocabulary import Reading, Span
from tests.share.examples import HARBOUR, harbour, one_statement
from tests.share.ferry import FERRY, ferry
from tests.share.hostile import PAYLOADS
from tests.share.strategies import readings

DOCS = Path(__file__).parents[2] / "docs" / "reading.md"
VALIDATOR = Draft202012Validator(schema())
BEYOND_THE_CONTRACT = {
    "report": ["url", "origin", "text"],
    "published": ["zone"],
    "speaker": ["candidates"],
    "": ["boilerplate"],
}


def test_the_object_has_the_contracts_keys_in_its_order() -> None:
    data = reading_to_json(harbour())
    assert list(data) == [
        "schema", "reader", "report", "actors", "statements", "sentences", "boilerplate",
        "times", "places", "incidents", "tallies", "forecasts",
    ]  # fmt: skip
    assert data["schema"] == "sayso/reading/2"
    assert list(data["reader"]) == ["name", "version", "weights"]
    contract = ["id", "title", "outlet", "author", "published", "language", "text_sha256", "flags"]
    assert list(data["report"]) == contract + BEYOND_THE_CONTRACT["report"]
    assert list(data["report"]["published"]) == ["value", "basis", "zone"]
    assert list(data["actors"][0]) == ["id", "name", "kind", "names", "roles", "mentions", "labels"]
    assert list(data["actors"][0]["roles"][0]) == ["text", "span"]
    assert list(data["actors"][2]["labels"][0]) == ["text", "span", "by"]
    first = data["statements"][0]
    assert list(first) == [
        "id", "parent", "speaker", "source", "cue", "content",
        "form", "stance", "certainty", "about_future", "chain", "score",
    ]  # fmt: skip
    assert list(first["speaker"]) == ["actor", "kind", "text", "candidates"]
    assert list(first["certainty"]) == ["value", "spans"]
    assert list(first["chain"][0]) == ["actor", "text", "span", "by"]


def test_values_are_plain_json() -> None:
    data = reading_to_json(harbour())
    assert json.loads(json.dumps(data)) == data
    first, second = data["statements"][6]["content"]
    assert HARBOUR[slice(*first)] == "We keep the reeds,"
    assert HARBOUR[slice(*second)] == "and nothing else."
    assert data["statements"][0]["score"] == 0.9877


def test_the_shipped_schema_is_a_schema_and_holds_for_the_output() -> None:
    Draft202012Validator.check_schema(schema())
    VALIDATOR.validate(reading_to_json(harbour()))
    VALIDATOR.validate(reading_to_json(ferry()))


@pytest.mark.parametrize(
    "change",
    [("schema", "sayso/reading/9"), ("incidents", [{}]), ("times", None), ("sentences", [[1, 2, 3]]), ("actors", [{}])],
)
def test_the_schema_refuses_what_is_not_a_reading(change: tuple[str, object]) -> None:
    data = reading_to_json(harbour()) | dict([change])
    assert not VALIDATOR.is_valid(data)


def test_schema_code_and_docs_name_the_same_fields() -> None:
    described = dict(_described(schema()))
    shown = {path for reading in (harbour(), ferry()) for path in _paths(reading_to_json(reading))}
    assert shown == set(described)
    docs = DOCS.read_text(encoding="utf-8")
    for path, description in described.items():
        row = next((line for line in docs.splitlines() if line.startswith(f"| `{path}` |")), None)
        assert row, f"docs/reading.md does not describe {path}"
        assert row.endswith(f"| {description} |"), f"docs/reading.md describes {path} in other words than the schema"


def _described(node: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    if "items" in node and "properties" in node["items"]:
        node, path = node["items"], f"{path}[]"
    for name, inner in node.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here, inner["description"]
        yield from _described(inner, here)


def _paths(node: object, path: str = "") -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            if isinstance(item, dict):
                yield from _paths(item, f"{path}[]")
    elif isinstance(node, dict):
        for name, inner in node.items():
            here = f"{path}.{name}" if path else name
            yield here
            yield from _paths(inner, here)


@given(readings())
@settings(max_examples=80, deadline=None)
def test_any_reading_comes_back_from_its_json_and_fits_the_schema(reading: Reading) -> None:
    line = dumps(reading)
    data = json.loads(line)
    VALIDATOR.validate(data)
    assert reading_from_json(data) == reading
    assert dumps(reading_from_json(data)) == line


def test_the_bare_contract_is_read_with_the_reports_text() -> None:
    reading = harbour()
    data = reading_to_json(reading)
    for extra in BEYOND_THE_CONTRACT["report"]:
        del data["report"][extra]
    del data["report"]["published"]["zone"], data["boilerplate"]
    for statement in data["statements"]:
        del statement["speaker"]["candidates"]
    back = reading_from_json(data, reading.report.text)
    assert [s.content.text for s in back.statements] == [s.content.text for s in reading.statements]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_line_is_one_line_that_can_be_written_and_steers_nothing(payload: str) -> None:
    line = dumps(one_statement(payload))
    line.encode("utf-8")
    assert len(line.splitlines()) == 1
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", line)
    assert json.loads(line)["report"]["title"] == payload


def test_scores_have_four_digits_and_text_stays_readable() -> None:
    line = dumps(harbour())
    assert '"score":0.9877' in line
    assert "\u201cWe keep the reeds" in line


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("schema",), "other/1", "other/1"),
        (("report", "text"), "another text", "not the one that was read"),
        (("sentences",), [[0, 10**6]], "not inside the text"),
        (("sentences",), [[5, 2]], "not inside the text"),
        (("sentences",), 7, "wrong kind of value"),
        (("actors",), [{"id": "a1"}], "'name' is missing"),
        (("reader",), None, "wrong kind of value"),
        (("statements", 0, "stance"), "mumbles", "mumbles"),
        (("times",), None, "wrong kind of value"),
        (("times", 0, "start"), "yesterday", "yesterday"),
        (("places", 0, "entry", "lat"), 91, "out of range"),
        (("places", 0, "entry", "lon"), float("nan"), "out of range"),
        (("places", 1, "region", "radius"), float("inf"), "out of range"),
        (("places", 1, "region", "radius"), "wide", "not a number"),
        (("incidents", 0, "type"), "Brawl", "Brawl"),
        (("incidents", 0, "mentions"), [[0, 10**6]], "not inside the text"),
        (("incidents", 0, "counts", 0, "low"), -1, "whole number"),
        (("tallies", 0, "parts", 0, "high"), 1.5, "whole number"),
        (("forecasts", 0), {}, "'id' is missing"),
    ],
)
def test_what_is_not_a_reading_is_refused_by_name(path: tuple[Any, ...], value: object, message: str) -> None:
    data: Any = reading_to_json(ferry())
    node = data
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(NotAReading, match=message):
        reading_from_json(data)


def test_a_reading_written_before_there_were_incidents_is_read_as_one_without() -> None:
    old = reading_to_json(harbour()) | {"schema": "sayso/reading/1"}
    for key in ("times", "places", "incidents", "tallies", "forecasts"):
        del old[key]
    Draft202012Validator(schema(1)).validate(old)
    assert reading_from_json(old) == reading_from_json(reading_to_json(harbour()))


def test_every_span_of_an_incident_is_in_the_text() -> None:
    data = reading_to_json(ferry())
    first = data["incidents"][0]
    words = [FERRY[slice(*count["span"])] for count in first["counts"]]
    assert words == [count["text"] for count in first["counts"]] == ["at least 12", "four", "a policeman"]
    assert [count["voucher"] for count in first["counts"]] == ["s1", "s2", "s2"]
    assert FERRY[slice(*data["tallies"][0]["parts"][1]["span"])] == "nine in Oldmoor"
    assert FERRY[slice(*data["forecasts"][0]["content"][0])].startswith("Kesselish crews are preparing")


def test_equal_readings_give_equal_lines_and_other_ones_do_not() -> None:
    assert dumps(harbour()) == dumps(harbour())
    assert dumps(harbour()) != dumps(replace(harbour(), sentences=(Span(0, 1),)))
