"""What a statement costs does not grow with what is known, and what is kept of it is all there is of it."""

from dataclasses import replace
from itertools import combinations

import pytest

from sayso.errors import LedgerDamaged
from sayso.ledger.packing import Unpackable, pack_text
from sayso.trace.claims import Known, MemoryIndex, claims, known, propositions, settle, tie
from sayso.trace.claims.joining import WINDOW
from sayso.trace.claims.keys import keys
from sayso.trace.claims.order import rank
from sayso.trace.claims.outlines import content, unpacked
from sayso.trace.claims.outlines import packed as kept_signs
from sayso.trace.claims.packing import Packed, packed
from sayso.trace.claims.scoring import joining
from sayso.trace.embedding import cosines
from sayso.vocabulary import ReportId, Tier
from tests.trace.claims.telling import reading, said

MINE = "Major Ulf Brandt said that the Northern Guard laid a mine under the bridge in Narvik on 3 March 2019."
TALLY = "Monitors said that five cases of shelling were recorded near Hamar on 4 May 2020."
TEXTS = (
    MINE,
    "A mine was laid under the bridge in Narvik on 3 March 2019 by the Northern Guard, Governor Ida Holm said.",
    MINE.replace("Narvik", "Hamar"),
    MINE.replace("3 March", "9 March"),
    MINE.replace("a mine", "two mines"),
    MINE.replace("Northern Guard", "Lowland Union"),
    TALLY,
    TALLY.replace("five", "nine"),
    TALLY.replace("4 May", "9 May"),
)


def test_a_claim_of_more_members_than_are_looked_at_stays_one() -> None:
    index = MemoryIndex()
    for number in range(3 * WINDOW):
        index.keep(settle(index.add(said(MINE, f"2019-03-{4 + number % 27:02}", f"Wire {number}")), index))
    (claim,) = claims(index.placements())
    assert len(claim.members) == 3 * WINDOW


def test_only_a_window_of_those_under_a_key_is_looked_at() -> None:
    index = MemoryIndex()
    refs = [index.add(said(MINE, f"2019-03-{4 + n % 27:02}", f"Wire {n}")) for n in range(3 * WINDOW)]
    runs = [run for ref in refs for run in index.runs(ref)]
    assert {max(len(run.before), len(run.after)) for run in runs} == {WINDOW}


def test_a_statement_has_few_keys_however_much_it_names() -> None:
    names = ", ".join(f"Captain {name} of Hamar" for name in ("Holm", "Strand", "Brandt", "Lahti", "Ranta", "Nygard"))
    found = said(f"Governor Ida Holm said that {names} and 12 others burned the harbour warehouse.", "2019-03-04")
    assert len(keys(found.proposition, found.vector)) <= 12


def test_what_is_told_to_be_unlike_by_little_work_is_unlike_by_all_of_it() -> None:
    said_ = [said(text, day, outlet) for text in TEXTS for day, outlet in (("2019-03-04", "A"), ("2020-05-04", "B"))]
    joined = 0
    for one, other in combinations(said_, 2):
        held = tie(one, other)
        cosine = float(cosines(one.vector[None], other.vector)[0])
        confident = held if held is not None and held.tier is Tier.CONFIDENT else None
        assert joining(one.proposition, other.proposition, max(cosine, 0.55)) in (confident, None)
        assert confident is None or joining(one.proposition, other.proposition, cosine) == confident
        joined += confident is not None
    assert joined


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("1898-02-15", "2019-03-04"),
        ("2019", "2019-01-02"),
        ("2019-03", "2019-03-02"),
        ("2019-03-04", "2019-03-04T08:00"),
        ("2019-03-04T08:00+03:00", "2019-03-04T08:00Z"),
        ("0001-01-01", "1898-02-15"),
        ("2019-03-04", "9999-12-31"),
        ("9999-12-31", ""),
        ("9999-12-31", "the day before yesterday"),
        ("9999-12-31", "2019-02-30"),
    ],
)
def test_reports_come_in_order_of_time_and_those_without_one_last(earlier: str, later: str) -> None:
    assert rank(earlier, ReportId("r-b")) < rank(later, ReportId("r-a"))
    assert -(1 << 63) <= rank(earlier, ReportId("r-b")) < rank(later, ReportId("r-a")) < 1 << 63


def test_what_is_kept_of_a_reading_gives_its_propositions_again() -> None:
    found = reading(MINE + " Nobody denied it. " + TALLY, "2019-03-04")
    put = list(propositions(found))
    kept = Packed(packed(put, found.report.text), pack_text(found.report.text), found.report.id)
    assert [kept.proposition(each.place) for each in put] == put


def test_damaged_bytes_are_no_propositions() -> None:
    found = reading(MINE, "2019-03-04")
    data = packed(list(propositions(found)), found.report.text)
    with pytest.raises(Unpackable):
        Packed(data[:-3], pack_text(found.report.text), found.report.id).proposition(0)


def test_a_text_that_comes_again_has_the_same_vector() -> None:
    one, other = (known(propositions(reading(MINE, day))) for day in ("2019-03-04", "2019-03-05"))
    assert [vector(each) for each in one] == [vector(each) for each in other]


def vector(each: Known) -> bytes:
    return each.vector.tobytes()


def test_equal_contents_are_known_by_one_digest_whoever_says_them_when() -> None:
    same = {content(said(MINE, day, outlet)) for day, outlet in (("2019-03-04", "A"), ("2020-05-04", "B"))}
    others = {content(said(text, "2019-03-04", "A")) for text in TEXTS}
    assert len(same) == 1
    assert len(others) == len(TEXTS)


def test_statements_are_looked_up_under_what_was_kept_of_them() -> None:
    found = [said(text, "2019-03-04", "A") for text in (MINE, TALLY)]
    own = [keys(each.proposition, each.vector) for each in found]
    each_at = [replace(it, proposition=replace(it.proposition, place=place)) for place, it in enumerate(found)]
    signs = unpacked(kept_signs(each_at, own), 1)
    assert [(sign.content, sign.keys) for sign in signs.values()] == [*zip(map(content, found), own, strict=True)]
    with pytest.raises(LedgerDamaged):
        unpacked(b"\xc1", 1)
