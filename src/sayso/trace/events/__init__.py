"""Events: incidents of the same happening joined across reports, every field with its versions by source."""

from sayso.trace.events.accounts import Account, accounts
from sayso.trace.events.assembly import event
from sayso.trace.events.changes import Change, changes
from sayso.trace.events.grading import RULE, Vouching, vouching
from sayso.trace.events.happenings import Happenings, Scenes, event_of, events, grouped
from sayso.trace.events.scenes import Scene

__all__ = [
    "RULE",
    "Account",
    "Change",
    "Happenings",
    "Scene",
    "Scenes",
    "Vouching",
    "accounts",
    "changes",
    "event",
    "event_of",
    "events",
    "grouped",
    "vouching",
]
