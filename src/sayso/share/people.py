"""The list of who speaks in a report, and of whom else it names."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.share.markup import Html, element, joined
from sayso.share.outline import Outline, Voice
from sayso.share.visible import one_line
from sayso.share.wording import kind_name, label_owner, voice_name
from sayso.vocabulary import Actor, SpeakerKind


def people(outline: Outline) -> Html:
    """Everybody who speaks, with roles, names and labels; then, shorter, the actors who do not."""
    voices = sorted(outline.voices(), key=lambda voice: (voice.kind is SpeakerKind.OUTLET, -len(voice.numbers)))
    speaking = {voice.actor.id for voice in voices if voice.actor}
    silent = [actor for actor in outline.reading.actors if actor.id not in speaking]
    speakers = element(
        "section",
        {"class": "people", "id": "speakers", "aria-labelledby": "speakers-heading"},
        element("h2", {"id": "speakers-heading"}, "Who speaks"),
        element("ul", None, *(_speaker(outline, voice) for voice in voices)),
    )
    return joined(speakers, _also_named(outline, silent) if silent else Html())


def _speaker(outline: Outline, voice: Voice) -> Html:
    count = element("span", {"class": "count"}, str(len(voice.numbers)))
    attributes = {
        "type": "button",
        "class": "who",
        "aria-pressed": "false",
        "data-numbers": " ".join(map(str, voice.numbers)),
    }
    said = "1 statement" if len(voice.numbers) == 1 else f"{len(voice.numbers)} statements"
    hidden = element("span", {"class": "unseen"}, f", {said}")
    name = element("bdi", {"class": "name"}, one_line(voice_name(outline, voice)))
    places = element("p", {"class": "places"}, f"Statements {', '.join(map(str, voice.numbers))}")
    return element("li", None, element("button", attributes, name, count, hidden), *_details(outline, voice), places)


def _details(outline: Outline, voice: Voice) -> Iterator[Html]:
    if voice.kind is SpeakerKind.OUTLET:
        yield element("p", {"class": "detail"}, "in its own voice")
    if voice.actor:
        yield from _about(outline, voice.actor)


def _about(outline: Outline, actor: Actor) -> Iterator[Html]:
    others = [name for name in dict.fromkeys(map(one_line, actor.names)) if name != one_line(actor.name)]
    roles = list(dict.fromkeys(one_line(role.text) for role in actor.roles))
    if roles:
        yield element("p", {"class": "detail role"}, *_listed(roles))
    if others:
        yield element("p", {"class": "detail"}, "also ", *_listed(others))
    if kind_name(actor.kind) and not roles:
        yield element("p", {"class": "detail"}, kind_name(actor.kind))
    yield from (_label(text, by) for text, by in _labels(outline, actor))


def _labels(outline: Outline, actor: Actor) -> dict[tuple[str, str], None]:
    """Each label once with whose words it is, in order of appearance."""
    return dict.fromkeys((one_line(label.text), one_line(label_owner(outline, label))) for label in actor.labels)


def _label(text: str, owner: str) -> Html:
    words = element("bdi", {"class": "label"}, text)
    return element("p", {"class": "detail"}, "labelled “", words, "”, ", element("bdi", None, owner))


def _also_named(outline: Outline, silent: list[Actor]) -> Html:
    items = (
        element("li", None, element("bdi", {"class": "name"}, one_line(actor.name)), *_about(outline, actor))
        for actor in silent
    )
    return element(
        "section",
        {"class": "people silent", "aria-labelledby": "silent-heading"},
        element("h2", {"id": "silent-heading"}, "Named, but not heard"),
        element("ul", None, *items),
    )


def _listed(names: list[str]) -> Iterator[Html]:
    for place, name in enumerate(names):
        yield joined(", " if place else "", element("bdi", None, name))
