"""The accounts of one happening -> an event: every field with its versions by source."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from sayso.trace.events.accounts import Account
from sayso.trace.events.fit import fit
from sayso.vocabulary import Event, EventId, Harm, People, Telling, Toll, TollVersion, Version

_HELD_AGAINST: Final = 20  # earlier accounts among which the best match of an account is looked for


def event(accounts: Sequence[Account]) -> Event:
    """The event that accounts of one happening make, whatever their order. Its id is that of its first account."""
    order = sorted(accounts, key=lambda it: it.order)
    started = sorted(it.start for it in order if it.start)
    ended = sorted(it.end for it in order if it.end)
    return Event(
        event_id(order[0].telling),
        tuple(it.telling for it in order),
        _versions((it.scene.type.value, it.telling) for it in order),
        _versions((it.status.value, it.telling) for it in order),
        _versions((_days(it), it.telling) for it in order),
        _versions((_where(it), it.telling) for it in order),
        _tolls(order),
        tuple(blame for it in order for blame in it.blames),
        started[0] if started else None,
        ended[-1] if ended else None,
        _reasons(order),
        all(it.background for it in order),
    )


def event_id(first: Telling) -> EventId:
    """The id of the event whose first account this is."""
    return EventId("e-" + hashlib.sha256(f"{first.report}\n{first.incident}".encode()).hexdigest()[:16])


def _versions(given: Iterable[tuple[str, Telling]]) -> tuple[Version, ...]:
    """The versions of a field, most told first, then in order of first telling; what is not told is no version."""
    by_value: dict[str, list[Telling]] = defaultdict(list)
    for value, telling in given:
        if value:
            by_value[value].append(telling)
    found = sorted(by_value.items(), key=lambda pair: -len({it.report for it in pair[1]}))
    return tuple(Version(value, tuple(dict.fromkeys(tellings))) for value, tellings in found)


def _days(account: Account) -> str:
    """The days as an ISO 8601 interval, or a single day."""
    start, end = account.start, account.end
    if start is None and end is None:
        return ""
    return start if start is not None and start == end else f"{start or '..'}/{end or '..'}"


def _where(account: Account) -> str:
    """The finest place, with what it lies in."""
    spots = account.scene.spots
    return ", ".join(dict.fromkeys((spots[0].name, *spots[0].within))) if spots else ""


def _tolls(order: Sequence[Account]) -> tuple[Toll, ...]:
    found: dict[tuple[Harm, People], list[TollVersion]] = defaultdict(list)
    for account in order:
        for told in account.told:
            number = told.number
            version = TollVersion(number.low, number.high, told.text, account.telling, told.voucher, told.source)
            found[number.harm, number.who].append(version)
    kinds = sorted(found, key=lambda kind: (list(Harm).index(kind[0]), list(People).index(kind[1])))
    return tuple(_toll(*kind, found[kind]) for kind in kinds)


def _toll(harm: Harm, who: People, versions: Sequence[TollVersion]) -> Toll:
    low = min(it.low for it in versions)
    bounded = [it.high for it in versions if it.high is not None]
    reached = max(it.low for it in versions)
    is_open = any(it.high is None and it.low >= max(bounded, default=0) for it in versions)
    return Toll(harm, who, low, None if is_open else max([reached, *bounded]), tuple(dict.fromkeys(versions)))


def _reasons(order: Sequence[Account]) -> tuple[str, ...]:
    """For each further account why it tells of the same happening as an earlier one."""
    out = []
    for i, account in enumerate(order[1:], 1):
        earlier = order[: min(i, _HELD_AGAINST)]
        fits = [fit(account.scene, other.scene) for other in earlier]
        best = max(range(len(fits)), key=lambda j: (fits[j].score, -j))
        out.append(
            f"{_named(account.telling)} with {_named(earlier[best].telling)} ({fits[best].score:.2f}): "
            + "; ".join(fits[best].reasons)
        )
    return tuple(out)


def _named(telling: Telling) -> str:
    return f"report {telling.report}, incident {telling.incident}"
