from __future__ import annotations

import random

import pytest

from sayso.trace.copies import MemoryIndex, copies_of, lineages, links_after, links_of
from sayso.vocabulary import CopyLink, EditKind, Kinship, Precedence, ReportId
from tests.trace.copies.stories import DAM, FAIR, FERRY, indexed, kept, scanned, together, traced

AGENCY = kept("agency", DAM, "1921-05-03T08:00:00")
DAILY = kept(
    "daily", DAM.replace("Brask said", "Brask claimed").replace("14 metres", "19 metres"), "1921-05-03T10:00:00"
)
EVENING = kept("evening", DAILY.report.text.split("\n\nFarmers")[0] + "\n\nThe bells rang.", "1921-05-03T17:00:00")
WEEKLY = kept("weekly", scanned(DAM, 0.05), "1921-05-07")
OTHERS = (kept("ferry", FERRY), kept("fair", FAIR))
ALL = (AGENCY, DAILY, EVENING, WEEKLY, *OTHERS)


def test_reports_of_one_text_are_one_lineage_and_other_stories_are_none() -> None:
    assert together(traced(ALL)) == [["agency", "daily", "evening", "weekly"]]


def test_whose_copy_a_report_is_shows_in_the_edits_it_inherits() -> None:
    (lineage,) = traced(ALL)
    parents = {one.report: one.parent for one in lineage.members}
    assert parents == {"agency": None, "daily": "agency", "evening": "daily", "weekly": "agency"}


def test_a_copys_descent_lists_flips_figures_and_sentences_dropped_and_added() -> None:
    (lineage,) = traced([AGENCY, EVENING])
    edits = lineage.members[1].edits
    assert [(edit.before, edit.after) for edit in edits if edit.kind is EditKind.CUE] == [("said", "claimed")]
    assert [(edit.before, edit.after) for edit in edits if edit.kind is EditKind.FIGURE] == [("14", "19")]
    dropped = [edit.source.of(DAM) for edit in edits if edit.kind is EditKind.DROPPED]
    assert [sentence.split()[0] for sentence in dropped] == ["Farmers", "The"]
    (added,) = [edit for edit in edits if edit.kind is EditKind.ADDED]
    assert added.copy.of(EVENING.report.text) == added.after == "The bells rang."


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_changes_nothing(seed: int) -> None:
    arriving = list(ALL)
    random.Random(seed).shuffle(arriving)
    assert traced(arriving) == traced(ALL)


@pytest.mark.parametrize("seed", range(4))
def test_links_kept_up_to_date_as_reports_come_in_are_those_of_the_whole(seed: int) -> None:
    notice = (
        "The weigh house of Tarn took in {} sacks of rye and {} of oats in the week, {} fewer than in the one before."
    )
    series = [
        kept(f"week {day}", notice.format(day * 31, day * 17, 60 - day), f"1921-06-{day:02}") for day in range(3, 24, 4)
    ]
    arriving = [*ALL, *series, kept("reprint", series[0].report.text.replace("sacks", "bags"), "1921-06-04")]
    random.Random(seed).shuffle(arriving)
    index = MemoryIndex()
    links: dict[tuple[ReportId, ReportId], CopyLink] = {}
    for report in arriving:
        index.add(report)
        links.update({(link.a, link.b): link for link in links_after([report], index, lambda _: links.values())})
    whole = {(link.a, link.b): link for report in index for link in links_of(report, index)}
    assert links == whole
    assert lineages(links.values(), index) == lineages(whole.values(), index)


def test_a_link_says_how_sure_it_is_and_why() -> None:
    index = indexed([AGENCY, DAILY])
    (link,) = links_of(DAILY, index)
    assert (link.a, link.b, link.kinship) == ("agency", "daily", Kinship.WHOLE)
    assert 0.8 < link.score <= 1
    assert min(link.shares) > 0.9
    assert link.why[0] == "100% of the one and 100% of the other shared"


def test_a_report_stitched_from_two_stories_does_not_make_them_one() -> None:
    stitched = kept("digest", f"{FERRY}\n\n{DAM}", "1921-05-04")
    ferries = [kept("ferry again", FERRY.replace("86", "87"), "1921-05-03T09:00:00"), OTHERS[0]]
    groups = together(traced([AGENCY, DAILY, *ferries, stitched]))
    assert not any({"agency", "ferry"} <= set(group) for group in groups)


class TestWhichCameFirst:
    ORIGINAL = kept("original", DAM, "2022-03-01T09:00:00Z", "2022-03-01T09:30:00Z")
    COPY = kept("copy", DAM, "2022-03-02T09:00:00Z", "2022-03-02T10:00:00Z")
    BACKDATED = kept("backdated", DAM, "2019-01-01", "2022-04-01T00:00:00Z")

    def test_capture_and_stated_date_agree(self) -> None:
        (lineage,) = traced([self.COPY, self.ORIGINAL])
        assert (lineage.first_captured, lineage.first_stated, lineage.claimed) == ("original", "original", ())
        assert lineage.members[1].precedence is Precedence.BOTH

    def test_a_date_long_before_any_capture_is_a_claim_and_makes_nobody_the_source(self) -> None:
        (lineage,) = traced([self.BACKDATED, self.COPY, self.ORIGINAL])
        assert lineage.members[0].report == "original"
        assert (lineage.first_captured, lineage.first_stated) == ("original", "backdated")
        assert lineage.claimed == ("backdated",)
        index = indexed([self.BACKDATED, self.ORIGINAL])
        (copy,) = copies_of(self.BACKDATED, index)
        assert (copy.source, copy.precedence) == ("original", Precedence.CAPTURE)

    def test_an_archive_taken_in_on_one_day_keeps_the_order_of_its_dates_as_claims(self) -> None:
        second = kept("second", DAM, "1921-05-04", "2022-01-01T10:00:00Z")
        first = kept("first", DAM, "1921-05-03", "2022-01-01T10:00:07Z")
        (lineage,) = traced([second, first])
        assert [one.report for one in lineage.members] == ["first", "second"]
        assert lineage.members[1].precedence is Precedence.CLAIMED

    def test_without_any_date_the_first_capture_decides(self) -> None:
        early = kept("early", DAM, None, "2022-01-01T10:00:00Z")
        late = kept("late", DAM, None, "2022-01-02T10:00:00Z")
        (lineage,) = traced([late, early])
        assert lineage.members[1].parent == "early"
        assert lineage.members[1].precedence is Precedence.CAPTURE
        assert lineage.first_stated is None

    def test_one_day_named_by_both_tells_nothing(self) -> None:
        (lineage,) = traced([kept("a", DAM, "1921-05-03"), kept("b", DAM, "1921-05-03")])
        assert lineage.members[1].precedence is Precedence.UNKNOWN

    @pytest.mark.parametrize("stated", ["yesterday", "", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
    def test_a_date_that_cannot_be_read_is_none(self, stated: str) -> None:
        (lineage,) = traced([kept("odd", DAM, stated), kept("copy", DAM, "1921-05-03")])
        assert lineage.first_stated == "copy"
