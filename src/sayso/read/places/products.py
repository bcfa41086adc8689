"""Products of small matrices on the thread that asks for them."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Real = TypeVar("Real", np.float32, np.float64)

# Multiplications up to which a library does not wake its other threads, which costs more than it gains here.
_ALONE = 250_000


def product(rows: npt.NDArray[Real], weights: npt.NDArray[Real]) -> npt.NDArray[Real]:
    """`rows @ weights`, some rows at a time."""
    step = max(1, _ALONE // max(1, weights.size))
    out = np.empty((len(rows), *weights.shape[1:]), dtype=rows.dtype)
    for start in range(0, len(rows), step):
        out[start : start + step] = rows[start : start + step] @ weights
    return out
