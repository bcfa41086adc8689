"""Annotations point at exact characters by position and quotation, and say where everything comes from in PROV."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest
from prov.model import ProvActivity, ProvAgent, ProvDocument, ProvEntity
from rdflib import RDF, Graph, Namespace, URIRef

from sayso.ledger import Ledger
from sayso.review import all_decisions
from sayso.share.exports.annotations.names import ANNOTATIONS, of_text
from sayso.share.exports.forms import Format
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.writing import written_to
from tests.share.wide import WIDE

# What reads JSON-LD and PROV still uses what rdflib has given up.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
]
_KINDS = (ExportKind.STATEMENTS, ExportKind.INCIDENTS, ExportKind.DECISIONS)
_OA, _PROV = Namespace("http://www.w3.org/ns/oa#"), Namespace("http://www.w3.org/ns/prov#")
_AS = "http://www.w3.org/ns/activitystreams#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
# Of the context of the Recommendation what we use, since nothing is fetched.
_CONTEXT: dict[str, Any] = {
    "oa": str(_OA), "as": _AS, "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "id": "@id", "type": "@type", "Software": "as:Application", "Person": "foaf:Person", "name": "foaf:name",
    "AnnotationPage": "as:OrderedCollectionPage", "format": "http://purl.org/dc/elements/1.1/format",
    **{it: f"oa:{it}" for it in ("Annotation SpecificResource TextPositionSelector TextQuoteSelector TimeState exact "
                                 "prefix suffix assessing classifying identifying").split()},
    **{it: {"@type": "@id", "@id": f"oa:has{it.capitalize()}"}
       for it in "body target source selector state scope".split()},
    "start": {"@type": f"{_XSD}nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": f"{_XSD}nonNegativeInteger", "@id": "oa:end"},
    "sourceDate": {"@type": f"{_XSD}dateTime", "@id": "oa:sourceDate"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "creator": {"@type": "@id", "@id": "dcterms:creator"},
    "created": {"@type": f"{_XSD}dateTime", "@id": "dcterms:created"},
    "generator": {"@type": "@id", "@id": "as:generator"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
}  # fmt: skip


def _document(ledger: Ledger, kind: ExportKind) -> Any:
    return json.loads(b"".join(written_to(ledger, kind, Format.ANNOTATIONS, {})))


def _annotations(document: Any) -> list[Any]:
    nodes = document["@graph"]
    pages = [it for node in nodes if node["type"] == "AnnotationPage" for it in node["items"]]
    return [*pages, *(it for it in nodes if it["type"] == "Annotation")]


def _graph(document: Any) -> Graph:
    assert document["@context"][0] == ANNOTATIONS
    known = document | {"@context": [_CONTEXT, *document["@context"][1:]]}
    return Graph().parse(data=json.dumps(known), format="json-ld")


@pytest.mark.parametrize("kind", _KINDS)
def test_every_target_is_found_by_position_and_by_quotation(newsroom: Ledger, kind: ExportKind) -> None:
    texts = {of_text(it.text): it.text for it in newsroom.reports()}
    found = _annotations(_document(newsroom, kind))
    assert found
    for target in (it for annotation in found for it in annotation["target"]):
        position, quotation = target["selector"]
        text, start, end = texts[target["source"]], position["start"], position["end"]
        assert 0 <= start < end <= len(text)
        assert text[start:end] == quotation["exact"]
        assert text[:start].endswith(quotation["prefix"])
        assert len(quotation["prefix"]) == min(32, start)
        assert text[end:].startswith(quotation["suffix"])
        assert len(quotation["suffix"]) == min(32, len(text) - end)


def test_offsets_are_code_points_also_beyond_the_basic_plane(newsroom: Ledger) -> None:
    found = _annotations(_document(newsroom, ExportKind.STATEMENTS))
    selectors = [it["selector"] for one in found for it in one["target"]]
    ((start, end),) = {(it["start"], it["end"]) for it, words in selectors if "🚀" in words["exact"]}
    assert WIDE[start:end] == "no café is shut — 👩🏽‍🚀 none"


def test_every_statement_incident_and_decision_is_annotated(newsroom: Ledger) -> None:
    said = [it for it in _annotations(_document(newsroom, ExportKind.STATEMENTS)) if "Statement" in it["body"]["type"]]
    assert len(said) == sum(1 for _ in newsroom.statements())
    fields = Counter(it["body"]["field"] for it in _annotations(_document(newsroom, ExportKind.INCIDENTS)))
    incidents = [it.item for it in newsroom.incidents()]
    assert fields["type"] == len(incidents)
    assert fields["count"] == sum(len(it.counts) for it in incidents)
    assert fields["part"] == sum(len(it.parts) for it in incidents)
    with newsroom.looking() as connection:
        made = {it.id: it for it in all_decisions(connection)}
    decided = _annotations(_document(newsroom, ExportKind.DECISIONS))
    assert {it["creator"]["name"] for it in decided} == {it.who for it in made.values()}
    assert len(decided) == len(made) == 3


def test_machine_output_has_no_creator_and_a_decision_no_generator(newsroom: Ledger) -> None:
    for kind in (ExportKind.STATEMENTS, ExportKind.INCIDENTS):
        assert all("creator" not in it and it["generator"] for it in _annotations(_document(newsroom, kind)))
    assert all("generator" not in it for it in _annotations(_document(newsroom, ExportKind.DECISIONS)))


@pytest.mark.parametrize("kind", _KINDS)
def test_ids_are_distinct_iris_and_the_same_each_time(newsroom: Ledger, kind: ExportKind) -> None:
    document = _document(newsroom, kind)
    ids = [it["id"] for it in _annotations(document)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", it) for it in ids)
    assert _document(newsroom, kind) == document


@pytest.mark.parametrize("kind", _KINDS)
def test_it_is_the_graph_of_the_model(newsroom: Ledger, kind: ExportKind) -> None:
    document = _document(newsroom, kind)
    graph = _graph(document)
    annotations = set(graph.subjects(RDF.type, _OA.Annotation))
    assert len(annotations) == len(_annotations(document))
    for one in annotations:
        assert len(set(graph.objects(one, _OA.hasBody))) == 1
        assert set(graph.objects(one, _OA.motivatedBy)) <= {_OA.identifying, _OA.classifying, _OA.assessing}
        for target in graph.objects(one, _OA.hasTarget):
            kinds = {graph.value(it, RDF.type) for it in graph.objects(target, _OA.hasSelector)}
            assert kinds == {_OA.TextPositionSelector, _OA.TextQuoteSelector}
    assert not [it for triple in graph for it in triple if isinstance(it, URIRef) and "javascript" in it]


@pytest.mark.parametrize("kind", _KINDS)
def test_what_it_comes_from_is_sound_prov(newsroom: Ledger, kind: ExportKind) -> None:
    graph = _graph(_document(newsroom, kind))
    kinds = {_PROV.Entity, _PROV.Activity, _PROV.Agent, _PROV.Person, _PROV.Organization, _PROV.SoftwareAgent}
    said = Graph()
    for subject, predicate, value in graph:
        if str(predicate).startswith(str(_PROV)) or (predicate == RDF.type and value in kinds):
            said.add((subject, predicate, value))
    document = ProvDocument.deserialize(content=said.serialize(format="turtle"), format="rdf", rdf_format="turtle")
    assert [*document.get_records(ProvEntity)]
    assert [*document.get_records(ProvActivity)]
    assert [*document.get_records(ProvAgent)]
    agents = kinds - {_PROV.Entity, _PROV.Activity}
    for _, agent in graph.subject_objects(_PROV.wasAttributedTo):
        assert set(graph.objects(agent, RDF.type)) & agents
    for thing, act in graph.subject_objects(_PROV.wasGeneratedBy):
        assert (act, RDF.type, _PROV.Activity) in graph
        assert (thing, RDF.type, _PROV.Entity) in graph
    bodies = {*graph.objects(None, _OA.hasBody)}
    assert bodies <= {*graph.subjects(_PROV.wasGeneratedBy)}
    assert all(any(graph.objects(it, _PROV.wasDerivedFrom)) for it in bodies)


def test_who_a_speaker_rests_on_is_a_chain_of_quotations(newsroom: Ledger) -> None:
    longest = max((it.item for it in newsroom.statements()), key=lambda it: len(it.chain))
    found = _annotations(_document(newsroom, ExportKind.STATEMENTS))
    depths = []
    for annotation in found:
        quoted, depth = annotation["body"].get("wasQuotedFrom", []), 0
        rests = quoted[1] if len(quoted) > 1 else None
        while rests:
            rests, depth = rests.get("wasQuotedFrom"), depth + 1
        depths.append(depth)
    assert max(depths) == len(longest.chain) > 0


def test_what_was_taken_back_is_invalidated_by_that_act(newsroom: Ledger) -> None:
    graph = _graph(_document(newsroom, ExportKind.DECISIONS))
    ((decision, act),) = graph.subject_objects(_PROV.wasInvalidatedBy)
    assert (act, RDF.type, _PROV.Activity) in graph
    assert (decision, RDF.type, _PROV.Entity) in graph
