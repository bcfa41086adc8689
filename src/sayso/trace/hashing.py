"""Words as numbers that an index column holds."""

from __future__ import annotations

import hashlib


def hashed(words: str) -> int:
    """The first 64 bits of the SHA-256 of some words, as a signed number."""
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:8], signed=True)
