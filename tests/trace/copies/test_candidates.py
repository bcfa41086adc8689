"""Which reports are laid beside one: those that share most with it, however common its words are."""

from __future__ import annotations

from sayso.trace.copies import Kept, MemoryIndex, fingerprints
from sayso.trace.copies.lookup import FEW, MOST, Candidate, candidates
from tests.trace.copies.stories import DAM, FAIR, FERRY, kept

NOTICE = "The weigh house of Tarn is open to all from six in the morning until the bell of the old church has rung."


def _index() -> MemoryIndex:
    """Many reports that end on one notice, each with a beginning of its own, two stories, and a copy of one."""
    index = MemoryIndex()
    for number in range(FEW + 20):
        own = " ".join(f"word{number * 31 + place} thing{number * 17 + place * 3}" for place in range(20))
        index.add(kept(f"paper {number}", f"{own}.\n\n{NOTICE}"))
    for outlet, text in (("agency", DAM), ("daily", f"{DAM}\n\n{NOTICE}"), ("ferry", FERRY)):
        index.add(kept(outlet, text))
    return index


def test_words_that_many_have_are_enough_where_there_are_no_others() -> None:
    index, mine = _index(), kept("mine", NOTICE)
    assert len(_alone(mine, index)) == MOST


def test_a_rare_passage_outweighs_one_that_many_have() -> None:
    index, mine = _index(), kept("mine", f"{NOTICE}\n\n{DAM}")
    first, second = _alone(mine, index)[:2]
    assert {first.report, second.report} == {
        kept("agency", DAM).report.id,
        kept("daily", f"{DAM}\n\n{NOTICE}").report.id,
    }
    assert first.shared > second.shared > 12


def test_several_that_are_looked_for_together_find_what_each_finds_alone() -> None:
    index = _index()
    mine = [kept("mine", text) for text in (NOTICE, DAM, FERRY, FAIR, f"{DAM} {FERRY}", "", "Nothing.")]
    asked = [*mine, *_some(index)]
    together = candidates([(fingerprints(each.report.text), each.report.id) for each in asked], index)
    assert together == [_alone(each, index) for each in asked]
    assert candidates([], index) == []


def _alone(kept_: Kept, index: MemoryIndex) -> list[Candidate]:
    (found,) = candidates([(fingerprints(kept_.report.text), kept_.report.id)], index)
    return found


def _some(index: MemoryIndex) -> list[Kept]:
    return [*index][:3] + [*index][-3:]
