"""Voices: chains joined to origins across reports, copies collapsed, each origin counted once."""

from sayso.trace.voices.counting import Membership, voices, voices_by_polarity
from sayso.trace.voices.pairing import pairing, pairings, summary
from sayso.trace.voices.shared import Shared
from sayso.trace.voices.trails import Step, StepKind, Trail, trail

__all__ = [
    "Membership",
    "Shared",
    "Step",
    "StepKind",
    "Trail",
    "pairing",
    "pairings",
    "summary",
    "trail",
    "voices",
    "voices_by_polarity",
]
