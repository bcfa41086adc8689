"""What is given to `Ledger.add`: captures as they are, and paths and addresses through the gathering step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sayso.errors import GatherError
from sayso.gather import captures
from sayso.vocabulary import Capture

Input = str | Path | Capture


def captured(inputs: Iterable[Input], columns: Mapping[str, str]) -> Iterator[Capture | GatherError]:
    """A capture, or the error that explains why not, for each report in the inputs.

    `columns` says which column of a table holds which field.
    """
    for item in inputs:
        if isinstance(item, Capture):
            yield item
        else:
            yield from captures([item], columns=dict(columns))
