"""What the pages of accounts are drawn with: forms that send, fields for secrets, and tables with forms in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from starlette.responses import HTMLResponse

from sayso.share.markup import Html, element
from sayso.web.desk import Desk
from sayso.web.layout import Page, framed


def sheet(title: str, desk: Desk, *content: Html, status: int = 200) -> HTMLResponse:
    """A page with a title and some parts."""
    heading = element("header", {"class": "masthead"}, element("h1", None, title))
    main = element("main", {"class": "report", "id": "text"}, heading, *content)
    page = Page(title, element("div", {"class": "sheet"}, main), "trace", banner=desk.settings.banner)
    return HTMLResponse(framed(page), status_code=status)


def sent(action: str, button: str, *fields: Html) -> Html:
    """A form that is sent, with its button."""
    pressed = element("p", {"class": "field"}, element("button", {"type": "submit"}, button))
    return element("form", {"action": action, "method": "post", "class": "narrow"}, *fields, pressed)


def secret_field(name: str, label: str, kind: str) -> Html:
    """A field for a password; `kind` is what tells a browser which one ("current-password", "new-password")."""
    box: dict[str, str | int | bool | None] = {
        "type": "password", "name": name, "id": f"f-{name}", "required": True, "autocomplete": kind, "maxlength": 200,
    }  # fmt: skip
    return element("p", {"class": "field"}, element("label", {"for": f"f-{name}"}, label), element("input", box))


def name_field(value: str = "") -> Html:
    """The field for the name of who logs in."""
    box: dict[str, str | int | bool | None] = {
        "type": "text", "name": "name", "id": "f-name", "required": True, "autocomplete": "username",
        "autocapitalize": "none", "spellcheck": "false", "maxlength": 64, "value": value or None,
    }  # fmt: skip
    return element("p", {"class": "field"}, element("label", {"for": "f-name"}, "Name"), element("input", box))


def named(user: str) -> Html:
    """Whose password a form is about, told to what keeps passwords; nobody sees it."""
    box: dict[str, str | int | bool | None] = {
        "type": "text", "name": "user", "value": user, "autocomplete": "username", "hidden": True, "readonly": True,
    }  # fmt: skip
    return element("input", box)


def one_of(name: str, label: str, options: Iterable[str], chosen: str = "", row: str = "") -> Html:
    """A field for one of several values. `row` tells fields of one name on a page apart."""
    id_ = f"f-{name}-{row}" if row else f"f-{name}"
    shown = (element("option", {"value": it, "selected": it == chosen}, it) for it in options)
    chooser = element("select", {"name": name, "id": id_}, *shown)
    return element("p", {"class": "field"}, element("label", {"for": id_}, label), chooser)


def hidden(name: str, value: str) -> Html:
    """A field that nobody sees."""
    return element("input", {"type": "hidden", "name": name, "value": value})


def note(words: str) -> Html:
    """A line that says what came of something."""
    return element("p", {"class": "note-of", "role": "status"}, words)


def shown_once(label: str, secret: str) -> Html:
    """A secret that is shown this once."""
    said = element("p", None, f"{label} It is shown this once:")
    return element(
        "div", {"class": "note-of", "role": "status"}, said, element("p", None, element("code", None, secret))
    )


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Html | str]]) -> Html:
    """A table that scrolls in itself where it is too wide."""
    head = element("tr", None, *(element("th", {"scope": "col"}, it) for it in columns))
    body = (element("tr", None, *(element("td", None, it) for it in row)) for row in rows)
    inner = element(
        "table", None, element("caption", None, caption), element("thead", None, head), element("tbody", None, *body)
    )
    area = {"class": "table", "tabindex": "0", "role": "region", "aria-label": caption}
    return element("div", area, inner)
