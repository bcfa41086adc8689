"""Who asks: what every request is answered for."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.web.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who is logged in, or comes with a token (its id), in a role."""

    name: str
    role: Role
    token: str | None = None
