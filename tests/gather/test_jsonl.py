import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import BrokenLine, GatherError, NotFound, TooLarge
from sayso.gather import Limits, read_json_lines
from sayso.gather.jsonl import line_report
from sayso.vocabulary import Published, Report, report_id

from .samples import TEXT


def rows(path: Path, *lines: str | bytes) -> Path:
    path.write_bytes(b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines))
    return path


def read(path: Path, limits: Limits | None = None) -> list[Report | GatherError]:
    return list(read_json_lines(path, limits or Limits()))


def test_a_line_becomes_a_report_with_all_it_states(tmp_path: Path) -> None:
    row = {
        "id": "pier-1",
        "text": TEXT,
        "url": "https://norrvik.example/pier",
        "outlet": "Norrvik Post",
        "title": "Pier opens",
        "author": "Ada Lindqvar",
        "date": "2022-08-19T13:05:00+0300",
        "more": [1, 2],
    }
    path = rows(tmp_path / "reports.jsonl", "", json.dumps(row))
    (report,) = read(path)
    assert report == Report(
        id=report.id,  # type: ignore[union-attr]  # an error here fails the test
        text=TEXT,
        title="Pier opens",
        outlet="Norrvik Post",
        author="Ada Lindqvar",
        published=Published("2022-08-19T13:05:00+03:00", "json line", "+0300"),
        url="https://norrvik.example/pier",
        language="en",
        origin=f"{path}:2",
    )
    assert isinstance(report, Report)
    assert report.id == "pier-1"


def test_a_number_is_an_id_and_no_id_gives_a_stable_one() -> None:
    assert line_report(b'{"id": 7, "text": "Pier."}', "x:1").id == "7"
    assert line_report(b'{"text": "Pier.", "url": "u"}', "x:1").id == report_id("Pier.", "u")


@pytest.mark.parametrize("text", ["  Pier.\r\n\tOpens \u2028 soon.\n", "🚢 ends", "cafÃ©", "a\u0000b"])
def test_the_text_is_the_row_s_own(text: str) -> None:
    assert line_report(json.dumps({"text": text}).encode(), "x:1").text == text


def test_lone_surrogates_are_replaced_one_for_one_with_a_flag() -> None:
    report = line_report(b'{"text": "a\\ud800b \\ud83d\\udea2", "title": "\\udfff", "id": "\\ud800"}', "x:1")
    assert report.text == "a\ufffdb 🚢"
    assert report.title == "\ufffd"
    assert report.flags == ("text repaired: 1 lone surrogate replaced",)
    report.id.encode()


@pytest.mark.parametrize(
    ("date", "flag"),
    [
        ('"some day"', "is not a date we can read"),
        ('"03/04/2022"', "is not a date we can read"),
        ('"2199-01-01"', "lies in the future"),
        ("1660914300", "is not a string"),
    ],
)
def test_a_date_that_cannot_be_read_is_dropped_with_a_flag(date: str, flag: str) -> None:
    report = line_report(f'{{"text": "Pier.", "date": {date}}}'.encode(), "x:1")
    assert report.published is None
    assert flag in report.flags[0]


def test_other_fields_of_a_wrong_type_are_dropped_with_a_flag() -> None:
    report = line_report(b'{"text": "Pier.", "title": 5, "outlet": null, "author": "", "date": ""}', "x:1")
    assert (report.title, report.outlet, report.author) == (None, None, None)
    assert report.flags == ('title dropped: "title" is not a string',)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"text": 5}', '"text" is missing or not a string'),
        (b'{"title": "x"}', '"text" is missing or not a string'),
        (b'{"text": " \\n"}', '"text" is empty'),
        (b'{"text": "x", "id": 1.5}', '"id" is neither'),
        (b'{"text": "x", "id": true}', '"id" is neither'),
        (b'{"text": "x", "id": ""}', '"id" is neither'),
        (b'{"text": "x", "text": "y"}', "a key stands twice"),
        (b'{"text": "x", "score": NaN}', "NaN is not JSON"),
        (b'{"text": "x", "score": -Infinity}', "is not JSON"),
        (b'{"text": "x", "n": ' + b"9" * 100_000 + b"}", "not JSON"),
        (b'{"text": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"text": "x", "a": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001, "nested too deeply"),
        (b'["text"]', "not an object"),
        (b'"text"', "not an object"),
        (b"null", "not an object"),
        (b'{"text": "x"', "not JSON"),
        (b'{"text": "caf\xe9"}', "not UTF-8 (byte 13)"),
        (b"%PDF-1.4", "not JSON"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_broken_line_is_reported_with_its_place_and_costs_no_other(tmp_path: Path, line: bytes, problem: str) -> None:
    path = rows(tmp_path / "r.jsonl", '{"text": "First."}', line, '{"text": "Third."}')
    first, broken, third = read(path)
    assert isinstance(first, Report)
    assert isinstance(third, Report)
    assert third.origin == f"{path}:3"
    assert isinstance(broken, BrokenLine)
    assert broken.origin == f"{path}:2"
    assert problem in broken.problem
    assert broken.cure


def test_gzip_is_told_by_content_and_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(gzip.compress(b'\xef\xbb\xbf{"text": "First."}\r\n{"text": "Second."}'))
    assert [report.text for report in read(path) if isinstance(report, Report)] == ["First.", "Second."]


def test_a_gzip_file_cut_short_says_so_after_its_good_lines(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl.gz"
    lines = b"".join(json.dumps({"text": f"Berth {number * 7919}."}).encode() + b"\n" for number in range(2000))
    packed = gzip.compress(lines)
    path.write_bytes(packed[: len(packed) // 2])
    *good, last = read(path)
    assert len(good) > 100
    assert isinstance(last, BrokenLine)
    assert "breaks off" in last.problem


def test_a_line_over_the_limit_is_skipped_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "First."}\n{"text": "')
        for _ in range(50):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n{"text": "Third."}\n')
    tracemalloc.start()
    first, long, third = read(path, Limits(line_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(first, Report)
    assert isinstance(third, Report)
    assert isinstance(long, BrokenLine)
    assert long.origin == f"{path}:2"
    assert "over the limit of 1,000,000 bytes" in long.problem
    assert peak < 8_000_000


def test_the_line_limit_is_the_last_length_that_passes(tmp_path: Path) -> None:
    line = '{"text": "Pier."}'
    path = rows(tmp_path / "r.jsonl", line)
    assert isinstance(read(path, Limits(line_bytes=len(line) + 1))[0], Report)
    assert isinstance(read(path, Limits(line_bytes=len(line)))[0], BrokenLine)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "First."}\n' + b"0" * 30_000_000))
    first, bomb = read(path)
    assert isinstance(first, Report)
    assert isinstance(bomb, TooLarge)
    assert "200 times" in bomb.problem


def test_a_missing_file_is_an_error_among_the_results(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "none.jsonl")
    assert isinstance(error, NotFound)


def outcome(line: bytes) -> Report | BrokenLine:
    try:
        return line_report(line, "r.jsonl:1")
    except BrokenLine as error:
        return error


@settings(max_examples=300, deadline=None)
@given(st.binary() | st.text().map(lambda text: json.dumps({"text": text, "id": text, "date": text}).encode()))
def test_any_line_gives_an_encodable_report_or_a_broken_line(line: bytes) -> None:
    found = outcome(line)
    assert found.origin == "r.jsonl:1"
    if isinstance(found, Report):
        found.text.encode()
        found.id.encode()
