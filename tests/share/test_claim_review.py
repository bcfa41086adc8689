"""Drafts of ClaimReview: all but what a person has to say, and never taken for a finding."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.cli import main
from sayso.errors import NotAFinding
from sayso.ledger import Ledger
from sayso.record import import_findings
from sayso.record.json_ld import claim_reviews
from sayso.share.exports.forms import Format
from sayso.share.exports.kinds import ExportKind
from sayso.vocabulary import Finding
from tests.share.casework import CLAIM, exported, filled


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with filled(tmp_path_factory.mktemp("reviews") / "ferry.db") as found:
        yield found


@pytest.fixture(scope="module")
def text(ledger: Ledger) -> str:
    return exported(ledger, ExportKind.CLAIMS, Format.CLAIM_REVIEW).decode()


def _draft(text: str) -> dict[str, Any]:
    found: dict[str, Any] = next(it for it in json.loads(text)["@graph"] if CLAIM in it["claimReviewed"])
    return found


def test_a_draft_has_the_claim_who_vouches_and_where_this_ledger_saw_it(text: str) -> None:
    item = _draft(text)["itemReviewed"]
    assert {it["name"] for it in item["author"]} == {"Ada Quill", "Orla Brandt"}
    assert item["datePublished"] == "2021-05-02"
    assert item["firstAppearance"]["url"].endswith("/Kessel/0?b=2&a=1")
    assert item["firstAppearance"]["description"].startswith("First seen by this ledger")
    assert [it["headline"] for it in item["appearance"]] == ["Story 1", "Story 2"]


def test_a_draft_rates_nothing_and_names_no_reviewer(text: str) -> None:
    assert not {"reviewRating", "author", "datePublished", "url"} & _draft(text).keys()
    for word in ("rating", "verdict", "true", "false"):
        assert word not in text.lower()


def test_a_draft_is_no_finding_and_is_refused_with_the_cure(
    text: str, tmp_path: Path, ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "drafts.jsonld"
    path.write_text(text)
    found = [*import_findings([path])]
    assert found
    assert all(isinstance(it, NotAFinding) and "draft" in str(it) and "reviewRating" in str(it) for it in found)
    assert main(["record", "import", str(path), "--ledger", ledger.name]) == 1
    assert "nobody has rated yet" in capsys.readouterr().err


def test_once_a_person_has_rated_it_it_is_read_as_theirs(text: str) -> None:
    rated = _draft(text) | {
        "reviewRating": {"@type": "Rating", "alternateName": "Not so"},
        "author": {"@type": "Organization", "name": "Vell Checks"},
    }
    (found,) = claim_reviews(json.dumps(rated), "rated.json")
    assert isinstance(found, Finding)
    assert (found.verdict, found.publisher, found.claimed) == ("Not so", "Vell Checks", "2021-05-02")
    assert len(found.appearances) == 3


def test_others_markup_without_a_rating_is_still_read() -> None:
    (found,) = claim_reviews('{"@type": "ClaimReview", "claimReviewed": "The weir burst."}', "theirs.json")
    assert isinstance(found, Finding)
    assert found.verdict is None


def test_it_is_json_ld_by_rdflib(text: str) -> None:
    rdflib = pytest.importorskip("rdflib")
    local = text.replace('"https://schema.org"', '{"@vocab": "https://schema.org/"}', 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = rdflib.Graph().parse(data=local, format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    reviews = set(graph.subjects(rdflib.RDF.type, schema.ClaimReview))
    assert len(reviews) == len(json.loads(text)["@graph"])
    assert all(graph.value(it, schema.itemReviewed) is not None for it in reviews)


def test_exporting_twice_gives_the_same_bytes(ledger: Ledger, text: str) -> None:
    assert exported(ledger, ExportKind.CLAIMS, Format.CLAIM_REVIEW).decode() == text
