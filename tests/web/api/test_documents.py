"""What is written down of the API is so: the description, its examples, and docs/api.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from starlette.testclient import TestClient

from sayso.ledger import Ledger
from sayso.web.api import Limits
from sayso.web.api.description import examples
from tests.web.api import documents

_ROOT = Path(__file__).parents[3]
_ANEW = "write it anew: python -m tests.web.api.documents"


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("openapi.json").json()
    return found


def _operations(description: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{m.upper()} {p}", it) for p, found in description["paths"].items() for m, it in found.items()]


def test_the_tables_of_the_document_are_those_of_the_code(description: dict[str, Any]) -> None:
    text = (_ROOT / documents.DOCUMENT).read_text(encoding="utf-8")
    assert documents.with_tables(text, description) == text, _ANEW
    assert text.count("<!-- end -->") == 3


def test_the_limits_of_the_document_are_those_of_the_code() -> None:
    text = (_ROOT / documents.DOCUMENT).read_text(encoding="utf-8")
    limits = Limits()
    told = {
        "a text to read": f"{limits.body_bytes:,} bytes",
        "a list or a search": f"{limits.list_seconds:g} seconds",
        "a trace and other answers across reports": f"{limits.answer_seconds:g} seconds",
        "reading a text": f"{limits.read_seconds:g} seconds, two at once",
        "searches and answers at once": f"{limits.searches}; others wait within their time",
        "exports at once": f"{limits.exports}; others are refused",
    }
    for what, how_much in told.items():
        assert f"| {what} | {how_much} |" in text


def test_every_operation_is_described_whole(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    assert description["servers"] == [{"url": "/api/v1"}]
    for name, it in _operations(description):
        assert it["summary"], name
        assert it["description"], name
        assert it["operationId"], name
        assert {"200", "422", "503", "default"} <= it["responses"].keys(), name
        assert all(parameter["description"] for parameter in it.get("parameters", ())), name
        content = it["responses"]["200"]["content"]
        assert all("schema" in found for found in content.values()), name


def test_every_reference_of_the_description_leads_somewhere(description: dict[str, Any]) -> None:
    named = set(re.findall(r"#/components/schemas/([^'\"]+)", str(description)))
    assert named
    assert named <= description["components"]["schemas"].keys()


def test_every_schema_is_one(description: dict[str, Any]) -> None:
    for it in description["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(it)


def test_every_operation_has_an_example_that_fits_its_schema(description: dict[str, Any]) -> None:
    shown = examples()
    assert shown.keys() == {name for name, _ in _operations(description)}
    for name, it in _operations(description):
        if "answer" in shown[name]:
            (content,) = it["responses"]["200"]["content"].values()
            schema = content["schema"] | {"components": description["components"]}
            jsonschema.Draft202012Validator(schema).validate(shown[name]["answer"])


def test_what_the_examples_ask_is_answered(client: TestClient) -> None:
    for name, shown in examples().items():
        method, path = name.split(" ")
        asked = shown["asked"]
        query = {key: value for key, value in asked.items() if f"{{{key}}}" not in path}
        found = client.request(method, path.format(**asked).lstrip("/"), params=query, json=shown.get("body"))
        assert found.status_code == 200, f"{name}: {found.text}; {_ANEW}"
        if "answer" in shown:
            assert found.json().keys() == shown["answer"].keys(), _ANEW


def test_the_answers_fit_their_schemas(client: TestClient, description: dict[str, Any], maine: Ledger) -> None:
    components = {"components": description["components"]}
    for name, it in _operations(description):
        asked = examples()[name]["asked"]
        method, path = name.split(" ")
        (media, *_) = it["responses"]["200"]["content"]
        if method == "POST" or media != "application/json":
            continue
        wide = {key: value for key, value in asked.items() if key in ("q", "name")}
        found = client.get(path.format(**asked).lstrip("/"), params=wide)
        assert found.status_code == 200, found.text
        content = it["responses"]["200"]["content"][media]["schema"]
        jsonschema.Draft202012Validator(content | components).validate(found.json())
