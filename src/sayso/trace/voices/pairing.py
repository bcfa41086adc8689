"""Voices in words: how many there are, and why two reports were or were not counted as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.vocabulary import Carrier, ReportId, Voice, VoiceKind, Voices


def summary(found: Voices) -> str:
    """The count in words: "12 reports, 9 outlets, 2 voices"."""
    parts = [_many(found.reports, "report"), _many(found.outlets, "outlet"), _many(len(found.voices), "voice")]
    if found.unknown:
        parts.append(f"{_many(len({it.report for it in found.unknown}), 'report')} of speakers nobody can tell")
    return ", ".join(parts)


def pairing(found: Voices, one: ReportId, other: ReportId) -> tuple[bool | None, tuple[str, ...]]:
    """Whether two reports are counted as one voice, and why; None where one of them has no voice that can be told."""
    return next(pairings(found, one, (other,)))


def pairings(found: Voices, one: ReportId, others: Iterable[ReportId]) -> Iterator[tuple[bool | None, tuple[str, ...]]]:
    """For each of some reports whether it and another are counted as one voice, and why, as `pairing` tells it."""
    led = _led(found)
    for other in others:
        first, second = led.get(one, {}), led.get(other, {})
        if not first or not second:
            silent = [report for report, its in ((one, first), (other, second)) if not its]
            reasons = [reason for it in found.unknown if it.report in silent for reason in it.why]
            yield None, tuple(f"report {report} is counted apart" for report in silent) + tuple(reasons)
        elif both := [at for at in first if at in second]:
            yield True, tuple(
                reason for at in both
                for reason in _together(found.voices[at], {one: first[at], other: second[at]})
            )  # fmt: skip
        else:
            yield False, tuple(
                f"report {report}: {_alone(found.voices[at], carriers)}"
                for report, its in ((one, first), (other, second)) for at, carriers in its.items()
            )  # fmt: skip


def _led(found: Voices) -> dict[ReportId, dict[int, list[Carrier]]]:
    """For each report the voices it leads to, by their place, and its carriers of each."""
    out: dict[ReportId, dict[int, list[Carrier]]] = {}
    for at, voice in enumerate(found.voices):
        for carrier in voice.carriers:
            out.setdefault(carrier.report, {}).setdefault(at, []).append(carrier)
    return out


def _together(voice: Voice, carried: Mapping[ReportId, Sequence[Carrier]]) -> list[str]:
    said = [f"both lead to {_called(voice)}"]
    for report, carriers in carried.items():
        said += [f"report {report}: {reason}" for it in carriers for reason in it.why]
    return said


def _alone(voice: Voice, carriers: Sequence[Carrier]) -> str:
    reasons = [reason for it in carriers for reason in it.why]
    return "; ".join([f"leads to {_called(voice)}, and to nobody the other leads to", *reasons])


def _called(voice: Voice) -> str:
    return f"{voice.name} in its own voice" if voice.kind is VoiceKind.OUTLET else voice.name


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
