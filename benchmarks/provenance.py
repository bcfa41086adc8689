"""What a figure was measured with: versions, weights, corpus, machine, commit and date."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Final

from sayso.vocabulary import ReaderVersion

_ROOT: Final = Path(__file__).resolve().parent.parent
_PACKAGES: Final = ("sayso", "onnxruntime", "tokenizers", "numpy")


@dataclass(frozen=True, slots=True)
class Machine:
    """The computer: processor as it names itself, cores it has and cores this process may use."""

    cpu: str
    cores: int
    usable_cores: int
    system: str
    python: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything needed to measure a figure again."""

    versions: dict[str, str]
    reader: str
    weights: str
    machine: Machine
    commit: str | None
    date: str

    def lines(self) -> list[tuple[str, str]]:
        """Name and value of each fact, for a person."""
        machine = self.machine
        return [
            ("versions", ", ".join(f"{name} {version}" for name, version in self.versions.items())),
            ("reader", f"{self.reader}, weights {self.weights}"),
            ("machine", f"{machine.cpu}, {machine.usable_cores} of {machine.cores} cores, {machine.system}"),
            ("python", machine.python),
            ("commit", self.commit or "not in a git checkout, or nothing committed"),
            ("date", self.date),
        ]

    def as_json(self) -> dict[str, object]:
        """The same facts as JSON values."""
        return asdict(self)


def provenance(reader: ReaderVersion | None) -> Provenance:
    """The provenance of figures measured here and now with this reader."""
    return Provenance(
        versions={name: _version(name) for name in _PACKAGES},
        reader=f"{reader.name} {reader.version}" if reader else "none used",
        weights=reader.weights if reader else "none used",
        machine=machine(),
        commit=commit(_ROOT),
        date=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def machine() -> Machine:
    """The computer this runs on."""
    cores = os.cpu_count() or 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else cores
    return Machine(
        cpu=_cpu(),
        cores=cores,
        usable_cores=usable,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )


def commit(folder: Path) -> str | None:
    """The commit checked out in `folder`, with "+changes" if the tree differs from it; None outside git."""
    head = _git(folder, "rev-parse", "--verify", "HEAD")
    if not head:
        return None
    return f"{head[:12]}+changes" if _git(folder, "status", "--porcelain") else head[:12]


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # the git on the path is the one the developer uses
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git the user has
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _cpu() -> str:
    try:
        listing = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        listing = ""
    for line in listing.splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine() or "unknown processor"
