"""Time expressions: where they stand, what they say, and which days of the calendar that is."""

from sayso.read.times.dateline import Dateline, dateline
from sayso.read.times.timeline import times

__all__ = ["Dateline", "dateline", "times"]
