"""Every report comes with the exact bytes it was read from, and when."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sayso.errors import GatherError, NotFound, SaysoError
from sayso.gather import captures, columns_from, gather
from sayso.vocabulary import Capture

from .archives import ATOM, JSON_FEED, RSS, pdf, stories, wacz
from .samples import PARAGRAPHS, TEXT, page


def captured(*inputs: str | Path, **more: str) -> list[Capture]:
    columns = columns_from(more["columns"]) if "columns" in more else {}
    found = list(captures(inputs, columns=columns))
    for item in found:
        assert isinstance(item, Capture), item
    return [item for item in found if isinstance(item, Capture)]


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("pier.txt", b"\xef\xbb\xbfThe pier\r\nopens.\n", "text/plain"),
        ("pier.md", b"---\ntitle: Pier\n---\n\nThe *pier* opens.\n", "text/markdown"),
        ("pier.html", page().encode("utf-16"), "text/html"),
        ("pier.pdf", pdf(["The pier opens."]), "application/pdf"),
        ("pier", page().encode(), "text/html"),
    ],
)
def test_a_document_keeps_its_bytes(tmp_path: Path, name: str, data: bytes, media: str) -> None:
    (tmp_path / name).write_bytes(data)
    (one,) = captured(tmp_path / name)
    assert one.data == data
    assert one.media == media
    assert one.address is None
    age = datetime.now(UTC) - datetime.fromisoformat(one.captured)
    assert 0 <= age.total_seconds() < 300
    assert one.captured.endswith("Z")


def test_a_line_keeps_its_bytes_without_its_end(tmp_path: Path) -> None:
    lines = [b'{"text":  "The pier opens.",\t"id": 1}', b'{"text": "The pier closes.", "odd": [1, {"a": null}]}']
    (tmp_path / "a.jsonl").write_bytes(lines[0] + b"\r\n\n" + lines[1])
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines[0] + b"\n" + lines[1] + b"\n"))
    assert [one.data for one in captured(tmp_path)] == [*lines, *lines]


def test_gather_is_the_view_without_bytes(tmp_path: Path) -> None:
    fill(tmp_path)
    reports = list(gather([tmp_path]))
    assert reports == [one.report for one in captured(tmp_path)]


def test_a_folder_holds_every_kind_and_lists_of_addresses_are_left_alone(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "feeds.opml").write_text('<opml><body><outline xmlUrl="http://127.0.0.1/"/></body></opml>')
    origins = [Path(one.report.origin).name for one in captured(tmp_path)]
    assert origins == [
        "a.rss#1",
        "a.rss#2",
        "a.rss#3",
        "b.atom#1",
        "b.atom#2",
        "c.pdf",
        "data.warc.gz#2",
        "data.warc.gz#3",
        "data.warc.gz#4",
        "e.csv:2",
        "f.warc.gz#2",
        "f.warc.gz#3",
        "f.warc.gz#4",
    ]


def test_kinds_are_told_by_content_where_the_name_says_nothing(tmp_path: Path) -> None:
    samples = {
        "a": RSS.encode(),
        "b": ATOM.encode(),
        "c": JSON_FEED.encode(),
        "d": pdf(["The pier opens."]),
        "e": stories(1),
        "f": stories(1, packed=False),
        "g": wacz(),
    }
    for name, data in samples.items():
        (tmp_path / name).write_bytes(data)
    counts = {name: len(captured(tmp_path / name)) for name in samples}
    assert counts == {"a": 3, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "g": 3}


def fill(folder: Path) -> None:
    (folder / "a.rss").write_text(RSS, encoding="utf-8")
    (folder / "b.atom").write_text(ATOM, encoding="utf-8")
    (folder / "c.pdf").write_bytes(pdf([TEXT]))
    (folder / "d.wacz").write_bytes(wacz())
    (folder / "e.csv").write_text('text\n"The pier opens."\n')
    (folder / "f.warc.gz").write_bytes(stories())


def test_patterns_stand_for_the_files_that_fit(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "deep/c.txt", "deep/er/d.txt"):
        (tmp_path / name).write_text(f"The pier {name} opens.")
    flat = captured(str(tmp_path / "*.txt"))
    deep = captured(str(tmp_path / "**" / "*.txt"))
    assert [Path(one.report.origin).name for one in flat] == ["a.txt", "b.txt"]
    assert len(deep) == 4
    (none,) = captures([str(tmp_path / "*.pdf")])
    assert isinstance(none, NotFound)


def test_a_file_whose_name_looks_like_a_pattern_is_itself(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("The pier opens.")
    assert len(captured(str(tmp_path / "a[1].txt"))) == 1


def test_one_bad_document_costs_nobody_else(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"Pier {n} opens."}) for n in range(10_000)]
    rows[5_000] = rows[5_000][:-1]
    (tmp_path / "many.jsonl").write_text("\n".join(rows))
    found = list(captures([tmp_path / "many.jsonl"]))
    errors = [item for item in found if isinstance(item, GatherError)]
    assert len(found) == 10_000
    assert [(error.origin, bool(error.cure)) for error in errors] == [(f"{tmp_path / 'many.jsonl'}:5001", True)]


def test_columns_of_json_lines_may_have_other_names(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": PARAGRAPHS[0], "head": "Pier", "title": "ignored"}))
    (one,) = captured(tmp_path / "a.jsonl", columns="text=body,title=head")
    assert (one.report.text, one.report.title) == (PARAGRAPHS[0], "Pier")


@pytest.mark.parametrize("text", ["", "text", "text=", "body=text", "text=a,,text=b", "=a"])
def test_columns_that_tell_nothing_apart_are_refused(text: str) -> None:
    with pytest.raises(SaysoError, match="FIELD=COLUMN"):
        columns_from(text)
