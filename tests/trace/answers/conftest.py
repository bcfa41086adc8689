"""Ledgers of invented papers, and of the shipped example, read by the shipped reader; made once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from sayso import Ledger
from sayso.record import import_findings
from sayso.record.store import add
from sayso.vocabulary import Finding
from tests.trace.answers.newspapers import written

MAINE = Path(str(resources.files("sayso") / "examples" / "maine"))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The papers on the weir."""
    folder = tmp_path_factory.mktemp("papers")
    with Ledger(folder / "papers.db") as ledger:
        ledger.add(written(folder))
        yield ledger


@pytest.fixture(scope="module")
def maine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The shipped dispatches on the loss of the Maine, with the findings of the inquiries."""
    with Ledger(tmp_path_factory.mktemp("maine") / "maine.db") as ledger:
        ledger.add(MAINE / "reports.jsonl")
        add(ledger, (it for it in import_findings([str(MAINE / "findings.json")]) if isinstance(it, Finding)))
        yield ledger
