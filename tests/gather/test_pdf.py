"""PDF."""

import sys
import time

import pytest

from sayso.errors import BinaryInput, EmptyInput, ExtraMissing, TooLarge
from sayso.gather import Kind, Limits, gather_bytes

from .archives import pdf

LINES = (
    "The harbour council of Norrvik said on Friday that the new pier would open\n"
    "in spring, and that nobody would lose a berth, whatever the union had anno-\n"
    "unced before.\n"
    "The dockers denied it."
)


def test_lines_are_joined_to_paragraphs_and_divided_words_made_whole() -> None:
    report = gather_bytes(pdf([LINES, "The end."]), "a.pdf")
    assert report.text == (
        "The harbour council of Norrvik said on Friday that the new pier would open in spring, and that nobody would "
        "lose a berth, whatever the union had announced before.\n\nThe dockers denied it.\n\nThe end."
    )
    assert (report.title, report.author, report.published, report.flags) == ("Pier opens", "Ada Lindqvar", None, ())


def test_pages_without_text_are_named() -> None:
    report = gather_bytes(pdf([LINES, "", LINES, "", "", "", LINES]), "a.pdf")
    assert report.flags == ("no text on pages 2, 4-6: a picture, perhaps",)
    assert gather_bytes(pdf([LINES, ""]), "a.pdf").flags == ("no text on page 2: a picture, perhaps",)


def test_a_pdf_without_any_text_is_an_error() -> None:
    with pytest.raises(EmptyInput, match="no page of it holds text"):
        gather_bytes(pdf([""]), "a.pdf")


def test_pages_beyond_the_limit_are_told_of() -> None:
    report = gather_bytes(pdf([f"Page {n}." for n in range(5)]), "a.pdf", limits=Limits(pdf_pages=3))
    assert report.text == "Page 0.\n\nPage 1.\n\nPage 2."
    assert report.flags == ("text lost: it has 5 pages, of which the first 3 were read",)


def test_when_time_is_up_the_pages_read_so_far_are_kept() -> None:
    data = pdf(["The pier opens.", *["\n".join(["x " * 40] * 600)] * 300])
    start = time.monotonic()
    report = gather_bytes(data, "a.pdf", limits=Limits(pdf_seconds=2))
    assert time.monotonic() - start < 12
    assert report.text.startswith("The pier opens.")
    assert "reading stopped after 2 s" in report.flags[0]


def test_a_pdf_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge):
        gather_bytes(pdf([LINES]), "a.pdf", limits=Limits(pdf_bytes=100))


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.4\n%%EOF", b"%PDF-" + b"\x00" * 5_000])
def test_what_is_no_pdf_is_an_error(data: bytes) -> None:
    with pytest.raises(BinaryInput, match="cannot be read"):
        gather_bytes(data, "a.pdf", Kind.PDF)


def test_without_the_library_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'sayso\[pdf\]'"):
        gather_bytes(pdf([LINES]), "a.pdf")
