"""A later reading never loses or moves a decision: it fits at the same spans, or is orphaned and shown."""

from __future__ import annotations

from dataclasses import replace

from sayso.ledger import Ledger
from sayso.review import State, Verdict, orphans, review
from sayso.vocabulary import IncidentType, Reading, Span, Stance, StatementId, passage
from tests.review.desk import MEER, QUILL, changed, chosen, laid_out, state, states, taken_back, where, with_item
from tests.share.ferry import FERRY, ferry


def shifted(reading: Reading, version: str = "2") -> Reading:
    """The same reading by a reader that ends the content of s3 earlier."""
    content = passage(FERRY, (Span(*where("the Reed Guard for the")[0]),))
    return changed(reading, version, statements=with_item(reading.statements, "s3", {"content": content}))


def test_a_later_reader_that_reads_the_same_finds_what_was_decided(ledger: Ledger) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, "s3", Verdict.ACCEPTED)
    renamed = tuple(replace(it, id=StatementId(f"s{int(it.id[1:]) + 40}")) for it in ferry().statements)
    ledger.add_readings([changed(ferry(), "2", statements=renamed, incidents=(), tallies=(), forecasts=())])
    found = review(ledger, report)
    assert found.reading.reader.version == "2"
    assert [it.thing.id for it in found.items if it.decisions == (made,)] == ["s43"]
    assert found.orphans == ()


def test_what_no_longer_fits_is_orphaned_shown_and_not_moved(ledger: Ledger) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, "s3", Verdict.REJECTED, why="no statement")
    ledger.add_readings([shifted(ferry())])
    found = review(ledger, report)
    assert state(ledger, report, "s3") is State.UNDECIDED
    assert found.orphans == (made,)
    assert made.items[0].words[0] == "the Reed Guard for the shelling"
    assert found.corrected.statements == found.reading.statements
    assert list(orphans(ledger)) == [(report, (made,))]
    assert states(review(ledger, report, ferry().reader))["s3"] is State.REJECTED
    taken_back(ledger, made)
    assert list(orphans(ledger)) == []


def test_an_orphan_fits_again_when_a_reader_reads_so_again(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s3", Verdict.ACCEPTED)
    ledger.add_readings([shifted(ferry())])
    assert state(ledger, report, "s3") is State.UNDECIDED
    ledger.add_readings([changed(ferry(), "3")])
    assert state(ledger, report, "s3") is State.ACCEPTED


def test_an_incident_of_another_type_is_another_item(ledger: Ledger) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, "i1", Verdict.ACCEPTED)
    other = with_item(ferry().incidents, "i1", {"type": IncidentType.AIR_STRIKE})
    ledger.add_readings([changed(ferry(), "2", incidents=other)])
    assert state(ledger, report, "i1") is State.UNDECIDED
    assert review(ledger, report).orphans == (made,)


def test_a_reader_that_reads_as_it_was_corrected_meets_the_correction(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s3", Verdict.CORRECTED, after={"content": where("the Reed Guard for the")})
    ledger.add_readings([shifted(ferry())])
    found = review(ledger, report)
    assert (state(ledger, report, "s3"), found.orphans) == (State.CORRECTED, ())
    assert found.corrected.statements == found.reading.statements
    chosen(ledger, report, "s3", Verdict.ACCEPTED, QUILL)
    assert state(ledger, report, "s3") is State.CORRECTED


def test_what_was_accepted_stays_as_it_was_seen_and_the_difference_is_shown(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s3", Verdict.ACCEPTED, MEER)
    later = with_item(ferry().statements, "s3", {"stance": Stance.THREATENS})
    ledger.add_readings([changed(ferry(), "2", statements=later)])
    found = review(ledger, report)
    (item,) = [it for it in found.items if it.thing.id == "s3"]
    assert (item.state, item.differs) == (State.ACCEPTED, ("stance",))
    assert next(it.stance for it in found.reading.statements if it.id == "s3") is Stance.THREATENS
    assert next(it.stance for it in found.corrected.statements if it.id == "s3") is Stance.ACCUSES


def test_a_merge_is_met_by_a_reader_that_merges(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s3", Verdict.MERGED, others=("s4",))
    whole = next(it for it in review(ledger, report).corrected.statements if it.id == "s3")
    kept = tuple(whole if it.id == "s3" else it for it in ferry().statements if it.id != "s4")
    bare = changed(ferry(), "2", statements=kept, incidents=(), tallies=(), forecasts=())
    ledger.add_readings([bare])
    found = review(ledger, report)
    assert (state(ledger, report, "s3"), found.orphans) == (State.MERGED, ())
    assert found.corrected.statements == found.reading.statements
