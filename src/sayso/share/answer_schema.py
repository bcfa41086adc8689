"""The JSON Schema of answers, drawn from their types: what is shown and what is promised cannot differ."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final, NewType, Union, get_args, get_origin, get_type_hints

from sayso.share.answer_json import CONTRACT
from sayso.trace.answers import ActorAnswer, EventAnswer, ForecastAnswer, Trace
from sayso.vocabulary import ActorRef, Span

_ANSWERS: Final = (Trace, ActorAnswer, EventAnswer, ForecastAnswer)
_PLAIN: Final = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}
_SPAN: Final = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}


def answer_schema() -> dict[str, Any]:
    """The schema of what `sayso trace`, `who`, `events` and `forecasts` write with --json (draft 2020-12)."""
    known: dict[str, Any] = {}
    answers = []
    for kind in _ANSWERS:
        _shape(kind, known)
        own = dict(known[kind.__name__]["properties"])
        head = {"schema": {"const": CONTRACT}, "answer": {"const": kind.__name__}}
        answers.append(_object(head | own))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "oneOf": answers, "$defs": known}


def _shape(kind: Any, known: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a type
    """The schema of a type; those with fields are kept under their names in `known`."""
    if isinstance(kind, NewType):
        kind = kind.__supertype__
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_shape(it, known) for it in inner]}
    if origin is tuple and inner[-1] is Ellipsis:
        return {"type": "array", "items": _shape(inner[0], known)}
    if origin is tuple:
        items = [_shape(it, known) for it in inner]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _shape(inner[1], known)}
    if kind is Span:
        return _SPAN
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if issubclass(kind, Enum):
        return {"enum": [it.value for it in kind]}
    if kind.__name__ not in known:
        known[kind.__name__] = {}
        hints = get_type_hints(kind)
        names = [it.name for it in fields(kind)] if is_dataclass(kind) else list(ActorRef._fields)
        known[kind.__name__] = _object({name: _shape(hints[name], known) for name in names})
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
