"""What the tutorial and the pages by role tell somebody to run does run, on the example that comes with Sayso."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from sayso.cli import main
from tests.docs.pages import DOCS, GUIDES, blocks, files, promises

ROLES = {"fact-checkers", "conflict-monitors", "researchers", "developers", "operators"}


def test_every_role_has_a_page() -> None:
    assert {page.stem for page in (DOCS / "for").glob("*.md")} == ROLES


def test_every_command_runs_and_says_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = [(page, files(page), list(promises(page))) for page in GUIDES]
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_LEDGER", raising=False)
    run = 0
    for page, saved, promised in pages:
        for name, content in saved.items():
            Path(name).write_text(content, encoding="utf-8")
        for commands, said in promised:
            printed = ""
            for line in commands:
                printed = _run(line, capsys, page)
                run += bool(line)
            for words in said:
                assert " ".join(words.split()) in printed, (page, commands, words)
    assert run > 40


def _run(line: str, capsys: pytest.CaptureFixture[str], page: Path) -> str:
    """Run one line of a page as a shell would: `sayso`, with > FILE and || true. What it printed, in one line."""
    program, *words = shlex.split(line, comments=True)
    assert program == "sayso", f"{page}: {line}: mark what is not run with a reason: <!-- not run: … -->"
    may_fail = words[-2:] == ["||", "true"]
    words = words[:-2] if may_fail else words
    target = words[-1] if words[-2:-1] == [">"] else None
    capsys.readouterr()
    status = main(words[:-2] if target else words)
    out, err = capsys.readouterr()
    assert status == 0 or may_fail, f"{page}: {line}: {err}"
    if target:
        Path(target).write_text(out, encoding="utf-8")
    return " ".join(f"{out} {err}".split())


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_what_is_not_run_says_why(page: Path) -> None:
    for block in blocks(page):
        assert block.language in ("sh", "text", "python", "toml"), block
        if block.language == "sh" and block.not_run:
            assert len(block.not_run.split()) > 3
