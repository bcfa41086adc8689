"""What a desk is told when it is opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sayso.web.accounts.rates import Rate
from sayso.web.jobs.bounds import Bounds

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
USERS: Final = Rate(20, 300)
STRANGERS: Final = Rate(2, 60)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a desk behaves.

    `hosts` are the names under which it may be asked for, without a port: any other Host is refused, so that no
    foreign name can be pointed at it. `banner` is a line that stands on top of every page. `secure` says that people
    reach it over TLS alone. `users` and `strangers` are how often those may ask who are logged in, each user and each
    token, and those who are not, each address; without accounts nothing is counted. `query_seconds` is how long
    one question of a page to the database may take. `reviewer` is the name under which
    decisions are made where there are no accounts; without it people are asked. `bounds` are on what is sent in.
    """

    hosts: tuple[str, ...] = LOOPBACK
    banner: str = ""
    secure: bool = False
    users: Rate = USERS
    strangers: Rate = STRANGERS
    query_seconds: float = 2.0
    reviewer: str = ""
    bounds: Bounds = field(default_factory=Bounds)


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine and nobody else's way in."""
    from ipaddress import ip_address

    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
