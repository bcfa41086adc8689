"""Plain text to a report: the text is the input's own, unchanged, so that offsets fit the file."""

from __future__ import annotations

from sayso.gather.decode import decode
from sayso.gather.language import language
from sayso.gather.limits import DEFAULT, Limits
from sayso.vocabulary import Report, report_id


def text_report(data: bytes, origin: str, limits: Limits = DEFAULT, charset: str | None = None) -> Report:
    """The report in a plain text; `charset` is the one the server stated.

    Raises EmptyInput, BinaryInput or TooLarge.
    """
    decoded = decode(data, origin, limits.text_bytes, charset=charset)
    return Report(
        id=report_id(decoded.text),
        text=decoded.text,
        language=language(decoded.text),
        flags=decoded.flags,
        origin=origin,
    )
