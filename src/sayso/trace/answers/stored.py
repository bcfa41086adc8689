"""What a ledger holds, as answers ask for it, within one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, bindparam, select

from sayso.ledger import fulltext, schema, where
from sayso.ledger.identity import report_name
from sayso.ledger.kept import kept_reading, reading_query
from sayso.ledger.numbers import numbers
from sayso.ledger.schema import names, readings
from sayso.ledger.words import key
from sayso.record import Context
from sayso.record.store import bearing
from sayso.trace.claims import asking as claims
from sayso.trace.claims.asking import Glimpse, Move, Size
from sayso.trace.claims.seeking import holding, seek
from sayso.trace.claims.stored import Seen
from sayso.trace.copies.stored import StoredIndex, links_near
from sayso.trace.events import Vouching, event_of
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.events.asking import event_by_id, events_page, vouched
from sayso.trace.events.stored import StoredScenes
from sayso.trace.forecasts import Run
from sayso.trace.forecasts.asking import Foresight, outcomes_page, run_before
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.trace.forecasts.stored import StoredForecasts
from sayso.trace.people import joins_of
from sayso.trace.people.names import appearance_key
from sayso.trace.people.stored import StoredNames
from sayso.trace.voices import Shared, Trail
from sayso.trace.voices.copied import Copied
from sayso.vocabulary import (
    ActorRef,
    Claim,
    ClaimId,
    ClaimLink,
    CopyLink,
    Event,
    EventId,
    Finding,
    FindingId,
    FindingMatch,
    ForecastRef,
    Join,
    KnownActor,
    KnownActorId,
    Outcome,
    Reading,
    ReportId,
    StatementId,
    Telling,
)

_AT_ONCE: Final = 100  # readings in one question
_GLIMPSED: Final = 12  # members that a claim is told by in a line
_CALLED: Final = 50  # reports gone through for those with a name that by itself identifies nobody
_READINGS: Final = reading_query().where(readings.c.report.in_(bindparam("numbers", expanding=True)), where.current())


class StoredHoldings:
    """What a ledger holds, as one transaction sees it; what was looked up is remembered as long as this lives."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.copies = StoredIndex(connection)
        self._names = StoredNames(connection)
        self._copied = Copied(connection, self.copies)
        self._scenes = StoredScenes(connection, self._names, self._copied)
        self._forecasts = StoredForecasts(connection, self._names)
        self._seen = Seen()
        self._asked: dict[date, Foresight] = {}
        self._readings: dict[ReportId, Reading | None] = {}
        self._glimpses: dict[ClaimId, Glimpse] = {}

    def reading(self, report: ReportId) -> Reading | None:
        """The current reading of a report; None where it was not read."""
        self.meet([report])
        return self._readings[report]

    def meet(self, reports: Iterable[ReportId]) -> None:
        """Look up the readings of many reports at once, before they are asked for one by one."""
        fresh = [it for it in dict.fromkeys(reports) if it not in self._readings]
        self._readings |= dict.fromkeys(fresh)
        self.copies.meet(fresh)
        known = {number: it for it, number in numbers(self._connection, fresh).items()} if fresh else {}
        for start in range(0, len(known), _AT_ONCE):
            part = [*known][start : start + _AT_ONCE]
            kept = {number: it.report for number in part if (it := self.copies.kept(known[number])) is not None}
            for row in self._connection.execute(_READINGS, {"numbers": [*kept]}):
                self._readings[known[row.report]] = kept_reading(row, kept[row.report])
        if fresh:
            self._names.meet(fresh)

    def meet_texts(self, reports: Iterable[ReportId]) -> None:
        """Look up many reports at once, without their readings, before `copies` is asked for them one by one."""
        self.copies.meet(reports)

    def links(self, reports: Iterable[ReportId]) -> Collection[CopyLink]:
        """What some reports are to those that share words with them, but for numbers of a series."""
        return self._copied.near(reports)

    def beside(self, report: ReportId) -> Collection[CopyLink]:
        """What a report is to all that share words with it."""
        return links_near(self._connection, [report])

    def seek(self, text: str, moment: str, limit: int) -> Sequence[ClaimLink]:
        """The claims that a text may put, likeliest first."""
        return seek(self._connection, text, moment, limit, self._seen)

    def holding(self, text: str, limit: int) -> Sequence[ClaimLink]:
        """The claims with a statement in which nearly all words of a text stand."""
        return holding(self._connection, text, limit, self._seen)

    def claim(self, claim: ClaimId, most: int) -> Claim | None:
        """A claim with the first of its members in canonical order."""
        return claims.claim(self._connection, claim, most, self._seen)

    def size(self, claim: ClaimId) -> Size:
        """How many members a claim has, and in how many reports, as far as they are counted."""
        return claims.size(self._connection, claim, self._seen)

    def glimpses(self, wanted: Iterable[ClaimId]) -> Mapping[ClaimId, Glimpse]:
        """Claims by a few of their first members; those that are there no longer are left out."""
        asked = dict.fromkeys(wanted)
        if fresh := [it for it in asked if it not in self._glimpses]:
            self._glimpses |= claims.glimpses(self._connection, fresh, _GLIMPSED, self._seen)
        return {it: self._glimpses[it] for it in asked if it in self._glimpses}

    def stated_in(self, report: ReportId) -> Sequence[tuple[ClaimId, StatementId]]:
        """The claims that a report's statements stand in, each with the first of these."""
        return claims.stated_in(self._connection, report, self._seen)

    def suggestions(self, claim: ClaimId) -> Sequence[ClaimLink]:
        """Other claims that may be the same, never merged."""
        return claims.suggestions(self._connection, claim, self._seen)

    def moves(self, claim: ClaimId) -> Sequence[Move]:
        """The statements that were taken into or out of a claim."""
        return claims.moves(self._connection, claim)

    def meet_actors(self, actors: Iterable[ActorRef]) -> None:
        """Look up at once who many actors of reports are, before `known` is asked for them one by one."""
        found = (self._names.appearance(appearance_key(it)) for it in actors)
        self._names.meet_names(it.identified[0].key for it in found if it is not None and it.identified)

    def known(self, actor: ActorRef) -> KnownActorId | None:
        """Which actor across reports an actor of a report is."""
        return self._names.known_id(actor)

    def actors(self, name: str, limit: int) -> Sequence[KnownActor]:
        """The actors across reports who bear a name or have an id, those in most reports first."""
        named = [self._names.with_name(it) for it in self._names.keys_of(name)]
        met = [self._names.known(ref) for ref in self._called(name)] if not any(named) else []
        found = {it.id: it for it in (*named, *met) if it is not None}
        return sorted(found.values(), key=lambda it: (-it.count, it.id))[:limit]

    def joins(self, actor: KnownActor) -> Sequence[Join]:
        """The joins that make an actor one, and those only suggested; without those that somebody undid."""
        decided = self._names.decided
        keys = {it for ref in actor.members[:1] for it in self._keys(ref)}
        found = {join.id: join for it in sorted(keys) for join in joins_of(it, self._names)}
        found |= {join.id: join for join in decided.added if join.one in keys or join.other in keys}
        return [join for id_, join in sorted(found.items()) if id_ not in decided.undone]

    def event(self, event: EventId) -> Event | None:
        """An event by its id."""
        return event_by_id(event, self._scenes)

    def event_of(self, telling: Telling) -> Event | None:
        """The event that an incident of a report belongs to."""
        return event_of(telling, self._scenes)

    def events(self, wanted: WantedEvents, limit: int) -> Sequence[Event]:
        """The events that fit, latest first."""
        return events_page(wanted, self._scenes, limit).events

    def vouched(self, event: Event) -> Vouching:
        """The voices behind an event, copies counted as what they are, and its grade."""
        return vouched(event, self._scenes)

    def meet_shared(self, reports: Iterable[ReportId]) -> None:
        """Look up at once what many reports have from others, before it is asked for those of some trails."""
        self._copied.meet(reports)

    def shared(self, trails: Iterable[Trail]) -> Sequence[Shared]:
        """What the reports of some trails have from earlier ones."""
        return self._copied.behind(trails)

    def outcomes_of(self, forecast: ForecastRef, as_of: date) -> Sequence[Outcome]:
        """What became of a forecast by a day: one outcome for each voice on which it rests."""
        return [it for it in self._foresight(as_of).outcomes(forecast) if forecast in it.carriers]

    def outcomes(self, wanted: WantedForecasts, as_of: date) -> Iterator[Outcome]:
        """What became by a day of the forecasts that fit, latest first."""
        asked, after = self._foresight(as_of), None
        while True:
            page = outcomes_page(wanted, asked, after=after)
            yield from page.outcomes
            after = page.next
            if after is None:
                return

    def run(self, outcome: Outcome, as_of: date, most: int) -> Run:
        """The forecasts of the same kind that the same voice made before, of the last `most` in which it is named."""
        return run_before(outcome, self._foresight(as_of), most)

    def bearing(self, texts: Sequence[str], context: Context) -> Sequence[tuple[FindingMatch, Finding]]:
        """The findings that bear on any wording of one claim."""
        best: dict[FindingId, tuple[FindingMatch, Finding]] = {}
        for match, finding in (pair for found in bearing(self._connection, texts, context) for pair in found):
            if match.finding not in best or match.score > best[match.finding][0].score:
                best[match.finding] = match, finding
        return sorted(best.values(), key=lambda pair: (-pair[0].score, pair[0].finding))

    def _keys(self, ref: ActorRef) -> Collection[str]:
        """The keys of all names of the one whom an actor of a report is."""
        found = self._names.appearance(appearance_key(ref))
        if found is None or not found.identified:
            return ()
        return self._names.class_of(found.identified[0].key)[1]

    def _foresight(self, as_of: date) -> Foresight:
        if as_of not in self._asked:
            self._asked[as_of] = Foresight(self._forecasts, self._scenes, as_of)
        return self._asked[as_of]

    def _called(self, name: str) -> list[ActorRef]:
        """The actors of the latest reports who are called so; where nobody is, those with these words in a name."""
        bearing_it = select(names.c.reading).where(names.c.key == key(name))
        found = [*self._named(name, readings.c.number.in_(bearing_it))]
        asked = fulltext.terms(f'"{name}"')
        if not found and asked:
            holding = fulltext.matching(self._connection, asked).subquery("holding")
            found = [*self._named(name, schema.reports.c.number.in_(select(holding.c.id)))]
        return found

    def _named(self, name: str, fits: ColumnElement[bool]) -> Iterator[ActorRef]:
        wanted = set(key(name).split())
        reports = schema.reports
        query = select(reports.c.id).join(readings, readings.c.report == reports.c.number).where(fits, where.current())
        query = query.order_by(reports.c.day.desc().nulls_last(), reports.c.id).limit(_CALLED)
        found = [report_name(bytes(id_)) for id_ in self._connection.execute(query).scalars()]
        self.meet(found)
        for report in found:
            reading = self.reading(report)
            for actor in reading.actors if reading is not None else ():
                called = [key(it) for it in (actor.name, *actor.names)]
                if wanted and any(wanted <= set(it.split()) for it in called):
                    yield ActorRef(report, actor.id)
