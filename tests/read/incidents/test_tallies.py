"""A tally counts happenings over a period: it is not one incident, nor so many."""

from sayso import read
from sayso.vocabulary import IncidentType, Reading


def told(text: str) -> Reading:
    return read(text, published="2019-05-20")


def test_counted_shellings_are_a_tally_with_its_period_and_part() -> None:
    reading = told(
        "Captain Jan Meer said five counts of shelling were recorded in the past 24 hours, "
        "of which two were recorded in the Norland province."
    )
    (tally,) = reading.tallies
    assert not reading.incidents
    assert (tally.type, tally.low, tally.high) == (IncidentType.SHELLING, 5, 5)
    (period,) = [t for t in reading.times if t.id == tally.time]
    assert (period.text, period.start, period.end) == ("the past 24 hours", "2019-05-19", "2019-05-20")
    assert [(p.low, p.text) for p in tally.parts] == [(2, "two")]
    assert [reading.statement(v) for v in tally.vouchers]


def test_parts_that_add_up_are_said_to() -> None:
    text = "Monitors counted 12 airstrikes on Sunday: seven in Harwick and {} in Oxley."
    right, wrong = told(text.format("five")), told(text.format("four"))
    assert [(t.low, [p.low for p in t.parts], t.sums) for t in right.tallies] == [(12, [7, 5], True)]
    assert [(t.low, [p.low for p in t.parts], t.sums) for t in wrong.tallies] == [(12, [7, 4], False)]


def test_occasions_count_too() -> None:
    (tally,) = told("Harwick and Oxley were also shelled on four different occasions.").tallies
    assert (tally.low, tally.high) == (4, 4)
    assert "four different occasions" in tally.text


def test_people_counted_are_not_a_tally() -> None:
    reading = told("Five soldiers were killed in an attack on a base in Harwick on Monday.")
    assert not reading.tallies
    assert len(reading.incidents) == 1


def test_ceasefire_violations_are_counted_and_are_no_agreement() -> None:
    reading = told("Monitors recorded 46 ceasefire violations in Harwick in the past 24 hours.")
    assert [t.low for t in reading.tallies] == [46]
    assert not reading.incidents
