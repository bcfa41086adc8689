from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import cold_start, speed
from benchmarks.cold_start import ColdStart
from benchmarks.corpus import CorpusError
from benchmarks.speed import Timing
from sayso.vocabulary import Reading
from tests.floors.invented import READER, reading

TIMING = Timing(
    words=1000,
    passes=(0.6, 0.4, 0.5),
    stages={"tokenise": 0.05, "encode": 0.3, "decode": 0.05, "resolve": 0.05},
    encoder=0.25,
)


def test_speed_is_the_median_pass_and_the_limit_is_the_encoders() -> None:
    assert TIMING.words_per_second == 2000.0
    assert TIMING.encoder_words_per_second == 4000.0
    assert TIMING.share_of_limit == 50.0


def test_stages_and_what_lies_between_them_make_the_whole() -> None:
    rows = speed.stage_breakdown(TIMING).rows
    assert [row[0] for row in rows] == ["tokenise", "encode", "decode", "resolve", "between stages"]
    assert sum(float(row[1]) for row in rows) == pytest.approx(100)
    assert rows[1] == ("encode", 60.0, 300.0)


def test_memory_and_time_must_be_low_to_reach_their_marks() -> None:
    cold = ColdStart(runs=5, first_output_s=1.0, total_s=1.2, peak_mb=500.0)
    by_name = {figure.name: figure for figure in speed.figures_of(TIMING, cold, 300.0)}
    assert by_name["first_output"].reaches(by_name["first_output"].must) is True
    assert by_name["first_output"].reaches(by_name["first_output"].aim) is False
    assert by_name["peak_one"].reaches(by_name["peak_one"].must) is False
    assert by_name["words_per_second"].reaches(by_name["words_per_second"].must) is True


def test_every_text_is_read_in_every_pass_after_a_warm_up() -> None:
    seen: list[str] = []

    def timed(text: str) -> tuple[Reading, dict[str, float]]:
        seen.append(text)
        return reading(text), {"encode": 1.0}

    timing, reader = speed.time_reading(["one two", "three", "four"], 2, timed, lambda text: 0.5)
    assert seen == ["one two", "three", *["one two", "three", "four"] * 2]
    assert timing.words == 4
    assert timing.encoder == 1.5
    assert timing.stages == {"encode": 3.0}
    assert len(timing.passes) == 2
    assert reader == READER


def test_texts_come_from_json_lines_a_file_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("bee", encoding="utf-8")
    (tmp_path / "a.txt").write_text("ay", encoding="utf-8")
    lines = tmp_path / "c.jsonl"
    lines.write_text('{"id": "x", "text": "sea"}\n', encoding="utf-8")
    assert [row["text"] for row in speed.texts_of(tmp_path)] == ["ay", "bee"]
    assert [row["text"] for row in speed.texts_of(lines)] == ["sea"]
    assert [row["text"] for row in speed.texts_of(tmp_path / "a.txt")] == ["ay"]


def test_a_folder_without_texts_is_told_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no text to read here\. Point --data"):
        speed.texts_of(tmp_path)


def test_the_cold_start_reads_the_article_of_median_length() -> None:
    assert speed.middling(["aaaa", "a", "aa"]) == "aa"


def test_the_peak_is_read_from_the_processes_own_status() -> None:
    assert cold_start.peak_megabytes("talk\nVmHWM:\t  200000 kB\n") == 204.8
    assert cold_start.peak_megabytes("talk only") is None
