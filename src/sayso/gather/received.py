"""What arrived: bytes with where, when and with which headers they came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.vocabulary import Capture, Report


@dataclass(frozen=True, slots=True)
class Received:
    """The circumstances of some bytes: `origin` names them in errors, the rest is as in `Capture`."""

    origin: str
    captured: str
    media: str | None = None
    address: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()

    def capture(self, report: Report, data: bytes) -> Capture:
        """The capture of a report read from `data`."""
        return Capture(report, data, self.media, self.address, self.captured, self.headers)


def now() -> str:
    """The present moment: UTC, ISO 8601, to the second."""
    return utc(datetime.now(UTC))


def utc(moment: datetime) -> str:
    """A moment with a zone, in UTC, ISO 8601, to the second ("2022-08-19T13:05:00Z")."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def here(origin: str, media: str | None = None) -> Received:
    """A local file or stream, read now."""
    return Received(origin, now(), media)
