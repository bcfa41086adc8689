"""The people, papers and towns of the synthetic news. Towns are real, so that a gazetteer knows them; the rest is not.

The time is before 1914, so that nobody who lives is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

FIRST_DAY: Final = date(1901, 1, 7)
TOWNS: Final = (
    "Porto", "Coimbra", "Braga", "Aveiro", "Setúbal", "Faro", "Bergen", "Trondheim", "Stavanger", "Tromsø", "Drammen",
    "Ålesund", "Tampere", "Turku", "Oulu", "Kuopio", "Vaasa", "Aarhus", "Odense", "Aalborg", "Esbjerg", "Gothenburg",
    "Malmö", "Uppsala", "Linköping", "Montevideo", "Salto", "Paysandú", "Wellington", "Dunedin", "Napier",
    "Invercargill", "Basel", "Lausanne", "Lucerne", "Graz", "Linz", "Salzburg", "Innsbruck", "Ghent", "Bruges", "Namur",
)  # fmt: skip
GIVEN: Final = (
    "Ilse Joren Ruta Oskar Marit Anselm Edda Tove Halvor Signe Lorens Petra Ingmar Silke Bastian Nora".split()
)
FAMILY: Final = (
    "Maran Havik Hald Brenn Orslund Kvist Tallberg Ferrand Solheim Aumont Brode Castell Dremmer Eskelin Fagerholt "
    "Gravenor Hollinger Ivarsen Jessop Kallmeyer"
).split()
GROUPS: Final = (
    "Reed Guard", "Dock Brotherhood", "Iron Lantern", "Free Trawlers", "Net Menders' League", "Northern Column",
    "Black Sash", "Salt Riders", "Quarry Front", "Weavers' Band",
)  # fmt: skip
_FIRST_WORDS: Final = "Harbour Evening Northern Island Morning Market Border Coastal Railway Valley".split()
_SECOND_WORDS: Final = "Wire Courier Post Gazette Herald Dispatch Mail Examiner".split()
OUTLETS: Final = tuple(f"{first} {second}" for first in _FIRST_WORDS for second in _SECOND_WORDS)
SPOTS: Final = ("market", "railway station", "customs house", "grain store", "town hall", "dry dock", "post office")


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who speaks: an office and a name."""

    name: str
    role: str

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.rpartition(" ")[2]


def group(random: Random) -> str:
    """An armed group."""
    return random.choice(GROUPS)


def officials(town: str, random: Random) -> list[Official]:
    """Three officials of a town with different surnames."""
    families = random.sample(FAMILY, 3)
    roles = (f"the governor of {town}", f"the mayor of {town}", f"the harbour master of {town}")
    return [Official(f"{random.choice(GIVEN)} {name}", role) for name, role in zip(families, roles, strict=True)]


def prophet(number: int) -> Official:
    """One of a few officials who foretell things again and again."""
    names = [f"{GIVEN[i]} {FAMILY[-1 - i]}" for i in range(8)]
    return Official(f"Colonel {names[number % 8]}", "")
