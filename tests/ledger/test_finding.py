"""Looking up and searching: the same answers from both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.errors import NotInLedger
from sayso.ledger import Ledger, Where
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
    assert [ledger.search(words).total for words in ("maarrat numan", "SAO tome", "東京", "京")] == [1, 1, 1, 1]


def test_what_is_not_there_is_said(ledger: Ledger) -> None:
    for id_ in ("r-" + "0" * 32, "r-xyz", "", "'; --"):
        with pytest.raises(NotInLedger):
            ledger.report(id_)
    with pytest.raises(NotInLedger):
        ledger.snapshot("ab" * 32)
