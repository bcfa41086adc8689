"""A WARC file to captures: archived web pages, texts and PDFs, with the address and the moment each was archived."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import IO, Any, Final

from sayso.errors import BrokenArchive, EmptyInput, GatherError, PassedOver
from sayso.gather.archive.records import Fields, Record, records
from sayso.gather.documents import document
from sayso.gather.jail import shared_jail
from sayso.gather.kinds import DOCUMENT_MEDIA, DOCUMENTS, Kind, kind_of, kind_of_media
from sayso.gather.limits import Limits
from sayso.gather.received import Received, utc
from sayso.vocabulary import Capture

_RESPONSE: Final = "sayso.gather.archive.response:read_response"
_KINDS: Final = frozenset(  # ISO 28500:2017, 6
    ("warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation")
)
_KEPT: Final = "Sayso-Kept"  # in a case file of ours: the ledger kept the content alone, and not the block
_MOVED: Final = "X-Archive-Orig-"
_NO_DATE: Final = "the archive does not say when this was captured: the time it was read stands for it"


@dataclass(frozen=True, slots=True)
class _Payload:
    content: bytes
    media: str | None
    headers: Fields = ()
    flags: tuple[str, ...] = ()


def captures_in(stream: IO[bytes], received: Received, limits: Limits) -> Iterator[Capture | GatherError]:
    """One capture or error for each archived page, text or PDF of an open WARC file, plain or gzip.

    Only responses of status 2xx and resources count; images, scripts, requests and metadata are passed over, and
    records that only say "as before" are counted in a PassedOver at the end. A capture's bytes are the record's block;
    in a case file of ours the content, where the record says that the ledger kept that.
    """
    kinds: Counter[str] = Counter()
    found = 0
    for record in records(stream, received.origin, limits):
        item = record if isinstance(record, GatherError) else _capture_or_error(record, received, limits)
        if isinstance(record, Record):
            kinds[_kind(record)] += 1
        if item is not None:
            found += 1
            yield item
    yield from _noted(kinds, found, received.origin)


def _noted(kinds: Counter[str], found: int, origin: str) -> Iterator[GatherError]:
    """What is to be said of an archive as a whole."""
    revisits = kinds["revisit"]
    if revisits:
        problem = (
            f"{revisits} revisit {'record repeats' if revisits == 1 else 'records repeat'} what was captured before"
        )
        yield PassedOver(origin, problem, "Give the archives that hold the first captures too")
    if strange := sorted(set(kinds) - _KINDS):
        problem = f"records of unknown type were passed over ({', '.join(map(repr, strange))[:100]})"
        yield PassedOver(origin, problem, "If this is no type of yours, get an undamaged copy")
    elif not found and kinds and not revisits:
        problem = f"none of its {kinds.total()} records holds a page, text or PDF"
        yield PassedOver(origin, problem, "Give an archive of pages")
    elif not kinds and not found:
        yield EmptyInput(origin, "it holds no records", "Give a WARC file with something in it")


def _kind(record: Record) -> str:
    return (record.field("WARC-Type") or "").lower()


def _capture_or_error(record: Record, received: Received, limits: Limits) -> Capture | GatherError | None:
    """The capture in a record, or the error that explains why not; None if it is no document."""
    if _kind(record) not in ("response", "resource"):
        return None
    try:
        return _capture(record, received, limits)
    except GatherError as error:
        return error


def _capture(record: Record, received: Received, limits: Limits) -> Capture | None:
    """The capture in a record, or None if it is no document."""
    media = record.field("Content-Type")
    address = _address(record)
    is_http = _kind(record) == "response" and (media or "").lower().startswith("application/http")
    if _kind(record) == "response" and not is_http and (address or "").startswith("http"):
        problem = f"it is said to be a response and of type {(media or 'unknown')[:60]!r}"
        raise BrokenArchive(record.origin, problem, "Leave this record out, or get an undamaged copy")
    payload = _response(record, limits) if is_http else _Payload(record.block, media)
    if payload is None or (promised := _document_kind(payload, address)) is None:
        return None
    captured = _moment(record.field("WARC-Date"))
    circumstances = Received(
        record.origin,
        captured or received.captured,
        payload.media,
        address,
        payload.headers,
        (*record.flags, *payload.flags, *(() if captured else (_NO_DATE,))),
    )
    found = document(payload.content, circumstances, promised, limits)
    if is_http and record.field(_KEPT) == "content":
        return replace(found, headers=_as_they_came(found.headers))
    return replace(found, data=record.block, media=media or found.media)


def _as_they_came(headers: Fields) -> Fields:
    """The headers of a record of ours, those of the transfer under their own names again."""
    there = ((name, value) for name, value in headers if name.lower() != "content-length")
    return tuple((name.removeprefix(_MOVED), value) for name, value in there)


def _response(record: Record, limits: Limits) -> _Payload | None:
    """The content of an archived response; None if it is no success, or no document."""
    most = max(limits.text_bytes, limits.markup_bytes, limits.pdf_bytes)
    options = {
        "most": most,
        "free": limits.unpack_free,
        "ratio": limits.unpack_ratio,
        "digest": record.field("WARC-Payload-Digest"),
        "media": sorted(DOCUMENT_MEDIA),
    }
    reply = shared_jail().run(_RESPONSE, record.block, options, record.origin, limits)
    headers = tuple((str(name), str(value)) for name, value in reply.get("headers", ()))
    media = next((value for name, value in headers if name.lower() == "content-type"), None)
    if "problem" in reply:
        raise BrokenArchive(record.origin, str(reply["problem"])[:300], "Leave this record out, or get another copy")
    if reply["content"] is None:
        return None
    return _Payload(base64.b64decode(reply["content"]), media, headers, _words(reply))


def _words(reply: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(flag) for flag in reply["flags"])


def _document_kind(payload: _Payload, address: str | None) -> Kind | None:
    """The kind of document; None for anything else, and for robots.txt, which is no report."""
    if not payload.content.strip() or (address or "").endswith("/robots.txt"):
        return None
    promised = kind_of_media(payload.media)
    if payload.media is not None:
        return promised if promised in DOCUMENTS else None
    found = kind_of(payload.content)
    return found if found in (Kind.HTML, Kind.PDF) else None


def _address(record: Record) -> str | None:
    stated = (record.field("WARC-Target-URI") or "").strip("<> ")
    return stated or None


def _moment(stated: str | None) -> str | None:
    """WARC-Date in UTC to the second; the standard allows fractions and coarser dates."""
    try:
        moment = datetime.fromisoformat(stated or "")
    except ValueError:
        return None
    return utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
