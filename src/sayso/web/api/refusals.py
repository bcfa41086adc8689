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


class WrongHost(SaysoError):
    """The desk was asked for by a name that is none of its own."""


class ForeignPage(SaysoError):
    """What would change something was sent by a page of somebody else's, or of nobody knows whom."""


class NotLoggedIn(SaysoError):
    """Nobody is logged in, and this is not for everybody."""


class BadToken(SaysoError):
    """A token is none, has run out, was revoked, or came where none is taken."""


class TwoCredentials(SaysoError):
    """A token and a session came together."""


class NotAllowed(SaysoError):
    """Whoever asks may not do this."""


class TooMany(SaysoError):
    """Somebody asks too often. `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many requests came in too short a time", "Wait a little, and ask again")
        self.seconds = seconds
