from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks import attribution, corpus, figures
from benchmarks.corpus import CorpusError, Row
from sayso.vocabulary import Form, Reading
from tests.floors.invented import actor, reading, said, spot

TEXT = "The port is closed. Mayor Lena Ortiz said the crane fell because an engineer warned that it would."
SHARED_SCORER = Path(__file__).resolve().parents[3] / "shared" / "eval" / "attribution" / "score.py"
GOLD: Row = {
    "id": "doc",
    "text": TEXT,
    "attributions": [
        {
            "source": [list(spot(TEXT, "Mayor Lena Ortiz"))],
            "cue": [],
            "content": [list(spot(TEXT, "the crane fell because an engineer warned that it would"))],
        }
    ],
}


def port() -> Reading:
    return reading(
        TEXT,
        actors=[actor("a1", "Lena Ortiz")],
        statements=[
            said(TEXT, 0, "The port is closed", form=Form.VOICE),
            said(
                TEXT,
                1,
                "the crane fell because an engineer warned that it would",
                by="a1",
                words="Mayor Lena Ortiz",
            ),
            said(TEXT, 2, "it would", words="an engineer", parent=1),
        ],
    )


def test_only_the_outermost_layer_without_the_outlets_voice_is_predicted_and_no_text() -> None:
    assert attribution.prediction(port()) == {"id": "doc", "attributions": GOLD["attributions"]}


@pytest.fixture
def read_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_hand(documents: Sequence[Row], what: str) -> Iterator[Reading]:
        return (port() for _ in documents)

    monkeypatch.setattr(corpus, "readings", by_hand)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    attribution.write_lines(path, [GOLD])
    return path


@pytest.mark.usefixtures("read_by_hand")
def test_without_a_scorer_the_predictions_are_written_and_that_is_said(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    outcome = attribution.measure(gold, out)
    assert json.loads(out.read_text(encoding="utf-8"))["attributions"] == GOLD["attributions"]
    assert outcome.figures == ()
    assert "not scored" in outcome.notes[0]


@pytest.mark.usefixtures("read_by_hand")
@pytest.mark.skipif(not SHARED_SCORER.is_file(), reason="the shared scorer is absent")
def test_the_gold_as_prediction_is_perfect_by_the_shared_scorer(gold: Path, tmp_path: Path) -> None:
    outcome = attribution.measure(gold, tmp_path / "out.jsonl", scorer=SHARED_SCORER)
    values = {figure.name: figure.value for figure in outcome.figures}
    assert values["whole_partial"] == values["source_exact"] == values["fragment_content"] == 100.0
    kinds = {row[0]: row[1:] for row in outcome.breakdowns[0].rows}
    assert kinds["type: indirect"] == (1, 100.0, 100.0)


def test_a_scorer_that_fails_is_named_with_its_last_word(gold: Path, tmp_path: Path) -> None:
    scorer = tmp_path / "score.py"
    scorer.write_text("import sys; sys.exit('no such gold')", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"score\.py: failed.*no such gold"):
        attribution.score(gold, gold, scorer)


@pytest.mark.usefixtures("read_by_hand")
def test_the_command_scores_the_first_documents_and_prints_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.jsonl"
    attribution.write_lines(gold, [GOLD, {**GOLD, "id": "other"}])
    (tmp_path / "score.py").write_text(_SCORER, encoding="utf-8")
    command = ["--data", str(gold), "--predictions", str(tmp_path / "out.jsonl"), "--limit", "1", "--json"]
    assert attribution.main(command) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["corpus"]["documents"] == 1
    assert printed["figures"]["whole_partial"] == {
        "value": 71.0,
        "unit": "%",
        "must": 72,
        "aim": 80,
        "reaches_must": False,
        "reaches_aim": False,
    }
    assert printed["provenance"]["weights"] == "none"


@pytest.mark.usefixtures("read_by_hand")
def test_the_command_prints_a_table_with_must_and_aim(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold.with_name("score.py").write_text(_SCORER, encoding="utf-8")
    assert attribution.main(["--data", str(gold), "--predictions", str(gold.with_name("out.jsonl"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[:2] == ["whole", "relation,"] and "under must" in line for line in lines)
    assert any("fingerprint" in line for line in lines)


def test_a_missing_file_is_told_with_its_cure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert attribution.main(["--data", str(tmp_path), "--predictions", "x"]) == figures.UNUSABLE
    assert "Point --data at the file or the eval folder" in capsys.readouterr().err


# Writes a report in the shape of the shared scorer's, for one gold document.
_SCORER = """
import json, sys
gold = open(sys.argv[2]).read().splitlines()
f1 = {"F1": 71.0}
roles = ("source", "cue", "content")
report = {
    "documents": len(gold), "gold": 1, "pred": 1, "pairs": 1,
    "relation": {"whole": {"partial": f1}},
    "token": {role: f1 for role in roles},
    "fragment": {role: {"exact": f1} for role in roles},
    "source_given_content": {"exact": 71.0},
    "recall_by": {"type: indirect": {"gold": 1, "content_found": 100.0, "whole_partial": 0.0}},
}
json.dump(report, open(sys.argv[6], "w"))
"""
