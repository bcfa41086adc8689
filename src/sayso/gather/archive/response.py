"""The task that opens an archived HTTP response (RFC 9112) in the worker: its header and its decoded content."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any, Final

from sayso.gather.archive.records import Fields, field, fields_in, matches
from sayso.gather.unpack import BadCoding, Room, unpacked

_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_SIZE: Final = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\n]{0,1000})?\r?\n")


def read_response(block: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The response in a record's block. `options`: `most`, `free`, `ratio`, `media` and the payload's `digest`.

    Gives `status`, `headers`, `content` in base64 and `flags`; or `problem`, in words. Without success, or of a type
    that `media` does not name, there is no content.
    """
    end = _HEADER_END.search(block)
    status = _STATUS.match(block)
    if status is None:
        return {"problem": "it holds no HTTP response"}
    header, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers = fields_in(header.splitlines(keepends=True)[1:])
    reply = {"status": int(status[1]), "headers": headers}
    media = (field(headers, "Content-Type") or "").partition(";")[0].strip().lower()
    if reply["status"] not in range(200, 300) or (media and media not in options["media"]):
        return {**reply, "content": None, "flags": []}
    try:
        content, flags = _content(body, headers, Room(options["most"], options["free"], options["ratio"]))
    except BadCoding as error:
        return {**reply, "problem": str(error)}
    digest = options["digest"]
    if digest and not any(matches(digest, form) for form in (body, content)):
        return {**reply, "problem": "its content differs from its digest"}
    return {**reply, "content": base64.b64encode(content).decode(), "flags": flags}


def _content(body: bytes, headers: Fields, room: Room) -> tuple[bytes, list[str]]:
    """The body without its transfer and content codings, and flags if it was cut when it was archived.

    Archives also hold bodies whose codings were undone before and whose headers still name them.
    """
    flags: list[str] = []
    if "chunked" in (field(headers, "Transfer-Encoding") or "").lower():
        chunks = _chunks(body)
        body, flags = (body, []) if chunks is None else chunks
    elif (length := field(headers, "Content-Length")) and length.isdecimal() and int(length) > len(body):
        flags.append("text may be lost: the answer was cut off when it was archived")
    coding = field(headers, "Content-Encoding") or ""
    if "gzip" in coding.lower() and not body.startswith(b"\x1f\x8b"):
        coding = ""
    return unpacked([body], coding, room), flags


def _chunks(body: bytes) -> tuple[bytes, list[str]] | None:
    """The data of the chunks; None if the body holds none."""
    parts: list[bytes] = []
    whole = False
    for part in _each_chunk(body):
        if part is None:
            whole = True
        else:
            parts.append(part)
    if not parts and not whole:
        return None
    return b"".join(parts), [] if whole else ["text may be lost: the answer was cut off when it was archived"]


def _each_chunk(body: bytes) -> Iterator[bytes | None]:
    """Each chunk's data, and None for the one that ends them all."""
    place = 0
    while size := _SIZE.match(body, place):
        length = int(size[1], 16)
        if not length:
            yield None
            return
        chunk = body[size.end() : size.end() + length]
        yield chunk
        place = size.end() + length
        if len(chunk) < length or body[place : place + 1] not in (b"\r", b"\n"):
            return
        place += 2 if body[place : place + 2] == b"\r\n" else 1
