"""The plain second opinion on a page: all its blocks of text, by a parser that loses none, menus left out."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

_NOISE = "script, style, noscript, template, nav, footer, aside, header, form, button, select, svg, iframe, title"
_BLOCKS = (
    "p, div, section, article, main, h1, h2, h3, h4, h5, h6, li, ul, ol, dl, dt, dd, blockquote, pre, table,"
    " tr, td, th, figure, figcaption, address, center, details, summary, hr, br"
)
_EDGE = "\x1e"  # the record separator: no page writes it, and no parser takes it for white space
_PROSE = 80  # characters; shorter blocks are menus, captions and buttons


def blocks(tree: LexborHTMLParser) -> list[str]:
    """The page's text, block by block, white space collapsed. The tree is changed by this."""
    if tree.body is None:
        return []
    for node in tree.css(_NOISE):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before(_EDGE)
        node.insert_after(_EDGE)
    collapsed = (" ".join(block.split()) for block in tree.body.text().split(_EDGE))
    return [block for block in collapsed if block]


def prose(found: list[str]) -> list[str]:
    """Those blocks that are long enough to be sentences rather than furniture."""
    return [block for block in found if len(block) >= _PROSE]
