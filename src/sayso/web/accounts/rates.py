"""How often somebody may ask: a bucket for each, filled by so much a second up to a brim; who finds it empty waits."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock
from typing import Final

_MOST: Final = 20_000  # buckets that are kept; of more those go that were not asked for longest


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests a second somebody may make in the long run, and how many at once."""

    a_second: float
    at_once: int


class Buckets:
    """The buckets of those who ask, for as long as this process lives."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()  # what is left, and as of when
        self._lock = Lock()

    def wait(self, key: str, rate: Rate, now: float) -> int:
        """Take one request out of a bucket; for how many seconds to wait where there is none left, else 0."""
        with self._lock:
            left, since = self._held.pop(key, (float(rate.at_once), now))
            left = min(float(rate.at_once), left + max(0.0, now - since) * rate.a_second)
            is_let = left >= 1
            self._held[key] = (left - 1 if is_let else left, now)
            if len(self._held) > _MOST:
                self._held.popitem(last=False)
        return 0 if is_let else max(1, ceil((1 - left) / rate.a_second))


def address_key(address: str) -> str:
    """What an address is counted under: of IPv6 the network that one household has."""
    try:
        found = ip_address(address)
    except ValueError:
        return "address unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return f"address {IPv6Address(int(found) >> 64 << 64)}/64"
    return f"address {found}"
