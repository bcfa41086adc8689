from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import corpus
from benchmarks.corpus import CorpusError
from benchmarks.figures import Breakdown, Figure, Outcome, as_json, show
from benchmarks.provenance import commit, machine, provenance

LINES = (
    '{"id": "a", "text": "Rain fell."}\n\n'
    '{"id": "b", "text": "It stopped.", "date": "2031-05-02", "publisher": "Wire"}\n'
)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "dev.jsonl"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_packed_and_plain_files_are_the_same_corpus(plain: Path, tmp_path: Path) -> None:
    packed = tmp_path / "dev.jsonl.gz"
    packed.write_bytes(gzip.compress(LINES.encode()))
    assert corpus.rows(packed) == corpus.rows(plain)
    assert corpus.fingerprint(packed) == corpus.fingerprint(plain)
    assert len(corpus.fingerprint(plain)) == 16


def test_a_changed_letter_and_a_changed_order_change_the_fingerprint(plain: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(LINES.replace("Rain", "Hail"), encoding="utf-8")
    assert corpus.fingerprint(other) != corpus.fingerprint(plain)
    assert corpus.fingerprint(plain, other) != corpus.fingerprint(other, plain)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "holds no document"),
        ("{", ":1: not JSON"),
        ('{"id": "a"}', ":1: a document needs"),
        ("[1]", ":1: a document needs"),
        ('{"id": "a", "text": ""}\n{"id": "a", "text": ""}', ":2: the id a stands here twice"),
    ],
)
def test_a_broken_corpus_is_told_by_line(tmp_path: Path, written: str, told: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(CorpusError, match=told):
        corpus.rows(path)


def test_a_truncated_gzip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(LINES.encode())[:-12])
    with pytest.raises(CorpusError, match="cannot be read"):
        corpus.rows(path)


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "one\u2028two\u0085three"}, ensure_ascii=False), encoding="utf-8")
    assert corpus.rows(path)[0]["text"] == "one\u2028two\u0085three"


def test_a_file_is_found_from_the_eval_folder_its_own_folder_and_itself(plain: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tides"
    folder.mkdir()
    inner = folder / "dev.jsonl"
    inner.write_bytes(plain.read_bytes())
    plain.unlink()
    assert corpus.locate(tmp_path, "tides", "dev.jsonl") == inner
    assert corpus.locate(folder, "tides", "dev.jsonl") == inner
    assert corpus.locate(inner, "tides", "dev.jsonl") == inner
    with pytest.raises(CorpusError, match=r"no gold\.json here or in tides/"):
        corpus.locate(tmp_path, "tides", "gold.json")


def test_the_third_is_the_same_everywhere_and_about_a_third() -> None:
    documents = [{"id": f"d{number}", "text": ""} for number in range(600)]
    chosen = corpus.third(documents)
    assert chosen == corpus.third(reversed(documents))[::-1]
    assert 150 < len(chosen) < 250
    assert [row["id"] for row in chosen[:3]] == ["d2", "d9", "d11"]


def test_a_document_becomes_a_report_with_what_the_corpus_knows(plain: Path) -> None:
    first, second = (corpus.report(row) for row in corpus.rows(plain))
    assert (first.outlet, first.published) == (None, None)
    assert second.outlet == "Wire"
    assert second.published is not None
    assert (second.published.value, second.published.basis) == ("2031-05-02", "corpus")


def test_figures_are_printed_with_marks_breakdowns_and_machine(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = Outcome(
        benchmark="tides",
        data=Path("tides.jsonl"),
        corpus="feed",
        documents=2,
        words=1234,
        figures=(
            Figure("height", 71.0, "height of [high] tide", 70, 80),
            Figure("wait", 2.0, "wait", 1.5, 0.7, "s", True),
        ),
        breakdowns=(Breakdown("by port", ("port", "n", "share"), (("Ostra", 3, 50.0),)),),
        notes=("one [note]",),
    )
    source = provenance(None)
    show(outcome, source)
    printed = capsys.readouterr().out
    for words in (
        "height of [high] tide",
        "under aim",
        "under must",
        "Ostra",
        "one [note]",
        "feed",
        machine().cpu,
    ):
        assert words in printed
    assert json.loads(json.dumps(as_json(outcome, source)))["figures"]["wait"]["reaches_must"] is False


def test_outside_git_there_is_no_commit(tmp_path: Path) -> None:
    assert commit(tmp_path) is None


@pytest.mark.parametrize("name", ["attribution", "wartime", "mentions", "speed", "floors"])
def test_every_command_has_help_with_an_example(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert f"python -m benchmarks.{name}" in done.stdout.split("for instance:")[1]
    assert "--json" in done.stdout
