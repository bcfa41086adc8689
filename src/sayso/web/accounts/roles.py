"""Who may do what: four roles, each of which may do all that those before it may, and the scopes of tokens."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody may do. A reader looks, a reviewer decides, an editor adds, an admin also keeps the accounts."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def may(self, least: Role) -> bool:
        """Whether this role is enough where `least` is asked for."""
        return _LADDER.index(self) >= _LADDER.index(least)


class Scope(StrEnum):
    """What a token may be used for; it never may do more than whose it is."""

    READ = "read"
    REVIEW = "review"
    WRITE = "write"
    ADMIN = "admin"

    def within(self, role: Role) -> Role:
        """The role that somebody of this one has who comes with such a token."""
        own = _LADDER[[*Scope].index(self)]
        return own if role.may(own) else role


_LADDER: Final = (*Role,)
