"""The worker process of the jail: takes tasks on standard input, answers in JSON on standard output.

Started by `jail.py`, never by a person. It imports what a task needs before it
limits itself, so the memory limit is what the document may take on top of the libraries.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import warnings
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from sayso.gather.jail import receive, send

if sys.platform != "win32":
    import resource

Task = Callable[[bytes, dict[str, Any]], dict[str, Any]]

# Parsing needs none of these; a hostile document that makes a library try is refused.
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "urllib.",
    "ftplib.",
)


def main() -> None:
    """Answer requests until the caller closes the pipe."""
    requests, replies = _own_pipes()
    logging.disable()
    warnings.simplefilter("ignore")
    sys.addaudithook(_refuse)
    while (request := receive(requests)) is not None and (data := receive(requests)) is not None:
        send(replies, json.dumps(_answer(json.loads(request), data)).encode())


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        task = _task(request["task"])
        _limit(request["limits"])
        return {"result": task(data, request["options"])}
    except MemoryError:
        return {"failed": f"parsing took more than {request['limits']['memory_bytes']:,} bytes of memory"}
    except Exception as error:  # noqa: BLE001 - whatever a parser raises, the caller gets a WorkerFailed
        return {"failed": f"the parser failed ({type(error).__name__}: {str(error)[:200]})"}


@cache
def _task(name: str) -> Task:
    module, _, function = name.partition(":")
    task: Task = getattr(import_module(module), function)
    return task


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes under numbers of their own, so that nothing a library prints gets between the frames."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, replies


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not allowed while parsing")


if sys.platform == "win32":

    def _limit(limits: dict[str, int]) -> None:
        """Nothing to set here; the caller's wall time still holds."""

else:

    def _limit(limits: dict[str, int]) -> None:
        """Set the limits for one document. Only soft limits move, so the next document can set them anew."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(usage.ru_utime + usage.ru_stime) + 1
        _soften(resource.RLIMIT_CPU, spent + limits["cpu_seconds"])
        _soften(resource.RLIMIT_AS, _address_space() + limits["memory_bytes"])
        _soften(resource.RLIMIT_NOFILE, limits["open_files"])
        _soften(resource.RLIMIT_FSIZE, 0)
        _soften(resource.RLIMIT_CORE, 0)

    def _soften(kind: int, value: int) -> None:
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))

    @cache
    def _address_space() -> int:
        """Bytes mapped when the first task had been imported; 1 GB where the system does not tell."""
        status = Path("/proc/self/statm")
        if not status.exists():
            return 1_000_000_000
        return int(status.read_text().split()[0]) * resource.getpagesize()
