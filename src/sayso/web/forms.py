"""What a form of a page sends, read up to a limit and no further."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request

from sayso.errors import SaysoError, TooLarge

LARGEST: Final = 2_000_000  # bytes of a form: a text of some 200,000 letters as forms spell them
MOST_FIELDS: Final = 500
Fields = Mapping[str, list[str]]
_FORM: Final = "application/x-www-form-urlencoded"


async def form(request: Request) -> dict[str, str]:
    """The fields of a form, line ends as one line feed. Raises TooLarge, or SaysoError on what is no form."""
    return {name: values[-1] for name, values in (await fields(request)).items()}


async def fields(request: Request) -> Fields:
    """The fields of a form, each with all its values in their order. Raises TooLarge, or SaysoError."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise SaysoError("This is no form of the desk", "Send it from its own page")
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > LARGEST:
            raise TooLarge("the form", f"it is over the limit of {LARGEST:,} bytes", "Add it as a file: sayso add FILE")
    try:
        pairs = parse_qsl(data.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
    except ValueError as error:
        raise SaysoError("This is no form of the desk", "Send it from its own page") from error
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        found[name].append(value.replace("\r\n", "\n").replace("\r", "\n"))
    return found


def own_address(said: str, otherwise: str) -> str:
    """An address of the desk to go back to; what is none is not heeded."""
    is_own = said.startswith("/") and not said.startswith("//") and said.isprintable() and "\\" not in said
    return said if is_own and len(said) < 2_000 else otherwise
