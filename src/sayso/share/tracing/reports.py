"""A report on the page: whose copy it is and who copied it, its statements, events and forecasts."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.share.answer_words import brief_ids, cited, kinship_words, older_by, seen
from sayso.share.markup import Html, element, joined
from sayso.share.tracing.addresses import Address, alone
from sayso.share.tracing.claims import brief_item
from sayso.share.tracing.happenings import event_list, forecast_list
from sayso.share.tracing.quoting import citation, edits, listed, part, quoted, report_name
from sayso.share.visible import one_line
from sayso.trace.answers.copying import LineageMember, SharedPassage
from sayso.trace.answers.reporting import ReportAnswer, Stated
from sayso.vocabulary import Kinship


def report_section(answer: ReportAnswer, address: Address = alone) -> Html:
    """Everything that is known of a report."""
    where = answer.report.report if answer.is_kept else "not in the ledger; held against it"
    notes = [cited(answer.report), where, seen(answer.report)]
    notes += ["not read: only its copies can be told"] if answer.is_kept and not answer.is_read else []
    parts = [element("p", {"class": "byline"}, " · ".join(note for note in notes if note))]
    if answer.lineage is not None:
        members = element("ol", {"class": "timeline"}, *(_member(it, address) for it in answer.lineage.members))
        parts.append(part("Reports that are one text", members))
    if answer.passages:
        parts.append(
            part("Passages that earlier reports have", joined(*(_passage(it, address) for it in answer.passages)))
        )
    if others := [it for it in answer.beside if it.kinship is not Kinship.WHOLE]:
        parts.append(
            part("Other reports that share words", listed(f"{cited(it.report)}: {kinship_words(it)}" for it in others))
        )
    if answer.stated:
        parts.append(part("Its statements, and who else makes them", stated_list(answer.stated, address)))
    if answer.events:
        parts.append(part("Told as having happened", event_list(answer.events, address)))
    if answer.forecasts:
        parts.append(part("Said to be coming", forecast_list(answer.forecasts, address)))
    return element("section", {"class": "claim", "aria-label": "The report"}, *parts)


def stated_list(stated: Iterable[Stated], address: Address = alone) -> Html:
    """Statements of a report, each with the claim it puts or may put."""
    return element("ol", None, *(_stated(it, address) for it in stated))


def _member(it: LineageMember, address: Address) -> Html:
    how = (
        f"{it.share:.0%} of it from {brief_ids(it.parent)}, {older_by(it.precedence)}"
        if it.parent
        else "the earliest known"
    )
    place = " · ".join(note for note in (it.report.report, how, seen(it.report)) if note)
    moment = it.report.moment[:10] or "no date"
    head = element("p", {"class": "head"}, f"{moment} ", report_name(it.report, address))
    return element("li", {"class": "carrier"}, head, element("p", {"class": "detail"}, place), edits(it.edits))


def _passage(it: SharedPassage, address: Address) -> Html:
    said = element(
        "p", {"class": "copied"}, f"{it.kind}, from ", citation(it.source, address), f", {older_by(it.precedence)}"
    )
    return joined(said, quoted(it.text), edits(it.edits))


def _stated(it: Stated, address: Address) -> Html:
    said = element("p", None, element("b", None, element("bdi", None, one_line(it.speaker))))
    return element(
        "li", {"class": "carrier"}, said, quoted(it.content.text), element("ul", None, brief_item(it.claim, address))
    )
