"""Reviewed documents are training data in the corpus's form, and only those that are reviewed in full."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from sayso.ledger import Ledger
from sayso.review import Choice, Decision, Example, LeftOut, Verdict, decide, training_data
from sayso.vocabulary import ReportId
from tests.review.desk import MEER, QUILL, chosen, laid_out, where
from tests.share.examples import HARBOUR, harbour
from tests.share.ferry import FERRY, ferry


def accept_all(ledger: Ledger, report: ReportId, *but: str) -> None:
    names = [it.id for it in ledger.reading(report).statements if it.id not in but]
    done = decide(ledger, [Choice(report, name, Verdict.ACCEPTED) for name in names], MEER)
    assert all(isinstance(it, Decision) for it in done)


def test_a_document_that_is_reviewed_in_full_is_an_example(ledger: Ledger) -> None:
    report = laid_out(ledger)
    accept_all(ledger, report, "s3", "s4")
    chosen(ledger, report, "s3", Verdict.CORRECTED, after={"content": where("the Reed Guard")})
    chosen(ledger, report, "s4", Verdict.REJECTED, QUILL)
    (found,) = training_data(ledger)
    assert isinstance(found, Example)
    row = found.row
    assert (row["id"], row["text"], row["publisher"], row["date"]) == (report, FERRY, "The Vell Lantern", "2021-03-09")
    assert row["reviewers"] == [QUILL, MEER]
    by_id = {it["id"]: it for it in row["attributions"]}
    assert set(by_id) == {"s1", "s2", "s3", "s6", "s7"}  # s4 is rejected, s5 the outlet's own voice
    assert by_id["s3"]["content"] == where("the Reed Guard")
    for attribution in row["attributions"]:
        for role in ("source", "cue", "content"):
            assert all(FERRY[start:end].strip() == FERRY[start:end] for start, end in attribution[role])


def test_nesting_is_kept(ledger: Ledger) -> None:
    report = laid_out(ledger, harbour())
    accept_all(ledger, report)
    (found,) = training_data(ledger)
    assert isinstance(found, Example)
    nested: dict[str, Any] = {it["id"]: it["nested_in"] for it in found.row["attributions"]}
    assert (nested["s1"], nested["s2"], nested["s3"]) == (None, "s1", "s2")


def test_what_is_not_reviewed_in_full_is_left_out_and_told(ledger: Ledger) -> None:
    report = laid_out(ledger)
    assert list(training_data(ledger)) == []
    accept_all(ledger, report, "s3", "s4")
    assert list(training_data(ledger)) == [LeftOut(report, 7, (("undecided", 2),))]
    chosen(ledger, report, "s3", Verdict.UNSURE)
    chosen(ledger, report, "s4", Verdict.ACCEPTED)
    chosen(ledger, report, "s4", Verdict.REJECTED, QUILL)
    assert list(training_data(ledger)) == [LeftOut(report, 7, (("contested", 1), ("unsure", 1)))]


def test_the_training_corpus_reader_takes_it(ledger: Ledger, tmp_path: Path) -> None:
    from training.corpora import attributions

    report = laid_out(ledger, harbour())
    accept_all(ledger, report)
    path = tmp_path / "reviewed.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(it.row) + "\n" for it in training_data(ledger) if isinstance(it, Example))
    (document,) = attributions(path)
    assert (document.id, document.text) == (report, HARBOUR)
    said = [it for it in harbour().statements if it.form != "voice" and it.cue]
    assert len(document.attributions) == len(said)
    inner = {HARBOUR[slice(*it.content[0])] for it in document.attributions if it.inner}
    assert inner == {it.content.spans[0].of(HARBOUR) for it in said if it.parent is not None}


def test_nothing_is_an_example_without_statements(ledger: Ledger) -> None:
    bare = ferry()
    report = laid_out(ledger, bare)
    chosen(ledger, report, "p1")
    assert list(training_data(ledger)) == [LeftOut(report, 7, (("undecided", 7),))]
