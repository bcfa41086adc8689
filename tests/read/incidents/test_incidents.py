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


@pytest.mark.parametrize(
    ("accuser", "standing"),
    [("Villager Anna Holt", Standing.ACCUSED), ("Minister Anna Holt", Standing.ACCUSED_BY_AUTHORITIES)],
)
def test_an_accusation_makes_an_accused_not_a_perpetrator(accuser: str, standing: Standing) -> None:
    reading = told(
        "A bomb exploded at the market in Harwick on Monday, killing three people. "
        f"{accuser} blamed the Free Harbour Army for the attack."
    )
    incident = the(reading, IncidentType.REMOTE_EXPLOSIVE)
    accused = [p for p in parts(incident, PartRole.PERPETRATOR) if "Free Harbour" in p.text]
    assert accused
    assert [p.standing for p in accused] == [standing]
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
    short, long = (min(seconds(times) for _ in range(2)) for times in (100, 400))
    assert long < 12 * short + 0.5


def test_weapons_and_damage_are_the_texts_own_words() -> None:
    reading = told(
        "Rebels fired mortar shells at Harwick on Monday, damaging a school roof. "
        "Two houses were destroyed in the attack."
    )
    text = reading.report.text
    incident = the(reading, IncidentType.SHELLING)
    assert "mortar shells" in [w.of(text) for w in incident.weapons]
    assert [d.of(text) for d in incident.damage] == ["damaging a school roof", "Two houses were destroyed"]


@pytest.mark.parametrize(
    "text",
    [
        "Police said a bomb exploded in Harwick on Monday.",
        "Anna Holt said shells hit Harwick on Monday.",
        "The mayor told reporters that homes burned in Harwick on Monday.",
        "Nobody was killed when a bomb exploded in Harwick on Monday.",
        "A decade after the bombing of Harwick, families mourn.",
    ],
)
def test_who_tells_of_it_or_suffers_it_did_not_do_it(text: str) -> None:
    assert [p.text for i in told(text).incidents for p in parts(i, PartRole.PERPETRATOR)] == []


@pytest.mark.parametrize(
    "text",
    [
        "On stage in Harwick, gunmen shot dead the singer on Monday.",
        "In May, rebels attacked a base in Harwick.",
        "The call came minutes before rebels attacked a base in Harwick.",
        "The so-called Free Army shelled Harwick on Monday.",
        "Without warning, rebels attacked a base in Harwick on Monday.",
        "Rebels repeatedly shelled Harwick on Monday.",
        "No fewer than 20 people were killed in Harwick on Monday.",
    ],
)
def test_words_that_look_ahead_or_deny_elsewhere_do_not_undo_what_happened(text: str) -> None:
    assert [i.status for i in told(text).incidents] == [Status.HAPPENED]


def test_a_denial_is_kept_beside_what_it_denies() -> None:
    incident = the(told("The army denied that it had shelled Harwick on Monday."), IncidentType.SHELLING)
    assert incident.status is Status.ALLEGED
    assert incident.vouchers == ()


def test_each_side_is_given_its_own_deed() -> None:
    reading = told("Norland warplanes bombed Oxley on Monday. Estland militants fired rockets at Harwick on Monday.")
    assert [i.type for i in reading.incidents] == [IncidentType.AIR_STRIKE, IncidentType.SHELLING]


@pytest.mark.parametrize("side", ["rebels", "terrorists", "freedom fighters", "the resistance", "jihadists"])
def test_whatever_one_side_is_called_its_deeds_are_read_alike(side: str) -> None:
    reading = told(f"On Monday the army attacked {side} near Harwick. Two days later {side} took control of the town.")
    assert [i.type for i in reading.incidents] == [IncidentType.ARMED_CLASH, IncidentType.NON_STATE_OVERTAKES]


@pytest.mark.parametrize(
    "text",
    [
        "Shares fell to the lowest in a year on Monday.",
        "The striker hit the post and shot wide in Harwick.",
        "The minister had a heart attack in Harwick on Monday.",
        "Heavy rain hit Harwick on Monday and the match was abandoned.",
        "The band split from its label and its album struck a chord.",
        "The conductor tapped with his baton in Harwick on Monday.",
        "A ferryman was injured when a cable snapped in Harwick on Monday.",
    ],
)
def test_ordinary_news_is_no_conflict(text: str) -> None:
    assert [i for i in told(text).incidents if i.type is not IncidentType.OTHER] == []


@pytest.mark.parametrize("day", ["2019", "2019-05", "yesterday", "0000-00-00", "2019-02-30", "0001-01-01"])
def test_an_odd_publication_date_costs_nothing_but_the_dates(day: str) -> None:
    assert read("Rebels shelled Harwick on Monday.", published=day).incidents


def test_one_endless_sentence_takes_no_more_time_than_its_length() -> None:
    def seconds(text: str) -> float:
        cut = sentences(text)
        began = time.process_time()
        happenings(text, cut, (), (), (), (), counts(text, cut), TODAY)
        return time.process_time() - began

    for bit in ("5 attacks and ", "rebels attacked soldiers and "):
        seconds(bit * 10)
        short, long = (min(seconds(bit * times) for _ in range(2)) for times in (100, 400))
        assert long < 8 * short + 0.5


def test_who_claims_it_is_told_apart_from_who_is_accused() -> None:
    reading = told("A bomb exploded in Harwick on Monday. The Free Harbour Army claimed responsibility.")
    claimed = parts(the(reading, IncidentType.REMOTE_EXPLOSIVE), PartRole.PERPETRATOR)
    assert [(p.text, p.standing) for p in claimed] == [("The Free Harbour Army", Standing.CLAIMED)]


def test_a_later_toll_is_a_count_of_the_same_incident() -> None:
    reading = told("A bomb exploded in Harwick on Monday, killing five people. The hospital said 12 people died.")
    incident = the(reading, IncidentType.REMOTE_EXPLOSIVE)
    assert {c.low for c in incident.counts} == {5, 12}


def test_what_no_calendar_places_has_no_days() -> None:
    (incident,) = told("In 44 BC, soldiers attacked a base in Harwick.").incidents
    assert (incident.start, incident.end) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "“Prices should move up over the year,” said Daniel Roling of Merrill Lynch and Co on Monday.",
        "Orla Battle, who keeps the harbour books, spoke at the council on Monday.",
    ],
)
def test_a_word_of_a_name_tells_of_nothing(text: str) -> None:
    assert read(text, published="2019-05-07").incidents == ()
