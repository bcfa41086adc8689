"""`sayso read --export OUT`: write the incidents of all inputs, and tell what was written and what was left out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from sayso.share.exports import export
from sayso.vocabulary import Reading


def write(readings: Iterable[Reading], names: Sequence[str]) -> None:
    """Export the readings to the files named. Raises SaysoError where one cannot be written."""
    done = export(readings, names)
    for path, records in done.written:
        print(f"wrote {path}: {records} {'record' if records == 1 else 'records'}", file=sys.stderr)
    for path, counts in done.left_out:
        if reasons := ", ".join(f"{reason} ({count})" for reason, count in sorted(counts.items())):
            print(f"{path} has no place for: {reasons}; a .jsonl export has all", file=sys.stderr)
    if done.repeated:
        print(f"given more than once and exported once: {done.repeated} reports", file=sys.stderr)
