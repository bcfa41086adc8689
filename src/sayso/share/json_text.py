"""JSON as one line of text that breaks no line, steers no terminal, and can be written as UTF-8."""

from __future__ import annotations

import json
import re
from typing import Final

# JSON allows these raw, but they break lines, steer terminals or reorder what a person sees; a lone
# surrogate cannot be written as UTF-8 at all. Escaped they mean the same to every JSON parser.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(data: object) -> str:
    """The data on one line; equal data give equal characters."""
    line = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", line)
