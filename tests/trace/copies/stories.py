"""Invented stories, and ways to copy them."""

from __future__ import annotations

import random
from collections.abc import Iterable

from sayso.trace.copies import Kept, MemoryIndex, lineages, links_of
from sayso.vocabulary import Lineage, Published, Report, ReportId

DAM = (
    "The keepers of the Ostra dam said on Tuesday that a crack of 14 metres had opened in the eastern wall after a "
    "week of rain. Engineers lowered the lake by 3 metres during the night and closed the road to Velm.\n\n"
    '"Nobody in the valley has to leave home," chief keeper Marta Olin told reporters at the sluice house. She said '
    "the wall had been inspected in March and found sound.\n\n"
    "The rebels of the Upper Valley League blamed the cantonal government for the crack. Their spokesman Jon Brask "
    "said the government had spent 40,000 crowns on a festival and nothing on mortar.\n\n"
    "Farmers along the river moved 212 cattle to higher ground before dusk. The mill at Tarn stood still for the first "
    "time since 1911, and the ferry to Sund was cancelled until further notice."
)
FERRY = (
    "The steamer Halcyon ran aground on the Grey Bank off Port Ellin in thick fog early on Friday with 86 passengers "
    "aboard. All were taken off by fishing boats within two hours, the harbour master Ada Ferrin said.\n\n"
    "Captain Rolf Teague had reported a broken compass the day before. The owners, Ellin Coastal Lines, denied that "
    "any such report had reached their office.\n\n"
    "Divers found a tear of six feet below the waterline. The cargo of salt and window glass is thought to be lost, "
    "and insurers in Karsk put the damage at 9,500 crowns.\n\n"
    "A court of inquiry will sit on the last day of the month. The pilots of the bay have asked for a second light on "
    "the bank for eleven years."
)
FAIR = (
    "Judges at the Marrow Hill fair gave the first prize for cheese to a dairy of nine cows on Saturday, over the "
    "protests of the large creameries of the plain. The winner, Ilse Dorn, keeps her herd above the tree line from "
    "May to September.\n\n"
    "The Creamery Union called the tasting unfair because the plates had been numbered in chalk. Chief judge Petrus "
    "Vane said the chalk had been washed off twice in front of witnesses.\n\n"
    "Some 3,400 visitors paid at the gate, fewer than last year. A hailstorm at four o'clock flattened the flower tent."
)
HISTORY = (
    "The canton of Ostra was joined to the Federation in 1874 after the War of the Two Bridges. Its three valleys kept "
    "their own courts and their own coinage until the reform of 1902, and to this day the upper valley sends two "
    "deputies to the assembly whatever the number of its voters."
)
_CONFUSED = {"e": "c", "l": "1", "o": "0", "n": "u", "h": "b", "t": "f", "s": "5", "m": "rn", "i": "l"}


def kept(
    name: str,
    text: str,
    stated: str | None = "1921-05-03T08:00:00",
    captured: str | None = None,
    title: str | None = None,
) -> Kept:
    """A report as the ledger keeps it."""
    published = Published(stated, "given") if stated else None
    return Kept(Report(ReportId(name), text, title, published=published), captured)


def indexed(reports: Iterable[Kept]) -> MemoryIndex:
    """An index of these reports, taken in in this order."""
    index = MemoryIndex()
    for each in reports:
        index.add(each)
    return index


def traced(reports: Iterable[Kept]) -> tuple[Lineage, ...]:
    """The lineages of these reports."""
    index = indexed(reports)
    return lineages((link for each in index for link in links_of(each, index)), index)


def together(found: Iterable[Lineage]) -> list[list[str]]:
    """The names of the reports of each lineage, in order."""
    return [[str(one.report) for one in lineage.members] for lineage in found]


def scanned(text: str, rate: float, seed: int = 1) -> str:
    """The text as a poor scan gives it: this share of its characters confused, lost or with a speck beside."""
    chance = random.Random(seed)
    out = []
    for character in text:
        if character == "\n" or chance.random() >= rate:
            out.append(character)
        elif (kind := chance.random()) < 0.6:
            out.append(_CONFUSED.get(character.lower(), character))
        elif kind > 0.8:
            out.append(character + chance.choice("..,' ~"))
    return "".join(out)
