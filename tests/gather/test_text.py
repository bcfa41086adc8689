from pathlib import Path

import pytest

from sayso.errors import BinaryInput, EmptyInput, NotFound, TooLarge
from sayso.gather import Limits, gather_bytes, gather_file
from sayso.vocabulary import report_id

from .samples import TEXT


def test_a_text_file_becomes_a_report_with_its_own_text(tmp_path: Path) -> None:
    path = tmp_path / "pier.txt"
    text = TEXT.replace("\n", "\r\n") + "  last line, indented  "
    path.write_bytes(text.encode())
    report = gather_file(path)
    assert report.text == text
    assert report.id == report_id(text)
    assert report.origin == str(path)
    assert report.language == "en"
    assert report.flags == ()
    assert report.published is None


def test_offsets_fit_the_file(tmp_path: Path) -> None:
    path = tmp_path / "pier.txt"
    path.write_text(TEXT, encoding="utf-8")
    start = gather_file(path).text.index("Ada Lindqvar")
    assert path.read_text(encoding="utf-8")[start : start + 12] == "Ada Lindqvar"


def test_warnings_about_the_encoding_reach_the_report() -> None:
    report = gather_bytes("The mayor said “no” to a café.".encode("cp1252"), "old.txt")
    assert report.flags == ("encoding not stated: read as Windows-1252",)


@pytest.mark.parametrize(("data", "error"), [(b"", EmptyInput), (b"%PDF-1.4", BinaryInput), (b"a" * 11, TooLarge)])
def test_what_cannot_be_read_is_a_typed_error_naming_the_file(
    tmp_path: Path, data: bytes, error: type[Exception]
) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(data)
    with pytest.raises(error, match=r"odd\.txt"):
        gather_file(path, Limits(text_bytes=10, markup_bytes=10))


def test_a_missing_file_and_a_folder_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="No such file"):
        gather_file(tmp_path / "none.txt")
    with pytest.raises(NotFound, match="folder"):
        gather_file(tmp_path)
    with pytest.raises(NotFound):
        gather_file("a\0b.txt")
