"""Sessions: logging in and out. A cookie holds a random name of which only the hash is kept.

A session ends after twelve hours without a request and after a week whatever is done. Logging in always makes a new
one, so that one known before is worth nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from sqlalchemy import select

from sayso.errors import SaysoError
from sayso.web.accounts import passwords, tries
from sayso.web.accounts.audit import By, note
from sayso.web.accounts.callers import Caller
from sayso.web.accounts.roles import Role
from sayso.web.accounts.store import Store, changing, looking
from sayso.web.accounts.tables import sessions, users
from sayso.web.accounts.users import give_password, password_of

IDLE: Final = 12 * 3600  # seconds
LONGEST: Final = 7 * 24 * 3600
_TOUCHED: Final = 60  # how often at most it is noted that a session is in use
_WRONG: Final = "The name or the password is not right"
_CURE: Final = "Try again; after ten tries there is a pause of a quarter of an hour"


class ShutOut(SaysoError):
    """Too many tries to log in have failed. `seconds` says for how long there are no more."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many tries to log in have failed", "Wait a quarter of an hour, or ask an admin")
        self.seconds = seconds


class WrongPassword(SaysoError):
    """The name or the password is not right; which of the two is not said."""


def log_in(store: Store, name: str, password: str, address: str, before: str | None) -> str:
    """What the cookie of a new session holds; `before` is what an older one held, which ends.

    Raises ShutOut, WrongPassword.
    """
    known = name.strip().lower()[:64]
    kept = _tried(store, known, password, address)
    held, now = secrets.token_urlsafe(32), store.now
    with changing(store) as connection:
        if password_of(connection, known) != kept:  # it was changed meanwhile
            raise WrongPassword(_WRONG, _CURE)
        connection.execute(sessions.delete().where(sessions.c.until <= now))
        if before is not None:
            connection.execute(sessions.delete().where(sessions.c.id == _id(before)))
        connection.execute(sessions.insert().values(id=_id(held), user=known, made=now, seen=now, until=now + LONGEST))
        note(connection, now, By(known, address), "logged in")
    return held


def caller(store: Store, held: str) -> Caller | None:
    """Who comes with what a cookie holds; None where the session has ended, or there is none."""
    now, id_ = store.now, _id(held)
    query = select(sessions.c.user, sessions.c.seen, users.c.role).join(users, users.c.name == sessions.c.user)
    with looking(store) as connection:
        row = connection.execute(
            query.where(sessions.c.id == id_, sessions.c.until > now, sessions.c.seen > now - IDLE)
        ).first()
    if row is None:
        return None
    if row.seen <= now - _TOUCHED:
        with changing(store) as connection:
            connection.execute(sessions.update().where(sessions.c.id == id_).values(seen=now))
    return Caller(row.user, Role(row.role))


def log_out(store: Store, held: str, by: By) -> None:
    """End one session."""
    with changing(store) as connection:
        connection.execute(sessions.delete().where(sessions.c.id == _id(held)))
        note(connection, store.now, by, "logged out")


def log_out_everywhere(store: Store, by: By) -> None:
    """End all sessions of somebody."""
    with changing(store) as connection:
        connection.execute(sessions.delete().where(sessions.c.user == by.who))
        note(connection, store.now, by, "logged out everywhere")


def count_of(store: Store, user: str) -> int:
    """How many sessions somebody has open."""
    now = store.now
    query = select(sessions.c.id).where(sessions.c.user == user, sessions.c.until > now, sessions.c.seen > now - IDLE)
    with looking(store) as connection:
        return len(connection.execute(query).all())


def change_password(store: Store, user: str, old: str, new: str, address: str) -> None:
    """Let somebody change their own password, which ends all their sessions.

    Raises ShutOut, WrongPassword, and SaysoError where the new one will not do.
    """
    _tried(store, user, old, address)
    give_password(store, user, new, By(user, address))


def _tried(store: Store, name: str, password: str, address: str) -> str | None:
    """The password of somebody as it is kept, if this is it. Raises ShutOut, WrongPassword."""
    asked = tries.keys(name, address)
    with changing(store) as connection:
        if seconds := tries.shut_for(connection, asked, store.now):
            raise ShutOut(seconds)
        tries.count(connection, asked, store.now)
        kept = password_of(connection, name)
    is_right = passwords.fits(password, kept, store.cost)
    with changing(store) as connection:
        if is_right:
            tries.forgive(connection, asked)
        else:
            note(connection, store.now, By("", address), "password refused", name)
    if not is_right:
        raise WrongPassword(_WRONG, _CURE)
    return kept


def _id(held: str) -> bytes:
    return hashlib.sha256(held.encode("utf-8", "replace")).digest()
