"""Write a synthetic corpus: reports as JSON Lines that `sayso` gathers, and gold.json beside them, both streamed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.newsroom.stories import stories


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    stories: int
    reports: int
    statements: int


def write(folder: Path, seed: int, statements: int) -> Written:
    """Write reports.jsonl and gold.json into a folder, one story after another, in bounded memory."""
    folder.mkdir(parents=True, exist_ok=True)
    count = reports = told = 0
    with (
        (folder / "reports.jsonl").open("w", encoding="utf-8") as lines,
        (folder / "gold.json").open("w", encoding="utf-8") as gold,
    ):
        gold.write(f'{{"seed": {seed}, "stories": [\n')
        for story in stories(seed, statements):
            for row in story.reports:
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            gold.write((",\n" if count else "") + json.dumps({"story": story.number, **story.gold}, ensure_ascii=False))
            count += 1
            reports += len(story.reports)
            told += story.statements
        gold.write("\n]}\n")
    return Written(count, reports, told)
