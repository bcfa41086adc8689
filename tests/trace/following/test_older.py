"""A ledger of the first version is brought up to the second: nothing it holds changes, and it is followed anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from sayso.ledger import Ledger
from sayso.ledger.derived.following import untraced
from sayso.ledger.migrations import STEPS
from sayso.review import all_decisions
from sayso.trace.following import follow
from tests.ledger.stories import both
from tests.review.desk import chosen, laid_out
from tests.trace.following.archive import derived, fill, texts


def _as_it_was(ledger: Ledger) -> None:
    """Undo what the second version changed in the tables."""
    with ledger.writing() as connection:
        for change in (
            "DROP TABLE quoted",
            "ALTER TABLE claim_reports DROP COLUMN day",
            "UPDATE meta SET value = '1' WHERE key = 'version'",
        ):
            connection.exec_driver_sql(change)


def test_a_ledger_of_the_first_version_is_followed_anew_to_the_same_end(
    make: Callable[[], Ledger], address: Callable[[Ledger], str], tmp_path: Path
) -> None:
    ledger = make()
    ledger.add_readings(both())
    fill(ledger, texts())
    made = chosen(ledger, laid_out(ledger), "s1")
    follow(ledger)
    digest, before = ledger.digest(), derived(ledger)
    _as_it_was(ledger)
    with Ledger(address(ledger), files=tmp_path / "l.files", steps=tuple(STEPS)) as newer:
        assert newer.digest() == digest
        with newer.looking() as connection:
            assert connection.execute(select(untraced.c.report)).all()
            assert [each.id for each in all_decisions(connection)] == [made.id]
        assert follow(newer).reports == sum(1 for _ in newer.reports())
        assert derived(newer) == before
        assert {it.kind for it in newer.verify().problems} <= {"snapshot"}  # whose folder is another one here
