"""However many say a thing, what is told of it is bounded, and says so; all of them are counted."""

from __future__ import annotations

from sayso import Ledger, read_many
from sayso.trace.answers import trace
from sayso.vocabulary import Published, Report, ReportId

MANY = 125
CLAIM = "the north lock gate was left open before the flood"


def told_by_many(ledger: Ledger) -> None:
    reports = [
        Report(
            ReportId(f"p{number}"),
            f"Harbour master Ruta Hald said that {CLAIM}. The {number} boats of district {number} were moved upstream.",
            outlet=f"Paper {number}",
            published=Published(f"1931-{1 + number % 12:02}-{1 + number % 28:02}", "given"),
        )
        for number in range(MANY)
    ]
    ledger.add_readings(read_many(reports))


def test_a_claim_of_very_many_is_told_by_its_first_members_and_says_that_there_are_more(ledger: Ledger) -> None:
    told_by_many(ledger)
    (claim, *_) = trace(ledger, CLAIM).claims
    assert claim.reports == MANY
    assert len(claim.timeline) + claim.left_out + claim.beyond == MANY
    assert claim.beyond > 0
    assert all(side.summary.startswith("at least ") for side in claim.sides)
    dates = [told.report.published or "" for told in claim.timeline]
    assert dates == sorted(dates)
    everybody = trace(ledger, claim.claim, limit=2 * MANY).claims[0]
    assert (len(everybody.timeline), everybody.left_out, everybody.beyond) == (MANY, 0, 0)
    assert [side.summary for side in everybody.sides] == [f"{MANY} reports, {MANY} outlets, 1 voice"]


def test_a_claim_in_a_line_counts_all_and_tells_how_many_it_looked_at(ledger: Ledger) -> None:
    told_by_many(ledger)
    report = next(iter(ledger.reports())).id
    told = trace(ledger, report).report
    assert told is not None
    claim = max((it.claim for it in told.stated), key=lambda it: it.reports)
    assert (claim.reports, claim.statements) == (MANY, MANY)
    assert claim.counted < MANY
    assert sum(number for _, number in claim.polarities) == claim.counted


def test_of_very_many_copies_the_first_are_laid_beside_their_sources(ledger: Ledger) -> None:
    words = "old tall low grey red green wide long new plain cold dry damp dark clean bare worn dull steep".split()
    reports = [
        Report(
            ReportId(f"p{number}"),
            f"Harbour master Ruta Hald said that {CLAIM}. Water stood in the {word} cellars of the quarter by noon. "
            "The ferry to the island was held at its berth. The miller and his two sons carried the flour upstairs. "
            "A second barrier of sandbags was laid along the market street after dark.",
            outlet=f"Paper {number}",
            published=Published(f"1931-03-01T{number:02}:00", "given"),
        )
        for number, word in enumerate(words)
    ]
    ledger.add_readings(read_many(reports))
    (claim, *_) = trace(ledger, CLAIM).claims
    copies = [told.copied for told in claim.timeline if told.copied is not None]
    assert len(copies) == len(words) - 1
    assert {it.compared for it in copies} == {True, False}
    assert any(it.edits for it in copies)
    assert not any(it.edits for it in copies if not it.compared)
