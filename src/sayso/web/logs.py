"""The log as JSON, one object a line, for programs that gather logs. No line has a body, a query or a secret in it."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

_NAMES: Final = ("sayso", "uvicorn")


class Lines(logging.Formatter):
    """An entry of the log as a line of JSON in ASCII, so that nothing in it can begin another line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        found: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": record.getMessage(),
        }
        found |= getattr(record, "request", {})
        if record.exc_info:
            found["trace"] = self.formatException(record.exc_info)
        return json.dumps(found)


def log_json() -> None:
    """Write the log of the desk to standard error, as JSON, every request in it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for name in _NAMES:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.INFO)
