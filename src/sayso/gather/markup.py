"""Makes a page harmless to parsers before they see it: bounds nesting and tag length, and keeps all text.

Both parsers take quadratic time or lose all text on deep nesting, which only broken or hostile pages have.
"""

from __future__ import annotations

import re
from collections import Counter

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]{0,40})([^<>]*)(>?)")
_DECLARATION = re.compile(r"^\s*<\?xml[^<>]{0,500}\?>")
_LONG_TAG = 20_000  # characters; only inlined images and scripts' data get there, and no text is in them

# Elements without content, and those whose end tag may be left out: neither adds depth when it stays open.
_VOID = "area base br col embed hr img input link meta param source track wbr"
_SELF_CLOSED = "p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rp rt html head body"
_FLAT = frozenset(f"{_VOID} {_SELF_CLOSED}".split())


def tamed(html: str, depth: int) -> tuple[str, tuple[str, ...]]:
    """The page with at most `depth` open elements and without giant attributes, and flags if tags were cut.

    The XML declaration goes too: the page is text by now, and the encoding it names is no longer true.
    """
    nesting = _Nesting(depth)
    cut = _TAG.sub(nesting.keep_or_cut, _DECLARATION.sub("", html))
    if not nesting.cut:
        return cut, ()
    return cut, (f"page flattened: {nesting.cut} tags stood deeper than {depth} elements and were removed",)


class _Nesting:
    """Follows open elements through a page, closing inner ones with their parent as browsers do."""

    def __init__(self, depth: int) -> None:
        self.cut = 0
        self._depth = depth
        self._stack: list[str] = []
        self._open: Counter[str] = Counter()
        self._beyond: Counter[str] = Counter()

    def keep_or_cut(self, tag: re.Match[str]) -> str:
        closing, name = tag[1], tag[2].lower()
        if name in _FLAT:
            return _shortened(tag)
        keep = self._closes(name) if closing else self._opens(name)
        if keep:
            return _shortened(tag)
        self.cut += not closing
        return " "

    def _opens(self, name: str) -> bool:
        if len(self._stack) >= self._depth:
            self._beyond[name] += 1
            return False
        self._stack.append(name)
        self._open[name] += 1
        return True

    def _closes(self, name: str) -> bool:
        if self._beyond[name]:
            self._beyond[name] -= 1
            return False
        while self._open[name]:
            inner = self._stack.pop()
            self._open[inner] -= 1
            if inner == name:
                break
        return True


def _shortened(tag: re.Match[str]) -> str:
    return tag[0] if len(tag[3]) < _LONG_TAG else f"<{tag[1]}{tag[2]}{tag[4]}"
