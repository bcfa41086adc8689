"""What a report tells of as having happened: kind, status, parts, counts, vouchers; several apart, one joined."""

import time

import pytest

from sayso import read
from sayso.read.counts import counts
from sayso.read.incidents.happenings import happenings
from sayso.read.sentences import sentences
from sayso.vocabulary import Harm, Incident, IncidentType, Part, PartRole, Reading, Standing, Status

TODAY = "2019-05-20"


def told(text: str) -> Reading:
    return read(text, published=TODAY)


def the(reading: Reading, kind: IncidentType) -> Incident:
    found = [i for i in reading.incidents if i.type is kind]
    assert len(found) == 1, [(i.type, [m.of(reading.report.text) for m in i.mentions]) for i in reading.incidents]
    return found[0]


def parts(incident: Incident, role: PartRole) -> list[Part]:
    return [p for p in incident.parts if p.role is role]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Warplanes bombed the market in Harwick on Monday.", IncidentType.AIR_STRIKE),
        ("Rockets landed in the harbour of Harwick on Monday.", IncidentType.SHELLING),
        ("A suicide bomber killed four people in Harwick on Monday.", IncidentType.SUICIDE_BOMB),
        ("A roadside bomb exploded in Harwick on Monday.", IncidentType.REMOTE_EXPLOSIVE),
        ("Two men threw a grenade into a café in Harwick on Monday.", IncidentType.GRENADE),
        ("Gunmen abducted a teacher in Harwick on Monday.", IncidentType.ABDUCTION),
        ("Rebels clashed with soldiers near Harwick on Monday.", IncidentType.ARMED_CLASH),
        ("Rebels took control of the town of Harwick on Monday.", IncidentType.NON_STATE_OVERTAKES),
        ("The army recaptured the town of Harwick on Monday.", IncidentType.GOVERNMENT_REGAINS),
        ("Police arrested nine people in Harwick on Monday.", IncidentType.ARRESTS),
        ("Thousands marched through Harwick on Monday.", IncidentType.PEACEFUL_PROTEST),
        ("Police fired tear gas at the crowd in Harwick on Monday.", IncidentType.PROTEST_INTERVENTION),
        ("Shops in Harwick were looted on Monday.", IncidentType.LOOTING),
        ("The two sides agreed a ceasefire in Harwick on Monday.", IncidentType.AGREEMENT),
        ("An earthquake killed nine people in Harwick on Monday.", IncidentType.OTHER),
    ],
)
def test_the_words_tell_the_kind(text: str, kind: IncidentType) -> None:
    assert [i.type for i in told(text).incidents] == [kind]


def test_upper_case_reads_as_mixed_case_does() -> None:
    text = "Gunmen abducted a teacher in Harwick on Monday."
    assert the(told(text.upper()), IncidentType.ABDUCTION).start == the(told(text), IncidentType.ABDUCTION).start


def test_the_doer_and_the_one_done_to_follow_the_voice_of_the_verb() -> None:
    for text in (
        "Rebels attacked the army base at Harwick on Monday.",
        "The army base at Harwick was attacked by rebels on Monday.",
    ):
        reading = told(text)
        incident = reading.incidents[0]
        assert [p.text.lower() for p in parts(incident, PartRole.PERPETRATOR)] == ["rebels"], text
        assert any("army" in p.text for p in parts(incident, PartRole.TARGET)), text


def test_all_who_are_listed_as_doers_take_part() -> None:
    reading = told(
        "The Norland Army, the Estland Navy and the Westland Guard carried out an airstrike on Harwick on Monday."
    )
    doers = parts(the(reading, IncidentType.AIR_STRIKE), PartRole.PERPETRATOR)
    assert [p.text.removeprefix("The ").removeprefix("the ") for p in doers] == [
        "Norland Army",
        "Estland Navy",
        "Westland Guard",
    ]


def test_an_accusation_makes_an_accused_not_a_perpetrator() -> None:
    reading = told(
        "A bomb exploded at the market in Harwick on Monday, killing three people. "
        "Minister Anna Holt blamed the Free Harbour Army for the attack."
    )
    incident = the(reading, IncidentType.REMOTE_EXPLOSIVE)
    accused = [p for p in parts(incident, PartRole.PERPETRATOR) if "Free Harbour" in p.text]
    assert accused
    assert accused[0].standing is Standing.ACCUSED
    blaming = reading.statement(accused[0].by[0])
    assert blaming is not None
    assert "Holt" in blaming.source.text


def test_two_towns_are_two_incidents_and_a_second_telling_is_not() -> None:
    reading = told(
        "Shells hit the village of Oxley on Sunday, wounding two farmers. "
        "On Monday, shells hit the town of Harwick and killed a nurse. "
        "The shelling of Harwick lasted an hour."
    )
    shelled = [i for i in reading.incidents if i.type is IncidentType.SHELLING]
    names = {p.id: p.text for p in reading.places}
    assert [{names[p] for p in i.places} for i in shelled] == [{"Oxley"}, {"Harwick"}]
    assert shelled[0].start == "2019-05-19"
    assert shelled[1].start == "2019-05-20"


def test_rival_counts_stay_rival_each_with_its_voucher() -> None:
    reading = told(
        "A bomb exploded in Harwick on Monday. The police said five people were killed. "
        "The hospital said nine people were killed in the explosion."
    )
    incident = the(reading, IncidentType.REMOTE_EXPLOSIVE)
    killed = {(c.low, c.voucher) for c in incident.counts if c.harm is Harm.KILLED}
    assert {low for low, _ in killed} == {5, 9}
    assert len({voucher for _, voucher in killed}) == 2
    assert None not in {voucher for _, voucher in killed}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels tried to bomb the bridge at Harwick on Monday.", Status.ATTEMPTED),
        ("Police foiled an attack on the bridge at Harwick on Monday.", Status.ATTEMPTED),
        ("An alleged chemical attack hit Harwick on Monday.", Status.ALLEGED),
        ("Warplanes bombed the bridge at Harwick on Monday.", Status.HAPPENED),
    ],
)
def test_how_far_it_got_is_told_apart(text: str, status: Status) -> None:
    assert [i.status for i in told(text).incidents] == [status]


def test_what_did_not_happen_is_no_incident() -> None:
    assert not told("There was no attack in Harwick on Monday.").incidents


def test_a_statement_vouches_for_what_it_tells() -> None:
    reading = told("Colonel Jan Meer said rebels shelled the town of Harwick on Monday.")
    incident = the(reading, IncidentType.SHELLING)
    vouching = [reading.statement(v) for v in incident.vouchers]
    assert [s.source.text for s in vouching if s] == ["Colonel Jan Meer"]


def test_what_the_outlet_tells_itself_has_no_voucher() -> None:
    assert the(told("Rebels shelled the town of Harwick on Monday."), IncidentType.SHELLING).vouchers == ()


def test_old_events_are_background() -> None:
    reading = told("Shells hit Oxley on Sunday. On 3 March 2011, a bomb exploded in Harwick, killing seven people.")
    assert [(i.type, i.background) for i in reading.incidents] == [
        (IncidentType.SHELLING, False),
        (IncidentType.REMOTE_EXPLOSIVE, True),
    ]


def test_every_span_of_an_incident_is_in_the_text() -> None:
    reading = told("Rebels attacked Harwick on Monday, killing at least 58 people, including 11 children, police said.")
    size = len(reading.report.text)
    spans = [
        s for i in reading.incidents for s in (*i.mentions, *(p.span for p in i.parts), *(c.span for c in i.counts))
    ]
    assert spans
    assert all(0 <= s.start < s.end <= size for s in spans)


def test_time_grows_with_the_text_and_no_faster() -> None:
    sentence = (
        "Rebels shelled the town of Oxley on Sunday, killing two farmers. Police arrested nine people. "
        "Gunmen attacked a base in Harwick and wounded five soldiers. "
    )

    def seconds(times: int) -> float:
        text = sentence * times
        cut = sentences(text)
        began = time.process_time()
        happenings(text, cut, (), (), (), (), counts(text, cut), TODAY)
        return time.process_time() - began

    seconds(10)
    assert seconds(400) < 12 * seconds(100) + 0.5


def test_weapons_and_damage_are_the_texts_own_words() -> None:
    reading = told(
        "Rebels fired mortar shells at Harwick on Monday, damaging a school roof. "
        "Two houses were destroyed in the attack."
    )
    text = reading.report.text
    incident = the(reading, IncidentType.SHELLING)
    assert "mortar shells" in [w.of(text) for w in incident.weapons]
    assert [d.of(text) for d in incident.damage] == ["damaging a school roof", "Two houses were destroyed"]
