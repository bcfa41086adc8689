"""The shipped example shows what it is there for: fewer voices than reports, inquiries that differ, forecasts."""

import json
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from sayso.gather.jsonl import read_json_lines
from sayso.read import read_many
from sayso.trace.events import Account, Happenings, accounts, events, vouching
from sayso.trace.forecasts import Foretellings, foretold, outcomes, run
from sayso.trace.people import Register, appearances, known_as
from sayso.trace.voices import Shared
from sayso.vocabulary import (
    ActorRef,
    Harm,
    KnownActorId,
    OutcomeState,
    Reading,
    Report,
    ReportId,
    Stance,
    VoiceKind,
)

FOLDER = Path(str(resources.files("sayso") / "examples" / "maine"))
COPIES = [
    Shared(ReportId(f"maine-{copy}"), ReportId(f"maine-{of}"), 0.8)
    for copy, of in (("03", "02"), ("07", "06"), ("10", "09"))
]


@cache
def readings() -> tuple[Reading, ...]:
    reports = [it for it in read_json_lines(FOLDER / "reports.jsonl") if isinstance(it, Report)]
    return tuple(read_many(reports))


@cache
def register() -> Register:
    found = Register()
    for reading in readings():
        found.add(appearances(reading))
    return found


def known(ref: ActorRef) -> KnownActorId | None:
    actor = known_as(ref, register())
    return actor.id if actor is not None else None


@cache
def happenings() -> Happenings:
    found = Happenings()
    for reading in readings():
        found.add(accounts(reading, known))
    return found


def explosion() -> list[Account]:
    event = max(events(happenings()), key=lambda it: len(it.tellings))
    return [row for it in event.tellings if (row := happenings().account(it)) is not None]


def test_the_explosion_has_more_reports_than_voices() -> None:
    told = vouching(explosion(), COPIES).told
    assert told.reports >= 8
    by_name = {voice.name: {it.report for it in voice.carriers} for voice in told.voices}
    assert by_name["Anselmo Rey"] == {"maine-02", "maine-03", "maine-04"}
    assert all(voice.kind is VoiceKind.ACTOR for voice in told.voices)
    assert len(told.voices) == 5


def test_the_dead_are_a_range_by_source() -> None:
    event = max(events(happenings()), key=lambda it: len(it.tellings))
    (toll,) = [it for it in event.tolls if it.harm is Harm.KILLED]
    assert (toll.low, toll.high) == (250, None)
    assert {(it.low, it.voice) for it in toll.versions} >= {
        (250, "Anselmo Rey"),
        (260, "Anselmo Rey"),
        (260, "the Sampson court of inquiry"),
    }


def test_there_are_denials() -> None:
    denying = {r.report.id for r in readings() for s in r.statements if s.stance is Stance.DENIES}
    assert {"maine-05", "maine-11"} <= denying


def test_one_forecast_lapsed_and_the_next_by_the_same_voice_was_followed() -> None:
    forecasts = Foretellings()
    for reading in readings():
        forecasts.add(foretold(reading, known))
    early, late = outcomes(forecasts, happenings(), date(1899, 1, 1), COPIES)
    assert (early.voice, early.state) == ("Edgar Whitlow", OutcomeState.LAPSED)
    assert (late.voice, late.state, len(late.carriers)) == ("Edgar Whitlow", OutcomeState.FOLLOWED, 2)
    assert [it.days for it in late.followed] == [67]
    assert run(late, [early, late]).outcomes == (early,)


def test_the_findings_differ() -> None:
    findings = json.loads((FOLDER / "findings.json").read_text(encoding="utf-8"))["findings"]
    assert [it["date"][:4] for it in findings] == ["1898", "1898", "1911", "1976"]
    assert len({it["finding"] for it in findings}) == len({it["body"] for it in findings}) == 4
    assert all(it["claim"] == findings[0]["claim"] for it in findings)
