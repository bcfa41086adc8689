"""A text as tokens, and one letter for each, so that the grammar can read the whole text as one string."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sayso.read.times.words import festivals, foreign_months, letters, value, word_letters

_TOKEN: Final = re.compile(r"[ap]\.m\b\.?|\d+|[^\W\d_]+|\n\s*\n|-{2,}|[^\s\w]|_", re.IGNORECASE)
OTHER: Final = "x"  # the letter of a token that belongs to no expression
_MARKS: Final = {
    ",": "COMMA",
    ".": "DOT",
    "-": "HYPHEN",
    "–": "HYPHEN",
    "—": "HYPHEN",
    "‑": "HYPHEN",
    "/": "SLASH",
    ":": "COLON",
    "'": "APOS",
    "’": "APOS",
    "‘": "APOS",
    "`": "APOS",
    "(": "LPAREN",
    ")": "RPAREN",
}
_APOSTROPHES: Final = frozenset("'’‘`")
_SAMPLE: Final = 4000  # characters that tell whether a text is all in capitals


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens in order: lower-case words, where each starts and ends, and a letter of the grammar's alphabet each."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    letters: str
    cased: bool

    def __len__(self) -> int:
        return len(self.words)

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter, or the text does not tell."""
        return not self.cased or self.text[self.starts[index]].isupper()

    def joined(self, index: int) -> bool:
        """Whether nothing stands between the token and the one before."""
        return index > 0 and self.starts[index] == self.ends[index - 1]


def tokens(text: str) -> Tokens:
    """Cut a text into words, numbers and marks, and tag each."""
    known, alphabet = word_letters(), letters()
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    tags: list[str] = []
    doubtful: list[int] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        lower = word.lower()
        tag = known.get(lower)
        if tag is None:
            tag = OTHER
            first = word[0]
            if first.isdigit():
                tag = alphabet[_number_tag(word)]
                if len(word) == 2 and words and words[-1] in _APOSTROPHES and ends[-1] == match.start():
                    tag = alphabet["SHORTYEAR"]
            elif first in _MARKS:
                tag = alphabet[_MARKS[first]] if len(word) == 1 else OTHER
            elif first == "\n":
                tag = alphabet["BREAK"]
            elif len(word) > 2 and word[1] == ".":
                tag = alphabet["AMPM"]
        if lower in _DOUBTFUL:
            doubtful.append(len(words))
        words.append(lower)
        start, end = match.span()
        starts.append(start)
        ends.append(end)
        tags.append(tag)
    found = Tokens(text, words, starts, ends, "".join(tags), _is_cased(text))
    return _settled(found, tags, doubtful)


def _number_tag(digits: str) -> str:
    size = len(digits)
    if not digits.isascii():
        return "BIG"
    if size <= 2:
        return "DAY2"
    if size == 3:
        return "NUM3"
    if size == 4:
        return "YEAR" if "1000" <= digits <= "2199" else "NUM4"
    return "BIG"


def _is_cased(text: str) -> bool:
    sample = text[:_SAMPLE]
    capitals = sum(map(str.isupper, sample))
    small = sum(map(str.islower, sample))
    return capitals > 0 and small > capitals


# What may stand before a month or weekday that is also another word.
_BEFORE_DATE: Final = frozenset(
    "in since last this next by until till early late mid from through during before after of between following "
    "previous every each to and on past coming".split()
)
_BEFORE_BARE: Final = frozenset("in since last next by until till early late mid during".split())


def _settled(found: Tokens, tags: list[str], doubtful: list[int]) -> Tokens:
    """The tokens with the letters of doubtful words decided by their neighbours."""
    settled = 0
    for index in doubtful:
        if index < settled:
            continue
        for name, test in _DOUBTFUL[found.words[index]]:
            if test(found, tags, index):
                settled = index + _LENGTHS.get(name, _one)(found.words, index)
                tags[index:settled] = [letters()[name]] * (settled - index)
                break
        else:
            tags[index] = OTHER
    return Tokens(found.text, found.words, found.starts, found.ends, "".join(tags), found.cased)


def _near(found: Tokens, tags: list[str], index: int, names: frozenset[str]) -> bool:
    return 0 <= index < len(tags) and tags[index] in {letters()[name] for name in names}


_DIGITS: Final = frozenset({"DAY2", "YEAR", "NUM3", "NUM4"})
_DAY: Final = frozenset({"DAY2", "ORDINAL", "ST"})
_DAY_OR_YEAR: Final = frozenset({"DAY2", "YEAR", "ORDINAL"})


def _word(found: Tokens, index: int) -> str:
    return found.words[index] if 0 <= index < len(found) else ""


def _by_digits(found: Tokens, tags: list[str], index: int) -> bool:
    """Whether a day or a year stands beside the word."""
    after = index + 1 + (_word(found, index + 1) in (".", ",", "of"))
    return (
        _near(found, tags, after, _DAY_OR_YEAR)
        or _near(found, tags, index - 1, _DAY)
        or (_word(found, index - 1) == "of" and _near(found, tags, index - 2, _DAY))
    )


def _is_month_word(found: Tokens, tags: list[str], index: int) -> bool:
    """May and March: months where a date or a preposition stands beside them."""
    if not found.capital(index):
        return False
    if _by_digits(found, tags, index):
        return True
    before = _word(found, index - 1)
    if before == "-" and _word(found, index - 2) == "mid":
        return True
    if _near(found, tags, index + 1, frozenset({"HYPHEN"})) and _near(found, tags, index + 2, frozenset({"MONTH"})):
        return True
    return before in (_BEFORE_DATE if found.cased else _BEFORE_BARE)


def _is_short_month(found: Tokens, tags: list[str], index: int) -> bool:
    return found.capital(index) and (
        _by_digits(found, tags, index) or (_word(found, index - 1) in _BEFORE_BARE and found.cased)
    )


def _is_short_weekday(found: Tokens, tags: list[str], index: int) -> bool:
    before, after = _word(found, index - 1), _word(found, index + 1)
    if found.cased and not found.capital(index):
        return False
    sure = found.words[index] not in ("sun", "sat", "wed", "mon", "fri")
    return (
        (before in ("on", "this", "last", "next", "every", "until", "by", "since") and (found.cased or sure))
        or after in ("morning", "afternoon", "evening", "night")
        or (after in (",", ".") and _near(found, tags, index + 2, frozenset({"DAY2", "MONTH", "MONTHABBR"})))
        or _near(found, tags, index + 1, frozenset({"DAY2", "MONTH", "MONTHABBR"}))
    )


def _is_season_word(found: Tokens, tags: list[str], index: int) -> bool:
    """Fall and spring: seasons after a determiner of time or before a year."""
    before, after = _word(found, index - 1), _word(found, index + 1)
    year = index + 1 + (after in ("of", ","))
    if _near(found, tags, year, frozenset({"YEAR"})):
        return True
    if before in ("the", "that", "same"):
        return after != "of" and (
            found.words[index] == "spring"
            or _word(found, index - 2) in ("in", "by", "during", "until", "since", "through", "throughout", "that")
        )
    if (
        found.words[index] == "spring"
        and found.cased
        and found.capital(index)
        and _word(found, index + 1) == "offensive"
    ):
        return True
    return before in ("this", "last", "next", "early", "late", "every", "each", "previous", "following") or (
        (before in ("in", "since", "by", "until", "coming", "past", "-") and found.words[index] == "spring")
        or before in ("since", "coming")
        or (before == "in" and after in (",", ".", "and"))
    )


def _after_digits(found: Tokens, tags: list[str], index: int) -> bool:
    return _near(found, tags, index - 1, _DIGITS) and (found.joined(index) or found.words[index] in ("am", "pm", "min"))


def _is_plural_mark(found: Tokens, tags: list[str], index: int) -> bool:
    """The s of 1980s, 1980's and '80s."""
    at = index - 1 - (_word(found, index - 1) in "'’")
    return (
        _near(found, tags, at, frozenset({"YEAR", "DAY2", "SHORTYEAR"}))
        and found.joined(index)
        and found.words[at][-1] == "0"
    )


def _is_possessive(found: Tokens, tags: list[str], index: int) -> bool:
    return _word(found, index - 1) in ("'", "’") and found.joined(index)


def _begins_year(found: Tokens, tags: list[str], index: int) -> bool:
    """The nineteen of nineteen ninety-six."""
    return value("NUMWORD").get(_word(found, index + 1), 0) in range(10, 100)


def _begins_feast(found: Tokens, tags: list[str], index: int) -> bool:
    return found.capital(index) and feast_length(found.words, index) > 0


def _is_foreign_month(found: Tokens, tags: list[str], index: int) -> bool:
    if not found.capital(index) or month_length(found.words, index) == 0:
        return False
    return found.words[index].startswith("rama") or (
        _by_digits(found, tags, index) or _word(found, index - 1) in ("in", "of", "during", "early", "late", "-")
    )


def _length(names: dict[str, int], words: list[str], index: int) -> int:
    longest = max(names.values())
    for size in range(min(longest, len(words) - index), 0, -1):
        if " ".join("'" if word == "’" else word for word in words[index : index + size] if word != "-") in names:
            return size if words[index + size - 1] != "-" else size - 1
    return 0


_FEASTS: Final = {
    name: len(name.split()) + 2 for kind in ("fixed", "easter", "american", "other") for name in festivals(kind)
}
_FOREIGN: Final = {name: len(name.split()) + 2 for name in foreign_months()}


def feast_length(words: list[str], index: int) -> int:
    """How many tokens from `index` on name a festival; 0 where none does."""
    return _length(_FEASTS, words, index)


def month_length(words: list[str], index: int) -> int:
    """How many tokens from `index` on name a month of another calendar; 0 where none does."""
    return _length(_FOREIGN, words, index)


def _one(words: list[str], index: int) -> int:
    return 1


_LENGTHS: Final = {"FEAST": feast_length, "FOREIGNMONTH": month_length}
_Test = Callable[[Tokens, list[str], int], bool]


def _as_listed(word: str) -> tuple[tuple[str, _Test], ...]:
    """The tag that a word has when it begins no festival."""
    names = {letter: name for name, letter in letters().items()}
    listed = word_letters().get(word)
    return ((names[listed], lambda *_: True),) if listed else ()


_DOUBTFUL: Final[dict[str, tuple[tuple[str, _Test], ...]]] = {
    **{name.split()[0]: (("FEAST", _begins_feast), *_as_listed(name.split()[0])) for name in _FEASTS},
    **{name.split()[0]: (("FOREIGNMONTH", _is_foreign_month),) for name in _FOREIGN},
    **dict.fromkeys(value("MONTHABBR"), (("MONTHABBR", _is_short_month),)),
    **dict.fromkeys(value("WEEKDAYABBR"), (("WEEKDAYABBR", _is_short_weekday),)),
    "may": (("FEAST", _begins_feast), ("MONTH", _is_month_word)),
    "march": (("MONTH", _is_month_word),),
    "spring": (("SEASON", _is_season_word),),
    "fall": (("SEASON", _is_season_word),),
    **dict.fromkeys(("st", "nd", "rd", "th"), (("ST", _after_digits),)),
    **dict.fromkeys(("am", "pm"), (("AMPM", _after_digits),)),
    "h": (("HOURMARK", _after_digits),),
    "z": (("ZONE", _after_digits),),
    "t": (("ISOT", _after_digits),),
    "s": (("YEARS2", _is_plural_mark), ("POSS", _is_possessive)),
    "min": (("UNIT", _after_digits),),
    "eighteen": (("YEARHEAD", _begins_year), ("NUMWORD", lambda *_: True)),
    "nineteen": (("YEARHEAD", _begins_year), ("NUMWORD", lambda *_: True)),
    "o": (("OH", lambda found, _tags, index: _word(found, index + 1) in _APOSTROPHES),),
}
