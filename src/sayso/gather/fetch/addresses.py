"""Which IP addresses are public: none of the IANA special-purpose registries (RFC 6890), nor what carries one inside.

Ours, and not `ipaddress.is_global`, which changes with Python's version and lets the NAT64 prefix through.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_V4: Final = {
    IPv4Network(net): what
    for net, what in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
}
_V6_GLOBAL: Final = IPv6Network("2000::/3")  # all that is handed out for the public network
_V6: Final = {
    IPv6Network(net): what
    for net, what in (
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4 inside IPv6"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("ff00::/8", "multicast"),
        ("2001::/23", "reserved for protocols"),  # Teredo, benchmarks, ORCHID and AMT among them
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "for documentation"),
    )
}


def why_not_public(address: Address) -> str | None:
    """What a special address is for ("loopback"); None for a public one."""
    if isinstance(address, IPv4Address):
        return next((what for net, what in _V4.items() if address in net), None)
    special = next((what for net, what in _V6.items() if address in net), None)
    return special or (None if address in _V6_GLOBAL else "not public")
