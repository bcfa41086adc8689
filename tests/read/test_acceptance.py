"""A real wire story of the kind Sayso is for, kept outside the repository; nothing in the package knows it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from sayso import read
from sayso.vocabulary import (
    Form,
    Harm,
    IncidentType,
    PartRole,
    People,
    PlaceId,
    Reading,
    SpeakerKind,
    Stance,
    Standing,
    Statement,
    Status,
)
from tests.read.asking import about, actor, speaker

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "acceptance" / "article.txt"


@pytest.fixture(scope="module")
def story() -> Reading:
    if not ARTICLE.exists():
        pytest.skip("the story is not part of the repository and not beside it")
    return read(ARTICLE.read_text(encoding="utf-8"), published="2022-08-20")


def by(reading: Reading, name: str) -> list[Statement]:
    chosen = actor(reading, name)
    return [s for s in reading.statements if s.speaker.actor == chosen.id]


def test_the_officers_quotation_and_both_short_names_are_one_mans(story: Reading) -> None:
    said = by(story, "Yegorov")
    assert len([s for s in said if s.parent is None]) >= 3
    assert speaker(story, "five counts of shelling") == speaker(story, "a Syrian soldier was also wounded")
    assert about(story, "five counts of shelling").source.text == "He"


def test_the_centres_information_has_an_origin_without_a_name(story: Reading) -> None:
    inner = about(story, "preparing to record a staged video")
    last = inner.chain[-1]
    assert last.actor is None
    assert "received information" in last.text
    names = [a.name for link in inner.chain for a in story.actors if a.id == link.actor]
    assert "Yegorov" in names[0]
    assert "Center" in names[1]


def test_a_self_description_an_accusation_and_its_rejection_are_three_speakers(story: Reading) -> None:
    itself = speaker(story, "to be a humanitarian NGO")
    accuser = next(s for s in story.statements if s.stance is Stance.ACCUSES and "Washington" in s.source.text)
    denier = next(s for s in story.statements if s.stance is Stance.DENIES and "Syrian government" in s.source.text)
    names = {a.id: a.name for a in story.actors}
    assert "White Helmets" in itself
    assert names[accuser.speaker.actor or actor(story, "x").id] == "Washington"
    assert len({itself, names.get(accuser.speaker.actor or story.actors[0].id), denier.source.text}) == 3


def test_the_lead_is_the_outlets_own_voice_hedged(story: Reading) -> None:
    lead = story.statements[0]
    assert lead.speaker.kind is SpeakerKind.OUTLET
    assert lead.form is Form.VOICE
    assert lead.certainty.value == "hedged"
    assert "reportedly" in [span.of(story.report.text) for span in lead.certainty.spans]


def test_three_statements_of_one_official_are_his(story: Reading) -> None:
    assert len([s for s in by(story, "Patrushev") if s.parent is None]) == 3


def test_labels_have_their_authors(story: Reading) -> None:
    labels = {(label.text, label.by) for a in story.actors for label in a.labels}
    assert ("so-called", "outlet") in labels
    assert any("terrorist outfit" in text and whose == "outlet" for text, whose in labels)
    owners = [whose for text, whose in labels if "pseudo-humanitarian" in text]
    assert owners
    assert all(story.statement(next(s.id for s in story.statements if s.id == whose)) for whose in owners)


def named(reading: Reading, ids: Iterable[PlaceId]) -> set[str]:
    wanted = set(ids)
    return {p.entry.name if p.entry else p.text for p in reading.places if p.id in wanted}


def test_five_shellings_are_a_tally_over_a_day_with_one_in_the_zone(story: Reading) -> None:
    tally = next(t for t in story.tallies if t.low == 5)
    period = next(t for t in story.times if t.id == tally.time)
    assert tally.type is IncidentType.SHELLING
    assert (period.start, period.end) == ("2022-08-19", "2022-08-20")
    assert [(p.low, named(story, p.places)) for p in tally.parts] == [(1, {"Idlib"})]
    assert not [i for i in story.incidents if any(t.of(story.report.text) == "shelling" for t in i.mentions)]


def test_a_further_four_were_shelled_in_the_same_province_and_the_next(story: Reading) -> None:
    tally = next(t for t in story.tallies if t.low == 4)
    assert named(story, tally.places) == {"Idlib", "Latakia"}


def test_small_arms_fire_near_an_unlisted_village_wounds_one_soldier(story: Reading) -> None:
    incident = next(i for i in story.incidents if any(c.harm is Harm.INJURED for c in i.counts))
    count = incident.counts[0]
    vouching = story.statement(incident.vouchers[0])
    assert incident.type is IncidentType.ARMED_CLASH
    assert (count.low, count.high, count.who) == (1, 1, People.SOLDIERS)
    assert vouching is not None
    assert vouching.source.text == "Yegorov"
    assert any("Basratun" in place for place in named(story, incident.places))
    assert "Aleppo" in named(story, incident.places)


def test_villages_no_gazetteer_has_stay_in_their_province(story: Reading) -> None:
    village = next(p for p in story.places if p.text.startswith("Basratun"))
    assert village.entry is None
    assert "Aleppo" in {a for i in village.within for a in named(story, [i])}


def test_three_states_strikes_of_2018_are_background(story: Reading) -> None:
    strikes = next(i for i in story.incidents if i.type is IncidentType.AIR_STRIKE)
    doers = [p.text for p in strikes.parts if p.role is PartRole.PERPETRATOR]
    assert (strikes.start, strikes.end) == ("2018-04-14", "2018-04-14")
    assert [name.removeprefix("the ") for name in doers] == ["United States", "Britain", "France"]
    assert strikes.background
    assert named(story, strikes.places) == {"Syria"}


def test_an_alleged_chemical_attack_is_blamed_by_one_and_rejected_by_another(story: Reading) -> None:
    attack = next(i for i in story.incidents if i.type is IncidentType.CHEMICAL_WEAPON)
    assert attack.status is Status.ALLEGED
    assert any(p.text == "Douma" for p in story.places if p.id in attack.places)
    said = {p.standing: story.statement(p.by[0]) for p in attack.parts if p.text == "Damascus"}
    assert "Washington" in (said[Standing.ACCUSED] or story.statements[0]).source.text
    assert "Syrian government" in (said[Standing.DENIED] or story.statements[0]).source.text


def test_the_warning_is_a_forecast_for_two_towns_and_nothing_that_happened(story: Reading) -> None:
    towns = {"Ariha", "Jisr ash-Shughur"}
    texts = {p.id: p for p in story.places}
    forecast = next(f for f in story.forecasts if towns <= {texts[i].text for i in f.places})
    assert all("Idlib" in entry.within for i in forecast.places if (entry := texts[i].entry))
    assert any("Aerospace" in p.text for p in forecast.blamed if p.role is PartRole.TARGET)
    assert not [i for i in story.incidents if towns & {texts[p].text for p in i.places}]


def test_tashkent_is_in_uzbekistan(story: Reading) -> None:
    place = next(p for p in story.places if p.text == "Tashkent")
    assert place.entry is not None
    assert place.entry.country == "UZ"
