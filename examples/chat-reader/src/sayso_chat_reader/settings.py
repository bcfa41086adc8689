"""The settings, all from the environment: SAYSO_CHAT_URL and SAYSO_CHAT_MODEL have to be there."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from sayso.errors import ReaderMissing

_SECONDS: Final = 120.0
_FORM: Final = "Write it as http://127.0.0.1:8080/v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the model is, and how long it may take over one part of a text, all tries together."""

    scheme: str
    host: str
    port: int
    path: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = _SECONDS


def settings() -> Settings:
    """The settings in the environment. Raises ReaderMissing, which names the one that is not right."""
    url, model = os.environ.get("SAYSO_CHAT_URL", ""), os.environ.get("SAYSO_CHAT_MODEL", "")
    key = os.environ.get("SAYSO_CHAT_KEY", "")
    if not url or not model:
        missing = "SAYSO_CHAT_URL" if not url else "SAYSO_CHAT_MODEL"
        raise ReaderMissing(
            f"{missing} is not set",
            "Set SAYSO_CHAT_URL and SAYSO_CHAT_MODEL; see docs/readers.md",
        )
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise ReaderMissing(
            f"SAYSO_CHAT_URL is no address ({error})", "Write it as http://127.0.0.1:8080/v1"
        ) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        problem = "SAYSO_CHAT_URL is not the plain address of an endpoint"
        raise ReaderMissing(problem, f"{_FORM}; the key goes into SAYSO_CHAT_KEY")
    if key and parts.scheme == "http" and not _is_own(parts.hostname):
        raise ReaderMissing("SAYSO_CHAT_KEY would go over the network in clear", "Use an https address")
    if not key.isascii() or not key.isprintable():
        raise ReaderMissing("SAYSO_CHAT_KEY has characters that no header may have", "Set it again")
    path = f"{parts.path.rstrip('/')}/chat/completions"
    return Settings(parts.scheme, parts.hostname, port, path, model, key, _seconds())


def _seconds() -> float:
    given = os.environ.get("SAYSO_CHAT_SECONDS") or str(_SECONDS)
    try:
        seconds = float(given)
    except ValueError as error:
        raise ReaderMissing(f"SAYSO_CHAT_SECONDS is {given!r}, which is no number", "Write it as 120") from error
    if not 0 < seconds <= 86_400:
        raise ReaderMissing(f"SAYSO_CHAT_SECONDS is {given!r}, which is out of range", "Write it as 120")
    return seconds


def _is_own(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
