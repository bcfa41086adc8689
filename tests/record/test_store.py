"""A record in a ledger grows, forgets nothing, and knows when it was damaged."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import LedgerDamaged
from sayso.ledger import Ledger
from sayso.ledger.derived.findings import finding_index
from sayso.ledger.entries import canonical
from sayso.ledger.packing import pack_text
from sayso.ledger.schema import findings
from sayso.record import Context, add, all_findings, bearing, finding, match, shelf
from sayso.record.findings import finding as found
from sayso.record.findings import said
from sayso.record.store import index
from sayso.vocabulary import Finding, FindingId, FindingKind, Tier

LAKE = ("The lake at Tarn froze over in July.", "The ferry Aurora was sunk by a mine.", "The mill at Vell burned down.")


def check(claim: str, verdict: str = "Not so", origin: str = "a.json") -> Finding:
    return found(FindingKind.CHECK, {"claim": claim, "verdict": verdict}, rating=("1", None, None), origin=origin)


def listed(ledger: Ledger) -> list[Finding]:
    with ledger.looking() as connection:
        return list(all_findings(connection))


def test_a_finding_added_twice_is_there_once(ledger: Ledger) -> None:
    assert add(ledger, [check("It rained."), check("It snowed."), check("It rained.")]) == 2
    assert add(ledger, [check("It snowed.", origin="b.json")]) == 0
    assert listed(ledger) == sorted([check("It rained."), check("It snowed.")], key=lambda it: it.id)


def test_each_finding_tells_where_it_came_from_and_is_found_by_its_id(ledger: Ledger) -> None:
    add(ledger, [check("It rained.", origin="feed.json")])
    with ledger.looking() as connection:
        assert finding(connection, check("It rained.").id) == check("It rained.", origin="feed.json")
        assert finding(connection, FindingId("f-0000000000000000")) is None


def test_a_revised_verdict_stands_beside_the_earlier_one(ledger: Ledger) -> None:
    add(ledger, [check("It rained."), check("It rained.", "It did")])
    assert {each.verdict for each in listed(ledger)} == {"Not so", "It did"}


def test_a_text_meets_the_same_findings_as_if_they_were_at_hand(ledger: Ledger) -> None:
    kept = [check(claim) for claim in LAKE]
    add(ledger, kept)
    texts = ("The lake at Tarn froze in July", "A mine sank the ferry Aurora", "Nothing of the kind")
    with ledger.looking() as connection:
        ours = bearing(connection, texts, Context("2021-08-01"))
    assert [tuple(each for each, _ in one) for one in ours] == match(texts, shelf(kept), Context("2021-08-01"))
    assert ours[0][0][1] == kept[0]


def test_what_was_added_since_the_last_question_is_found(ledger: Ledger) -> None:
    add(ledger, [check(LAKE[0])])
    with ledger.looking() as connection:
        bearing(connection, [LAKE[1]])
    add(ledger, [check(LAKE[1])])
    with ledger.looking() as connection:
        assert bearing(connection, [LAKE[1]])[0][0][1] == check(LAKE[1])


def test_an_index_of_other_weights_is_not_used(ledger: Ledger) -> None:
    add(ledger, [check(LAKE[0])])
    with ledger.writing() as connection:
        connection.execute(finding_index.update().values(version="1 others", words=b""))
    with ledger.looking() as connection:
        assert bearing(connection, [LAKE[0]])[0][0][1] == check(LAKE[0])


def test_a_changed_byte_is_found(ledger: Ledger) -> None:
    add(ledger, [check("It rained.")])
    with ledger.writing() as connection:
        changed = canonical(said(check("It rained."))).replace("rained", "roined")
        connection.execute(findings.update().values(data=pack_text(changed)))
    with pytest.raises(LedgerDamaged, match="f-"):
        listed(ledger)


def test_a_lone_surrogate_from_a_feed_is_mended(ledger: Ledger) -> None:
    odd = found(
        FindingKind.CHECK, {"claim": "It \ud800 rained."}, rating=("\ud800", None, None),
        appearances=("https://a.example/\udfff",), origin="\udce4.json",
    )  # fmt: skip
    assert add(ledger, [odd]) == 1
    assert [each.rating for each in listed(ledger)] == [("\ufffd", None, None)]
    assert ledger.verify().sound


def test_what_matching_needs_is_made_where_it_is_missing(ledger: Ledger) -> None:
    add(ledger, [check(claim) for claim in LAKE])
    assert index(ledger) == 0
    with ledger.writing() as connection:
        whole = {*connection.execute(finding_index.select()).all()}
        connection.execute(finding_index.delete().where(finding_index.c.finding == check(LAKE[0]).id))
        there = finding_index.c.finding == check(LAKE[1]).id
        connection.execute(finding_index.update().where(there).values(version="1 others", words=b""))
    assert index(ledger) == 2
    with ledger.looking() as connection:
        assert {*connection.execute(finding_index.select()).all()} == whole


def test_a_record_without_findings_bears_on_nothing(ledger: Ledger) -> None:
    with ledger.looking() as connection:
        assert bearing(connection, ["It rained.", "It snowed."]) == [(), ()]


def test_a_record_of_one_finding_still_tells_what_it_bears_on(ledger: Ledger) -> None:
    add(ledger, [check(LAKE[1])])
    with ledger.looking() as connection:
        near, far = bearing(connection, ["A mine sank the ferry Aurora", "The orchestra plays in spring"])
    assert [(match.tier, finding) for match, finding in near] == [(Tier.CONFIDENT, check(LAKE[1]))]
    assert far == ()


def test_a_record_moves_with_its_ledger(make: Callable[[], Ledger], tmp_path: Path) -> None:
    ours, theirs = make(), make()
    add(ours, [check(claim) for claim in LAKE])
    ours.export(tmp_path / "all.sayso")
    theirs.import_(tmp_path / "all.sayso")
    ours.backup(tmp_path / "copy.db")
    text = "A mine sank the ferry Aurora"
    with Ledger(tmp_path / "copy.db") as copy, ours.looking() as connection:
        told = bearing(connection, [text])
        assert told[0]
        assert copy.digest() == theirs.digest() == ours.digest()
        for other in (theirs, copy):
            assert listed(other) == listed(ours)
            with other.looking() as there:
                assert bearing(there, [text]) == told
    assert index(theirs) == len(LAKE)
    assert theirs.verify().sound
