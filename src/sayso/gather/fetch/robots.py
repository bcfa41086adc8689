"""robots.txt (RFC 9309): which paths a site lets us fetch, and how often.

Ours, because the patterns are a stranger's: they are matched in time that grows with the path, never as
regular expressions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

AGENT: Final = "sayso"
_LINE: Final = re.compile(r"\s*([A-Za-z-]{1,20})\s*:\s*([^#]*)")
_TOKEN: Final = re.compile(r"[A-Za-z_-]+|\*")
_MOST_RULES: Final = 5_000
_LONGEST_DELAY: Final = 60.0


@dataclass(frozen=True, slots=True)
class Robots:
    """A site's rules for us: (pattern, whether it allows), and the seconds it asks for between requests."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, path: str) -> bool:
        """Whether this path and query may be fetched: the longest pattern that fits decides, allowing if tied."""
        plain = _normal(path)
        fitting = [(len(pattern), allows) for pattern, allows in self.rules if _fits(pattern, plain)]
        return max(fitting, default=(0, True))[1] or plain == "/robots.txt"


ALLOW_ALL: Final = Robots()


def robots(text: str, agent: str = AGENT) -> Robots:
    """The rules in a robots.txt for this agent: those of the groups that name it, else those for all."""
    own: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    named: set[str] = set()
    ruled = found = False
    for line in text.lstrip("\ufeff").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        key, value = match[1].lower(), match[2].strip()
        if key == "user-agent":
            named, ruled = (set() if ruled else named), False
            token = _TOKEN.match(value)
            named.add(token[0].lower() if token else "")
            found = found or agent in named
        elif key in ("allow", "disallow", "crawl-delay"):
            ruled = True
            own += [(key, value)] * (agent in named)
            general += [(key, value)] * ("*" in named)
    return _rules(own if found else general)


def _rules(lines: list[tuple[str, str]]) -> Robots:
    patterns = [(_normal(value), key == "allow") for key, value in lines if key != "crawl-delay" and value]
    delays = [
        float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value)
    ]
    return Robots(tuple(patterns[:_MOST_RULES]), min(max(delays, default=0.0), _LONGEST_DELAY))


def _normal(path: str) -> str:
    """The path with each character either plain or percent-encoded, in one way only."""
    return quote(unquote_to_bytes(path.replace("%2A", "%252A").replace("%24", "%2524")), safe="/*$?&=:@!+,;~'()[]%")


def _fits(pattern: str, path: str) -> bool:
    """Whether the pattern ("*" is anything, "$" at its end the end of the path) fits the path from its start."""
    ends = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for number, piece in enumerate(others, 1):
        if ends and number == len(others):
            return path.endswith(piece) and len(path) - len(piece) >= place
        place = path.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return not ends or bool(others) or place == len(path)
