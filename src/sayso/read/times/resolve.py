"""Expressions to calendar values, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sayso.read.times.anchors import Origin
from sayso.read.times.calendar import Stretch, easter, iso_length, nth_weekday, shifted, stretch, value_of
from sayso.read.times.meaning import Deictic, Distance, Length, Meaning, Moment, Repeated, Vague, Which
from sayso.read.times.words import festivals
from sayso.vocabulary import Anchor, Span, TimeKind, TimePrecision

_BACK: Final = 4  # months: how far before the date last named a month may lie in a narrative
_SEASON_MONTHS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_TOLD: Final = (Which.PREVIOUS, Which.THAT, Which.FOLLOWING)


@dataclass(frozen=True, slots=True)
class Told:
    """The date a text was last talking of, where it stands, and the last quarter of a year it named.

    `thread` is the line of its dates, from which a year that is only mentioned does not lead away. `lost` is a text
    that talks of years before the era, which nothing is counted from.
    """

    day: date | None = None
    span: Span | None = None
    by_day: bool = False
    quarter: str | None = None
    thread: date | None = None
    thread_span: Span | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """A calendar value with what it rests on."""

    kind: TimeKind
    value: str
    stretch: Stretch | None = None
    anchor: Anchor = Anchor.ABSOLUTE
    anchor_span: Span | None = None
    mod: str | None = None
    clock: str | None = None
    zone: str | None = None
    flags: tuple[str, ...] = ()
    quarter: bool = False


@dataclass(frozen=True, slots=True)
class Base:
    """A day to count from and where it was found; no day at all in texts that give none."""

    day: date | None
    anchor: Anchor
    span: Span | None = None


def resolve(meaning: Meaning, origin: Origin, told: Told, ahead: bool | None) -> Resolved | None:
    """What an expression comes to; None for a "soon" of the past. `ahead`: the words around it speak of the future."""
    match meaning:
        case Moment():
            return _moment(meaning, origin, told, ahead)
        case Deictic():
            return _deictic(meaning, origin, told, ahead)
        case Distance():
            return _distance(meaning, origin, told)
        case Length():
            return _length(meaning, origin, told)
        case Repeated():
            return Resolved(TimeKind.SET, meaning.value)
        case Vague() if meaning.ahead and not ahead:
            return None
        case Vague():
            return Resolved(TimeKind.DATE, meaning.value, anchor=_now(origin, told).anchor)


def told_after(told: Told, resolved: Resolved, span: Span, leads: bool | None) -> Told:
    """What the text is talking of after this expression; `leads` is whether a bare year leads on (see `_leads`)."""
    if resolved.kind is TimeKind.DURATION and resolved.stretch is None and resolved.value[-1] in "MY":
        return replace(told, quarter=None)
    if resolved.value.startswith("BC"):
        return Told(span=span, quarter=told.quarter, lost=True)
    if resolved.kind not in (TimeKind.DATE, TimeKind.TIME) or resolved.stretch is None:
        return told
    quarter = resolved.value if resolved.quarter else told.quarter
    by_day = resolved.stretch.precision in (TimePrecision.DAY, TimePrecision.DAY_PART, TimePrecision.MINUTE)
    start, fine = resolved.stretch.start, resolved.stretch.precision is not TimePrecision.YEAR
    if fine or told.thread is None or leads or (leads is False and 0 <= start.year - told.thread.year <= 2):
        return Told(start, span, by_day, quarter, start, span)
    return Told(start, span, by_day, quarter, told.thread, told.thread_span)


def _now(origin: Origin, told: Told) -> Base:
    """The day of writing; in a narrative of the past, the date last named."""
    if origin.history and (told.day is not None or told.lost):
        return Base(told.day, Anchor.NARRATIVE, told.span)
    return Base(origin.day, origin.anchor, origin.span)


def _thread(origin: Origin, told: Told) -> Base:
    """What partial dates count from: the day of writing, in a narrative the line of its dates."""
    if origin.history and (told.thread is not None or told.lost):
        return Base(told.thread, Anchor.NARRATIVE, told.thread_span)
    return Base(origin.day, origin.anchor, origin.span)


def _told(origin: Origin, told: Told) -> Base:
    """The date last named, else the day of writing."""
    if told.day is not None or told.lost:
        return Base(told.day, Anchor.NARRATIVE, told.span)
    return Base(origin.day, origin.anchor, origin.span)


def _base(which: Which | None, origin: Origin, told: Told) -> Base:
    return _told(origin, told) if which in _TOLD else _now(origin, told)


def _dated(value: str, base: Base, kind: TimeKind = TimeKind.DATE, mod: str | None = None) -> Resolved:
    return Resolved(kind, value, stretch(value), base.anchor, base.span, mod)


def _unresolved(value: str, kind: TimeKind = TimeKind.DATE, mod: str | None = None, *flags: str) -> Resolved:
    return Resolved(kind, value, None, Anchor.UNRESOLVED, mod=mod, flags=flags)


_ABSOLUTE: Final = Base(None, Anchor.ABSOLUTE)


# --- moments


def _moment(moment: Moment, origin: Origin, told: Told, ahead: bool | None) -> Resolved:
    if moment.festival is not None:
        found = _festival(moment, origin, told, ahead)
    elif moment.bc:
        found = _before_christ(moment)
    elif moment.stretch is not None:
        found = _dated(moment.stretch, _ABSOLUTE)
    elif moment.block is not None:
        found = _block(moment, origin, told, ahead)
    elif moment.season is not None:
        found = _season(moment, origin, told, ahead)
    elif moment.month is not None:
        found = _month(moment, origin, told, ahead)
    elif moment.weekday is not None:
        found = _weekday(moment, origin, told, ahead)
    elif moment.within is not None:
        found = _deictic(moment.within, origin, told, ahead)
    elif moment.year is not None:
        found = _dated(f"{moment.year:04d}", _ABSOLUTE)
    elif moment.part is not None or moment.clock is not None:
        found = _time_of_day(moment, origin, told)
    elif moment.day is not None:
        found = _day_of_month(moment.day, origin, told, ahead)
    else:
        found = _unresolved("XXXX-XX-XX")
    found = replace(found, mod=moment.mod or found.mod, flags=(*found.flags, *moment.flags))
    return _with_time(found, moment)


def _before_christ(moment: Moment) -> Resolved:
    """Dates before the era of the calendar stay as written: no interval."""
    value = f"BC{moment.year:04d}" if moment.year is not None else f"BC{moment.stretch or 'XXXX'}"
    if moment.month is not None:
        value += f"-{moment.month:02d}" + (f"-{moment.day:02d}" if moment.day else "")
    elif moment.season is not None:
        value += f"-{moment.season}"
    return Resolved(TimeKind.DATE, value)


def _with_time(found: Resolved, moment: Moment) -> Resolved:
    """The day with the time of day that stands with it."""
    if moment.clock is not None:
        value = f"{found.value.split('T')[0]}{moment.clock.timex}"
        precision = TimePrecision.HOUR if moment.clock.minute is None else TimePrecision.MINUTE
        clock, zone = moment.clock.iso, moment.clock.zone
    elif moment.part is not None:
        value, precision = f"{found.value.split('T')[0]}T{moment.part}", TimePrecision.DAY_PART
        clock, zone = f"T{moment.part}", None
    else:
        return found
    days = replace(found.stretch, precision=precision) if found.stretch else None
    return replace(found, kind=TimeKind.TIME, value=value, stretch=days, clock=clock, zone=zone)


def _time_of_day(moment: Moment, origin: Origin, told: Told) -> Resolved:
    """A time of day alone is of the day the text is talking of; "last night" of the night before."""
    if moment.which in (Which.LAST, Which.THIS):
        base, steps = _now(origin, told), -1 if moment.which is Which.LAST else 0
    elif moment.which in (Which.NEXT, Which.FOLLOWING):
        base, steps = _told(origin, told), 1
    elif moment.which is Which.PREVIOUS:
        base, steps = _told(origin, told), -1
    else:
        base, steps = (_told(origin, told) if told.by_day else Base(origin.day, origin.anchor, origin.span)), 0
        if origin.history and not told.by_day:
            base = Base(None, Anchor.UNRESOLVED)
    if base.day is None:
        return _unresolved("XXXX-XX-XX")
    day = shifted(base.day, "D", steps)
    return _dated(day.isoformat(), base) if day else _unresolved("XXXX-XX-XX")


def _year(moment: Moment, origin: Origin, told: Told, ahead: bool | None) -> tuple[int | None, Base]:
    """The year that the words give a month, season or quarter, if they do."""
    if moment.year is not None:
        return moment.year, _ABSOLUTE
    if moment.within is not None and moment.within.unit == "Y":
        found = _deictic(moment.within, origin, told, ahead)
        if found.stretch is not None:
            return found.stretch.start.year, Base(None, found.anchor, found.anchor_span)
    return None, _ABSOLUTE


def _month(moment: Moment, origin: Origin, told: Told, ahead: bool | None) -> Resolved:
    month = moment.month or 1
    tail = f"{month:02d}" if moment.day is None else f"{month:02d}-{moment.day:02d}"
    year, base = _year(moment, origin, told, ahead)
    if year is None:
        base = _base(moment.which, origin, told) if moment.which else _thread(origin, told)
        if base.day is None:
            return _unresolved(f"XXXX-{tail}")
        if moment.which is not None:
            year = _which_year(moment.which, base.day, month)
        elif base.anchor is Anchor.NARRATIVE and origin.history:
            year = _told_year(base.day, month)
        elif moment.day is not None:
            year = _near_year(base.day, month, moment.day, ahead)
        else:
            year = base.day.year - (month > base.day.month) if not ahead else base.day.year + (month < base.day.month)
    found = _dated(f"{year:04d}-{tail}", base)
    if moment.day is not None and found.stretch is None:
        return _unresolved(f"XXXX-{tail}", TimeKind.DATE, None, "no such day in the calendar")
    if moment.weekday and found.stretch and moment.day and found.stretch.start.isoweekday() != moment.weekday:
        return replace(found, flags=("the weekday does not fit the date",))
    return found


def _day_of_month(day: int, origin: Origin, told: Told, ahead: bool | None) -> Resolved:
    """The 20th: of the month last named, or of the month of writing."""
    base = _told(origin, told)
    if base.day is None or not 1 <= day <= 31:
        return _unresolved(f"XXXX-XX-{day:02d}")
    found = _dated(f"{base.day.year:04d}-{base.day.month:02d}-{day:02d}", base)
    return found if found.stretch else _unresolved(f"XXXX-XX-{day:02d}")


def _which_year(which: Which, day: date, month: int) -> int:
    match which:
        case Which.LAST | Which.PREVIOUS:
            return day.year - (month >= day.month)
        case Which.NEXT | Which.FOLLOWING:
            return day.year + (month <= day.month)
    return day.year


def _told_year(day: date, month: int) -> int:
    """The year of a month in a narrative: it may lie some months back, else it goes on."""
    after = (month - day.month) % 12
    return day.year + (month < day.month) - (12 - after <= _BACK)


def _near_year(day: date, month: int, number: int, ahead: bool | None) -> int:
    """The year that puts a day and month nearest, the past first unless the words speak of the future."""
    this = (month, number)
    months_ahead = (month - day.month) % 12
    if this < (day.month, day.day):
        return day.year + bool(ahead and 0 < months_ahead <= 9)
    return day.year if ahead or this == (day.month, day.day) or months_ahead <= 3 else day.year - 1


def _season(moment: Moment, origin: Origin, told: Told, ahead: bool | None) -> Resolved:
    season = moment.season or "SP"
    year, base = _year(moment, origin, told, ahead)
    if year is None:
        base = _base(moment.which, origin, told)
        if base.day is None:
            return _unresolved(f"XXXX-{season}")
        month = _SEASON_MONTHS[season]
        running = _running_season(base.day)
        if moment.which in (Which.LAST, Which.PREVIOUS):
            year = base.day.year - (month >= running[1] and base.day.year == running[2])
            if season == "WI" and base.day.month <= 2:
                year = base.day.year - 1
        elif moment.which in (Which.NEXT, Which.FOLLOWING):
            year = base.day.year + (month <= base.day.month)
        elif ahead and moment.which is None:
            year = base.day.year + (month + 2 < base.day.month)
        elif moment.which is Which.THIS or moment.which is Which.THAT or origin.history:
            year = base.day.year
            if season == "WI" and base.day.month <= 2:
                year -= 1
        else:
            year = base.day.year - (month > base.day.month)
    return _dated(f"{year:04d}-{season}", base)


def _running_season(day: date) -> tuple[str, int, int]:
    for season, month in (("WI", 12), ("FA", 9), ("SU", 6), ("SP", 3)):
        if day.month >= month:
            return season, month, day.year
    return "WI", 12, day.year - 1


def _block(moment: Moment, origin: Origin, told: Told, ahead: bool | None) -> Resolved:
    year, base = _year(moment, origin, told, ahead)
    block = moment.block or "QX"
    if block == "Q?":
        return _latest_quarter(origin, told)
    if block == "QX" and told.quarter is not None:
        block = told.quarter[5:]
    if year is None:
        base = _now(origin, told)
        if base.day is None:
            return _unresolved(f"XXXX-{block}")
        size = 3 if block[0] == "Q" else 6
        first = 1 if block == "QX" else (int(block[1]) - 1) * size + 1
        if ahead:
            year = base.day.year + (base.day.month - (first + size) > 3)
        else:
            year = base.day.year - (first > base.day.month)
    return replace(_dated(f"{year:04d}-{block}", base), quarter=block[0] == "Q" and not ahead and moment.within is None)


def _latest_quarter(origin: Origin, told: Told) -> Resolved:
    if told.quarter is not None:
        return _dated(told.quarter, _told(origin, told))
    base = _now(origin, told)
    before = shifted(base.day, "Q", -1) if base.day else None
    return _dated(value_of(before, "Q"), base) if before else _unresolved("XXXX-QX")


def _weekday(moment: Moment, origin: Origin, told: Told, ahead: bool | None) -> Resolved:
    weekday = moment.weekday or 1
    if moment.within is not None:
        week = _deictic(moment.within, origin, told, ahead)
        if week.stretch is not None and week.stretch.precision is TimePrecision.WEEK:
            day = week.stretch.start + timedelta(days=weekday - 1)
            return replace(week, value=day.isoformat(), stretch=stretch(day.isoformat()))
        if week.stretch is not None and week.stretch.precision is TimePrecision.DAY:
            return week
    base = _base(moment.which, origin, told)
    if base.day is None:
        return _unresolved(f"XXXX-WXX-{weekday}")
    back = (base.day.isoweekday() - weekday) % 7
    forth = (weekday - base.day.isoweekday()) % 7
    match moment.which:
        case Which.LAST | Which.PREVIOUS:
            steps = -(back or 7)
        case Which.NEXT | Which.FOLLOWING:
            steps = forth or 7
        case Which.THIS:
            steps = weekday - base.day.isoweekday()
        case Which.THAT:
            steps = forth
        case _:
            onward = ahead if ahead is not None else False
            if base.anchor is Anchor.NARRATIVE and origin.history:
                onward = True
            steps = forth if onward else -back
    chosen = shifted(base.day, "D", steps)
    return _dated(chosen.isoformat(), base) if chosen else _unresolved(f"XXXX-WXX-{weekday}")


def _festival(moment: Moment, origin: Origin, told: Told, ahead: bool | None) -> Resolved:
    name = moment.festival or ""
    if moment.calendar is not None:
        flag = f"of the {moment.calendar} calendar, not resolved"
        if moment.year is not None and moment.calendar != "French Republican" and moment.year > 1700:
            return replace(
                _dated(f"{moment.year:04d}-XX", _ABSOLUTE), stretch=stretch(f"{moment.year:04d}"), flags=(flag,)
            )
        whole = name in festivals("other") or moment.day is not None
        return _unresolved("XXXX-XX-XX" if whole else "XXXX-XX", TimeKind.DATE, None, flag)
    if moment.year is not None:
        day = _feast_day(name, moment.year)
        return _dated(day.isoformat(), _ABSOLUTE) if day else _unresolved("XXXX-XX-XX")
    base = _base(moment.which, origin, told)
    if base.day is None:
        fixed = festivals("fixed").get(name)
        return _unresolved(f"XXXX-{fixed}" if fixed else "XXXX-XX-XX")
    days = [day for year in (base.day.year - 1, base.day.year, base.day.year + 1) if (day := _feast_day(name, year))]
    if not days:
        return _unresolved("XXXX-XX-XX")
    here = base.day
    match moment.which:
        case Which.LAST | Which.PREVIOUS:
            chosen = max((day for day in days if day < here), default=days[0])
        case Which.NEXT | Which.FOLLOWING:
            chosen = min((day for day in days if day > here), default=days[-1])
        case _ if ahead:
            chosen = min((day for day in days if day >= here), default=days[-1])
        case _:
            chosen = min(days, key=lambda day: abs(day - here))
    return _dated(chosen.isoformat(), base)


def _feast_day(name: str, year: int) -> date | None:
    try:
        if name in festivals("fixed"):
            return date.fromisoformat(f"{year:04d}-{festivals('fixed')[name]}")
        if name in festivals("easter"):
            return easter(year) + timedelta(days=festivals("easter")[name])
        if name in festivals("american"):
            return nth_weekday(year, *festivals("american")[name])
    except (ValueError, OverflowError):
        return None
    return None


# --- counted from a day


def _deictic(deictic: Deictic, origin: Origin, told: Told, ahead: bool | None) -> Resolved:
    unit, which = deictic.unit, deictic.which
    base = _base(which, origin, told)
    if unit == "D" and which in _TOLD and told.day is not None and not told.by_day:
        base = Base(None, Anchor.UNRESOLVED)
    blank = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "WE": "XXXX-WXX-WE"}
    if base.day is None:
        return _unresolved(blank.get(unit, "XXXX"))
    if unit == "WE":
        day = base.day
        if which is Which.THIS and ahead is not True and day.isoweekday() < 6:
            day = day - timedelta(days=day.isoweekday()) if ahead is not None or day.isoweekday() <= 3 else day
        found = shifted(day, "W", deictic.steps if which is not Which.THIS else 0)
    else:
        found = shifted(base.day, unit, deictic.steps)
    return _dated(value_of(found, unit), base) if found else _unresolved(blank.get(unit, "XXXX"))


def _distance(distance: Distance, origin: Origin, told: Told) -> Resolved:
    if distance.count is None:
        return Resolved(
            TimeKind.DATE, "FUTURE_REF" if distance.forward else "PAST_REF", anchor=_now(origin, told).anchor
        )
    base = _told(origin, told) if distance.told else _now(origin, told)
    if distance.unit == "Y" and distance.count == 1 and not distance.forward and told.quarter is not None:
        return _dated(f"{int(told.quarter[:4]) - 1:04d}{told.quarter[4:]}", _told(origin, told))
    if distance.mod == "quarter" or (
        distance.told and distance.unit == "Y" and not distance.forward and not origin.history
    ):
        base = _now(origin, told)
    fine = distance.unit[0] == "T" or distance.unit in ("D", "W", "2W")
    if base.day is None or (fine and base.span is told.span and told.span is not None and not told.by_day):
        return _unresolved("XXXX-XX-XX" if fine else "XXXX")
    day = shifted(base.day, distance.unit, distance.count if distance.forward else -distance.count)
    if day is None:
        return _unresolved("XXXX")
    mod = None if distance.mod == "quarter" else distance.mod
    if distance.unit[0] == "T":
        return _dated(f"{day.isoformat()}", base, TimeKind.TIME, mod)
    shown = {"W": "D", "2W": "D", "Q": "M", "DE": "Y", "CE": "Y", "ML": "Y"}
    unit = shown.get(distance.unit, distance.unit)
    if distance.count % 1:
        unit = {"Y": "M", "M": "D"}.get(unit, unit)
    return _dated(value_of(day, unit), base, TimeKind.DATE, mod)


def _length(length: Length, origin: Origin, told: Told) -> Resolved:
    value = "PXX" if length.unit == "X" else iso_length(length.unit, length.count)
    plain = Resolved(TimeKind.DURATION, value, mod=length.mod)
    base = _now(origin, told)
    if not length.side or length.count is None or base.day is None or length.unit == "X":
        return plain
    other = shifted(base.day, length.unit, length.side * length.count)
    if other is None:
        return plain
    first, last = min(base.day, other), max(base.day, other)
    return replace(plain, stretch=Stretch(first, last, TimePrecision.PERIOD), anchor=base.anchor, anchor_span=base.span)
