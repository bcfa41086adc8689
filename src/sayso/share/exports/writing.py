"""A selection written to a file: in the format that the end of its name says, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.share.exports.forms import FORMS, Format, format_of
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.registry import WRITTEN, refusal
from sayso.share.exports.selection import selected
from sayso.share.exports.whole import begun, finish, put
from sayso.share.units import Offsets


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the format, how many bytes, and what of the kind the format has no room for."""

    form: Format
    size: int
    drops: tuple[str, ...]


def write(ledger: Ledger, kind: ExportKind, name: str, asked: Mapping[str, str]) -> Exported:
    """Write what fits all conditions to the file named; one that is there is replaced.

    Raises SaysoError where the name's end is no format, the kind has it not, or a condition cannot be met; a file that
    is there then stays as it was.
    """
    form = format_of(name)
    if form is None:
        endings = ", ".join(it.ending for it in FORMS.values())
        raise SaysoError(f"{name!r} names no format", f"End the name in one of: {endings}")
    pieces = written_to(ledger, kind, form, asked)
    size = 0
    with begun(Path(name)) as file:
        for piece in pieces:
            put(file, piece)
            size += len(piece)
        finish([file])
    return Exported(form, size, WRITTEN[form].drops[kind])


def written_to(ledger: Ledger, kind: ExportKind, form: Format, asked: Mapping[str, str]) -> Iterator[bytes]:
    """What fits all conditions in a format, as a stream. Raises SaysoError."""
    if unfit := refusal(kind, form, Offsets.CODE_POINTS):
        raise SaysoError(*unfit[1:])
    return _pieces(ledger, kind, form, asked)


def _pieces(ledger: Ledger, kind: ExportKind, form: Format, asked: Mapping[str, str]) -> Iterator[bytes]:
    with selected(ledger, kind, asked) as selection:
        yield from WRITTEN[form].write(selection)
