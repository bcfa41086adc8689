"""Voices in words: how many there are, and why two reports were or were not counted as one."""

from __future__ import annotations

from sayso.vocabulary import Carrier, ReportId, Voice, VoiceKind, Voices


def summary(found: Voices) -> str:
    """The count in words: "12 reports, 9 outlets, 2 voices"."""
    parts = [_many(found.reports, "report"), _many(found.outlets, "outlet"), _many(len(found.voices), "voice")]
    if found.unknown:
        parts.append(f"{_many(len({it.report for it in found.unknown}), 'report')} of speakers nobody can tell")
    return ", ".join(parts)


def pairing(found: Voices, one: ReportId, other: ReportId) -> tuple[bool | None, tuple[str, ...]]:
    """Whether two reports are counted as one voice, and why; None where one of them has no voice that can be told."""
    first, second = _of(found, one), _of(found, other)
    if not first or not second:
        silent = [report for report, its in ((one, first), (other, second)) if not its]
        reasons = [reason for it in found.unknown if it.report in silent for reason in it.why]
        return None, tuple(f"report {report} is counted apart" for report in silent) + tuple(reasons)
    both = [voice for voice in first if voice in second]
    if both:
        return True, tuple(reason for voice in both for reason in _together(voice, one, other))
    return False, tuple(
        f"report {report}: {_alone(voice, report)}" for report, its in ((one, first), (other, second)) for voice in its
    )


def _of(found: Voices, report: ReportId) -> list[Voice]:
    return [voice for voice in found.voices if any(it.report == report for it in voice.carriers)]


def _together(voice: Voice, one: ReportId, other: ReportId) -> list[str]:
    said = [f"both lead to {_called(voice)}"]
    for report in (one, other):
        said += [f"report {report}: {reason}" for it in _carriers(voice, report) for reason in it.why]
    return said


def _alone(voice: Voice, report: ReportId) -> str:
    reasons = [reason for it in _carriers(voice, report) for reason in it.why]
    return "; ".join([f"leads to {_called(voice)}, and to nobody the other leads to", *reasons])


def _carriers(voice: Voice, report: ReportId) -> list[Carrier]:
    return [it for it in voice.carriers if it.report == report]


def _called(voice: Voice) -> str:
    return f"{voice.name} in its own voice" if voice.kind is VoiceKind.OUTLET else voice.name


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
