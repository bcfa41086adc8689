"""The ledger tells of the same events as a batch over all its reports, in whatever order these came."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from sayso.ledger import Ledger
from sayso.trace.events import event_of, events, vouching
from sayso.trace.events.asking import Wanted, event_by_id, events_of_report, events_page, vouched
from sayso.trace.events.stored import StoredScenes
from sayso.trace.listing import Period
from sayso.trace.people import joins
from sayso.trace.people.decisions import undo
from sayso.vocabulary import (
    ActorId,
    Event,
    EventId,
    Grade,
    Incident,
    IncidentType,
    JoinRule,
    Part,
    PartRole,
    Reading,
    Span,
    Standing,
)
from tests.trace.events.told import SPOT, TEXT, count, incident, report
from tests.trace.keeping import drop, held, kept, stored, take

SHELLING, STRIKE, ATTACK = IncidentType.SHELLING, IncidentType.AIR_STRIKE, IncidentType.ATTACK
WORDS = "quay lamp fog bread tram winter school market ferry orchard ballot bridge clock garden window sailor".split()


def told_by(name: str, *incidents: Incident, text: str = "", **more: str | None) -> Reading:
    """A report of these incidents in words of its own, unless it has others' words."""
    words = text or " ".join(Random(name).choice(WORDS) for _ in range(80))
    reading = report(name, *incidents, **more)  # type: ignore[arg-type]
    body = f"{TEXT} {words.capitalize()}."
    return replace(reading, report=replace(reading.report, text=body), sentences=(Span(0, len(TEXT)),))


def by(found: Incident, actor: str, standing: Standing = Standing.ACCUSED) -> Incident:
    """The incident done by an actor of the report, of whom the first words of the text are the name."""
    part = Part(PartRole.PERPETRATOR, TEXT[: SPOT.end], SPOT, None, None, standing)
    return replace(found, parts=(replace(part, actor=ActorId(actor)),))


def some(random: Random) -> list[Reading]:
    """Reports of a few happenings, told vaguely or plainly, by speakers or in the papers' own voice."""
    kinds = [SHELLING, STRIKE, ATTACK]
    days = ["2031-05-02", "2031-05-03", "2031-05-03", "2031-05-06", None]
    places = ["Ostrel", "Marn", "Upper Dale", "Ostrel", None]
    out = []
    for i in range(14):
        incidents = [
            incident(
                random.choice(kinds), random.choice(places), random.choice(days), name=f"i{n}",
                counts=(count(random.choice([1, 9, 9, 12])),) if random.random() < 0.6 else (),
                by=random.choice([None, "Reed Guard", "Iron Lantern"]), vouched=i % 2 == 0,
            )
            for n in range(random.choice([1, 1, 2]))
        ]  # fmt: skip
        if i % 2 == 0:
            incidents = [by(it, "a1") if random.random() < 0.4 else it for it in incidents]
        speaker = random.choice(["Ilse Maran", "Ilse Anna Maran", "Ruta Hald"]) if i % 2 == 0 else None
        text = "" if i % 5 else " ".join(WORDS * 6)
        out.append(told_by(f"r{i}", *incidents, text=text, speaker=speaker, day=f"2031-05-0{random.randint(3, 8)}"))
    return out


def pages(wanted: Wanted, scenes: StoredScenes, limit: int) -> list[Event]:
    """All events that fit, page after page."""
    page = events_page(wanted, scenes, limit)
    out = [*page.events]
    while page.next is not None:
        page = events_page(wanted, scenes, limit, page.next)
        out += page.events
    return out


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_events_are_those_of_a_batch(seed: int, ledger: Ledger) -> None:
    random = Random(seed)
    read = some(random)
    random.shuffle(read)
    read = kept(ledger, read)
    with ledger.looking() as connection:
        it = stored(connection)
        batch = list(events(held(read, it.copied).scenes))
        assert list(events(it.scenes)) == batch
    with ledger.looking() as connection:
        for event in random.sample(batch, 4):
            alone = stored(connection)
            assert event_of(event.tellings[-1], alone.scenes) == event
            assert event_by_id(event.id, alone.scenes) == event
            assert event in events_of_report(event.tellings[0].report, alone.scenes)


def test_a_report_that_goes_or_is_read_anew_leaves_the_events_of_the_others(ledger: Ledger) -> None:
    read = kept(ledger, some(Random(4)))
    with ledger.writing() as connection:
        for reading in read[:5]:
            drop(connection, reading.report.id)
        take(connection, read[0])
    with ledger.looking() as connection:
        it = stored(connection)
        assert list(events(it.scenes)) == list(events(held([read[0], *read[5:]], it.copied).scenes))


def test_vague_words_are_one_happening_in_copies_also_where_the_source_comes_last(ledger: Ledger) -> None:
    vague, words = incident(where=None), " ".join(WORDS * 6)
    copies = [told_by(f"r{i}", vague, text=words, day=f"2031-05-1{i}") for i in range(2)]
    apart = told_by("r7", vague)
    first, second, other = kept(ledger, [*copies, apart])
    with ledger.looking() as connection:
        assert sorted(len(it.tellings) for it in events(stored(connection).scenes)) == [1, 2]
    (source,) = kept(ledger, [told_by("r9", vague, text=words, day="2031-05-09")])
    with ledger.looking() as connection:
        it = stored(connection)
        assert it.copied.lineage(second.report.id)[0] == source.report.id
        assert sorted(len(event.tellings) for event in events(it.scenes)) == [1, 3]
        assert list(events(it.scenes)) == list(events(held([source, other, second, first], it.copied).scenes))


def test_an_event_keeps_its_old_id_when_an_earlier_report_comes_in(ledger: Ledger) -> None:
    kept(ledger, [told_by("r1", incident(), day="2031-05-05")])
    with ledger.looking() as connection:
        (before,) = events(stored(connection).scenes)
    kept(ledger, [told_by("r2", incident(), day="2031-05-04")])
    with ledger.looking() as connection:
        scenes = stored(connection).scenes
        (after,) = events(scenes)
        assert after.id != before.id
        assert event_by_id(before.id, scenes) == event_by_id(after.id, scenes) == after
        assert event_by_id(EventId("e-0000000000000000"), scenes) is None


def test_who_is_blamed_is_who_it_is_by_the_joins_there_are_now(ledger: Ledger) -> None:
    def accused(name: str, speaker: str) -> Reading:
        return told_by(name, by(incident(), "a1"), speaker=speaker)

    kept(ledger, [accused("r1", "Ostap Kulit"), accused("r2", "Ostap Kulyt")])
    with ledger.looking() as connection:
        it = stored(connection)
        (event,) = events(it.scenes)
        assert len({blame.actor for blame in event.blames}) == 1
        assert any("done by the same" in reason for reason in event.reasons)
        assert len(vouched(event, it.scenes).blamed) == 1
        (spelling,) = [join for join in joins(it.names) if join.rule is JoinRule.TRANSLITERATION]
    with ledger.writing() as connection:
        undo(connection, spelling, "R. Meer", "two men")
    with ledger.looking() as connection:
        it = stored(connection)
        (event,) = events(it.scenes)
        assert len({blame.actor for blame in event.blames}) == 2
        assert len(vouched(event, it.scenes).blamed) == 2


def test_events_are_listed_newest_first_each_once_whatever_the_size_of_the_page(ledger: Ledger) -> None:
    kept(ledger, some(Random(5)))
    with ledger.looking() as connection:
        it = stored(connection)
        everything = list(events(it.scenes))
        assert {len(everything)} == {len(pages(Wanted(), it.scenes, size)) for size in (1, 3, 100)}
        found = pages(Wanted(), it.scenes, 3)
        assert {event.id for event in found} == {event.id for event in everything}
        last = [_last(event, it.scenes) for event in found]
        assert last == sorted(last, reverse=True)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(type=STRIKE),
        Wanted(place="OSTREL"),
        Wanted(place="Upper Dale"),
        Wanted(place="Tovia", type=ATTACK),
        Wanted(Period(since=date(2031, 5, 3))),
        Wanted(Period(date(2031, 5, 2), date(2031, 5, 3)), place="Ostrel"),
        Wanted(actor="Reed Guard"),
        Wanted(actor="Ilse Maran", type=SHELLING),
        Wanted(place="Nowhere"),
    ],
)
def test_a_filter_finds_the_events_of_which_one_account_fits(wanted: Wanted, ledger: Ledger) -> None:
    kept(ledger, some(Random(6)))
    with ledger.looking() as connection:
        it = stored(connection)
        names = {"Reed Guard", "the Reed Guard"} if wanted.actor == "Reed Guard" else {"Ilse Maran", "Ilse Anna Maran"}
        fitting = []
        for event in events(it.scenes):
            accounts = [it.scenes.account(telling) for telling in event.tellings]
            fits = [
                account
                for account in accounts
                if account is not None
                and wanted.type in (None, account.scene.type)
                and wanted.period.holds(account.scene.days.end if account.scene.days else None)
                and (wanted.actor is None or names & {blame.name for blame in account.blames})
                and (wanted.place is None or wanted.place.casefold() in _places(account.scene.spots))
            ]
            fitting += [event.id] if fits else []
        assert sorted(found.id for found in pages(wanted, it.scenes, 2)) == sorted(fitting)


def test_a_known_actor_is_asked_for_by_id_too(ledger: Ledger) -> None:
    kept(
        ledger, [told_by("r1", by(incident(), "a1"), speaker="Ilse Maran"), told_by("r2", incident(STRIKE, "Fenwick"))]
    )
    with ledger.looking() as connection:
        it = stored(connection)
        (found,) = pages(Wanted(actor="Ilse Maran"), it.scenes, 5)
        assert found.blames[0].actor is not None
        assert pages(Wanted(actor=found.blames[0].actor), it.scenes, 5) == [found]


def test_a_namesake_whom_somebody_took_apart_is_listed_only_for_himself(ledger: Ledger) -> None:
    read = kept(
        ledger,
        [
            told_by("r1", by(incident(), "a1"), speaker="Ilse Maran"),
            told_by("r2", by(incident(STRIKE, "Fenwick"), "a1"), speaker="Ilse Maran"),
        ],
    )
    with ledger.looking() as connection:
        it = stored(connection)
        assert len(pages(Wanted(actor="Ilse Maran"), it.scenes, 1)) == 2
        wrong = next(join for join in joins(it.names) if join.one == f"report {read[1].report.id}, actor a1")
    with ledger.writing() as connection:
        undo(connection, wrong, "R. Meer", "a namesake")
    with ledger.looking() as connection:
        it = stored(connection)
        (found,) = pages(Wanted(actor="Ilse Maran"), it.scenes, 1)
        assert found.tellings[0].report == read[0].report.id


@pytest.mark.parametrize("mark", ["", "nonsense", "1:2:3", "9" * 40 + ":r-" + "0" * 32 + ":1"])
def test_a_mark_that_is_none_begins_at_the_beginning(mark: str, ledger: Ledger) -> None:
    kept(ledger, some(Random(7)))
    with ledger.looking() as connection:
        scenes = stored(connection).scenes
        assert events_page(Wanted(), scenes, 2, mark) == events_page(Wanted(), scenes, 2)


def test_copies_are_not_counted_as_voices_in_the_grade(ledger: Ledger) -> None:
    words = " ".join(WORDS * 6)
    kept(ledger, [told_by(f"r{i}", incident(), text=words, day=f"2031-05-0{4 + i}") for i in range(3)])
    with ledger.looking() as connection:
        scenes = stored(connection).scenes
        (event,) = events(scenes)
        found = vouched(event, scenes)
        assert (found.told.reports, len(found.told.voices)) == (3, 1)
        assert found.grading.grade is Grade.SINGLE_SOURCE
        assert found.grading.reasons
        accounts = [it for telling in event.tellings if (it := scenes.account(telling)) is not None]
        assert len(vouching(accounts).told.voices) == 3


def _places(spots: Sequence[object]) -> set[str]:
    return {name for spot in spots for name in (spot.name, *spot.within)}  # type: ignore[attr-defined]


def _last(event: Event, scenes: StoredScenes) -> date:
    days = [it.scene.days.end for t in event.tellings if (it := scenes.account(t)) is not None and it.scene.days]
    return max(days, default=date.min)
