"""Questions on the command line: what a person and a script get, through `main`."""

from __future__ import annotations

import csv
import io
import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sayso import Ledger
from sayso.cli import main
from sayso.share.answer_rows import ACTORS, EVENTS, FORECASTS, TRACE
from sayso.share.answer_schema import answer_schema
from tests.gather.archives import http, note, record, warc
from tests.share.hostile import PAYLOADS
from tests.trace.answers.newspapers import named, written

CONTRACT = Draft202012Validator(answer_schema())
MAINE = Path(str(resources.files("sayso") / "examples" / "maine"))
CLAIM = "the reed guard opened the weir at Tarnholm"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger with the invented papers and the shipped dispatches."""
    folder = tmp_path_factory.mktemp("asked")
    place = str(folder / "news.db")
    assert main(["add", str(written(folder)), str(MAINE / "reports.jsonl"), "--ledger", place]) == 0
    return place


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of eighty columns, without colours."""
    monkeypatch.setenv("COLUMNS", "80")


def test_a_trace_is_readable_in_eighty_columns(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", CLAIM, "--ledger", ledger]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out
    for words in ("Vell Lantern ← Ivo Lenz", "denies", "2 reports, 2 outlets, 1 voice", "copy of Vell Lantern"):
        assert words in " ".join(out.split())


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (["trace", CLAIM], "Trace"),
        (["who", "Edgar Whitlow"], "ActorAnswer"),
        (["events", "--where", "Havana"], "EventAnswer"),
        (["forecasts", "--by", "Edgar Whitlow"], "ForecastAnswer"),
    ],
)
def test_json_is_one_object_a_line_by_the_contract(
    ledger: str, capsys: pytest.CaptureFixture[str], asked: list[str], kind: str
) -> None:
    assert main([*asked, "--json", "--ledger", ledger]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows
    assert all((row["schema"], row["answer"]) == ("sayso/answer/1", kind) for row in rows)
    for row in rows:
        CONTRACT.validate(row)


@pytest.mark.parametrize(
    ("asked", "columns"),
    [
        (["trace", CLAIM], TRACE),
        (["who", "Edgar Whitlow"], ACTORS),
        (["events"], EVENTS),
        (["forecasts"], FORECASTS),
    ],
)
def test_a_table_has_its_columns_and_a_row_for_each_report(
    ledger: str, capsys: pytest.CaptureFixture[str], asked: list[str], columns: tuple[str, ...]
) -> None:
    assert main([*asked, "--csv", "--ledger", ledger]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows
    assert tuple(rows[0]) == columns
    assert any(row["words"] and row["spans"] for row in rows)


def test_nothing_found_is_said_on_standard_error_and_by_the_exit_status(
    ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (
        ["trace", "the observatory at Lindgate discovered a comet"], ["who", "Nemo Nobody"],
        ["events", "--where", "Lindgate"], ["forecasts", "--by", "Nemo Nobody"],
    )  # fmt: skip
    for question in asked:
        assert main([*question, "--ledger", ledger]) == 1
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.startswith("sayso: no")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["trace", "r-" + "0" * 32], "There is no report"),
        (["trace", "…"], "nothing to look for"),
        (["trace", CLAIM, "--limit", "0"], "--limit"),
        (["trace", CLAIM, "--as-of", "soon"], "--as-of"),
        (["trace", CLAIM, "--html", "x.html", "--json"], "--html"),
        (["events", "--since", "March"], "--since"),
        (["events", "--until", "2022-13"], "--until"),
        (["events", "--until", "9" * 30], "--until"),
        (["events", "--type", "a picnic"], "is no type"),
        (["events", "--type", "protest"], "names several types"),
    ],
)
def test_wrong_questions_are_refused_with_a_cure(
    ledger: str, capsys: pytest.CaptureFixture[str], asked: list[str], said: str
) -> None:
    assert main([*asked, "--ledger", ledger]) == 1
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""


def test_no_ledger_is_made_by_asking(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.db"
    for question in (["trace", CLAIM], ["who", "Ivo Lenz"], ["events"], ["forecasts"]):
        assert main([*question, "--ledger", str(missing)]) == 1
        assert "there is no ledger" in capsys.readouterr().err
    assert not missing.exists()


def test_a_file_is_held_against_the_ledger_and_not_added(
    ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "note.txt"
    file.write_text("“The water came up to the sills before anybody was awake,” Ivo Lenz said.", encoding="utf-8")
    assert main(["trace", str(file), "--ledger", ledger]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "not in the ledger; held against it" in out
    assert "Vell Lantern" in out
    with Ledger(ledger) as opened:
        assert "note.txt" not in {Path(it.origin).name for it in opened.reports()}


def test_a_page_is_written_where_it_was_asked_for(
    ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out" / "claim.html"
    assert main(["trace", CLAIM, "--html", str(target), "--ledger", ledger]) == 0
    assert capsys.readouterr().out == ""
    assert "Ivo Lenz" in target.read_text(encoding="utf-8")


def test_days_are_taken_as_days_months_and_years(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    for since, until, found in (("1898-04", "1898-04", 0), ("1898", "1898-04-27", 0), ("1899", "1900-02", 1)):
        arguments = ["events", "--type", "shelling", "--since", since, "--until", until, "--json", "--ledger", ledger]
        assert main(arguments) == found
    capsys.readouterr()


def test_what_is_added_without_tracing_is_traced_by_the_first_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "later.db")
    assert main(["add", str(written(tmp_path)), "--no-trace", "--ledger", place]) == 0
    assert main(["trace", CLAIM, "--json", "--ledger", place]) == 0
    assert json.loads(capsys.readouterr().out)["claims"]


def test_hostile_reports_steer_no_terminal_and_no_spreadsheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "hostile.db")
    words = "The reed guard opened the weir at Tarnholm on Monday, farmer Ivo Lenz said. \x1b[31m\u202e=1+1 {}"
    rows = [
        {"id": f"n{n}", "outlet": f"=cmd|{payload}", "title": f"@{payload}", "text": words.format(payload)}
        for n, payload in enumerate(PAYLOADS[::9])
    ]
    assert main(["add", str(written(tmp_path, rows)), "--ledger", place]) == 0
    with Ledger(place) as opened:
        asked = ["the reed guard opened the weir at Tarnholm", next(iter(named(opened).values()))]
    for question in asked:
        for shape in ([], ["--csv"], ["--json"]):
            capsys.readouterr()
            assert main(["trace", question, *shape, "--ledger", place]) == 0
            out = capsys.readouterr().out
            assert not any(sign in out for sign in ("\x1b", "\u202e", "\x07"))
            if shape == ["--csv"]:
                cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
                assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_the_demo_shows_a_reading_and_a_trace_and_both_as_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = str(tmp_path / "maine.db")
    assert main(["demo", "--ledger", kept]) == 0
    out = " ".join(capsys.readouterr().out.split())
    for words in ("denies", "3 reports, 3 outlets, 2 voices", "copy of Straits Mail", "followed", "Sampson court"):
        assert words in out
    assert main(["trace", "a submarine mine destroyed the Maine", "--ledger", kept]) == 0
    assert main(["demo", "--html", str(tmp_path / "demo.html"), "--ledger", kept]) == 0
    assert {it.name for it in tmp_path.glob("*.html")} == {"demo.html", "demo-trace.html", "demo-trace2.html"}


def test_what_is_passed_over_is_told_and_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "pier.warc.gz"
    archive.write_bytes(warc(record(note()), record(http(""), "revisit")))
    assert main(["add", str(archive), "--json", "--no-trace", "--ledger", str(tmp_path / "pier.db")]) == 0
    shown = capsys.readouterr()
    assert "passed over" in shown.err
    added = json.loads(shown.out)
    assert (added["new"], added["rejects"], len(added["passed"])) == (1, [], 1)
