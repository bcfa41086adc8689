"""`sayso record` as a person and a script meet it."""

import json
from pathlib import Path

import pytest

from sayso.cli import main
from tests.record.samples import REVIEW, TOML


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "lake.json").write_text(json.dumps(REVIEW))
    (tmp_path / "checks" / "court.toml").write_text(TOML)
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "news.db"))
    assert main(["record", "import", str(tmp_path / "checks")]) == 0
    return tmp_path


def test_findings_are_imported_once_and_listed(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", "import", str(record / "checks"), "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["findings"], row["added"], row["failed"]) == (3, 0, 0)
    assert main(["record", "list"]) == 0
    assert "on the balance of probabilities · interim · Harbour Court of Inquiry" in capsys.readouterr().out


def test_what_cannot_be_read_is_named_and_makes_the_status_1(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (record / "bad.json").write_text("{")
    assert main(["record", "import", str(record / "bad.json"), str(record / "checks")]) == 1
    assert "bad.json" in capsys.readouterr().err


def test_a_text_is_matched_with_the_verdict_in_its_own_words(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", "match", "The lake at Tarn froze over in July", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0]["finding"]["verdict"] == "Not so: it was August"
    assert rows[0]["reasons"]


def test_two_bodies_that_found_otherwise_both_stand(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", "match", "The ferry Aurora was sunk by a mine", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["finding"]["publisher"] for row in rows} >= {"Harbour Court of Inquiry", "Second Commission"}


def test_a_mapping_that_is_none_is_wrong_usage_told_with_a_cure(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["record", "import", "x.csv", "--map", "claim"]) == 1
    assert "FIELD=COLUMN" in capsys.readouterr().err


def test_record_alone_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record"]) == 1
    assert "import, list or match" in capsys.readouterr().err
