"""The rows of tables: for each kind what fits a selection, one thing after the other, as plain values by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from sayso.review.decisions import Decision
from sayso.review.items import Item
from sayso.share.answer_words import event_title
from sayso.share.exports.found import (
    Copied,
    Sided,
    claims_of,
    copies_of,
    decisions_of,
    events_of,
    findings_of,
    forecasts_of,
    items_of,
    reports_of,
    together,
    voices_of,
)
from sayso.share.exports.identity import identities
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.json_text import json_text
from sayso.share.paging import INCIDENT, STATEMENT, TALLY
from sayso.share.tables.moments import day, moment
from sayso.share.telling import Known, actor_name, known, speakers, where
from sayso.trace.answers import EventAnswer, ForecastAnswer
from sayso.trace.answers.citing import Quote
from sayso.trace.answers.sayings import chain_names, speaker_name
from sayso.vocabulary import (
    Claim,
    Count,
    Finding,
    Incident,
    Part,
    Place,
    PlaceId,
    PlacePrecision,
    Reading,
    Report,
    ReportId,
    Span,
    Statement,
    Tally,
    Telling,
    Toll,
    Version,
)

Thing = dict[str, Any]


def _reports(selection: Selection) -> Iterator[Thing]:
    for found in reports_of(selection):
        it, when = found.report, found.report.published
        yield _head(it) | {
            "author": it.author, "language": it.language, "published_basis": when and when.basis,
            "published_zone": when and when.zone, "captured": moment(found.captured),
            "captured_text": found.captured or None, "origin": it.origin, "flags": [*it.flags], "text": it.text,
        }  # fmt: skip


def _statements(selection: Selection) -> Iterator[Thing]:
    for item in items_of(selection, STATEMENT):
        yield _statement(item.reading, item.reading.statements[item.place.ordinal])


def _statement(reading: Reading, it: Statement) -> Thing:
    report = reading.report.id
    links = (
        {"text": link.text, "actor": link.actor, "by": link.by, "span": _span(report, link.span)} for link in it.chain
    )
    return _head(reading.report) | _reader(reading) | {
        "id": f"{report}:{it.id}", "statement": it.id, "parent": it.parent, "speaker": speaker_name(reading, it),
        "speaker_kind": it.speaker.kind.value, "actor": it.speaker.actor, "stance": it.stance.value,
        "form": it.form.value, "certainty": it.certainty.value.value, "about_future": it.about_future,
        "chain": [*chain_names(reading, it)], "links": [*links], "words": it.content.text,
        "content": _spans(report, it.content.spans), "source_words": it.source.text,
        "source": _spans(report, it.source.spans), "cue_words": it.cue.text, "cue": _spans(report, it.cue.spans),
        "certainty_spans": _spans(report, it.certainty.spans), "score": it.score,
    }  # fmt: skip


def _incidents(selection: Selection) -> Iterator[Thing]:
    for reading, places in together(selection, INCIDENT):
        names, index = identities(reading).incidents, known(reading)
        yield from (_incident(index, names[it], reading.incidents[it]) for it in places)


def _incident(index: Known, name: str, it: Incident) -> Thing:
    reading = index.outline.reading
    report = reading.report.id
    return _head(reading.report) | _reader(reading) | {
        "id": name, "incident": it.id, "type": it.type.value, "mode": it.mode, "status": it.status.value,
        "certainty": it.certainty.value.value, "certainty_spans": _spans(report, it.certainty.spans),
        "background": it.background, "start": day(it.start), "end": day(it.end),
        "places": [_place(index, index.places[one]) for one in it.places if one in index.places],
        "parts": [_part(index, one) for one in it.parts], "counts": [_count(index, one) for one in it.counts],
        "weapons": _spans(report, it.weapons), "damage": _spans(report, it.damage),
        "mentions": _spans(report, it.mentions), "words": [span.of(index.text) for span in it.mentions],
        "sources": [*speakers(index, it.vouchers)], "vouchers": [*it.vouchers], "score": it.score,
    }  # fmt: skip


def _tallies(selection: Selection) -> Iterator[Thing]:
    for reading, places in together(selection, TALLY):
        names, index = identities(reading).tallies, known(reading)
        yield from (_tally(index, names[it], reading.tallies[it]) for it in places)


def _tally(index: Known, name: str, it: Tally) -> Thing:
    report = index.outline.reading.report
    time = index.times.get(it.time) if it.time else None
    of_which = (
        {"low": one.low, "high": one.high, "words": one.text, "zone": _zone(index, one.places),
         "span": _span(report.id, one.span)}
        for one in it.parts
    )  # fmt: skip
    return _head(report) | {
        "id": name, "tally": it.id, "type": it.type.value, "low": it.low, "high": it.high, "words": it.text,
        "span": _span(report.id, it.span), "of_which": [*of_which], "parts_add_up": it.sums,
        "period": time and time.text, "start": day(time.start) if time else None,
        "end": day(time.end) if time else None, "zone": _zone(index, it.places),
        "by": [_part(index, one) for one in it.by], "sources": [*speakers(index, it.vouchers)],
        "vouchers": [*it.vouchers],
    }  # fmt: skip


def _claims(selection: Selection) -> Iterator[Thing]:
    return (thing for claim in claims_of(selection) for thing in _members(claim))


def _members(claim: Claim) -> Iterator[Thing]:
    links = {(it.report, it.statement): it for it in claim.links}
    for it in claim.members:
        link = links.get((it.report, it.statement))
        yield {
            "claim": claim.id, "wording": claim.text, "report": it.report, "statement": it.statement,
            "polarity": it.polarity.value, "words": it.text, "why": [*it.why], "tier": link and link.tier.value,
            "score": link and link.score, "opposite": link and link.opposite,
            "reasons": [*link.reasons] if link else [],
        }  # fmt: skip


def _copies(selection: Selection) -> Iterator[Thing]:
    return map(_copy, copies_of(selection))


def _copy(found: Copied) -> Thing:
    own, it, source = found.report, found.passage, found.passage.source
    edits = (
        {"kind": one.kind.value, "before": one.before, "after": one.after, "span": _span(own.report, one.copy),
         "source_span": _span(source.report, one.source)}
        for one in it.edits
    )  # fmt: skip
    return {
        "report": own.report, "outlet": own.outlet, "title": own.title, "url": own.url,
        "published": moment(own.published), "published_text": own.published, "captured": moment(own.captured),
        "captured_text": own.captured, "kind": it.kind.value, "words": it.text, "span": _span(own.report, it.span),
        "source": source.report, "source_outlet": source.outlet, "source_title": source.title,
        "source_url": source.url, "source_published": moment(source.published),
        "source_published_text": source.published, "source_span": _span(source.report, it.source_span),
        "older_by": it.precedence.value, "edits": [*edits],
    }  # fmt: skip


def _voices(selection: Selection) -> Iterator[Thing]:
    return (thing for side in voices_of(selection) for thing in _side(side))


def _side(side: Sided) -> Iterator[Thing]:
    for it in side.voices.voices:
        carriers = (
            {"report": one.report, "outlet": one.outlet, "statement": one.statement, "why": [*one.why]}
            for one in it.carriers
        )
        yield {
            "claim": side.claim.id, "wording": side.claim.text, "polarity": side.polarity.value, "voice": it.id,
            "kind": it.kind.value, "name": it.name, "actor": it.actor, "through": it.through,
            "reports": len({one.report for one in it.carriers}), "carriers": [*carriers],
        }  # fmt: skip


def _events(selection: Selection) -> Iterator[Thing]:
    return map(_event, events_of(selection))


def _event(answer: EventAnswer) -> Thing:
    it, grading = answer.event, answer.vouching.grading
    blames = (
        {"role": one.role.value, "name": one.name, "standing": one.standing.value, "actor": one.actor,
         "voice": one.voice, "by": [*one.by]} | _telling(one.telling)
        for one in it.blames
    )  # fmt: skip
    return {
        "event": it.id, "title": event_title(it), "start": day(it.start), "end": day(it.end),
        "background": it.background, "types": _versions(it.types), "statuses": _versions(it.statuses),
        "days": _versions(it.days), "places": _versions(it.places), "tolls": [_toll(one) for one in it.tolls],
        "blames": [*blames], "tellings": [_telling(one) for one in it.tellings], "grade": grading.grade.value,
        "rule": grading.rule, "reasons": [*grading.reasons], "summary": answer.summary, "joined": [*it.reasons],
        "quotes": [_quote(one) for one in answer.quotes],
    }  # fmt: skip


def _toll(toll: Toll) -> Thing:
    versions = (
        {"low": it.low, "high": it.high, "words": it.text, "voucher": it.voucher, "voice": it.voice}
        | _telling(it.telling)
        for it in toll.versions
    )
    return {
        "harm": toll.harm.value, "who": toll.who.value, "low": toll.low, "high": toll.high, "versions": [*versions],
    }  # fmt: skip


def _forecasts(selection: Selection) -> Iterator[Thing]:
    return map(_forecast, forecasts_of(selection))


def _forecast(answer: ForecastAnswer) -> Thing:
    it = answer.outcome
    carriers = ({"report": one.report, "forecast": one.forecast, "outlet": one.outlet} for one in it.carriers)
    followed = ({"event": one.event, "days": one.days, "reasons": [*one.reasons]} for one in it.followed)
    return {
        "voice": it.voice, "by": it.by, "type": it.type.value, "made": day(it.made), "start": day(it.start),
        "end": day(it.end), "places": [*it.places], "state": it.state.value, "reasons": [*it.reasons],
        "followed": [*followed], "carriers": [*carriers], "before": answer.run,
        "quotes": [_quote(one) for one in answer.quotes],
    }  # fmt: skip


def _findings(selection: Selection) -> Iterator[Thing]:
    return map(_finding, findings_of(selection))


def _finding(it: Finding) -> Thing:
    value, best, worst = it.rating or (None, None, None)
    return {
        "id": it.id, "kind": it.kind.value, "claim": it.claim, "verdict": it.verdict, "grade": it.grade,
        "status": it.status, "rating": {"value": value, "best": best, "worst": worst} if it.rating else None,
        "published": moment(it.published), "published_text": it.published, "publisher": it.publisher, "url": it.url,
        "title": it.title, "document": it.document, "passage": it.passage, "claimant": it.claimant,
        "claimed": moment(it.claimed), "claimed_text": it.claimed, "appearances": [*it.appearances],
        "language": it.language, "origin": it.origin,
    }  # fmt: skip


def _decisions(selection: Selection) -> Iterator[Thing]:
    return map(_decision, decisions_of(selection))


def _decision(it: Decision) -> Thing:
    return {
        "decision": it.id, "when": moment(it.when), "when_text": it.when, "who": it.who, "verdict": it.verdict.value,
        "kind": it.kind.value, "why": it.why, "items": [_item(one) for one in it.items],
        "results": [_item(one) for one in it.results], "before": json_text(dict(it.before)),
        "after": json_text(dict(it.after)), "reader": it.reader and it.reader.name,
        "reader_version": it.reader and it.reader.version, "finding": it.finding, "bulk": it.bulk or None,
        "undoes": it.undoes or None, "settles": [*it.settles],
    }  # fmt: skip


def _item(it: Item) -> Thing:
    spans = _spans(it.report, (span for passage in it.passages for span in passage))
    return {"report": it.report, "item": it.id, "kind": it.kind.value, "words": [*it.words], "spans": spans}


def _head(it: Report) -> Thing:
    written = it.published.value if it.published else None
    return {
        "report": it.id, "outlet": it.outlet, "title": it.title, "url": it.url, "published": moment(written),
        "published_text": written,
    }  # fmt: skip


def _reader(it: Reading) -> Thing:
    return {"reader": it.reader.name, "reader_version": it.reader.version}


def _place(index: Known, it: Place) -> Thing:
    entry, region = it.entry, it.region
    spot = (entry or region) if it.precision is PlacePrecision.EXACT else region
    return {
        "name": entry.name if entry else None, "text": it.text, "where": where(index, it), "level": it.level.value,
        "precision": it.precision.value, "country": entry and entry.country, "lat": spot and spot.lat,
        "lon": spot and spot.lon, "radius": region.radius if region and spot is region else None,
        "geonames": entry and entry.geonames, "span": _span(index.outline.reading.report.id, it.span),
    }  # fmt: skip


def _zone(index: Known, places: Iterable[PlaceId]) -> list[str]:
    return [where(index, index.places[it]) for it in places if it in index.places]


def _part(index: Known, it: Part) -> Thing:
    return {
        "role": it.role.value, "name": actor_name(index, it), "actor": it.actor, "standing": it.standing.value,
        "harm": it.harm and it.harm.value, "people": it.people and it.people.value, "by": [*it.by],
        "span": _span(index.outline.reading.report.id, it.span),
    }  # fmt: skip


def _count(index: Known, it: Count) -> Thing:
    return {
        "harm": it.harm.value, "who": it.who.value, "low": it.low, "high": it.high, "words": it.text,
        "source": speakers(index, (it.voucher,) if it.voucher else ())[0], "voucher": it.voucher,
        "span": _span(index.outline.reading.report.id, it.span),
    }  # fmt: skip


def _versions(found: Iterable[Version]) -> list[Thing]:
    return [{"value": it.value, "tellings": [_telling(one) for one in it.tellings]} for it in found]


def _telling(it: Telling) -> Thing:
    return {"report": it.report, "incident": it.incident, "outlet": it.outlet}


def _quote(it: Quote) -> Thing:
    spans = _spans(it.report.report, it.words.spans)
    return {"report": it.report.report, "outlet": it.report.outlet, "words": it.words.text, "spans": spans}


def _spans(report: ReportId, spans: Iterable[Span]) -> list[Thing | None]:
    return [_span(report, it) for it in spans]


def _span(report: ReportId, span: Span | None) -> Thing | None:
    return None if span is None else {"report": report, "start": span.start, "end": span.end}


THINGS: Final[Mapping[ExportKind, Callable[[Selection], Iterable[Thing]]]] = {
    ExportKind.REPORTS: _reports,
    ExportKind.STATEMENTS: _statements,
    ExportKind.INCIDENTS: _incidents,
    ExportKind.TALLIES: _tallies,
    ExportKind.CLAIMS: _claims,
    ExportKind.COPIES: _copies,
    ExportKind.VOICES: _voices,
    ExportKind.EVENTS: _events,
    ExportKind.FORECASTS: _forecasts,
    ExportKind.FINDINGS: _findings,
    ExportKind.DECISIONS: _decisions,
}
"""The rows of each kind that has a table."""
