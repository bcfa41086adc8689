"""The worker of a desk: one thread that adds the inputs of jobs as the command line does, one job after the other.

It starts with the first job and ends when none waits. A job is stopped between two batches of reports; what was
acknowledged is in the ledger. A job whose process is gone is told as interrupted.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.trace.following import follow
from sayso.web.jobs.adding import Stopped, added
from sayso.web.jobs.bounds import Bounds
from sayso.web.jobs.records import Input, Job, Problem, State, fresh, ids, load, place_of, save

_LOG: Final = logging.getLogger("sayso.web")
_CLOSING: Final = 10.0  # seconds that a closing desk waits for the batch under way
_STOPPED: Final = "Stopped. What was acknowledged until then is in the ledger"
_INTERRUPTED: Final = (
    "Interrupted: the desk was closed. What was acknowledged until then is in the ledger; add it again"
)


class Jobs:
    """The jobs of a ledger: those of this desk, and what is told of earlier ones."""

    def __init__(self, ledger: Ledger, bounds: Bounds | None = None) -> None:
        self.bounds = bounds or Bounds()
        self._ledger = ledger
        self._folder = place_of(ledger)
        self._lock = Lock()
        self._waiting: list[str] = []
        self._stopping: set[str] = set()
        self._worker: Thread | None = None
        self._closed = False

    def all(self, most: int = 50, after: str = "") -> list[Job]:
        """The latest jobs, those before one if it is given."""
        found = [it for it in ids(self._folder) if not after or it < after]
        return [job for it in found[:most] if (job := self.one(it)) is not None]

    def one(self, id_: str) -> Job | None:
        """A job by its id, as it stands."""
        job = load(self._folder, id_)
        if job is None or job.ended or self._is_alive(job):
            return job
        job = load(self._folder, id_)  # again: it may have ended between the two
        if job is None or job.ended:
            return job
        gone = replace(job, state=State.INTERRUPTED, said=_INTERRUPTED)
        save(self._folder, gone)
        self._clear(gone)
        return gone

    def folder_of(self, job: Job) -> Path:
        """Where the files of a job are kept until it ends."""
        return self._folder / job.id

    def planned(self, who: str, inputs: tuple[Input, ...]) -> Job:
        """A job that is not started yet, so that its files can be put into its folder."""
        return fresh(who, inputs)

    def start(self, job: Job) -> None:
        """Let a job be worked on when those before it have ended. Raises SaysoError where too many wait."""
        with self._lock:
            if self._closed or len(self._waiting) >= self.bounds.waiting:
                problem = "So many jobs wait that no more is taken"
                raise SaysoError(problem, "Wait until one has ended, or stop one")
            save(self._folder, job)
            self._waiting.append(job.id)
            if self._worker is None or not self._worker.is_alive():
                self._worker = Thread(target=self._work, name="sayso jobs", daemon=True)
                self._worker.start()

    def stop(self, id_: str) -> Job | None:
        """Stop a job after the batch under way; a job that has ended stays as it is. None where there is none."""
        job = self.one(id_)
        if job is not None and not job.ended:
            with self._lock:
                self._stopping.add(id_)
        return self.one(id_)

    def is_stopping(self, id_: str) -> bool:
        """Whether a job was told to stop, or the desk to close."""
        return self._closed or id_ in self._stopping

    def close(self) -> None:
        """Let the worker end after the batch under way."""
        self._closed = True
        if self._worker is not None:
            self._worker.join(_CLOSING)

    @asynccontextmanager
    async def open(self, _: object) -> AsyncIterator[None]:
        """As long as a desk is open; then the worker ends."""
        yield
        self.close()

    def discard(self, job: Job) -> None:
        """Forget the files of a job that was not started."""
        self._clear(job)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._worker = None
                    return
                id_ = self._waiting[0]
            try:
                if (job := load(self._folder, id_)) is not None:
                    self._run(job)
            except Exception:  # noqa: BLE001 - the next job has to be worked on
                _LOG.exception("a job could not be worked on: %s", id_)
            with self._lock:
                self._waiting.remove(id_)
                self._stopping.discard(id_)

    def _run(self, job: Job) -> None:
        """Work on a job to its end."""

        def tell(now: Job) -> Job:
            save(self._folder, now)
            return now

        def heed() -> None:
            if self.is_stopping(job.id):
                raise Stopped

        job = tell(replace(job, state=State.RUNNING, said="Adding"))
        try:
            for place in range(len(job.inputs)):
                job = self._one_input(job, place, tell, heed)
            heed()
            job = tell(replace(job, said="Tracing what is new"))
            said = _traced(self._ledger)
            self._clear(job)
            job = tell(replace(job, state=State.DONE, said=said))
        except Stopped:
            state, said = (State.INTERRUPTED, _INTERRUPTED) if self._closed else (State.STOPPED, _STOPPED)
            now = load(self._folder, job.id) or job
            self._clear(job)
            inputs = (it if it.state is State.DONE else replace(it, state=State.STOPPED) for it in now.inputs)
            job = tell(replace(now, inputs=tuple(inputs), state=state, said=said))
        finally:
            self._clear(job)
            self._forget()

    def _one_input(self, job: Job, place: int, tell: Callable[[Job], Job], heed: Callable[[], None]) -> Job:
        """Add one input; whatever goes wrong with it is told of it alone."""

        def so_far(it: Input) -> Job:
            inputs = (*job.inputs[:place], it, *job.inputs[place + 1 :])
            return tell(replace(job, inputs=inputs, said=f"Adding {place + 1} of {len(job.inputs)}"))

        heed()
        it = replace(job.inputs[place], state=State.RUNNING)
        so_far(it)
        try:
            for now in added(self._ledger, it, self.folder_of(job), heed):
                it = now
                so_far(it)
        except SaysoError as error:
            it = _failed(it, error.problem, error.cure)
        except Stopped:
            raise
        except Exception:  # noqa: BLE001 - one input costs no other
            _LOG.exception("an input of a job could not be added: %s", ascii(it.name))
            it = _failed(it, "it could not be added, by a mistake of ours", "The log of sayso serve tells more")
        return so_far(replace(it, state=State.DONE))

    def _is_alive(self, job: Job) -> bool:
        """Whether somebody works on a job: this desk, or another process."""
        if job.owner == os.getpid():
            with self._lock:
                return job.id in self._waiting
        try:
            os.kill(job.owner, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True

    def _clear(self, job: Job) -> None:
        shutil.rmtree(self.folder_of(job), ignore_errors=True)

    def _forget(self) -> None:
        for id_ in ids(self._folder)[self.bounds.kept :]:
            (self._folder / f"{id_}.json").unlink(missing_ok=True)


def _traced(ledger: Ledger) -> str:
    """Bring what is derived up to date; how that went."""
    try:
        done = follow(ledger)
    except SaysoError as error:
        return f"Added, but not traced yet: {error.problem}"
    return f"Added and traced; {len(done.problems)} could not be traced" if done.problems else "Added and traced"


def _failed(it: Input, problem: str, cure: str) -> Input:
    return replace(it, failed=it.failed + 1, problems=(*it.problems, Problem(it.name, problem, cure)))
