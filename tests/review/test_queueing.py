"""What to review next: by uncertainty, bounded, the same each time, and to go on with where one stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.errors import NotTaken
from sayso.ledger import Ledger
from sayso.ledger.where import Where
from sayso.review import Kind, State, Verdict, Wanted, next_items, sample
from tests.ledger.stories import NEW, OLD, reading
from tests.review.desk import MEER, QUILL, chosen, laid_out
from tests.share.examples import harbour
from tests.share.ferry import ferry


def names(ledger: Ledger, wanted: Wanted, limit: int = 100) -> list[str]:
    return [it.reviewed.thing.id for it in next_items(ledger, wanted, limit=limit).items]


def test_the_most_uncertain_come_first_with_why(ledger: Ledger) -> None:
    laid_out(ledger, harbour())
    page = next_items(ledger, Wanted((Kind.STATEMENT,)), limit=3)
    assert [it.reviewed.thing.id for it in page.items] == ["s7", "s3", "s2"]
    assert [it.uncertainty for it in page.items[1:]] == [0.5, 0.23]
    assert page.items[0].uncertainty > 0.5
    assert [it.why for it in page.items[:2]] == ["any of 2 may be its speaker", "the reader gives it 0.50"]
    assert (page.reports, page.after, page.waiting) == (1, "", len(harbour().statements))
    assert next_items(ledger, Wanted((Kind.STATEMENT,)), limit=3) == page


def test_places_nobody_knows_and_times_without_an_anchor_are_uncertain(ledger: Ledger) -> None:
    laid_out(ledger)
    page = next_items(ledger, Wanted((Kind.PLACE, Kind.TIME)))
    found: dict[str, float] = {it.reviewed.thing.id: it.uncertainty for it in page.items}
    assert (found["p7"], found["p1"], found["p2"]) == (0.5, 0.03, 0.5)
    assert all(0 <= it <= 1 for it in found.values())


def test_what_is_settled_is_left_out_and_what_is_contested_comes_first(ledger: Ledger) -> None:
    report = laid_out(ledger)
    wanted = Wanted((Kind.STATEMENT,))
    chosen(ledger, report, "s1")
    chosen(ledger, report, "s2", Verdict.UNSURE)
    chosen(ledger, report, "s7", Verdict.ACCEPTED, MEER)
    chosen(ledger, report, "s7", Verdict.REJECTED, QUILL)
    found = names(ledger, wanted)
    assert found[0] == "s7"
    assert set(found) == {"s2", "s3", "s4", "s5", "s6", "s7"}
    assert set(names(ledger, replace(wanted, who=QUILL))) == {"s1", "s2", "s3", "s4", "s5", "s6", "s7"}
    assert "s1" not in names(ledger, replace(wanted, who=MEER))


def test_pages_go_on_where_the_one_before_stopped_until_there_are_no_more(ledger: Ledger) -> None:
    ledger.add_readings(map(reading, range(5)))
    wanted, after, seen = Wanted((Kind.STATEMENT,)), "", list[str]()
    for _ in range(3):
        page = next_items(ledger, wanted, at_once=2, after=after)
        seen += [it.report for it in page.items]
        after = page.after
    assert after == ""
    assert sorted(seen) == sorted(it.id for it in ledger.reports())
    with pytest.raises(NotTaken, match="go on from"):
        next_items(ledger, wanted, after="nonsense")


def test_it_is_narrowed_by_kind_outlet_and_reader(ledger: Ledger) -> None:
    ledger.add_readings([ferry(), reading(1, OLD), reading(1, NEW), reading(2, OLD)])
    every = next_items(ledger, limit=1_000)
    assert {it.item.kind for it in every.items} == {Kind.STATEMENT, Kind.PLACE, Kind.TIME, Kind.INCIDENT, Kind.ACTOR}
    lantern = next_items(ledger, Wanted(where=Where(outlet="The Vell Lantern")), limit=1_000)
    assert lantern.reports == 1
    assert next_items(ledger, Wanted(reader=OLD)).reports == 3
    new = next_items(ledger, Wanted((Kind.STATEMENT,), reader=NEW))
    assert [it.uncertainty for it in new.items] == [0.5]
    assert {it.reviewed.state for it in new.items} == {State.UNDECIDED}


def test_two_who_draw_a_sample_by_one_seed_draw_the_same(ledger: Ledger) -> None:
    report = laid_out(ledger, ferry(), *map(reading, range(20)))
    first = sample(ledger, 7, 12, Wanted((Kind.STATEMENT,)))
    assert len({it.id for it in first}) == 12
    chosen(ledger, report, "s1")
    assert sample(ledger, 7, 12, Wanted((Kind.STATEMENT,))) == first
    assert sample(ledger, 8, 12, Wanted((Kind.STATEMENT,))) != first
    assert sample(ledger, 7, 5, Wanted((Kind.STATEMENT,))) == first[:5]
    assert len(sample(ledger, 7, 1_000, Wanted((Kind.STATEMENT,)))) == 7 + 20
    assert sample(ledger, 7, 3, Wanted(where=Where(outlet="Nobody"))) == ()
