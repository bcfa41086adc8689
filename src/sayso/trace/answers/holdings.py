"""What answers ask of what is kept: reports and readings, and everything that was derived from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from sayso.record import Context
from sayso.trace.claims.asking import Glimpse, Move, Size
from sayso.trace.copies import Index
from sayso.trace.events import Vouching
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.forecasts import Run
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.trace.voices import Shared, Trail
from sayso.vocabulary import (
    ActorRef,
    Claim,
    ClaimId,
    ClaimLink,
    CopyLink,
    Event,
    EventId,
    Finding,
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


class Holdings(Protocol):
    """What a ledger holds, at one moment. Every answer depends on what was added, never on the order."""

    @property
    def copies(self) -> Index:
        """The texts and their fingerprints."""

    def reading(self, report: ReportId) -> Reading | None:
        """The current reading of a report; None where it was not read."""

    def meet(self, reports: Iterable[ReportId]) -> None:
        """Look up the readings of many reports at once, before they are asked for one by one."""

    def meet_texts(self, reports: Iterable[ReportId]) -> None:
        """Look up many reports at once, without their readings, before `copies` is asked for them one by one."""

    def links(self, reports: Iterable[ReportId]) -> Collection[CopyLink]:
        """What some reports are to those that share words with them, but for numbers of a series."""

    def beside(self, report: ReportId) -> Collection[CopyLink]:
        """What a report is to all that share words with it."""

    def seek(self, text: str, moment: str, limit: int) -> Sequence[ClaimLink]:
        """The claims that a text may put, likeliest first; `report` and `statement` name the member most like it."""

    def holding(self, text: str, limit: int) -> Sequence[ClaimLink]:
        """The claims with a statement in which nearly all words of a text stand; the link names it."""

    def claim(self, claim: ClaimId, most: int) -> Claim | None:
        """A claim with the first of its members in canonical order."""

    def size(self, claim: ClaimId) -> Size:
        """How many members a claim has, and in how many reports, as far as they are counted."""

    def glimpses(self, wanted: Iterable[ClaimId]) -> Mapping[ClaimId, Glimpse]:
        """Claims by a few of their first members; those that are there no longer are left out."""

    def stated_in(self, report: ReportId) -> Sequence[tuple[ClaimId, StatementId]]:
        """The claims that a report's statements stand in, each with the first of these, in order of the statements."""

    def suggestions(self, claim: ClaimId) -> Sequence[ClaimLink]:
        """Other claims that may be the same, never merged."""

    def moves(self, claim: ClaimId) -> Sequence[Move]:
        """The statements that were taken into or out of a claim."""

    def meet_actors(self, actors: Iterable[ActorRef]) -> None:
        """Look up at once who many actors of reports are, before `known` is asked for them one by one."""

    def known(self, actor: ActorRef) -> KnownActorId | None:
        """Which actor across reports an actor of a report is; None where no name tells."""

    def actors(self, name: str, limit: int) -> Sequence[KnownActor]:
        """The actors across reports who bear a name, those in most reports first."""

    def joins(self, actor: KnownActor) -> Sequence[Join]:
        """The joins that make an actor one, and those only suggested."""

    def event(self, event: EventId) -> Event | None:
        """An event by its id."""

    def event_of(self, telling: Telling) -> Event | None:
        """The event that an incident of a report belongs to."""

    def events(self, wanted: WantedEvents, limit: int) -> Sequence[Event]:
        """The events that fit, latest first."""

    def vouched(self, event: Event) -> Vouching:
        """The voices behind an event, copies counted as what they are, and its grade."""

    def meet_shared(self, reports: Iterable[ReportId]) -> None:
        """Look up at once what many reports have from others, before it is asked for those of some trails."""

    def shared(self, trails: Iterable[Trail]) -> Sequence[Shared]:
        """What the reports of some trails have from earlier ones."""

    def outcomes_of(self, forecast: ForecastRef, as_of: date) -> Sequence[Outcome]:
        """What became of a forecast by a day: one outcome for each voice on which it rests."""

    def outcomes(self, wanted: WantedForecasts, as_of: date) -> Iterator[Outcome]:
        """What became by a day of the forecasts that fit, latest first, worked out as they are taken."""

    def run(self, outcome: Outcome, as_of: date, most: int) -> Run:
        """The forecasts of the same kind that the same voice made before, of the last `most` in which it is named."""

    def bearing(self, texts: Sequence[str], context: Context) -> Sequence[tuple[FindingMatch, Finding]]:
        """The findings that bear on any wording of one claim, each once with its best match, likeliest first."""
