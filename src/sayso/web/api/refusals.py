"""What the API refuses by itself, beside the errors of the parts it calls."""

from __future__ import annotations

from sayso.errors import SaysoError


class NotThere(SaysoError):
    """There is nothing with this id."""


class BadParameter(SaysoError):
    """A parameter, or a field of a body, is not what it has to be. `place` is where it stands: "query.limit"."""

    def __init__(self, problem: str, cure: str, place: str) -> None:
        super().__init__(problem, cure)
        self.place = place


class BodyTooLarge(SaysoError):
    """The body of a request is over the limit."""


class WrongMediaType(SaysoError):
    """The body of a request is of a media type that is not read."""


class TooSlow(SaysoError):
    """An answer could not be found within its time."""


class Busy(SaysoError):
    """As much is under way as may be at once."""


class OldProtocol(SaysoError):
    """A stream whose end could not be told from a break in this version of HTTP."""
