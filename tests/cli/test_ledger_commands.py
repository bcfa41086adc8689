"""The ledger on the command line: real processes, real files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.test_commands import STORY, sayso


def test_from_adding_to_forgetting(tmp_path: Path) -> None:
    ledger, source = tmp_path / "news.db", tmp_path / "in.jsonl"
    rows = [
        {"text": f"Report {n}. {STORY}", "title": f"Dam {n}", "outlet": "=Post", "date": "2021-03-04"} for n in range(3)
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n", encoding="utf-8")
    at = {"SAYSO_LEDGER": str(ledger)}

    done = sayso("add", source, "--json", "--no-read", **at)
    assert done.returncode == 1
    assert (json.loads(done.stdout)["new"], len(json.loads(done.stdout)["rejects"])) == (3, 1)
    assert f"{source}:4" in done.stderr
    assert "--again" in done.stderr

    listed = sayso("reports", "--json", **at)
    assert sorted(json.loads(line)["title"] for line in listed.stdout.splitlines()) == ["Dam 0", "Dam 1", "Dam 2"]

    found = sayso("search", "dam", "hold", "--csv", "--outlet", "=Post", "--limit", "2", **at)
    assert found.returncode == 0, found.stderr
    table = list(csv.DictReader(io.StringIO(found.stdout)))
    assert len(table) == 2
    assert table[0]["outlet"] == "'=Post"
    assert "3 reports" in found.stderr

    assert sayso("export", "--all", tmp_path / "all.sayso", **at).returncode == 0
    moved = sayso("import", tmp_path / "all.sayso", "--ledger", tmp_path / "other.db", "--json")
    assert json.loads(moved.stdout)["reports"] == 3
    assert sayso("backup", tmp_path / "copy.db", **at).returncode == 0
    id_ = json.loads(listed.stdout.splitlines()[0])["id"]
    assert sayso("forget", id_, "--reason", "order 7/26", "--who", "R. Meer", **at).returncode == 0
    checked = sayso("verify", "--json", **at)
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout)["checked"]["tombstones"] == 1


def test_what_is_wrong_is_said_without_a_traceback(tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    for command in (["search", "dam"], ["reports"], ["verify"], ["export", "--all", str(tmp_path / "x")]):
        done = sayso(*command, "--ledger", missing)
        assert done.returncode == 1
        assert "there is no ledger" in done.stderr
        assert "Traceback" not in done.stderr
    assert not missing.exists()
