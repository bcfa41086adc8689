"""HTML built from values, where every string is escaped unless it already is markup."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Mapping
from typing import Final

from sayso.share.visible import visible

Attributes = Mapping[str, str | int | bool | None]
_HARMLESS: Final = re.compile(r"[\w .,:;#-]*", re.ASCII)
_VOID: Final = frozenset({"meta", "link", "br", "wbr", "input"})


class Html(str):
    """Markup, safe as it stands. Only this module and the page's own assets make it from plain strings."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """Text as markup: control characters made visible, `&`, `<`, `>` and both quotes escaped."""
    if _HARMLESS.fullmatch(text):  # most of a page's strings, and much quicker than escaping them
        return Html(text)
    return Html(html.escape(visible(text), quote=True))


def verbatim(text: str) -> Html:
    """Text for a field that is sent back: escaped, and otherwise as it is, so that it comes back unchanged.

    The line feed before it is one that a browser drops.
    """
    return Html("\n" + html.escape(text, quote=True))


def joined(*parts: str) -> Html:
    """The parts one after the other; those that are not markup yet are escaped."""
    return Html("".join(part if isinstance(part, Html) else escaped(part) for part in parts))


def element(name: str, attributes: Attributes | None = None, *children: str) -> Html:
    """One element, strings escaped. Attributes that are None or False are left out, True is a bare name."""
    opening = f"<{name}{''.join(_attribute(*item) for item in (attributes or {}).items())}>"
    return Html(opening if name in _VOID else f"{opening}{joined(*children)}</{name}>")


def measure(length: float) -> str:
    """A length or coordinate of a drawing, to a tenth of its unit."""
    return f"{length:.1f}"


def policy_hash(asset: str) -> str:
    """The content security policy's name for an inline style or script."""
    digest = hashlib.sha256(asset.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'
