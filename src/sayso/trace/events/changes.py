"""What became of events when reports came in: nothing is reshuffled without a trace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.vocabulary import Event, EventId


@dataclass(frozen=True, slots=True)
class Change:
    """Events that were (`before`) and what they are now (`after`).

    `kind` is "new", "gone", "grown" (more reports), "renamed" (an earlier first report), "merged" or "split".
    """

    kind: str
    before: tuple[EventId, ...]
    after: tuple[EventId, ...]


def changes(before: Iterable[Event], after: Iterable[Event]) -> tuple[Change, ...]:
    """How some events became others, those that stayed as they were left out."""
    old, new = {it.id: it for it in before}, {it.id: it for it in after}
    was = {telling: it.id for it in old.values() for telling in it.tellings}
    now = {telling: it.id for it in new.values() for telling in it.tellings}
    came_from: dict[EventId, set[EventId]] = defaultdict(set)
    went_to: dict[EventId, set[EventId]] = defaultdict(set)
    for telling in was.keys() & now.keys():
        came_from[now[telling]].add(was[telling])
        went_to[was[telling]].add(now[telling])
    out = [Change("gone", (name,), ()) for name in old if name not in went_to]
    out += [Change("split", (name,), tuple(sorted(ends))) for name, ends in went_to.items() if len(ends) > 1]
    for name, event in new.items():
        sources = tuple(sorted(came_from[name]))
        if len(sources) == 1 and old[sources[0]].tellings == event.tellings:
            continue
        kind = "merged" if len(sources) > 1 else "new" if not sources else "grown" if sources == (name,) else "renamed"
        if kind != "renamed" or len(went_to[sources[0]]) == 1:
            out.append(Change(kind, sources, (name,)))
    return tuple(sorted(out, key=lambda it: (it.kind, it.before, it.after)))
