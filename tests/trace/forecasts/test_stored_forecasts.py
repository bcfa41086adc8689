"""The ledger tells what became of the same forecasts as a batch over all its reports."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from sayso.ledger import Ledger
from sayso.trace.forecasts import outcomes, run
from sayso.trace.forecasts.asking import Foresight, Wanted, outcomes_of_report, outcomes_page, run_before
from sayso.trace.forecasts.outcomes import STRETCH, is_unbroken
from sayso.trace.listing import Period
from sayso.vocabulary import IncidentType, Outcome, OutcomeState, Reading
from tests.trace.events.test_stored_events import told_by
from tests.trace.events.told import incident
from tests.trace.forecasts.test_forecasts import CHEMICAL, SHELLING, warning
from tests.trace.keeping import Stored, drop, held, kept, stored

AS_OF = date(2031, 6, 20)


def own_words(reading: Reading) -> Reading:
    """The report in words that no other report has."""
    text = told_by(reading.report.id).report.text
    return replace(reading, report=replace(reading.report, text=text))


def some(random: Random) -> list[Reading]:
    """Warnings by a few voices, some on several days in a row, and things that happened."""
    out = []
    for i in range(24):
        speaker = random.choice(["Ruta Hald", "Ruta Ida Hald", "Orla Brandt", None])
        day = f"2031-05-{random.choice([2, 3, 4, 5, 6, 7, 20, 21, 28]):02}"
        place = random.choice(["Ostrel", "Ostrel", "Marn", None])
        out.append(own_words(warning(f"w{i}", day, speaker, place, random.choice([SHELLING, SHELLING, CHEMICAL]))))
    out += [told_by(f"r{i}", incident(where="Ostrel", day=f"2031-05-1{i}"), day=f"2031-05-1{i}") for i in range(3)]
    random.shuffle(out)
    return out


def everything(wanted: Wanted, asked: Foresight, limit: int) -> list[Outcome]:
    """All outcomes that fit, page after page."""
    page = outcomes_page(wanted, asked, limit)
    out = [*page.outcomes]
    while page.next is not None:
        page = outcomes_page(wanted, asked, limit, page.next)
        out += page.outcomes
    return out


def in_order(found: list[Outcome]) -> list[Outcome]:
    return sorted(found, key=repr)


def batch(read: list[Reading], it: Stored) -> list[Outcome]:
    memory = held(read, it.copied)
    copies = it.copied.behind(one.trail for one in it.forecasts.of_reports(reading.report.id for reading in read))
    return list(outcomes(memory.forecasts, memory.scenes, AS_OF, copies))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_outcomes_are_those_of_a_batch(seed: int, ledger: Ledger) -> None:
    read = kept(ledger, some(Random(seed)))
    with ledger.looking() as connection:
        it = stored(connection)
        expected = batch(read, it)
        asked = Foresight(it.forecasts, it.scenes, AS_OF)
        assert in_order(everything(Wanted(), asked, 4)) == in_order(expected)
        for reading in read:
            mine = [one for one in expected if reading.report.id in {ref.report for ref in one.carriers}]
            assert in_order([*outcomes_of_report(reading.report.id, asked)]) == in_order(mine)
        for one in expected:
            assert run_before(one, asked) == run(one, expected)


def test_what_is_foretold_every_day_begins_anew_after_a_stretch_of_the_calendar(ledger: Ledger) -> None:
    first = date(2031, 2, 1)
    days = [first + timedelta(days=n) for n in range(3 * STRETCH) if n != 50]
    read = kept(ledger, [own_words(warning(f"w{n}", day.isoformat())) for n, day in enumerate(days)])
    with ledger.looking() as connection:
        it = stored(connection)
        expected = batch(read, it)
        assert in_order(everything(Wanted(), Foresight(it.forecasts, it.scenes, AS_OF), 9)) == in_order(expected)
        begun = {date.fromisoformat(outcome.made).toordinal() for outcome in expected}
        stretches = range(days[0].toordinal() // STRETCH + 1, days[-1].toordinal() // STRETCH + 1)
        unbroken = {n * STRETCH for n in stretches if is_unbroken([day.toordinal() for day in days
                    if day.toordinal() // STRETCH == n - 1], n - 1)}  # fmt: skip
        assert unbroken
        assert unbroken <= begun


def test_a_report_that_goes_takes_its_forecasts_along(ledger: Ledger) -> None:
    read = kept(ledger, some(Random(4)))
    with ledger.writing() as connection:
        for reading in read[:9]:
            drop(connection, reading.report.id)
    with ledger.looking() as connection:
        it = stored(connection)
        found = everything(Wanted(), Foresight(it.forecasts, it.scenes, AS_OF), 100)
        assert in_order(found) == in_order(batch(read[9:], it))


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(state=OutcomeState.FOLLOWED),
        Wanted(type=CHEMICAL),
        Wanted(place="ostrel", state=OutcomeState.LAPSED),
        Wanted(place="Upper Dale", type=SHELLING),
        Wanted(Period(date(2031, 5, 4), date(2031, 5, 20))),
        Wanted(voice="Ruta Hald"),
        Wanted(voice="Orla Brandt", place="Marn"),
        Wanted(voice="Nobody Known"),
        Wanted(type=IncidentType.LOOTING),
    ],
)
def test_a_filter_finds_the_outcomes_that_fit(wanted: Wanted, ledger: Ledger) -> None:
    read = kept(ledger, some(Random(5)))
    with ledger.looking() as connection:
        it = stored(connection)
        by_ref = {one.ref: one for one in it.forecasts.of_reports(reading.report.id for reading in read)}
        fitting = [
            outcome
            for outcome in batch(read, it)
            if wanted.state in (None, outcome.state)
            and (wanted.voice is None or outcome.voice in {"Ruta Hald": ("Ruta Hald", "Ruta Ida Hald")}.get(
                wanted.voice, (wanted.voice,)))
            and any(
                wanted.period.holds(carried.made)
                and wanted.type in (None, carried.type)
                and (wanted.place is None or wanted.place.casefold() in {
                    name for spot in carried.spots for name in (spot.name, *spot.within)})
                for carried in (by_ref[ref] for ref in outcome.carriers)
            )
        ]  # fmt: skip
        asked = Foresight(it.forecasts, it.scenes, AS_OF)
        assert in_order(everything(wanted, asked, 2)) == in_order(fitting)


def test_a_forecast_that_was_open_is_followed_once_the_report_of_it_is_in(ledger: Ledger) -> None:
    (foretold,) = kept(ledger, [own_words(warning("w1", "2031-05-02"))])
    day = date(2031, 5, 12)
    with ledger.looking() as connection:
        it = stored(connection)
        (outcome,) = outcomes_of_report(foretold.report.id, Foresight(it.forecasts, it.scenes, day))
        assert outcome.state is OutcomeState.OPEN
    kept(ledger, [told_by("r1", incident(day="2031-05-09"), day="2031-05-10")])
    with ledger.looking() as connection:
        it = stored(connection)
        (outcome,) = outcomes_of_report(foretold.report.id, Foresight(it.forecasts, it.scenes, day))
        assert outcome.state is OutcomeState.FOLLOWED
        assert [following.days for following in outcome.followed] == [7]
