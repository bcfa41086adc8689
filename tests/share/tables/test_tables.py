"""A ledger's contents are tables in one call: every row, documented columns, spans that point at the words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import sayso
from sayso.errors import ExtraMissing, NotInLedger, SaysoError
from sayso.ledger import Ledger
from sayso.share import tables
from sayso.share.exports.forms import Format
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.lines import END
from sayso.share.exports.registry import WRITTEN
from sayso.share.exports.writing import write, written_to
from sayso.share.tables import columns, libraries
from sayso.share.tables.things import THINGS
from tests.share.ferry import ferry

_KINDS = [*THINGS]
_PER_LINE = {ExportKind.CLAIMS: "members", ExportKind.VOICES: "voices"}  # of which a table has a row for each


def _lines(ledger: Ledger, kind: ExportKind) -> Iterator[Any]:
    data = b"".join(written_to(ledger, kind, Format.JSON_LINES, {}))
    *lines, end = map(json.loads, data.decode().splitlines())
    assert end["schema"] == END
    return iter(lines)


@pytest.mark.parametrize("kind", _KINDS)
def test_a_table_has_every_thing_that_the_lossless_export_has(newsroom: Ledger, kind: ExportKind) -> None:
    parts = _PER_LINE.get(kind)
    known = sum(len(it[parts]) if parts else 1 for it in _lines(newsroom, kind))
    table = tables.arrow(newsroom, kind)
    assert table.num_rows == known
    assert known
    for name in table.column_names:
        assert table.schema.field(name).type == columns.schema_of(kind, {}).field(name).type


@pytest.mark.parametrize("kind", _KINDS)
def test_no_column_is_missed_by_its_rows_and_none_is_left_over(newsroom: Ledger, kind: ExportKind) -> None:
    from sayso.share.exports.selection import selected

    with selected(newsroom, kind, {}) as selection:
        for row in THINGS[kind](selection):
            assert set(row) == set(columns.schema_of(kind, {}).names)


def test_spans_point_at_the_words_in_code_points(newsroom: Ledger) -> None:
    texts = {it.id: it.text for it in newsroom.reports()}
    rows = tables.arrow(newsroom, "statements").to_pylist()
    for row in rows:
        words = [texts[it["report"]][it["start"] : it["end"]] for it in row["content"]]
        assert " … ".join(words) == row["words"]
    assert any("👩" in row["words"] for row in rows)


def test_times_are_instants_beside_what_was_written(newsroom: Ledger) -> None:
    rows = {it["title"]: it for it in tables.arrow(newsroom, "reports").to_pylist()}
    wide = rows["Wide <b>news</b>"]
    assert wide["published"] == datetime(2023, 6, 9, 8, tzinfo=UTC)
    assert wide["published_text"] == "2023-06-09T10:00:00+02:00"
    assert rows["=HYPERLINK(1)"]["published"] == datetime(2023, 6, 8, tzinfo=UTC)


def test_a_table_says_its_version_its_kind_and_its_query(newsroom: Ledger) -> None:
    told = tables.arrow(newsroom, "statements", stance="denies", since="2023").schema.metadata
    assert told[b"sayso.schema"] == b"sayso/table/1"
    assert told[b"sayso.kind"] == b"statements"
    assert json.loads(told[b"sayso.query"]) == {"since": "2023", "stance": "denies"}


def test_conditions_narrow_a_table_as_they_do_an_export(newsroom: Ledger) -> None:
    (row,) = tables.arrow(newsroom, "reports", outlet="@Tarn Post").to_pylist()
    said = tables.arrow(newsroom, "statements", report=row["report"])
    assert set(said["report"].to_pylist()) == {row["report"]}
    claim = tables.arrow(newsroom, "claims")["claim"][0].as_py()
    assert set(tables.arrow(newsroom, "voices", claim=claim)["claim"].to_pylist()) == {claim}


def test_copies_and_voices_tell_a_reprint_from_a_voice(newsroom: Ledger) -> None:
    copies = tables.arrow(newsroom, "copies").to_pylist()
    assert ("@Tarn Post", ferry().report.outlet) in {(it["outlet"], it["source_outlet"]) for it in copies}
    voices = tables.arrow(newsroom, "voices").to_pylist()
    assert any(it["reports"] == 2 for it in voices)


def test_the_same_rows_come_as_pandas_and_as_polars(newsroom: Ledger) -> None:
    table = tables.arrow(newsroom, "statements")
    assert tables.pandas(newsroom, "statements")["words"].tolist() == table["words"].to_pylist()
    assert tables.polars(newsroom, "statements")["words"].to_list() == table["words"].to_pylist()


def test_tables_are_found_where_the_package_says() -> None:
    assert sayso.tables is tables


def test_rows_come_in_batches_of_which_few_are_held(newsroom: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_ROWS", 2)
    reader = tables.batches(newsroom, "reports")
    sizes = [batch.num_rows for batch in reader]
    assert sizes == [2, 2, 2, 2]
    monkeypatch.setattr(columns, "_LETTERS", 1)
    assert [batch.num_rows for batch in tables.batches(newsroom, "reports")] == [1] * 8


@pytest.mark.parametrize("kind", _KINDS)
def test_a_parquet_file_is_the_table(newsroom: Ledger, kind: ExportKind, tmp_path: Path) -> None:
    done = write(newsroom, kind, str(tmp_path / "x.parquet"), {})
    found = pq.read_table(tmp_path / "x.parquet")
    assert found.equals(tables.arrow(newsroom, kind))
    assert found.schema.metadata[b"sayso.kind"] == str(kind).encode()
    assert done.drops == WRITTEN[Format.PARQUET].drops[kind]
    again = b"".join(written_to(newsroom, kind, Format.PARQUET, {}))
    assert again == (tmp_path / "x.parquet").read_bytes()


def test_a_parquet_stream_that_breaks_has_no_foot(newsroom: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_ROWS", 2)
    pieces = written_to(newsroom, ExportKind.REPORTS, Format.PARQUET, {})
    first = next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    with pytest.raises(pa.ArrowInvalid):
        pq.read_table(pa.BufferReader(first))


def test_a_missing_library_is_named_with_its_cure(newsroom: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "find_spec", lambda _: None)
    for call, cure in ((tables.arrow, r"sayso\[tables\]"), (tables.pandas, "pandas"), (tables.polars, "polars")):
        with pytest.raises(ExtraMissing, match=cure):
            call(newsroom, "reports")


@pytest.mark.parametrize(
    ("kind", "asked", "told"),
    [
        ("sentences", {}, "no table of 'sentences'.*statements"),
        ("claims", {"outlet": "x"}, "claims is not narrowed by outlet.*narrowed by: claim"),
        ("statements", {"stance": "shouts"}, "stance 'shouts'.*One of: says"),
        ("incidents", {"type": "violent"}, "several types.*Violent demonstration"),
        ("incidents", {"since": "2022-13"}, "no day.*2022-08-19"),
        ("forecasts", {"as_of": "soon"}, "not a day"),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_can(
    newsroom: Ledger, kind: str, asked: dict[str, str], told: str
) -> None:
    with pytest.raises(SaysoError, match=told):
        tables.arrow(newsroom, kind, **asked)


def test_an_id_of_nothing_is_not_in_the_ledger(newsroom: Ledger) -> None:
    for kind, asked in (("statements", {"report": "r-00"}), ("claims", {"claim": "c-0000000000000000"})):
        with pytest.raises(NotInLedger):
            tables.arrow(newsroom, kind, **asked)
