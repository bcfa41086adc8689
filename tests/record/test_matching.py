"""Findings that bear on a text are found by words and by meaning, told with reasons, and left out where none does."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks.embeddings import remembered
from sayso.record import Context, Shelf, match, shelf
from sayso.record.findings import finding
from sayso.trace.embedding import PACKED, between, embed, packed, unpacked
from sayso.vocabulary import Finding, FindingKind, Tier

CLAIMS = (
    "The ferry Aurora was sunk by a mine laid by the harbour guard.",
    "The lake at Tarn froze over in July 2021.",
    "Governor Ida Holm sold the town's forest to her brother for 20,000 crowns.",
    "The new bridge over the Vesk was built without steel.",
    "Twelve schools in the valley have been closed since the flood.",
    "The harbour guard receives 70 percent of the fishing tax.",
    "Drinking cold tea cures river fever.",
    "The clock tower was never part of the old town wall.",
)


@cache
def findings() -> tuple[Finding, ...]:
    return tuple(
        finding(FindingKind.CHECK, {"claim": claim, "verdict": "Not so", "claimant": "Ida Holm"}) for claim in CLAIMS
    )


@cache
def laid_out() -> Shelf:
    return shelf(findings())


def best(text: str, context: Context | None = None) -> tuple[str, Tier, bool, tuple[str, ...]] | None:
    (found,) = match([text], laid_out(), context)
    if not found:
        return None
    claim = next(item.claim for item in findings() if item.id == found[0].finding)
    return claim, found[0].tier, found[0].opposed, found[0].reasons


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_claim_itself_is_found_with_confidence(claim: str) -> None:
    found = best(claim)
    assert found is not None
    assert found[0] == claim
    assert found[1] is Tier.CONFIDENT


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("It was a mine of the harbour guard that sent the ferry Aurora to the bottom, he told the crew.", 0),
        ("Look at this, the lake in Tarn was frozen in the middle of summer 2021!", 1),
        ("Ida Holm let her own brother have the forest of the town for 20,000 crowns", 2),
        ("After the flooding 12 schools of the valley stay shut", 4),
    ],
)
def test_a_claim_in_other_words_is_found(text: str, at: int) -> None:
    found = best(text)
    assert found is not None
    assert found[0] == CLAIMS[at]
    assert any(reason.startswith("words shared") for reason in found[3])


@pytest.mark.parametrize(
    "text",
    [
        "The orchestra will play two symphonies on Saturday evening.",
        "Prices of bread rose again in the capital, shopkeepers said.",
        "",
        "…",
        "😀" * 500,
    ],
)
def test_nothing_is_matched_with_confidence_where_no_finding_bears_on_it(text: str) -> None:
    found = best(text)
    assert found is None or found[1] is not Tier.CONFIDENT


def test_a_short_text_is_only_suggested() -> None:
    found = best("The ferry Aurora")
    assert found is None or found[1] is Tier.SUGGESTED


def test_other_numbers_are_only_suggested_and_said() -> None:
    found = best("The harbour guard receives 35 percent of the fishing tax.")
    assert found is not None
    assert found[1] is Tier.SUGGESTED
    assert "the numbers differ" in found[3]


def test_the_negation_of_a_claim_is_matched_and_marked_as_its_contrary() -> None:
    found = best("The ferry Aurora was not sunk by a mine laid by the harbour guard.")
    assert found is not None
    assert found[0] == CLAIMS[0]
    assert found[2]


def test_an_empty_record_matches_nothing() -> None:
    assert match(["The ferry Aurora was sunk by a mine."], shelf(())) == [()]


def test_the_order_of_the_shelf_changes_nothing() -> None:
    texts = ["The ferry Aurora was sunk by a mine.", "Cold tea cures river fever, they say."]
    assert match(texts, laid_out()) == match(texts, shelf(tuple(reversed(findings()))))


def test_a_text_is_embedded_alone_and_its_vector_is_kept_in_half_its_numbers_bytes() -> None:
    together = embed([*CLAIMS[:3], ""])
    assert np.array_equal(together[1], embed([CLAIMS[1]])[0])
    assert len(packed(together)) == 4 * PACKED == 4 * 384 // 2
    assert np.array_equal(unpacked(packed(together)), together)
    assert np.allclose(np.diag(between(together, together)), 1)


def test_remembered_vectors_are_the_same_and_survive_a_cut(tmp_path: Path) -> None:
    path = tmp_path / "v"
    first = remembered(path)(CLAIMS)
    path.write_bytes(path.read_bytes()[:-100])
    assert np.array_equal(remembered(path)(CLAIMS), first)
    assert np.array_equal(remembered(path)(CLAIMS), embed(CLAIMS))
