"""How much one job may take in. Every limit stands here, so that each can be set and tested."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds on what is sent to be added, in bytes and numbers."""

    upload_bytes: int = 500_000_000  # of all files that are sent at once
    files: int = 50
    addresses: int = 100
    waiting: int = 20  # jobs that have not ended
    kept: int = 200  # jobs that are remembered; of older ones only what is in the ledger
