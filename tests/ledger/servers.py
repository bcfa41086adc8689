"""A real PostgreSQL server for the length of the tests: a free port, a temporary folder, nobody's data."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SETTINGS = "fsync=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `address` has no database yet."""

    address: str

    def fresh(self, name: str) -> str:
        """The address of a new, empty database."""
        import psycopg

        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return f"{self.address}/{name}"

    def drop(self, name: str) -> None:
        """Delete a database."""
        import psycopg

        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def programs() -> Path | None:
    """The folder of the newest server there is: Debian keeps them by version, others have it in the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    postgres = shutil.which("postgres")
    return Path(postgres).resolve().parent if postgres else None


@contextmanager
def running(binaries: Path) -> Iterator[Server]:
    """A server that is gone afterwards, with all its data."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-postgres-"))
    data, port = folder / "data", _free_port()
    user = _other_user()
    if user:
        os.chown(folder, user["user"], user["group"])
    account: dict[str, Any] = {**user, "extra_groups": []} if user else {}
    try:
        init = [
            str(binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            "sayso",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C",
        ]
        subprocess.run(init, check=True, capture_output=True, cwd=folder, **account)
        command = [
            str(binaries / "postgres"),
            "-D",
            str(data),
            "-p",
            str(port),
            "-k",
            str(folder),
            "-h",
            "127.0.0.1",
            "-c",
        ]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*command, *_SETTINGS.split()], stdout=log, stderr=log, cwd=folder, **account
            )  # fmt: skip
            try:
                _wait(port, process, folder / "log")
                yield Server(f"postgresql://sayso@127.0.0.1:{port}")
            finally:
                process.send_signal(signal.SIGINT)  # a fast shutdown: it waits for nobody
                process.wait(60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> dict[str, int]:
    """The account to run under: the server refuses to be run by root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid}
    raise RuntimeError("there is no account to run the server under")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"postgresql://sayso@127.0.0.1:{port}/postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.05)
