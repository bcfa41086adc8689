"""Embeddings kept in a file, so that each text is embedded once. The file is derived and can be deleted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.corpus import CorpusError
from sayso.record.matching import Embed
from sayso.trace.embedding import WIDTH, Vectors, embed, embedder

_ROW: Final = np.dtype([("key", "S16"), ("vector", "i1", (WIDTH,))])
_AT_ONCE: Final = 1_000  # texts between two writes, so that a stopped run goes on where it was


def remembered(path: Path) -> Embed:
    """`embed`, but what was embedded before is read from the file, and what is new is added to it.

    Raises CorpusError where the file cannot be read or written.
    """
    known = _load(path)

    def look_up(texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if _key(text) not in known]
        for first in range(0, len(new), _AT_ONCE):
            part = new[first : first + _AT_ONCE]
            rows = np.zeros(len(part), dtype=_ROW)
            rows["key"], rows["vector"] = [_key(text) for text in part], embed(part)
            _append(path, rows)
            known.update(zip((_key(text) for text in part), rows["vector"], strict=True))
        out = np.zeros((len(texts), WIDTH), dtype=np.int8)
        for at, text in enumerate(texts):
            out[at] = known[_key(text)]
        return out

    return look_up


def _key(text: str) -> bytes:
    """16 hex digits of the text and the embedder's weights: other weights, other vectors."""
    return hashlib.sha256(f"{embedder().fingerprint}\n{text}".encode("utf-8", "replace")).hexdigest()[:16].encode()


def _load(path: Path) -> dict[bytes, np.ndarray]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror})") from error
    rows = np.frombuffer(data[: len(data) - len(data) % _ROW.itemsize], dtype=_ROW)
    return {bytes(row["key"]): row["vector"] for row in rows}


def _append(path: Path, rows: np.ndarray) -> None:
    """Add rows after the last whole one: a row cut short is written over."""
    try:
        with path.open("r+b" if path.exists() else "w+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(size - size % _ROW.itemsize)
            file.truncate()
            file.write(rows.tobytes())
    except OSError as error:
        raise CorpusError(f"{path}: cannot be written ({error.strerror})") from error
