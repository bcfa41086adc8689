from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from rich.console import Console

from sayso.cli.terminal import show
from sayso.share.telling import counted, how_many
from sayso.vocabulary import Count, Harm, IncidentType, People, Reading, Span, Status
from tests.share.examples import harbour
from tests.share.ferry import ferry
from tests.share.hostile import PAYLOADS
from tests.share.strategies import readings

OURS = re.compile(r"\x1b\[[0-9;]*m")


def printed(reading: Reading, width: int, *, terminal: bool = False) -> str:
    file = io.StringIO()
    show(reading, Console(file=file, width=width, force_terminal=terminal, _environ={"TERM": "xterm-256color"}))
    return file.getvalue()


def section(output: str, title: str) -> list[str]:
    """The lines below a title, to the next title."""
    lines = output.splitlines()
    rest = lines[lines.index(title) + 1 :]
    ends = [place for place, line in enumerate(rest) if re.match("Tallies|Forecasts", line)]
    return rest[: ends[0]] if ends else rest


def test_the_summary_counts_what_happened_and_what_is_not_placed() -> None:
    assert "2 incidents · 1 tally · 1 forecast · 7 places named · 2 not placed" in printed(ferry(), 100).splitlines()
    assert "incident" not in printed(harbour(), 100)


def test_on_a_wide_console_incidents_are_a_table() -> None:
    lines = section(printed(ferry(), 140), "Incidents")
    heads = ["What", "Where", "When", "Who", "How many", "On whose word"]
    assert re.split(r"  +", lines[1]) == heads
    columns = [lines[1].index(head) for head in heads]
    assert lines[2][columns[1] :].startswith("Vell (Norland, Norway)")
    assert lines[2][columns[2] :].startswith("9 Mar 2021")
    assert lines[2][columns[3] :].startswith("perpetrator: Reed Guard")
    assert lines[2][columns[4] :].startswith("at least 12 killed")


def test_on_a_narrow_console_every_incident_stands_by_itself() -> None:
    lines = section(printed(ferry(), 80), "Incidents")
    assert lines[1:11] == [
        "A Shelling/artillery/missile attack",
        "  hedged: “reportedly”",
        "  “Shells struck”",
        "  with “Shells”",
        "  Where          Vell (Norland, Norway)",
        "  When           9 Mar 2021",
        "  Who            perpetrator: Reed Guard",
        "                   accused by Orla Brandt (3)",
        "                   denied by Ivo Lenz (4)",
        "                 target: the fish market",
    ]


def test_rival_counts_stand_side_by_side_each_with_its_voucher() -> None:
    lines = section(printed(ferry(), 80), "Incidents")
    place = next(place for place, line in enumerate(lines) if "How many" in line)
    assert [line.split("  ")[-1].strip() for line in lines[place : place + 6]] == [
        "at least 12 killed",
        "Orla Brandt (1)",
        "4 civilians killed",
        "harbour office (2)",
        "1 police officer killed",
        "harbour office (2)",
    ]


def test_a_tally_shows_its_parts_and_that_they_do_not_add_up() -> None:
    lines = [line.strip() for line in section(printed(ferry(), 80), "Tallies")]
    assert "How many       23 in all" in lines
    assert lines[lines.index("How many       23 in all") + 1 :][:3] == [
        "of which 11: Vell",
        "of which 9: Oldmoor",
        "the parts do not add up",
    ]


def test_forecasts_stand_apart_from_what_happened() -> None:
    output = printed(ferry(), 100)
    assert "seize hostages" not in "\n".join(section(output, "Incidents"))
    lines = output.splitlines()
    place = lines.index("Forecasts: said to be coming, not said to have happened")
    assert lines[place + 2] == (
        "  D Orla Brandt (7) warns · Abduction/forced disappearance · Kessel, not placed · 12 Mar 2021"
    )
    assert lines[place + 3] == "    Kesselish crews are preparing to seize hostages in Kessel on Friday"


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.HAPPENED])
def test_what_did_not_simply_happen_says_so(status: Status) -> None:
    reading = ferry()
    changed = replace(reading, incidents=(replace(reading.incidents[0], status=status, type=IncidentType.OTHER),))
    lines = section(printed(changed, 80), "Incidents")
    assert lines[1:3] == ["A Of no listed type", f"  {status}"]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(4, 4, "4"), (4, 6, "4 to 6"), (4, None, "at least 4"), (0, 6, "up to 6"), (0, 0, "0"), (0, None, "at least 0")],
)
def test_ranges_are_put_in_words(low: int, high: int | None, words: str) -> None:
    assert how_many(low, high) == words


@pytest.mark.parametrize(
    ("low", "who", "words"),
    [
        (1, People.CHILDREN, "1 child injured"),
        (2, People.CHILDREN, "2 children injured"),
        (2, People.POLICE, "2 police officers injured"),
        (2, People.PEOPLE, "2 injured"),
    ],
)
def test_counts_are_put_in_words(low: int, who: People, words: str) -> None:
    assert counted(Count(Span(0, 1), "x", low, low, Harm.INJURED, who)) == words


@pytest.mark.parametrize("width", [1, 10, 40, 80, 109, 110, 200])
def test_no_line_is_wider_than_the_console_or_has_spaces_at_its_end(width: int) -> None:
    lines = printed(ferry(), width).splitlines()
    assert max(map(cell_len, lines)) <= max(width, 8)
    assert not [line for line in lines if line != line.rstrip()]


def test_piped_output_is_plain() -> None:
    assert "\x1b" not in printed(ferry(), 120)
    assert "\x1b" in printed(ferry(), 120, terminal=True)


def test_a_console_without_unicode_gets_ascii() -> None:
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    show(ferry(), Console(file=file, width=140))
    file.flush()
    output = file.buffer.getvalue().decode("ascii")
    file.close()
    assert 'hedged: "reportedly"' in output
    assert "2-9 Mar 2021" in output


@pytest.mark.parametrize("payload", PAYLOADS[::7])
@pytest.mark.parametrize("width", [60, 140])
def test_hostile_words_never_reach_the_terminal_as_commands(payload: str, width: int) -> None:
    reading = ferry()
    whole = Span(0, len(payload))
    first = replace(reading.incidents[0], mentions=(whole,), weapons=(whole,), damage=(whole,))
    hostile = replace(
        reading,
        report=replace(reading.report, text=payload + reading.report.text, outlet=payload),
        actors=tuple(replace(actor, name=payload) for actor in reading.actors),
        places=tuple(replace(place, text=payload) for place in reading.places),
        times=tuple(replace(time, text=payload, start=None, end=None) for time in reading.times),
        tallies=tuple(replace(tally, text=payload) for tally in reading.tallies),
        incidents=(replace(first, start=None, end=None),),
    )
    rest = OURS.sub("", printed(hostile, width, terminal=True))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", rest)


@given(readings())
@settings(max_examples=25, deadline=None)
def test_any_reading_can_be_shown_wide(reading: Reading) -> None:
    assert max(map(cell_len, printed(reading, 120).splitlines())) <= 120
