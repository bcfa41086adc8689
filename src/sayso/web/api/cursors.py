"""Marks of a place in a list, as clients get them: opaque, and good only for the list they were given with."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Final

from sayso.web.api.refusals import BadParameter

_DIGITS: Final = 12


def cursor(path: str, asked: Mapping[str, object], mark: str) -> str:
    """A mark of a list, which is told by its path and what it was asked for."""
    data = f"{_list(path, asked)}{mark}".encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def mark(path: str, asked: Mapping[str, object], given: str) -> str:
    """The mark in a cursor. Raises BadParameter where it is none, or of another list."""
    try:
        data = base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise broken() from error
    if not data.startswith(_list(path, asked)):
        raise broken()
    return data[_DIGITS:]


def broken() -> BadParameter:
    """That a cursor is no mark of this list."""
    said = "This is no cursor of this list"
    return BadParameter(said, "Follow `next` as it was given, with nothing else changed", "query.cursor")


def _list(path: str, asked: Mapping[str, object]) -> str:
    said = json.dumps([path, sorted((name, str(value)) for name, value in asked.items() if value is not None)])
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]
