"""What differs between two readings of one report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from sayso.vocabulary import ReaderVersion, Reading


@dataclass(frozen=True, slots=True)
class Difference:
    """Items of one kind ("statements", "places", …) that only one of two readings has, in its order.

    Items are compared without their ids and scores, by what they say and where they stand.
    """

    kind: str
    only_first: tuple[Any, ...]
    only_second: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two readings of one report: by whom they are, and the kinds of items in which they differ."""

    first: ReaderVersion
    second: ReaderVersion
    differences: tuple[Difference, ...]


def compare(first: Reading, second: Reading) -> Comparison:
    """What differs between two readings of one report."""
    kinds = [field.name for field in fields(Reading) if field.name not in ("report", "reader")]
    found = [
        Difference(
            kind, _only(getattr(first, kind), getattr(second, kind)), _only(getattr(second, kind), getattr(first, kind))
        )
        for kind in kinds
    ]
    return Comparison(first.reader, second.reader, tuple(item for item in found if item.only_first or item.only_second))


def _only(ours: Iterable[Any], theirs: Iterable[Any]) -> tuple[Any, ...]:
    known = {_bare(item) for item in theirs}
    return tuple(item for item in ours if _bare(item) not in known)


def _bare(item: Any) -> Any:  # noqa: ANN401 - any item of a reading
    """An item without what only tells it from others of its own reading."""
    names = {field.name for field in fields(item)} if hasattr(item, "__dataclass_fields__") else set()
    return (
        replace(item, **{name: empty for name, empty in (("id", ""), ("score", 0.0)) if name in names})
        if names
        else item
    )
