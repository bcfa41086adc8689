"""How much of anything Sayso takes in. Every limit stands here, so that each can be set and tested."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input. Sizes are in bytes, times in seconds.

    `cpu_seconds` and `wall_seconds` hold for one try at a document. A web page gets at most two (the main
    parser, then the plain one), so that it costs 20 s of processor time at most.
    """

    text_bytes: int = 50_000_000
    markup_bytes: int = 10_000_000  # HTML and Markdown
    markup_depth: int = 500  # open elements; real pages stay under 100
    line_bytes: int = 10_000_000  # one line of JSON Lines, one row of a table
    feed_bytes: int = 10_000_000  # a feed, a list of feeds, a sitemap
    feed_items: int = 2_000  # the rest is noted
    pdf_bytes: int = 50_000_000
    pdf_pages: int = 500  # what comes after is noted
    pdf_seconds: int = 60  # pages read until then are kept
    record_bytes: int = 100_000_000  # one record of a web archive; the archive itself may be of any size
    record_header_bytes: int = 100_000
    archive_entries: int = 10_000  # files in a WACZ
    unpack_ratio: int = 200  # refused above this ratio …
    unpack_free: int = 10_000_000  # … once this much has come out
    cpu_seconds: int = 10
    wall_seconds: float = 30.0
    memory_bytes: int = 1_000_000_000  # on top of what the worker's libraries take
    open_files: int = 64
    fetch_bytes: int = 50_000_000  # one answer, packed or unpacked
    fetch_seconds: float = 60.0  # one answer, redirects apart
    fetch_idle_seconds: float = 15.0  # between two pieces of it, and for connecting
    fetch_redirects: int = 5
    fetch_headers: int = 100  # http.client gives up above 100 as well
    robots_bytes: int = 500_000  # RFC 9309: at least 500 kB; what comes after is not heeded
    host_seconds: float = 1.0  # between two requests to one host


DEFAULT = Limits()
