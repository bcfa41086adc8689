"""Addresses of the web (RFC 3986), read strictly: what two parsers could take differently is refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from sayso.errors import Refused
from sayso.gather.fetch.addresses import Address

_PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 8_000
_SAFE: Final = "%/:=&?~#+!$,;'@()*[]"
_BAD: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_DEVIANT: Final = frozenset("ßς\u200c\u200d")  # the old and the new rules for such names (IDNA) lead to different sites
_CURE: Final = "Give the address as a browser shows it"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. `literal` is the host as an IP address, if it is one; `path` includes the query."""

    scheme: str
    host: str
    port: int
    path: str
    literal: Address | None = None

    @property
    def authority(self) -> str:
        """The host, and the port where it is not the scheme's own."""
        host = f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        """Scheme and authority: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.site + self.path


def target(address: str) -> Target:
    """The target an address names. Raises Refused for any but plain http and https addresses."""
    if len(address) > _LONGEST or _BAD.search(address):
        raise Refused(
            address[:200], "the address is too long, or holds spaces or characters that have no place in one", _CURE
        )
    try:
        parts = urlsplit(address)
        port, name = parts.port, parts.hostname
    except ValueError as error:
        raise Refused(address, f"this is no address ({error})", _CURE) from error
    if parts.scheme not in _PORTS:
        raise Refused(address, "only http and https are fetched", "Save the document and give the file")
    if "@" in parts.netloc:
        raise Refused(address, "the address holds a user name", "Leave it out: nothing is sent but the request")
    if not name:
        raise Refused(address, "the address names no host", _CURE)
    host, literal = _host(name, address, bracketed="[" in parts.netloc)
    path = quote(parts.path or "/", safe=_SAFE.replace("?", "").replace("#", ""))
    query = f"?{quote(parts.query, safe=_SAFE.replace('#', ''))}" if parts.query else ""
    return Target(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, path + query, literal)


def onward(here: Target, location: str) -> Target:
    """The target of a redirect from `here`. Raises Refused."""
    try:
        return target(urljoin(str(here), location.strip()))
    except ValueError as error:
        raise Refused(str(here), f"it leads to what is no address ({error})", "Give the final address") from error


def _host(name: str, address: str, *, bracketed: bool) -> tuple[str, Address | None]:
    if bracketed:
        try:
            literal = IPv6Address(name)
        except AddressValueError as error:
            raise Refused(address, f"this is no IPv6 address ({error})", _CURE) from error
        if literal.scope_id:
            raise Refused(address, "the address names a network interface", _CURE)
        return str(literal), literal
    host = _ascii(name, address).removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # resolvers take 0x7f000001, 2130706433, 0177.0.0.1 and 127.1 for 127.0.0.1
        try:
            return host, IPv4Address(host)
        except AddressValueError as error:
            raise Refused(address, "the host is a number in an unusual form", "Write it as four numbers") from error
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise Refused(address, "this is no host name", _CURE)
    return host, None


def _ascii(name: str, address: str) -> str:
    """The name as the DNS has it (RFC 3490)."""
    if name.isascii():
        return name.lower()
    if _DEVIANT.intersection(name):
        raise Refused(address, "the host name may mean two sites", "Write it in its xn-- form")
    try:
        return unicodedata.normalize("NFKC", name).encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise Refused(address, f"this is no host name ({error})", _CURE) from error
