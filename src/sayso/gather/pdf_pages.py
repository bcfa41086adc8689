"""The task that reads a PDF in the worker, by pypdf, page by page, until its time is up."""

from __future__ import annotations

import io
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

_HYPHEN: Final = re.compile(r"[a-z]-$")
_SHORT: Final = 0.7  # of the page's longest line: a line shorter than that ends its paragraph


def read_pages(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The text of every page in turn. `options`: `pages` and `seconds` at most.

    `broken` are the numbers of pages that failed, `left` says why pages after the last were not read; or there is
    only a `problem`.
    """
    texts: list[str] = []
    broken: list[int] = []
    left = ""
    with _deadline(options["seconds"]):
        try:
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                return {"problem": "it is a PDF locked with a password"}
            information = _information(reader)
            count = len(reader.pages)
            for number in range(min(count, options["pages"])):
                texts.append(_page(reader, number, broken))
            if count > options["pages"]:
                left = f"it has {count} pages, of which the first {options['pages']} were read"
        except (
            PyPdfError,
            DependencyError,
            ArithmeticError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ) as error:
            return {"problem": f"it is a PDF that cannot be read ({type(error).__name__}: {str(error)[:100]})"}
        except _TimeUp:
            if not texts:
                raise
            left = f"reading stopped after {options['seconds']} s, at page {len(texts) + 1}"
    return {"texts": texts, "broken": broken, "left": left, **information}


class _TimeUp(BaseException):
    """The time for this document is over; not an Exception, so that no parser swallows it."""


@contextmanager
def _deadline(seconds: int) -> Iterator[None]:
    """Raise _TimeUp in here after so many seconds, where the system can; the caller's own limit holds anyway."""
    if sys.platform == "win32":
        yield
        return

    def expire(_: int, __: FrameType | None) -> None:
        raise _TimeUp

    signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _page(reader: PdfReader, number: int, broken: list[int]) -> str:
    try:
        return "\n\n".join(_paragraphs(reader.pages[number].extract_text()))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken page costs no other
        broken.append(number + 1)
        return ""


def _paragraphs(text: str) -> list[str]:
    """A page's lines joined to paragraphs, words divided at a line's end made whole."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    full = _SHORT * max(map(len, lines), default=0)
    found: list[str] = []
    open_paragraph = False
    for line in lines:
        if not line:
            open_paragraph = False
        elif not open_paragraph:
            found.append(line)
        elif _HYPHEN.search(found[-1]) and line[0].islower():
            found[-1] = found[-1][:-1] + line
        else:
            found[-1] += " " + line
        open_paragraph = bool(line) and len(line) >= full
    return found


def _information(reader: PdfReader) -> dict[str, str | None]:
    """Title, author and language as the file states them; a broken statement is none."""
    try:
        stated = reader.metadata
        lang = reader.root_object.get("/Lang")
        return {
            "title": str(stated.title) if stated and stated.title else None,
            "author": str(stated.author) if stated and stated.author else None,
            "lang": str(lang) if lang else None,
        }
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - what a library raises on a broken statement says nothing to anybody
        return {"title": None, "author": None, "lang": None}
