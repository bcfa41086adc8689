"""Parsing of hostile bytes in a worker process with limits, so that no input can hang or kill the caller.

The worker is kept for the next document and replaced after a failure. It answers in JSON, never in pickles,
because what has parsed hostile bytes is not trusted.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Event, Lock, Timer
from typing import IO, Any

from sayso.errors import WorkerFailed
from sayso.gather.limits import DEFAULT, Limits

Reply = dict[str, Any]

_CURE = "Leave this document out, or raise the limits"
_RUNS = 500  # documents per worker; the C parsers do not give all memory back
_LENGTH = 8  # bytes before each frame that say how long it is
_PACKAGE = str(Path(__file__).resolve().parents[1])
# The worker takes the package's modules one by one, without `sayso/__init__.py` and the reader it imports.
# So it starts in a fraction of the time, and the reader's libraries do not count against its memory.
_BOOT = """
import sys, types
package = types.ModuleType("sayso")
package.__path__ = [sys.argv[1]]
sys.modules["sayso"] = package
from sayso.gather.worker import main
main()
"""


class Jail:
    """One worker process, started on first use. Calls from several threads take turns."""

    def __init__(self) -> None:
        self._worker: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._runs = 0
        self._turn = Lock()

    def run(self, task: str, data: bytes, options: Mapping[str, Any], origin: str, limits: Limits = DEFAULT) -> Reply:
        """What `task` ("module:function") returns for (data, options), both ways in JSON types.

        Raises WorkerFailed, naming `origin` and the limit, if the task takes too long, takes too much memory,
        raises, or brings the worker down; the worker is then replaced.
        """
        request = {"task": task, "options": dict(options), "limits": _worker_limits(limits)}
        with self._turn:
            try:
                reply = self._exchange(request, data, origin, limits)
            except BaseException:
                self._stop()
                raise
            if "failed" in reply:
                self._stop()
                raise WorkerFailed(origin, str(reply["failed"]), _CURE)
        result: Reply = reply["result"]
        return result

    def close(self) -> None:
        """End the worker, if one runs. The next call starts another."""
        with self._turn:
            self._stop()

    def _exchange(self, request: Reply, data: bytes, origin: str, limits: Limits) -> Reply:
        worker = self._ready_worker(origin)
        expired = Event()
        timer = Timer(limits.wall_seconds, _expire, (worker, expired))
        timer.daemon = True
        timer.start()
        try:
            return _ask(worker, request, data)
        except (EOFError, OSError, ValueError) as broken:
            problem = _death(worker, expired, limits)
            raise WorkerFailed(origin, problem, _CURE) from broken
        finally:
            timer.cancel()
            if expired.is_set():  # also when the answer came just before: the worker is gone
                self._stop()

    def _ready_worker(self, origin: str) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # after a fork the pipes belong to the parent
            self._worker = None
        if self._worker is not None and (self._runs >= _RUNS or self._worker.poll() is not None):
            self._stop()
        if self._worker is None:
            self._worker, self._owner, self._runs = _start(origin), os.getpid(), 0
        self._runs += 1
        return self._worker

    def _stop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None or self._owner != os.getpid():
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            _close(pipe)


@cache
def shared_jail() -> Jail:
    """The jail of this process, closed when the process ends."""
    jail = Jail()
    atexit.register(jail.close)
    return jail


def send(pipe: IO[bytes], frame: bytes) -> None:
    """Write one frame: its length, then its bytes."""
    pipe.write(len(frame).to_bytes(_LENGTH, "big"))
    pipe.write(frame)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next frame, or None if the other side is gone."""
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    frame = pipe.read(size)
    return frame if len(frame) == size else None


def _start(origin: str) -> subprocess.Popen[bytes]:
    # -P keeps the current folder out of the module path: a folder of downloads may hold a lxml.py.
    command = [sys.executable, "-P", "-c", _BOOT, _PACKAGE]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise WorkerFailed(origin, f"the worker cannot be started: {error}", "Check the Python installation") from error


def _ask(worker: subprocess.Popen[bytes], request: Reply, data: bytes) -> Reply:
    if worker.stdin is None or worker.stdout is None:
        raise ValueError("the worker has no pipes")
    send(worker.stdin, json.dumps(request).encode())
    send(worker.stdin, data)
    frame = receive(worker.stdout)
    if frame is None:
        raise EOFError
    reply: Reply = json.loads(frame)
    return reply


def _worker_limits(limits: Limits) -> dict[str, int]:
    return {
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
        "open_files": limits.open_files,
    }


def _expire(worker: subprocess.Popen[bytes], expired: Event) -> None:
    expired.set()
    worker.kill()


def _death(worker: subprocess.Popen[bytes], expired: Event, limits: Limits) -> str:
    """Why the worker died, in words."""
    worker.kill()
    status = worker.wait()
    if expired.is_set():
        return f"parsing took more than {limits.wall_seconds:g} s and was stopped"
    if status == -getattr(signal, "SIGXCPU", 0):
        return f"parsing took more than {limits.cpu_seconds} s of processor time and was stopped"
    return f"the parser brought the worker down (status {status})"


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is None:
        return
    try:
        pipe.close()
    except OSError:  # what was still to be written went to a dead worker
        return
