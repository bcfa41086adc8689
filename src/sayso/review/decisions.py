"""Decisions: what people decided on items, as entries of the ledger. Entries are only added; undo is an entry, too.

A decision quotes what it is about, with the digest of the text it stands in, so that it can be checked against any copy
of the report, and goes when the report is deleted on request. Decisions on joins of names across reports stand in the
same table (`sayso.trace.people.decisions`); neither takes the other's for its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from sayso.ledger.entries import Entry, add_entries, entries, entry, entry_of, quoting
from sayso.ledger.identity import report_id_bytes
from sayso.ledger.schema import decisions as table
from sayso.review.items import Item, Kind
from sayso.vocabulary import FindingId, ReaderVersion, ReportId

_ENTRY: Final = "decision"
_WHEN: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


class Verdict(StrEnum):
    """What somebody decided. `UNDONE` takes back another decision."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    UNSURE = "unsure"
    MERGED = "merged"
    SPLIT = "split"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry: what somebody decided on `items`, most often one, and what these become by it (`results`).

    `before` are the values the first item had, as `reader` read it; `after` those that were corrected. `when` is in
    UTC (ISO 8601). `bulk` names the decisions made together; `settles` are the ids of others' decisions it was made in
    view of, to end a conflict; `undoes` is that of the decision it takes back. `finding` is the other half of a match,
    `technique` the id of the technique that is assigned.
    """

    kind: Kind
    items: tuple[Item, ...]
    verdict: Verdict
    who: str
    why: str = ""
    results: tuple[Item, ...] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    reader: ReaderVersion | None = None
    settles: tuple[str, ...] = ()
    undoes: str = ""
    finding: FindingId | None = None
    bulk: str = ""
    when: str = ""
    id: str = ""
    technique: str = ""

    @property
    def reports(self) -> tuple[ReportId, ...]:
        """The reports it is about."""
        return tuple(dict.fromkeys(item.report for item in self.items))

    @property
    def values(self) -> dict[str, Any]:
        """The values of its first item by it: those that were read, with those that were corrected."""
        return {**self.before, **self.after}


class _Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an entry says: a decision whose items and results are its first quotes and the others."""

    of: Kind
    quotes: tuple[Item, ...]
    verdict: Verdict
    who: str
    when: str
    items: int = 1
    why: str = ""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    reader: ReaderVersion | None = None
    settles: tuple[str, ...] = ()
    undoes: str = ""
    finding: FindingId | None = None
    bulk: str = ""
    technique: str = ""


def note(connection: Connection, drafts: Collection[Decision]) -> tuple[Decision, ...]:
    """Keep decisions in their order, each with an id and the time it is made: later than all on the same reports."""
    reports = {report for draft in drafts for report in draft.reports}
    last = max((it.when for report in reports for it in decisions_on(connection, report)), default="")
    now = datetime.now(UTC)
    first = max(now, _read(last) + timedelta(microseconds=1)) if last else now
    noted = []
    for number, draft in enumerate(drafts):
        made = replace(draft, when=(first + timedelta(microseconds=number)).strftime(_WHEN))
        noted.append((made, entry(_ENTRY, _said(made))))
    add_entries(connection, _ENTRY, [kept for _, kept in noted])
    return tuple(replace(made, id=kept.id) for made, kept in noted)


def decisions_on(connection: Connection, report: ReportId) -> tuple[Decision, ...]:
    """The decisions about a report, those taken back and those that take back too, as they were made."""
    id_ = report_id_bytes(report)
    found = () if id_ is None else _decisions(quoting(connection, id_))
    return tuple(sorted(found, key=order))


def all_decisions(connection: Connection) -> Iterator[Decision]:
    """All decisions, in the order of their ids. Raises LedgerDamaged."""
    return _decisions(entries(connection, _ENTRY))


def decision(connection: Connection, id_: str) -> Decision | None:
    """The decision with this id; None where there is none. Raises LedgerDamaged."""
    row = connection.execute(select(table).where(table.c.id == id_)).one_or_none()
    return None if row is None else next(_decisions([entry_of(_ENTRY, row)]), None)


def order(made: Decision) -> tuple[str, str]:
    """What puts decisions in the order in which they were made, the same wherever they are kept."""
    return made.when, made.id


def _said(made: Decision) -> dict[str, Any]:
    said = _Said(
        made.kind, (*made.items, *made.results), made.verdict, made.who, made.when, len(made.items), made.why,
        dict(made.before), dict(made.after), made.reader, made.settles, made.undoes, made.finding, made.bulk,
        made.technique,
    )  # fmt: skip
    found: dict[str, Any] = msgspec.to_builtins(said)
    return found


def _decisions(found: Iterable[Entry]) -> Iterator[Decision]:
    """The decisions among entries; one that is none of ours decides nothing here."""
    for each in found:
        try:
            said = msgspec.json.decode(each.said, type=_Said)
            _read(said.when)
        except (msgspec.ValidationError, ValueError, OverflowError):
            continue
        if 1 <= said.items <= len(said.quotes):
            yield Decision(
                said.of, said.quotes[: said.items], said.verdict, said.who, said.why, said.quotes[said.items :],
                said.before, said.after, said.reader, said.settles, said.undoes, said.finding, said.bulk, said.when,
                each.id, said.technique,
            )  # fmt: skip


def _read(when: str) -> datetime:
    return datetime.strptime(when, _WHEN).replace(tzinfo=UTC)
