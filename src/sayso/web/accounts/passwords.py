"""Passwords: what they have to be, and how they are kept, hashed by scrypt (RFC 7914).

scrypt comes with Python, so accounts need no further library. The default cost, 32 MB and three rounds, is one of those
that OWASP holds to be enough; every hash tells its own, so that it can be raised later.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Final

from sayso.errors import SaysoError

SHORTEST: Final = 12
LONGEST: Final = 200
_SALT: Final = 16  # bytes
_SIZE: Final = 32
_ROOM: Final = 1 << 20  # bytes beside those that the cost tells
_AT_ONCE: Final = BoundedSemaphore(2)  # each takes the memory that its cost says


@dataclass(frozen=True, slots=True)
class Cost:
    """What hashing takes: 128 * `n` * `r` bytes of memory, gone through `p` times."""

    n: int
    r: int
    p: int


STRONG: Final = Cost(2**15, 8, 3)


def checked(password: str, user: str) -> str:
    """A password that may be chosen. Raises SaysoError on any other."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise SaysoError(f"A password has {SHORTEST} to {LONGEST} characters", "Take four or five words of your own")
    if password.casefold() == user or len(set(password)) < 5:
        raise SaysoError("This password is too easily guessed", "Take four or five words of your own")
    return password


def generated() -> str:
    """A password that nobody guesses: 120 random bits."""
    return secrets.token_urlsafe(15)


def hashed(password: str, cost: Cost) -> str:
    """A password as it is kept."""
    salt = secrets.token_bytes(_SALT)
    numbers = f"{cost.n}${cost.r}${cost.p}"
    return f"scrypt${numbers}${_written(salt)}${_written(_digest(password, salt, cost))}"


def fits(password: str, kept: str | None, cost: Cost) -> bool:
    """Whether a password is the one that is kept; where none is, it takes as long to say no."""
    if kept is None:
        _digest(password, bytes(_SALT), cost)
        return False
    _, n, r, p, salt, digest = kept.split("$")
    found = _digest(password, base64.b64decode(salt), Cost(int(n), int(r), int(p)))
    return hmac.compare_digest(found, base64.b64decode(digest))


def _digest(password: str, salt: bytes, cost: Cost) -> bytes:
    plain = unicodedata.normalize("NFC", password[:LONGEST]).encode("utf-8", "replace")
    with _AT_ONCE:
        most = _ROOM + 256 * cost.n * cost.r
        return hashlib.scrypt(plain, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=most, dklen=_SIZE)


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode()
