"""Two keys of a place name: one for the same name in any case and accents, one for it in any transliteration.

`fold` is for exact look-up. `skeleton` keeps what transliterations agree on, the consonants: articles are dropped,
letters that stand for one another are made one (q, k, c and g; kh and h; dh, d and z; sh, ch and s), vowels and the
half-vowels w and y go, except that a name which begins with any of them begins with "a".
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LETTERS: Final = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ǝ": "a", "ħ": "h",
    "ŋ": "ng", "ƙ": "k", "ɗ": "d", "ɓ": "b", "ɛ": "e", "ɔ": "o",
}  # fmt: skip
_SILENT: Final = frozenset("'’‘ʻʼʽʾʿˈ`´′‛ʹʺ\"“”·.ـ\u200c\u200d")
_CYRILLIC: Final = dict(zip("абвгдеєжзиіїйклмнопрстуфхцчшщъыьэюяґўђјљњћџқғңөүұһҳҷ", (
    "a b v g d e e zh z i i i y k l m n o p r s t u f kh ts ch sh sh  y  e yu ya g u dj j l n c dj k g n o u u h h j"
).split(" "), strict=True))  # fmt: skip
_ARABIC: Final = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءپچژگکیەڵ", (
    "a b t th j h kh d dh r z s sh s d t z  gh f q k l m n h w y  a  p ch zh g k y e l"
).split(" "), strict=True))  # fmt: skip
_LATIN: Final = str.maketrans(_CYRILLIC | _ARABIC)
_ARTICLES: Final = frozenset("al ar as ash at ad adh az an ath el er es esh et ed ez en eth il ul ur us".split())
# Capitals, so that a sound once found is no part of the next.
_SOUNDS: Final = (
    ("tsch", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "J"), ("sh", "S"), ("ch", "S"), ("kh", "H"), ("gh", "K"),
    ("dh", "D"), ("th", "T"), ("zh", "J"), ("dj", "J"), ("ph", "F"), ("ck", "K"), ("tz", "TS"),
)  # fmt: skip
_SOUNDS_WITHOUT_H: Final = tuple((spelling, sound) for spelling, sound in _SOUNDS if "h" not in spelling)
_SINGLE: Final = str.maketrans("qcgz", "kkkd") | str.maketrans({"x": "ks"})
_WEAK: Final = "aeiouwy"
_DROP_WEAK: Final = str.maketrans("", "", _WEAK)
_DOUBLE: Final = re.compile(r"(.)\1+")
_LONGEST: Final = 200
_GENERIC: Final = frozenset(
    "province governorate muhafazah oblast region district division state county parish department prefecture "
    "municipality rayon raion kray krai kraj wilaya viloyati of the".split()
)


class _Folded(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(point)).casefold()
        self[point] = folded = "".join(map(_fold_part, unicodedata.normalize("NFKD", plain)))
        return folded


def _fold_part(part: str) -> str:
    part = _LETTERS.get(part, part)
    if part in _SILENT or unicodedata.combining(part[0]):
        return ""
    return part if part.isalnum() else " "


_FOLDED: Final = _Folded()


def fold(name: str) -> str:
    """The name without case, accents, apostrophes and punctuation; "" if nothing is left."""
    return " ".join(name[:_LONGEST].translate(_FOLDED).split())[:_LONGEST].rstrip()


def bare(folded: str) -> str:
    """A folded name in Latin letters, without articles and spaces."""
    if not folded.isascii():
        folded = folded.translate(_LATIN)
    if " " not in folded:
        return folded
    words = folded.split()
    return "".join([word for word in words if word not in _ARTICLES] or words)


def skeleton(letters: str) -> str:
    """The consonants that transliterations of a bare name share; "" for a script whose sounds are not known here."""
    if not letters.isascii():
        return ""
    sounds = letters
    for spelling, sound in _SOUNDS if "h" in letters else _SOUNDS_WITHOUT_H:
        sounds = sounds.replace(spelling, sound)
    sounds = _DOUBLE.sub(r"\1", sounds.lower().translate(_SINGLE))
    kept = sounds.translate(_DROP_WEAK)
    # A final h is how some schemes write the ending -a.
    if len(kept) > 1 and sounds[-1] == "h" and sounds[-2] in _WEAK:
        kept = kept[:-1]
    return "a" + kept if sounds[:1] in tuple(_WEAK) else kept


def core(folded: str) -> str:
    """The folded name of a division without words such as "province"."""
    return " ".join(word for word in folded.split() if word not in _GENERIC)
