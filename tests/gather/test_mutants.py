"""Damaged samples of every format: no crash, no hang, and no silent loss where lengths or digests tell of it.

SAYSO_MUTANTS sets how many there are of each format (200; 10,000 by night).
"""

import io
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from sayso.errors import GatherError
from sayso.gather import Limits, captures
from sayso.vocabulary import Capture

from .archives import ATOM, JSON_FEED, OPML, RSS, SITEMAP, pdf, stories, wacz
from .samples import PARAGRAPHS, TEXT, page

COUNT = int(os.environ.get("SAYSO_MUTANTS", "200"))
HANG = 10.0  # seconds
LIMITS = Limits(pdf_seconds=8, cpu_seconds=8, wall_seconds=9.0)


def _parquet() -> bytes:
    out = io.BytesIO()
    rows = pyarrow.table({"text": [TEXT, *PARAGRAPHS], "title": ["a", "b", "c", "d"]})
    parquet.write_table(rows, out, write_page_checksum=True, row_group_size=2)
    return out.getvalue()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "a.html": lambda: page().encode(),
    "a.md": lambda: f"---\ntitle: Pier\n---\n\n# Pier\n\n{TEXT}".encode(),
    "a.txt": lambda: TEXT.encode(),
    "a.jsonl": lambda: b'{"text": "The pier opens.", "title": "Pier", "date": "2022-08-19"}\n' * 4,
    "a.csv": lambda: f'text,title,date\n"{TEXT}",Pier,2022-08-19\n"The pier ""opens"".",Pier,\n'.encode(),
    "a.parquet": _parquet,
    "a.warc": lambda: stories(2, packed=False),
    "a.warc.gz": lambda: stories(2),
    "a.wacz": lambda: wacz({"archive/data.warc.gz": stories(2)}),
    "a.rss": lambda: RSS.encode(),
    "a.atom": lambda: ATOM.encode(),
    "json-feed": lambda: JSON_FEED.encode(),
    # The addresses in these are refused before anything is asked, whatever becomes of them.
    "a.opml": lambda: OPML.format(first="file:///first", second="file:///second").encode(),
    "sitemap": lambda: SITEMAP.format(page="file:///pier").encode(),
    "a.pdf": lambda: pdf([TEXT.replace("’", "'"), PARAGRAPHS[2].replace("’", "'")]),
}


def mutant(data: bytes, seed: random.Random) -> bytes:
    """The data with a bit flipped, cut, spliced, doubled, or with a number in it changed."""
    place, other = sorted(seed.randrange(len(data)) for _ in range(2))
    how = seed.randrange(6)
    if how == 0:
        return data[:place] + bytes([data[place] ^ 1 << seed.randrange(8)]) + data[place + 1 :]
    if how == 1:
        return data[:place]
    if how == 2:
        return data[:place] + data[other:]
    if how == 3:
        return data[:other] + data[place:]
    if how == 4:
        return data[:place] + seed.randbytes(seed.randrange(1, 9)) + data[place:]
    digits = [number for number, byte in enumerate(data) if 48 <= byte <= 57]
    spot = seed.choice(digits) if digits else place
    return data[:spot] + bytes([48 + seed.randrange(10)]) + data[spot + 1 :]


def found(path: Path) -> list[Capture | GatherError]:
    """What is in the file, which has to end in time, in captures or errors that say what to do."""
    start = time.monotonic()
    items = list(captures([path], LIMITS))
    assert time.monotonic() - start < HANG
    for item in items:
        if isinstance(item, Capture):
            assert item.report.text.strip()
            assert item.report.text.encode()
        else:
            assert item.origin
            assert item.problem
    return items


def kept(items: list[Capture | GatherError]) -> list[tuple[bytes, str]]:
    return [(item.data, item.report.text) for item in items if isinstance(item, Capture)]


def flagged(items: list[Capture | GatherError]) -> bool:
    return any(not isinstance(item, Capture) or item.report.flags for item in items)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_mutants_end_in_reports_or_errors(tmp_path: Path, name: str) -> None:
    whole = SAMPLES[name]()
    path = tmp_path / name
    path.write_bytes(whole)
    original = kept(list(captures([path])))  # the worker starts here, which is not what is timed
    seed = random.Random(name)
    for _ in range(COUNT):
        data = mutant(whole, seed)
        path.write_bytes(data)
        items = found(path)
        if data and name in CHECKED:
            CHECKED[name](original, items, data, whole)


def _packed(original: list[tuple[bytes, str]], items: list[Capture | GatherError], data: bytes, whole: bytes) -> None:
    """Everything is as it was, or there is an error; a cut just between two members is no damage to see."""
    now = kept(items)
    at_member = whole.startswith(data) and whole[len(data) :].startswith(b"\x1f\x8b\x08")
    assert flagged(items) or at_member or set(original) <= set(now)
    assert set(now) <= set(original)


def _plain(original: list[tuple[bytes, str]], items: list[Capture | GatherError], data: bytes, whole: bytes) -> None:
    """No block differs from its digest, and none is lost but where whole records' worth of bytes is gone or doubled."""
    between = whole.startswith(data) and whole[len(data) :].startswith(b"WARC/")
    if flagged(items):
        return
    now, before = ({block for block, _ in pairs} for pairs in (kept(items), original))
    assert now <= before
    assert now == before or between or (not whole.startswith(data[:-1]) and len(data) != len(whole))


def _sealed(original: list[tuple[bytes, str]], items: list[Capture | GatherError], data: bytes, whole: bytes) -> None:
    """Everything is as it was, or there is an error."""
    assert flagged(items) or kept(items) == original


def _well_formed(
    original: list[tuple[bytes, str]], items: list[Capture | GatherError], data: bytes, whole: bytes
) -> None:
    """A cut document is never passed in silence."""
    if whole.startswith(data) and len(data) < len(whole.rstrip()):
        assert any(isinstance(item, GatherError) for item in items)


CHECKED: dict[str, Callable[[list[tuple[bytes, str]], list[Capture | GatherError], bytes, bytes], None]] = {
    "a.warc.gz": _packed,
    "a.warc": _plain,
    "a.wacz": _sealed,
    "a.parquet": _sealed,
    "a.rss": _well_formed,
    "a.atom": _well_formed,
    "json-feed": _well_formed,
}
