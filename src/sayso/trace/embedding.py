"""Short texts as vectors: what is worded otherwise but means much the same lies near.

The encoder is all-MiniLM-L6-v2 as published, in int8, mean pooled. The reader's encoder has the same shape and
vocabulary but cannot stand in for it: learning to read took its sense of likeness away.

Every number of a vector is rounded to one of 16 levels, those of a Lloyd-Max quantiser for a normal distribution, so
that a vector is kept in 192 bytes. The levels are whole numbers, so that cosines are the same wherever and in whatever
order they are summed; the rounded vector is the vector, in memory and kept.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from sayso.errors import WeightsMissing
from sayso.read.pieces import tokenizer

Vectors = npt.NDArray[np.int8]  # [texts, WIDTH]: levels
Floats = npt.NDArray[np.float32]

WIDTH: Final = 384
PACKED: Final = WIDTH // 2  # bytes of a vector that is kept
NAME: Final = "all-MiniLM-L6-v2"
_START, _END = 101, 102  # the vocabulary's [CLS] and [SEP]
_LONGEST: Final = 126  # pieces; the encoder was trained on 128 with its start and end marks
_LONGEST_TEXT: Final = 4_000  # code points that can hold so many pieces
_REMEMBERED: Final = 40_000  # texts whose vectors are at hand: what is copied comes again


# The levels above zero of the quantiser for a normal distribution (Max 1960, table I), in 46ths, and what parts them.
_ABOVE: Final = np.array([0.1284, 0.3881, 0.6568, 0.9424, 1.2562, 1.6181, 2.0690, 2.7326])
_BETWEEN: Final = (_ABOVE[1:] + _ABOVE[:-1]) / 2
_WHOLE: Final = np.round(_ABOVE * 46).astype(np.int8)
_LEVELS: Final = np.concatenate([-_WHOLE[::-1], _WHOLE])
_CODES: Final = np.zeros(256, dtype=np.uint8)
_CODES[_LEVELS.view(np.uint8)] = np.arange(16)


@dataclass(frozen=True, slots=True)
class Embedder:
    """The encoder's session, and the fingerprint of its weights."""

    session: ort.InferenceSession
    fingerprint: str


def embed(texts: Sequence[str]) -> Vectors:
    """The vector of each text, [texts, 384]; what is beyond a text's first 126 pieces is not looked at.

    A lone surrogate counts as a question mark.

    Texts are run one at a time: int8 scales are taken from each input, so that a batch would make a text's vector
    depend on its neighbours. Raises WeightsMissing where the installation is not whole.
    """
    return unpacked(b"".join(embedded(texts)))


def embedded(texts: Sequence[str]) -> list[bytes]:
    """The vector of each text, packed. Raises WeightsMissing."""
    found = []
    for text in texts:
        vector = _remembered.get(text)
        if vector is None:
            vector = _embedded(text[:_LONGEST_TEXT])
            remember({text: vector})
        found.append(vector)
    return found


def remember(vectors: Mapping[str, bytes]) -> None:
    """Have the packed vectors of some texts at hand, as another process worked them out."""
    with _remembering:
        _remembered.update(vectors)
        for text in [*islice(_remembered, max(0, len(_remembered) - _REMEMBERED))]:
            del _remembered[text]


_remembering: Final = threading.Lock()
_remembered: Final[dict[str, bytes]] = {}  # those met first go first


def _embedded(text: str) -> bytes:
    whole = text.encode("utf-8", "replace").decode()
    pieces = tokenizer().encode(whole, add_special_tokens=False).ids[:_LONGEST]
    (vector,) = embedder().session.run(None, {"ids": np.array([[_START, *pieces, _END]], dtype=np.int64)})
    return packed(rounded(vector))


def rounded(vectors: npt.ArrayLike) -> Vectors:
    """Vectors of any length as levels; [WIDTH] or [texts, WIDTH]."""
    rows = np.atleast_2d(np.asarray(vectors, dtype=np.float32))
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled = rows * (np.sqrt(WIDTH) / np.maximum(lengths, 1e-12))
    at = np.searchsorted(_BETWEEN, np.abs(scaled))
    return np.asarray(np.where(scaled < 0, -_WHOLE[at], _WHOLE[at]), dtype=np.int8)


def packed(vectors: Vectors) -> bytes:
    """Vectors as bytes, PACKED for each."""
    codes = _CODES[vectors.view(np.uint8).reshape(-1)]
    return (codes[0::2] << 4 | codes[1::2]).tobytes()


def unpacked(data: bytes) -> Vectors:
    """The vectors of packed bytes, [texts, WIDTH]."""
    codes = np.frombuffer(data, dtype=np.uint8)
    out = np.empty((len(data) // PACKED, WIDTH), dtype=np.int8)
    flat = out.reshape(-1)
    flat[0::2], flat[1::2] = _LEVELS[codes >> 4], _LEVELS[codes & 15]
    return out


def cosines(vectors: Vectors, others: Vectors) -> Floats:
    """The cosine of each vector with another, or with its own other; [texts]. Sums of whole numbers are exact."""
    rows, held = vectors.astype(np.float32), np.atleast_2d(others).astype(np.float32)
    squares = np.einsum("ij,ij->i", rows, rows) * np.einsum("ij,ij->i", held, held)
    return np.asarray(np.einsum("ij,ij->i", rows, np.broadcast_to(held, rows.shape)) / np.sqrt(squares), np.float32)


def between(vectors: Vectors, others: Vectors) -> Floats:
    """The cosines of vectors with others, [vectors, others]."""
    rows, held = vectors.astype(np.float32), others.astype(np.float32)
    squares = np.outer(np.einsum("ij,ij->i", rows, rows), np.einsum("ij,ij->i", held, held))
    return np.asarray(rows @ held.T / np.sqrt(squares), dtype=np.float32)


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
