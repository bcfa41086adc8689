"""The run of a voice's forecasts of one kind: how often it foretold the like before, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.trace.events.families import is_kind_of
from sayso.vocabulary import Outcome, OutcomeState


@dataclass(frozen=True, slots=True)
class Run:
    """The forecasts of one kind by one voice up to a day, in order, with their outcomes.

    `beyond` says that earlier forecasts were not gone through, so that there may be more.
    """

    voice: str
    kind: str
    outcomes: tuple[Outcome, ...]
    beyond: bool = False

    @property
    def counts(self) -> dict[OutcomeState, int]:
        """How many came out how."""
        found = Counter(it.state for it in self.outcomes)
        return {state: found[state] for state in OutcomeState if found[state]}

    @property
    def words(self) -> str:
        """The run in words: "foretold 7 times for 3 places: 1 followed, 5 lapsed, 1 open", or "at least 7 times"."""
        if not self.outcomes:
            return "not foretold shortly before" if self.beyond else "never foretold before"
        places = {place for it in self.outcomes for place in it.places}
        times = "once" if len(self.outcomes) == 1 else f"{len(self.outcomes)} times"
        where = f" for {len(places)} place" + ("" if len(places) == 1 else "s") if places else ""
        states = ", ".join(f"{number} {state.value}" for state, number in self.counts.items())
        return f"foretold {'at least ' if self.beyond else ''}{times}{where}: {states}"


def run(latest: Outcome, outcomes: Iterable[Outcome]) -> Run:
    """The forecasts of the same kind that the same voice made before another one."""
    earlier = [
        it for it in outcomes if it.by == latest.by and it.made < latest.made and is_kind_of(it.type, latest.type)
    ]
    return Run(latest.voice, latest.type.value, tuple(sorted(earlier, key=lambda it: (it.made, it.carriers[0].report))))
