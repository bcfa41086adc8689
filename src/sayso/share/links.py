"""Links from one thing on the page to another, and lists of them."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.share.happenings import Happening
from sayso.share.markup import Html, element, joined
from sayso.share.moments import Moment
from sayso.share.outline import Outline
from sayso.share.sites import Site
from sayso.share.visible import one_line
from sayso.share.wording import outlet_name, speaker_name
from sayso.vocabulary import Span, StatementId


def voucher_link(outline: Outline, voucher: StatementId | None) -> Html:
    """Who vouches: the speaker of a statement with a link to it, or the outlet in its own voice."""
    number = outline.numbers.get(voucher) if voucher else None
    if number is None:
        return joined(element("bdi", None, one_line(outlet_name(outline.reading.report))), " in its own voice")
    name = one_line(speaker_name(outline, outline.entries[number - 1].statement))
    return element("a", {"href": f"#n{number}", "data-go": number}, f"{number} ", element("bdi", None, name))


def vouchers(outline: Outline, given: Iterable[StatementId]) -> Html:
    """All who vouch for something; where no statement does, the outlet."""
    return separated(
        [voucher_link(outline, voucher) for voucher in dict.fromkeys(given)] or [voucher_link(outline, None)]
    )


def happening_link(happening: Happening) -> Html:
    """A happening's letter and name, with a link to what is told of it."""
    letter = element("span", {"class": "letter"}, happening.letter)
    return element("a", {"href": f"#{happening.key}", "data-go": happening.key}, letter, " ", breakable(happening.name))


def site_link(site: Site) -> Html:
    """A place's name, with a link to what is known of it."""
    return element("a", {"href": f"#{site.key}", "data-go": site.key}, element("bdi", None, site.name))


def moment_link(moment: Moment) -> Html:
    """A moment's days, or the words of one without, with a link to what is known of it if words name it."""
    name = str(moment.interval) if moment.interval else f"“{one_line(moment.times[0].text)}”"
    if not moment.key:
        return joined(name)
    return element("a", {"href": f"#{moment.key}", "data-go": moment.key}, element("bdi", None, name))


def breakable(name: str) -> Html:
    """A name that may be broken after its slashes."""
    return separated([joined(part) for part in name.split("/")], joined("/", element("wbr")))


def quoted(outline: Outline, spans: Iterable[Span]) -> Html:
    """The words at some spans, each once, in quotation marks and kept apart from their neighbours' direction."""
    words = dict.fromkeys(one_line(span.of(outline.reading.report.text)) for span in spans)
    return separated([joined("“", element("bdi", None, word), "”") for word in words if word])


def separated(parts: list[Html], by: str = ", ") -> Html:
    """The parts one after the other with something between them."""
    return joined(*(joined(by, part) if place else part for place, part in enumerate(parts)))
