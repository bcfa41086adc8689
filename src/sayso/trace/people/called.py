"""How what is kept of a report names its actors: by their id there and their fullest name, never by who they are.

Who that is across reports changes as names come to be joined; so it is worked out when somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from sayso.trace.people.names import appearance_key, appearances
from sayso.vocabulary import ActorId, ActorRef, KnownActorId, Reading, ReportId

_MARK: Final = "@"  # no folded name has it


class Called(NamedTuple):
    """An actor of a report by its id there and the key of its fullest name, "" where no name identifies it."""

    actor: ActorId
    key: str

    def token(self) -> KnownActorId:
        """What stands in the place of the known actor where it is kept."""
        return KnownActorId(f"{_MARK}{len(self.actor)} {self.actor}{self.key}")

    def tie(self, report: ReportId) -> str:
        """What it is looked up by: its name, else what joins call it."""
        return self.key or appearance_key(ActorRef(report, self.actor))


def called(token: str) -> Called | None:
    """The actor that stands in the place of a known one; None for any other name."""
    if not token.startswith(_MARK):
        return None
    size, _, rest = token[len(_MARK) :].partition(" ")
    return Called(ActorId(rest[: int(size)]), rest[int(size) :])


def keys_in(found: Iterable[str]) -> list[str]:
    """The keys of the names of those who stand in the place of known actors."""
    return [it.key for token in found if (it := called(token)) is not None and it.key]


def tokens(reading: Reading) -> Callable[[ActorRef], KnownActorId | None]:
    """What to take for the known actors of a report that is to be kept."""
    found = {it.ref: Called(it.ref.actor, it.identified[0].key if it.identified else "") for it in appearances(reading)}

    def known(ref: ActorRef) -> KnownActorId | None:
        return found[ref].token() if ref in found else None

    return known
