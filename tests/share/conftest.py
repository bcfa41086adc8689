"""A ledger to export from: an invented report, a copy of it, a wide one, findings, and what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import resources

import pytest

from sayso.ledger import Ledger
from sayso.record import import_findings
from sayso.record.store import add
from sayso.review import Choice, Decision, Verdict, decide, undo
from sayso.trace.following import follow
from sayso.vocabulary import Finding, Published, Reading, ReportId
from tests.ledger.stories import reading
from tests.share.ferry import ferry
from tests.share.shelled import shelled
from tests.share.wide import wide


def copied() -> Reading:
    """The same text with another outlet, a day later, under a title that a spreadsheet would take for a formula."""
    found = ferry()
    report = replace(
        found.report, id=ReportId("copy"), outlet="@Tarn Post", title="=HYPERLINK(1)", url="https://tarn.example/1?a=b",
        published=Published("2023-06-08", "given"),
    )  # fmt: skip
    return replace(found, report=report)


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The ledger. It is not written to."""
    with Ledger(tmp_path_factory.mktemp("newsroom") / "l.db") as ledger:
        ledger.add_readings([ferry(), copied(), wide(), shelled(1), shelled(2, dead=4), *map(reading, range(3))])
        findings = str(resources.files("sayso") / "examples" / "maine" / "findings.json")
        add(ledger, (it for it in import_findings([findings]) if isinstance(it, Finding)))
        report = next(it.id for it in ledger.reports() if it.outlet == ferry().report.outlet)
        made = decide(
            ledger,
            [Choice(report, "s1", Verdict.ACCEPTED, "heard the tape"), Choice(report, "i1", Verdict.REJECTED, "=1+1")],
            "R. Meer",
        )
        first, second = (it.id for it in made if isinstance(it, Decision))
        assert first != second
        undo(ledger, [second], "A. Quill", "a slip")
        follow(ledger)
        yield ledger
