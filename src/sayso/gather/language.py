"""Whether a text is English, told by its script and by the share of its commonest small words.

No model and no dependency: the question is only whether our reader may read it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

# The commonest English function words. "in", "is", "was", "of", "on" and "an" also occur in neighbour
# languages, but nowhere else do they make up a fifth of the words together with the rest.
_FUNCTION_WORDS = """
a about after all also an and are as at be been before but by can could for from had has have he her
him his how i if in into is it its may more no not of on one or our out over said says she should so
than that the their them there they this those to two under until up was we were what when where
which while who will with would you your
"""
_ENGLISH = frozenset(_FUNCTION_WORDS.split())
_SURE = frozenset(
    ("the", "and", "to", "that", "with", "from", "by", "said", "which")
)  # Danish has "at", "for", "over", but not these
_SURE_SHARE = 0.03
_ENGLISH_SHARE = 0.15  # English news has 0.30 to 0.45, other Latin-script languages stay under 0.12
_ENOUGH = 20  # words; below, a missing "the" proves nothing
_SAMPLE = 5000  # words
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "GREEK": "el", "THAI": "th"}


def language(text: str) -> str | None:
    """`"en"` for English, another code where the script tells, `"und"` for the rest, None if too short."""
    words = [match[0].lower() for match in islice(_WORD.finditer(text), _SAMPLE)]
    if not words:
        return None
    if script := _foreign_script("".join(words)):
        return _SCRIPTS.get(script, "und")
    if _is_english(words):
        return "en"
    return "und" if len(words) >= _ENOUGH else None


def page_language(text: str, declared: str | None) -> str | None:
    """The language of a page's text; what the page declares counts only where the text leaves it open."""
    found = language(text)
    code = (declared or "").strip().lower().split("-")[0].split("_")[0]
    if not re.fullmatch("[a-z]{2,3}", code):
        return found
    if found is None:
        return code
    return code if found == "und" and code != "en" else found


def _is_english(words: list[str]) -> bool:
    hits = [word for word in words if word in _ENGLISH]
    sure = sum(word in _SURE for word in hits)
    return len(set(hits)) > 1 and len(hits) >= _ENGLISH_SHARE * len(words) and sure >= _SURE_SHARE * len(words)


def _foreign_script(letters: str) -> str | None:
    """The script most letters have, unless it is Latin. A share of kana makes Chinese characters Japanese."""
    sample = letters[:2000]
    names = [unicodedata.name(letter, "?").partition(" ")[0] for letter in sample]
    kana = sum(name in ("HIRAGANA", "KATAKANA") for name in names)
    if kana > 0.2 * len(names):
        return "HIRAGANA"
    commonest = max(sorted(set(names)), key=names.count)
    return None if commonest == "LATIN" else commonest
