"""The shipped network: one run per window, and every head's scores for the whole text."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from sayso.errors import WeightsMissing
from sayso.read.pieces import Pieces
from sayso.read.windows import Window

Floats = npt.NDArray[np.float32]

_START, _END = 101, 102  # the vocabulary's [CLS] and [SEP]
HEADS: Final = (
    "anchor", "unary", "query", "key", "pair_query", "pair_key", "flat", "names", "phrases", "link_query", "link_key",
)  # fmt: skip
ATTACK_HEADS: Final = ("people", "fillers", "kinds", "standing", "effect", "together_query", "together_key")


@dataclass(frozen=True, slots=True)
class AttackScores:
    """What the heads for attacks say of one window: arrays with one row per piece of the window."""

    people: Floats  # [pieces, 9]: begin / inside of person, organisation, place, demonym
    fillers: Floats  # [pieces, 11]: begin / inside of an incident's perpetrator, organisation, target, victim, weapon
    kinds: Floats  # [pieces, 6]: log-odds that the incident of a filler is an attack, bombing, kidnapping, …
    standing: Floats  # [pieces, 5]: how surely a perpetrator is one
    effect: Floats  # [pieces, 7]: what became of a target or victim
    together_query: Floats  # [pieces, width]: a filler's side of the score that a later one shares its incident
    together_key: Floats  # [pieces, width]: the later filler's side


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of one window: arrays with one row per piece of the window."""

    window: Window
    anchor: Floats  # [pieces, 3]: no cue starts here, an outermost statement's, an inner one's
    unary: Floats  # [pieces, 4]: a piece's own leaning to none, source, cue, content
    query: Floats  # [pieces, 3 * width]: a cue's side of the product that scores roles
    key: Floats  # [pieces, 3 * width]: a piece's side of it
    pair_query: Floats  # [pieces, width]: a cue's side of the layer that scores roles
    pair_key: Floats  # [pieces, width]: a piece's side of it
    flat: Floats  # [pieces, 4]: the role a piece plays in an outermost statement, whichever
    names: Floats  # [pieces, 9]: begin / inside of person, organisation, place, demonym
    phrases: Floats  # [pieces, 7]: begin / inside of a noun phrase for a person, organisation, place
    link_query: Floats  # [pieces, width]: a mention's side of the score with an earlier mention
    link_key: Floats  # [pieces, width]: the earlier mention's side
    attacks: AttackScores | None = None  # of a window in which they were looked for


class Encoder:
    """An ONNX Runtime session over the shipped weights.

    Windows are run one at a time: int8 scales are taken from each input, so that a batch would make a
    text's scores depend on its neighbours.
    """

    def __init__(self, model: bytes, settings: dict[str, Any], threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # its pool would hold on to the largest window's memory
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.distance = np.asarray(settings["distance"], dtype=np.float32)
        self.pair_distance = np.asarray(settings["pair_distance"], dtype=np.float32)
        self.pair = np.asarray(settings["pair"], dtype=np.float32).T
        self.verifier: list[float] = settings["verifier"]
        self.fingerprint = hashlib.sha256(model).hexdigest()[:16]

    def run(self, pieces: Pieces, window: Window, violent: Collection[Window] = ()) -> Scores:
        """Every head's scores for one window; those for attacks, which cost as much again, if it is a violent one."""
        cut = slice(window.start, window.end)
        outputs = self._session.run(
            [*HEADS, *ATTACK_HEADS],
            {
                "ids": _framed(pieces.ids[cut], _START, _END),
                "shapes": _framed(pieces.shapes[cut], 0, 0),
                "breaks": _framed(pieces.breaks[cut], 0, 0),
                "violent": np.array(window in violent),
            },
        )
        rows = dict(zip((*HEADS, *ATTACK_HEADS), (output[0, 1:-1] for output in outputs), strict=True))
        attacks = AttackScores(**{name: rows[name] for name in ATTACK_HEADS}) if window in violent else None
        return Scores(window=window, attacks=attacks, **{name: rows[name] for name in HEADS})

    def run_all(self, pieces: Pieces, windows: Sequence[Window], violent: Collection[Window] = ()) -> list[Scores]:
        """Scores for each window, in order; `violent` are those in which attacks are looked for."""
        return [self.run(pieces, window, violent) for window in windows]


def _framed(values: npt.NDArray[np.int64], first: int, last: int) -> npt.NDArray[np.int64]:
    return np.concatenate([[first], values, [last]])[None].astype(np.int64)


_lock = threading.Lock()


@cache
def _load(threads: int) -> Encoder:
    folder = resources.files("sayso.read") / "weights"
    try:
        model = (folder / "reader.onnx").read_bytes()
        settings = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
        settings["verifier"] = json.loads((folder / "verifier.json").read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise WeightsMissing(
            f"The reader's weights are not in this installation: {missing.filename}",
            "Install sayso again from its wheel or a full checkout.",
        ) from missing
    return Encoder(model, settings, threads)


def shipped(threads: int | None = None) -> Encoder:
    """The encoder that travels with the package, loaded once per process and thread count.

    Raises WeightsMissing where the installation is not whole.
    """
    with _lock:
        return _load(threads or int(os.environ.get("SAYSO_THREADS", "1")))
