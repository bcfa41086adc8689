"""CSV and Parquet."""

import datetime as dt
import gzip
import json
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from sayso.errors import BrokenLine, BrokenTable, EmptyInput, GatherError
from sayso.gather import Limits, captures, columns_from
from sayso.gather.columns import columns_of
from sayso.vocabulary import Capture, Published

from .samples import TEXT

CSV = (
    "Headline,Body,Publication,Pub_Date,URL,Ignored\r\n"
    f'Pier opens,"{TEXT.replace(chr(34), chr(34) * 2)}",Norrvik Post,2022-08-19,https://norrvik.example/pier,x\r\n'
    '"Strike, perhaps","The dockers said: ""No.""",,,,\r\n'
)


def table(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def found(path: Path, columns: str = "", limits: Limits | None = None) -> list[Capture | GatherError]:
    return list(captures([path], limits or Limits(), columns=columns_from(columns) if columns else {}))


def kept(path: Path, columns: str = "") -> list[Capture]:
    items = found(path, columns)
    assert all(isinstance(item, Capture) for item in items), items
    return [item for item in items if isinstance(item, Capture)]


def test_a_row_becomes_a_report_by_the_usual_names_of_columns(tmp_path: Path) -> None:
    first, second = kept(table(tmp_path / "a.csv", CSV))
    assert first.report.text == TEXT
    assert first.report.title == "Pier opens"
    assert first.report.outlet == "Norrvik Post"
    assert first.report.url == "https://norrvik.example/pier"
    assert first.report.published == Published("2022-08-19", "table row")
    assert second.report.text == 'The dockers said: "No."'
    assert second.report.outlet is None
    assert json.loads(first.data) == {
        "Headline": "Pier opens",
        "Body": TEXT,
        "Publication": "Norrvik Post",
        "Pub_Date": "2022-08-19",
        "URL": "https://norrvik.example/pier",
        "Ignored": "x",
    }


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_recognised(tmp_path: Path, separator: str) -> None:
    lines = [separator.join(cells) for cells in (["id", "text", "title"], ["7", "The pier, opens.", "Pier"])]
    (one,) = kept(table(tmp_path / "a.csv", "\n".join(lines)))
    assert (one.report.id, one.report.text, one.report.title) == ("7", "The pier, opens.", "Pier")


def test_columns_can_be_told(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "text,words\nnot this,The pier opens.\n")
    assert kept(path, "text=words")[0].report.text == "The pier opens."


@pytest.mark.parametrize(
    ("columns", "problem"), [("", "no column is known to hold the text"), ("text=body", "there is no column 'body'")]
)
def test_without_a_text_the_error_names_the_columns_there_are(tmp_path: Path, columns: str, problem: str) -> None:
    (error,) = found(table(tmp_path / "a.csv", "berth,Ship Name\n1,Ada\n"), columns)
    assert isinstance(error, BrokenTable)
    assert problem in str(error)
    assert "'berth', 'Ship Name'" in str(error)


def test_gzip_and_windows_letters_are_read(tmp_path: Path) -> None:
    data = "text,title\n“Nobody will lose a berth.”,Café\n".encode("cp1252")
    (one,) = kept(table(tmp_path / "a.csv.gz", gzip.compress(data)))
    assert one.report.text == "“Nobody will lose a berth.”"
    assert one.report.title == "Café"
    assert one.report.flags == ("encoding not stated: read as Windows-1252",)


@pytest.mark.parametrize(
    ("data", "error", "good"),
    [
        ("text,title\nThe pier opens.\nIt closes.,Pier\n", BrokenLine, 1),
        ("text,title\nThe pier opens.,Pier,more\nIt closes.,Pier\n", BrokenLine, 1),
        ('text,title\nIt closes.,Pier\n"The pier opens.', BrokenTable, 1),
        ('text,title\n"The "pier" opens.",Pier\nIt closes.,Pier\n', BrokenTable, 1),
        ("text,title\n,Pier\nIt closes.,Pier\n", BrokenLine, 1),
        ("text,text\na,b\n", BrokenTable, 0),
        ("text,title\nThe pier opens.,Pier\n".encode("utf-16"), BrokenTable, 0),
        (gzip.compress(b"text\n" + b"The pier opens.\n" * 9, mtime=0)[:-9], BrokenLine, 9),
        ("", EmptyInput, 0),
    ],
)
def test_what_is_broken_or_cut_is_an_error_and_the_rest_is_read(
    tmp_path: Path, data: str | bytes, error: type[GatherError], good: int
) -> None:
    items = found(table(tmp_path / "a.csv", data))
    assert [type(item) for item in items if isinstance(item, GatherError)] == [error]
    assert sum(isinstance(item, Capture) for item in items) == good


def test_long_rows_are_read_and_overlong_ones_refused(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", f'text\n{"a" * 300_000}\n"{"b" * 2_000_000}"\nThe end.\n')
    items = found(path, limits=Limits(line_bytes=1_000_000))
    assert [type(item) for item in items] == [Capture, BrokenLine, Capture]


def stored(path: Path, rows: dict[str, object], **options: int | str) -> Path:
    parquet.write_table(pyarrow.table(rows), path, write_page_checksum=True, **options)
    return path


def test_a_parquet_row_becomes_a_report(tmp_path: Path) -> None:
    moment = dt.datetime(2022, 8, 19, 13, 5, tzinfo=dt.UTC)
    rows: dict[str, object] = {
        "maintext": [TEXT, "The pier closes."],
        "date_publish": [moment, None],
        "authors": [["Ada Lindqvar", "Ida Holm"], None],
        "views": [7, None],
    }
    path = stored(tmp_path / "a.parquet", rows)
    first, second = kept(path)
    assert first.report.text == TEXT
    assert first.report.author == "Ada Lindqvar, Ida Holm"
    assert first.report.published == Published("2022-08-19T13:05:00+00:00", "table row", "+00:00")
    assert first.report.origin == f"{path}:1"
    assert json.loads(first.data)["views"] == "7"
    assert second.report.published is None


def test_row_groups_are_streamed_and_all_rows_come_once(tmp_path: Path) -> None:
    count = 1_000
    texts: dict[str, object] = {"text": [f"Pier {n} opens." for n in range(count)]}
    path = stored(tmp_path / "a.parquet", texts, row_group_size=450)
    items = kept(path)
    assert [one.report.text for one in items] == texts["text"]
    assert [one.report.origin for one in items] == [f"{path}:{n}" for n in range(1, count + 1)]


def test_a_damaged_row_group_costs_no_other(tmp_path: Path) -> None:
    texts: dict[str, object] = {"text": [f"Pier {n} opens, they said, and {n * 7919} ships." for n in range(300)]}
    path = stored(tmp_path / "a.parquet", texts, row_group_size=100, compression="none")
    data = bytearray(path.read_bytes())
    place = data.index(b"Pier 150 opens")
    data[place] ^= 1
    path.write_bytes(data)
    items = found(path)
    errors = [item for item in items if isinstance(item, GatherError)]
    assert [type(error) for error in errors] == [BrokenTable]
    assert "100 rows from here on cannot be read" in str(errors[0])
    assert sum(isinstance(item, Capture) for item in items) == 200


@pytest.mark.parametrize("where", ["first", "last"])
def test_a_damaged_name_of_a_parquet_column_is_an_error_and_loses_no_column_unseen(tmp_path: Path, where: str) -> None:
    path = stored(tmp_path / "a.parquet", {"text": ["The pier opens."], "outlet": ["Norrvik Post"]})
    data = bytearray(path.read_bytes())
    data[data.index(b"outlet") if where == "first" else data.rindex(b"outlet")] ^= 1
    path.write_bytes(data)
    (error,) = found(path)
    assert isinstance(error, BrokenTable)
    assert "other columns than its schema" in error.problem


def test_a_cut_parquet_file_is_an_error(tmp_path: Path) -> None:
    path = stored(tmp_path / "a.parquet", {"text": ["The pier opens."]})
    path.write_bytes(path.read_bytes()[:-20])
    (error,) = found(path)
    assert isinstance(error, BrokenTable)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["content", "title"], "content"),
        (["Full Text", "content"], "content"),
        (["article_body"], "article_body"),
        (["FullText"], "FullText"),
    ],
)
def test_the_likeliest_column_is_taken_for_the_text(names: list[str], text: str) -> None:
    assert columns_of(names, {}, "x.csv")["text"] == text
