"""What could not be added, one JSON object a line: origin, problem, cure. It can be given back to be tried again."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sayso.errors import LedgerMissing, LedgerUnwritable, SaysoError
from sayso.ledger.place import Place

_PART: Final = re.compile(r"(?::\d+|#[^/\\]*)\Z")  # of an input: a line of a file, a record of an archive


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that was not added, or added and not read, and why."""

    origin: str
    problem: str
    cure: str = ""


def rejected(origin: str, error: SaysoError) -> Reject:
    """An input with the error that kept it out."""
    return Reject(origin, error.problem.removeprefix(f"{origin}: "), error.cure)


def write(place: Place, found: Sequence[Reject]) -> None:
    """Add them to the ledger's file of rejects. Raises LedgerUnwritable."""
    if not found:
        return
    lines = "".join(json.dumps(asdict(item)) + "\n" for item in found)
    try:
        with place.rejects.open("a", encoding="utf-8") as file:
            file.write(lines)
    except OSError as error:
        problem = f"the file of rejects cannot be written ({error.strerror})"
        raise LedgerUnwritable(str(place.rejects), problem, "Make room, and do the same again") from error


def taken(path: Path) -> tuple[str, ...]:
    """The inputs that a file of rejects names, each once, without the numbers of lines. Raises LedgerMissing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        origins = [json.loads(line)["origin"] for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerMissing(str(path), f"it is no file of rejects ({error})", "Name the one a run told of") from error
    return tuple(dict.fromkeys(map(_input, filter(None, origins))))


def _input(origin: str) -> str:
    return origin if Path(origin).exists() else _PART.sub("", origin)
