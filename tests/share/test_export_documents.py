"""What docs/exports.md says of formats and columns is what there is."""

from __future__ import annotations

from sayso.share.exports.forms import FORMS
from sayso.share.exports.registry import WRITTEN
from tests.share.documents import DOCUMENT, with_tables


def test_the_tables_of_the_document_are_those_of_the_formats() -> None:
    said = DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(said) == said, "python -m tests.share.documents"


def test_every_format_stands_in_the_document() -> None:
    said = DOCUMENT.read_text(encoding="utf-8")
    for form in WRITTEN:
        assert f"`{FORMS[form].ending}`" in said
