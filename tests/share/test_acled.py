from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings

import sayso
from sayso.share.exports import FORMATS
from sayso.share.exports.acled import COLUMNS, left_out, rows
from sayso.share.exports.acled_codes import countries, disorder_type, event_type
from sayso.share.exports.cells import record, text_cell, words_of
from sayso.share.exports.companions import REPORTS, TALLIES, incident_reports, tallies
from sayso.share.exports.fatalities import fatalities
from sayso.share.visible import one_line
from sayso.vocabulary import (
    ActorId,
    Certainty,
    Confidence,
    Count,
    Harm,
    Incident,
    IncidentType,
    Part,
    PartRole,
    People,
    PlaceId,
    Published,
    Reading,
    Span,
    Standing,
    StatementId,
    Status,
)
from tests.share.ferry import FERRY, ferry
from tests.share.hostile import PAYLOADS
from tests.share.strategies import readings

HERE = Span(0, 6)


def named(reading: Reading) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows(reading)]


def first(**changes: object) -> dict[str, str]:
    """The first row of the example, after changes to its first incident."""
    reading = ferry()
    return named(replace(reading, incidents=(replace(reading.incidents[0], **changes),)))[0]  # type: ignore[arg-type]  # any field


def killed(low: int, who: People = People.PEOPLE, voucher: str | None = None) -> Count:
    return Count(HERE, "some", low, low, Harm.KILLED, who, voucher=None if voucher is None else StatementId(voucher))


def test_there_are_the_31_columns_in_their_order() -> None:
    assert len(COLUMNS) == 31
    assert COLUMNS[:8] == (
        "event_id_cnty", "event_date", "year", "time_precision",
        "disorder_type", "event_type", "sub_event_type", "actor1",
    )  # fmt: skip
    assert COLUMNS[-5:] == ("source_scale", "notes", "fatalities", "tags", "timestamp")


def test_an_incident_becomes_a_row() -> None:
    row, attempt = named(ferry())
    assert row | {"event_id_cnty": "", "notes": ""} == {
        "event_id_cnty": "", "event_date": "2021-03-09", "year": "2021", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Reed Guard", "assoc_actor_1": "", "inter1": "",
        "actor2": "Civilians", "assoc_actor_2": "", "inter2": "7", "interaction": "", "civilian_targeting": "",
        "iso": "578", "region": "Europe", "country": "Norway", "admin1": "Norland", "admin2": "", "admin3": "",
        "location": "Vell", "latitude": "65.25", "longitude": "12.5", "geo_precision": "1",
        "source": "The Vell Lantern", "source_scale": "", "notes": "", "fatalities": "5", "tags": "",
        "timestamp": "1615307400",
    }  # fmt: skip
    assert attempt["sub_event_type"] == "Disrupted weapons use"
    assert attempt["event_type"] == attempt["disorder_type"] == "Strategic developments"
    assert (attempt["location"], attempt["geo_precision"], attempt["latitude"]) == ("Tarn", "2", "65.34")
    assert attempt["fatalities"] == attempt["country"] == ""


def test_the_notes_give_the_words_and_every_version_with_its_voucher() -> None:
    notes = named(ferry())[0]["notes"]
    assert notes.startswith("On 9 Mar 2021, in Vell (Norland, Norway), “Shells struck the fish market")
    assert "Killed: at least 12 according to Orla Brandt; 4 civilians and 1 police officer according to" in notes
    assert "Perpetrator: Reed Guard (accused by Orla Brandt; denied by Ivo Lenz)." in notes
    assert notes.endswith("[https://lantern.example/ferry, characters 0–13, 215–227]")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-03-09", "2021-03-09", ("2021-03-09", "2021", "1")),
        ("2021-03-06", "2021-03-07", ("2021-03-06", "2021", "2")),
        ("2021-03-01", "2021-03-07", ("2021-03-04", "2021", "2")),
        ("2021-03-01", "2021-03-31", ("2021-03-16", "2021", "3")),
        ("2021-01-01", "2021-12-31", ("", "2021", "")),
        ("2020-12-01", "2021-03-01", ("", "", "")),
        ("2021-03-09", None, ("", "", "")),
        (None, None, ("", "", "")),
        ("2021-03-09", "2021-03-01", ("", "", "")),
    ],
)
def test_days_have_the_middle_day_and_acleds_precision(
    start: str | None, end: str | None, expected: tuple[str, str, str]
) -> None:
    row = first(start=start, end=end)
    assert (row["event_date"], row["year"], row["time_precision"]) == expected


def test_every_type_but_other_has_its_event_and_disorder_type() -> None:
    for type_ in IncidentType:
        assert bool(event_type(type_)) == bool(disorder_type(type_)) == (type_ is not IncidentType.OTHER)
    assert disorder_type(IncidentType.EXCESSIVE_FORCE) == "Political violence; Demonstrations"
    assert disorder_type(IncidentType.MOB_VIOLENCE) == "Political violence"
    assert disorder_type(IncidentType.VIOLENT_DEMONSTRATION) == "Demonstrations"
    assert first(type=IncidentType.OTHER_STRATEGIC)["sub_event_type"] == "Other"


@pytest.mark.parametrize(
    ("counts", "lowest"),
    [
        ([], None),
        ([Count(HERE, "two", 2, 2, Harm.INJURED)], None),
        ([killed(0)], 0),
        ([killed(12, voucher="s1"), killed(4, voucher="s2")], 4),
        ([killed(5), killed(3)], 3),
        ([killed(10), killed(3, People.CHILDREN)], 10),
        ([killed(3, People.CIVILIANS), killed(2, People.SOLDIERS)], 5),
        ([killed(3, People.CIVILIANS), killed(1, People.JOURNALISTS)], 3),
        ([killed(2, People.WOMEN), killed(3, People.CHILDREN)], 5),
        ([killed(9, People.CIVILIANS, "s1"), killed(2, People.FIGHTERS, "s1"), killed(30, voucher="s2")], 11),
    ],
)
def test_fatalities_are_the_lowest_number_that_anyone_gives_for_the_whole(
    counts: list[Count], lowest: int | None
) -> None:
    assert fatalities(counts) == lowest


def test_an_attack_whose_dead_are_named_and_not_counted_has_them_as_fatalities() -> None:
    text = "Gunmen murdered the mayor of Kesten, Tomas Ardin, in an ambush on Monday, police said."
    (row,) = named(sayso.read(text, published="1989-05-03"))
    assert row["fatalities"] == "1"


def test_whom_vouchers_disagree_on_is_nobody_in_the_row_and_everybody_in_the_notes() -> None:
    def by(name: str, voucher: str, standing: Standing = Standing.ACCUSED) -> Part:
        return Part(PartRole.PERPETRATOR, name, HERE, standing=standing, by=(StatementId(voucher),))

    contested = first(parts=(by("the Guard", "s1"), by("the Watch", "s2")))
    assert contested["actor1"] == ""
    assert "the Guard (accused by Orla Brandt)" in contested["notes"]
    assert "the Watch (accused by harbour office)" in contested["notes"]
    together = first(parts=(by("the Guard", "s1"), by("the Watch", "s3")))
    assert (together["actor1"], together["assoc_actor_1"]) == ("the Guard", "the Watch")
    assert first(parts=(by("the Guard", "s1", Standing.DENIED),))["actor1"] == ""


def test_classes_of_actors_are_given_where_words_or_type_settle_them() -> None:
    def part(role: PartRole, people: People | None) -> Part:
        return Part(role, "they", HERE, people=people)

    police_and_civilians = (part(PartRole.PERPETRATOR, People.POLICE), part(PartRole.TARGET, People.CIVILIANS))
    row = first(type=IncidentType.ATTACK, parts=police_and_civilians)
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("1", "7", "17")
    assert row["civilian_targeting"] == "Civilian targeting"
    assert (row["actor1"], row["actor2"]) == ("Police", "Civilians")
    marchers = first(type=IncidentType.PEACEFUL_PROTEST, parts=(part(PartRole.PERPETRATOR, None),))
    assert (marchers["inter1"], marchers["interaction"]) == ("6", "")
    soldiers = first(parts=(part(PartRole.PERPETRATOR, People.SOLDIERS),))
    assert (soldiers["actor1"], soldiers["inter1"]) == ("Soldiers", "")


def test_the_place_known_most_closely_is_the_location_and_a_people_is_none() -> None:
    assert first(places=(PlaceId("p3"), PlaceId("p1")))["location"] == "Vell"
    province = first(places=(PlaceId("p3"),))
    assert (province["location"], province["admin1"], province["geo_precision"]) == ("Norland", "Norland", "3")
    lost = first(places=(PlaceId("p5"),))
    assert (lost["location"], lost["admin1"], lost["country"]) == ("Oldmoor", "Norland", "Norway")
    assert (lost["latitude"], lost["longitude"], lost["geo_precision"]) == ("", "", "")
    assert first(places=(PlaceId("p6"),))["location"] == ""


def test_countries_have_their_numbers() -> None:
    assert len(countries()) == 250
    assert (countries()["SY"].iso, countries()["SY"].region) == ("760", "Middle East")
    assert (countries()["XK"].iso, countries()["XK"].name) == ("", "Kosovo")


@pytest.mark.parametrize(
    ("published", "timestamp"),
    [
        (None, ""),
        (Published("2021-03-09", "given"), ""),
        (Published("2021-03-09T18:30", "given"), ""),
        (Published("2021-03-09T16:30+00:00", "given"), "1615307400"),
        (Published("last week", "given"), ""),
    ],
)
def test_a_timestamp_needs_an_instant(published: Published | None, timestamp: str) -> None:
    reading = ferry()
    row = named(replace(reading, report=replace(reading.report, published=published)))[0]
    assert row["timestamp"] == timestamp


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": Status.PLANNED}, "planned incidents"),
        ({"status": Status.THREATENED}, "threatened incidents"),
        ({"type": IncidentType.OTHER}, "incidents of no ACLED type"),
        ({"certainty": Certainty(Confidence.NEGATED)}, "incidents told as not having happened"),
    ],
)
def test_what_is_no_event_has_no_row_and_is_counted(change: dict[str, object], reason: str) -> None:
    reading = ferry()
    changed = replace(reading, incidents=(replace(reading.incidents[0], **change),))  # type: ignore[arg-type]  # any field
    assert not named(changed)
    assert left_out(changed) == {reason: 1, "forecasts": 1}


def test_an_alleged_incident_has_a_row_that_says_so() -> None:
    assert " Alleged. " in first(status=Status.ALLEGED)["notes"]


def test_ids_stay_the_same_whatever_else_was_found() -> None:
    reading = ferry()
    ids = [row["event_id_cnty"] for row in named(reading)]
    assert len(set(ids)) == 2
    assert [row["event_id_cnty"] for row in named(replace(reading, incidents=reading.incidents[1:]))] == ids[1:]
    elsewhere = replace(reading, report=replace(reading.report, url="https://copy.example/ferry"))
    assert not set(ids) & {row["event_id_cnty"] for row in named(elsewhere)}


def test_the_companion_has_every_count_with_its_range_its_source_and_its_words() -> None:
    every = [dict(zip(REPORTS, row, strict=True)) for row in incident_reports(ferry())]
    dead = [row for row in every if row["field"] == "killed"]
    assert [(row["value"], row["low"], row["high"], row["source"], row["words"]) for row in dead] == [
        ("people", "12", "", "Orla Brandt", "at least 12"),
        ("civilians", "4", "4", "harbour office", "four"),
        ("police", "1", "1", "harbour office", "a policeman"),
    ]
    ties = [(row["value"], row["standing"], row["source"]) for row in every if row["field"] == "perpetrator"]
    assert ties[:2] == [("Reed Guard", "accused", "Orla Brandt"), ("Reed Guard", "denied", "Ivo Lenz")]
    assert {row["event_id_cnty"] for row in every} == {row["event_id_cnty"] for row in named(ferry())}
    assert {row["value"] for row in every if row["field"].startswith("inter")} == {"Civilians", "State forces"}


def test_the_tallies_have_a_row_for_the_whole_and_for_each_part() -> None:
    every = [dict(zip(TALLIES, row, strict=True)) for row in tallies(ferry())]
    assert [(row["part"], row["min"], row["max"], row["parts_add_up"]) for row in every] == [
        ("0", "23", "23", "false"),
        ("1", "11", "11", ""),
        ("2", "9", "9", ""),
    ]
    assert every[0]["zone"] == "Norland province (Norway)"
    assert (every[0]["period_start"], every[0]["period_end"], every[0]["by"]) == (
        "2021-03-02",
        "2021-03-09",
        "Reed Guard",
    )


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "'=", "\t=", "\r=", " ="])
def test_no_cell_of_words_is_a_formula_and_the_words_come_back(sign: str) -> None:
    words = f'{sign}HYPERLINK("https://evil.invalid")'
    cell = text_cell(words)
    assert cell[0] == "'"
    assert words_of(cell) == one_line(words)


@pytest.mark.parametrize("payload", [*PAYLOADS, "=1+1", "@SUM(A1)", "-2+3", 'a\r\nb,"c"'])
def test_hostile_words_stay_in_their_cell(payload: str) -> None:
    reading = ferry()
    report = replace(reading.report, outlet=payload, url=payload)
    actors = tuple(replace(actor, name=payload) for actor in reading.actors)
    [row, *_] = rows(replace(reading, report=report, actors=actors))
    [back] = csv.reader(io.StringIO(record(row), newline=""))
    assert tuple(back) == row
    assert back[COLUMNS.index("source")].lstrip("'")[:1] == one_line(payload).lstrip("'")[:1]
    for cell in back:
        assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in cell)
        assert cell[:1] not in {"=", "+", "@"}


_WRITERS: list[Callable[[Reading], Iterator[tuple[str, ...]]]] = [rows, incident_reports, tallies]


@given(readings())
@settings(max_examples=40, deadline=None)
def test_any_reading_is_rows_that_read_back_the_same(reading: Reading) -> None:
    for output, writer in zip(FORMATS[".csv"].outputs, _WRITERS, strict=True):
        written = output.head + "".join(output.lines(reading))
        written.encode("utf-8")
        head, *back = csv.reader(io.StringIO(written, newline=""))
        assert [tuple(row) for row in back] == list(writer(reading))
        assert all(len(row) == len(head) for row in back)


@given(readings())
@settings(max_examples=40, deadline=None)
def test_every_span_of_a_row_is_in_the_text(reading: Reading) -> None:
    text = reading.report.text
    for columns, writer in ((REPORTS, incident_reports), (TALLIES, tallies)):
        for row in (dict(zip(columns, cells, strict=True)) for cells in writer(reading)):
            if row["start"]:
                assert words_of(row["words"]) == one_line(text[int(row["start"]) : int(row["end"])])


def test_ids_of_different_incidents_over_the_same_words_differ() -> None:
    reading = ferry()
    twin: Incident = reading.incidents[0]
    ids = [row["event_id_cnty"] for row in named(replace(reading, incidents=(twin, twin)))]
    assert len(set(ids)) == 2
    assert FERRY[slice(*twin.mentions[0])] == "Shells struck"
    assert twin.parts[0].actor == ActorId("a3")
