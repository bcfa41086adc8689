"""The answer to a question laid out for a terminal: claims, reports and events, each with who vouches for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from sayso.cli.foretellings import forecasts_lines
from sayso.cli.printing import hanging, print_lines, words
from sayso.cli.tellings import event_lines
from sayso.share.answer_words import (
    all_claimed,
    bare,
    brief_ids,
    cited,
    copied_words,
    count,
    edit_words,
    first_seen,
    kinship_words,
    label_words,
    matched_words,
    move_words,
    older_by,
    pair_words,
    polarity_words,
    seen,
    titled,
    voice_reasons,
    voice_words,
)
from sayso.trace.answers.claiming import Bearing, ClaimAnswer, ClaimBrief
from sayso.trace.answers.questions import Trace
from sayso.trace.answers.reporting import ReportAnswer
from sayso.trace.answers.sayings import Saying
from sayso.trace.answers.sides import Side
from sayso.vocabulary import Edit, Polarity

BOLD: Final = Style(bold=True)
DIM: Final = Style(dim=True)
POLARITIES: Final = {
    Polarity.AFFIRMS: Style(color="cyan"),
    Polarity.DENIES: Style(color="red"),
    Polarity.REPORTS: Style(dim=True),
    Polarity.DOUBTS: Style(color="magenta"),
}
_MOST_EDITS: Final = 6
_MOST_STATED: Final = 12
_MOST_WHY: Final = 3
_MOST_PAIRS: Final = 3


def show(answer: Trace, console: Console) -> None:
    """Print the answer to a question."""
    for claim in answer.claims:
        print_lines(console, *claim_lines(claim, console), Text())
    if answer.suggested:
        head = "May be meant as well" if answer.claims else "May be meant"
        print_lines(console, words(head, BOLD), *briefs(answer.suggested, console), Text())
    if answer.report is not None:
        print_lines(console, *report_lines(answer.report, console))
    for event in answer.events:
        print_lines(console, *event_lines(event, console), Text())
    if answer.findings and not answer.claims:
        print_lines(console, words("The record, on the words of the question", BOLD))
        print_lines(console, *finding_lines(answer.findings, console))


def claim_lines(claim: ClaimAnswer, console: Console) -> Iterator[Text]:
    """Everything that is known of a claim."""
    yield from hanging(console, words(f"“{bare(claim.text)}”", BOLD), 0)
    known = [claim.claim, *([matched_words(claim.match)] if claim.match else []), count(claim.reports, "report")]
    yield from hanging(console, words(" · ".join(known), DIM), 0)
    if claim.match is not None:
        yield from hanging(console, words("; ".join(claim.match.reasons), DIM), 2)
    yield Text()
    for line in first_seen(claim):
        yield from hanging(console, words(line), 0)
    yield from _section("Timeline: who carried it, when")
    for told in claim.timeline:
        yield from saying_lines(told, console, "" if all_claimed(claim) else seen(told.report))
    if claim.left_out:
        yield words(f"  and {claim.left_out} more; --limit shows them", DIM)
    if claim.beyond:
        yield words(f"  and {claim.beyond} later ones whose voices are not counted; a higher --limit counts them", DIM)
    yield from _section("Voices")
    for side in claim.sides:
        yield from side_lines(side, console)
    if claim.labels:
        yield from _section("Labels")
        for label in claim.labels:
            yield from hanging(console, words(label_words(label)), 2)
    if claim.forecasts:
        yield from _section("Forecasts: said to be coming")
        yield from forecasts_lines(claim.forecasts, console)
    if claim.events:
        yield from _section("Events it is about")
        for event in claim.events:
            yield from event_lines(event, console)
    if claim.findings:
        yield from _section("The record: findings that bear on it, in their own words")
        yield from finding_lines(claim.findings, console)
    if claim.may_be_same:
        yield from _section("May be the same, not counted as it")
        yield from briefs(claim.may_be_same, console)
    if claim.moves:
        yield from _section("Moves")
        for move in claim.moves:
            yield from hanging(console, words(move_words(move)), 2)


def saying_lines(told: Saying, console: Console, note: str) -> Iterator[Text]:
    """A member of a claim: when, by whom, on whose word, in which words, copied from where; a note on its date."""
    head = Text.assemble(
        (f"{told.report.moment[:10] or 'no date':<10}  ", DIM),
        words(told.polarity, POLARITIES[told.polarity] + BOLD),
        words(f"  {titled(told.report)}"),
    )
    yield from hanging(console, head, 2, 12)
    said = words(f"{told.speaker} {told.stance}: ", BOLD)
    said.append_text(words(f" “{bare(told.content.text)}”"))
    yield from hanging(console, said, 14, 2)
    if len(told.chain) > 1:
        yield from hanging(console, words(" ← ".join(told.chain), DIM), 14, 2)
    if told.copied is not None:
        yield from hanging(console, words(copied_words(told.copied), Style(color="yellow")), 14, 2)
        yield from edit_lines(told.copied.edits, console, 16)
    spans = ", ".join(f"{span.start}–{span.end}" for span in told.content.spans)
    place = " · ".join(part for part in (f"{told.report.report} [{spans}]", note) if part)
    yield from hanging(console, words(place, DIM), 14, 2)


def edit_lines(edits: Sequence[Edit], console: Console, margin: int) -> Iterator[Text]:
    """What a copy changed, the first few."""
    for edit in edits[:_MOST_EDITS]:
        yield from hanging(console, words(edit_words(edit), DIM), margin)
    if len(edits) > _MOST_EDITS:
        yield words(f"{'':{margin}}and {len(edits) - _MOST_EDITS} more edits; --json has all", DIM)


def side_lines(side: Side, console: Console) -> Iterator[Text]:
    """The voices on one side, and why reports were or were not counted as one."""
    head = words(side.polarity, POLARITIES[side.polarity] + BOLD)
    yield from hanging(console, Text.assemble(head, words(f"  {side.summary}")), 2)
    for voice in side.voices.voices:
        yield from hanging(console, words(voice_words(voice)), 4)
        for why in voice_reasons(voice)[:_MOST_WHY]:
            yield from hanging(console, words(why, DIM), 6)
    for pair in side.pairs[:_MOST_PAIRS]:
        yield from hanging(console, words(pair_words(pair, side), DIM), 4)
    if (more := len(side.pairs) - _MOST_PAIRS) > 0:
        yield words(f"    {count(more, 'report')} more beside the first; --json tells why", DIM)
    for carrier in side.voices.unknown:
        yield from hanging(
            console, words(brief_ids(f"not counted: {carrier.report}, {'; '.join(carrier.why)}"), DIM), 4
        )


def finding_lines(findings: Sequence[Bearing], console: Console) -> Iterator[Text]:
    """Findings with what they say themselves, and how surely they bear on it."""
    for it in findings:
        found = it.finding
        opposed = ", worded as the contrary" if it.match.opposed else ""
        who = " · ".join(part for part in (found.publisher, found.published, found.document or found.url) if part)
        yield from hanging(console, words(who or "a finding", BOLD), 2)
        yield from hanging(console, words(f"on: “{found.claim}”"), 4)
        said = [part for part in (found.verdict, found.grade, found.status) if part]
        yield from hanging(console, words("finds: " + " · ".join(said) if said else "no verdict is given"), 4)
        if found.passage:
            yield from hanging(console, words(f"in its words: “{found.passage}”"), 4)
        why = "; ".join(it.match.reasons)
        yield from hanging(console, words(f"{it.match.tier}, {it.match.score:.2f}{opposed}: {why}", DIM), 4)


def briefs(claims: Sequence[ClaimBrief], console: Console) -> Iterator[Text]:
    """Claims in a few lines each."""
    for claim in claims:
        surely = f" · {matched_words(claim.match)}" if claim.match else ""
        yield from hanging(console, words(f"“{bare(claim.text)}”"), 2)
        yield from hanging(
            console,
            words(f"{claim.claim} · {count(claim.reports, 'report')} ({polarity_words(claim)}){surely}", DIM),
            4,
        )


def report_lines(answer: ReportAnswer, console: Console) -> Iterator[Text]:
    """A report: whose copy it is, then its claims, events and forecasts."""
    yield from hanging(console, words(answer.report.title or "A report without a title", BOLD), 0)
    where = answer.report.report if answer.is_kept else "not in the ledger; held against it"
    yield from hanging(console, words(f"{cited(answer.report)} · {where}", DIM), 0)
    if answer.is_kept and not answer.is_read:
        yield words("not read: only its copies can be told", DIM)
    if answer.lineage is not None:
        yield from _section("Reports that are one text")
        for member in answer.lineage.members:
            share = (
                f"{member.share:.0%} of it from {brief_ids(member.parent)}" if member.parent else "the earliest known"
            )
            here = " (this report)" if member.report.report == answer.report.report else ""
            yield from hanging(console, words(f"{cited(member.report)}{here}"), 2)
            how = f", {older_by(member.precedence)}" if member.parent else ""
            yield from hanging(console, words(f"{member.report.report} · {share}{how}", DIM), 4)
            yield from edit_lines(member.edits, console, 6)
    if answer.passages:
        yield from _section("Passages that earlier reports have")
        for shared in answer.passages:
            yield from hanging(console, words(f"{shared.kind}, from {cited(shared.source)}"), 2)
            yield from hanging(console, words(f"“{shared.text}”", DIM), 4)
            yield from edit_lines(shared.edits, console, 6)
    if others := [it for it in answer.beside if it.kinship != "whole"]:
        yield from _section("Other reports that share words")
        for it in others:
            yield from hanging(console, words(f"{cited(it.report)}: {kinship_words(it)}"), 2)
    yield from _stated(answer, console)
    if answer.events:
        yield from _section("Events")
        for event in answer.events:
            yield from event_lines(event, console)
    if answer.forecasts:
        yield from _section("Forecasts: said to be coming")
        yield from forecasts_lines(answer.forecasts, console)


def _stated(answer: ReportAnswer, console: Console) -> Iterator[Text]:
    shared = sorted((it for it in answer.stated if it.claim.reports > answer.is_kept), key=lambda it: -it.claim.reports)
    alone = len(answer.stated) - len(shared)
    if answer.stated:
        yield from _section("Its statements, and who else makes them")
    for it in shared[:_MOST_STATED]:
        yield from hanging(console, words(f"{it.speaker}: “{bare(it.content.text)}”"), 2)
        surely = f" · {matched_words(it.claim.match)}" if it.claim.match else ""
        line = f"{it.claim.claim} · {count(it.claim.reports, 'report')} ({polarity_words(it.claim)}){surely}"
        yield from hanging(console, words(line, DIM), 4)
    if more := len(shared) - _MOST_STATED:
        yield from [words(f"  and {more} more; --json has all", DIM)] if more > 0 else []
    if alone:
        yield words(f"  {count(alone, 'statement')} that no other report in the ledger makes", DIM)


def _section(title: str) -> Iterator[Text]:
    yield Text()
    yield words(title, BOLD)
