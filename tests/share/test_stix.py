"""STIX 2.1: every object is one by stix2, points at what is there, and is the same whenever it is written."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.ledger import Ledger
from sayso.review import Choice, Decision, Verdict, decide
from sayso.share.exports.forms import Format
from sayso.share.exports.kinds import ExportKind
from sayso.vocabulary import ReportId
from tests.share.casework import CLAIM, exported, filled, report_titled

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import stix2

WHY = "the same sentence on two sites"
Objects = list[dict[str, Any]]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with filled(tmp_path_factory.mktemp("stix") / "ferry.db") as found:
        yield found


@pytest.fixture(scope="module")
def readings(ledger: Ledger) -> Objects:
    return _objects(ledger, ExportKind.READINGS)


@pytest.fixture(scope="module")
def claims(ledger: Ledger) -> Objects:
    return _objects(ledger, ExportKind.CLAIMS)


def _objects(ledger: Ledger, kind: ExportKind, **asked: str) -> Objects:
    found: Objects = json.loads(exported(ledger, kind, Format.STIX, asked))["objects"]
    return found


def _of(objects: Objects, type_: str) -> Objects:
    return [it for it in objects if it["type"] == type_]


def _refs(it: dict[str, Any]) -> Iterator[str]:
    for name, value in it.items():
        if name.endswith("_ref"):
            yield value
        if name.endswith("_refs"):
            yield from value


@pytest.mark.parametrize("kind", [ExportKind.READINGS, ExportKind.CLAIMS])
def test_every_object_is_one_by_the_library(ledger: Ledger, kind: ExportKind) -> None:
    objects = _objects(ledger, kind)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for it in objects:
            parsed = stix2.parse(it, allow_custom=False, version="2.1")
            assert parsed["id"] == it["id"]
    assert {"note", "identity", "report", "extension-definition"} <= {it["type"] for it in objects}


@pytest.mark.parametrize("kind", [ExportKind.READINGS, ExportKind.CLAIMS])
def test_each_id_stands_once_and_each_reference_leads_somewhere(ledger: Ledger, kind: ExportKind) -> None:
    objects = _objects(ledger, kind)
    counts = Counter(it["id"] for it in objects)
    assert set(counts.values()) == {1}
    assert not {ref for it in objects for ref in _refs(it)} - counts.keys()


@pytest.mark.parametrize("kind", [ExportKind.READINGS, ExportKind.CLAIMS])
def test_exporting_twice_gives_the_same_bytes(ledger: Ledger, kind: ExportKind) -> None:
    assert exported(ledger, kind, Format.STIX) == exported(ledger, kind, Format.STIX)


def test_another_ledger_with_the_same_reports_gives_the_same_notes(
    claims: Objects, readings: Objects, tmp_path: Path
) -> None:
    with filled(tmp_path / "other.db") as other:
        assert _of(_objects(other, ExportKind.READINGS), "note") == _of(readings, "note")
    said = {it["id"] for it in _of(claims, "note") if "extensions" in it}
    assert said <= {it["id"] for it in _of(readings, "note")}


def test_a_statement_is_a_note_with_its_words_its_spans_and_the_readers_own_probability(readings: Objects) -> None:
    note = next(it for it in _of(readings, "note") if CLAIM in it["content"])
    (extension,) = note["extensions"].values()
    assert note["confidence"] == 88
    assert "not that it is true" in note["content"]
    assert extension["speaker"] == "Ada Quill"
    assert extension["chain"][-1] == "Ada Quill"
    ((start, end),) = extension["content"]
    assert end - start == len(extension["words"])
    by_id = {it["id"]: it for it in readings}
    assert {by_id[it]["type"] for it in note["object_refs"]} == {"identity", "url"}


def test_the_id_of_an_address_is_the_one_the_standard_prescribes(readings: Objects) -> None:
    found = _of(readings, "url")
    assert found
    assert all(stix2.URL(value=it["value"])["id"] == it["id"] for it in found)
    for it in _of(readings, "file"):
        assert stix2.File(name=it["name"], hashes=it["hashes"])["id"] == it["id"]


def test_a_claim_is_a_grouping_of_its_notes_and_says_nothing_of_truth(claims: Objects) -> None:
    grouping = next(it for it in _of(claims, "grouping") if CLAIM in it["name"])
    (extension,) = grouping["extensions"].values()
    assert {it["polarity"] for it in extension["members"]} == {"affirms"}
    assert {it["note"] for it in extension["members"]} <= set(grouping["object_refs"])
    assert "whether it is true" in grouping["description"]
    plain = next(it for it in _of(claims, "note") if it["object_refs"] == [grouping["id"]])
    assert "vouch for it" in plain["content"]


def test_copies_of_one_text_are_one_observation_of_so_many(claims: Objects) -> None:
    (observed,) = _of(claims, "observed-data")
    assert observed["number_observed"] == 2
    assert len(observed["object_refs"]) == 2
    assert observed["first_observed"] < observed["last_observed"]


def test_an_incident_has_its_places_with_their_precision_and_never_a_perpetrator_of_ours(readings: Objects) -> None:
    incidents = _of(readings, "incident")
    assert incidents
    ties = _of(readings, "relationship")
    assert {it["relationship_type"] for it in ties} == {"related-to"}
    assert {it["source_ref"] for it in ties} <= {it["id"] for it in incidents}
    for it in _of(readings, "location"):
        assert "country" in it or "latitude" in it
    assert not _of(readings, "threat-actor") + _of(readings, "attack-pattern") + _of(readings, "campaign")


def test_one_claim_alone_can_be_asked_for(ledger: Ledger, claims: Objects) -> None:
    grouping = next(it for it in _of(claims, "grouping") if CLAIM in it["name"])
    (extension,) = grouping["extensions"].values()
    alone = _objects(ledger, ExportKind.CLAIMS, claim=extension["claim"])
    assert _of(alone, "grouping") == [grouping]
    (case,) = _of(alone, "report")
    assert case["object_refs"] == [grouping["id"]]


def _decided(ledger: Ledger, report: ReportId, item: str, verdict: Verdict, who: str) -> Decision:
    (made,) = decide(ledger, [Choice(report, item, verdict, WHY, technique="T0049")], who)
    assert isinstance(made, Decision), made
    return made


def test_a_technique_comes_from_a_reviewers_hand_alone_with_their_name_and_words(tmp_path: Path) -> None:
    with filled(tmp_path / "assigned.db") as ledger:
        report = report_titled(ledger, "Story 0")
        _decided(ledger, report, "s1", Verdict.ACCEPTED, "R. Meer")
        _decided(ledger, report, "report", Verdict.ACCEPTED, "R. Meer")
        claims, readings = _objects(ledger, ExportKind.CLAIMS), _objects(ledger, ExportKind.READINGS)
        for objects, sources in ((claims, {"grouping"}), (readings, {"note", "report"})):
            (pattern,) = _of(objects, "attack-pattern")
            assert pattern["external_references"] == [{"source_name": "DISARM", "external_id": "T0049"}]
            ties = [it for it in _of(objects, "relationship") if it["target_ref"] == pattern["id"]]
            assert {it["source_ref"].partition("--")[0] for it in ties} == sources
            names = {it["id"]: it["name"] for it in _of(objects, "identity")}
            assert {names[it["created_by_ref"]] for it in ties} == {"R. Meer"}
            assert all(WHY in it["description"] for it in ties)
        _decided(ledger, report, "s1", Verdict.REJECTED, "A. Quill")
        assert not _of(_objects(ledger, ExportKind.CLAIMS), "attack-pattern")
