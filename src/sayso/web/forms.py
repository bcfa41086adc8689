"""What a form of a page sends, read up to a limit and no further."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request

from sayso.errors import SaysoError, TooLarge

LARGEST: Final = 2_000_000  # bytes of a form: a text of some 200,000 letters as forms spell them
_FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 20


async def form(request: Request) -> dict[str, str]:
    """The fields of a form, line ends as one line feed. Raises TooLarge, or SaysoError on what is no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise SaysoError("This is no form of the desk", "Send it from its own page")
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > LARGEST:
            raise TooLarge("the form", f"it is over the limit of {LARGEST:,} bytes", "Add it as a file: sayso add FILE")
    try:
        pairs = parse_qsl(data.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError as error:
        raise SaysoError("This is no form of the desk", "Send it from its own page") from error
    return {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in pairs}
