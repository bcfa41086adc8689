"""WARC and WACZ: nothing cut, flipped or forged passes in silence (reliability.md 2.2 and 3.2)."""

import gzip
import io
import json
import random
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import brotli
import pytest

from sayso.errors import BrokenArchive, GatherError, PassedOver, TooLarge
from sayso.gather import Limits, captures
from sayso.gather.archive import wacz as wacz_module
from sayso.gather.archive import warc as warc_module
from sayso.gather.received import here
from sayso.vocabulary import Capture

from .archives import ADDRESS, MOMENT, digest, http, note, package, pdf, record, stories, story, wacz, warc
from .samples import PARAGRAPHS, TEXT, page

Items = list[Capture | GatherError]


def opened(data: bytes, limits: Limits | None = None) -> Items:
    return list(warc_module.captures_in(io.BytesIO(data), here("a.warc"), limits or Limits()))


def unzipped(data: bytes, limits: Limits | None = None) -> Items:
    return list(wacz_module.captures_in(io.BytesIO(data), here("a.wacz"), limits or Limits()))


def errors(items: Iterable[Capture | GatherError]) -> list[GatherError]:
    return [item for item in items if isinstance(item, GatherError)]


def good(items: Iterable[Capture | GatherError]) -> list[Capture]:
    return [item for item in items if isinstance(item, Capture)]


@pytest.mark.parametrize("packed", [True, False])
def test_an_archived_page_keeps_its_block_address_moment_and_headers(packed: bool) -> None:
    block = http(page(), X_Pier="7")
    (one,) = opened(warc(record(block), packed=packed))
    assert isinstance(one, Capture)
    assert one.data == block
    assert one.address == one.report.url == ADDRESS
    assert one.captured == MOMENT
    assert one.headers == (("Content-Type", "text/html; charset=utf-8"), ("X-Pier", "7"))
    assert one.report.text.endswith(PARAGRAPHS[-1])
    assert one.report.origin == "a.warc#1"


@pytest.mark.parametrize(
    ("stated", "captured"),
    [
        ("2022-08-19T13:05:07.123456Z", MOMENT),
        ("2022-08-19T16:05:07+03:00", MOMENT),
        ("2022-08-19", "2022-08-19T00:00:00Z"),
    ],
)
def test_the_moment_is_that_of_the_record_in_utc(stated: str, captured: str) -> None:
    (one,) = good(opened(warc(record(note(), WARC_Date=stated))))
    assert one.captured == captured


def test_a_record_without_a_moment_says_so() -> None:
    (one,) = good(opened(warc(record(note(), WARC_Date="soon"))))
    assert "the archive does not say when this was captured: the time it was read stands for it" in one.report.flags


def test_only_documents_become_reports_and_revisits_are_noted() -> None:
    items = opened(
        warc(
            record(b"software: pier\r\n", "warcinfo", Content_Type="application/warc-fields"),
            record(b"GET / HTTP/1.1\r\n\r\n", "request", Content_Type="application/http; msgtype=request"),
            record(http(b"\x89PNG", Content_Type="image/png")),
            record(http("body { }", Content_Type="text/css")),
            record(http(page(), status="404 Not Found")),
            record(http("", status="301 Moved", Location="/")),
            record(
                http("User-agent: *", Content_Type="text/plain"), WARC_Target_URI="https://norrvik.example/robots.txt"
            ),
            record(http(""), "revisit"),
            record(http(""), "revisit"),
            record(TEXT.encode(), "resource", Content_Type="text/plain"),
            record(http(pdf(["The pier opens."]), Content_Type="application/pdf")),
            record(http(page())),
        )
    )
    assert [one.report.text[:15] for one in good(items)] == [TEXT[:15], "The pier opens.", "Pier opens in s"]
    (note,) = errors(items)
    assert isinstance(note, PassedOver)
    assert "2 revisit records" in str(note)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content_Encoding": "gzip"}, gzip.compress(page().encode(), mtime=0)),
        ({"Content_Encoding": "deflate"}, zlib.compress(page().encode())),
        ({"Content_Encoding": "br"}, brotli.compress(page().encode())),
        ({"Content_Encoding": "gzip"}, page().encode()),
        ({"Transfer_Encoding": "chunked"}, b"%x\r\n%s\r\n0\r\n\r\n" % (len(page().encode()), page().encode())),
        ({"Transfer_Encoding": "chunked"}, page().encode()),
    ],
)
def test_what_was_packed_for_the_way_is_unpacked(headers: dict[str, str], body: bytes) -> None:
    (one,) = opened(warc(record(http(body, **headers))))
    assert isinstance(one, Capture)
    assert one.report.text.endswith(PARAGRAPHS[-1])
    assert not any("lost" in flag for flag in one.report.flags)


@pytest.mark.parametrize(
    "block",
    [
        http(page()[:900], Content_Length="99999"),
        http(b"%x\r\n%s\r\n" % (900, page().encode()[:900]), Transfer_Encoding="chunked"),
    ],
)
def test_an_answer_that_was_cut_when_it_was_archived_is_flagged(block: bytes) -> None:
    (one,) = good(opened(warc(record(block))))
    assert "text may be lost: the answer was cut off when it was archived" in one.report.flags


def test_every_random_cut_is_noticed() -> None:
    seed = random.Random(7)
    whole = stories(3)
    ends = {0}
    for member in range(4):
        ends.add(len(warc(*_records(3)[: member + 1])))
    for _ in range(60):
        cut = seed.randrange(1, len(whole))
        items = opened(whole[:cut])
        assert cut in ends or errors(items), cut
    plain = stories(3, packed=False)
    for _ in range(60):
        cut = seed.randrange(1, len(plain))
        items = opened(plain[:cut])
        assert errors(items) or plain[:cut].endswith(b"\r\n\r\n"), cut


def _records(count: int) -> list[bytes]:
    info = record(b"software: pier/1.0\r\n", "warcinfo", Content_Type="application/warc-fields", WARC_Target_URI="")
    return [info, *(record(note(n), WARC_Target_URI=f"{ADDRESS}/{n}") for n in range(count))]


@pytest.mark.parametrize("packed", [True, False])
def test_every_flipped_bit_that_matters_is_noticed(packed: bool) -> None:
    seed = random.Random(11)
    whole = stories(2, packed=packed)
    expected = [(one.data, one.address, one.captured) for one in good(opened(whole))]
    for _ in range(60):
        flipped = bytearray(whole)
        flipped[seed.randrange(len(whole))] ^= 1 << seed.randrange(8)
        items = opened(bytes(flipped))
        same = [(one.data, one.address, one.captured) for one in good(items)] == expected
        # In a plain file nothing vouches for a record's header, only for its block.
        blocks_same = [one.data for one in good(items)] == [data for data, _, _ in expected]
        assert errors(items) or same or (not packed and blocks_same)


def test_damage_costs_only_the_records_it_is_in() -> None:
    members = [gzip.compress(one, mtime=0) for one in _records(4)]
    damaged = bytearray(members[2])
    damaged[len(damaged) // 2] ^= 0x55
    items = opened(members[0] + members[1] + bytes(damaged) + members[3] + members[4])
    assert [one.address for one in good(items)] == [f"{ADDRESS}/{n}" for n in (0, 2, 3)]
    assert [type(error) for error in errors(items)] == [BrokenArchive]
    assert "the archive is damaged before this record" in good(items)[-1].report.flags


def test_a_page_that_looks_like_a_record_is_never_taken_for_one() -> None:
    forged = record(note(), WARC_Target_URI="https://forged.example/")
    (one,) = opened(record(http(TEXT.encode() + b"\r\n\r\n" + forged, Content_Type="text/plain")))
    assert isinstance(one, Capture)
    assert one.address == ADDRESS
    lying = record(http(TEXT.encode() + b"\r\n\r\n" + forged), Content_Length="100", WARC_Block_Digest="")
    assert good(opened(lying)) == []


LYING = {
    "longer": "99999999999",
    "negative": "-1",
    "none": "",
    "words": "many",
    "hexadecimal": "0x10",
    "short": "10",
    "huge": "9" * 400,
}


@pytest.mark.parametrize("length", LYING.values(), ids=LYING)
@pytest.mark.parametrize("packed", [True, False])
def test_a_length_that_lies_is_an_error(length: str, packed: bool) -> None:
    items = opened(warc(record(note(), Content_Length=length), packed=packed))
    assert [type(error) for error in errors(items)] == [BrokenArchive]
    assert good(items) == []


def test_two_lengths_are_an_error() -> None:
    data = record(note()).replace(b"\r\n", b"\r\nContent-Length: 5\r\n", 1)
    assert [type(item) for item in opened(data)] == [BrokenArchive]


@pytest.mark.parametrize("field", ["WARC_Block_Digest", "WARC_Payload_Digest"])
@pytest.mark.parametrize("stated", [digest(b"other"), "sha1:pier", "md5:" + "0" * 32])
def test_a_digest_that_does_not_fit_refuses_the_record_and_the_file_goes_on(field: str, stated: str) -> None:
    items = opened(warc(record(note(), **{field: stated}), record(note())))
    assert [type(item) for item in items] == [BrokenArchive, Capture]
    assert "differs from its digest" in str(items[0])


@pytest.mark.parametrize("body", [story(0).encode(), gzip.compress(story(0).encode(), mtime=0)])
def test_a_digest_of_the_payload_fits_as_sent_or_unpacked(body: bytes) -> None:
    coding = {"Content_Encoding": "gzip"} if body[:2] == b"\x1f\x8b" else {}
    for payload in (body, story(0).encode()):
        block = http(body, Content_Type="text/plain", **coding)
        items = opened(warc(record(block, WARC_Payload_Digest=digest(payload), WARC_Block_Digest="")))
        assert [type(item) for item in items] == [Capture]


def test_a_plain_record_without_a_digest_says_so() -> None:
    (one,) = good(opened(record(note(), WARC_Block_Digest="")))
    assert any("no digest" in flag for flag in one.report.flags)


def test_a_record_over_the_limit_is_refused_and_the_file_goes_on() -> None:
    big = record(http("a" * 300_000, Content_Type="text/plain"))
    items = opened(warc(big, record(note())), Limits(record_bytes=200_000))
    assert [type(item) for item in items] == [TooLarge, Capture]


def test_a_bomb_is_refused_quickly_and_the_file_goes_on() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(record(b"", Content_Length="300000000", WARC_Block_Digest="").rstrip() + b"\r\n\r\n")
    bomb += b"".join(packer.compress(bytes(1_000_000)) for _ in range(50)) + packer.flush()
    start = time.monotonic()
    items = opened(bomb + warc(record(note())))
    assert time.monotonic() - start < 20
    assert [type(item) for item in items] == [TooLarge, Capture]
    inner = http(gzip.compress(bytes(60_000_000)), Content_Encoding="gzip")
    (error,) = opened(warc(record(inner)))
    assert isinstance(error, BrokenArchive)
    assert "times its size" in str(error)


def test_an_endless_header_is_refused() -> None:
    for data in (b"WARC/1.0\r\nX: " + b"y" * 5_000_000, b"WARC/1.0\r\n" + b"X: y\r\n" * 500_000, b"W" * 5_000_000):
        assert [type(item) for item in opened(data)] == [BrokenArchive]


@pytest.mark.parametrize("tail", [b"pier", b"\x00" * 10, b"\x1f\x8b\x08 pier", b"WARC/1.0\r\n"])
@pytest.mark.parametrize("packed", [True, False])
def test_what_follows_the_last_record_is_an_error(tail: bytes, packed: bool) -> None:
    items = opened(warc(record(note()), packed=packed) + tail)
    assert [type(item) for item in items] == [Capture, BrokenArchive]


def test_a_wacz_gives_what_its_archives_hold() -> None:
    items = unzipped(wacz({"archive/a.warc.gz": stories(2), "archive/b.warc": stories(1, packed=False)}))
    assert [one.report.origin for one in good(items)] == [
        "a.wacz#archive/a.warc.gz#2",
        "a.wacz#archive/a.warc.gz#3",
        "a.wacz#archive/b.warc#2",
    ]
    assert errors(items) == []


def zipped(*entries: tuple[zipfile.ZipInfo | str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP of any kind, with a package that fits whatever is under archive/."""
    out = io.BytesIO()
    files = {str(getattr(name, "filename", name)): data for name, data in entries}
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, data in entries:
            made.writestr(name, data)
        made.writestr("datapackage.json", package({k: v for k, v in files.items() if k.startswith("archive/")}))
    return out.getvalue()


def _link() -> tuple[zipfile.ZipInfo, bytes]:
    link = zipfile.ZipInfo("archive/link.warc.gz")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link, b"/etc/passwd"


def _overlapping() -> bytes:
    data = bytearray(zipped(("archive/a.warc.gz", stories(1)), ("archive/b.warc.gz", stories(1))))
    second = data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02"))
    data[second + 42 : second + 46] = struct.pack("<I", 10)  # the second entry is said to begin inside the first
    return bytes(data)


def _declaring(size: int) -> bytes:
    data = bytearray(zipped(("archive/a.warc.gz", stories(1))))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zip_tricks_are_refused_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inner = wacz()
    tricks = {
        "upwards": zipped(("archive/../../up.warc.gz", stories(1))),
        "backslashes": zipped(("archive\\..\\..\\up.warc.gz", stories(1))),
        "absolute": zipped(("/etc/up.warc.gz", stories(1))),
        "drive": zipped(("C:/up.warc.gz", stories(1))),
        "link": zipped(_link()),
        "many": zipped(*((f"pages/{n}", b"") for n in range(10_001))),
        "nested": zipped(("archive/inner.wacz", inner)),
        "overlapping": _overlapping(),
        "declared-huge": _declaring(0xFFFFFFF0),
        "declared-small": _declaring(50),
        "twice": zipped(("archive/a.warc.gz", stories(1)), ("archive/a.warc.gz", stories(2))),
        "case": zipped(("archive/a.warc.gz", stories(1)), ("archive/A.WARC.gz", stories(2))),
        "bomb": zipped(("archive/a.warc", bytes(60_000_000)), compression=zipfile.ZIP_DEFLATED),
        "not-one": zipped(("word/document.xml", b"<w/>")),
        "no-package": wacz().replace(b"datapackage.json", b"datapackage.jsox"),
        "listed-not-there": wacz(more=[]).replace(b"archive/data.warc.gz", b"archive/date.warc.gz", 1),
        "cut": inner[:-30],
        "empty": b"PK\x05\x06" + bytes(18),
    }
    for name, data in tricks.items():
        start = time.monotonic()
        items = unzipped(data)
        assert errors(items), name
        assert all(error.cure for error in errors(items)), name
        assert time.monotonic() - start < 10, name
    assert len(tricks) >= 10
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("method", [8, 12, 14], ids=["deflate", "bzip2", "lzma"])
def test_a_package_that_lies_about_how_it_is_packed_is_an_error(tmp_path: Path, method: int) -> None:
    whole = bytearray(wacz())
    local, central = whole.index(b"PK\x03\x04"), whole.index(b"PK\x01\x02")
    whole[local + 8 : local + 10] = whole[central + 10 : central + 12] = method.to_bytes(2, "little")
    path = tmp_path / "liar.wacz"
    path.write_bytes(whole)
    assert any(isinstance(item, BrokenArchive) for item in captures([path]))


def test_a_file_that_differs_from_the_package_s_digest_is_an_error() -> None:
    whole = wacz({"archive/data.warc.gz": stories(2)})
    other = wacz({"archive/data.warc.gz": stories(2)}, more=[("archive/more.warc.gz", stories(1))])
    assert errors(unzipped(whole)) == []
    (error,) = errors(unzipped(other))
    assert "states no digest of this file" in str(error)
    changed = json.loads(package({"archive/data.warc.gz": b"other"}))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("archive/data.warc.gz", stories(2))
        made.writestr("datapackage.json", json.dumps(changed))
    (error,) = errors(unzipped(out.getvalue()))
    assert "differs from the digest that the package states" in str(error)


def test_archives_are_read_through_captures_from_files_too(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(stories(2))
    (tmp_path / "b.wacz").write_bytes(wacz())
    items = list(captures([tmp_path]))
    assert len(good(items)) == 5
    assert errors(items) == []


def test_a_file_full_of_false_beginnings_costs_little_time() -> None:
    start = time.monotonic()
    items = opened(warc(record(note())) + b"\x1f\x8b\x08" * 3_000_000)
    assert time.monotonic() - start < 10
    assert [type(item) for item in items] == [Capture, BrokenArchive]
