"""Varied readings stand in their texts as real ones do, tell of the same, and come with their own lineage."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from benchmarks.newsroom import other_words
from benchmarks.newsroom.varying import Base, base, place, variant, variants
from sayso.ledger import Ledger
from sayso.read import read_many
from sayso.vocabulary import Published, Report, ReportId

TEXTS = (
    "The Reed Guard shelled the market in Porto on 7 January 1901, killing 3 people, the mayor of Porto, Ilse Maran, "
    "said.\n\nFerries were held back by fog in the same days.\n\nMaran left. The quay was rebuilt eleven years ago.",
    "Colonel Ilse Maran warned that the Reed Guard would bomb the town hall in Porto within two weeks.",
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """Two reports that the reader read, where what was read is kept."""
    folder = tmp_path_factory.mktemp("read")
    reports = [
        Report(
            ReportId(f"n0-{i}"),
            text,
            "Reed Guard in Porto",
            "Harbour Wire",
            None,
            Published(f"1901-01-0{7 + i}", "given"),
        )
        for i, text in enumerate(TEXTS, 1)
    ]
    gold = [{"story": 0, "claims": [{"id": "c0", "affirms": ["n0-1"], "denies": []}], "events": [], "forecasts": []}]
    lines = [json.dumps(gold), *(msgspec.json.encode(it).decode() for it in read_many(reports))]
    place(folder, 1).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return base(folder, 1)


def test_every_word_that_stands_for_another_is_as_long() -> None:
    assert all(len(other) == len(word) for word, others in other_words.PASSING.items() for other in others)


def test_the_first_variant_is_what_was_read_and_a_number_always_gives_the_same(read: Base) -> None:
    first = variant(read, 1, 0)
    assert [it.report.text for it in first.readings] == list(TEXTS)
    assert variant(read, 1, 12) == variant(read, 1, 12)
    assert variant(read, 1, 12) != variant(read, 2, 12)


@pytest.mark.parametrize("number", [1, 12, 150])
def test_a_variant_has_other_words_of_the_same_length_and_another_year(read: Base, number: int) -> None:
    for one, other in zip(variant(read, 1, 0).readings, variant(read, 1, number).readings, strict=True):
        assert len(one.report.text) == len(other.report.text)
        assert one.report.text != other.report.text or "1901" not in one.report.text
        assert [it.content.spans for it in one.statements] == [it.content.spans for it in other.statements]
        assert [_moved(it.start, number) for it in one.incidents] == [it.start for it in other.incidents]
        assert one.report.published is not None
        assert other.report.published is not None
        assert _moved(one.report.published.value, number) == other.report.published.value


def test_a_ledger_takes_variants_which_it_does_only_if_every_span_holds(read: Base, tmp_path: Path) -> None:
    with Ledger(tmp_path / "news.db") as ledger:
        for number in (0, 5, 33):
            added = ledger.add_readings(variant(read, 1, number).readings)
            assert not added.rejects
        assert sum(1 for _ in ledger.current_readings()) == 6


def test_the_lineage_names_the_reports_of_its_variant(read: Base) -> None:
    found = variant(read, 1, 7)
    assert {it.report.id for it in found.readings} == {"v7n0-1", "v7n0-2"}
    assert found.gold[0]["claims"][0]["affirms"] == ["v7n0-1"]


def test_there_are_so_many_statements_and_no_more(read: Base) -> None:
    asked = 3 * read.statements
    assert len(list(variants(read, 1, asked))) == 3
    with pytest.raises(ValueError, match="at most"):
        list(variants(read, 1, (read.variants + 1) * read.statements))


def _moved(day: str | None, number: int) -> str | None:
    first = 1600 - 1901  # of the years that variants come in
    return None if day is None else f"{int(day[:4]) + first + number - 1}{day[4:]}"
