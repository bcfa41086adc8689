"""How many voices there are behind something: chains followed to their origins, copies collapsed, reasons given."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import read
from sayso.trace.voices import (
    Membership,
    Shared,
    Step,
    StepKind,
    Trail,
    pairing,
    summary,
    trail,
    voices,
    voices_by_polarity,
)
from sayso.vocabulary import Reading, ReportId, Span, StatementId, VoiceKind, Voices


def named(*names: str, role: str = "", person: bool = True) -> Step:
    return Step(StepKind.NAMED, names[0], names, (role,) if role else (), None, person)


def body(name: str) -> Step:
    return named(name, person=False)


def office(text: str) -> Step:
    return Step(StepKind.OFFICE, text)


def unnamed(text: str = "sources") -> Step:
    return Step(StepKind.UNNAMED, text)


HE = Step(StepKind.UNKNOWN, "he")
MARAN = named("Ilse Maran")
HAVIK = named("Joren Havik")


def carried(report: str, *steps: Step, outlet: str | None = None, day: str = "2019-05-20") -> Trail:
    """A report that rests on these, by an outlet of its own unless one is given."""
    return Trail(ReportId(report), outlet or f"The {report} Courier", day, StatementId("s1") if steps else None, steps)


def names(found: Voices) -> list[str]:
    return sorted(voice.name for voice in found.voices)


def copy(report: str, earlier: str, share: float = 0.9, spans: tuple[Span, ...] = ()) -> Shared:
    return Shared(ReportId(report), ReportId(earlier), share, spans)


def test_reports_that_repeat_one_officer_are_one_voice() -> None:
    found = voices(carried(f"r{i}", MARAN) for i in range(12))
    assert summary(found) == "12 reports, 12 outlets, 1 voice"
    assert names(found) == ["Ilse Maran"]
    assert len(found.voices[0].carriers) == 12


def test_an_outlet_s_own_voice_is_that_outlet_s_however_often_it_says_it() -> None:
    found = voices(
        [carried("r1", outlet="Harbour Wire"), carried("r2", outlet="The Harbour Wire"), carried("r3", outlet="Post")]
    )
    assert summary(found) == "3 reports, 2 outlets, 2 voices"
    assert {voice.kind for voice in found.voices} == {VoiceKind.OUTLET}


def test_a_copy_in_its_outlet_s_own_voice_is_the_earlier_report_s() -> None:
    trails = [carried("r1"), carried("r2", day="2019-05-21"), carried("r3", day="2019-05-22")]
    found = voices(trails, [copy("r2", "r1"), copy("r3", "r2")])
    assert names(found) == ["The r1 Courier"]
    same, why = pairing(found, ReportId("r1"), ReportId("r3"))
    assert same
    assert any("90% of its words are those of report r2" in reason for reason in why)


def test_a_small_or_another_shared_passage_makes_no_copy_of_a_statement() -> None:
    one, other = carried("r1"), Trail(ReportId("r2"), "Post", "2019-05-21", None, (), (Span(0, 40),))
    assert len(voices([one, other], [copy("r2", "r1", 0.3)]).voices) == 2
    assert len(voices([one, other], [copy("r2", "r1", 0.9, (Span(100, 900),))]).voices) == 2
    assert len(voices([one, other], [copy("r2", "r1", 0.3, (Span(10, 90),))]).voices) == 1


def test_two_copies_of_a_report_that_is_not_here_are_one_voice() -> None:
    found = voices([carried("r2"), carried("r3", day="2019-05-21")], [copy("r2", "r1"), copy("r3", "r1")])
    assert len(found.voices) == 1


def test_what_an_outlet_says_itself_and_lays_on_a_speaker_is_the_speaker_s() -> None:
    lead = carried("r1", outlet="Harbour Wire")
    assert names(voices([lead, carried("r1", MARAN, outlet="Harbour Wire")])) == ["Ilse Maran"]


def test_an_unnamed_origin_is_counted_once_for_each_who_rests_on_it() -> None:
    received = unnamed("received information")
    found = voices([carried("r1", MARAN, received), carried("r2", MARAN, received), carried("r3", MARAN)])
    assert [(voice.kind, voice.through) for voice in found.voices] == [(VoiceKind.UNNAMED, "Ilse Maran")]
    by_outlets = voices([carried("r1", unnamed(), outlet="Post"), carried("r2", unnamed("officials"), outlet="Post")])
    assert [voice.through for voice in by_outlets.voices] == ["Post"]
    assert len(voices([carried("r1", unnamed()), carried("r2", unnamed())]).voices) == 2


def test_who_rests_on_somebody_in_any_report_is_no_origin() -> None:
    found = voices([carried("r1", MARAN), carried("r2", MARAN, HAVIK), carried("r3", HAVIK)])
    assert names(found) == ["Joren Havik"]
    why = [reason for it in found.voices[0].carriers if it.report == "r1" for reason in it.why]
    assert "in report r2 it rests on 'Joren Havik'" in why


def test_two_who_cite_one_another_are_one_voice() -> None:
    assert len(voices([carried("r1", MARAN, HAVIK), carried("r2", HAVIK, MARAN)]).voices) == 1


def test_a_cited_outlet_leads_to_whom_its_own_report_names() -> None:
    own = carried("r1", MARAN, outlet="Harbour Wire")
    citing = carried("r2", body("the Harbour Wire"), outlet="Post")
    assert names(voices([own, citing])) == ["Ilse Maran"]
    assert names(voices([carried("r1", outlet="Harbour Wire"), citing])) == ["Harbour Wire"]
    later = carried("r3", HAVIK, outlet="Harbour Wire", day="2019-06-20")
    assert {it.name: [c.report for c in it.carriers] for it in voices([own, citing, later]).voices} == {
        "Ilse Maran": ["r1", "r2"],
        "Joren Havik": ["r3"],
    }


def test_speakers_nobody_can_tell_are_counted_apart() -> None:
    found = voices([carried("r1", MARAN), carried("r2", HE)])
    assert summary(found) == "2 reports, 2 outlets, 1 voice, 1 report of speakers nobody can tell"
    same, why = pairing(found, ReportId("r1"), ReportId("r2"))
    assert same is None
    assert any("'he'" in reason for reason in why)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (named("Maran"), MARAN, "only a surname"),
        (office("the governor of Ostrel"), named("Ilse Maran", role="The governor of Ostrel"), "office of one"),
        (office("the police"), office("police"), ""),
        (named("Joren Havik", role="police spokesman"), office("the police"), "speaks for it"),
        (named("Joren Havik", role="head of the Coast Front"), body("Coast Front"), "speaks for it"),
        (named("Captain Ilse Maran"), MARAN, ""),
        (body("Coast Front"), body("COAST FRONT"), ""),
    ],
)
def test_those_who_cannot_be_told_apart_are_not_counted_as_two(one: Step, other: Step, why: str) -> None:
    found = voices([carried("r1", one), carried("r2", other)])
    assert len(found.voices) == 1
    _, reasons = pairing(found, ReportId("r1"), ReportId("r2"))
    assert why in " ".join(reasons)


def test_a_surname_that_fits_two_is_nobody_s() -> None:
    found = voices([carried("r1", named("Maran")), carried("r2", MARAN), carried("r3", named("Oskar Maran"))])
    assert summary(found) == "3 reports, 3 outlets, 2 voices, 1 report of speakers nobody can tell"


def test_pairs_that_are_two_say_where_each_leads() -> None:
    found = voices([carried("r1", MARAN), carried("r2", HAVIK)])
    same, why = pairing(found, ReportId("r1"), ReportId("r2"))
    assert same is False
    assert "Ilse Maran" in why[0]
    assert "Joren Havik" in why[1]


def test_who_affirms_and_who_denies_are_counted_apart() -> None:
    member = Membership("c1", ReportId("r1"), StatementId("s1"), "affirms")
    denial = Membership("c1", ReportId("r2"), StatementId("s1"), "denies")
    sides = voices_by_polarity([(member, carried("r1", MARAN)), (denial, carried("r2", HAVIK))])
    assert {side: names(found) for side, found in sides.items()} == {
        "affirms": ["Ilse Maran"],
        "denies": ["Joren Havik"],
    }


STEPS = st.sampled_from([MARAN, HAVIK, named("Maran"), body("Coast Front"), office("the police"), unnamed(), HE])


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(STEPS, max_size=3), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_voices_are_the_same_in_whatever_order_reports_come(steps: list[list[Step]], random: Random) -> None:
    trails = [
        Trail(ReportId(f"r{i // 2}"), f"outlet {i // 2 % 3}", "2019-05-20", StatementId(f"s{i}"), tuple(some))
        for i, some in enumerate(steps)
    ]
    copies = [copy("r2", "r0"), copy("r3", "r0")]
    shuffled = list(trails)
    random.shuffle(shuffled)
    found = voices(trails, copies)
    assert voices(shuffled, copies[::-1]) == found
    told = {it.report for voice in found.voices for it in voice.carriers} | {it.report for it in found.unknown}
    assert told == {it.report for it in trails}


def test_thousands_who_cite_one_another_in_a_ring_are_one_voice() -> None:
    ring = [body(f"Body {chr(65 + i % 26)}{i}") for i in range(3000)]
    trails = [carried(f"r{i}", one, ring[(i + 1) % len(ring)]) for i, one in enumerate(ring)]
    assert len(voices(trails).voices) == 1


def told_by(text: str, outlet: str) -> Reading:
    return read(text, published="2019-05-20", outlet=outlet)


def every(readings: Sequence[Reading], word: str) -> list[Trail]:
    """The trails of all statements of these readings that hold a word."""
    return [trail(r, s.id) for r in readings for s in r.statements if word in s.content.text]


def test_trails_of_readings_lead_from_the_outlet_to_the_origin() -> None:
    wire = told_by("Captain Ilse Maran said on Monday that two barges were sunk in the northern channel.", "Wire")
    post = told_by("Two barges were sunk in the northern channel, Maran told the Post on Monday.", "Post")
    centre = told_by("The League denied that two barges were sunk.", "Courier")
    found = voices(every([wire, post], "barges"))
    assert names(found) == ["Ilse Maran"]
    assert names(voices(every([centre], "barges"))) == ["League"]
