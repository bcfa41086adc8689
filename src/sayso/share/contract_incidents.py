"""Incidents, tallies and forecasts in the JSON contract, there and back."""

from __future__ import annotations

from sayso.share.contract_spans import (
    JsonObject,
    how_many,
    maybe_day,
    maybe_how_many,
    maybe_span,
    number,
    score_to_json,
    span_from_json,
    span_to_json,
    spans_from_json,
    spans_to_json,
)
from sayso.vocabulary import (
    Certainty,
    Confidence,
    Count,
    Forecast,
    ForecastId,
    Harm,
    Incident,
    IncidentId,
    IncidentType,
    Part,
    PartRole,
    People,
    PlaceId,
    Stance,
    Standing,
    StatementId,
    Status,
    Tally,
    TallyId,
    TallyPart,
    TimeId,
    passage,
)


def certainty_to_json(certainty: Certainty) -> JsonObject:
    """How firmly a content is put, as the contract's object."""
    return {"value": str(certainty.value), "spans": spans_to_json(certainty.spans)}


def certainty_from_json(data: JsonObject, text: str) -> Certainty:
    """How firmly a content is put, from the contract's object."""
    return Certainty(Confidence(data["value"]), spans_from_json(data["spans"], text))


def incident_to_json(incident: Incident) -> JsonObject:
    """An incident as the contract's object."""
    return {
        "id": incident.id,
        "type": str(incident.type),
        "status": str(incident.status),
        "mentions": spans_to_json(incident.mentions),
        "mode": incident.mode,
        "times": list(incident.times),
        "start": incident.start,
        "end": incident.end,
        "places": list(incident.places),
        "parts": [_part_to_json(part) for part in incident.parts],
        "weapons": spans_to_json(incident.weapons),
        "counts": [_count_to_json(count) for count in incident.counts],
        "damage": spans_to_json(incident.damage),
        "vouchers": list(incident.vouchers),
        "certainty": certainty_to_json(incident.certainty),
        "background": incident.background,
        "score": score_to_json(incident.score),
    }


def incident_from_json(data: JsonObject, text: str) -> Incident:
    """The incident that an object of the contract holds."""
    return Incident(
        id=IncidentId(data["id"]),
        type=IncidentType(data["type"]),
        status=Status(data["status"]),
        mentions=spans_from_json(data["mentions"], text),
        mode=data["mode"],
        times=tuple(TimeId(time) for time in data["times"]),
        start=maybe_day(data["start"]),
        end=maybe_day(data["end"]),
        places=_places(data),
        parts=_parts_from_json(data["parts"], text),
        weapons=spans_from_json(data["weapons"], text),
        counts=tuple(_count_from_json(count, text) for count in data["counts"]),
        damage=spans_from_json(data["damage"], text),
        vouchers=_vouchers(data["vouchers"]),
        certainty=certainty_from_json(data["certainty"], text),
        background=data["background"],
        score=number(data["score"]),
    )


def tally_to_json(tally: Tally) -> JsonObject:
    """A tally as the contract's object."""
    return {
        "id": tally.id,
        "type": str(tally.type),
        "span": span_to_json(tally.span),
        "text": tally.text,
        "low": tally.low,
        "high": tally.high,
        "parts": [_tally_part_to_json(part) for part in tally.parts],
        "sums": tally.sums,
        "time": tally.time,
        "places": list(tally.places),
        "by": [_part_to_json(part) for part in tally.by],
        "vouchers": list(tally.vouchers),
    }


def tally_from_json(data: JsonObject, text: str) -> Tally:
    """The tally that an object of the contract holds."""
    return Tally(
        id=TallyId(data["id"]),
        type=IncidentType(data["type"]),
        span=span_from_json(data["span"], text),
        text=data["text"],
        low=how_many(data["low"]),
        high=maybe_how_many(data["high"]),
        parts=tuple(_tally_part_from_json(part, text) for part in data["parts"]),
        sums=data["sums"],
        time=None if data["time"] is None else TimeId(data["time"]),
        places=_places(data),
        by=_parts_from_json(data["by"], text),
        vouchers=_vouchers(data["vouchers"]),
    )


def forecast_to_json(forecast: Forecast) -> JsonObject:
    """A forecast as the contract's object."""
    return {
        "id": forecast.id,
        "stance": str(forecast.stance),
        "content": spans_to_json(forecast.content.spans),
        "statement": forecast.statement,
        "type": str(forecast.type),
        "places": list(forecast.places),
        "times": list(forecast.times),
        "blamed": [_part_to_json(part) for part in forecast.blamed],
    }


def forecast_from_json(data: JsonObject, text: str) -> Forecast:
    """The forecast that an object of the contract holds."""
    return Forecast(
        id=ForecastId(data["id"]),
        stance=Stance(data["stance"]),
        content=passage(text, spans_from_json(data["content"], text)),
        statement=None if data["statement"] is None else StatementId(data["statement"]),
        type=IncidentType(data["type"]),
        places=_places(data),
        times=tuple(TimeId(time) for time in data["times"]),
        blamed=_parts_from_json(data["blamed"], text),
    )


def _part_to_json(part: Part) -> JsonObject:
    return {
        "role": str(part.role),
        "text": part.text,
        "span": span_to_json(part.span),
        "actor": part.actor,
        "people": None if part.people is None else str(part.people),
        "standing": str(part.standing),
        "by": list(part.by),
        "harm": None if part.harm is None else str(part.harm),
        "score": part.score,
    }


def _part_from_json(data: JsonObject, text: str) -> Part:
    return Part(
        role=PartRole(data["role"]),
        text=data["text"],
        span=span_from_json(data["span"], text),
        actor=data["actor"],
        people=None if data["people"] is None else People(data["people"]),
        standing=Standing(data["standing"]),
        by=_vouchers(data["by"]),
        harm=None if data["harm"] is None else Harm(data["harm"]),
        score=data["score"],
    )


def _parts_from_json(data: list[JsonObject], text: str) -> tuple[Part, ...]:
    return tuple(_part_from_json(part, text) for part in data)


def _count_to_json(count: Count) -> JsonObject:
    return {
        "span": span_to_json(count.span),
        "text": count.text,
        "low": count.low,
        "high": count.high,
        "harm": str(count.harm),
        "who": str(count.who),
        "who_span": span_to_json(count.who_span),
        "harm_span": span_to_json(count.harm_span),
        "voucher": count.voucher,
    }


def _count_from_json(data: JsonObject, text: str) -> Count:
    return Count(
        span=span_from_json(data["span"], text),
        text=data["text"],
        low=how_many(data["low"]),
        high=maybe_how_many(data["high"]),
        harm=Harm(data["harm"]),
        who=People(data["who"]),
        who_span=maybe_span(data["who_span"], text),
        harm_span=maybe_span(data["harm_span"], text),
        voucher=data["voucher"],
    )


def _tally_part_to_json(part: TallyPart) -> JsonObject:
    return {
        "low": part.low,
        "high": part.high,
        "text": part.text,
        "span": span_to_json(part.span),
        "places": list(part.places),
    }


def _tally_part_from_json(data: JsonObject, text: str) -> TallyPart:
    low, high = how_many(data["low"]), maybe_how_many(data["high"])
    return TallyPart(low, high, data["text"], span_from_json(data["span"], text), _places(data))


def _places(data: JsonObject) -> tuple[PlaceId, ...]:
    return tuple(PlaceId(place) for place in data["places"])


def _vouchers(data: list[str]) -> tuple[StatementId, ...]:
    return tuple(StatementId(statement) for statement in data)
