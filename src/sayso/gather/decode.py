"""Bytes to text: which encoding, what had to be repaired, and whether it is text at all.

Nothing is repaired in silence. Repairs put one code point in the place of one, so that offsets still fit.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from dataclasses import dataclass

from sayso.errors import BinaryInput, EmptyInput, TooLarge

REPLACEMENT = "\ufffd"
PEEK = 4096  # bytes looked at to guess an encoding or a kind; a page declares its charset in its first 1024

# UTF-32 stands first because its little-endian mark begins with that of UTF-16.
_MARKS = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)

_UNPACK = "Unpack it first"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "Extract its text first"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "Unpack it, or save the document as text"),
    (b"\x1f\x8b", "gzip data", _UNPACK),
    (b"BZh", "bzip2 data", _UNPACK),
    (b"\xfd7zXZ\x00", "xz data", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as text"),
    (b"{\\rtf", "a rich text document", "Save it as plain text"),
    (b"\x89PNG", "a PNG image", "Run text recognition on it first"),
    (b"\xff\xd8\xff", "a JPEG image", "Run text recognition on it first"),
    (b"GIF8", "a GIF image", "Run text recognition on it first"),
    (b"RIFF", "a sound, video or WebP file", "Transcribe it first"),
    (b"\x7fELF", "a program", "Give the report's text instead"),
    (b"SQLite format 3\x00", "a SQLite database", "Export its texts as JSON Lines"),
)

# Charsets a page may name. A closed list, because Python's codecs also hold compressors and escapes.
_CHARSET = re.compile(
    r"utf-?8|utf-?16(le|be)?|us-ascii|(iso-?8859|windows|latin|cp|koi8|mac|euc|iso-2022)-?\w{1,10}"
    r"|shift[-_]jis|sjis|gb2312|gbk|gb18030|big5(-hkscs)?|macintosh|tis-620"
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,30})|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]{2,30})",
    re.IGNORECASE,
)
# Browsers read these names as Windows-1252, and pages mean it.
_LATIN = {"us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1"}

# "\ufffd" is left out: it is the trace of a repair, counted on its own.
_CONTROLS = [chr(code) for code in (*range(1, 9), *range(14, 27), *range(28, 32), 127)]
_CONTROL_SHARE = 0.02  # text has none; random bytes read as Windows-1252 have about 10 %
_LOSS_SHARE = 0.10  # of NUL or unreadable characters: above this it is no longer a damaged text
_FEW = 2  # a stray control character or two does not make a short text binary

_SURROGATES = re.compile("[\ud800-\udfff]")
# What UTF-8 looks like when read as Windows-1252: a lead byte's letter, then letters of continuation bytes.
_TRAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_GARBLED = re.compile(f"[ÂÃ][{_TRAIL}]|â[{_TRAIL}]{{2}}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with warnings about how it was won from bytes. It can always be written in UTF-8."""

    text: str
    flags: tuple[str, ...] = ()


def decode(data: bytes, origin: str, limit: int, *, markup: bool = False, charset: str | None = None) -> Decoded:
    """The text in `data`, exactly as its encoding gives it, newlines and garbled letters included.

    With `markup`, a charset declared in HTML is heeded and NUL is dropped, as browsers do; in plain text NUL
    becomes U+FFFD. `charset` is what the server said, and goes before what the page declares. Raises TooLarge,
    EmptyInput, or BinaryInput.
    """
    _check_bytes(data, origin, limit)
    text, flags = _read(data, _readable(charset) or (declared_charset(data) if markup else None))
    _check_text(text, origin)
    text, nul_flags = _without_nul(text, "" if markup else REPLACEMENT)
    return Decoded(text, (*flags, *nul_flags, *garbled(text)))


def peek(data: bytes) -> str:
    """The beginning of the text, for guessing what kind it is; never raises."""
    head = data[:PEEK]
    return head.decode(_marked(head) or _unmarked_utf16(head) or "utf-8", "replace").lstrip("\ufeff")


def without_surrogates(text: str) -> Decoded:
    """The text with each lone surrogate replaced by U+FFFD, and a flag if there was one."""
    text, count = _SURROGATES.subn(REPLACEMENT, text)
    return Decoded(text, _repaired(count, "lone surrogate") if count else ())


def garbled(text: str) -> tuple[str, ...]:
    """A flag if letters look like UTF-8 that was once read as Windows-1252. The text is not repaired."""
    found = _GARBLED.findall(text)
    if not found:
        return ()
    return (f'text looks garbled in {len(found)} places, such as "{found[0]}": wrong encoding at the source?',)


def declared_charset(data: bytes) -> str | None:
    """The charset a page declares for itself, if it is one we read."""
    match = _DECLARED.search(data[:PEEK])
    if match is None:
        return None
    return _readable((match[1] or match[2]).decode("ascii", "replace"))


def _readable(charset: str | None) -> str | None:
    """The charset's name if it is one we read."""
    name = (charset or "").lower()
    return name if _CHARSET.fullmatch(name) and _known(name) else None


def _known(name: str) -> bool:
    try:
        b"a".decode(name, "replace")
    except LookupError:
        return False
    return True


def _check_bytes(data: bytes, origin: str, limit: int) -> None:
    if len(data) > limit:
        raise TooLarge(origin, f"it is over the limit of {limit:,} bytes", "Split it, or raise the limit")
    if not data.strip():
        raise EmptyInput(origin, "it is empty", "Give a file with text in it")
    for magic, what, cure in _MAGIC:
        if data.startswith(magic):
            raise BinaryInput(origin, f"this looks like {what}", cure)


def _check_text(text: str, origin: str) -> None:
    controls = sum(map(text.count, _CONTROLS))
    losses = text.count("\0"), text.count(REPLACEMENT)
    if controls > max(_FEW, _CONTROL_SHARE * len(text)) or max(losses) > max(_FEW, _LOSS_SHARE * len(text)):
        raise BinaryInput(origin, "this does not look like text", "Extract its text first")
    if not any(map(str.isalnum, text)):
        raise EmptyInput(origin, "it holds no letters", "Give a file with text in it")


def _read(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    certain = _marked(data) or _unmarked_utf16(data)
    if certain:
        return _counted(data, certain)
    try:
        return data.decode("utf-8"), _contradiction(data, declared)
    except UnicodeDecodeError:
        return _read_legacy(data, declared)


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _unmarked_utf16(data: bytes) -> str | None:
    """Find UTF-16 without a mark: in Western text nearly every second byte is NUL, hardly any other."""
    head = data[: PEEK & ~1]
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.1 else None


def _contradiction(data: bytes, declared: str | None) -> tuple[str, ...]:
    # Bytes of another charset are hardly ever valid UTF-8 by chance, so the bytes win over the declaration.
    if declared is None or declared.replace("-", "") == "utf8" or data.isascii():
        return ()
    return (f"the page declares {declared}, but was read as UTF-8",)


def _read_legacy(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    if _mostly_utf8(data):
        return _counted(data, "utf-8")
    if declared in _LATIN:
        return _counted(data, "cp1252")
    if declared and not declared.startswith("utf"):
        return _counted(data, declared)
    text, flags = _counted(data, "cp1252")
    return text, ("encoding not stated: read as Windows-1252", *flags)


def _mostly_utf8(data: bytes) -> bool:
    """Whether there are more whole letters of several bytes than broken ones: a damaged or cut UTF-8 text."""
    text = data.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    ascii_letters = len(data) - len(data.translate(None, bytes(range(128))))
    return len(text) - broken - ascii_letters > broken


def _counted(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    try:
        data.decode(encoding)
    except UnicodeError:
        return text, _repaired(text.count(REPLACEMENT), "unreadable byte")
    return text, ()


def _without_nul(text: str, instead: str) -> tuple[str, tuple[str, ...]]:
    count = text.count("\0")
    if not count:
        return text, ()
    return text.replace("\0", instead), _repaired(count, "NUL character", "replaced" if instead else "dropped")


def _repaired(count: int, what: str, how: str = "replaced") -> tuple[str, ...]:
    return (f"text repaired: {count} {what}{'' if count == 1 else 's'} {how}",)
