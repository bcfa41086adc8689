"""Forecasts across reports: who foretold what, whether anything followed, and what the same voice foretold before."""

from sayso.trace.forecasts.foretold import WINDOW, Foretold, foretold
from sayso.trace.forecasts.outcomes import Forecasts, Foretellings, carried_with, outcomes, outcomes_in, outcomes_of
from sayso.trace.forecasts.runs import Run, run

__all__ = [
    "WINDOW",
    "Forecasts",
    "Foretellings",
    "Foretold",
    "Run",
    "carried_with",
    "foretold",
    "outcomes",
    "outcomes_in",
    "outcomes_of",
    "run",
]
