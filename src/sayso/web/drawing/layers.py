"""The switches of the layers over a text. They work without a script: the style sheet asks which are off."""

from __future__ import annotations

from typing import Final

from sayso.share.markup import Html, element

LAYERS: Final = (
    ("statements", "Statements"), ("speakers", "Who speaks"), ("happenings", "Happenings"), ("places", "Places"),
    ("times", "Times"), ("labels", "Labels and hedges"),
)  # fmt: skip


def layers() -> Html:
    """A switch for each layer, all on."""
    switches = (
        element(
            "label",
            None,
            element("input", {"type": "checkbox", "id": f"layer-{name}", "checked": True, "autocomplete": "off"}),
            f" {words}",
        )
        for name, words in LAYERS
    )
    return element("fieldset", {"class": "layers"}, element("legend", None, "Show in the text"), *switches)
