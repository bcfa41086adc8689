"""What stands is a function of the entries alone: of no order, database, archive or clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ledger import Ledger
from sayso.read.placing import misplaced
from sayso.review import Decision, Item, Reviewed, State, Verdict, history, items, review, reviewed
from sayso.share import dumps, reading_from_json
from sayso.vocabulary import Reading
from tests.review.desk import MEER, QUILL, chosen, laid_out, taken_back
from tests.share.ferry import ferry

Make = Callable[[], Ledger]
READING: Reading = ferry()
ITEMS: list[Item] = [it for it in items(READING) if it.kind in ("statement", "place")]
STATEMENTS = [it for it in ITEMS if it.kind == "statement"]
PEOPLE = (MEER, QUILL, "O. Holm")


@st.composite
def entries(draw: st.DrawFn) -> list[Decision]:
    """Decisions of three people on a few items, undone, settled and merged as it comes."""
    made: list[Decision] = []
    for number in range(draw(st.integers(1, 14))):
        who = draw(st.sampled_from(PEOPLE))
        shape: dict[str, Any] = {
            "id": f"d-{number:016x}",
            "when": f"2026-01-01T00:00:{draw(st.integers(0, 20)):02}.000000Z",
        }
        verdicts = [Verdict.ACCEPTED, Verdict.REJECTED, Verdict.CORRECTED, Verdict.UNSURE, Verdict.MERGED]
        verdict = draw(st.sampled_from([*verdicts, Verdict.UNDONE] if made else verdicts))
        about: tuple[Item, ...] = (draw(st.sampled_from(STATEMENTS[:3])),)
        if verdict is Verdict.UNDONE:
            back = draw(st.sampled_from(made))
            about, shape["undoes"] = back.items, back.id
        if verdict is Verdict.CORRECTED:
            shape["after"] = {"stance": draw(st.sampled_from(["claims", "denies"]))}
        if verdict is Verdict.MERGED:
            about = (STATEMENTS[0], STATEMENTS[1])
            shape["results"] = (
                replace(STATEMENTS[0], passages=((*about[0].passages[0], *about[1].passages[0]), (), ())),
            )
        if made and draw(st.sampled_from([False, True])):
            shape["settles"] = (draw(st.sampled_from(made)).id,)
        made.append(Decision(about[0].kind, about, verdict, who, **shape))
    return made


def shown(found: Reviewed) -> dict[str, tuple[State, frozenset[str]]]:
    return {it.item.id: (it.state, frozenset(made.id for made in it.decisions)) for it in found.items}


@settings(deadline=None)
@given(entries(), st.randoms(use_true_random=False))
def test_the_order_in_which_entries_come_does_not_matter(made: list[Decision], random: Any) -> None:
    first = reviewed(READING, made)
    shuffled = [*made, *made[:3]]
    random.shuffle(shuffled)
    assert reviewed(READING, shuffled) == first


@settings(deadline=None)
@given(entries(), st.data())
def test_what_is_undone_is_as_if_it_had_never_been_made(made: list[Decision], data: st.DataObject) -> None:
    open_ = [it for it in made if all(other.undoes != it.id for other in made)]
    doomed = data.draw(st.sampled_from(open_))
    back = Decision(doomed.kind, doomed.items, Verdict.UNDONE, MEER, undoes=doomed.id, id="d-back",
                    when="2026-01-02T00:00:00.000000Z")  # fmt: skip
    without = [it for it in made if it.id != doomed.id]
    assert shown(reviewed(READING, [*made, back])) == shown(reviewed(READING, without))
    again = replace(back, undoes=back.id, id="d-again")
    assert reviewed(READING, [*made, back, again]) == reviewed(READING, made)


@settings(deadline=None)
@given(entries())
def test_nothing_is_decided_that_nobody_decided_and_nothing_that_people_differ_on(made: list[Decision]) -> None:
    found = reviewed(READING, made)
    named = {item for it in made for item in it.items}
    for it in found.items:
        assert (it.state is State.UNDECIDED) == (not it.decisions)
        assert it.item in named or it.state is State.UNDECIDED
        assert len({made.who for made in it.decisions}) == len(it.decisions)
        if it.state is State.CONTESTED and not any(len(one.items) > 1 for one in it.decisions):
            assert len(it.decisions) > 1


def test_halves_of_the_entries_joined_either_way_stand_the_same(make: Make, tmp_path: Path) -> None:
    ours, theirs = make(), make()
    report = laid_out(ours)
    laid_out(theirs)
    one = chosen(ours, report, "s2", Verdict.REJECTED, MEER)
    taken_back(ours, chosen(ours, report, "s3", Verdict.ACCEPTED, MEER))
    chosen(theirs, report, "s2", Verdict.CORRECTED, QUILL, after={"stance": "claims"})
    chosen(theirs, report, "p2", Verdict.ACCEPTED, QUILL)
    ours.export(tmp_path / "ours.sayso")
    theirs.export(tmp_path / "theirs.sayso")
    assert ours.import_(tmp_path / "theirs.sayso").decisions == 2
    assert theirs.import_(tmp_path / "ours.sayso").decisions == 3
    assert ours.digest() == theirs.digest()
    assert review(ours, report) == review(theirs, report)
    assert history(ours, report) == history(theirs, report)
    assert {it.state for it in review(ours, report).items} == {State.CONTESTED, State.ACCEPTED, State.UNDECIDED}
    (back,) = taken_back(theirs, one, who=QUILL)
    theirs.export(tmp_path / "later.sayso")
    ours.import_(tmp_path / "later.sayso")
    assert history(ours, report)[-1] == back
    assert review(ours, report) == review(theirs, report)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_clock_that_runs_backwards_changes_no_order(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    report = laid_out(ledger)
    made = [chosen(ledger, report, "s2", verdict) for verdict in (Verdict.ACCEPTED, Verdict.REJECTED, Verdict.UNSURE)]
    assert [it.when for it in history(ledger, report)] == sorted({it.when for it in made})
    assert history(ledger, report) == tuple(made)


@settings(deadline=None)
@given(entries())
def test_every_word_of_a_corrected_reading_stands_in_its_text(made: list[Decision]) -> None:
    found = reviewed(READING, made).corrected
    assert list(misplaced(found, found.report.text)) == []
    for each in (found.statements, found.actors, found.places, found.incidents, found.times):
        ids = [it.id for it in each]
        assert len(set(ids)) == len(ids)
    said = {it.id for it in found.statements}
    assert {it.parent for it in found.statements} <= {None, *said}
    assert {it for incident in found.incidents for it in incident.vouchers} <= said
    assert dumps(reading_from_json(json.loads(dumps(found)))) == dumps(found)
