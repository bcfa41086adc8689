"""What each rule of the grammar means: tokens to `Meaning`, without a calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from sayso.read.times.counted import (
    aged,
    ago,
    bare_units,
    day_after,
    end_of_unit,
    for_unit,
    half_unit,
    length,
    one_unit,
    told,
    toward,
    vague_units,
    weekend,
    which_unit,
)
from sayso.read.times.dates import (
    bare_year,
    century,
    dated,
    day_number,
    day_part,
    day_range,
    decade,
    feast,
    fiscal,
    foreign_date,
    iso_moment,
    month_range,
    of_year,
    plain_date,
    year_range,
)
from sayso.read.times.grammar import Match
from sayso.read.times.meaning import Meaning, Moment
from sayso.read.times.quarters import (
    corresponding,
    ended,
    half_year,
    latest_quarter,
    quarter,
    quarter_ago,
    quarter_pair,
    the_unit,
)
from sayso.read.times.recurring import current, every, every_weekday, often, the_future, this_moment, vague
from sayso.read.times.shapes import Parsed
from sayso.read.times.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: its tokens, from `first` up to `last`, its meaning and the rule that found it."""

    first: int
    last: int
    meaning: Meaning
    rule: str


def parse(found: Tokens, match: Match) -> list[Expression]:
    """The expressions that a match holds; none where it turns out to be something else."""
    return [
        Expression(first, last, meaning, match.rule)
        for first, last, meaning in _RULES[match.rule](found, match.first, match.last)
    ]


_JOINTS: Final = frozenset({"-", "–", "—", "to", "and", "until", "or", "through", "till"})


def shared_years(found: Tokens, expressions: list[Expression]) -> list[Expression]:
    """The expressions, where "26 June - 4 August 1952" gives its year to both, "9 to 11 p.m. on Monday" its day."""
    out = list(expressions)
    for index in range(len(out) - 2, -1, -1):
        this, after = out[index].meaning, out[index + 1].meaning
        gap = found.words[out[index].last : out[index + 1].first]
        if not (isinstance(this, Moment) and isinstance(after, Moment) and len(gap) == 1 and gap[0] in _JOINTS):
            continue
        if this.month and after.month and after.year and not this.year and this.which is None and this.within is None:
            year_ = after.year - (this.month > after.month)
            out[index] = replace(out[index], meaning=replace(this, year=year_))
        elif this.clock and after.clock and replace(this, clock=None, mod=None) == Moment():
            out[index] = replace(out[index], meaning=replace(after, clock=this.clock, mod=this.mod))
    return out


_RULES: Final[dict[str, Callable[[Tokens, int, int], Parsed]]] = {
    "iso_moment": iso_moment,
    "day_range": day_range,
    "month_range": month_range,
    "year_range": year_range,
    "clocked": dated,
    "part_of_date": dated,
    "part_of_day": plain_date,
    "dated": dated,
    "dated_of_year": of_year,
    "weekday_in_week": plain_date,
    "quarter": quarter,
    "quarter_ago": quarter_ago,
    "quarters": quarter_pair,
    "half_year": half_year,
    "latest_quarter": latest_quarter,
    "corresponding": corresponding,
    "year_period": fiscal,
    "fiscal": fiscal,
    "month_year": of_year,
    "month_of_year": of_year,
    "season_year": of_year,
    "decade": decade,
    "century": century,
    "ended": ended,
    "which_weekday": plain_date,
    "ago": ago,
    "told": told,
    "day_after": day_after,
    "which_month": plain_date,
    "toward": toward,
    "vague_units": vague_units,
    "first_units": length,
    "which_unit": which_unit,
    "end_of_unit": end_of_unit,
    "every": every,
    "often": often,
    "weekdays": every_weekday,
    "foreign_date": foreign_date,
    "festival": feast,
    "aged": aged,
    "half_unit": half_unit,
    "length": length,
    "one_unit": one_unit,
    "season": plain_date,
    "month": plain_date,
    "weekday": plain_date,
    "day_word": plain_date,
    "year": bare_year,
    "weekend": weekend,
    "day_number": day_number,
    "the_future": the_future,
    "this_moment": this_moment,
    "vague": vague,
    "current": current,
    "day_part": day_part,
    "units": bare_units,
    "the_unit": the_unit,
    "for_unit": for_unit,
}
