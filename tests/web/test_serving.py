"""`sayso serve`: where it listens, whom it refuses to let in, and how it closes."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from sayso import Ledger
from sayso.cli import main


def test_it_says_where_it_listens_shows_the_ledger_and_closes_when_interrupted(tmp_path: Path) -> None:
    Ledger(tmp_path / "empty.db").close()
    command = [sys.executable, "-m", "sayso", "serve", "--ledger", str(tmp_path / "empty.db"), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as started:
        try:
            assert started.stderr is not None
            line = started.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:[0-9]+/", line)
            assert found, line
            with urlopen(found[0], timeout=60) as answer:
                assert b"There is nothing in this ledger yet" in answer.read()
            started.send_signal(signal.SIGINT)
            assert "closed" in started.communicate(timeout=60)[1]
            assert started.returncode == 0
        finally:
            started.kill()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.org", "", "127.0.0.1.example.org"])
def test_it_refuses_to_let_others_in_as_long_as_there_are_no_accounts(
    host: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Ledger(tmp_path / "empty.db").close()
    assert main(["serve", "--host", host, "--ledger", str(tmp_path / "empty.db")]) == 1
    assert "no accounts yet" in capsys.readouterr().err


def test_a_port_that_is_taken_and_one_that_is_none_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Ledger(tmp_path / "empty.db").close()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        assert main(["serve", "--port", taken, "--ledger", str(tmp_path / "empty.db")]) == 1
    assert "--port 0 for any that is free" in capsys.readouterr().err
    assert main(["serve", "--port", "70000", "--ledger", str(tmp_path / "empty.db")]) == 1
    assert "is no port" in capsys.readouterr().err


def test_a_ledger_that_is_not_there_is_not_made(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["serve", "--ledger", str(tmp_path / "none.db")]) == 1
    assert not (tmp_path / "none.db").exists()
    assert main(["serve", "--example", "--ledger", str(tmp_path / "none.db")]) == 1
    assert "Leave one of them out" in capsys.readouterr().err


def test_without_the_extra_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Ledger(tmp_path / "empty.db").close()
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["serve", "--ledger", str(tmp_path / "empty.db")]) == 1
    assert "pip install 'sayso[desk]'" in capsys.readouterr().err


def test_nothing_but_serving_needs_the_extra() -> None:
    said = (
        "import sys, sayso, sayso.ledger, sayso.trace.answers, sayso.share; from sayso.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "assert not {'fastapi', 'uvicorn', 'starlette', 'sayso.web'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", said], check=True, capture_output=True)
