from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from jsonschema import Draft202012Validator

from sayso.share import reading_from_json, schema
from sayso.share.exports import FORMATS
from sayso.vocabulary import Reading
from tests.share.ferry import FERRY, ferry
from tests.share.strategies import readings

LINE = Draft202012Validator(schema())


def lines(reading: Reading) -> list[dict[str, Any]]:
    [output] = FORMATS[".jsonl"].outputs
    return [json.loads(line) for line in output.lines(reading)]


def test_a_line_holds_one_thing_and_what_it_points_at() -> None:
    first, second, tally, forecast = lines(ferry())
    assert [line["kind"] for line in (first, second, tally, forecast)] == ["incident", "incident", "tally", "forecast"]
    assert [statement["id"] for statement in first["statements"]] == ["s1", "s3", "s2", "s4"]
    assert [actor["name"] for actor in first["actors"]] == ["Reed Guard", "Orla Brandt", "harbour office", "Ivo Lenz"]
    assert [place["id"] for place in second["places"]] == ["p2", "p1"], "the place it is told from comes along"
    assert [place["id"] for place in tally["places"]] == ["p3", "p4", "p5"]
    assert forecast["incidents"] == forecast["tallies"] == []
    assert "text" not in first["report"]
    assert all(FERRY[start:end] == words for start, end, words in first["words"])
    assert [*first["words"][1]] == [0, 13, "Shells struck"]


def test_every_line_has_its_own_id() -> None:
    assert len({line["id"] for line in lines(ferry())}) == 4


@given(readings())
@settings(max_examples=40, deadline=None)
def test_the_lines_read_back_are_the_readings_incidents_tallies_and_forecasts(reading: Reading) -> None:
    text = reading.report.text
    found = lines(reading)
    for line in found:
        LINE.validate(line)
        assert all(text[start:end] == words for start, end, words in line["words"])
    back = [reading_from_json(line, text) for line in found]
    assert tuple(incident for part in back for incident in part.incidents) == reading.incidents
    assert tuple(tally for part in back for tally in part.tallies) == reading.tallies
    assert tuple(forecast for part in back for forecast in part.forecasts) == reading.forecasts
    for part in back:
        assert part.report == reading.report
        assert set(part.times) <= set(reading.times)
        assert set(part.places) <= set(reading.places)
        assert set(part.statements) <= set(reading.statements)
