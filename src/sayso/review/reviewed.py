"""A reading beside what people decided on it: each item with its state, what no longer fits, and the corrected reading.

A decision fits a reading where all its items stand at the same spans and are of the same kind and type; or where the
reading has, at its spans, what the decision makes of them. Else it is orphaned: shown, and never moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.review.correcting import Settled, corrected
from sayso.review.decisions import Decision, Verdict
from sayso.review.items import IN_READINGS, PASSAGES, Item, Thing, items
from sayso.review.standing import DECIDED, Standing, State, latest, live, standings
from sayso.review.values import actor_parts, checked, spans_from, values
from sayso.vocabulary import Actor, Reading


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """An item as it was read, its state, and what stands of it: one decision of each person.

    `read` are the values as this reading has them, `differs` names those that it has otherwise than the reading that
    was decided on.
    """

    item: Item
    thing: Thing
    state: State
    read: Mapping[str, Any]
    decisions: tuple[Decision, ...] = ()
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A reading and what people made of it. Nothing of `reading` is decided but what `items` say is.

    `orphans` are decisions that stand and do not fit; `corrected` is the reading with all that is settled.
    """

    reading: Reading
    items: tuple[ReviewedItem, ...]
    orphans: tuple[Decision, ...]
    corrected: Reading


def reviewed(reading: Reading, decisions: Iterable[Decision]) -> Reviewed:
    """A reading with the decisions on its report, those taken back among them, in any order."""
    read = items(reading)
    standing_by = [it for it in live(decisions) if it.kind in IN_READINGS]
    fits = {it.id: found for it in standing_by if (found := _fit(it, read, reading))}
    fitting = [it for it in standing_by if it.id in fits]
    on = standings(fitting, lambda it: fits[it.id])
    shown = tuple(_item(item, thing, on.get(item, Standing()), reading) for item, thing in read.items())
    return Reviewed(
        reading, shown, _orphans([it for it in standing_by if it.id not in fits], standing_by),
        corrected(reading, list(_settled(on, fits, read))),
    )  # fmt: skip


def _fit(it: Decision, read: Mapping[Item, Thing], reading: Reading) -> tuple[Item, ...]:
    """The items of a reading that a decision is about; none where it does not fit, or cannot be carried out."""
    try:
        if all(item in read for item in it.items):
            _carried_out(it, read[it.items[0]], reading)
            return it.items
        return it.results if all(item in read for item in it.results) else ()
    except ValueError:
        return ()


def _carried_out(it: Decision, thing: Thing, reading: Reading) -> None:
    """Raises ValueError where what a decision says cannot be done to the thing, as one from elsewhere may not."""
    if it.verdict in (Verdict.ACCEPTED, Verdict.CORRECTED):
        now = values(thing, reading)
        wanted = {name: value for name, value in it.values.items() if name in now and value != now[name]}
        checked(it.kind, wanted, now, reading)
    if it.verdict in (Verdict.MERGED, Verdict.SPLIT):
        if isinstance(thing, Actor) and it.verdict is Verdict.SPLIT:
            actor_parts(thing, it.after.get("parts"), reading.report.text)
        elif not isinstance(thing, Actor) and not it.results:
            raise ValueError("it does not say what comes of it")
        for item in it.results:
            found = [spans_from(spans, reading.report.text) for spans in item.passages]
            if len(found) != len(PASSAGES[it.kind]) or not found[0]:
                raise ValueError("what comes of it stands nowhere")


def _orphans(lost: list[Decision], all_: Iterable[Decision]) -> tuple[Decision, ...]:
    settled = {id_ for it in all_ for id_ in it.settles}
    return tuple(it for it in latest(lost, lambda it: it.items) if it.id not in settled)


def _item(item: Item, thing: Thing, standing: Standing, reading: Reading) -> ReviewedItem:
    read = values(thing, reading)
    seen = [it for it in standing.decisions if item in it.items[:1]]
    differs = {name for it in seen for name, value in it.before.items() if name in read and read[name] != value}
    return ReviewedItem(item, thing, standing.state, read, standing.decisions, tuple(sorted(differs)))


def _settled(
    on: Mapping[Item, Standing], fits: Mapping[str, tuple[Item, ...]], read: Mapping[Item, Thing]
) -> Iterable[Settled]:
    """What is to be done to the reading: of each settled item the last decision, where all its items are settled."""
    done: set[str] = set()
    for standing in on.values():
        last = standing.decisions[-1]
        fit = fits[last.id]
        agreed = all(on[item].state in DECIDED for item in fit)
        if last.id not in done and agreed:
            done.add(last.id)
            yield Settled(last, tuple(read[item] for item in fit), met=fit != last.items)
