"""Short texts as vectors: what is worded otherwise but means much the same lies near.

The encoder is all-MiniLM-L6-v2 as published, in int8, mean pooled and normalised. The reader's encoder has the same
shape and vocabulary but cannot stand in for it: learning to read took its sense of likeness away.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from sayso.errors import WeightsMissing
from sayso.read.pieces import tokenizer

Vectors = npt.NDArray[np.float16]

WIDTH: Final = 384
NAME: Final = "all-MiniLM-L6-v2"
_START, _END = 101, 102  # the vocabulary's [CLS] and [SEP]
_LONGEST: Final = 126  # pieces; the encoder was trained on 128 with its start and end marks
_LONGEST_TEXT: Final = 4_000  # code points that can hold so many pieces


@dataclass(frozen=True, slots=True)
class Embedder:
    """The encoder's session, and the fingerprint of its weights."""

    session: ort.InferenceSession
    fingerprint: str


def embed(texts: Sequence[str]) -> Vectors:
    """One vector of length 1 for each text, [texts, 384]; what is beyond a text's first 126 pieces is not looked at.

    Texts are run one at a time: int8 scales are taken from each input, so that a batch would make a text's vector
    depend on its neighbours. Raises WeightsMissing where the installation is not whole.
    """
    session = embedder().session
    out = np.zeros((len(texts), WIDTH), dtype=np.float16)
    for row, text in enumerate(texts):
        pieces = tokenizer().encode(text[:_LONGEST_TEXT], add_special_tokens=False).ids[:_LONGEST]
        (vector,) = session.run(None, {"ids": np.array([[_START, *pieces, _END]], dtype=np.int64)})
        out[row] = vector[0]
    return out


_lock = threading.Lock()


def embedder() -> Embedder:
    """The embedder that travels with the package, loaded once per process. Raises WeightsMissing."""
    with _lock:
        return _load()


@cache
def _load() -> Embedder:
    source = resources.files("sayso.trace") / "weights" / "embedder.onnx"
    try:
        model = source.read_bytes()
    except FileNotFoundError as missing:
        raise WeightsMissing(
            f"The embedder's weights are not in this installation: {missing.filename}",
            "Install sayso again from its wheel or a full checkout.",
        ) from missing
    options = ort.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("SAYSO_THREADS", "1"))
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # its pool would hold on to the longest text's memory
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return Embedder(session, hashlib.sha256(model).hexdigest()[:16])
