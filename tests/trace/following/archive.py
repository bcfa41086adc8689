"""An invented archive of readings and unread reports to follow, and what is derived of it in a form to compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Table, select

from sayso.ledger import Ledger
from sayso.ledger.derived import TABLES, postings
from sayso.ledger.identity import report_name
from sayso.ledger.schema import readers, readings, reports
from sayso.vocabulary import Actor, ActorId, ActorKind, Capture, ReaderVersion, Reading, Report, Span
from tests.trace.copies.stories import DAM, FAIR, FERRY, HISTORY, kept, scanned

NOTICE = "The weigh house of Tarn took in {} sacks of rye and {} of oats in the week, {} fewer than in the one before."
_HISTORY = ("claim_moves",)  # tells what changed on the way, and so hangs on the way
READER = ReaderVersion("hand", "1", "none")
LATER = ReaderVersion("hand", "2", "none")


def texts() -> list[Report]:
    """Stories, copies of them whole, edited, damaged and stitched together, and the numbers of a series."""
    daily = DAM.replace("Brask said", "Brask claimed").replace("14 metres", "19 metres")
    found = [
        kept("agency", DAM, "1921-05-03T08:00:00"),
        kept("daily", daily, "1921-05-03T10:00:00"),
        kept("evening", daily.split("\n\nFarmers")[0] + "\n\nThe bells rang.", "1921-05-03T17:00:00"),
        kept("weekly", scanned(DAM, 0.05), "1921-05-07"),
        kept("ferry", FERRY),
        kept("fair", FAIR + "\n\n" + HISTORY),
        kept("digest", f"{FERRY}\n\n{DAM}\n\n{HISTORY}", "1921-05-04"),
        *(kept(f"week {n}", NOTICE.format(n * 31, n * 17, 60 - n), f"1921-06-{n:02}") for n in (3, 7, 11, 15, 19)),
    ]
    return [each.report for each in found]


def read(report: Report, reader: ReaderVersion = READER) -> Reading:
    """A reading that finds one actor, the first word of the report."""
    word = report.text.split()[0]
    actor = Actor(ActorId("a1"), word, ActorKind.PERSON, (word,), mentions=(Span(0, len(word)),))
    return Reading(report, reader, (actor,), sentences=(Span(0, len(report.text)),))


def captured(report: Report, when: str = "2022-01-01T10:00:00Z") -> Capture:
    """The capture of a report."""
    return Capture(report, report.text.encode(), "text/plain", None, when)


def fill(ledger: Ledger, wanted: Sequence[Report]) -> None:
    """Add reports, every other one with a reading."""
    for n, report in enumerate(wanted):
        if n % 2:
            ledger.add_readings([read(report)])
        else:
            ledger.add(captured(report), read=False)


def derived(ledger: Ledger) -> dict[str, list[str]]:
    """All that is derived in a ledger, without the numbers that reports have there."""
    with ledger.looking() as connection:
        name = {
            number: report_name(bytes(id_))
            for number, id_ in connection.execute(select(reports.c.number, reports.c.id))
        }
        query = select(readings.c.number, readings.c.digest, readers.c.id)
        read = {
            n: (bytes(d), bytes(r))
            for n, d, r in connection.execute(query.join(readers, readers.c.number == readings.c.reader))
        }
        found = {
            table.name: sorted(_rows(connection.execute(select(table)), table, name, read))
            for table in TABLES
            if table.name not in _HISTORY
        }
        text = f"SELECT {'doc, term' if ledger_is_file(ledger) else 'report, unnest(hashes)'} FROM "
        source = "copy_prints_seen" if ledger_is_file(ledger) else postings.TABLE
        prints = connection.exec_driver_sql(text + source).all()
        found[postings.TABLE] = sorted(f"{name.get(number)} {value}" for number, value in prints)
    return found


def ledger_is_file(ledger: Ledger) -> bool:
    """Whether it is a ledger in a file of SQLite."""
    return "://" not in ledger.name


def _rows(rows: Any, table: Table, name: dict[int, Any], read: dict[int, Any]) -> list[str]:
    shown: dict[str, Callable[[Any], Any]] = {
        column.name: name.get for column in table.columns if column.info or column.name == "report"
    }
    if table.name == "traced":
        shown["reading"] = read.get
    return [repr({key: shown.get(key, _plain)(value) for key, value in row._asdict().items()}) for row in rows]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
