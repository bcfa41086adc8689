"""Tokens for the API: shown once, kept hashed, for a scope, until a day; they come as `Authorization: Bearer …`."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from sayso.errors import SaysoError
from sayso.web.accounts.audit import By, moment, note
from sayso.web.accounts.callers import Caller
from sayso.web.accounts.roles import Role, Scope
from sayso.web.accounts.store import Store, changing, looking
from sayso.web.accounts.tables import tokens, users

PREFIX: Final = "sayso_"
DAYS: Final = 90
MOST_DAYS: Final = 366
_DAY: Final = 24 * 3600
_LONGEST: Final = 200  # characters of what somebody sends as one
_MOST: Final = 50  # of one user
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret. `made`, `until` and `used` are moments; `used` is the day of the last use, or ""."""

    id: str
    user: str
    name: str
    scope: Scope
    made: str
    until: str
    used: str


def make(store: Store, user: str, name: str, scope: Scope, days: int, by: By) -> str:
    """The token itself, which is told this once. Raises SaysoError."""
    named = " ".join(name.split())[:_LONGEST_NAME]
    if not named:
        raise SaysoError("A token needs a name", "Say what it is for")
    if not 1 <= days <= MOST_DAYS:
        raise SaysoError(f"A token lasts 1 to {MOST_DAYS} days", "Choose fewer, and make another in time")
    held, now = f"{PREFIX}{secrets.token_urlsafe(32)}", store.now
    id_ = f"t-{secrets.token_hex(6)}"
    with changing(store) as connection:
        if connection.execute(select(users.c.name).where(users.c.name == user)).first() is None:
            raise SaysoError(f"There is no user {user}", "See the list of users")
        connection.execute(tokens.delete().where(tokens.c.until <= now))
        if len(connection.execute(select(tokens.c.id).where(tokens.c.user == user)).all()) >= _MOST:
            raise SaysoError(f"{user} has {_MOST} tokens already", "Revoke those that are not used")
        connection.execute(tokens.insert().values(
            id=id_, secret=_secret(held), user=user, name=named, scope=scope.value, made=now, until=now + days * _DAY,
            used=None,
        ))  # fmt: skip
        note(connection, now, by, "token made", f"{id_} of {user} to {scope}")
    return held


def caller(store: Store, held: str) -> Caller | None:
    """Who comes with a token; None where it is none, has run out or was revoked."""
    if not held.startswith(PREFIX) or len(held) > _LONGEST:
        return None
    now, secret = store.now, _secret(held)
    query = select(tokens.c.id, tokens.c.user, tokens.c.scope, tokens.c.used, users.c.role)
    query = query.join(users, users.c.name == tokens.c.user)
    with looking(store) as connection:
        row = connection.execute(query.where(tokens.c.secret == secret, tokens.c.until > now)).first()
    if row is None:
        return None
    today = now - now % _DAY
    if row.used != today:
        with changing(store) as connection:
            connection.execute(tokens.update().where(tokens.c.id == row.id).values(used=today))
    return Caller(row.user, Scope(row.scope).within(Role(row.role)), row.id)


def all_tokens(store: Store, user: str | None = None) -> tuple[Token, ...]:
    """The tokens that have not run out, of one user or of all, by user and time."""
    query = select(tokens).where(tokens.c.until > store.now).order_by(tokens.c.user, tokens.c.made, tokens.c.id)
    if user is not None:
        query = query.where(tokens.c.user == user)
    with looking(store) as connection:
        rows = connection.execute(query).all()
    return tuple(
        Token(
            it.id, it.user, it.name, Scope(it.scope), moment(it.made), moment(it.until),
            moment(it.used)[:10] if it.used is not None else "",
        )
        for it in rows
    )  # fmt: skip


def revoke(store: Store, id_: str, by: By, owner: str | None = None) -> None:
    """Take a token back; only one of `owner` where that is given. Raises SaysoError where there is no such token."""
    with changing(store) as connection:
        own = [tokens.c.user == owner] if owner is not None else []
        done = connection.execute(tokens.delete().where(tokens.c.id == id_, *own))
        if not done.rowcount:
            raise SaysoError(f"There is no token {id_[:40]}", "See the list of tokens")
        note(connection, store.now, by, "token revoked", id_)


def _secret(held: str) -> bytes:
    return hashlib.sha256(held.encode("utf-8", "replace")).digest()
