"""What reports have from one another is known from the links that the ledger keeps, and counts as one voice."""

from sayso.ledger import Ledger
from sayso.trace.voices import Trail, voices
from sayso.vocabulary import Reading, ReportId, Span
from tests.trace.events.test_stored_events import WORDS, told_by
from tests.trace.events.told import TEXT
from tests.trace.keeping import drop, kept, stored

STORY = " ".join(WORDS * 6)
PASSAGE = " ".join(f"the {one} by the {other} was shut" for one, other in zip(WORDS, reversed(WORDS), strict=True))


def own_voice(reading: Reading, *spans: Span) -> Trail:
    report = reading.report
    day = report.published.value if report.published else ""
    return Trail(report.id, report.outlet, day, None, (), spans)


def at(reading: Reading, words: str) -> Span:
    start = reading.report.text.casefold().index(words.casefold())
    return Span(start, start + len(words))


def test_a_report_that_copies_another_is_no_voice_of_its_own(ledger: Ledger) -> None:
    first, second, other = kept(
        ledger,
        [
            told_by("r1", text=STORY, day="2031-05-04"),
            told_by("r2", text=STORY, day="2031-05-06"),
            told_by("r3", day="2031-05-05"),
        ],
    )
    with ledger.looking() as connection:
        copied = stored(connection).copied
        assert copied.lineage(second.report.id) == (first.report.id, second.report.id)
        assert copied.lineage(other.report.id) == (other.report.id,)
        trails = [own_voice(it) for it in (first, second, other)]
        (found,) = [it for it in copied.behind(trails) if it.share > 0.5]
        assert (found.report, found.earlier, found.spans) == (second.report.id, first.report.id, ())
        assert found.share > 0.9
        assert len(voices(trails, [found]).voices) == 2


def test_a_paragraph_taken_from_another_is_the_others_word_and_the_rest_is_not(ledger: Ledger) -> None:
    whole = told_by("r1", text=f"{PASSAGE}. {' '.join(WORDS)}", day="2031-05-04")
    quoting = told_by(
        "r2", text=f"{told_by('x').report.text * 4} {PASSAGE}. {told_by('y').report.text * 4}", day="2031-05-06"
    )
    first, second = kept(ledger, [whole, quoting])
    with ledger.looking() as connection:
        copied = stored(connection).copied
        taken = [own_voice(first, at(first, PASSAGE)), own_voice(second, at(second, PASSAGE))]
        rest = [own_voice(first, at(first, PASSAGE)), own_voice(second, at(second, TEXT[3:]))]
        (found,) = copied.behind(taken)
        assert found.share < 0.5
        assert any(span.start <= at(second, PASSAGE).start + 5 for span in found.spans)
        assert len(voices(taken, [found]).voices) == 1
        assert len(voices(rest, copied.behind(rest)).voices) == 2


def test_who_was_first_is_settled_anew_when_an_earlier_report_comes_or_one_goes(ledger: Ledger) -> None:
    second, third = kept(ledger, [told_by(f"r{i}", text=STORY, day=f"2031-05-0{i}") for i in (5, 6)])
    (first,) = kept(ledger, [told_by("r4", text=STORY, day="2031-05-04")])
    with ledger.looking() as connection:
        assert stored(connection).copied.lineage(third.report.id)[0] == first.report.id
    with ledger.writing() as connection:
        drop(connection, first.report.id)
    with ledger.looking() as connection:
        copied = stored(connection).copied
        assert copied.lineage(third.report.id) == (second.report.id, third.report.id)
        assert copied.lineage(ReportId("r-" + "0" * 32)) == (ReportId("r-" + "0" * 32),)
