"""What one `sayso read FILE --json` in a fresh process costs: seconds to first output and end, memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO, Final

from benchmarks.corpus import CorpusError, progress

MEGABYTE: Final = 1_000_000

# Runs the command as the installed script would and lets the process itself say its peak memory: what the
# parent is told about a child (wait4) can be the parent's own size at the moment of starting it.
_RUN: Final = """
import atexit, sys
def peak():
    try:
        with open("/proc/self/status") as status:
            sys.stderr.write("".join(line for line in status if line.startswith("VmHWM")))
    except OSError:
        pass
atexit.register(peak)
from sayso.cli import main
sys.exit(main())
"""


@dataclass(frozen=True, slots=True)
class ColdStart:
    """Medians over the runs. `peak_mb` is None where the system does not tell (it does on Linux)."""

    runs: int
    first_output_s: float
    total_s: float
    peak_mb: float | None


def cold_start(text: str, runs: int) -> ColdStart:
    """Read `text` from a file in `runs` fresh processes, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        report.write_text(text, encoding="utf-8")
        measured = [_once(report) for _ in progress(range(runs), "starting fresh processes", runs)]
    peaks = [peak for _, _, peak in measured if peak is not None]
    return ColdStart(
        runs=runs,
        first_output_s=median(first for first, _, _ in measured),
        total_s=median(total for _, total, _ in measured),
        peak_mb=max(peaks) if peaks else None,
    )


def _once(report: Path) -> tuple[float, float, float | None]:
    """Seconds to the first byte of output and to the end, and peak megabytes, of one run."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as talk:
        process = subprocess.Popen(
            [sys.executable, "-c", _RUN, "read", str(report), "--json"],
            stdout=subprocess.PIPE,
            stderr=talk,
            env={**os.environ, "NO_COLOR": "1"},
        )
        with process:
            assert process.stdout is not None
            process.stdout.read(1)
            first = time.perf_counter() - begun
            process.stdout.read()
        total = time.perf_counter() - begun
        said = _everything(talk)
    if process.returncode:
        reason = (said.strip().splitlines() or ["no message"])[0]
        raise CorpusError(f"sayso read failed with exit status {process.returncode}: {reason}")
    return first, total, peak_megabytes(said)


def peak_megabytes(status: str) -> float | None:
    """The peak resident memory, in MB, that lines of /proc/self/status tell; None if they do not."""
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    return round(int(found.group(1)) * 1024 / MEGABYTE, 1) if found else None


def _everything(talk: IO[bytes]) -> str:
    talk.seek(0)
    return talk.read().decode("utf-8", "replace")
