"""`sayso watch` and `sayso read URL`, as typed."""

import json
from pathlib import Path

import pytest

from sayso.cli import main

from .archives import OPML


def test_watch_tells_what_the_guard_refuses_and_remembers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(OPML.format(first="http://127.0.0.1/feed", second="http://169.254.169.254/"))
    command = ["watch", str(opml), "--once", "--every", "30m", "--ledger", str(tmp_path / "news.db")]
    assert main(command) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "it leads to 127.0.0.1 (loopback), which is no public address" in told.err
    assert "2 feeds asked, 0 unchanged, 0 new items, 2 errors" in told.err
    assert (tmp_path / "news.db.watch").exists()
    assert main(command) == 0  # nothing is due yet
    assert "0 feeds asked" in capsys.readouterr().err


@pytest.mark.parametrize("every", ["5", "10s", "0m", "1w", "m"])
def test_watch_refuses_to_be_a_nuisance(every: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["watch", "https://norrvik.example/feed", "--every", every])
    assert "must be a minute or more" in capsys.readouterr().err


def test_read_goes_through_the_guard(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "http://[::1]/pier", "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "http://[::1]/pier: it leads to ::1 (loopback)" in told.err


def test_read_takes_columns_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text('words,head\n"The mill has closed, its owner Ada Quill said.",Mill\n')
    assert main(["read", str(path), "--json"]) == 1
    assert "'words', 'head'" in capsys.readouterr().err
    assert main(["read", str(path), "--map", "text=words,title=head", "--json"]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert reading["report"]["title"] == "Mill"
    assert reading["report"]["text"].startswith("The mill has closed")
