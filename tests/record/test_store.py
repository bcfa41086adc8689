"""A record in a ledger grows, forgets nothing, and knows when it was damaged."""

import pytest
from sqlalchemy import select

from sayso.errors import LedgerDamaged
from sayso.ledger import Ledger
from sayso.ledger.derived.findings import finding_index, findings
from sayso.record import Context, add, all_findings, bearing, finding, match, shelf
from sayso.record.findings import finding as found
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
    assert listed(ledger) == [check("It rained."), check("It snowed.")]


def test_each_finding_tells_where_it_came_from_and_is_found_by_its_id(ledger: Ledger) -> None:
    add(ledger, [check("It rained.", origin="feed.json")])
    with ledger.looking() as connection:
        assert finding(connection, check("It rained.").id) == check("It rained.", origin="feed.json")
        assert finding(connection, FindingId("f-0000000000000000")) is None


def test_a_revised_verdict_stands_beside_the_earlier_one(ledger: Ledger) -> None:
    add(ledger, [check("It rained."), check("It rained.", "It did")])
    assert [each.verdict for each in listed(ledger)] == ["Not so", "It did"]


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
        data = bytes(connection.execute(select(findings.c.data)).scalar_one())
        connection.execute(findings.update().values(data=data.replace(b"rained", b"roined")))
    with pytest.raises(LedgerDamaged, match="f-"):
        listed(ledger)


def test_a_record_without_findings_bears_on_nothing(ledger: Ledger) -> None:
    with ledger.looking() as connection:
        assert bearing(connection, ["It rained.", "It snowed."]) == [(), ()]


def test_a_record_of_one_finding_still_tells_what_it_bears_on(ledger: Ledger) -> None:
    add(ledger, [check(LAKE[1])])
    with ledger.looking() as connection:
        near, far = bearing(connection, ["A mine sank the ferry Aurora", "The orchestra plays in spring"])
    assert [(match.tier, finding) for match, finding in near] == [(Tier.CONFIDENT, check(LAKE[1]))]
    assert far == ()
