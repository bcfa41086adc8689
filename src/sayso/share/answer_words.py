"""How answers are worded for a person, alike in the terminal and on the page; nothing here says what is true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import capwords
from typing import Final

from sayso.trace.answers.citing import Citation
from sayso.trace.answers.claiming import ClaimAnswer, ClaimBrief, LabelUse, Match
from sayso.trace.answers.copying import CopiedFrom
from sayso.trace.answers.foreseeing import ForecastAnswer
from sayso.trace.answers.reporting import Beside
from sayso.trace.answers.sayings import Saying
from sayso.trace.answers.sides import Pairing, Side
from sayso.trace.claims.asking import Move
from sayso.vocabulary import (
    Edit,
    EditKind,
    Event,
    IncidentType,
    Outcome,
    OutcomeState,
    Polarity,
    Precedence,
    Standing,
    Tier,
    Toll,
    Version,
    Voice,
    VoiceKind,
)

_COUNTRY: Final = 2  # letters of ISO 3166-1 alpha-2
_LONGEST: Final = 90  # code points of an edit's words that are shown
_MOST_REPORTS: Final = 6
_ID: Final = re.compile(r"r-[0-9a-f]{32}")
_SHORT_ID: Final = 10
_TIERS: Final = {Tier.CONFIDENT: "surely meant", Tier.SUGGESTED: "may be meant"}
_KINDS: Final = {
    VoiceKind.ACTOR: "named",
    VoiceKind.OUTLET: "the outlet's own word",
    VoiceKind.UNNAMED: "named by nobody",
}


def count(number: int, noun: str) -> str:
    """A number of things: "1 report", "1,200 reports"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def cited(report: Citation) -> str:
    """A report in a line: outlet, title and date."""
    return f"{titled(report)}, {dated(report)}"


def titled(report: Citation) -> str:
    """A report by outlet and title."""
    title = f", “{report.title}”" if report.title else ""
    return f"{report.outlet or 'unknown outlet'}{title}"


def dated(report: Citation) -> str:
    """The day a report states, else that of its first capture."""
    if report.published:
        return report.published[:10]
    return f"captured {report.captured[:10]}" if report.captured else "no date"


def seen(report: Citation) -> str:
    """When a report was captured, where the date it states is only its claim; "" where there is nothing to add."""
    if not report.claimed:
        return ""
    return f"captured {report.captured[:10]}: the date is its claim" if report.captured else "the date is its claim"


def brief_ids(words: str) -> str:
    """Words in which the long ids of reports are cut short, as people tell them apart."""
    return _ID.sub(lambda found: found.group()[:_SHORT_ID], words)


def matched_words(match: Match) -> str:
    """How surely a claim is what was asked for: "surely meant, 0.93"."""
    opposite = ", worded as its negation" if match.opposite else ""
    return f"{_TIERS[match.tier]}, {match.score:.2f}{opposite}"


def first_seen(claim: ClaimAnswer) -> Iterator[str]:
    """First seen by stated date and by capture, told apart, with by whom and on whose word."""
    by_report = {it.report.report: it for it in reversed(claim.timeline)}
    stated = by_report.get(claim.first_stated) if claim.first_stated else None
    captured = by_report.get(claim.first_captured) if claim.first_captured else None
    if stated is not None:
        only = stated.report.claimed and not all_claimed(claim)
        known = " (only its claim: nobody captured it near that date)" if only else ""
        yield f"First by stated date: {(stated.report.published or '')[:10]}{known}, {_carried(stated)}"
    affirming = next((it for it in claim.timeline if it.polarity is Polarity.AFFIRMS and it.report.published), None)
    if stated is not None and stated.polarity is not Polarity.AFFIRMS and affirming is not None:
        yield f"First affirmed, by stated date: {(affirming.report.published or '')[:10]}, {_carried(affirming)}"
    if captured is not None:
        when = captured.report.captured or ""
        same = captured is stated
        who = "the same report" if same else _carried(captured)
        yield f"First by capture: {when[:16].replace('T', ' ')}, {who}"
    if stated is None and captured is None:
        yield "First seen: no date is known"
    if all_claimed(claim):
        yield "Every date is its report's own claim: none was captured within a week of it"


def all_claimed(claim: ClaimAnswer) -> bool:
    """Whether no report of a timeline was captured near the date it states."""
    return bool(claim.timeline) and all(it.report.claimed for it in claim.timeline)


def _carried(told: Saying) -> str:
    outlet, *chain = told.chain
    word = f"on the word of {' ← '.join(chain)}" if chain else "on its own word"
    return f"{outlet} ({told.polarity}), {word}"


def copied_words(copied: CopiedFrom) -> str:
    """Whose copy words are: "copy of Straits Mail, 1898-02-16 (85 % of it), older by stated date"."""
    share = f" ({copied.share:.0%} of it)" if copied.share is not None else ""
    what = "copy of" if copied.whole else "words taken from"
    edits = "" if copied.compared else "; one of many, its edits were not looked at"
    return f"{what} {cited(copied.source)}{share}, {older_by(copied.precedence)}{edits}"


def polarity_words(claim: ClaimBrief) -> str:
    """What a claim's reports do with it: "affirms 9, denies 1", "of the first 12 statements: affirms 12"."""
    least = "" if claim.counted == claim.statements else f"of the first {claim.counted} statements: "
    return least + ", ".join(f"{polarity} {number}" for polarity, number in claim.polarities)


def older_by(precedence: Precedence) -> str:
    """How it is known that a source is older than its copy."""
    if precedence is Precedence.UNKNOWN:
        return "which of the two is older is not known"
    return f"older by {precedence}"


def edit_words(edit: Edit) -> str:
    """An edit: "cue: said → claimed", "dropped: …"."""
    before, after = (_short(words) for words in (edit.before, edit.after))
    if edit.kind in (EditKind.DROPPED, EditKind.ADDED):
        return f"{edit.kind}: “{before or after}”"
    return f"{edit.kind}: {f'“{before}”' if before else 'nothing'} → {f'“{after}”' if after else 'nothing'}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def voice_words(voice: Voice) -> str:
    """A voice with the reports that carry it: "Anselmo Rey (named): maine-02, maine-03"."""
    reports = list(dict.fromkeys(f"{it.outlet or 'unknown outlet'} ({it.report})" for it in voice.carriers))
    more = f" and {len(reports) - _MOST_REPORTS} more" if len(reports) > _MOST_REPORTS else ""
    return brief_ids(f"{voice.name} ({_KINDS[voice.kind]}): {', '.join(reports[:_MOST_REPORTS])}{more}")


def voice_reasons(voice: Voice) -> tuple[str, ...]:
    """Why reports are carriers of a voice, each reason once; that one who is named rests on himself is left out."""
    plain = {f"rests on {voice.name!r}", f"{voice.name!r} is called {voice.name!r}"}
    found = dict.fromkeys(why for it in voice.carriers for why in it.why if why not in plain)
    return tuple(map(brief_ids, found))


def pair_words(pair: Pairing, side: Side) -> str:
    """Whether two reports were counted as one: "Vell Lantern, Kessel Post: one voice, Ivo Lenz"."""
    voices = side.voices.voices
    outlets = {it.report: it.outlet for voice in voices for it in voice.carriers}
    names = ", ".join(outlets.get(it) or brief_ids(it) for it in (pair.one, pair.other))
    if pair.together is None:
        return f"{names}: cannot be told; {brief_ids('; '.join(pair.why))}"
    led = [[v.name for v in voices if any(it.report == one for it in v.carriers)] for one in (pair.one, pair.other)]
    if pair.together:
        return f"{names}: one voice, {' and '.join(name for name in led[0] if name in led[1])}"
    return f"{names}: two voices, {' and '.join(led[0])} / {' and '.join(led[1])}"


def label_words(label: LabelUse) -> str:
    """A label with whom it brands and whose word it is."""
    return f"“{label.text}” on {label.name}: {label.by or label.outlet or 'the outlet'} ({brief_ids(label.report)})"


def kinship_words(it: Beside) -> str:
    """What another report is to this one."""
    return f"{it.kinship}: {'; '.join(it.why)}"


def move_words(move: Move) -> str:
    """A statement's move from one claim to another."""
    line = f"{move.report}, {move.statement}: from {move.before} to {move.after}"
    return brief_ids(f"{line} when {move.because} came or went ({move.version})")


def event_title(event: Event) -> str:
    """An event in a line: its kind, place and days, as most tell them."""
    kind = event.types[0].value if event.types else "Event"
    kind = "Of no listed type" if kind == IncidentType.OTHER else kind
    status = event.statuses[0].value if event.statuses and event.statuses[0].value != "happened" else ""
    where = place_words(event.places[0].value) if event.places else "place not known"
    when = event.days[0].value if event.days else "day not known"
    return ", ".join(part for part in (kind, status, where, when.replace("/", " to ")) if part)


def place_words(folded: str) -> str:
    """A place as people write it: events keep names without case, and countries by their two letters."""
    parts = [part.strip() for part in folded.split(",")]
    return ", ".join(part.upper() if len(part) == _COUNTRY else capwords(part) for part in parts)


def differing(event: Event) -> Iterator[tuple[str, str]]:
    """The fields of an event that reports give differently, each with its versions."""
    if len(event.types) > 1:
        yield "what", versions(event.types)
    if len(event.days) > 1:
        yield "when", versions(event.days)
    if len(event.places) > 1:
        yield "where", versions([replace(it, value=place_words(it.value)) for it in event.places])


def versions(found: Sequence[Version]) -> str:
    """The versions of a field with how many reports give each."""
    return " / ".join(f"{it.value} ({len({telling.report for telling in it.tellings})})" for it in found)


def blame_words(event: Event) -> Iterator[str]:
    """Who is said to have done it or to have come to harm, each once, with how that is told."""
    for role, name, standing in dict.fromkeys((it.role, it.name, it.standing) for it in event.blames):
        yield f"{role}: {name}" if standing is Standing.FACT else f"{role}: {name}, {standing}"


def toll_words(toll: Toll) -> str:
    """How many people came to a harm, as a range, with each source's number."""
    high = "or more" if toll.high is None else f"to {toll.high:,}" if toll.high != toll.low else ""
    given = dict.fromkeys(f"“{it.text}” by {it.voice or it.telling.outlet or 'unknown'}" for it in toll.versions)
    return f"{toll.harm} {toll.who}: {toll.low:,} {high}".rstrip() + f" · {', '.join(given)}"


def voice_name(outcome: Outcome) -> str:
    """Who foretold something; a report of no known outlet goes by its id."""
    return brief_ids(outcome.voice)


def clear(forecasts: Sequence[ForecastAnswer]) -> list[ForecastAnswer]:
    """The forecasts of which something could be said to follow."""
    return [it for it in forecasts if it.outcome.state is not OutcomeState.UNCLEAR]


def unclear_words(forecasts: Sequence[ForecastAnswer]) -> str:
    """How many forecasts there are besides; "" for none."""
    number = len(forecasts) - len(clear(forecasts))
    return f"{count(number, 'forecast')} more of which nothing could be said to follow" if number else ""


def bare(words: str) -> str:
    """Words without the quotation marks they stand in."""
    return words.strip().strip('“”"').strip()


def forecast_title(outcome: Outcome) -> str:
    """A forecast in a line: by whom, of what, where, by when."""
    kind = "something of no listed type" if outcome.type is IncidentType.OTHER else str(outcome.type)
    where = f" at {', '.join(map(place_words, outcome.places))}" if outcome.places else ""
    reports = count(len({it.report for it in outcome.carriers}), "report")
    return f"{voice_name(outcome)}, {outcome.made}: {kind}{where}, {outcome.start} to {outcome.end} · {reports}"


def outcome_words(outcome: Outcome) -> str:
    """A forecast with what became of it."""
    after = f", {outcome.followed[0].days} days after" if outcome.followed else ""
    return f"{outcome.state}{after}: {forecast_title(outcome)}"
