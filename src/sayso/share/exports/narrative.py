"""The paragraph about an incident that its row carries as notes: the report's own words, and who vouches for what."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from sayso.share.moments import interval
from sayso.share.telling import Known, actor_name, counted, firmness, speakers, standing, wheres
from sayso.share.visible import one_line
from sayso.vocabulary import Harm, Incident, Part, Reading, Status

_LONGEST: Final = 500  # characters of a quoted sentence
_STATUSES: Final = {Status.ALLEGED: "Alleged.", Status.ATTEMPTED: "Attempted."}


def narrative(known: Known, incident: Incident) -> str:
    """A paragraph such as "On 9 Mar 2021, in Vell, “…”, according to …. Killed: … according to …. Perpetrator: …"."""
    sentences = [
        f"{_opening(known, incident)}, according to {_listed(speakers(known, incident.vouchers))}.",
        _STATUSES.get(incident.status, ""),
        f"Told as {told}." if (told := firmness(known, incident.certainty)) else "",
        "Recalled by the report from before." if incident.background else "",
        *_counts(known, incident),
        *_parts(known, incident),
        _origin(known.outline.reading, incident),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _opening(known: Known, incident: Incident) -> str:
    days = interval(incident.start, incident.end)
    date = "On an unknown date" if days is None else f"On {days}" if days.is_day else f"In the days {days}"
    places = _listed(wheres(known, incident.places))
    words = _sentence(known.outline.reading, incident)
    return f"{date}, {f'in {places}' if places else 'at an unknown place'}, {words}"


def _sentence(reading: Reading, incident: Incident) -> str:
    """The sentence that the first mention stands in, else that mention alone."""
    if not incident.mentions:
        return "an incident without words of its own"
    mention = incident.mentions[0]
    place = bisect_right(reading.sentences, mention.start, key=lambda sentence: sentence.start) - 1
    around = reading.sentences[place] if place >= 0 else mention
    span = around if around.start <= mention.start and mention.end <= around.end else mention
    words = one_line(span.of(reading.report.text))
    return f"“{words[:_LONGEST].rstrip()} …”" if len(words) > _LONGEST else f"“{words}”"


def _counts(known: Known, incident: Incident) -> Iterator[str]:
    """What happened to how many, by each voucher: rival numbers stand side by side."""
    harms: dict[Harm, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for count in incident.counts:
        voucher = _listed(speakers(known, (count.voucher,) if count.voucher else ()))
        harms[count.harm][voucher].append(counted(count).removesuffix(f" {count.harm}"))
    for harm, said in harms.items():
        versions = "; ".join(f"{_listed(numbers)} according to {voucher}" for voucher, numbers in said.items())
        yield f"{str(harm).capitalize()}: {versions}."


def _parts(known: Known, incident: Incident) -> Iterator[str]:
    together: dict[str, list[Part]] = defaultdict(list)
    for part in incident.parts:
        together[f"{str(part.role).capitalize()}: {actor_name(known, part)}"].append(part)
    for heading, parts in together.items():
        said = dict.fromkeys(standing(part, speakers(known, part.by)) for part in parts)
        ties = "; ".join(tie for tie in said if tie)
        yield f"{heading} ({ties})." if ties else f"{heading}."


def _origin(reading: Reading, incident: Incident) -> str:
    report = reading.report
    spans = ", ".join(f"{start}–{end}" for start, end in incident.mentions)
    return f"[{one_line(report.url or report.id)}, characters {spans}]" if spans else ""


def _listed(words: tuple[str, ...] | list[str]) -> str:
    *most, last = words or ("",)
    return f"{', '.join(most)} and {last}" if most else last
