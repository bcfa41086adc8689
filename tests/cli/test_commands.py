"""The command line as a person and a script meet it: real processes, real files."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.share import dumps, reading_from_json
from sayso.vocabulary import Reading

STORY = "“The dam will hold,” engineer Ida Holm said on Friday. The dam was built in 1931.\n"


def sayso(*arguments: str | Path, given: str | bytes = b"", **settings: str) -> subprocess.CompletedProcess[str]:
    data = given.encode() if isinstance(given, str) else given
    environment = {**os.environ, "PYTHONWARNINGS": "error", "COLUMNS": "100", **settings}
    done = subprocess.run(
        [sys.executable, "-m", "sayso", *map(str, arguments)],
        input=data,
        capture_output=True,
        env=environment,
        timeout=120,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def readings(output: str) -> list[Reading]:
    return [reading_from_json(json.loads(line)) for line in output.splitlines()]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    rows = [json.dumps({"id": f"n{i}", "text": f"Report {i}. {STORY}"}) for i in range(12)]
    rows.insert(5, '{"id": "broken", "text": ')
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_file_is_shown_to_a_person(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    done = sayso("read", path)
    assert done.returncode == 0, done.stderr
    assert "Ida Holm" in done.stdout
    assert "The dam will hold" in done.stdout
    assert "\x1b" not in done.stdout


def test_json_of_standard_input_follows_the_contract() -> None:
    done = sayso("read", "-", "--json", "--published", "2022-08-19", "--outlet", "Example Wire", given=STORY)
    assert done.returncode == 0, done.stderr
    [reading] = readings(done.stdout)
    assert reading.report.text == STORY
    assert reading.report.outlet == "Example Wire"
    assert reading.report.published is not None
    assert (reading.report.published.value, reading.report.published.basis) == ("2022-08-19", "given")


def test_a_page_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    done = sayso("read", "-", "--html", tmp_path / "out" / "page.html", given=STORY)
    assert done.returncode == 0, done.stderr
    assert "Ida Holm" in (tmp_path / "out" / "page.html").read_text(encoding="utf-8")
    assert done.stdout == ""


def test_one_bad_file_in_a_folder_costs_the_others_nothing(tmp_path: Path) -> None:
    for i in range(3):
        (tmp_path / f"{i}.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.7\x00\x01\x02" * 50)
    done = sayso("read", tmp_path, "--json")
    assert done.returncode == 1
    assert len(readings(done.stdout)) == 3
    assert "bad.txt" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "no-such-file.txt"], "no-such-file.txt"),
        (["read"], "Nothing to read"),
        (["read", "-", "--published", "yesterday"], "not a date"),
        (["read", "--jsonl", "no-such.jsonl"], "-o out.jsonl"),
    ],
)
def test_wrong_use_is_told_with_a_cure(arguments: list[str], said: str) -> None:
    done = sayso(*arguments, given=STORY)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_help_shows_examples_and_costs_no_model() -> None:
    done = sayso("--help")
    assert done.returncode == 0
    assert "sayso read article.txt" in done.stdout
    assert sayso("read", "--help").returncode == 0


def test_the_demo_reads_the_shipped_example() -> None:
    done = sayso("demo", "--json")
    assert done.returncode == 0, done.stderr
    [reading] = readings(done.stdout)
    assert reading.report.outlet == "Example Wire"
    assert len(reading.statements) > 10


def test_a_stream_reads_every_line_and_tells_the_broken_one(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = sayso("read", "--jsonl", corpus, "-o", out)
    assert done.returncode == 1
    assert f"{corpus}:6" in done.stderr
    assert [r.report.id for r in readings(out.read_text(encoding="utf-8"))] == [f"n{i}" for i in range(12)]


def test_a_compressed_stream_on_four_threads_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed" / "in.jsonl"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(corpus.read_bytes()))
    sayso("read", "--jsonl", corpus, "-o", tmp_path / "one.jsonl")
    sayso("read", "--jsonl", packed, "-o", tmp_path / "four.jsonl", "--jobs", "4")
    one, four = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one.jsonl", "four.jsonl"))
    assert one.replace(str(corpus), "") == four.replace(str(packed), "")


def test_an_output_that_is_there_is_not_overwritten(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("precious\n", encoding="utf-8")
    done = sayso("read", "--jsonl", corpus, "-o", out)
    assert done.returncode == 1
    assert "--resume" in done.stderr
    assert out.read_text(encoding="utf-8") == "precious\n"


def test_a_killed_stream_goes_on_and_ends_as_if_it_had_not_been_killed(tmp_path: Path) -> None:
    corpus, whole, out = tmp_path / "in.jsonl", tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    rows = [json.dumps({"id": f"n{i}", "text": f"Report {i}. {STORY}" * 20}) for i in range(60)]
    corpus.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert sayso("read", "--jsonl", corpus, "-o", whole).returncode == 0
    command = [sys.executable, "-m", "sayso", "read", "--jsonl", str(corpus), "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not (out.exists() and out.stat().st_size > 20_000):
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with out.open("ab") as half:
        half.write(b'{"schema": "sayso/reading/1", "rep')
    done = sayso("read", "--jsonl", corpus, "-o", out, "--resume")
    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == whole.read_bytes()


def test_what_the_command_line_writes_is_what_python_gives() -> None:
    import sayso as library

    [reading] = readings(sayso("read", "-", "--json", given=STORY).stdout)
    ours = library.read(STORY)
    assert reading.statements == ours.statements
    assert json.loads(dumps(ours))["statements"] == json.loads(dumps(reading))["statements"]


def test_an_export_is_written_beside_its_companions_and_told_on_standard_error(tmp_path: Path) -> None:
    for i in range(2):
        (tmp_path / f"{i}.txt").write_text(f"Report {i}. {STORY}", encoding="utf-8")
    out = tmp_path / "out"
    done = sayso("read", tmp_path, "--export", out / "acled.csv", "--export", out / "incidents.geojson")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert sorted(path.name for path in out.iterdir()) == [
        "acled.csv", "acled.incident_reports.csv", "acled.tallies.csv", "incidents.geojson",
    ]  # fmt: skip
    assert all(f"wrote {path}: " in done.stderr for path in out.iterdir())
    head = (out / "acled.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("event_id_cnty,event_date,")
    assert len(head.split(",")) == 31
    assert json.loads((out / "incidents.geojson").read_text(encoding="utf-8"))["type"] == "FeatureCollection"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "-", "--export", "incidents.xlsx"], ".csv (the columns of ACLED), .geojson (for a map) or .jsonl"),
        (["read", "-", "--export", "a.csv", "--export", "a.csv"], "twice"),
        (["read", "--jsonl", "in.jsonl", "--export", "a.csv"], "takes JSON Lines too"),
    ],
)
def test_an_export_that_cannot_be_is_refused_before_anything_is_read(arguments: list[str], said: str) -> None:
    done = sayso(*arguments, given=STORY)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
