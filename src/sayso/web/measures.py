"""What is counted of requests, told as Prometheus reads it (text exposition format 0.0.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Final

MEDIA: Final = "text/plain; version=0.0.4; charset=utf-8"
_EDGES: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"})


class Measures:
    """The requests that were answered since the desk was opened, by the shape of their address."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answered: dict[tuple[str, str, int], int] = defaultdict(int)
        self._spread: dict[str, list[int]] = defaultdict(lambda: [0] * (len(_EDGES) + 1))
        self._seconds: dict[str, float] = defaultdict(float)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        how = method if method in _METHODS else "other"
        with self._lock:
            self._answered[route, how, status] += 1
            self._spread[route][bisect_left(_EDGES, seconds)] += 1
            self._seconds[route] += seconds

    def told(self, held: Mapping[str, int]) -> str:
        """All of it, with some numbers of what is held."""
        with self._lock:
            return "".join(f"{line}\n" for line in (*self._requests(), *_held(held)))

    def _requests(self) -> Iterator[str]:
        yield "# HELP sayso_requests_total Requests that were answered."
        yield "# TYPE sayso_requests_total counter"
        for (route, method, status), number in sorted(self._answered.items()):
            yield f'sayso_requests_total{{route="{route}",method="{method}",status="{status}"}} {number}'
        yield "# HELP sayso_request_seconds How long answering took."
        yield "# TYPE sayso_request_seconds histogram"
        for route, spread in sorted(self._spread.items()):
            within = 0
            for edge, number in zip((*map(str, _EDGES), "+Inf"), spread, strict=True):
                within += number
                yield f'sayso_request_seconds_bucket{{route="{route}",le="{edge}"}} {within}'
            yield f'sayso_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'sayso_request_seconds_count{{route="{route}"}} {within}'


def _held(held: Mapping[str, int]) -> Iterator[str]:
    for name, number in held.items():
        yield f"# HELP sayso_{name} How many {name} there are."
        yield f"# TYPE sayso_{name} gauge"
        yield f"sayso_{name} {number}"
