"""Where the time of a reading goes, for the benchmarks and for `--verbose` talk."""

from __future__ import annotations

import time

import numpy as np

from sayso.read.encoder import shipped
from sayso.read.incidents.violence import violent
from sayso.read.pieces import split
from sayso.read.reader import Encoded, decode, interpret
from sayso.read.sentences import sentences
from sayso.read.windows import SIZE, Window, windows
from sayso.read.words import join
from sayso.read.world import with_world
from sayso.vocabulary import Reading, Report, report_id


def timed_read(text: str) -> tuple[Reading, dict[str, float]]:
    """A reading and the seconds of each stage: tokenise, encode, decode (attributions), resolve (who, where), world."""
    encoder = shipped()
    clock = [time.perf_counter()]
    spans = sentences(text)
    pieces = split(text)
    words = join(text, pieces)
    clock.append(time.perf_counter())
    cut = windows(pieces, spans)
    scores = encoder.run_all(pieces, cut, violent(text, spans, pieces, cut))
    clock.append(time.perf_counter())
    encoded = Encoded(spans, pieces, words, scores)
    decoded = decode(encoded, encoder)
    clock.append(time.perf_counter())
    part = interpret(Report(report_id(text), text), encoded, decoded, encoder)
    clock.append(time.perf_counter())
    reading = with_world(part)
    clock.append(time.perf_counter())
    names = ("tokenise", "encode", "decode", "resolve", "world")
    return reading, dict(zip(names, np.diff(clock).tolist(), strict=True))


def encoder_only(text: str) -> float:
    """Seconds to run the encoder over the text's pieces in full windows without overlap: its own speed limit."""
    encoder = shipped()
    pieces = split(text)
    began = time.perf_counter()
    for start in range(0, len(pieces), SIZE):
        encoder.run(pieces, Window(start, start, min(len(pieces), start + SIZE)))
    return time.perf_counter() - began
