"""Words that stand for others of the same length: names, which nobody in particular bears, and words in passing."""

from __future__ import annotations

from typing import Final

GIVEN: Final = (
    "Anna Berta Clara Dagny Elsa Frida Greta Helga Inga Karen Lena Maria Olga Rosa Sofia Tilda Ulla Vera "
    "Wanda Anders Arvid Bruno Carl Edgar Emil Frans Georg Gustav Hans Hugo Ivar Jakob Jens Karl Knut Lars "
    "Martin Nils Olaf Otto Peter Rolf Simon Sven Thomas Viktor Walter Albert August Conrad Edmund Joseph "
    "Magnus Morten Herbert Leopold Richard Wilhelm Ludwig Steffen"
).split()
FAMILY: Final = (
    "Berg Lund Holm Dahl Falk Krag Moen Rust Ahlin Boden Carle Dorph Edler Fonss Gribb Hjort Juhl Klint "
    "Lange Moberg Norden Oldham Palmer Quist Rosing Sander Tegner Urbach Vestby Winter Ackland Bergman "
    "Collett Dahlgren Ekstrand Forsberg Grundvig Hammarby Isaksson Jernberg Kronberg Lindahl Mortens "
    "Nyström Ostberg Petersen Rasmuss Sandvik Thorsen Ullmann Voigten Wahlberg Zetterby Aldershof "
    "Bjornstad Cederberg Dannevold Ellingsen Falkenrod Grinderud"
).split()
BANDS: Final = (
    "Red Oak Tin Ash Blue Grey Gold Lake Ford Hill Bell Fish Coal Corn Wool Rope White Green Stone River "
    "Brick Plain Flint Silver Timber Meadow Copper Valley Masons Potters Tanners Coopers Hatters Southern "
    "Highland Woodland Eastward Parish Forest"
).split()
PASSING: Final = {
    words.partition(" ")[0]: words.split()
    for words in (
        "streets avenues bridges squares gardens offices schools stables",
        "closed barred sealed fenced locked",
        "Trains Barges Wagons Trucks",
        "rest most",
        "Bread Flour Sugar Grain Honey Cloth Paper Cocoa",
        "dear rare",
        "families children patients invalids",
        "opened raised",
        "cathedral monastery orphanage gymnasium",
        "Ferries Packets Coaches Cutters",
        "held kept sent",
        "quay dock pier mole wall",
        "rebuilt renewed widened refaced",
        "stone brick slate steel",
        "square street chapel garden",
        "walls doors beams gates",
        "roof yard loft",
        "garrison regiment squadron",
        "council company society",
        "matter bridge tunnel prison",
        "strength officers soldiers",
        "word news sign",
        "over done",
    )
}
