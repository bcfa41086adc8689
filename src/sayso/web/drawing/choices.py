"""Forms that narrow a list, and what it is narrowed by: every state of a list has an address of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sayso.share.markup import Html, element
from sayso.share.visible import one_line
from sayso.web.addresses import asked

Fields = Mapping[str, str | None]


def text_field(name: str, label: str, value: str | None, hint: str = "") -> Html:
    """A field for words, with its label."""
    box = {"type": "text", "name": name, "id": f"f-{name}", "value": one_line(value or "") or None, "maxlength": 500,
           "placeholder": hint or None, "dir": "auto"}  # fmt: skip
    return element("p", {"class": "field"}, element("label", {"for": f"f-{name}"}, label), element("input", box))


def choice_field(name: str, label: str, value: str | None, options: Iterable[tuple[str, str]]) -> Html:
    """A field for one of several values, each with its words; the first choice is any of them."""
    shown = (
        element("option", {"value": it, "selected": it == (value or "")}, said) for it, said in (("", "any"), *options)
    )
    chooser = element("select", {"name": name, "id": f"f-{name}"}, *shown)
    return element("p", {"class": "field"}, element("label", {"for": f"f-{name}"}, label), chooser)


def kept_field(name: str, value: str | None) -> Html:
    """What the form has no field of its own for, and leaves as it is."""
    return element("input", {"type": "hidden", "name": name, "value": value}) if value else Html()


def to_narrowing() -> Html:
    """The way to the form, where it stands below the list."""
    return element("p", {"class": "to-narrow"}, element("a", {"href": "#narrow"}, "Narrow the list"))


def narrowing(action: str, *fields: Html) -> Html:
    """The form that narrows a list."""
    button = element("p", {"class": "field"}, element("button", {"type": "submit"}, "Show"))
    return element("form", {"action": action, "method": "get", "class": "narrow"}, *fields, button)


def chosen(action: str, fields: Fields, names: Mapping[str, str]) -> Html:
    """What a list is narrowed by, each with a link that leaves it out; nothing where it is not narrowed."""
    items = [
        element(
            "li",
            None,
            element(
                "a",
                {"href": asked(action, {other: it for other, it in fields.items() if other != name})},
                element("span", {"class": "unseen"}, "Leave out "),
                f"{label}: ",
                element("bdi", None, one_line(str(fields[name]))),
                element("span", {"aria-hidden": "true"}, " ×"),
            ),
        )
        for name, label in names.items()
        if fields.get(name)
    ]
    return element("ul", {"class": "chosen", "aria-label": "Narrowed by"}, *items) if items else Html()


def facet(action: str, fields: Fields, name: str, title: str, values: Sequence[tuple[str, str, str]]) -> Html:
    """The values that a list may be narrowed to: as each is asked for, as it is worded, and how often it is there."""
    if not values:
        return Html()
    rows = (
        element(
            "li",
            None,
            element(
                "a",
                {"href": asked(action, {**fields, name: value}), "aria-current": fields.get(name) == value and "true"},
                element("bdi", None, one_line(words)),
                " ",
                element("span", {"class": "count"}, number) if number else Html(),
            ),
        )
        for value, words, number in values
    )
    heading = element("h3", {"id": f"facet-{name}"}, title)
    return element("div", {"class": "facet"}, heading, element("ul", {"aria-labelledby": f"facet-{name}"}, *rows))


def empty(problem: str, *cures: Html) -> Html:
    """What to do where there is nothing to show."""
    return element("div", {"class": "empty"}, element("p", None, problem), *cures)


def link(href: str, words: str) -> Html:
    """A link to a page of ours."""
    return element("a", {"href": href}, words)


def paragraph(*parts: str) -> Html:
    """A paragraph."""
    return element("p", None, *parts)


def code(words: str) -> Html:
    """A command to type."""
    return element("code", None, words)
