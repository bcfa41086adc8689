"""Numbers in words and digits."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.read.times.words import numbers


def number(words: Sequence[str]) -> float | None:
    """The number that lower-case words spell ("twenty-four", "a hundred and thirty", "2.5", "one and a half")."""
    kept = [word for word in words if word not in ("-", "–", "a", "an")]
    if not kept:
        return 1 if words else None
    if kept[0].isdecimal():
        return _in_digits(kept)
    half = 0.5 if kept[-1] == "half" else 0.0
    known = numbers()
    total = current = 0
    for word in kept:
        size = known.get(word)
        if size is None:
            continue
        if size >= 1000:
            total, current = total + max(current, 1) * size, 0
        elif size in (100, 12) and current:
            current *= size
        else:
            current += size
    total += current
    return total + half if total or half or "zero" in kept else None


def year(words: Sequence[str]) -> int | None:
    """The year that words spell in pairs ("nineteen ninety-six") or as a number ("two thousand five")."""
    known = numbers()
    sizes = [known[word] for word in words if word in known]
    if len(sizes) >= 2 and 10 <= sizes[0] <= 99 and 10 <= sizes[1] <= 99 and sizes[0] < 30:
        return sizes[0] * 100 + sum(sizes[1:])
    found = number(words)
    return int(found) if found and 1000 <= found <= 2199 else None


def _in_digits(words: Sequence[str]) -> float | None:
    text = "".join(word for word in words if word.isdecimal() or word == ".")
    half = 0.5 if words[-1] == "half" else 0.0
    if len(text) > 12 or not text.replace(".", "", 1).isascii():
        return None
    try:
        return float(text) + half
    except ValueError:
        return None
