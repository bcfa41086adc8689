"""XML from strangers, in the worker: no entities, no external anything, and what is not well-formed is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import Final

from lxml import etree

_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP: Final = frozenset("&<>\"'")  # letters that mean markup keep the names that XML itself knows


class NotXml(Exception):
    """There is no XML document here that we read; the message says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """The root element, and what is broken in the document, if anything: then it may hold less than was sent."""

    root: etree._Element
    broken: str | None = None


def parsed(data: bytes) -> Document:
    """The document in `data` (UTF-8), as far as it goes. Raises NotXml if there is none, or if it declares entities."""
    known = _NAMED.sub(_letter, data.decode("utf-8", "replace")).encode()
    broken = None
    try:
        root = etree.fromstring(known, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        broken = " ".join(str(error).split())[:150]
        root = etree.fromstring(known, _parser(recover=True))
    if root is None:
        raise NotXml(f"it is not XML ({broken})")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise NotXml("it declares entities, which no feed needs")
    return Document(root, broken)


def name(element: etree._Element) -> tuple[str, str]:
    """The namespace and the local name of an element; comments and the like have none."""
    if not isinstance(element.tag, str):
        return "", ""
    qualified = etree.QName(element)
    return qualified.namespace or "", qualified.localname


def children(element: etree._Element, local: str, *namespaces: str) -> Iterator[etree._Element]:
    """The children of this local name in one of the namespaces, in order."""
    return (child for child in element if name(child)[1] == local and name(child)[0] in namespaces)


def text_of(element: etree._Element | None) -> str | None:
    """All text in an element, white space collapsed; None if there is none."""
    if element is None:
        return None
    return " ".join("".join(_texts(element)).split()) or None


def _texts(element: etree._Element) -> Iterator[str]:
    return (str(piece) for piece in element.itertext())


def _letter(reference: re.Match[str]) -> str:
    letters = html5.get(f"{reference[1]};")
    return reference[0] if letters is None or _MARKUP.intersection(letters) else letters


def _parser(*, recover: bool) -> etree.XMLParser[etree._Element]:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
