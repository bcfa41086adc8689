"""One opened pack: look-ups in a file that is mapped, never loaded."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sayso.errors import PackBroken, PackMissing
from sayso.gazetteer import layout
from sayso.gazetteer.toponyms import BadRow, PackInfo, Toponym
from sayso.vocabulary import PlaceLevel

_LEVELS: Final = tuple(PlaceLevel)
_EARTH: Final = 6371.0  # kilometres
_DEGREE: Final = 111.0  # kilometres of latitude
_READ_AT_ONCE: Final = 1 << 20

Found = tuple[int, str]  # a row, and how or by which spelling it was found


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A pack mapped into memory, read only. All look-ups raise PackBroken where its bytes make no sense."""

    info: PackInfo
    codes: tuple[str, ...]
    sections: dict[str, NDArray[Any]]
    strings: memoryview

    def named(self, key: int) -> Iterator[Found]:
        """Rows with the name whose key this is, and the kind of name."""
        low, high = _range(self.sections["keys"], np.uint64(key))
        for reference in self.sections["refs"][low:high].tolist():
            kind = reference & 3
            if kind >= len(layout.KINDS):
                raise self.broken("a name of no known kind")
            yield reference >> 2, layout.KINDS[kind]

    def alike(self, key: int) -> Iterator[Found]:
        """Rows with a name of this skeleton key, and that name, folded."""
        low, high = _range(self.sections["skeletons"], np.uint32(key))
        for row, text in self.sections["likes"][low:high].tolist():
            yield row, self.string(text)

    def toponym(self, row: int) -> Toponym:
        """The entry in a row."""
        if row >= len(self.sections["rows"]):
            raise self.broken("a name that belongs to no entry")
        id_, lat, lon, population, name, admin1, admin2, country, code, level, _ = self.sections["rows"][row].item()
        if level >= len(_LEVELS) or code >= len(self.codes):
            raise self.broken("an entry of no known kind")
        return Toponym(
            id=id_,
            name=self.string(name),
            lat=lat / layout.DEGREE,
            lon=lon / layout.DEGREE,
            level=_LEVELS[level],
            code=self.codes[code],
            country=layout.country_code(country),
            admin1=self._division_name(admin1),
            admin2=self._division_name(admin2),
            population=population,
        )

    def divisions(self, country: str) -> Iterator[tuple[str, str, int]]:
        """The first-level divisions of a country that are entries: code, name, row."""
        table = self.sections["divisions"]
        wanted = (table["country"] == layout.country_number(country)) & (table["depth"] == 1)
        for row, code, name, _, _ in table[wanted & (table["row"] != layout.NOWHERE)].tolist():
            yield self.string(code), self.string(name), row

    def near(self, lat: float, lon: float, km: float, limit: int) -> list[int]:
        """Rows of the largest settlements no farther than `km` from a point, largest first."""
        rows = np.concatenate([self.sections["residents"][low:high] for low, high in self._cells(lat, lon, km)])
        if not rows.size:
            return []
        if int(rows.max()) >= len(self.sections["rows"]):
            raise self.broken("a place on the map that belongs to no entry")
        rows = np.unique(rows)
        entries = self.sections["rows"][rows]
        north = np.radians(entries["lat"] / layout.DEGREE)
        east = np.radians(entries["lon"] / layout.DEGREE - lon)
        here = math.radians(lat)
        chord = np.sin((north - here) / 2) ** 2 + np.cos(north) * math.cos(here) * np.sin(east / 2) ** 2
        inside = 2 * _EARTH * np.arcsin(np.sqrt(np.clip(chord, 0, 1))) <= km
        order = np.argsort(-entries["population"][inside].astype(np.int64), kind="stable")[:limit]
        found: list[int] = rows[inside][order].tolist()
        return found

    def _cells(self, lat: float, lon: float, km: float) -> Iterator[tuple[int, int]]:
        """The stretches of `residents` that may hold a settlement that near."""
        cells, reach = self.sections["cells"], km / _DEGREE + 0.01
        yield 0, 0
        for parallel in range(max(math.floor(lat - reach), -90), min(math.floor(lat + reach), 89) + 1):
            widest = max(abs(parallel), abs(parallel + 1))
            squeeze = math.cos(math.radians(min(widest, 89.9)))
            spread = min(reach / squeeze, 180.0)
            west, east = math.floor(lon - spread), math.floor(lon + spread)
            if east - west >= 359:
                meridians = [(-180, 179)]
            else:
                first, last = (west + 180) % 360 - 180, (east + 180) % 360 - 180
                meridians = [(first, last)] if first <= last else [(first, 179), (-180, last)]
            for first, last in meridians:
                low = int(np.searchsorted(cells, np.uint32(layout.cell(parallel, first)), "left"))
                yield low, int(np.searchsorted(cells, np.uint32(layout.cell(parallel, last)), "right"))

    def string(self, offset: int) -> str:
        """The string at an offset."""
        start = offset + layout.LENGTH.size
        if start > len(self.strings):
            raise self.broken("a name that lies outside it")
        end = start + layout.LENGTH.unpack_from(self.strings, offset)[0]
        try:
            if end <= len(self.strings):
                return str(self.strings[start:end], "utf-8")
        except UnicodeDecodeError as error:
            raise self.broken("a name that is not UTF-8") from error
        raise self.broken("a name that lies outside it")

    def _division_name(self, number: int) -> str | None:
        if not number:
            return None
        if number >= len(self.sections["divisions"]):
            raise self.broken("a division that is not listed")
        return self.string(int(self.sections["divisions"][number]["name"])) or None

    def broken(self, what: str) -> PackBroken:
        """The error that this pack holds something that makes no sense."""
        return PackBroken(self.info.path, f"it holds {what}")


def open_pack(path: Path) -> Pack:
    """Map a pack. Raises PackMissing, or PackBroken when its frame is damaged or of another format."""
    footer, end = _footer(path)
    try:
        whole = np.memmap(path, dtype=np.uint8, mode="r")
        places = footer["sections"]
        sections = {name: _section(whole, places[name], kind, end) for name, kind in layout.SECTIONS.items()}
        bad = tuple(BadRow(str(source), int(line), str(reason)) for source, line, reason in footer["bad"])
        info = PackInfo(
            path=path,
            name=str(footer["name"]),
            sources=tuple(map(str, footer["sources"])),
            toponyms=len(sections["rows"]),
            names=len(sections["keys"]),
            size=path.stat().st_size,
            built=str(footer["built"]),
            bad_rows=int(footer["bad_rows"]),
            bad=bad,
        )
        codes = tuple(map(str, footer["codes"]))
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise PackBroken(path, "its footer does not fit it") from error
    for one, other in (("keys", "refs"), ("skeletons", "likes"), ("cells", "residents")):
        if len(sections[one]) != len(sections[other]):
            raise PackBroken(path, "its footer does not fit it")
    if not len(sections["divisions"]):
        raise PackBroken(path, "its footer does not fit it")
    return Pack(info, codes, sections, sections["strings"].data)


def verify(path: Path) -> None:
    """Read a whole pack and compare it with its digest. Raises PackMissing or PackBroken."""
    footer, end = _footer(path)
    digest, left = sha256(), end
    with path.open("rb") as body:
        while left and (piece := body.read(min(left, _READ_AT_ONCE))):
            digest.update(piece)
            left -= len(piece)
    if digest.hexdigest() != footer.get("digest"):
        raise PackBroken(path, "its bytes have changed since it was built")


def fingerprint(path: Path) -> str | None:
    """What a pack says it was compiled from; None where there is no whole pack of this format."""
    try:
        return str(_footer(path)[0].get("fingerprint"))
    except (PackMissing, PackBroken):
        return None


def _footer(path: Path) -> tuple[dict[str, Any], int]:
    """The footer of a pack and the offset where it begins."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            if size < len(layout.MAGIC) + layout.TAIL.size or file.read(len(layout.MAGIC)) != layout.MAGIC:
                raise PackBroken(path, "it is not a gazetteer pack, or was cut short")
            file.seek(size - layout.TAIL.size)
            checksum, length, magic = layout.TAIL.unpack(file.read(layout.TAIL.size))
            start = size - layout.TAIL.size - length
            if magic != layout.MAGIC or start < len(layout.MAGIC):
                raise PackBroken(path, "it was cut short")
            file.seek(start)
            words = file.read(length)
    except FileNotFoundError as error:
        raise PackMissing(path, "there is no such pack") from error
    except OSError as error:
        raise PackMissing(path, f"it cannot be opened: {error.strerror}") from error
    if zlib.crc32(words) != checksum:
        raise PackBroken(path, "its footer is damaged")
    try:
        footer = json.loads(words)
    except ValueError as error:
        raise PackBroken(path, "its footer is damaged") from error
    if not isinstance(footer, dict) or footer.get("format") != layout.FORMAT:
        raise PackBroken(path, "it was made by another version")
    return footer, start


def _section(whole: NDArray[np.uint8], place: list[int], kind: np.dtype[Any], end: int) -> NDArray[Any]:
    offset, count = map(int, place)
    size = count * kind.itemsize
    if offset < 0 or count < 0 or offset + size > end:
        raise ValueError(f"section at {offset}, {size} bytes, in {end}")
    return np.asarray(whole[offset : offset + size]).view(kind)


def _range(keys: NDArray[Any], key: np.generic) -> tuple[int, int]:
    return int(np.searchsorted(keys, key, "left")), int(np.searchsorted(keys, key, "right"))
