from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from rich.console import Console

from sayso.cli.terminal import show
from sayso.vocabulary import Reading
from tests.share.examples import harbour, one_statement
from tests.share.hostile import PAYLOADS
from tests.share.strategies import readings

PLAIN = {"TERM": "xterm-256color"}  # whatever the environment of the tests says
OURS = re.compile(r"\x1b\[[0-9;]*m")


def printed(reading: Reading, width: int = 80, *, terminal: bool = False, no_color: bool = False) -> str:
    file = io.StringIO()
    show(reading, Console(file=file, width=width, force_terminal=terminal, no_color=no_color, _environ=PLAIN))
    return file.getvalue()


def test_the_summary_stands_on_top_and_the_statements_follow_in_order() -> None:
    lines = printed(harbour()).splitlines()
    assert lines[0] == "Captain warns of a plan to flood the harbour of Vell"
    assert "10 statements · 5 speakers · 2 in the outlet's own voice · 3 inside another" in lines
    assert "4 rest on an unnamed origin: 1, 2, 3, 8" in lines
    numbers = [int(found[1]) for line in lines if (found := re.match(r" +(\d+) \S", line))]
    assert numbers == list(range(1, 11))


def test_a_statement_shows_speaker_stance_marks_content_and_chain() -> None:
    lines = printed(harbour(), 120).splitlines()
    place = lines.index("  2 Orla Brandt warns · quoted · about the future")
    assert lines[place + 1].startswith("    The Salt Watch centre has received information that")
    assert lines[place + 3] == (
        "    The Vell Lantern ← Orla Brandt ← Salt Watch centre ← unnamed: “received information”"
    )
    assert "  6 Reed Guard denies · negated: “denied”" in lines
    assert any(line.endswith("perhaps Ivo Lenz or Salt Watch centre") for line in lines)


def test_inner_statements_are_indented_beneath_their_parent() -> None:
    lines = printed(harbour()).splitlines()
    assert any(line.startswith("      3 Salt Watch centre says") for line in lines)
    assert any(line.startswith("          4 Reed Guard accuses") for line in lines)


def test_labels_come_last_with_whose_words_they_are() -> None:
    lines = printed(harbour()).splitlines()
    assert lines[-3:] == [
        "Labels",
        "  “so-called” on Reed Guard · the outlet's words",
        "  “lower” on Vell · words of Orla Brandt, statement 2",
    ]


@pytest.mark.parametrize("width", [1, 10, 40, 72, 80, 120, 200])
def test_no_line_is_wider_than_the_console(width: int) -> None:
    for reading in (harbour(), one_statement("word " * 200), one_statement("ф" * 500)):
        widest = max(map(cell_len, printed(reading, width).splitlines()))
        assert widest <= max(width, 8)


def test_long_content_is_cut_with_a_sign_of_it() -> None:
    lines = printed(one_statement("word " * 200, title="t")).splitlines()
    assert any(line.rstrip().endswith("word …") for line in lines)


def test_piped_output_is_plain_and_has_no_trailing_spaces() -> None:
    output = printed(harbour())
    assert "\x1b" not in output
    assert not [line for line in output.splitlines() if line != line.rstrip()]


def test_a_terminal_gets_colours_and_no_color_takes_them_away() -> None:
    assert "\x1b[1;33m" in printed(harbour(), terminal=True) or "\x1b[33m" in printed(harbour(), terminal=True)
    without = printed(harbour(), terminal=True, no_color=True)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", without)


def test_no_color_in_the_environment_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    file = io.StringIO()
    show(harbour(), Console(file=file, width=80, force_terminal=True))
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", file.getvalue())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_never_reach_the_terminal_as_commands(payload: str) -> None:
    output = printed(one_statement(payload, speaker=payload), terminal=True)
    rest = OURS.sub("", output)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", rest)


def test_markup_of_rich_is_words_like_others() -> None:
    output = printed(one_statement("[bold]x[/bold] :warning: [link=https://a.invalid]y[/link]"), 120)
    assert "[bold]x[/bold] :warning: [link=https://a.invalid]y[/link]" in output


def test_a_console_without_unicode_gets_ascii() -> None:
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    show(harbour(), Console(file=file, width=100))
    file.flush()
    output = file.buffer.getvalue().decode("ascii")
    file.close()
    assert 'The Vell Lantern <- Orla Brandt <- Salt Watch centre <- unnamed: "received information"' in output


def test_a_reading_of_nothing_is_shown() -> None:
    empty = one_statement("")
    output = printed(Reading(empty.report, empty.reader))
    assert "0 statements · 0 speakers" in output


@given(readings())
@settings(max_examples=30, deadline=None)
def test_any_reading_can_be_shown(reading: Reading) -> None:
    assert printed(reading, 40)
