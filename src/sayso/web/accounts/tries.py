"""Tries to log in: ten that fail shut a name, and an address, for a quarter of an hour, whoever has that name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, select, text

from sayso.web.accounts.rates import address_key
from sayso.web.accounts.tables import tries

MOST: Final = 10
SHUT: Final = 15 * 60  # seconds

_ONE_MORE: Final = text(
    "INSERT INTO desk_tries (key, count, since) VALUES (:key, 1, :now)"
    " ON CONFLICT (key) DO UPDATE SET count = desk_tries.count + 1, since = excluded.since"
)


def keys(name: str, address: str) -> tuple[str, ...]:
    """What a try is counted under; of IPv6 the network, in which somebody has any number of addresses."""
    return f"user {name[:64]}", address_key(address)


def shut_for(connection: Connection, asked: Iterable[str], now: int) -> int:
    """For how many seconds somebody is still shut out; 0 where they are not."""
    wanted = [*asked]
    query = select(tries.c.since).where(tries.c.key.in_(wanted), tries.c.count >= MOST, tries.c.since > now - SHUT)
    return max((since + SHUT - now for since in connection.execute(query).scalars()), default=0)


def count(connection: Connection, asked: Iterable[str], now: int) -> None:
    """Count a try before its password is looked at, so that many at once are no way around; old ones go."""
    connection.execute(tries.delete().where(tries.c.since <= now - SHUT))
    for key in asked:
        connection.execute(_ONE_MORE, {"key": key, "now": now})


def forgive(connection: Connection, asked: Iterable[str]) -> None:
    """Count no more tries against somebody who got in."""
    connection.execute(tries.delete().where(tries.c.key.in_([*asked])))
