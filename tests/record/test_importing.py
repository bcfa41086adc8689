"""Findings come in from whatever form they are published in, in the publisher's own words; hostile files do no harm."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import NotAFinding, RecordError
from sayso.record import import_findings
from sayso.vocabulary import Finding, FindingKind
from tests.record.samples import REVIEW, TOML, page, review


def imported(path: Path, content: object, **options: Any) -> tuple[list[Finding], list[RecordError]]:
    data = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else json.dumps(content)).encode()
    )
    path.write_bytes(data)
    found = list(import_findings([path], **options))
    good = [item for item in found if isinstance(item, Finding)]
    return good, [item for item in found if isinstance(item, RecordError)]


def test_a_review_keeps_the_publishers_words_and_the_scale_as_written(tmp_path: Path) -> None:
    (found,), errors = imported(tmp_path / "a.json", REVIEW)
    assert not errors
    assert found.kind is FindingKind.CHECK
    assert (found.claim, found.verdict) == ("The lake at Tarn froze over in July.", "Not so: it was August")
    assert found.rating == ("1", "5", None)
    assert (found.publisher, found.published) == ("Example Checks", "2021-08-03")
    assert (found.claimant, found.claimed) == ("Ida Holm", "2021-07-30")
    assert found.appearances == ("https://posts.example/0", "https://posts.example/1")


GRAPH = {"@graph": [{"@type": "WebPage"}, review(author={"@id": "#us"}), {"@id": "#us", "name": "Example Checks"}]}
FEED = {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]}


@pytest.mark.parametrize(
    "document",
    [
        REVIEW,
        [REVIEW],
        GRAPH,
        FEED,
        {"articles": [{"json_ld": json.dumps(REVIEW)}]},
        review(**{"@type": ["ClaimReview", "Review"]}),
        review(**{"@type": "http://schema.org/ClaimReview"}),
        review(claimReviewed={"@value": REVIEW["claimReviewed"], "@language": "en"}),
        review(author=[{"name": "Example Checks"}]),
    ],
)  # fmt: skip
def test_a_review_is_found_in_every_shape_it_is_published_in(tmp_path: Path, document: object) -> None:
    (found,), errors = imported(tmp_path / "a.json", document)
    assert not errors
    assert (found.claim, found.publisher) == (REVIEW["claimReviewed"], "Example Checks")


def test_a_review_needs_neither_author_nor_date_of_the_claim(tmp_path: Path) -> None:
    (found,), _ = imported(tmp_path / "a.json", {"@type": "ClaimReview", "claimReviewed": "The bridge is open."})
    assert (found.claimant, found.claimed, found.verdict, found.rating) == (None, None, None, None)


def test_a_page_gives_the_reviews_of_all_its_scripts_and_names_the_damaged_one(tmp_path: Path) -> None:
    other = review(url="https://checks.example/bridge", claimReviewed="The bridge is open.")
    text = page(REVIEW, other).replace("</head>", '<script type="application/ld+json">{"@type": </script></head>')
    found, errors = imported(tmp_path / "a.html", text)
    assert [item.claim for item in found] == [REVIEW["claimReviewed"], "The bridge is open."]
    assert len(errors) == 1
    assert "script 3" in str(errors[0])


def test_references_reach_from_one_script_of_a_page_to_another(tmp_path: Path) -> None:
    text = page(review(author={"@id": "#us"}), {"@id": "#us", "@type": "Organization", "name": "Example Checks"})
    (found,), _ = imported(tmp_path / "a.html", text)
    assert found.publisher == "Example Checks"


def test_json_lines_are_read_one_by_one_also_packed(tmp_path: Path) -> None:
    lines = "\n".join([json.dumps(REVIEW), "{broken", json.dumps(review(claimReviewed="The bridge is open."))])
    found, errors = imported(tmp_path / "a.jsonl.gz", gzip.compress(lines.encode()))
    assert len(found) == 2
    assert "a.jsonl.gz:2" in str(errors[0])


def test_a_table_is_read_by_the_usual_names_of_its_columns(tmp_path: Path) -> None:
    text = "\ufeffStatement;Rating;Speaker;Review date;Link\nThe bridge is open.;Half right;Ida Holm;2 May 2020;https://c.example/1\n"
    (found,), errors = imported(tmp_path / "a.csv", text)
    assert not errors
    assert (found.claim, found.verdict, found.claimant) == ("The bridge is open.", "Half right", "Ida Holm")
    assert (found.published, found.url) == ("2020-05-02", "https://c.example/1")


def test_a_table_is_read_by_a_mapping(tmp_path: Path) -> None:
    text = "was sagte,urteil\nThe bridge is open.,falsch\n"
    mapping = {"claim": "was sagte", "verdict": "urteil"}
    (found,), _ = imported(tmp_path / "a.csv", text, mapping=mapping)
    assert (found.claim, found.verdict) == ("The bridge is open.", "falsch")


@pytest.mark.parametrize("mapping", [{"claim": "Nope"}, {}])
def test_a_table_without_the_claim_names_the_columns_it_has(tmp_path: Path, mapping: dict[str, str]) -> None:
    found, errors = imported(tmp_path / "a.csv", "was sagte,urteil\nx,y\n", mapping=mapping)
    assert not found
    assert "was sagte, urteil" in str(errors[0])


def test_official_findings_keep_grade_and_status_apart(tmp_path: Path) -> None:
    found, errors = imported(tmp_path / "a.toml", TOML)
    assert not errors
    assert [item.kind for item in found] == [FindingKind.OFFICIAL] * 2
    assert (found[0].grade, found[0].status) == ("on the balance of probabilities", "interim")
    assert (found[0].publisher, found[0].published) == ("Harbour Court of Inquiry", "1931-04-02")
    assert found[0].passage == "We find no trace of a mine."
    assert (found[1].grade, found[1].status) == (None, "final")


def test_official_findings_in_json_are_the_same_as_in_toml(tmp_path: Path) -> None:
    rows = [{"body": "Second Commission", "claim": "The ferry Aurora was sunk by a mine.", "status": "final",
             "finding": "A mine cannot be ruled out.", "date": "1934"}]  # fmt: skip
    (found,), _ = imported(tmp_path / "a.json", {"findings": rows})
    assert found.id == imported(tmp_path / "a.toml", TOML)[0][1].id


@pytest.mark.parametrize(("lost", "said"), [("body", "lacks body"), ("finding", "lacks finding")])
def test_an_official_finding_that_lacks_a_field_says_which(tmp_path: Path, lost: str, said: str) -> None:
    row = {"body": "Court", "claim": "It sank.", "finding": "It did.", lost: ""}
    _, errors = imported(tmp_path / "a.toml", "\n".join(f"{name} = {json.dumps(value)}" for name, value in row.items()))
    assert said in str(errors[0])


def test_an_official_finding_with_a_misspelt_field_is_refused_not_read_without_it(tmp_path: Path) -> None:
    _, errors = imported(tmp_path / "a.toml", 'body="Court"\nclaim="It sank."\nfinding="It did."\ngrad="sure"')
    assert "grad" in str(errors[0])


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        DEEP,
        '{"a":' * 50_000,
        "[" + "9" * 1_000_000 + "]",
        '{"@type": "ClaimReview", "claimReviewed": NaN}',
        '{"@type": "ClaimReview", "claimReviewed": {"@id": "#a"}, "@id": "#a"}',
        '{"@type": ["ClaimReview"], "itemReviewed": [[[["x"]]]]}',
        '{"@type": {"ClaimReview": 1}}',
        "{}",
        "[]",
        '"ClaimReview"',
        "not json",
        "<html>" + "<script" * 100_000,
        "<html>" + '<script type="application/ld+json">' * 50_000,
    ],
)  # fmt: skip
def test_a_hostile_or_empty_file_is_one_typed_error(tmp_path: Path, text: str) -> None:
    found, errors = imported(tmp_path / "a.json", text)
    assert not found
    assert errors
    assert all(isinstance(error, RecordError) and error.cure for error in errors)


def test_a_context_is_never_fetched_and_a_type_in_another_namespace_still_counts(tmp_path: Path) -> None:
    # Any attempt to resolve the context would fail: nothing answers there.
    (found,), _ = imported(tmp_path / "a.json", review(**{"@context": "http://127.0.0.1:9/context"}))
    assert found.claim == REVIEW["claimReviewed"]


def test_lone_surrogates_and_references_of_markup_do_not_reach_the_record(tmp_path: Path) -> None:
    (found,), _ = imported(
        tmp_path / "a.json", '{"@type": "ClaimReview", "claimReviewed": "Bread &amp; \\ud800 butter"}'
    )
    assert found.claim == "Bread & \ufffd butter"


def test_a_broken_file_costs_the_others_of_a_folder_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(REVIEW))
    (tmp_path / "b.json").write_text("{")
    (tmp_path / "c.toml").write_text(TOML)
    found = list(import_findings([tmp_path, tmp_path / "none.json"]))
    assert sum(isinstance(item, Finding) for item in found) == 3
    assert [item.origin for item in found if isinstance(item, RecordError)] == [
        str(tmp_path / "b.json"),
        str(tmp_path / "none.json"),
    ]


def test_the_id_of_a_finding_is_of_what_it_says_not_of_where_it_lay(tmp_path: Path) -> None:
    (one,), _ = imported(tmp_path / "a.json", REVIEW)
    (other,), _ = imported(tmp_path / "b.html", page(REVIEW))
    (revised,), _ = imported(tmp_path / "c.json", review(reviewRating={"alternateName": "Right after all"}))
    assert one.id == other.id
    assert one.id != revised.id


def test_a_review_without_a_claim_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    found, errors = imported(tmp_path / "a.json", [{"@type": "ClaimReview"}, REVIEW])
    assert len(found) == 1
    assert isinstance(errors[0], NotAFinding)
    assert "a.json#1" in str(errors[0])
