"""A record grows, forgets nothing, and survives being cut short."""

from pathlib import Path

import pytest

from sayso.errors import NotAFinding
from sayso.record import JsonLinesRecord
from sayso.record.findings import finding
from sayso.vocabulary import Finding, FindingKind


def check(claim: str, verdict: str = "Not so") -> Finding:
    return finding(FindingKind.CHECK, {"claim": claim, "verdict": verdict}, rating=("1", None, None), origin="a.json")


def test_a_finding_added_twice_is_there_once(tmp_path: Path) -> None:
    record = JsonLinesRecord(tmp_path / "r.jsonl")
    assert record.add([check("It rained."), check("It snowed."), check("It rained.")]) == 2
    assert record.add([check("It snowed.")]) == 0
    assert [found.claim for found in record.findings()] == ["It rained.", "It snowed."]


def test_what_was_added_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    JsonLinesRecord(tmp_path / "r.jsonl").add([check("It rained.")])
    again = JsonLinesRecord(tmp_path / "r.jsonl")
    assert list(again.findings()) == [check("It rained.")]
    assert again.finding(check("It rained.").id) == check("It rained.")


def test_a_revised_verdict_stands_beside_the_earlier_one(tmp_path: Path) -> None:
    record = JsonLinesRecord(tmp_path / "r.jsonl")
    record.add([check("It rained."), check("It rained.", "It did")])
    assert [found.verdict for found in record.findings()] == ["Not so", "It did"]


def test_a_line_cut_short_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    JsonLinesRecord(path).add([check("It rained."), check("It snowed.")])
    path.write_bytes(path.read_bytes()[:-20])
    record = JsonLinesRecord(path)
    assert [found.claim for found in record.findings()] == ["It rained."]
    record.add([check("It hailed.")])
    assert [found.claim for found in JsonLinesRecord(path).findings()] == ["It rained.", "It hailed."]


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    JsonLinesRecord(path).add([check("It rained.")])
    path.write_bytes(path.read_bytes().replace(b"rained", b"roined"))
    with pytest.raises(NotAFinding, match=r"r\.jsonl:1"):
        JsonLinesRecord(path)
