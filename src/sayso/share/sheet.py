"""The three parts of a reading's sheet: the story, what stands at its side, and what stands below both."""

from __future__ import annotations

from sayso.share.accounts import accounts
from sayso.share.map import Towns, where
from sayso.share.markup import Html, element
from sayso.share.masthead import legend, masthead
from sayso.share.notes import notes
from sayso.share.people import people
from sayso.share.prose import prose
from sayso.share.registers import places_table, times_table
from sayso.share.scene import Scene
from sayso.share.timeline import when


def story(staged: Scene) -> Html:
    """What was read, what its marks mean, and the text."""
    return element("main", {"class": "report"}, masthead(staged), legend(staged), prose(staged))


def side(staged: Scene, towns: Towns) -> Html:
    """Where, when and who."""
    return element(
        "aside",
        {"class": "side", "id": "side", "tabindex": "-1", "aria-label": "Where, when and who"},
        where(staged, towns),
        when(staged),
        _card(),
        people(staged.outline),
    )


def below(staged: Scene, *before: Html) -> Html:
    """What is told of, the places and times as tables, and the statements one by one; something may stand before."""
    parts = (accounts(staged), places_table(staged), times_table(staged), notes(staged.outline))
    return element("div", {"class": "below"}, *before, *parts)


def _card() -> Html:
    """Where the script puts the note of what is at hand."""
    return element(
        "section",
        {
            "class": "card",
            "id": "card",
            "aria-label": "What is at hand",
            "aria-live": "polite",
            "hidden": True,
        },
    )
