"""What a question to a ledger is answered with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import sayso
from sayso import Ledger
from sayso.errors import SaysoError
from sayso.trace.answers import (
    EventAnswer,
    Subject,
    Trace,
    WantedEvents,
    WantedForecasts,
    compare,
    events,
    forecasts,
    trace,
    who,
)
from sayso.vocabulary import EditKind, OutcomeState, Passage, Polarity, Report, ReportId, Span, Tier
from tests.trace.answers.newspapers import ROWS, named, written

CLAIM = "the reed guard opened the weir at Tarnholm"


def _passages(value: object) -> Iterator[tuple[ReportId, Passage]]:
    """The words of sayings and quotes of an answer, with the report they are said to stand in."""
    assert isinstance(value, Trace)
    for claim in value.claims:
        for told in claim.timeline:
            yield from ((told.report.report, it) for it in (told.content, told.cue, told.source) if it)
        for forecast in claim.forecasts:
            yield from ((it.report.report, it.words) for it in forecast.quotes)
        for event in claim.events:
            yield from ((it.report.report, it.words) for it in event.quotes)


def test_words_lead_to_the_claim_they_mean_with_everybody_who_carries_it(papers: Ledger) -> None:
    answer = trace(papers, CLAIM)
    assert answer.subject is Subject.WORDS
    first = answer.claims[0]
    assert first.match is not None
    assert first.match.tier is Tier.CONFIDENT
    assert [(it.report.outlet, it.polarity, it.speaker) for it in first.timeline] == [
        ("Vell Lantern", Polarity.AFFIRMS, "Ivo Lenz"),
        ("Kessel Post", Polarity.AFFIRMS, "Ivo Lenz"),
        ("Ulmen Gazette", Polarity.DENIES, "Ada Quill"),
    ]
    assert first.timeline[0].chain == ("Vell Lantern", "Ivo Lenz")


LONG = (
    "The harbour office has heard that men of the Reed Guard together with two bargees of the lower town are preparing "
    "to film a staged flood at Vellmouth and in the town of Kesk of the same county in order to blame the weir company "
    "and the county council for careless work on the banks and the houses, harbour master Ole Vint said on Friday."
)


@pytest.mark.parametrize("asked", ["a staged flood is being prepared at Vellmouth", "staged flood"])
def test_a_short_question_finds_the_long_statement_that_holds_its_words(ledger: Ledger, asked: str) -> None:
    ledger.add_readings([sayso.read(LONG, published="2021-03-05", outlet="Kessel Post")])
    first = trace(ledger, asked).claims[0]
    assert "staged flood" in first.text
    assert first.match is not None
    assert first.match.tier is Tier.SUGGESTED
    assert first.match.reasons == ("100% of the words asked for stand in it",)
    assert not trace(ledger, "a staged concert is being prepared at Tarnholm").claims


def test_two_reports_on_one_word_are_one_voice_and_the_answer_says_why(papers: Ledger) -> None:
    affirming, denying = trace(papers, CLAIM).claims[0].sides
    assert affirming.summary == "2 reports, 2 outlets, 1 voice"
    assert [pair.together for pair in affirming.pairs] == [True]
    assert affirming.pairs[0].why[0] == "both lead to Ivo Lenz"
    assert (denying.polarity, denying.summary) == (Polarity.DENIES, "1 report, 1 outlet, 1 voice")


def test_a_copy_is_told_with_its_source_and_a_changed_figure_makes_another_claim(papers: Ledger) -> None:
    answer = trace(papers, CLAIM)
    reprint = answer.claims[0].timeline[1]
    assert reprint.copied is not None
    assert (reprint.copied.source.outlet, reprint.copied.whole, reprint.copied.edits) == ("Vell Lantern", True, ())
    (other,) = (it for it in answer.claims if "40 sheep" in it.text)
    (edited,) = other.timeline
    assert edited.copied is not None
    edits = {(it.kind, it.before, it.after) for it in edited.copied.edits}
    assert {(EditKind.FIGURE, "30", "40"), (EditKind.CUE, "said", "claimed")} <= edits
    assert any(it.kind is EditKind.DROPPED and it.before.startswith("The meadows") for it in edited.copied.edits)
    assert other.claim in {it.claim for it in answer.claims[0].may_be_same}


def test_first_capture_and_first_stated_date_are_told_apart(tmp_path: Path) -> None:
    with Ledger(tmp_path / "late.db") as ledger:
        ledger.add(written(tmp_path, ROWS[2:]))
        ledger.add(written(tmp_path, ROWS[:1]))  # the earlier date comes with the later capture
        first = trace(ledger, CLAIM).claims[0]
        names = named(ledger)
    assert first.first_stated == names["first"]
    assert all(it.report.claimed for it in first.timeline)


def test_labels_are_told_with_whose_word_they_are(papers: Ledger) -> None:
    (other,) = (it for it in trace(papers, CLAIM).claims if "40 sheep" in it.text)
    assert [(it.text, it.outlet) for it in other.labels] == [("so-called", "Brask Courier")]


def test_every_word_of_an_answer_stands_where_it_says(papers: Ledger, maine: Ledger) -> None:
    asked = ((papers, CLAIM), (maine, "American warships would shell the coast of Cuba"))
    found = 0
    for ledger, words in asked:
        for report, passage in _passages(trace(ledger, words)):
            text = ledger.report(report).text
            assert " … ".join(span.of(text) for span in passage.spans) == passage.text
            found += 1
    assert found > 10


def test_what_nobody_says_is_not_answered(papers: Ledger) -> None:
    answer = trace(papers, "The observatory at Lindgate discovered a comet")
    assert not answer.found
    assert (answer.claims, answer.suggested, answer.findings) == ((), (), ())


def test_a_claim_a_report_and_an_event_are_found_by_their_ids(papers: Ledger, maine: Ledger) -> None:
    claim = trace(papers, CLAIM).claims[0]
    again = trace(papers, claim.claim)
    assert again.subject is Subject.CLAIM
    assert again.claims == (replace(claim, match=None),)
    report = trace(papers, claim.timeline[0].report.report)
    assert report.report is not None
    assert report.report.report.title == "Weir at Tarnholm opened by night"
    event = next(it.event for it in _events(trace(maine, named(maine)["maine-12"])))
    assert [it.event for it in trace(maine, event.id).events] == [event]


def _events(answer: Trace) -> Iterator[EventAnswer]:
    assert answer.report is not None
    yield from answer.report.events


def test_a_report_is_told_with_its_copies_before_and_after_and_who_else_says_so(papers: Ledger) -> None:
    names = named(papers)
    answer = trace(papers, names["first"]).report
    assert answer is not None
    assert answer.lineage is not None
    parents = {it.report.report: it.parent for it in answer.lineage.members}
    assert parents == {names["first"]: None, names["edited"]: names["first"], names["reprint"]: names["first"]}
    assert answer.passages == ()
    assert [it.claim.reports for it in answer.stated if "sills" in it.content.text] == [3]
    copied = trace(papers, names["edited"]).report
    assert copied is not None
    assert {it.source.report for it in copied.passages} == {names["first"]}


def test_a_text_that_is_not_kept_is_held_against_the_ledger_and_stays_out(papers: Ledger) -> None:
    text = "“The water came up to the sills before anybody was awake,” Ivo Lenz said.\n\nIt rained in Odder."
    reading = sayso.read(text, outlet="Odder Herald")
    answer = compare(papers, reading)
    assert answer.found
    assert answer.report is not None
    assert not answer.report.is_kept
    assert {it.source.outlet for it in answer.report.passages} <= {"Vell Lantern", "Kessel Post"}
    assert any("sills" in it.claim.text for it in answer.report.stated)
    assert len(list(papers.reports())) == len(ROWS)


def test_a_forecast_is_told_with_what_followed_and_the_run_before(maine: Ledger) -> None:
    (claim,) = (it for it in trace(maine, "American warships would shell the coast of Cuba").claims if it.forecasts)
    (forecast,) = claim.forecasts
    assert (forecast.outcome.voice, forecast.outcome.state) == ("Edgar Whitlow", OutcomeState.FOLLOWED)
    assert [it.days for it in forecast.outcome.followed] == [67]
    assert [it.state for it in forecast.before] == [OutcomeState.LAPSED]
    early = trace(maine, claim.claim, as_of=date(1898, 3, 1)).claims[0].forecasts[0]
    assert early.outcome.state is OutcomeState.OPEN


def test_findings_are_told_in_their_own_words_with_tier_score_and_reasons(maine: Ledger) -> None:
    answer = trace(
        maine, "A mine outside the ship caused the explosion that destroyed the Maine in Havana on 15 February 1898"
    )
    bearing = {it.finding.publisher: it for claim in answer.claims for it in claim.findings}
    court = bearing["United States naval court of inquiry (Sampson court)"]
    assert court.finding.grade is not None
    assert court.finding.grade.startswith("opinion of the court")
    assert 0 < court.match.score < 1
    assert court.match.reasons


def test_an_answer_rules_on_nothing(maine: Ledger) -> None:
    from sayso.share.tracing import trace_page

    words = trace_page(trace(maine, "American warships would shell the coast of Cuba")).casefold()
    assert "does not say what is true" in words
    for verdict in ("debunked", "fake news", "misinformation", "disinformation", "confirmed true", "proven"):
        assert verdict not in words


def test_the_limit_shortens_the_timeline_and_no_count(papers: Ledger) -> None:
    whole, short = trace(papers, CLAIM).claims[0], trace(papers, CLAIM, limit=1).claims[0]
    assert len(short.timeline) == 1
    assert short.left_out == len(whole.timeline) - 1
    assert short.sides == whole.sides


def test_what_is_added_later_is_answered_without_being_asked_for(tmp_path: Path) -> None:
    with Ledger(tmp_path / "growing.db") as ledger:
        ledger.add(written(tmp_path, ROWS[:1]))
        assert trace(ledger, CLAIM).claims[0].reports == 1
        ledger.add(written(tmp_path, ROWS[3:]))
        assert trace(ledger, CLAIM).claims[0].reports == 2


def test_the_answer_does_not_hang_on_the_order_in_which_reports_came(tmp_path: Path, papers: Ledger) -> None:
    with Ledger(tmp_path / "other.db") as ledger:
        for row in reversed(ROWS):
            ledger.add(written(tmp_path, [row]))
        mine, theirs = trace(ledger, CLAIM).claims[0], trace(papers, CLAIM).claims[0]
    assert (mine.claim, mine.text, mine.sides) == (theirs.claim, theirs.text, theirs.sides)
    assert [it.report.report for it in mine.timeline] == [it.report.report for it in theirs.timeline]


@pytest.mark.parametrize("question", ["", "  …  ", "r-" + "0" * 32, "c-" + "0" * 16, "e-" + "0" * 16, "a" * 5_000])
def test_a_question_that_cannot_be_answered_is_refused_with_a_cure(papers: Ledger, question: str) -> None:
    with pytest.raises(SaysoError) as refused:
        trace(papers, question)
    assert refused.value.cure


@pytest.mark.parametrize("question", ["\x00\x1b[31m red", "' OR 1=1 --", '"*(-NEAR', "\ud800 lone", "%s {0} \\N{DASH}"])
def test_no_words_break_a_question(papers: Ledger, question: str) -> None:
    assert trace(papers, question).subject is Subject.WORDS
    assert who(papers, question) == ()
    assert events(papers, WantedEvents(place=question, actor=question)) == ()
    assert forecasts(papers, WantedForecasts(place=question, voice=question)) == ()


def test_a_report_without_statements_is_told_by_its_copies(tmp_path: Path) -> None:
    text = "Der Damm bei Tarnholm ist in der Nacht gebrochen, und das Wasser stand am Morgen in allen Gassen der Stadt."
    rows = [{"id": n, "outlet": f"Blatt {n}", "text": text, "language": "de", "title": n} for n in "ab"]
    with Ledger(tmp_path / "german.db") as ledger:
        ledger.add(written(tmp_path, rows))
        names = named(ledger)
        answer = trace(ledger, names["b"]).report
    assert answer is not None
    assert answer.lineage is not None
    assert {it.report.report for it in answer.lineage.members} == set(names.values())


def test_spans_are_of_the_reports_own_text_when_a_report_is_compared(papers: Ledger) -> None:
    copy = Report(ReportId("outside"), "Extra words first. " + papers.report(named(papers)["first"]).text)
    answer = compare(papers, replace(sayso.read(copy.text), report=copy)).report
    assert answer is not None
    for passage in answer.passages:
        assert isinstance(passage.span, Span)
        assert passage.span.of(copy.text) == passage.text
    assert answer.passages
