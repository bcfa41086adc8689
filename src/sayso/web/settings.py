"""What a desk is told when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a desk behaves.

    `hosts` are the names under which it may be asked for, without a port: any other Host is refused, so that no
    foreign name can be pointed at it. `banner` is a line that stands on top of every page.
    """

    hosts: tuple[str, ...] = LOOPBACK
    banner: str = ""


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine and nobody else's way in."""
    from ipaddress import ip_address

    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
