"""Dates and times of day: tokens to the fields of the calendar that they fill."""

from __future__ import annotations

from dataclasses import replace

from sayso.read.times.meaning import Clock, Deictic, Moment, Which
from sayso.read.times.numbers import number, year
from sayso.read.times.shapes import MODS, WHICH, deictic_of, is_about, longest, tagged, two_digit_year, words_of
from sayso.read.times.tokens import Tokens
from sayso.read.times.words import day_parts, letters, months, seasons, units, value, weekdays


def fields(found: Tokens, first: int, last: int) -> Moment | None:
    """The fields of the calendar that the tokens fill; None where they cannot all be of one date."""
    out = Moment()
    index = first
    while index < last:
        word = found.words[index]
        letter = found.letters[index]
        step = 1
        if word in months() and tagged(found, index, "MONTH", "MONTHABBR"):
            out = replace(out, month=months()[word])
        elif tagged(found, index, "WEEKDAY", "WEEKDAYABBR", "WEEKDAYS"):
            out = replace(out, weekday=weekdays()[word] or None)
        elif clock := clock_at(found, index, last):
            hour, step = clock
            out = replace(out, clock=hour)
        elif tagged(found, index + 1, "BC") and word.isdecimal():
            pass
        elif letter == letters()["YEAR"]:
            if out.year is not None:
                return None
            out = replace(out, year=int(word))
        elif letter == letters()["YEARHEAD"]:
            spelled = words_of(found, index, min(index + 4, last))
            out = replace(out, year=year(spelled))
            step = len(spelled)
        elif letter == letters()["SHORTYEAR"]:
            out = replace(out, year=two_digit_year(int(word)))
        elif letter == letters()["DAY2"]:
            size = int(word)
            if out.day is not None and out.month is not None:
                out = replace(out, year=two_digit_year(size))
            elif 1 <= size <= 31 and out.day is None:
                out = replace(out, day=size)
            else:
                return None
        elif letter in (letters()["ORDINAL"], letters()["SECOND"]):
            size = value("ORDINAL").get(word, 2)
            if index > first and found.words[index - 1] == "-" and found.words[index - 2] in value("NUMWORD"):
                size += value("NUMWORD")[found.words[index - 2]]
            out = replace(out, day=size)
        elif letter == letters()["DAYREF"]:
            steps = value("DAYREF")[word]
            out = replace(out, within=Deictic("D", _by_steps(steps), steps))
        elif tagged(found, index, "PART", "PARTS", "OVERNIGHT", "TONIGHT"):
            out = replace(out, part=day_parts()[word])
            if tagged(found, index, "TONIGHT"):
                out = replace(out, within=Deictic("D", Which.THIS))
        elif letter == letters()["HOURS"] and out.part is None and out.mod == "START":
            out = replace(out, part="MO", mod=None)
        elif tagged(found, index, "SEASON", "SEASONS"):
            out = replace(out, season=seasons()[word])
        elif word in WHICH and out.which is None:
            out = replace(out, which=WHICH[word])
        elif word in units() and out.which is not None and not tagged(found, index, "SECOND", "QUARTER"):
            out = replace(out, within=deictic_of(out.which, units()[word]), which=None)
        elif letter == letters()["BC"]:
            before = found.words[index - 1]
            out = replace(out, bc=True, year=int(before) if before.isdecimal() else out.year)
        elif word in MODS:
            out = replace(out, mod=MODS[word])
        elif is_about([word]):
            out = replace(out, mod="APPROX")
        index += step
    if out.day is not None and out.month is not None and out.day > longest(out.month):
        return None
    return out


def _by_steps(steps: int) -> Which:
    return (Which.THIS, Which.NEXT, Which.LAST)[steps]


def clock_at(found: Tokens, index: int, last: int) -> tuple[Clock, int] | None:
    """The time of day that begins at a token, with how many tokens it takes."""
    words, size = found.words, last - index
    if tagged(found, index, "NOON"):
        hour = value("NOON")[words[index]]
        clock, used = Clock(hour, 0), 1
    elif not tagged(found, index, "DAY2", "NUM3", "NUM4", "YEAR", "NUMWORD", "HALF", "QUARTER"):
        return None
    elif size >= 3 and words[index + 1] == ":" and len(words[index + 2]) == 2 and words[index + 2].isdecimal():
        second = size >= 5 and words[index + 3] == ":" and words[index + 4].isdecimal()
        clock = Clock(int(words[index]), int(words[index + 2]), int(words[index + 4]) if second else None)
        used = 5 if second else 3
        if second and size >= 7 and words[index + 5] == "." and words[index + 6].isdecimal():
            used = 7
    elif size >= 4 and words[index + 1] == "." and tagged(found, index + 3, "AMPM") and words[index + 2].isdecimal():
        clock, used = Clock(int(words[index]), int(words[index + 2])), 3
    elif size >= 2 and tagged(found, index + 1, "AMPM"):
        digits = words[index]
        if not digits.isdecimal():
            clock, used = Clock(int(number([digits]) or 0)), 1
        elif len(digits) > 2:
            clock, used = Clock(int(digits[:-2]), int(digits[-2:])), 1
        else:
            clock, used = Clock(int(digits)), 1
    elif size >= 2 and len(words[index]) == 4 and tagged(found, index + 1, "HOURS", "HOURMARK", "ZONE", "LPAREN"):
        clock, used = Clock(int(words[index][:2]), int(words[index][2:])), 1
    elif size >= 4 and tagged(found, index + 1, "OH") and tagged(found, index + 3, "OCLOCK"):
        hour = int(number([words[index]]) or 0)
        clock, used = Clock(hour), 4
    elif size >= 3 and words[index + 1] == "past":
        base = 12 if tagged(found, index + 2, "NOON") else int(number([words[index + 2]]) or 0)
        minute = {"half": 30, "quarter": 15}.get(words[index]) or int(number([words[index]]) or 0)
        clock, used = Clock(base, minute), 3
    else:
        return None
    return _with_zone(found, clock, index, index + used, last)


def _with_zone(found: Tokens, clock: Clock, first: int, after: int, last: int) -> tuple[Clock, int] | None:
    index = after
    hour, zone = clock.hour, None
    while index < last and tagged(
        found, index, "AMPM", "HOURS", "HOURMARK", "ZONE", "LPAREN", "RPAREN", "LOCAL", "TIME"
    ):
        if tagged(found, index, "AMPM"):
            if hour > 12:
                return None
            hour = hour % 12 + (12 if found.words[index][0] == "p" else 0)
        elif tagged(found, index, "ZONE"):
            zone = found.text[found.starts[index] : found.ends[index]]
        elif tagged(found, index, "LOCAL"):
            zone = "local time"
        index += 1
    if hour > 24 or (clock.minute or 0) > 59 or (clock.second or 0) > 60:
        return None
    return replace(clock, hour=hour, zone=zone), index - first


def _slashed(words: list[str]) -> tuple[int, int, int, bool] | None:
    """Year, month, day of a date in numbers, month first; whether day and month could be swapped."""
    sizes = [int(word) for word in words if word.isdecimal()]
    if len(sizes) < 3:
        return None
    if sizes[0] > 31:
        return (sizes[0], sizes[1], sizes[2], False) if 1 <= sizes[1] <= 12 else None
    one, two, last = sizes[:3]
    if last < 100:
        last = two_digit_year(last)
    if not (1 <= one <= 31 and 1 <= two <= 31) or (one > 12 and two > 12):
        return None
    if one > 12:
        return last, two, one, False
    return last, one, two, two <= 12 and one != two


def numeric_date(found: Tokens, first: int, last: int) -> Moment | None:
    """A date in numbers among the tokens, if there is one."""
    start = next(
        (
            i
            for i in range(first, last - 4)
            if tagged(found, i + 1, "HYPHEN", "SLASH", "DOT")
            and tagged(found, i, "YEAR", "DAY2")
            and tagged(found, i + 3, "HYPHEN", "SLASH", "DOT")
            and tagged(found, i + 2, "DAY2")
        ),
        None,
    )
    if start is None:
        return None
    read = _slashed(found.words[start : start + 5])
    if read is None:
        return None
    year_, month, day, doubtful = read
    if day > longest(month) or not day >= 1:
        return None
    rest = fields(found, first, start) or Moment()
    later = fields(found, start + 5, last) or Moment()
    return replace(
        rest,
        year=year_,
        month=month,
        day=day,
        clock=later.clock or rest.clock,
        part=later.part or rest.part,
        swappable=doubtful,
    )
