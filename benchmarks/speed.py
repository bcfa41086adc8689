"""Raw text to Reading in words a second on one core, where the time goes, memory, and cold starts.

The process is tied to one core before anything is loaded, so that the figure is one core's whatever the
libraries would like. After a warm-up every document is read once per repeat; the figure is the median of the
repeats. The encoder's own limit is the same texts' pieces through the encoder with nothing decoded, in the
same process. Words are white-space separated; MB are a million bytes.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

import sayso
from benchmarks import corpus, figures
from benchmarks.cold_start import MEGABYTE, ColdStart, cold_start
from benchmarks.corpus import CorpusError, Row
from benchmarks.figures import Breakdown, Figure, Outcome, share
from sayso.vocabulary import ReaderVersion, Reading

STAGES: Final = ("tokenise", "encode", "decode", "resolve")
WARM_UP: Final = 2  # documents: the first runs allocate the encoder's buffers
_EXAMPLES: Final = Path(sayso.__file__).resolve().parent / "examples"
_EXAMPLE_COPIES: Final = 20


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds for all documents: of each whole pass, of each stage (median pass) and of the encoder alone."""

    words: int
    passes: tuple[float, ...]
    stages: dict[str, float]
    encoder: float

    @property
    def words_per_second(self) -> float:
        """Median speed of the passes."""
        return round(self.words / median(self.passes), 1)

    @property
    def encoder_words_per_second(self) -> float:
        """The speed limit the encoder sets."""
        return round(self.words / self.encoder, 1)

    @property
    def share_of_limit(self) -> float:
        """Which percentage of the encoder's own speed is reached."""
        return share(self.encoder, median(self.passes))


def texts_of(data: Path | None) -> list[Row]:
    """JSON Lines, a text file, a folder of text files, or without `data` the shipped example repeated."""
    if data is None:
        return _examples()
    if data.is_dir():
        try:
            return corpus.rows(corpus.locate(data, "attribution", "dev.jsonl.gz"))
        except CorpusError:
            return _text_files(data)
    if ".jsonl" in data.suffixes:
        return corpus.rows(data)
    return [{"id": data.name, "text": corpus.content(data).decode("utf-8", "replace")}]


def time_reading(
    texts: Sequence[str],
    repeats: int,
    timed_read: Callable[[str], tuple[Reading, dict[str, float]]],
    encoder_only: Callable[[str], float],
) -> tuple[Timing, ReaderVersion]:
    """Read every text `repeats` times after a warm-up, and time it; also which reader it was."""
    for text in texts[:WARM_UP]:
        reader = timed_read(text)[0].reader
    passes: list[float] = []
    stages: list[Counter[str]] = []
    for _ in corpus.progress(range(repeats), "reading", repeats):
        spent: Counter[str] = Counter()
        begun = time.perf_counter()
        for text in texts:
            spent.update(timed_read(text)[1])
        passes.append(time.perf_counter() - begun)
        stages.append(spent)
    middle = stages[passes.index(sorted(passes)[len(passes) // 2])]
    alone = median(sum(encoder_only(text) for text in texts) for _ in range(repeats))
    timing = Timing(sum(len(text.split()) for text in texts), tuple(passes), dict(middle), alone)
    return timing, reader


def stage_breakdown(timing: Timing) -> Breakdown:
    """Share of the time by stage; what no stage claims is "between stages"."""
    total = median(timing.passes)
    named = [(name, timing.stages.get(name, 0.0)) for name in STAGES]
    named += sorted((name, spent) for name, spent in timing.stages.items() if name not in STAGES)
    rest = max(0.0, total - sum(spent for _, spent in named))
    rows = [(name, share(spent, total), round(1e6 * spent / timing.words, 1)) for name, spent in named]
    rows.append(("between stages", share(rest, total), round(1e6 * rest / timing.words, 1)))
    return Breakdown("where the time goes", ("stage", "%", "µs a word"), tuple(rows))


def figures_of(timing: Timing, cold: ColdStart | None, peak_mb: float | None) -> tuple[Figure, ...]:
    """The issue's speed and memory figures."""
    found = [
        Figure("words_per_second", timing.words_per_second, "raw text to Reading", 2000, 8000, "words/s"),
        Figure("encoder_words_per_second", timing.encoder_words_per_second, "the encoder alone", unit="words/s"),
        Figure("share_of_limit", timing.share_of_limit, "share of the encoder's own speed"),
    ]
    if peak_mb is not None:
        found.append(Figure("peak_many", peak_mb, "peak memory of this process", unit="MB", lower_is_better=True))
    if cold is not None:
        found += [
            Figure(
                "first_output",
                round(cold.first_output_s, 3),
                "cold start to first output",
                1.5,
                0.7,
                "s",
                True,
            ),
            Figure("cold_total", round(cold.total_s, 3), "cold start to the end", unit="s", lower_is_better=True),
        ]
        if cold.peak_mb is not None:
            found.append(
                Figure("peak_one", cold.peak_mb, "peak memory, `sayso read` of one report", 400, 250, "MB", True)
            )
    return tuple(found)


def measure(data: Path | None, *, limit: int, repeats: int, cold_runs: int) -> Outcome:
    """Time the reader on the first `limit` documents of `data`."""
    documents = texts_of(data)[:limit]
    texts = [row["text"] for row in documents]
    cold = cold_start(middling(texts), cold_runs) if cold_runs > 0 else None
    cores = one_core()
    from sayso.read.stages import encoder_only, timed_read

    timing, reader = time_reading(texts, repeats, timed_read, encoder_only)
    return Outcome(
        benchmark="speed",
        data=data,
        corpus=corpus.fingerprint(data) if data and data.is_file() else "",
        documents=len(documents),
        words=timing.words,
        figures=figures_of(timing, cold, peak_of_this_process()),
        breakdowns=(stage_breakdown(timing),),
        notes=(f"{cores}; words/s by repeat: " + ", ".join(f"{timing.words / s:,.0f}" for s in timing.passes),),
        reader=reader,
        details={"passes_s": list(timing.passes), "stages_s": timing.stages, "encoder_s": timing.encoder},
    )


def middling(texts: Sequence[str]) -> str:
    """The text of median length: the one article for the cold start."""
    return sorted(texts, key=len)[len(texts) // 2]


def one_core() -> str:
    """Tie this process to one core where possible, and say so. Call it before the reader is loaded."""
    for name in ("OMP_NUM_THREADS", "RAYON_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    if not hasattr(os, "sched_setaffinity"):
        return "not tied to one core on this system: the reader's own threading applies"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"tied to core {core}"


def peak_of_this_process() -> float | None:
    """Peak resident memory in MB; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE, 1)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command(
        "speed",
        "Time raw text to Reading on one core, stage by stage, and a cold `sayso read`.",
        "--data ../shared/eval/attribution/dev.jsonl.gz --limit 30",
    )
    parser.add_argument(
        "--data", type=Path, help="JSON Lines, a text file or a folder of them; else the shipped example"
    )
    parser.add_argument("--limit", type=figures.count, default=30, metavar="N", help="documents to read (30)")
    parser.add_argument("--repeats", type=figures.count, default=3, metavar="N", help="passes over them (3)")
    parser.add_argument(
        "--cold-runs", type=int, default=5, metavar="N", help="fresh processes to start (5; 0 for none)"
    )
    arguments = parser.parse_args(argv)
    return figures.finish(
        parser,
        arguments,
        lambda: measure(
            arguments.data, limit=arguments.limit, repeats=arguments.repeats, cold_runs=arguments.cold_runs
        ),
    )


def _examples() -> list[Row]:
    found = _text_files(_EXAMPLES)
    return [{**row, "id": f"{row['id']} {copy}"} for copy in range(_EXAMPLE_COPIES) for row in found]


def _text_files(folder: Path) -> list[Row]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))
    if not paths:
        raise CorpusError(f"{folder}: no text to read here. Point --data at JSON Lines or a folder of .txt files")
    return [{"id": str(path), "text": corpus.content(path).decode("utf-8", "replace")} for path in paths]


if __name__ == "__main__":
    sys.exit(main())
