"""Users: a name, a role and a password each. There is always an admin among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from sayso.errors import SaysoError
from sayso.web.accounts import passwords
from sayso.web.accounts.audit import By, moment, note
from sayso.web.accounts.roles import Role
from sayso.web.accounts.store import Store, changing, looking
from sayso.web.accounts.tables import members, sessions, tokens, tries, users

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in; `made` is when the account was (UTC, ISO 8601)."""

    name: str
    role: Role
    made: str


def add(store: Store, name: str, role: Role, password: str, by: By) -> None:
    """Add somebody. Raises SaysoError where the name or the password will not do, or the first one is no admin."""
    if not _NAME.fullmatch(name):
        raise SaysoError(f"{name!r} cannot be a name", "Use small letters, digits, and . _ - @, at most 64")
    kept = passwords.hashed(passwords.checked(password, name), store.cost)
    with changing(store) as connection:
        if connection.execute(select(users.c.name).where(users.c.name == name)).first() is not None:
            raise SaysoError(f"There is a user {name} already", "Choose another name, or give them another password")
        if role is not Role.ADMIN and not _admins(connection):
            raise SaysoError("The first user has to be an admin", f"Give {name} the role admin, or add an admin first")
        connection.execute(users.insert().values(name=name, role=role.value, password=kept, made=store.now))
        connection.execute(tries.delete().where(tries.c.key == f"user {name}"))
        note(connection, store.now, by, "user added", f"{name} as {role}")


def all_users(store: Store) -> tuple[User, ...]:
    """The users by their names."""
    with looking(store) as connection:
        rows = connection.execute(select(users.c.name, users.c.role, users.c.made).order_by(users.c.name)).all()
    return tuple(User(row.name, Role(row.role), moment(row.made)) for row in rows)


def give_role(store: Store, name: str, role: Role, by: By) -> None:
    """Give somebody another role. Raises SaysoError where there is no such user, or no admin would be left."""
    with changing(store) as connection:
        _found(connection, name)
        if role is not Role.ADMIN:
            _leave_an_admin(connection, name)
        connection.execute(users.update().where(users.c.name == name).values(role=role.value))
        note(connection, store.now, by, "role given", f"{name}: {role}")


def give_password(store: Store, name: str, password: str, by: By) -> None:
    """Give somebody another password; they are logged out everywhere. Raises SaysoError."""
    kept = passwords.hashed(passwords.checked(password, name), store.cost)
    with changing(store) as connection:
        _found(connection, name)
        connection.execute(users.update().where(users.c.name == name).values(password=kept))
        connection.execute(sessions.delete().where(sessions.c.user == name))
        connection.execute(tries.delete().where(tries.c.key == f"user {name}"))
        note(connection, store.now, by, "password changed", name)


def remove(store: Store, name: str, by: By) -> None:
    """Remove somebody, with sessions, tokens and places in teams. Raises SaysoError as `give_role` does."""
    with changing(store) as connection:
        _found(connection, name)
        _leave_an_admin(connection, name)
        for table in (sessions, tokens, members):
            connection.execute(table.delete().where(table.c.user == name))
        connection.execute(users.delete().where(users.c.name == name))
        note(connection, store.now, by, "user removed", name)


def password_of(connection: Connection, name: str) -> str | None:
    """The password of somebody as it is kept; None where there is nobody of this name."""
    kept: str | None = connection.execute(select(users.c.password).where(users.c.name == name)).scalar()
    return kept


def _found(connection: Connection, name: str) -> None:
    if connection.execute(select(users.c.name).where(users.c.name == name)).first() is None:
        raise SaysoError(f"There is no user {name}", "See the list of users")


def _leave_an_admin(connection: Connection, name: str) -> None:
    if _admins(connection) == [name]:
        raise SaysoError(f"{name} is the only admin", "Make somebody else an admin first")


def _admins(connection: Connection) -> list[str]:
    return list(connection.execute(select(users.c.name).where(users.c.role == Role.ADMIN.value)).scalars())
