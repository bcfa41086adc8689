"""The process in which a reader of another package works. Started by `apart.py`, never by a person.

It takes reports on standard input and gives what the reader found on standard output, both as frames of JSON; what a
library prints meanwhile goes to standard error.
"""

from __future__ import annotations

import os
from typing import IO

import msgspec

from sayso.errors import SaysoError
from sayso.gather.jail import receive, send
from sayso.read.apart import Answer, Hello
from sayso.read.plugins import Reader, loaded
from sayso.vocabulary import Report


def main(name: str) -> None:
    """Answer reports until the caller closes the pipe."""
    reports, answers = _own_pipes()
    try:
        reader = loaded(name)
        send(answers, msgspec.json.encode(Hello(reader.version, reader.weights, tuple(reader.languages))))
    except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises is told, and nothing is read
        send(answers, msgspec.json.encode(Hello(problem=_told(error))))
        return
    while (asked := receive(reports)) is not None:
        send(answers, _answer(reader, msgspec.json.decode(asked, type=Report)))


def _answer(reader: Reader, report: Report) -> bytes:
    try:
        return msgspec.json.encode({"reading": reader.read(report)})
    except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises costs this report alone
        return msgspec.json.encode(Answer(problem=_told(error)))


def _told(error: Exception) -> str:
    """What went wrong, in words that can be sent."""
    told = str(error) if isinstance(error, SaysoError) else f"{type(error).__name__}: {error}"
    return told[:500].encode(errors="replace").decode()


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes under numbers of their own, so that nothing a library prints gets between the frames."""
    reports, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    return reports, answers
