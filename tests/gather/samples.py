"""Invented texts and pages that several tests read."""

SENTENCE = (
    "The harbour council of Norrvik said on Friday that the new pier would open in spring, "
    "and the mayor promised that nobody would lose a berth. "
)
PARAGRAPHS = (
    "The harbour council of Norrvik said on Friday that the new pier would open in spring.",
    "“Nobody will lose a berth,” said Ada Lindqvar, who heads the council. She added that the fishing "
    "boats would move first, and that the ferries would follow in the autumn.",
    "The dockers' union denied that it had agreed to the plan, and warned of a strike in the summer.",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"


def page(head: str = "", body: str = "", lang: str = "en") -> str:
    """A news page with menu, article and footer; `head` and `body` add to it."""
    article = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Pier opens | Norrvik Post</title>{head}</head>'
        '<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>'
        f"<article><h1>Pier opens in spring</h1>{article}{body}</article>"
        "<footer>Norrvik Post, all rights reserved</footer></body></html>"
    )
