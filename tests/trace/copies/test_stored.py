"""What is found of copies in a ledger is what is found in memory."""

from __future__ import annotations

import pytest

from sayso.ledger import Ledger
from sayso.trace.copies import Kept, MemoryIndex, copies_of, lineages, links_of
from sayso.trace.copies.stored import StoredIndex, links_around, links_near
from sayso.trace.following import follow
from sayso.vocabulary import CopyLink, Lineage, Report, ReportId
from tests.trace.copies.stories import DAM, scanned
from tests.trace.following.archive import fill, texts


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    fill(ledger, texts())
    follow(ledger)
    return ledger


def _memory(ledger: Ledger) -> MemoryIndex:
    index = MemoryIndex()
    for report in ledger.reports():
        index.add(Kept(report, ledger.captures(report.id)[0].captured or None))
    return index


def _whole(index: MemoryIndex) -> set[CopyLink]:
    return {link for kept in index for link in links_of(kept, index)}


def test_all_links_are_those_of_a_batch_in_memory(full: Ledger) -> None:
    index = _memory(full)
    with full.looking() as connection:
        stored = links_near(connection, [kept.report.id for kept in index])
    assert set(stored) == _whole(index)
    assert len(stored) == len(set(stored)) > 10


def test_the_lineage_of_a_report_is_the_one_it_has_in_memory(full: Ledger) -> None:
    index = _memory(full)
    in_memory = lineages(_whole(index), index)
    with full.looking() as connection:
        stored = StoredIndex(connection)
        for lineage in in_memory:
            for member in lineage.members:
                found = lineages(links_around(connection, member.report), stored)
                assert _of(found, member.report) == lineage
    assert max(len(lineage.members) for lineage in in_memory) >= 4


def _of(found: tuple[Lineage, ...], report: ReportId) -> Lineage:
    [lineage] = [each for each in found if report in {member.report for member in each.members}]
    return lineage


def test_copied_passages_are_found_alike_of_a_report_that_is_in_and_of_a_text_that_is_not(full: Ledger) -> None:
    index = _memory(full)
    new = Kept(Report(ReportId("asked"), scanned(DAM, 0.03)))
    with full.looking() as connection:
        stored = StoredIndex(connection)
        assert len(stored) == len(index)
        for kept in (*index, new):
            assert copies_of(kept, stored) == copies_of(kept, index)
    assert copies_of(new, index)


def test_a_report_that_nothing_is_known_of_has_no_links(full: Ledger) -> None:
    with full.looking() as connection:
        assert links_near(connection, [ReportId("r-" + "0" * 32), ReportId("nothing")]) == ()
        assert links_around(connection, ReportId("r-" + "0" * 32)) == ()
        assert StoredIndex(connection).kept(ReportId("r-" + "0" * 32)) is None
