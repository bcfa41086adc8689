"""How a pack lies on disk: sections of fixed-size records one after another, then a footer that says where each is.

    magic | sections, each aligned to 64 bytes | footer (JSON) | its CRC-32 and length | magic

Everything is little-endian and opened by memory mapping. The footer comes last so that a pack is written in one
pass, and so that a truncated one is noticed at once. Strings are a two-byte length and UTF-8, by their offset.
"""

from __future__ import annotations

import struct
from hashlib import blake2b
from typing import Final

import numpy as np

SUFFIX: Final = ".sayso-places"
MAGIC: Final = b"SAYSOGZ1"
FORMAT: Final = 1
RECIPE: Final = 1  # raised whenever the same sources would compile to another pack
ALIGNMENT: Final = 64
TAIL: Final = struct.Struct("<II8s")  # CRC-32 and length of the footer, magic
LENGTH: Final = struct.Struct("<H")
DEGREE: Final = 100_000  # coordinates are whole hundred-thousandths of a degree, about a metre
_LONGEST: Final = 0xFFFF
NOWHERE: Final = 0xFFFFFFFF  # in place of a row: a division that is only a name

ROW: Final = np.dtype(
    [
        ("id", "<i4"), ("lat", "<i4"), ("lon", "<i4"), ("population", "<u4"), ("name", "<u4"),
        ("admin1", "<u4"), ("admin2", "<u4"), ("country", "<u2"), ("code", "<u2"), ("level", "u1"), ("spare", "u1"),
    ]
)  # fmt: skip
PACKED_ROW: Final = struct.Struct("<iiiIIIIHHBB")
DIVISION: Final = np.dtype([("row", "<u4"), ("code", "<u4"), ("name", "<u4"), ("country", "<u2"), ("depth", "<u2")])
LIKE: Final = np.dtype([("row", "<u4"), ("text", "<u4")])

SECTIONS: Final = {
    "rows": ROW,
    "keys": np.dtype("<u8"),  # hashes of folded names, sorted
    "refs": np.dtype("<u4"),  # beside each key: the row, shifted left twice, and the kind of name
    "skeletons": np.dtype("<u4"),  # hashes of country and skeleton, sorted
    "likes": LIKE,  # beside each skeleton: the row and the bare name
    "cells": np.dtype("<u4"),  # squares of one degree that hold a settlement, sorted
    "residents": np.dtype("<u4"),  # beside each cell: the row
    "divisions": DIVISION,  # the first is no division
    "strings": np.dtype("u1"),
}
KINDS: Final = ("name", "alias", "demonym")


def name_key(folded: str) -> int:
    """The 64-bit key of a folded name."""
    return int.from_bytes(blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def skeleton_key(country: str, skeleton: str) -> int:
    """The 32-bit key of a skeleton inside a country; what it finds is compared letter by letter."""
    return int.from_bytes(blake2b(f"{country} {skeleton}".encode(), digest_size=4).digest(), "little")


def string(text: str) -> bytes:
    """A string as it lies in a pack."""
    words = text.encode("utf-8", "replace")[:_LONGEST]
    return LENGTH.pack(len(words)) + words


def country_number(country: str | None) -> int:
    """An alpha-2 code as a number; 0 for none."""
    if country is None or len(country) != 2 or not country.isascii():
        return 0
    return ord(country[0]) << 8 | ord(country[1])


def country_code(number: int) -> str | None:
    """The alpha-2 code of such a number."""
    return chr(number >> 8) + chr(number & 0xFF) if number else None


def cell(lat: int, lon: int) -> int:
    """The number of the one-degree square that whole degrees, rounded down, point at: row by row from the south."""
    return min(max(lat + 90, 0), 179) * 360 + (lon + 180) % 360
