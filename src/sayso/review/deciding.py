"""Deciding: what somebody chooses, held against the reading it was chosen on, becomes an entry of the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection

from sayso.errors import NotInLedger, NotTaken
from sayso.gather.decode import without_surrogates
from sayso.ledger import Ledger
from sayso.ledger.closing import is_closed
from sayso.ledger.entries import canonical, known
from sayso.ledger.identity import report_id_bytes
from sayso.ledger.kept import kept_reading, kept_report, reading_query, report_query
from sayso.ledger.schema import readings, reports
from sayso.review.decisions import Decision, Verdict, decision, decisions_on, note
from sayso.review.items import IN_READINGS, Item, Kind, Thing, item_at, items, whole
from sayso.review.standing import about, held, latest, live
from sayso.review.techniques import WHOLE, assigned
from sayso.review.values import actor_parts, checked, passages_by, spans_from, values
from sayso.vocabulary import Actor, FindingId, Reading, ReportId, Span

LONGEST_NAME: Final = 200  # code points
LONGEST_REASON: Final = 10_000
MOST: Final = 10_000  # choices at once
_MERGEABLE: Final = (Kind.STATEMENT, Kind.INCIDENT, Kind.ACTOR)


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to decide on an item of a report's current reading.

    `item` is the id of an item ("i-…"), or of a thing in the reading ("s3"). `after` are corrections, `others` items it
    is merged with, `parts` the spans it is split into (of an actor: the mentions that are others'). `claim` is a
    statement of any report with which it is (merged) or is not (split) of one claim; `finding` one that bears on it
    (accepted) or does not (rejected). `technique` is at work in what the statement claims (accepted) or is not, or in
    the report, where `item` is "report". `settles` says that it is decided in view of what others decided.
    """

    report: ReportId
    item: str
    verdict: Verdict
    why: str = ""
    after: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    parts: tuple[tuple[Span, ...], ...] = ()
    claim: tuple[ReportId, str] | None = None
    finding: FindingId | None = None
    settles: bool = False
    technique: str = ""


def decide(ledger: Ledger, choices: Sequence[Choice], who: str) -> tuple[Decision | NotTaken, ...]:
    """Keep what somebody decides; for each choice the decision, or why it is not taken. More than one make a bulk.

    Raises NotTaken without a name or with more than `MOST` choices, and LedgerError.
    """
    name = plain(who).strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise NotTaken(ledger.name, "a decision needs the name of who made it", "Give one of at most 200 characters")
    if len(choices) > MOST:
        raise NotTaken(ledger.name, f"{len(choices)} decisions are too many at once", f"Give {MOST} at a time")
    read: dict[ReportId, _Read] = {}
    refused = _unseen(ledger, choices, name)
    with ledger.writing() as connection:
        drafts: list[Decision | NotTaken] = []
        for at, choice in enumerate(choices):
            if at in refused:
                drafts.append(refused[at])
                continue
            try:
                drafts.append(_draft(connection, ledger.name, choice, name, read))
            except NotTaken as error:
                drafts.append(error)
        taken = [it for it in drafts if isinstance(it, Decision)]
        noted = iter(note(connection, _bulk(taken)))
        return tuple(next(noted) if isinstance(it, Decision) else it for it in drafts)


def undo(ledger: Ledger, ids: Sequence[str], who: str, why: str = "") -> tuple[Decision | NotTaken, ...]:
    """Take back decisions, each by an entry of its own; for each that entry, or why it cannot be.

    Raises NotTaken without a name, and LedgerError.
    """
    name = plain(who).strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise NotTaken(ledger.name, "an undo needs the name of who made it", "Give one of at most 200 characters")
    try:
        reason = _reason(why)
    except ValueError as error:
        raise NotTaken(ledger.name, str(error), "Give a shorter one") from error
    with ledger.looking() as seen:
        unseen = {id_ for id_ in ids if is_closed(seen) and decision(seen, id_) is None}
    with ledger.writing() as connection:
        drafts: list[Decision | NotTaken] = []
        for id_ in dict.fromkeys(ids):
            made = None if id_ in unseen else decision(connection, id_)
            if made is None:
                drafts.append(
                    NotTaken(ledger.name, f"there is no decision {id_[:LONGEST_NAME]}", "See sayso review show")
                )
            elif all(it.id != made.id for it in held(decisions_on(connection, made.reports[0]))):
                drafts.append(
                    NotTaken(ledger.name, f"the decision {id_} is taken back already", "See sayso review show")
                )
            else:
                drafts.append(Decision(made.kind, made.items, Verdict.UNDONE, name, reason, undoes=made.id))
        taken = [it for it in drafts if isinstance(it, Decision)]
        noted = iter(note(connection, _bulk(taken)))
        return tuple(next(noted) if isinstance(it, Decision) else it for it in drafts)


def _unseen(ledger: Ledger, choices: Sequence[Choice], who: str) -> dict[int, NotTaken]:
    """By their places the choices on what is closed to whoever decides, each refused as if it were not there."""
    refused: dict[int, NotTaken] = {}
    with ledger.looking() as seen:
        if is_closed(seen):
            read: dict[ReportId, _Read] = {}
            for at, choice in enumerate(choices):
                try:
                    _draft(seen, ledger.name, choice, who, read)
                except NotTaken as error:
                    refused[at] = error
    return refused


@dataclass(frozen=True, slots=True)
class _Read:
    """A report's current reading, its items, and the decisions on it."""

    reading: Reading
    items: dict[Item, Thing]
    decisions: tuple[Decision, ...]


def _draft(connection: Connection, ledger: str, choice: Choice, who: str, read: dict[ReportId, _Read]) -> Decision:
    """The decision that a choice comes to. Raises NotTaken."""
    try:
        at = _looked_up(connection, choice.report, read)
        why = _reason(choice.why)
        if choice.technique:
            made = assigned(_labelled(at, choice.item), choice.technique, choice.verdict, why)
        else:
            made = _chosen(connection, at, choice, who, read)
        made = replace(made, who=who, why=why, reader=at.reading.reader)
        return replace(made, settles=_others_on(made, at.decisions) if choice.settles else ())
    except NotInLedger as error:
        raise NotTaken(ledger, error.problem, error.cure) from error
    except ValueError as error:
        where = f"{choice.report[:LONGEST_NAME]}/{choice.item[:LONGEST_NAME]}"
        raise NotTaken(ledger, f"{where}: {error}", "See sayso review show") from error


def _chosen(connection: Connection, at: _Read, choice: Choice, who: str, read: dict[ReportId, _Read]) -> Decision:
    """The decision on an item of a reading, or on the pair that it is one half of. Raises ValueError."""
    item, thing = _find(at, choice.item)
    if choice.claim is not None:
        other, _ = _find(_looked_up(connection, choice.claim[0], read), choice.claim[1])
        return _claim(item, other, choice.verdict)
    if choice.finding is not None:
        return _match(connection, item, choice.finding, choice.verdict)
    return _on_reading(at, item, thing, choice, who)


def _looked_up(connection: Connection, report: ReportId, read: dict[ReportId, _Read]) -> _Read:
    if report not in read:
        reading = current_reading(connection, report)
        read[report] = _Read(reading, items(reading), decisions_on(connection, report))
    return read[report]


def current_reading(connection: Connection, report: ReportId) -> Reading:
    """The reading of a report by the reader that the ledger met last. Raises ValueError where there is none."""
    id_ = report_id_bytes(report)
    row = connection.execute(report_query().where(reports.c.id == id_)).one_or_none() if id_ else None
    if row is None:
        raise ValueError("there is no such report")
    kept = kept_report(row)
    query = reading_query().where(readings.c.report == kept.number).order_by(readings.c.reader.desc()).limit(1)
    found = connection.execute(query).one_or_none()
    if found is None:
        raise ValueError("the report has not been read")
    return kept_reading(found, kept.report)


def _find(at: _Read, name: str) -> tuple[Item, Thing]:
    """An item by its own id, or by that of the thing in the reading."""
    found = [(item, thing) for item, thing in at.items.items() if name in (item.id, thing.id)]
    if not found:
        raise ValueError("the current reading has no such item")
    if len(found) > 1:
        raise ValueError(f"several items are called so: {', '.join(item.id for item, _ in found)}")
    return found[0]


def _labelled(at: _Read, name: str) -> Item:
    """What a technique is assigned to: the report as a whole, or an item of its reading."""
    return whole(at.reading.report) if name == WHOLE else _find(at, name)[0]


def _on_reading(at: _Read, item: Item, thing: Thing, choice: Choice, who: str) -> Decision:
    verdict, reading = choice.verdict, at.reading
    before = values(thing, reading)
    made = Decision(item.kind, (item,), verdict, "", before=before)
    needed = {Verdict.CORRECTED: choice.after, Verdict.MERGED: choice.others, Verdict.SPLIT: choice.parts}
    if strange := [given for of, given in needed.items() if given and of is not verdict]:
        raise ValueError(f"{len(strange)} of what is given does not go with {verdict}")
    if verdict is Verdict.CORRECTED:
        after = checked(item.kind, {**_own(at, item, who), **choice.after}, before, reading)
        if not after:
            raise ValueError("the correction changes nothing")
        passages = passages_by(item.kind, {**before, **after})
        type_ = after.get("type", item.type) if item.kind is Kind.INCIDENT else ""
        return replace(made, after=after, results=(item_at(item.kind, reading.report, passages, type_),))
    if verdict is Verdict.MERGED:
        others = [_find(at, name) for name in dict.fromkeys(choice.others)]
        return _merge(made, thing, others, reading)
    if verdict is Verdict.SPLIT:
        return _split(made, thing, choice.parts, reading)
    if verdict is Verdict.UNDONE:
        raise ValueError("a decision is taken back by undo")
    return made


def _own(at: _Read, item: Item, who: str) -> Mapping[str, Any]:
    """What the same person corrected of an item before, which a further correction adds to."""
    mine = [it for it in live(at.decisions) if it.who == who and it.kind is item.kind]
    last = next((it for it in reversed(latest(mine, lambda it: it.items)) if item in it.items), None)
    return last.after if last is not None and last.verdict is Verdict.CORRECTED else {}


def _merge(made: Decision, thing: Thing, others: Sequence[tuple[Item, Thing]], reading: Reading) -> Decision:
    item = made.items[0]
    if item.kind not in _MERGEABLE or any(it.kind is not item.kind for it, _ in others):
        raise ValueError("only statements, incidents and actors are merged, each with its like")
    if not others or any(it == item for it, _ in others):
        raise ValueError("it takes another to merge with")
    whole = (item, *(it for it, _ in others))
    if isinstance(thing, Actor):
        return replace(made, items=whole)
    joined = _joined(span for it in whole for span in it.passages[0])
    rest = [next((it.passages[n] for it in whole if it.passages[n]), ()) for n in range(1, len(item.passages))]
    return replace(made, items=whole, results=(item_at(item.kind, reading.report, (joined, *rest), item.type),))


def _split(made: Decision, thing: Thing, parts: Sequence[Sequence[Span]], reading: Reading) -> Decision:
    item, text = made.items[0], reading.report.text
    if item.kind not in _MERGEABLE:
        raise ValueError("only statements, incidents and actors are split")
    if isinstance(thing, Actor):
        actor_parts(thing, parts, text)
        return replace(made, after={"parts": [[[*span] for span in part] for part in parts]})
    found = [spans_from(part, text) for part in parts]
    every = [span for part in found for span in part]
    if not all(found) or len({*every}) < len(every):
        raise ValueError("each part needs a span of its own")
    if len(found) < 2:
        raise ValueError("it is split into two parts at least")
    rest = item.passages[1:]
    results = tuple(item_at(item.kind, reading.report, (part, *rest), item.type) for part in found)
    return replace(made, results=results)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _claim(item: Item, other: Item, verdict: Verdict) -> Decision:
    if item.kind is not Kind.STATEMENT or other.kind is not Kind.STATEMENT or item == other:
        raise ValueError("a claim is decided on by two statements")
    if verdict not in (Verdict.MERGED, Verdict.SPLIT, Verdict.UNSURE):
        raise ValueError("two statements are merged to one claim, or split; or that is unsure")
    one, two = sorted((item, other), key=lambda it: (it.report, it.passages))
    return Decision(Kind.CLAIM, (one, two), verdict, "")


def _match(connection: Connection, item: Item, finding: FindingId, verdict: Verdict) -> Decision:
    if item.kind is not Kind.STATEMENT or verdict not in (Verdict.ACCEPTED, Verdict.REJECTED, Verdict.UNSURE):
        raise ValueError("that a finding bears on a statement is accepted or rejected, or unsure")
    if not known(connection, "finding", [finding]):
        raise ValueError(f"there is no finding {finding[:LONGEST_NAME]}")
    return Decision(Kind.MATCH, (item,), verdict, "", finding=finding)


def _others_on(made: Decision, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """The ids of what others decided on the same, and what stands of it."""
    alike = (made.kind, made.finding, made.technique)
    found = [it for it in live(decisions) if (it.kind, it.finding, it.technique) == alike]
    return tuple(
        sorted(
            it.id for it in latest(found, about)
            if it.who != made.who and {*made.items} & {*it.items, *it.results}
            and (made.kind in IN_READINGS or {*made.items} == {*it.items})
        )
    )  # fmt: skip


def _bulk(drafts: Sequence[Decision]) -> list[Decision]:
    """Drafts with the name of their bulk, where they are more than one."""
    if len(drafts) < 2:
        return [*drafts]
    said = canonical({"bulk": [datetime.now(UTC).isoformat(), [[it.who, it.verdict, it.why] for it in drafts]]})
    name = f"b-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    return [replace(it, bulk=name) for it in drafts]


def _reason(why: str) -> str:
    found = plain(why).strip()
    if len(found) > LONGEST_REASON:
        raise ValueError(f"a reason has {LONGEST_REASON} characters at most")
    return found


def plain(words: str) -> str:
    """Words that can be written as UTF-8."""
    return without_surrogates(words).text
