"""One simple way to export a selection: a kind, a file whose ending says the format, and what it is narrowed by."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from sayso.cli import main
from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.share.contract import reading_from_json
from sayso.share.exports.cells import words_of
from sayso.share.exports.forms import FORMS, Format, format_of
from sayso.share.exports.kinds import CONDITIONS, NARROWED, ExportKind
from sayso.share.exports.registry import WRITTEN, formats_of
from sayso.share.exports.writing import write, written_to

_ALL = [(kind, form) for kind in ExportKind for form in formats_of(kind)]
_STEERING = ("=", "+", "-", "@", "\t", "\r")


def _bytes(ledger: Ledger, kind: ExportKind, form: Format, **asked: str) -> bytes:
    return b"".join(written_to(ledger, kind, form, asked))


def _objects(data: bytes) -> list[Any]:
    *lines, end = map(json.loads, data.decode().splitlines())
    assert end == {"schema": "sayso/end/1", "records": len(lines)}
    return lines


@pytest.mark.parametrize(("kind", "form"), _ALL)
def test_exporting_twice_gives_the_same_bytes(newsroom: Ledger, kind: ExportKind, form: Format) -> None:
    asked = {"as_of": "2023-07-01"} if kind is ExportKind.FORECASTS else {}
    assert _bytes(newsroom, kind, form, **asked) == _bytes(newsroom, kind, form, **asked)


@pytest.mark.parametrize("kind", [it for it in ExportKind if Format.CSV in formats_of(it)])
def test_no_cell_is_a_formula_and_every_row_is_whole(newsroom: Ledger, kind: ExportKind) -> None:
    head, *rows = csv.reader(io.StringIO(_bytes(newsroom, kind, Format.CSV).decode(), newline=""))
    assert rows
    for row in rows:
        assert len(row) == len(head)
        numbers = {"latitude", "longitude"}
        assert not [it for name, it in zip(head, row, strict=True) if it.startswith(_STEERING) and name not in numbers]


def test_words_of_reports_come_back_from_their_cells(newsroom: Ledger) -> None:
    rows = csv.DictReader(io.StringIO(_bytes(newsroom, ExportKind.REPORTS, Format.CSV).decode(), newline=""))
    titles = {words_of(it["title"]) for it in rows}
    assert titles == {it.title or "" for it in newsroom.reports()}


def test_exported_readings_add_nothing_to_a_ledger_that_has_them(newsroom: Ledger, tmp_path: Path) -> None:
    found = [*map(reading_from_json, _objects(_bytes(newsroom, ExportKind.READINGS, Format.JSON_LINES)))]
    with Ledger(tmp_path / "l.db") as other:
        other.add_readings(found)
        once = other.digest()
        again = other.add_readings(found)
        assert (again.new, again.read, again.rejects) == (0, 0, ())
        assert other.digest() == once
        assert sum(1 for _ in other.statements()) == sum(1 for _ in newsroom.statements())


def test_each_condition_narrows_what_it_is_said_to(newsroom: Ledger) -> None:
    whole = _objects(_bytes(newsroom, ExportKind.STATEMENTS, Format.JSON_LINES))
    report = whole[0]["report"]["id"]
    for asked in ({"report": report}, {"outlet": "@Tarn Post"}, {"stance": "denies"}, {"words": "sluice"}):
        some = _objects(_bytes(newsroom, ExportKind.STATEMENTS, Format.JSON_LINES, **asked))
        assert 0 < len(some) < len(whole)
        assert all(it in whole for it in some)
    reports = _objects(_bytes(newsroom, ExportKind.REPORTS, Format.JSON_LINES, words='"sluice is shut" -2'))
    assert {it["title"] for it in reports} == {"Sluice 0", "Sluice 1"}
    assert not _objects(_bytes(newsroom, ExportKind.REPORTS, Format.JSON_LINES, words="-sluice"))


def test_every_condition_is_of_some_kind_and_explained() -> None:
    assert set().union(*NARROWED.values()) == set(CONDITIONS)
    assert set(NARROWED) == set(ExportKind)


def test_every_format_says_what_it_drops_but_the_lossless_one() -> None:
    for form, written in WRITTEN.items():
        for kind, drops in written.drops.items():
            assert all(drops), (form, kind)
    assert not any(WRITTEN[Format.JSON_LINES].drops.values())
    assert set(formats_of(ExportKind.STATEMENTS)) >= {Format.JSON_LINES, Format.CSV, Format.PARQUET, Format.ANNOTATIONS}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.csv", Format.CSV), ("A.JSONL", Format.JSON_LINES), ("x/case.stix.json", Format.STIX),
        ("a.ftm.jsonl", Format.FTM), ("b.claim-review.jsonld", Format.CLAIM_REVIEW), ("b.jsonld", Format.ANNOTATIONS),
        ("a.json", None), ("csv", None), ("a.csv.gz", None),
    ],
)  # fmt: skip
def test_the_longest_ending_says_the_format(name: str, form: Format | None) -> None:
    assert format_of(name) is form
    assert len({it.ending for it in FORMS.values()}) == len(FORMS)


def test_a_file_is_there_whole_or_not_at_all(newsroom: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "out" / "s.csv"
    write(newsroom, ExportKind.STATEMENTS, str(target), {})
    before = target.read_bytes()
    with pytest.raises(SaysoError, match="is none"):
        write(newsroom, ExportKind.STATEMENTS, str(target), {"stance": "shouts"})
    with pytest.raises(SaysoError, match=r"not written as geojson.*There is: jsonl, csv"):
        write(newsroom, ExportKind.STATEMENTS, str(tmp_path / "s.geojson"), {})
    assert target.read_bytes() == before
    assert [it.name for it in tmp_path.rglob("*")] == ["out", "s.csv"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SaysoError, match="cannot be written"):
        write(newsroom, ExportKind.STATEMENTS, str(tmp_path / "file" / "s.csv"), {})


def test_the_command_writes_a_file_and_says_what_the_format_drops(
    newsroom: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--ledger", newsroom.name]
    assert main(["export", "statements", str(tmp_path / "s.csv"), "--stance", "denies", *at]) == 0
    said = capsys.readouterr().err
    assert "s.csv" in said
    assert "csv has no place for: spans of source" in said
    rows = csv.DictReader(io.StringIO((tmp_path / "s.csv").read_text(encoding="utf-8"), newline=""))
    assert {it["stance"] for it in rows} == {"denies"}
    assert main(["export", "incidents", str(tmp_path / "m.geojson"), "--json", *at]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["bytes"] == (tmp_path / "m.geojson").stat().st_size
    assert told["drops"] == [*WRITTEN[Format.GEOJSON].drops[ExportKind.INCIDENTS]]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["export"], "Name a kind and a file"),
        (["export", "statements"], "Name a kind and a file"),
        (["export", "statements", "x.csv", "--all", "y.sayso"], "Name a kind and a file"),
        (["export", "sentences", "x.csv"], "no kind of export.*statements"),
        (["export", "statements", "x.xlsx"], r"names no format.*\.csv"),
        (["export", "claims", "x.csv", "--outlet", "Vell Post"], "not narrowed by outlet.*claim"),
    ],
)
def test_what_the_command_cannot_do_is_told_with_the_cure(
    newsroom: Ledger, asked: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*asked, "--ledger", newsroom.name]) == 1
    assert re.search(told, capsys.readouterr().err)
