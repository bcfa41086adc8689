"""The archived copies of a report as WARC records: what came from the web, and the text that was taken from it.

What came from the web whole, a page or a record of a web archive, is a response or resource. A line of JSON, a row of a
table or an item of a feed is part of another document: such bytes are in the ledger's part of a case file alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sayso.gather.kinds import DOCUMENTS, kind_of_media
from sayso.ledger import Captured, Ledger
from sayso.share.exports.instants import instant
from sayso.share.exports.wacz.records import Record, record, response_block, status_of
from sayso.vocabulary import Report

UNDATED: Final = "1970-01-01T00:00:00Z"
_TEXT: Final = "text/plain; charset=utf-8"
# In a record of ours: that the ledger keeps the content alone, so that it is known again when the case file is added.
KEPT: Final = ("Sayso-Kept", "content")


@dataclass(frozen=True, slots=True)
class Written:
    """A record of a report with its address and date; status and media type where it is one of the web."""

    record: Record
    address: str
    date: str
    status: str = ""
    media: str = ""

    @property
    def indexed(self) -> bool:
        """Whether it is what the address gave."""
        return self.record.type != "conversion"


def records_of(ledger: Ledger, report: Report) -> Iterator[Written]:
    """The records of a report: of each of its captures from the web, then its text where it has an address.

    Raises NotInLedger, LedgerDamaged.
    """
    first: Written | None = None
    earliest = ""
    for it in ledger.captures(report.id):
        earliest = earliest or it.captured
        found = _captured(ledger, report, it)
        if found is not None:
            first = first or found
            yield found
    address = first.address if first else report.url
    if address:
        published = instant(report.published.value) if report.published else None
        date = first.date if first else earliest or _seconds(published) or UNDATED
        refers = (("WARC-Refers-To", first.record.id),) if first else ()
        fields = (("WARC-Target-URI", address), *refers)
        text = record("conversion", report.id, date, report.text.encode(), _TEXT, fields)
        yield Written(text, address, date)


def _captured(ledger: Ledger, report: Report, it: Captured) -> Written | None:
    """The record of a capture; None for one that is no document of the web."""
    media = (it.media or "").lower()
    whole = media.startswith("application/http")
    if it.snapshot is None or not it.address or not (whole or kind_of_media(media) in DOCUMENTS):
        return None
    date = it.captured or UNDATED
    data = ledger.snapshot(it.snapshot)
    fields = (("WARC-Target-URI", it.address),)
    name = f"{report.id} {it.snapshot} {date} {it.name}"
    if whole:
        found = record("response", name, date, data, it.media or "", fields)
        return Written(found, it.address, date, *status_of(data))
    kind = media.partition(";")[0].strip()
    if not it.headers:
        return Written(record("resource", name, date, data, it.media or "", fields), it.address, date, "200", kind)
    block = response_block(it.headers, data, it.media)
    found = record("response", name, date, block, "application/http; msgtype=response", (*fields, KEPT))
    return Written(found, it.address, date, "200", kind)


def _seconds(moment: str | None) -> str | None:
    return f"{moment[:19]}Z" if moment else None
