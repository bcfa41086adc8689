"""Review on the command line: real processes, a real ledger, readings made by hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.cli import main
from sayso.ledger import Ledger
from sayso.trace.people.decisions import decisions
from tests.cli.test_commands import sayso
from tests.review.desk import laid_out
from tests.review.test_rereading import shifted
from tests.share.examples import harbour
from tests.share.ferry import FERRY, ferry

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def desk(tmp_path: Path) -> tuple[dict[str, str], str]:
    """A ledger with the report of the ferry: the setting that names it, and the report's id."""
    with Ledger(tmp_path / "news.db") as ledger:
        report = laid_out(ledger, ferry(), harbour())
    return {"SAYSO_LEDGER": str(tmp_path / "news.db")}, report


@pytest.fixture
def told(desk: tuple[dict[str, str], str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command of review in this process; its status, and what it wrote to either stream."""
    monkeypatch.setenv("SAYSO_LEDGER", desk[0]["SAYSO_LEDGER"])

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            status = main(["review", *map(str, arguments)])
        except SystemExit as done:
            status = int(done.code or 0)
        return status, *capsys.readouterr()

    return run


def rows(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_from_the_queue_to_a_decision_and_back(desk: tuple[dict[str, str], str]) -> None:
    at, report = desk
    queue = sayso("review", "next", "--kind", "statement", "--limit", "3", "--json", **at)
    assert queue.returncode == 0, queue.stderr
    assert [row["state"] for row in rows(queue.stdout)] == ["undecided"] * 3
    assert "wait in the 2 reports" in queue.stderr

    done = sayso("review", "decide", f"{report}/s3", "correct", "--set", "speaker=Ivo Lenz", "--set", "stance=denies",
                 "--set", "content=the Reed Guard for the shelling", "--why", "his words", "--who", "R. Meer", "--json",
                 **at)  # fmt: skip
    assert done.returncode == 0, done.stderr
    (made,) = rows(done.stdout)
    assert (made["who"], made["why"], made["after"]["stance"]) == ("R. Meer", "his words", "denies")
    start, end = made["after"]["speaker"]["spans"][0]
    assert FERRY[start:end] == "Ivo Lenz"

    shown = sayso("review", "show", f"{report}/s3", "--json", **at)
    (row,) = rows(shown.stdout)
    assert (row["items"][0]["state"], row["items"][0]["read"]["stance"]) == ("corrected", made["before"]["stance"])
    assert [it["decision"] for it in row["history"]] == [made["decision"]]
    plain = sayso("review", "show", report, **at)
    assert "corrected" in plain.stdout
    assert "by R. Meer" in plain.stdout
    assert "undecided" in plain.stdout

    back = sayso("review", "undo", made["decision"], "--why", "a slip", "--who", "A. Quill", "--json", **at)
    assert rows(back.stdout)[0]["undoes"] == made["decision"]
    again = sayso("review", "undo", made["decision"], **at)
    assert (again.returncode, "already" in again.stderr) == (1, True)
    (row,) = rows(sayso("review", "show", f"{report}/s3", "--json", **at).stdout)
    assert (row["items"][0]["state"], len(row["history"])) == ("undecided", 2)
    assert sayso("verify", **at).returncode == 0


def test_a_bulk_passes_over_bad_lines_and_can_be_undone_whole(
    desk: tuple[dict[str, str], str], told: Told, tmp_path: Path
) -> None:
    queue = rows(told("sample", "--seed", "3", "--size", "4", "--kind", "place")[1])
    lines = [json.dumps(row | {"verdict": "accept", "why": "known"}) for row in queue]
    lines[1:1] = ["{broken", "", '{"report": "r-1", "item": "s1", "verdict": "accept"}', json.dumps(queue[0])]
    lines.append(json.dumps({"report": desk[1], "item": "s3", "verdict": "sing"}))
    (tmp_path / "bulk.jsonl").write_text("\n".join(lines), encoding="utf-8")
    status, out, err = told("decide", "--bulk", tmp_path / "bulk.jsonl", "--who", "R. Meer", "--json")
    assert status == 1
    assert "4 decided, 4 lines passed over" in err
    for number in (2, 4, 5, 9):
        assert f"line {number}:" in err
    made = rows(out)
    assert len({row["bulk"] for row in made}) == 1
    assert told("undo", made[0]["decision"], "--who", "R. Meer")[0] == 0
    rest = rows(told("undo", made[0]["bulk"], "--who", "R. Meer", "--json")[1])
    assert {row["undoes"] for row in rest} == {row["decision"] for row in made[1:]}


def test_two_reviewers_of_a_sample(desk: tuple[dict[str, str], str], tmp_path: Path) -> None:
    at, _ = desk
    drawn = sayso("review", "sample", "--seed", "7", "--size", "6", "--kind", "statement", **at)
    assert sayso("review", "sample", "--seed", "7", "--size", "6", "--kind", "statement", **at).stdout == drawn.stdout
    (tmp_path / "sample.jsonl").write_text(drawn.stdout, encoding="utf-8")
    assert sayso("review", "agreement", **at).returncode == 1
    for who, odd in (("R. Meer", "accept"), ("A. Quill", "reject")):
        verdicts = ["accept", "accept", "reject", "accept", "reject", odd]
        lines = [json.dumps(row | {"verdict": it}) for row, it in zip(rows(drawn.stdout), verdicts, strict=True)]
        done = sayso("review", "decide", "--bulk", "-", "--who", who, given="\n".join(lines), **at)
        assert done.returncode == 0, done.stderr
    found = sayso("review", "agreement", "--sample", tmp_path / "sample.jsonl", "--json", **at)
    (row,) = rows(found.stdout)
    assert (row["kind"], row["items"], row["decisions"]) == ("statement", 6, 12)
    assert row["low"] <= row["alpha"] <= row["high"]
    assert 0 < row["alpha"] < 1
    said = sayso("review", "agreement", **at).stdout
    assert "statement: alpha 0.6" in said
    contested = rows(sayso("review", "next", "--kind", "statement", "--limit", "1", "--json", **at).stdout)
    assert [(row["state"], len(row["decisions"])) for row in contested] == [("contested", 2)]


def test_reviewed_documents_are_exported_and_what_lacks_is_told(
    desk: tuple[dict[str, str], str], told: Told, tmp_path: Path
) -> None:
    report, out, bulk = desk[1], tmp_path / "reviewed.jsonl.gz", tmp_path / "bulk.jsonl"
    assert told("export", out)[0] == 1
    queue = rows(told("next", "--kind", "statement", "--limit", "100", "--json")[1])
    other = next(row for row in queue if row["report"] != report)
    lines = [json.dumps(row | {"verdict": "accept"}) for row in queue if row["report"] == report]
    bulk.write_text("\n".join([*lines, json.dumps(other | {"verdict": "unsure"})]), encoding="utf-8")
    assert told("decide", "--bulk", bulk, "--who", "R. Meer")[0] == 0
    status, said, err = told("export", out, "--json")
    assert status == 0
    assert json.loads(said)["documents"] == 1
    assert json.loads(said)["left_out"][0]["report"] == other["report"]
    assert f"left out: {other['report']}: of" in err
    with gzip.open(out, "rt", encoding="utf-8") as file:
        (row,) = rows(file.read())
    assert (row["id"], row["text"]) == (report, FERRY)
    assert len(row["attributions"]) == sum(it.form != "voice" for it in ferry().statements)
    first = out.read_bytes()
    told("export", out)
    assert out.read_bytes() == first


def test_claims_merges_and_splits(desk: tuple[dict[str, str], str], told: Told) -> None:
    report, by = desk[1], ("--who", "R. Meer")
    (other,) = {row["report"] for row in rows(told("next", "--limit", "500", "--json")[1])} - {report}
    parts = ("--part", "Shells struck the fish market", "--part", "49:80")
    assert told("decide", f"{report}/s4", "split", "--claim", f"{other}/s5", *by)[0] == 0
    assert told("decide", f"{report}/s3", "merge", "--with", f"{report}/s4", *by)[0] == 0
    assert told("decide", f"{report}/s1", "split", *parts, *by)[0] == 0
    (row,) = rows(told("show", report, "--json")[1])
    states = {it["id"]: it["state"] for it in row["items"]}
    assert (states["s1"], states["s3"], states["s4"], states["s2"]) == ("split", "merged", "merged", "undecided")
    assert [(it["kind"], it["state"]) for it in row["pairs"]] == [("claim", "split")]


def test_actors_across_reports_are_joined_and_parted(desk: tuple[dict[str, str], str], told: Told) -> None:
    report, by = desk[1], ("--who", "R. Meer", "--why", "a married name")
    (other,) = {row["report"] for row in rows(told("next", "--limit", "500", "--json")[1])} - {report}
    status, made, _ = told("decide", f"{report}/a2", "merge", "--with", f"{other}/a4", *by)
    assert (status, made.startswith("d-")) == (0, True)
    with Ledger(desk[0]["SAYSO_LEDGER"]) as ledger, ledger.looking() as connection:
        (join,) = decisions(connection)
        assert (join.made, join.who, join.why) == (True, "R. Meer", "a married name")
    assert told("undo", made.strip(), *by)[0] == 0
    with Ledger(desk[0]["SAYSO_LEDGER"]) as ledger, ledger.looking() as connection:
        assert [it.made for it in decisions(connection)] == [True, None]
    status, _, err = told("decide", f"{report}/s2", "merge", "--with", f"{other}/a4", *by)
    assert (status, "is no actor" in err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["decide"], "nothing to decide"),
        (["decide", "nonsense", "accept"], "names no item"),
        (["decide", "REPORT/s1", "sing"], "is no verdict"),
        (["decide", "REPORT/s99", "accept"], "no such item"),
        (["decide", "r-0/s1", "accept"], "there is no report"),
        (["decide", "REPORT/s1", "correct", "--set", "content=Vell"], "more than once"),
        (["decide", "REPORT/s1", "correct", "--set", "content=no such words"], "does not stand"),
        (["decide", "REPORT/s1", "correct", "--set", "stance"], "FIELD=VALUE"),
        (["decide", "REPORT/s1", "accept", "--finding", "f-0123456789abcdef"], "no finding"),
        (["decide", "--bulk", "/nowhere.jsonl"], "cannot be read"),
        (["decide", "j-0123456789abcdef", "reject", "--name", "Nobody"], "has the join"),
        (["decide", "j-0123456789abcdef", "reject"], "--name"),
        (["undo", "d-0123456789abcdef"], "no decision"),
        (["show", "r-0"], "there is no report"),
        (["next", "--reader", "99"], "no reader is called so"),
        (["next", "--after", "nonsense"], "go on from"),
        (["export", "/proc/nowhere/x"], "cannot be written"),
        ([], "does nothing alone"),
    ],
)
def test_what_cannot_be_done_is_said(
    desk: tuple[dict[str, str], str], told: Told, arguments: list[str], said: str
) -> None:
    status, _, err = told(*(it.replace("REPORT", desk[1]) for it in arguments))
    assert (status, said in err) == (1, True), err


def test_orphans_are_listed(desk: tuple[dict[str, str], str], told: Told) -> None:
    assert told("decide", f"{desk[1]}/s3", "accept", "--who", "R. Meer")[0] == 0
    assert told("orphans")[1] == ""
    with Ledger(desk[0]["SAYSO_LEDGER"]) as ledger:
        ledger.add_readings([shifted(ferry())])
    (lost,) = rows(told("orphans", "--json")[1])
    assert lost["items"][0]["words"][0] == "the Reed Guard for the shelling"
    assert "orphaned" in told("show", desk[1])[1]


@pytest.mark.parametrize("action", ["next", "decide", "undo", "show", "agreement", "sample", "export", "orphans"])
def test_every_action_has_help_with_an_example(told: Told, action: str) -> None:
    status, out, _ = told(action, "--help")
    assert (status, f"example: sayso review {action}" in out) == (0, True)
