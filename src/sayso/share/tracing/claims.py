"""A claim on the page: first seen, the drawing, the timeline, voices, labels, forecasts, events, and the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from sayso.share.answer_words import (
    all_claimed,
    bare,
    count,
    first_seen,
    label_words,
    matched_words,
    move_words,
    pair_words,
    polarity_words,
    seen,
    voice_reasons,
    voice_words,
)
from sayso.share.markup import Html, element, joined
from sayso.share.tracing.addresses import Address, alone, linked
from sayso.share.tracing.chart import chart
from sayso.share.tracing.happenings import event_list, forecast_list
from sayso.share.tracing.quoting import copied, facts, listed, part, quoted, report_name
from sayso.share.visible import one_line
from sayso.trace.answers.claiming import Bearing, ClaimAnswer, ClaimBrief
from sayso.trace.answers.sayings import Saying
from sayso.trace.answers.sides import Side

_MOST_PAIRS: Final = 20


def claim_section(claim: ClaimAnswer, prefix: str, address: Address = alone) -> Html:
    """Everything that is known of a claim; `prefix` begins the ids of its parts."""
    known = " · ".join([claim.claim, *([matched_words(claim.match)] if claim.match else [])])
    words = linked(claim.claim, joined(f"“{one_line(bare(claim.text))}”"), address)
    heading = element("h2", {"id": f"{prefix}-heading", "dir": "auto"}, words)
    parts = [
        heading,
        element("p", {"class": "byline"}, known),
        element("p", {"class": "byline"}, "; ".join(claim.match.reasons)) if claim.match else Html(),
        _figures(claim),
        listed(first_seen(claim), "seen"),
        chart(claim.timeline) if claim.timeline else Html(),
        part("Timeline", _timeline(claim, address), _left_out(claim)),
        part("Voices", *map(_side, claim.sides)),
    ]
    if claim.labels:
        parts.append(part("Labels", listed(map(label_words, claim.labels))))
    if claim.forecasts:
        parts.append(part("Said to be coming", forecast_list(claim.forecasts, address)))
    if claim.events:
        parts.append(part("Told as having happened", event_list(claim.events, address)))
    if claim.findings:
        parts.append(part("The record, in its own words", bearing_list(claim.findings)))
    if claim.may_be_same:
        parts.append(part("May be the same, not counted as it", brief_list(claim.may_be_same, address)))
    if claim.moves:
        parts.append(part("Moves", listed(map(move_words, claim.moves))))
    return element("section", {"class": "claim", "aria-labelledby": f"{prefix}-heading"}, *parts)


def bearing_list(findings: Sequence[Bearing]) -> Html:
    """Findings with what they say themselves, and how surely they bear on it."""
    return element("ol", {"class": "findings"}, *map(_bearing, findings))


def brief_list(claims: Iterable[ClaimBrief], address: Address = alone) -> Html:
    """Claims in a few words each."""
    return element("ul", {"class": "briefs"}, *(brief_item(it, address) for it in claims))


def brief_item(claim: ClaimBrief, address: Address = alone) -> Html:
    """A claim in a few words."""
    surely = f" · {matched_words(claim.match)}" if claim.match else ""
    line = f"{claim.claim} · {count(claim.reports, 'report')} ({polarity_words(claim)}){surely}"
    words = element("bdi", None, f"“{one_line(bare(claim.text))}”")
    return element("li", None, linked(claim.claim, words, address), element("p", {"class": "detail"}, line))


def _figures(claim: ClaimAnswer) -> Html:
    """How many reports there are, and how many voices on each side."""
    figures = [_figure(claim.reports, "reports", "report")]
    for side in claim.sides:
        voices = len(side.voices.voices)
        figures.append(_figure(voices, f"voices: {side.polarity}", f"voice: {side.polarity}"))
    return element("dl", {"class": "summary", "aria-label": "Summary"}, *figures)


def _figure(number: int, many: str, one: str) -> Html:
    name = element("dt", None, one if number == 1 else many)
    return element("div", None, name, element("dd", {"class": "count"}, str(number)))


def _timeline(claim: ClaimAnswer, address: Address) -> Html:
    notes = ["" if all_claimed(claim) else seen(it.report) for it in claim.timeline]
    return element("ol", {"class": "timeline"}, *map(partial(_saying, address), claim.timeline, notes))


def _saying(address: Address, told: Saying, note: str) -> Html:
    report, content = told.report, told.content
    moment = report.moment[:10] or "no date"
    spans = ", ".join(f"{span.start}–{span.end}" for span in content.spans)
    place = " · ".join(it for it in (f"{report.report} [{spans}]", note) if it)
    chain = [element("span", {"class": "step"}, element("bdi", None, one_line(it))) for it in told.chain]
    steps = [joined(element("span", {"class": "arrow"}, " ← ") if at else Html(), it) for at, it in enumerate(chain)]
    return element(
        "li",
        {"class": f"carrier {told.polarity}"},
        element(
            "p",
            {"class": "head"},
            element("time", {"datetime": moment} if report.moment else None, moment),
            " ",
            element("b", {"class": "polarity"}, str(told.polarity)),
            " ",
            report_name(report, address),
        ),
        element("p", None, element("b", None, _speaker(told, address)), f" {told.stance}"),
        quoted(content.text),
        element("p", {"class": "chain"}, *steps) if len(steps) > 1 else Html(),
        copied(told.copied) if told.copied is not None else Html(),
        element("p", {"class": "detail"}, place),
    )


def _speaker(told: Saying, address: Address) -> Html:
    return linked(told.actor, element("bdi", None, one_line(told.speaker)), address)


def _left_out(claim: ClaimAnswer) -> Html:
    more = [f"and {claim.left_out} more"] if claim.left_out else []
    more += [f"and {claim.beyond} later ones whose voices are not counted"] if claim.beyond else []
    return listed(more, "detail")


def _side(side: Side) -> Html:
    heading = element(
        "h4", {"class": f"side-of {side.polarity}"}, element("b", None, str(side.polarity)), f" {side.summary}"
    )
    voices = [
        element("li", None, element("bdi", None, one_line(voice_words(it))), listed(voice_reasons(it), "detail"))
        for it in side.voices.voices
    ]
    silent = [f"not counted: {it.report}, {'; '.join(it.why)}" for it in side.voices.unknown]
    beside = listed((pair_words(it, side) for it in side.pairs[:_MOST_PAIRS]), "detail")
    return joined(heading, element("ul", {"class": "voices"}, *voices), beside, listed(silent, "detail"))


def _bearing(it: Bearing) -> Html:
    found, match = it.finding, it.match
    opposed = ", worded as the contrary" if match.opposed else ""
    who = " · ".join(it for it in (found.publisher, found.published) if it) or "a finding"
    rows = [
        ("On", f"“{found.claim}”"),
        ("Finds", found.verdict),
        ("Grade", found.grade),
        ("Status", found.status),
        ("Document", found.document),
        ("In its words", f"“{found.passage}”" if found.passage else None),
        ("Match", f"{match.tier}, {match.score:.2f}{opposed}: {'; '.join(match.reasons)}"),
    ]
    return element("li", {"class": "finding"}, element("h4", None, element("bdi", None, one_line(who))), facts(rows))
