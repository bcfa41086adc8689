"""Ledgers on both databases, for whatever is tested with one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from sayso.ledger import Ledger
from tests.ledger.servers import Server, programs, running

# What takes how long is tested where that is meant, by processor time: a busy machine breaks no property.
settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")

_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, where there is one to start."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'sayso[postgres]'")
    binaries = programs()
    if binaries is None:
        pytest.skip("there is no PostgreSQL server: apt-get install postgresql")
    with running(binaries) as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The database under test."""
    found: str = request.param
    return found


@pytest.fixture
def make(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[], Ledger]]:
    """Makes new, empty ledgers on the database under test."""
    made: list[Ledger] = []
    names: list[str] = []

    def one() -> Ledger:
        number = next(_numbers)
        if kind == "sqlite":
            made.append(Ledger(tmp_path / f"ledger-{number}.db"))
        else:
            name = f"ledger_{os.getpid()}_{number}"
            names.append(name)
            address = request.getfixturevalue("server").fresh(name)
            made.append(Ledger(address, files=tmp_path / f"{name}.files"))
        return made[-1]

    yield one
    for ledger in made:
        ledger.close()
    for name in names:
        request.getfixturevalue("server").drop(name)


@pytest.fixture
def address(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[Ledger], str]:
    """Tells where a ledger of this test is, as it was given."""

    def where(ledger: Ledger) -> str:
        if "://" not in ledger.name:
            return ledger.name
        found: Server = request.getfixturevalue("server")
        return f"{found.address}/{ledger.name.rpartition('/')[2]}"

    return where


@pytest.fixture
def ledger(make: Callable[[], Ledger]) -> Ledger:
    """A new, empty ledger."""
    return make()
