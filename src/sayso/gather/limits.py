"""How much of anything Sayso takes in. Every limit stands here, so that each can be set and tested."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input. Sizes are in bytes, times in seconds.

    `cpu_seconds` and `wall_seconds` hold for one try at a document. A web page gets at most two (the main
    parser, then the plain one), so that it costs 20 s of processor time at most.
    """

    text_bytes: int = 50_000_000
    markup_bytes: int = 10_000_000  # HTML and Markdown
    markup_depth: int = 500  # open elements; real pages stay under 100
    line_bytes: int = 10_000_000  # one line of JSON Lines
    unpack_ratio: int = 200  # gzip: refused above this ratio …
    unpack_free: int = 10_000_000  # … once this much has come out
    cpu_seconds: int = 10
    wall_seconds: float = 30.0
    memory_bytes: int = 1_000_000_000  # on top of what the worker's libraries take
    open_files: int = 64


DEFAULT = Limits()
