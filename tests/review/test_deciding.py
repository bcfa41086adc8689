"""What people decide is kept with who, when, before, after and why, and shows in the corrected reading alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sayso.errors import NotTaken
from sayso.ledger import Ledger
from sayso.review import DECIDED, Choice, Decision, Kind, State, Verdict, decide, history, items, review
from sayso.vocabulary import ActorId, ActorKind, Form, Reading, ReportId, Span, SpeakerKind, Stance, StatementId
from tests.review.desk import MEER, QUILL, chosen, laid_out, spans, state, states, where
from tests.share.examples import harbour
from tests.share.ferry import FERRY, ferry


def corrected(ledger: Ledger, report: ReportId) -> Reading:
    return review(ledger, report).corrected


def refused(ledger: Ledger, choice: Choice) -> str:
    (found,) = decide(ledger, [choice], MEER)
    assert isinstance(found, NotTaken)
    return found.problem


def test_what_was_read_is_undecided_until_somebody_decides(ledger: Ledger) -> None:
    report = laid_out(ledger)
    found = review(ledger, report)
    assert {it.state for it in found.items} == {State.UNDECIDED}
    assert len(found.items) == 7 + 2 + 7 + 4 + 4
    assert found.orphans == ()
    assert found.corrected == replace(found.reading, reader=found.corrected.reader)
    assert found.corrected.reader.name == f"{found.reading.reader.name}, reviewed"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.REJECTED, Verdict.UNSURE])
@pytest.mark.parametrize("item", ["s1", "i1", "p2", "t4", "a3"])
def test_each_kind_of_item_is_accepted_rejected_or_unsure(ledger: Ledger, item: str, verdict: Verdict) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, item, verdict, why="as the words say")
    assert (made.who, made.why, made.verdict, made.reader) == (MEER, "as the words say", verdict, ferry().reader)
    assert made.before
    assert made.when.endswith("Z")
    assert [it for it in states(review(ledger, report)).items() if it[1] is not State.UNDECIDED] == [
        (item, State(verdict.value))
    ]
    assert history(ledger, report) == (made,)
    there = {it.thing.id for it in review(ledger, report).items if it.item in items(corrected(ledger, report))}
    assert (item in there) == (verdict is not Verdict.REJECTED)


def test_a_decision_quotes_the_words_it_is_about(ledger: Ledger) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, "s4")
    (item,) = made.items
    assert (item.kind, item.report) == (Kind.STATEMENT, report)
    assert item.words == ("We fired nothing,", "", "spokesman Ivo Lenz")
    assert item.passages[0] == spans("We fired nothing,")


def test_a_speaker_a_span_and_a_stance_are_corrected(ledger: Ledger) -> None:
    report = laid_out(ledger)
    after = {
        "content": where("blamed the Reed Guard for the shelling"),
        "speaker": {"kind": "actor", "spans": where("Ivo Lenz")},
        "stance": "accuses",
        "certainty": "hedged",
    }
    made = chosen(ledger, report, "s3", Verdict.CORRECTED, after=after, why="he said it")
    assert made.after == {name: value for name, value in after.items() if made.before[name] != value}
    found = corrected(ledger, report).statement(StatementId("s3"))
    assert found is not None
    assert found.content.text == "blamed the Reed Guard for the shelling"
    assert (found.speaker.text, found.speaker.actor, found.stance) == ("Ivo Lenz", "a4", Stance.ACCUSES)
    assert (found.chain[0].actor, found.chain[0].by) == ("a4", "decided")
    assert review(ledger, report).reading.statements == ferry().statements


def test_a_speaker_nobody_had_found_becomes_an_actor_of_the_corrected_reading(ledger: Ledger) -> None:
    report = laid_out(ledger)
    speaker = {"kind": "actor", "spans": where("The king of Norway")}
    chosen(ledger, report, "s5", Verdict.CORRECTED, after={"speaker": speaker})
    found = corrected(ledger, report)
    king = found.actor(next(it for it in found.statements if it.id == "s5").speaker.actor)
    assert king is not None
    assert (king.name, king.kind, king.mentions) == (
        "The king of Norway",
        ActorKind.UNKNOWN,
        spans("The king of Norway"),
    )


def test_the_outlets_own_words_given_a_source_become_its_statement(ledger: Ledger) -> None:
    report = laid_out(ledger)
    after = {"content": where("both sides to talk"), "source": where("The king of Norway"), "cue": where("asked")}
    chosen(ledger, report, "s5", Verdict.CORRECTED, after=after)
    found = next(it for it in corrected(ledger, report).statements if it.id == "s5")
    assert (found.form, found.speaker.kind, found.speaker.text) == (
        Form.INDIRECT, SpeakerKind.ACTOR, "The king of Norway",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("item", "after", "field"),
    [
        ("i1", {"type": "Armed clash", "status": "alleged", "start": "2021-03-09", "end": None}, "type"),
        ("p2", {"entry": {"name": "Tarn", "lat": 61.5, "lon": 8.25, "level": "settlement"}}, "entry"),
        ("p3", {"entry": None, "level": "region"}, "entry"),
        ("t4", {"value": "2021-03-19", "start": "2021-03-19", "end": "2021-03-19"}, "value"),
        ("a3", {"kind": "organisation", "name": [[190, 199]]}, "kind"),
    ],
)
def test_values_of_the_other_kinds_are_corrected(ledger: Ledger, item: str, after: dict[str, Any], field: str) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, item, Verdict.CORRECTED, after=after)
    assert field in made.after
    assert state(ledger, report, item) is State.CORRECTED
    found = corrected(ledger, report)
    kinds: tuple[tuple[Any, ...], ...] = (found.places, found.incidents, found.times, found.actors)
    things = {it.id: it for each in kinds for it in each}
    value = getattr(things[item], field)
    assert (value.name if hasattr(value, "lat") else value) == (
        after[field]["name"] if isinstance(after[field], dict) else after[field]
    )


def test_a_further_correction_adds_to_ones_own_first(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s2", Verdict.CORRECTED, after={"stance": "confirms"})
    chosen(ledger, report, "s2", Verdict.CORRECTED, after={"certainty": "hedged"})
    found = next(it for it in corrected(ledger, report).statements if it.id == "s2")
    assert (found.stance.value, found.certainty.value.value) == ("confirms", "hedged")
    assert state(ledger, report, "s2") is State.CORRECTED


def test_what_hangs_on_something_rejected_hangs_on_nothing(ledger: Ledger) -> None:
    report = laid_out(ledger)
    for item in ("s1", "a1", "p1", "t1"):
        chosen(ledger, report, item, Verdict.REJECTED)
    found = corrected(ledger, report)
    assert {it.id for it in found.statements} == {f"s{n}" for n in range(2, 8)}
    (incident, _) = found.incidents
    assert incident.vouchers == ("s3",)
    assert {it.voucher for it in incident.counts} <= {None, *(it.id for it in found.statements)}
    assert "p1" not in incident.places
    assert "t1" not in incident.times
    spoken = next(it for it in found.statements if it.id == "s3")
    assert (spoken.speaker.kind, spoken.speaker.actor) == (SpeakerKind.UNKNOWN, None)


def test_inside_a_rejected_statement_the_next_one_around_is_the_parent(ledger: Ledger) -> None:
    report = laid_out(ledger, harbour())
    chosen(ledger, report, "s2", Verdict.REJECTED)
    parents: dict[str, str | None] = {it.id: it.parent for it in corrected(ledger, report).statements}
    assert (parents["s3"], "s2" in parents) == ("s1", False)


def test_statements_are_merged_and_split(ledger: Ledger) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, "s3", Verdict.MERGED, others=("s4",))
    assert len(made.items) == 2
    parts = (spans("Shells struck the fish market of Vell on Tuesday"), spans("killing at least 12 people"))
    chosen(ledger, report, "s1", Verdict.SPLIT, parts=parts)
    found = corrected(ledger, report)
    joined = next(it for it in found.statements if it.id == "s3")
    assert joined.content.text == "the Reed Guard for the shelling … We fired nothing,"
    assert "s4" not in {it.id for it in found.statements}
    assert [it.content.spans for it in found.statements[:2]] == [*parts]
    assert found.statements[0].speaker == found.statements[1].speaker
    assert len({it.id for it in found.statements}) == len(found.statements)
    assert {name: states(review(ledger, report))[name] for name in ("s1", "s3", "s4")} == {
        "s1": State.SPLIT, "s3": State.MERGED, "s4": State.MERGED,
    }  # fmt: skip


def test_incidents_are_merged_and_split(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "i1", Verdict.SPLIT, parts=tuple((span,) for span in ferry().incidents[0].mentions))
    first, second, _ = corrected(ledger, report).incidents
    assert first.counts == ferry().incidents[0].counts
    assert (second.counts, second.type) == ((), first.type)
    chosen(ledger, report, "i1", Verdict.MERGED, others=("i2",))
    (one,) = corrected(ledger, report).incidents
    assert len(one.mentions) == 3
    assert len(one.counts) == sum(len(it.counts) for it in ferry().incidents)


def test_actors_of_a_report_are_merged_and_split(ledger: Ledger) -> None:
    report = laid_out(ledger, harbour())
    chosen(ledger, report, "a1", Verdict.MERGED, others=("a3",))
    found = corrected(ledger, report)
    assert {it.speaker.actor for it in found.statements} <= {None, "a1", "a2", "a4"}
    brandt = found.actor(found.statements[1].speaker.actor)
    assert brandt is not None
    assert brandt.names == ("Orla Brandt", "Brandt", "Reed Guard", "The Guard")
    she = harbour().actors[0].mentions[1]
    chosen(ledger, report, "a1", Verdict.SPLIT, parts=((she,),))
    found = corrected(ledger, report)
    said: dict[str, ActorId | None] = {it.id: it.speaker.actor for it in found.statements}
    assert said["s4"] not in ("a1", None)
    assert said["s1"] == "a1"
    assert found.actor(said["s4"]) is not None


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        (Choice(ReportId("r-" + "0" * 32), "s1", Verdict.ACCEPTED), "no such report"),
        (Choice(ReportId("nonsense"), "s1", Verdict.ACCEPTED), "no such report"),
        (Choice(ReportId(""), "s99", Verdict.ACCEPTED), "no such item"),
        (Choice(ReportId(""), "i-0123456789abcdef", Verdict.ACCEPTED), "no such item"),
        (Choice(ReportId(""), "s1", Verdict.UNDONE), "undo"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED), "changes nothing"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"stance": "says"}), "changes nothing"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"truth": "no"}), "has no truth"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"stance": "sings"}), "one of says"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"stance": ["says"]}), "one of says"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"content": [[5, 99_999]]}), "not inside"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"content": [[5, 5]]}), "empty"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"content": [[9, 12], [1, 3]]}), "out of order"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"content": [[True, 3]]}), "code points"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"content": "all of it"}), "list of"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"content": []}), "nowhere"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"speaker": "Somebody"}), "speaker is"),
        (Choice(ReportId(""), "s1", Verdict.CORRECTED, after={"speaker": {"kind": "actor", "spans": []}}), "speaker"),
        (Choice(ReportId(""), "i1", Verdict.CORRECTED, after={"start": "Friday"}), "is a day"),
        (Choice(ReportId(""), "p1", Verdict.CORRECTED, after={"entry": {"name": "X"}}), "an entry has"),
        (Choice(ReportId(""), "p1", Verdict.CORRECTED, after={"entry": {
            "name": "X", "lat": 99, "lon": 1, "level": "region"}}), "not on the earth"),
        (Choice(ReportId(""), "s1", Verdict.ACCEPTED, after={"stance": "denies"}), "does not go with"),
        (Choice(ReportId(""), "s1", Verdict.MERGED), "takes another"),
        (Choice(ReportId(""), "s1", Verdict.MERGED, others=("s1",)), "takes another"),
        (Choice(ReportId(""), "s1", Verdict.MERGED, others=("a1",)), "with its like"),
        (Choice(ReportId(""), "p1", Verdict.MERGED, others=("p4",)), "are merged"),
        (Choice(ReportId(""), "s1", Verdict.SPLIT, parts=((Span(0, 4),),)), "two parts"),
        (Choice(ReportId(""), "s1", Verdict.SPLIT, parts=((Span(0, 4),), (Span(0, 4),))), "of its own"),
        (Choice(ReportId(""), "a1", Verdict.SPLIT, parts=((Span(0, 4),),)), "their mentions"),
        (Choice(ReportId(""), "t1", Verdict.SPLIT, parts=((Span(0, 4),), (Span(5, 6),))), "are split"),
        (Choice(ReportId(""), "s1", Verdict.ACCEPTED, why="x" * 10_001), "10000 characters"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_is_no_decision_is_refused_and_said(ledger: Ledger, choice: Choice, why: str) -> None:
    report = laid_out(ledger)
    assert why in refused(ledger, replace(choice, report=choice.report or report))
    assert history(ledger, report) == ()


def test_in_a_bulk_the_bad_cost_the_good_nothing(ledger: Ledger) -> None:
    report = laid_out(ledger)
    wanted = [Choice(report, name, Verdict.ACCEPTED) for name in ("s1", "none", "p1", "i2")]
    done = decide(ledger, wanted, MEER)
    assert [isinstance(it, Decision) for it in done] == [True, False, True, True]
    made = [it for it in done if isinstance(it, Decision)]
    assert len({it.bulk for it in made}) == 1
    assert made[0].bulk.startswith("b-")
    assert [it.when for it in made] == sorted({it.when for it in made})
    assert sum(it.state in DECIDED for it in review(ledger, report).items) == 3


def test_a_decision_needs_a_name(ledger: Ledger) -> None:
    report = laid_out(ledger)
    for who in ("", " ", "x" * 201):
        with pytest.raises(NotTaken, match="name"):
            decide(ledger, [Choice(report, "s1", Verdict.ACCEPTED)], who)
    chosen(ledger, report, "s1", who="Zoë \ud800 Quill")
    assert history(ledger, report)[0].who == "Zoë \ufffd Quill"


def test_an_item_is_found_by_its_own_id_in_any_reading(ledger: Ledger) -> None:
    report = laid_out(ledger)
    item = next(it for it, thing in items(review(ledger, report).reading).items() if thing.id == "s4")
    chosen(ledger, report, item.id, who=QUILL)
    assert state(ledger, report, "s4") is State.ACCEPTED


def test_items_of_a_reading_have_ids_of_their_own(ledger: Ledger) -> None:
    report = laid_out(ledger)
    found = [it.item for it in review(ledger, report).items]
    assert len({it.id for it in found}) == len(found)
    assert all(piece in FERRY for it in found for words in it.words for piece in words.split(" … "))
