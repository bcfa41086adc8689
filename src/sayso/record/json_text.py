"""JSON that somebody else wrote, read within bounds: no depth, number or constant of it can do harm."""

from __future__ import annotations

import json
from typing import Any

from sayso.errors import NotAFinding


def parse(text: str, origin: str) -> Any:  # noqa: ANN401 (JSON is any value)
    """The value of a JSON text; NaN and infinities are None. Raises NotAFinding if it is none."""
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except RecursionError as error:
        raise NotAFinding(
            origin, "it is nested too deeply", "Give the findings themselves, or a list of them"
        ) from error
    except ValueError as error:
        raise NotAFinding(origin, f"it is not JSON ({str(error)[:100]})", "Check that it was saved whole") from error
