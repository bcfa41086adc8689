"""Jobs as they are kept: a file of JSON for each, in a folder beside the ledger and no part of its content."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import Final

import msgspec

from sayso.ledger import Ledger

_NAME: Final = re.compile(r"j-[0-9a-f]{24}")
MOST_PROBLEMS: Final = 50  # of an input that are told one by one


class State(StrEnum):
    """How far a job or an input has come.

    A stopped or interrupted job ended early: what was acknowledged until then is in the ledger.
    """

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


ENDED: Final = frozenset({State.DONE, State.STOPPED, State.INTERRUPTED})


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of an input that was not added, or not read, and why. `passed` holds no report: nothing is wrong."""

    origin: str
    problem: str
    cure: str = ""
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was sent or an address, and what came of it: how many reports were new, read, and known already.

    `name` is what people call it, `file` the name under which we keep it until the job ends ("": an address).
    `failed` and `passed` count all problems, of which the first are told.
    """

    name: str
    file: str = ""
    state: State = State.WAITING
    new: int = 0
    read: int = 0
    known: int = 0
    failed: int = 0
    passed: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """Inputs that are added one after the other. `made` is in UTC; `owner` is the process that works on it."""

    id: str
    made: str
    who: str
    inputs: tuple[Input, ...]
    state: State = State.WAITING
    said: str = ""  # what it is at, or why it ended
    owner: int = 0

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ENDED


def place_of(ledger: Ledger) -> Path:
    """The folder of the jobs of a ledger."""
    rejects = ledger.rejects
    return rejects.with_name(rejects.name.removesuffix(".rejects.jsonl") + ".jobs")


def fresh(who: str, inputs: tuple[Input, ...]) -> Job:
    """A job that waits; ids sort by when they were made."""
    now = datetime.now(UTC)
    id_ = f"j-{int(now.timestamp() * 1000):012x}{token_hex(6)}"
    return Job(id_, now.isoformat(timespec="seconds").replace("+00:00", "Z"), who, inputs, owner=os.getpid())


def save(folder: Path, job: Job) -> None:
    """Keep a job as it is now; who reads it meanwhile finds the old or the new, and nothing between."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{job.id}.{token_hex(4)}.new"
    draft.write_bytes(msgspec.json.encode(job))
    draft.replace(folder / f"{job.id}.json")


def load(folder: Path, id_: str) -> Job | None:
    """A job by its id; None where there is none, or its file is damaged."""
    if not _NAME.fullmatch(id_):
        return None
    try:
        return msgspec.json.decode((folder / f"{id_}.json").read_bytes(), type=Job)
    except (OSError, msgspec.DecodeError):
        return None


def ids(folder: Path) -> list[str]:
    """The jobs there are, the latest first."""
    found = (path.stem for path in folder.glob("j-*.json")) if folder.is_dir() else ()
    return sorted((it for it in found if _NAME.fullmatch(it)), reverse=True)
