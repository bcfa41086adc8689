"""What may be reached: names are resolved, every address is checked, and only checked ones are connected to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

from sayso.errors import FetchFailed, Refused
from sayso.gather.fetch.addresses import Address, Network, why_not_public
from sayso.gather.fetch.target import Target

if TYPE_CHECKING:
    import ssl

Resolver = Callable[[str, int], Sequence[str]]


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Every address the system knows for a name. Raises OSError if there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@cache
def system_trust() -> ssl.SSLContext:
    """TLS with the certificates that the system and certifi trust."""
    import ssl

    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be reached, and how. `allowed` are networks that may be, although they are not public."""

    resolve: Resolver = system_resolver
    allowed: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset((80, 443))
    trust: Callable[[], ssl.SSLContext] = system_trust


PUBLIC = Reach()


def checked(target: Target, reach: Reach) -> list[Address]:
    """The addresses of a target, every one of which may be reached.

    One that may not is enough to refuse the name. Raises Refused, or FetchFailed where the name is not known.
    """
    origin = str(target)
    if target.port not in reach.ports:
        raise Refused(origin, f"port {target.port} is not one that pages come from", "Use an address without a port")
    addresses = [target.literal] if target.literal else _resolved(target, reach)
    for address in addresses:
        allowed = any(address.version == net.version and address in net for net in reach.allowed)
        if not allowed and (reason := why_not_public(address)):
            raise Refused(origin, f"it leads to {address} ({reason}), which is no public address", "Give a public page")
    return addresses


def _resolved(target: Target, reach: Reach) -> list[Address]:
    try:
        found = [ip_address(text) for text in reach.resolve(target.host, target.port)]
    except (OSError, UnicodeError) as error:
        problem = f"the name of the host is not known ({error})"
        raise FetchFailed(str(target), problem, "Check the address and the connection") from error
    except ValueError as error:
        raise Refused(str(target), f"its name leads to what is no address ({error})", "Give a public page") from error
    if not found:
        raise FetchFailed(str(target), "the name of the host leads nowhere", "Check the address")
    return found
