"""Looking up and searching: the same answers from both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import NotInLedger
from sayso.ledger import Ledger, Where, searching
from sayso.ledger.fulltext import holds, terms
from sayso.ledger.words import indexed, words
from sayso.vocabulary import Published
from tests.ledger.stories import both, capture, reading


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    ledger.add_readings([*both(), *(reading(n) for n in range(6))])
    ledger.add(*(capture(n) for n in range(12)), read=False)
    return ledger


def test_reports_are_found_by_outlet_day_and_language(full: Ledger) -> None:
    assert len(list(full.reports())) == 20
    assert {r.outlet for r in full.reports(Where(outlet="Vell Post"))} == {"Vell Post"}
    days = [r.published.value for r in full.reports(Where(since="2021-03-05", until="2021-03-07")) if r.published]
    assert days == ["2021-03-05", "2021-03-06", "2021-03-07"]
    assert len(list(full.reports(Where(until="2021-03")))) == 14
    assert len(list(full.reports(Where(language="de")))) == 0


def test_statements_are_found_by_words_stance_speaker_and_place(full: Ledger) -> None:
    assert {f.item.stance.value for f in full.statements(Where(stance="denies"))} == {"denies"}
    lenz = [f for f in full.statements(Where(actor="ivo LENZ")) if f.item.speaker.actor]
    assert lenz
    assert all("Ivo Lenz" in a.names for f in lenz if (a := f.reading.actor(f.item.speaker.actor)))
    assert len(list(full.statements(words='"shut and dry"'))) == 6
    assert len(list(full.statements(words='"dry and shut"'))) == 0
    assert len(list(full.statements(Where(outlet="Vell Post"), words="sluice shut"))) == 2
    placed = list(full.statements(Where(place="Norland")))
    assert placed
    assert all(f.reading.places for f in placed)


def test_incidents_tallies_and_forecasts_are_found(full: Ledger) -> None:
    incidents = list(full.incidents())
    kinds = {f.item.type.value for f in incidents}
    assert len(incidents) == 2
    assert all(f.item.type.value == kind for kind in kinds for f in full.incidents(Where(type=kind)))
    status = incidents[0].item.status.value
    assert all(f.item.status.value == status for f in full.incidents(Where(status=status)))
    assert len(list(full.tallies())) == 1
    assert len(list(full.forecasts())) == 1
    assert list(full.incidents(Where(since="2030"))) == []


def test_actors_are_found_by_name_in_any_case(full: Ledger) -> None:
    assert [f.item.name for f in full.actors("ORLA brandt")] == ["Orla Brandt", "Orla Brandt"]


def test_search_finds_words_phrases_beginnings_and_leaves_out(full: Ledger) -> None:
    assert full.search("weir odderby").total == 2
    assert full.search('"lower harbour"').total == 1
    assert full.search('"harbour lower"').total == 0
    assert full.search("sluic*").total == 7
    assert full.search("weir -vell").total == 10
    assert full.search("").total == 20
    assert full.search("…").total == 0
    assert full.search("weir'); drop table reports; -- \" ( ) * : ^ NEAR AND OR").total == 0


def test_statements_are_found_by_their_own_words_and_not_by_those_around_them(full: Ledger) -> None:
    every = [f.item.content.text for f in full.statements()]
    for query in ("sluice", '"shut and"', "shu*", "sluice -dry", '-"shut and" the', "-dry"):
        wanted = [text for text in every if holds(indexed(text), terms(query))]
        assert sorted(f.item.content.text for f in full.statements(words=query)) == sorted(wanted)
    assert [*full.statements(words="report number")] == []
    assert len([*full.statements(words="-dry")]) < len(every)


def test_where_there_are_too_many_the_latest_are_put_in_order_and_that_is_said(
    full: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = full.search("report", limit=100)
    assert (every.more, every.faceted) == (False, every.total)
    latest = sorted(every.hits, key=lambda hit: (hit.report.published or Published("", "")).value, reverse=True)
    for name, value in (("COUNTED", 7), ("RANKED", 5), ("FACETED", 3)):
        monkeypatch.setattr(searching, name, value)
    some = full.search("report", limit=5)
    assert (some.total, some.more, some.faceted) == (7, True, 3)
    assert {hit.report.published for hit in some.hits} <= {hit.report.published for hit in latest[:9]}
    assert [hit.score for hit in some.hits] == sorted((hit.score for hit in some.hits), reverse=True)
    assert sum(count for _, count in some.facets["outlet"]) == 3
    odderby = full.search("report", Where(outlet="Odderby Post"), limit=100)
    assert {hit.report.outlet for hit in odderby.hits} == {"Odderby Post"}
    assert full.search("report", limit=100).hits == every.hits


@given(st.text(alphabet=[chr(point) for point in range(128)], max_size=200))
def test_plain_letters_are_cut_like_all_others(text: str) -> None:
    assert words(text) == words(text + "\u2019")


def test_a_snippet_shows_the_words_where_they_stand(full: Ledger) -> None:
    [hit] = full.search("sluices harbour").hits
    assert hit.snippet.span.of(hit.report.text) == hit.snippet.text
    assert {span.of(hit.report.text).strip("“”.,").lower() for span in hit.snippet.marked} >= {"sluices", "harbour"}


def test_facets_count_reports(full: Ledger) -> None:
    found = full.search("", Where(stance="denies"))
    facets = {name: dict(values) for name, values in found.facets.items()}
    assert found.total == 2
    assert facets["outlet"] == {"The Vell Lantern": 2}
    assert facets["month"] == {"2021-03": 2}
    assert facets["stance"]["denies"] == 2
    assert facets["actor"]["orla brandt"] == 2
    assert "vell" in facets["place"]


def test_results_come_in_pages(full: Ledger) -> None:
    pages = [full.search("weir", limit=5, offset=start) for start in (0, 5, 10)]
    ids = [hit.report.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == 12


def test_words_are_found_without_accents_and_apostrophes(ledger: Ledger) -> None:
    given = capture(1)
    ledger.add(
        replace(given, report=replace(given.report, text="Fighters left Ma‘arrat an-Nu‘mān, São Tomé, 東京.")),
        read=False,
    )
    assert [ledger.search(query).total for query in ("maarrat numan", "SAO tome", "東京", "京")] == [1, 1, 1, 1]


def test_what_is_not_there_is_said(ledger: Ledger) -> None:
    for id_ in ("r-" + "0" * 32, "r-xyz", "", "'; --"):
        with pytest.raises(NotInLedger):
            ledger.report(id_)
    with pytest.raises(NotInLedger):
        ledger.snapshot("ab" * 32)
