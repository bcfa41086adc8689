"""Full names, short names, acronyms and "previously known as" are one actor; namesakes are not."""

import re

from sayso.read.aliases import acronym, joined, key
from sayso.read.mentions import ORGANISATION, PERSON, Mention, Sort
from sayso.vocabulary import Span


def groups(text: str, *names: tuple[str, str]) -> list[set[str]]:
    found: list[Mention] = []
    for name, kind in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            span = Span(*match.span())
            if not any(m.span.start <= span.start < m.span.end for m in found):
                found.append(Mention(span, Sort.NAME, kind, name.split()[-1].lower(), False, False, 0))
    found.sort(key=lambda m: m.span)
    entity = joined(text, found)
    return [{m.span.of(text) for m, e in zip(found, entity, strict=True) if e == n} for n in sorted(set(entity))]


def test_a_surname_is_short_for_the_full_name() -> None:
    text = "Maj. Gen. Orla Vance spoke. Vance left."
    assert groups(text, ("Orla Vance", PERSON), ("Vance", PERSON)) == [{"Orla Vance", "Vance"}]


def test_two_people_of_one_surname_stay_two_and_the_last_named_is_meant() -> None:
    text = "Ida Holm spoke. Per Holm left. Holm returned."
    found = groups(text, ("Ida Holm", PERSON), ("Per Holm", PERSON), ("Holm", PERSON))
    assert found == [{"Ida Holm"}, {"Per Holm", "Holm"}]


def test_an_acronym_in_brackets_and_later_alone() -> None:
    text = "The Net Menders League (NML) met. NML left."
    assert groups(text, ("Net Menders League", ORGANISATION), ("NML", ORGANISATION)) == [{"Net Menders League", "NML"}]


def test_an_acronym_without_brackets() -> None:
    text = "The Harbour Safety Centre met. The HSC agreed."
    assert groups(text, ("Harbour Safety Centre", ORGANISATION), ("HSC", ORGANISATION)) == [
        {"Harbour Safety Centre", "HSC"}
    ]


def test_previously_known_as() -> None:
    text = "The League, previously known as the Free Trawlers, met. Free Trawlers left."
    found = groups(text, ("League", ORGANISATION), ("Free Trawlers", ORGANISATION))
    assert found == [{"League", "Free Trawlers"}]


def test_a_short_form_of_an_organisation() -> None:
    text = "The Tarn Observatory for Rivers reported it. The Observatory counts."
    found = groups(text, ("Tarn Observatory for Rivers", ORGANISATION), ("Observatory", ORGANISATION))
    assert found == [{"Tarn Observatory for Rivers", "Observatory"}]


def test_keys_drop_titles_and_possessives() -> None:
    assert key("President Ida Holm's") == ("ida", "holm")
    assert key("The Hague") == ("hague",)
    assert {"HSC", "HSCFR"} <= acronym("Harbour Safety Centre") | acronym("Harbour Safety Centre For Rivers")
