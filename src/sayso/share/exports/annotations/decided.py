"""Decisions as annotations: a person's own, with who, when and why, and never mixed with what a machine found."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.review.decisions import Decision
from sayso.share.contract_spans import JsonObject
from sayso.share.exports.annotations.names import of_act, of_annotation, of_decision, of_person, of_text
from sayso.share.exports.annotations.targets import Ground, targets
from sayso.share.json_text import json_text
from sayso.vocabulary import ReportId


def of_made(made: Decision, grounds: dict[ReportId, Ground]) -> Iterator[JsonObject]:
    """A decision on the words of its items; and that it takes back another, where it does."""
    person = {"id": of_person(made.who), "type": ["Person", "prov:Agent", "prov:Person"], "name": made.who}
    act = {"id": of_act(made.id), "type": "prov:Activity", "endedAtTime": made.when, "wasAssociatedWith": person}
    body: JsonObject = {
        "id": of_decision(made.id), "type": ["Decision", "prov:Entity"], "verdict": made.verdict.value,
        "itemKind": made.kind.value, "before": json_text(dict(made.before)), "after": json_text(dict(made.after)),
        "wasAttributedTo": person["id"], "wasGeneratedBy": act,
        "wasDerivedFrom": [of_text(ground.report.text) for ground in grounds.values()],
    }  # fmt: skip
    body |= {"reason": made.why} if made.why else {}
    body |= {"finding": made.finding} if made.finding else {}
    body |= {"technique": made.technique} if made.technique else {}
    body |= {"undoes": of_decision(made.undoes)} if made.undoes else {}
    found = [
        target
        for item in made.items
        for target in targets(grounds[item.report], (span for passage in item.passages for span in passage))
    ]
    yield {
        "id": of_annotation("decision", made.id), "type": "Annotation", "motivation": "assessing",
        "creator": {"id": person["id"], "type": "Person", "name": made.who}, "created": made.when, "body": body,
        "target": found,
    }  # fmt: skip


def taken_back(made: Decision) -> Iterator[JsonObject]:
    """That a decision was ended by another."""
    if made.undoes:
        yield {"id": of_decision(made.undoes), "type": "prov:Entity", "wasInvalidatedBy": of_act(made.id)}
