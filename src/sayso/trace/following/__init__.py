"""What is derived across reports, kept up with what the ledger holds: `follow` is called before every question."""

from __future__ import annotations

from sayso.trace.following.follow import Followed, follow
from sayso.trace.following.keeping_up import AHEAD, keeping_up
from sayso.trace.following.material import Untraced

__all__ = ["AHEAD", "Followed", "Untraced", "follow", "keeping_up"]
