"""A reader of another package in processes of its own: what crashes or hangs there costs one report.

Each process is kept for the next report and replaced after a failure. Reports and readings go between them as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Timer
from types import TracebackType
from typing import Final

import msgspec

from sayso.errors import ReaderFailed, ReaderMissing, ReadingRefused, SaysoError
from sayso.gather.jail import send
from sayso.read.admission import most_bytes
from sayso.read.plugins import Reader, Shipped, entry_point
from sayso.read.reader import NAME
from sayso.vocabulary import Reading, Report

SECONDS: Final = 300.0
_STARTING: Final = 600.0  # seconds until a process is ready: a large model takes its time to load
_SETTING: Final = "SAYSO_READER_SECONDS"
_HELLO_BYTES: Final = 10_000
_HEAD: Final = 8  # bytes before each frame that say how long it is
_CURE: Final = "Tell whoever makes it, or read this report with another"
_DOCUMENT: Final = "See docs/readers.md"
_BOOT: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1)); "
    "from sayso.read.plugin_process import main; main(sys.argv[1])"
)
_Process = subprocess.Popen[bytes]


class Hello(msgspec.Struct, frozen=True):
    """What a process says of its reader when it is ready, or why it never will be."""

    version: str = ""
    weights: str = ""
    languages: tuple[str, ...] = ()
    problem: str = ""


class Answer(msgspec.Struct, frozen=True):
    """What a process says of a report: its reading, or what went wrong in the words of the reader."""

    reading: Reading | None = None
    problem: str = ""


@contextmanager
def opened(name: str) -> Iterator[Reader]:
    """The reader of this name for as long as the block lasts: the shipped one, or an installed one apart.

    SAYSO_READER_SECONDS in the environment says how long that one may take over a report. Raises ReaderMissing,
    ReaderFailed.
    """
    if name == NAME:
        yield Shipped()
        return
    with Apart(name, _seconds()) as reader:
        yield reader


def _seconds() -> float:
    given = os.environ.get(_SETTING) or str(SECONDS)
    with suppress(ValueError):
        if 0 < float(given) < threading.TIMEOUT_MAX:
            return float(given)
    raise SaysoError(f"{_SETTING} is {given!r}, which is no number of seconds", f"Write it as {SECONDS:g}")


class Apart:
    """An installed reader by its name, which follows `Reader`; any number of threads may read with it at once.

    `seconds` is how long it may take over a report. Raises ReaderMissing where none of this name is installed or it
    cannot be used, ReaderFailed where it does not start.
    """

    def __init__(self, name: str, seconds: float = SECONDS) -> None:
        entry_point(name)
        self.name = name
        self._seconds = seconds
        self._alive: set[_Process] = set()
        self._idle: list[_Process] = []
        self._turn = Lock()
        process, hello = self._start()
        self._idle.append(process)
        self.version, self.weights, self.languages = hello.version, hello.weights, hello.languages

    def read(self, report: Report) -> Reading:
        """What it finds in a report. Raises ReaderFailed and ReadingRefused."""
        where = f"reader {self.name}, {report.origin or report.id}"
        try:
            asked = msgspec.json.encode(report)
        except UnicodeEncodeError as error:
            raise ReaderFailed(f"{where}: the text holds half a character (a lone surrogate)", "Mend it") from error
        with self._turn:
            process = self._idle.pop() if self._idle else None
        process = process or self._start()[0]
        try:
            frame = self._answered(process, asked, most_bytes(report.text) + 2 * len(asked), self._seconds, where)
            answer = msgspec.json.decode(frame, type=Answer)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._end(process)
            raise ReadingRefused(f"{where}: {str(error).replace('$.reading.', '')}", _CURE) from error
        except BaseException:
            self._end(process)
            raise
        with self._turn:
            self._idle.append(process)
        if answer.reading is None:
            raise ReaderFailed(f"{where}: {answer.problem[:500]}", _CURE)
        return answer.reading

    def close(self) -> None:
        """End its processes."""
        for process in list(self._alive):
            self._end(process)

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _start(self) -> tuple[_Process, Hello]:
        where = f"reader {self.name}"
        # -P keeps the current folder out of the module path until _BOOT has set it: it may hold a json.py.
        command = [sys.executable, "-P", "-c", _BOOT, json.dumps([it for it in sys.path if it]), self.name]
        try:
            # In a session of its own, so that Ctrl-C reaches us alone, and whatever it starts can be ended with it.
            process = _Process(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        except OSError as error:
            raise ReaderFailed(f"{where} cannot be started ({error})", "Check the Python installation") from error
        self._alive.add(process)
        try:
            hello = msgspec.json.decode(self._answered(process, b"", _HELLO_BYTES, _STARTING, where), type=Hello)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self._end(process)
            raise ReaderMissing(f"{where}: it does not follow the protocol ({error})", _DOCUMENT) from error
        except BaseException:
            self._end(process)
            raise
        if hello.problem:
            self._end(process)
            raise ReaderMissing(f"{where} cannot be used: {hello.problem}", _DOCUMENT)
        return process, hello

    def _answered(self, process: _Process, asked: bytes, most: int, seconds: float, where: str) -> bytes:
        """What a process answers within its time. Raises ReaderFailed, ReadingRefused."""
        expired = Event()
        timer = Timer(seconds, _expire, (process, expired))
        timer.daemon = True
        timer.start()
        try:
            frame = _exchanged(process, asked, most)
        except _TooMuch as error:
            raise ReadingRefused(
                f"{where}: it gave {error} bytes, more than {most:,} for such a text", _CURE
            ) from error
        except OSError:
            frame = None  # it is gone, which is told below
        finally:
            timer.cancel()
            timer.join()
        if expired.is_set():
            cure = f"Raise the limit with {_SETTING}, or read this report with another"
            raise ReaderFailed(f"{where}: it took more than {seconds:g} s and was stopped", cure)
        if frame is None:
            raise ReaderFailed(f"{where}: its process ended by itself (status {_killed(process)})", _CURE)
        return frame

    def _end(self, process: _Process) -> None:
        self._alive.discard(process)
        with self._turn, suppress(ValueError):
            self._idle.remove(process)
        _killed(process)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written went to nobody
                    pipe.close()


class _TooMuch(Exception):
    """A frame is longer than it may be."""


def _exchanged(process: _Process, asked: bytes, most: int) -> bytes | None:
    """The frame that answers another, or None if the process ended before. Raises OSError, _TooMuch."""
    assert process.stdin is not None
    assert process.stdout is not None
    if asked:
        send(process.stdin, asked)
    head = process.stdout.read(_HEAD)
    size = int.from_bytes(head, "big")
    if size > most:
        raise _TooMuch(f"{size:,}")
    frame = process.stdout.read(size)
    return frame if len(head) == _HEAD and len(frame) == size else None


def _expire(process: _Process, expired: Event) -> None:
    expired.set()
    _killed(process)


def _killed(process: _Process) -> int:
    """The status of a process that is ended, with all that it started, if it had not ended by itself."""
    if process.returncode is None:  # else its number may be somebody else's by now
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
    return process.wait()
