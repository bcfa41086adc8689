"""Entities of followthemoney: its own library takes each property of each as it is."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from sayso.ledger import Ledger
from sayso.share.exports.forms import Format
from sayso.share.exports.kinds import ExportKind
from tests.share.casework import exported, filled

Entities = list[dict[str, Any]]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with filled(tmp_path_factory.mktemp("ftm") / "ferry.db") as found:
        yield found


@pytest.fixture(scope="module")
def entities(ledger: Ledger) -> Entities:
    return [json.loads(line) for line in exported(ledger, ExportKind.READINGS, Format.FTM).decode().splitlines()]


def _of(entities: Entities, schema: str) -> Entities:
    return [it for it in entities if it["schema"] == schema]


def test_the_library_takes_every_property_as_it_is(entities: Entities) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library = pytest.importorskip("followthemoney", reason="its library needs ICU to be built")
        for it in entities:
            schema = library.model.get(it["schema"])
            assert not schema.validate({"properties": it["properties"]} | it)
            for name, values in it["properties"].items():
                type_ = schema.get(name).type
                assert [type_.clean(value) for value in values] == values, (it["schema"], name)


def test_every_entity_that_is_named_is_there(entities: Entities) -> None:
    there = {it["id"] for it in entities}
    for name in ("proof", "document", "resolved", "involved"):
        assert {value for it in entities for value in it["properties"].get(name, ())} <= there


def test_the_same_name_is_the_same_entity_in_every_report_and_mentioned_in_each(entities: Entities) -> None:
    people = [it for it in _of(entities, "Person") if it["properties"]["name"] == ["Ada Quill"]]
    assert len(people) == 2
    assert len({it["id"] for it in people}) == 1
    mentions = [it for it in _of(entities, "Mention") if it["properties"]["resolved"] == [people[0]["id"]]]
    assert len({it["properties"]["document"][0] for it in mentions}) == 2


def test_articles_have_their_text_and_events_their_article(ledger: Ledger, entities: Entities) -> None:
    texts = {it["properties"]["bodyText"][0] for it in _of(entities, "Article")}
    assert texts == {it.text for it in ledger.reports()}
    assert {it["properties"]["language"][0] for it in _of(entities, "Article") if "language" in it["properties"]} == {
        "eng"
    }
    events = _of(entities, "Event")
    assert events
    assert all(it["properties"]["proof"] and it["properties"]["summary"] for it in events)


def test_exporting_twice_gives_the_same_bytes(ledger: Ledger) -> None:
    once, again = (exported(ledger, ExportKind.READINGS, Format.FTM) for _ in range(2))
    assert once == again
