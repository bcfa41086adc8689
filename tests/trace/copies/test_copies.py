from __future__ import annotations

import pytest

from sayso.trace.copies import copies_of
from sayso.vocabulary import Copy, CopyKind, EditKind
from tests.trace.copies.stories import DAM, FAIR, FERRY, HISTORY, indexed, kept, scanned

LATER = "1921-05-03T14:00:00"


def copied(text: str, *sources: str) -> tuple[Copy, ...]:
    """The copies in a later report of earlier ones, called first, second and so on."""
    names = ("first", "second", "third", "fourth", "fifth")
    earlier = [kept(name, source) for name, source in zip(names, sources, strict=False)]
    report = kept("later", text, LATER)
    return copies_of(report, indexed([*earlier, report]))


def edits(text: str) -> list[tuple[str, str, str]]:
    """What a later report changes of the dam's story."""
    return [(edit.kind.value, edit.before, edit.after) for copy in copied(text, DAM) for edit in copy.edits]


def test_a_copy_under_an_outlets_own_head_and_foot_is_verbatim_and_spans_hold_the_same_words() -> None:
    report = f"VELM, May 3 (Valley Wire) -- {DAM}\n\nRead more in the evening edition."
    (copy,) = copied(report, DAM)
    assert copy.kind is CopyKind.VERBATIM
    assert copy.source == "first"
    assert copy.span.of(report) == copy.source_span.of(DAM) == DAM.removesuffix(".")


def test_a_report_that_shares_nothing_has_no_copies() -> None:
    assert copied(FAIR, DAM, FERRY) == ()


def test_the_older_report_is_no_copy_of_the_younger() -> None:
    older, younger = kept("older", DAM), kept("younger", DAM, LATER)
    index = indexed([younger, older])
    assert copies_of(older, index) == ()
    assert [copy.source for copy in copies_of(younger, index)] == ["older"]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Jon Brask said", "Jon Brask claimed", EditKind.CUE),
        ("inspected in March and found", "reportedly inspected in March and found", EditKind.HEDGE),
        ("a crack of 14 metres", "a crack of 41 metres", EditKind.FIGURE),
        ("spent 40,000 crowns", "spent 4,000 crowns", EditKind.FIGURE),
        ("lake by 3 metres", "lake by 3.5 metres", EditKind.FIGURE),
        ("The rebels of the", "The terrorists of the", EditKind.LABEL),
        ("keeper Marta Olin told", "keeper Greta Falk told", EditKind.NAME),
        ("at the sluice house", "at the sluice hovse", EditKind.SPELLING),
        ("moved 212 cattle to higher ground", "moved 212 cattle to safer meadows", EditKind.WORDING),
    ],
)
def test_an_edit_is_listed_with_its_kind_and_the_words_on_both_sides(old: str, new: str, kind: EditKind) -> None:
    report = DAM.replace(old, new)
    assert report != DAM
    (copy,) = copied(report, DAM)
    assert copy.kind is CopyKind.EDITED
    (edit,) = copy.edits
    assert edit.kind is kind
    assert edit.source.of(DAM) == edit.before
    assert edit.copy.of(report) == edit.after
    assert edit.before in old
    assert edit.after in new


def test_words_taken_out_leave_an_edit_with_nothing_after() -> None:
    assert edits(DAM.replace(" before dusk", "")) == [("wording", "before dusk", "")]


def test_a_report_that_holds_one_paragraph_of_another_has_that_as_its_copy() -> None:
    paragraph = DAM.split("\n\n")[2]
    report = f"{FAIR}\n\n{paragraph}\n\n{FERRY}"
    (copy,) = copied(report, DAM)
    assert copy.span.of(report) == copy.source_span.of(DAM) == paragraph.removesuffix(".")


def test_two_reports_stitched_together_are_told_apart_stretch_by_stretch() -> None:
    report = "\n\n".join([*DAM.split("\n\n")[:2], *FERRY.split("\n\n")[1:]])
    first, second = copied(report, DAM, FERRY)
    assert (first.source, second.source) == ("first", "second")
    assert first.span.of(report).startswith("The keepers of the Ostra dam")
    assert second.span.of(report).endswith("for eleven years")
    assert first.span.end <= second.span.start


def test_of_two_sources_with_the_same_words_the_earlier_one_is_named() -> None:
    first, second = kept("first", DAM, "1921-05-03T08:00:00"), kept("second", DAM, "1921-05-03T09:00:00")
    report = kept("later", DAM, LATER)
    for order in ((first, second, report), (report, second, first)):
        assert [copy.source for copy in copies_of(report, indexed(order))] == ["first"]


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.1])
def test_a_scanned_copy_is_one_copy_over_nearly_all_of_the_text(rate: float) -> None:
    report = scanned(DAM, rate)
    copies = copied(report, DAM, FERRY)
    assert {copy.source for copy in copies} == {"first"}
    assert sum(copy.span.end - copy.span.start for copy in copies) > 0.9 * len(report)


def test_paragraphs_put_in_another_order_are_all_found() -> None:
    report = "\n\n".join(reversed(DAM.split("\n\n")))
    copies = copied(report, DAM)
    assert sum(copy.span.end - copy.span.start for copy in copies) > 0.95 * len(report)
    assert [copy.source_span.start for copy in copies] == sorted(
        (copy.source_span.start for copy in copies), reverse=True
    )


def test_a_paragraph_that_travels_between_unrelated_stories_is_background() -> None:
    filler = "The assembly rose early, and the deputies for {} went home by the night train without a vote on the {}."
    notes = [
        filler.format(*pair) for pair in (("Karsk", "bridge toll"), ("Tarn", "salt duty"), ("Sund", "school bill"))
    ]
    stories = [f"{story}\n\n{HISTORY}" for story in (FERRY, FAIR, notes[1] * 3)]
    copies = copied(f"{DAM}\n\n{HISTORY}", *stories)
    assert {copy.kind for copy in copies} == {CopyKind.BACKGROUND}
    assert copies[0].source == "first"


def test_the_same_paragraph_in_one_other_story_is_a_copy_of_it() -> None:
    (copy,) = copied(f"{DAM}\n\n{HISTORY}", f"{FERRY}\n\n{HISTORY}")
    assert copy.kind is CopyKind.VERBATIM


def test_the_next_number_of_a_series_is_no_copy_of_the_last() -> None:
    notice = (
        "The bank of the canton lent {} crowns to the market on {} at {} per cent, a spokesman said. Dealers said "
        "loans until the next day had traded at {} per cent before the bank came in, and the lake mills took {} of it."
    )
    monday = kept("monday", notice.format("51,000", "Monday", "4.25", "4.5", "1,200"), "1921-05-02")
    tuesday = kept("tuesday", notice.format("67,500", "Tuesday", "4.75", "5", "2,900"), "1921-05-09")
    assert copies_of(tuesday, indexed([monday, tuesday])) == ()
    again = kept("again", monday.report.text, "1921-05-09")
    assert [copy.source for copy in copies_of(again, indexed([monday, again]))] == ["monday"]


def test_a_very_long_report_is_found_to_be_a_copy_though_it_is_in_the_index_itself() -> None:
    own = " ".join(f"w{place * 7919 % 100003}" for place in range(20_000))
    assert {copy.source for copy in copied(f"{own}\n\n{DAM}", DAM)} == {"first"}
