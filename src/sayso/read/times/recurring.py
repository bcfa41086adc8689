"""What the rules for sets ("every night") and for vague times ("now", "the future") mean."""

from __future__ import annotations

from sayso.read.times.calendar import iso_length
from sayso.read.times.fields import fields
from sayso.read.times.meaning import Length, Repeated, Vague
from sayso.read.times.shapes import Parsed, count_of, tagged, unit_of, words_of
from sayso.read.times.tokens import OTHER, Tokens
from sayso.read.times.words import value

_AFTER_A_PLURAL = frozenset(
    "are were have had do did will would can could may might remain tend used mean bring".split()
)


def every(found: Tokens, first: int, last: int) -> Parsed:
    """Every night, each July, twice a week."""
    words = words_of(found, first, last)
    meaning = fields(found, first, last)
    unit = unit_of(words)
    if meaning is not None and meaning.weekday is not None:
        part = f"T{meaning.part}" if meaning.part else ""
        yield first, last, Repeated(f"XXXX-WXX-{meaning.weekday}{part}")
    elif meaning is not None and meaning.month is not None:
        yield first, last, Repeated(f"XXXX-{meaning.month:02d}")
    elif meaning is not None and meaning.season is not None:
        yield first, last, Repeated(f"XXXX-{meaning.season}")
    elif meaning is not None and meaning.part is not None:
        yield first, last, Repeated(f"XXXX-XX-XXT{meaning.part}")
    elif unit == "WE":
        yield first, last, Repeated("XXXX-WXX-WE")
    elif unit is not None:
        yield first, last, Repeated(iso_length(unit, 2 if "other" in words else count_of(words)))
    elif words[-1] == "weekdays":
        yield first, last, Repeated("XXXX-WXX")
    elif any(tagged(found, index, "FEAST") for index in range(first, last)):
        yield first, last, Repeated("XXXX-XX-XX")


def often(found: Tokens, first: int, last: int) -> Parsed:
    """Daily, annually."""
    if found.words[first] == "quarterly" and last < len(found) and found.letters[last] == OTHER:
        return
    yield first, last, Repeated(value("OFTEN")[found.words[first]])


def every_weekday(found: Tokens, first: int, last: int) -> Parsed:
    """Mondays, Sunday mornings; but "Saturdays blast" is a Saturday's, its apostrophe lost."""
    meaning = fields(found, first, last)
    lost = last < len(found) and found.letters[last] == OTHER and found.words[last] not in _AFTER_A_PLURAL
    lost = lost and found.words[first - 1 : first] != ["on"]
    if meaning is not None and meaning.weekday and lost and last == first + 1:
        yield first, last, meaning
    elif meaning is not None and meaning.weekday:
        part = f"T{meaning.part}" if meaning.part else ""
        yield first, last, Repeated(f"XXXX-WXX-{meaning.weekday}{part}")
    else:
        yield first, last, Repeated("XXXX-WXX")


def the_future(found: Tokens, first: int, last: int) -> Parsed:
    """The future, the near future, the past."""
    words = words_of(found, first, last)
    if words[-1] == "past":
        if not tagged(found, last, "HYPHEN") and found.words[first - 1 : first] in (["in"], ["than"], ["from"], ["of"]):
            yield first, last, Vague("PAST_REF")
    else:
        yield first, last, Vague("FUTURE_REF")


def this_moment(found: Tokens, first: int, last: int) -> Parsed:
    """At this moment, a while, a later date."""
    words = words_of(found, first, last)
    if words[-1] == "while":
        yield first, last, Length("X", None)
    elif words[-1] == "date":
        yield first, last, Vague("FUTURE_REF")
    elif words[0] == "this" and words[-1] == "moment":
        yield first, last, Vague("PRESENT_REF")


def vague(found: Tokens, first: int, last: int) -> Parsed:
    """Now, recently, soon."""
    after = found.words[last] if last < len(found) else ""
    if (found.words[last - 1] == "previously" and after.endswith("ed")) or after == "as":
        return
    word = found.words[last - 1]
    yield first, last, Vague(value("VAGUE").get(word, "PAST_REF"), ahead=word in ("soon", "shortly"))


def current(found: Tokens, first: int, last: int) -> Parsed:
    """Current."""
    if found.words[first] == "current":
        yield first, last, Vague("PRESENT_REF")
