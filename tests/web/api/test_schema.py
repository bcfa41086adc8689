"""The description of the API holds: whatever is asked, within it or not, is answered as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from sayso.ledger import Ledger
from tests.web.api.conftest import mounted

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: pip install 'sayso[test]'")

# What no schema can say, and an error has to: a cursor is only good for its own list, words have letters, a kind of
# export has its own formats and conditions, and a text has to be one.
_IN_WORDS = {
    ("GET /trace", "query.q"),
    ("POST /read", "empty_input"),
    ("POST /read", "binary_input"),
}


def _is_in_words(label: str, answer: bytes) -> bool:
    error = json.loads(answer)["error"]
    place = error.get("place", error["code"])
    return place == "query.cursor" or label == "GET /export/{kind}" or (label, place) in _IN_WORDS


def _is_by_design(label: str, check: str, address: str) -> bool:
    """Decisions are judged one by one, each with its own error, and a letter of a name is what Python takes for one.

    No route has an address with a line break.
    """
    return (label.startswith("POST /review/") and check == "negative_data_rejection") or "%0A" in address


def _failures(ledger: Ledger, examples: int) -> Iterator[str]:
    from schemathesis.engine import events, from_schema

    # What adds addresses would fetch them.
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", mounted(ledger))
    schema = described.exclude(path="/jobs", method="POST")
    schema.config.generation.max_examples = examples
    schema.config.generation.deterministic = True
    schema.config.phases.stateful.enabled = False  # nothing that is asked changes what is answered next
    asked = 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            yield str(vars(event) if hasattr(event, "__dict__") else event)
        if not isinstance(event, events.ScenarioFinished):
            continue
        label = str(event.label)
        for id_, checks in event.recorder.checks.items():
            asked += 1
            answer = event.recorder.interactions[id_].response
            for check in checks:
                failed = check.status.name != "SUCCESS"
                content = answer.content if answer is not None else b"{}"
                if failed and check.name == "positive_data_acceptance" and _is_in_words(label, content):
                    continue
                if failed and _is_by_design(label, check.name, event.recorder.interactions[id_].request.uri):
                    continue
                if failed:
                    yield f"{label} {check.name}: {content[:300]!r}"
    if asked < 500:
        yield f"only {asked} requests were made"


def test_every_address_answers_as_the_description_says(maine: Ledger) -> None:
    assert not sorted(set(_failures(maine, 4)))[:10]
