"""Answers as JSON by a contract: every field under its own name, spans as pairs of offsets, words as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final

from sayso.vocabulary import ActorRef

CONTRACT: Final = "sayso/answer/1"


def answer_to_json(answer: object) -> dict[str, Any]:
    """An answer as JSON values, with the contract and the kind of answer first."""
    return {"schema": CONTRACT, "answer": type(answer).__name__, **_plain(answer)}


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, ActorRef):
        return {name: _plain(item) for name, item in value._asdict().items()}
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return value
