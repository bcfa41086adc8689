import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import BinaryInput, BrokenLine, EmptyInput, GatherError, NotFound
from sayso.gather import Kind, gather, gather_bytes, gather_file
from sayso.vocabulary import Report

from .samples import PARAGRAPHS, TEXT, page

ROW = json.dumps({"id": "row", "text": TEXT})


def fill(folder: Path) -> None:
    (folder / "deeper").mkdir()
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.html").write_text(page(), encoding="utf-8")
    (folder / "c.md").write_text("# Pier\n\nIt opens.", encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"%PDF-1.4")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "deeper" / "d.JSONL").write_text(f"{ROW}\nnot json\n", encoding="utf-8")
    (folder / "deeper" / "e.jsonl.gz").write_bytes(gzip.compress(ROW.encode()))


def test_a_folder_is_read_sorted_and_its_errors_stand_among_the_reports(tmp_path: Path) -> None:
    fill(tmp_path)
    found = [(Path(item.origin).relative_to(tmp_path).as_posix(), type(item)) for item in gather([tmp_path])]
    assert found == [
        ("a.html", Report),
        ("b.txt", Report),
        ("broken.txt", BinaryInput),
        ("c.md", Report),
        ("deeper/d.JSONL:1", Report),
        ("deeper/d.JSONL:2", BrokenLine),
        ("deeper/e.jsonl.gz:1", Report),
    ]


def test_links_to_folders_do_not_loop_and_odd_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [Path(item.origin).name for item in gather([tmp_path])] == ["a.txt"]


def test_what_is_missing_or_empty_is_an_error_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    missing, empty, report = gather([tmp_path / "none.txt", str(tmp_path / "empty"), tmp_path / "a.txt"])
    assert isinstance(missing, NotFound)
    assert isinstance(empty, EmptyInput)
    assert isinstance(report, Report)


def test_gathering_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    reports = gather([tmp_path / "a.txt", tmp_path / "later.txt"])
    next(reports)
    (tmp_path / "later.txt").write_text("Later.", encoding="utf-8")
    assert isinstance(next(reports), Report)


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page", "page.html"])
def test_a_web_page_is_one_under_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("\n<!-- saved -->\n" + page(), encoding="utf-8")
    assert gather_file(path).text.endswith(PARAGRAPHS[-1])


def test_a_text_named_html_keeps_its_own_text() -> None:
    text = "The pier is 5 < 7 berths,\nthey said.\n"
    assert gather_bytes(text.encode(), "x.html", Kind.HTML).text == text


def test_a_text_that_speaks_of_html_is_text() -> None:
    text = "They wrote <html> on the pier."
    assert gather_bytes(text.encode(), "x.txt").text == text


def test_a_text_in_a_named_text_file_may_look_like_json(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(ROW, encoding="utf-8")
    assert gather_file(path).text == ROW


def test_json_lines_without_a_known_ending_are_recognised(tmp_path: Path) -> None:
    plain, packed = tmp_path / "dump", tmp_path / "dump.gz"
    plain.write_text(ROW, encoding="utf-8")
    packed.write_bytes(gzip.compress(ROW.encode()))
    assert [item.origin for item in gather([plain, packed])] == [f"{plain}:1", f"{packed}:1"]


def test_one_report_is_not_made_of_many(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text(ROW, encoding="utf-8")
    with pytest.raises(GatherError, match="many reports"):
        gather_file(path)


STDIN = """
from sayso.gather import gather
for item in gather(["-"]):
    print(type(item).__name__, item.origin, len(getattr(item, "text", "")))
"""


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (TEXT.encode(), f"Report - {len(TEXT)}"),
        (TEXT.encode("utf-16"), f"Report - {len(TEXT)}"),
        (b"\n" + page().encode(), "Report - "),
        (f"{ROW}\n[]\n{ROW}".encode(), f"Report -:1 {len(TEXT)}\nBrokenLine -:2 0\nReport -:3 {len(TEXT)}"),
        (gzip.compress(ROW.encode(), mtime=0), f"Report -:1 {len(TEXT)}"),
        (b"", "EmptyInput - 0"),
        (b"%PDF-1.4", "BinaryInput - 0"),
    ],
    ids=["text", "utf-16", "html", "rows", "gzip", "empty", "pdf"],
)
def test_standard_input_is_told_by_its_content(data: bytes, answer: str) -> None:
    done = subprocess.run([sys.executable, "-c", STDIN], input=data, capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().strip().startswith(answer)


def test_rows_on_standard_input_are_read_as_they_arrive() -> None:
    script = "from sayso.gather import gather\nfor item in gather(['-']): print(item.origin, flush=True)"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for number in (1, 2, 3):
            process.stdin.write(ROW.encode() + b"\n")
            process.stdin.flush()
            assert process.stdout.readline().strip() == f"-:{number}".encode()


def test_importing_loads_no_parser() -> None:
    script = (
        "import sys, sayso.gather\n"
        "parsers = ('trafilatura', 'lxml', 'selectolax', 'markdown_it')\n"
        "print([name for name in parsers if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60)
    assert done.stdout.strip() == b"[]"
