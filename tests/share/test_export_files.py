from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.share import dumps, export
from sayso.vocabulary import Reading, ReportId
from tests.share.ferry import ferry


def other() -> Reading:
    return replace(ferry(), report=replace(ferry().report, id=ReportId("another")))


def test_several_readings_go_into_one_file_with_its_companions(tmp_path: Path) -> None:
    done = export([ferry(), other()], [str(tmp_path / "acled.csv")])
    assert {path.name: count for path, count in done.written} == {
        "acled.csv": 4,
        "acled.incident_reports.csv": 54,
        "acled.tallies.csv": 6,
    }
    assert (tmp_path / "acled.csv").read_bytes().count(b"\r\n") == 5
    assert dict(done.left_out) == {tmp_path / "acled.csv": {"forecasts": 2}}


def test_several_formats_are_written_at_once(tmp_path: Path) -> None:
    export([ferry()], [str(tmp_path / "a" / name) for name in ("x.csv", "x.GeoJSON", "x.jsonl")])
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "x.GeoJSON", "x.csv", "x.incident_reports.csv", "x.jsonl", "x.tallies.csv",
    ]  # fmt: skip


def test_the_same_report_goes_in_once_and_gives_the_same_bytes(tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("a.csv", "a.geojson", "a.jsonl")]
    export([ferry()], names)
    once = [Path(name).read_bytes() for name in names]
    assert export([ferry(), ferry()], names).repeated == 1
    assert [Path(name).read_bytes() for name in names] == once


def test_nothing_read_is_a_file_with_a_head_alone(tmp_path: Path) -> None:
    export([], [str(tmp_path / "a.csv"), str(tmp_path / "a.geojson")])
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").count("\n") == 1
    assert (tmp_path / "a.geojson").read_text(encoding="utf-8") == '{"type":"FeatureCollection","features":[\n\n]}\n'


@pytest.mark.parametrize("name", ["incidents.txt", "incidents", "acled.csv.gz", ".csv"])
def test_a_name_of_no_format_is_refused_with_those_there_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match=r"\.csv .* \.geojson .* \.jsonl"):
        export([ferry()], [str(tmp_path / name)])


@pytest.mark.parametrize("names", [("a.csv", "a.csv"), ("a.csv", "a.tallies.csv")])
def test_a_file_is_written_by_one_name_only(names: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="twice"):
        export([ferry()], [str(tmp_path / name) for name in names])


def test_what_goes_wrong_on_the_way_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    def interrupted() -> Iterator[Reading]:
        yield ferry()
        raise KeyboardInterrupt

    precious = tmp_path / "a.csv"
    precious.write_text("precious", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        export(interrupted(), [str(precious), str(tmp_path / "a.geojson")])
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert precious.read_text(encoding="utf-8") == "precious"


def test_a_disk_that_is_full_is_told_and_leaves_the_old_files(tmp_path: Path) -> None:
    script = (
        "import json, resource, sys\n"
        "from sayso.errors import SaysoError\n"
        "from sayso.share import export, reading_from_json\n"
        "reading = reading_from_json(json.load(sys.stdin))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))\n"
        "try:\n"
        "    export([reading], sys.argv[1:])\n"
        "except SaysoError as error:\n"
        "    print(error)\n"
    )
    precious = tmp_path / "a.csv"
    precious.write_text("precious", encoding="utf-8")
    command = [sys.executable, "-c", script, str(precious)]
    done = subprocess.run(command, input=dumps(ferry()).encode(), capture_output=True, timeout=120)
    assert b".csv: cannot be written: File too large" in done.stdout, done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert precious.read_text(encoding="utf-8") == "precious"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "a.jsonl"
    link.symlink_to(tmp_path / "there" / "b.jsonl")
    export([ferry()], [str(link)])
    assert link.is_symlink()
    assert (tmp_path / "there" / "b.jsonl").read_text(encoding="utf-8").count("\n") == 4


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SaysoError, match="cannot be written"):
        export([ferry()], [str(tmp_path / "file" / "a.csv")])
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(SaysoError, match="cannot be written"):
        export([ferry()], [str(tmp_path / "folder.jsonl")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.jsonl"]
