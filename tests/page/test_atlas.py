from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from sayso.vocabulary import (
    Entry,
    Place,
    PlaceId,
    PlaceLevel,
    PlacePrecision,
    Reading,
    Region,
    Report,
    Span,
    report_id,
)
from tests.page.conftest import Opener
from tests.page.readings import besieged
from tests.page.test_browser import FAINT_WORDS, PHONE, SCHEMES
from tests.page.valley import VALLEY, towns, valley
from tests.share.examples import READER
from tests.share.hostile import PAYLOADS

# Where the pieces of a mark begin and end in the text, in code points, without the signs that stand in it.
OFFSETS = """(mark) => {
  const signs = (node) => node.parentElement.closest(".ref");
  const spans = [];
  let at = 0;
  for (const paragraph of document.querySelectorAll("#text p")) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (signs(node)) continue;
      const length = [...node.data].length;
      const words = (node.parentElement.dataset.m || "").split(" ");
      if (words.includes(mark)) {
        if (spans.length && spans.at(-1)[1] === at) spans.at(-1)[1] = at + length;
        else spans.push([at, at + length]);
      }
      at += length;
    }
    at += 1;
  }
  return spans;
}"""


def atlas(*named: tuple[str, float, float], level: PlaceLevel = PlaceLevel.SETTLEMENT) -> Reading:
    """A reading of nothing but places."""
    text, places = "", []
    for number, (name, lat, lon) in enumerate(named):
        where = Span(len(text), len(text) + len(name))
        text += f"{name} "
        precision = PlacePrecision.COUNTRY if level is PlaceLevel.COUNTRY else PlacePrecision.EXACT
        entry = Entry(name, lat, lon, level)
        places.append(Place(PlaceId(f"p{number}"), where, name, level=level, precision=precision, entry=entry))
    return Reading(Report(report_id(text), text), READER, places=tuple(places))


def lit(page: Page) -> list[str]:
    return page.locator("#text .lit").all_inner_texts()


def key_of(page: Page, name: str) -> str:
    """The key of the place that goes by a name."""
    key = page.locator(f'.where [data-go]:has-text("{name}")').first.get_attribute("data-go")
    assert key
    return key


def test_places_times_and_happenings_are_marked_at_their_exact_words(opened: Opener) -> None:
    page = opened(valley(), towns=towns).page
    offsets = {mark: page.evaluate(OFFSETS, mark) for mark in ("p1", "a3", "t6", "i1", "i2", "I2", "y1")}
    words = {mark: [VALLEY[start:end] for start, end in spans] for mark, spans in offsets.items()}
    assert words == {
        "p1": ["Ostrel", "Ostrel", "Ostrel"],
        "a3": ["Tovian"],
        "t6": ["within ten days"],
        "i1": ["Shells fell"],
        "i2": ["came under fire", "in it"],
        "I2": [
            "A Tovian patrol",
            "12 kilometers north of Marn",
            "Thursday night",
            "Little Quay",
            "the Reed Guard",
            "the Guard",
        ],
        "y1": ["nine attacks"],
    }
    first, second = VALLEY.index("Ostrel"), VALLEY.index("Ostrel", VALLEY.index("Ostrel") + 1)
    assert offsets["p1"][:2] == [[first, first + 6], [second, second + 6]]


def test_peoples_and_governments_are_marked_otherwise_and_not_on_the_map(opened: Opener) -> None:
    page = opened(valley()).page
    styles = [
        page.locator(f"#text .{kind}").first.evaluate("it => getComputedStyle(it).textDecorationStyle")
        for kind in ("place", "demonym", "metonym")
    ]
    assert styles == ["solid", "dotted", "dotted"]
    assert page.locator(".where [data-go^=a], .where [data-go^=g]").count() == 0
    assert "Calder" not in page.locator(".where").inner_text()
    expect(page.locator("#places tr", has_text="Calder")).to_contain_text("its government")


def test_points_are_dots_and_divisions_and_countries_are_not(opened: Opener) -> None:
    page = opened(valley(), towns=towns).page
    dotted = page.locator(".site:has(.dot)")
    assert set(dotted.evaluate_all("all => all.map(it => it.querySelector('text').textContent)")) == {
        "12 kilometers north of Marn",
        "Brakkis",
        "Fenwick",
        "Marn",
        "Ostrel",
        "Sollen",
    }
    areas = page.locator(".site.area text")
    assert set(areas.evaluate_all("all => all.map(it => it.textContent)")) == {"Upper Dale province", "Tovia"}
    assert page.locator(".site.near .region").count() == 1


def test_what_is_unresolved_or_far_away_is_listed_and_not_drawn(opened: Opener) -> None:
    page = opened(valley()).page
    beside = page.locator(".where .beside").all_inner_texts()
    assert beside == [
        "Too far off for this map: Nordhaven",
        "Wider than this map, or beyond it: Ardmark",
        "Unresolved, so not drawn: Little Quay, within Upper Dale province",
    ]


def test_towns_around_give_context_without_being_the_reports_own(opened: Opener) -> None:
    page = opened(valley(), towns=towns).page
    names = page.locator(".towns text").evaluate_all("all => all.map(it => it.textContent)")
    assert sorted(names) == ["Great Stope", "Hollin", "Kirn", "Weyford"]
    assert page.locator(".towns a").count() == 0


def test_a_dot_lights_every_mention_and_shows_the_place(opened: Opener) -> None:
    page = opened(valley(), towns=towns).page
    page.locator(".site", has_text="Ostrel").click()
    assert lit(page) == ["Ostrel", "Ostrel", "Ostrel"]
    card = page.locator("#card")
    expect(card.locator("h3")).to_contain_text("Ostrel")
    expect(card).to_contain_text("Ostrel, Upper Dale, Tovia")
    expect(card).to_contain_text("A Shelling/artillery/missile attack, C 9 × Attack")
    card.locator("a", has_text="Shelling").click()
    expect(card.locator("h3")).to_contain_text("Shelling/artillery/missile attack")
    expect(page.locator("#ri1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert lit(page) == []


def test_an_incident_lights_its_words_its_dot_and_its_day(opened: Opener) -> None:
    page = opened(valley()).page
    page.locator("#i1 h3 .letter").click()
    shown = "".join(lit(page))
    assert all(words in shown for words in ("Shells fell", "Ostrel", "3 May", "three farmers", "at least five"))
    assert page.locator(".site.lit text").evaluate_all("all => all.map(it => it.textContent)") == ["Ostrel"]
    assert page.locator(".when .date.lit").all_inner_texts() == ["3 May 2031"]
    expect(page.locator("#ri1")).to_be_focused()


def test_a_day_on_the_timeline_lights_its_words(opened: Opener) -> None:
    page = opened(valley()).page
    page.locator(".date", has_text="1 May 2031").first.click()
    assert lit(page) == ["Thursday night"]
    card = page.locator("#card")
    expect(card).to_contain_text("day part, night, local")
    expect(card).to_contain_text("the publication date (metadata)")
    expect(card).to_contain_text("the week is not said")


def test_a_statement_lights_the_places_it_speaks_of(opened: Opener) -> None:
    page = opened(valley(), anchor="#n4").page
    lit_places = page.locator(".where .lit").evaluate_all("all => all.map(it => it.dataset.go)")
    assert set(lit_places) == {key_of(page, name) for name in ("Upper Dale province", "12 kilometers", "Little Quay")}


def test_the_keyboard_reaches_dots_and_days_and_goes_on_through_them(opened: Opener) -> None:
    page = opened(valley(), towns=towns).page
    page.locator(".skips a", has_text="map").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.id")
    assert first.startswith("rp")
    expect(page.locator("#card")).to_be_visible()
    for _ in range(40):
        if page.evaluate("document.activeElement.classList.contains('date')"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.go") == "t1"
    page.keyboard.press("Enter")
    assert lit(page) == ["1985 to 1989"]
    page.keyboard.press("j")
    assert lit(page) == ["1987"]
    expect(page.locator("#rt2")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#rt1")).to_be_focused()
    page.keyboard.press("Escape")
    assert lit(page) == []


def test_j_goes_from_incident_to_incident(opened: Opener) -> None:
    page = opened(valley(), anchor="#i1").page
    seen = []
    for _ in range(3):
        page.keyboard.press("j")
        seen.append(page.evaluate("document.activeElement.textContent"))
    assert seen == ["B", "D", "F"]


def test_the_innermost_thing_under_the_pointer_comes_first(opened: Opener) -> None:
    page = opened(valley()).page
    words = page.locator("#text .place", has_text="Little Quay")
    for heading in ("Little Quay", "Tovian ministry says", "Little Quay"):
        words.click()
        expect(page.locator("#card h3")).to_contain_text(heading)


def test_rival_counts_stand_side_by_side_each_with_its_voucher(opened: Opener) -> None:
    page = opened(valley()).page
    killed = page.locator("#i1 .facts > div", has_text="Killed")
    assert [line for line in killed.inner_text().split("\n") if line] == [
        "Killed, civilians",
        "The counts differ:",
        "3 (“three farmers”) 2 Ruta Hald",
        "at least 5 (“at least five dead”) 3 unknown (“The clinic in Marn”)",
    ]


def test_who_did_it_is_told_with_who_says_so(opened: Opener) -> None:
    page = opened(valley()).page
    facts = page.locator("#i2 .facts > div", has_text="Perpetrator").all_inner_texts()
    assert facts == [
        "Perpetrator\n“the Reed Guard” – accused, The Dale Courier in its own voice",
        "Perpetrator\n“the Guard”, that is Reed Guard – denied by 5 Reed Guard",
    ]


def test_what_is_foretold_stands_apart_from_what_happened(opened: Opener) -> None:
    page = opened(valley()).page
    sections = {
        name: page.locator(f"#{name} .account h3 .letter").all_inner_texts()
        for name in ("happened", "background", "tallies", "foretold")
    }
    assert sections == {"happened": ["A", "B"], "background": ["F"], "tallies": ["C"], "foretold": ["D", "E"]}
    ahead = page.locator("#ahead-heading + ol .date").all_inner_texts()
    assert ahead == ["6–16 May 2031", "20 May 2031"]
    assert page.locator(".day.out").inner_text().split("\n")[0] == "6 May 2031"
    expect(page.locator("#i4 .status.background")).to_be_visible()


def test_periods_are_bars_and_days_are_ticks_in_order(opened: Opener) -> None:
    page = opened(valley()).page
    bars = page.locator(".when .bar").evaluate_all("all => all.map(it => [it.x.baseVal.value, it.width.baseVal.value])")
    war, year, spring, first, _, third = bars[:6]
    assert war[0] <= year[0] < year[0] + year[1] <= war[0] + war[1] + 0.1
    assert spring[0] < first[0] < third[0] < spring[0] + spring[1]
    assert first[1] < spring[1]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_words_can_be_read_whatever_is_lit(opened: Opener, scheme: str) -> None:
    page = opened(valley(), towns=towns, color_scheme=scheme).page
    assert page.evaluate(FAINT_WORDS) == []
    for key in ("i1", "i2", "y1", "f1", "p1", "t1", "a3"):
        page.evaluate(
            "key => document.querySelector(`[data-go='${key}']`).dispatchEvent(new Event('click', {bubbles: true}))",
            key,
        )
        assert page.evaluate(FAINT_WORDS) == []


@pytest.mark.parametrize("width", [320, 375, 768, 1100, 1920])
def test_nothing_scrolls_sideways_at_any_width(opened: Opener, width: int) -> None:
    page = opened(valley(), towns=towns, viewport={"width": width, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator(".site").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_on_a_phone_a_tap_on_a_dot_leaves_the_map_in_view(opened: Opener) -> None:
    page = opened(valley(), towns=towns, **PHONE).page
    dot = page.locator(".site", has_text="Ostrel")
    dot.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    dot.locator(".target").tap()
    expect(page.locator("#card h3")).to_contain_text("Ostrel")
    assert page.evaluate("scrollY") == pytest.approx(before, abs=2)
    page.locator("#card h3 a").tap()
    expect(page.locator("#text .place.lit").first).to_be_in_viewport()


@pytest.mark.parametrize("device", [{}, PHONE])
def test_hostile_names_do_nothing_and_fit_the_page(opened: Opener, device: dict[str, object]) -> None:
    page = opened(besieged(PAYLOADS), **device).page
    assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")
    page.locator(".site").first.focus()
    expect(page.locator("#card")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    svgs = "all => all.filter(it => !it.matches('.map, .strip')).length"
    assert page.eval_on_selector_all("svg", svgs) == 0
    assert page.evaluate("document.querySelectorAll('img, iframe, form, base, body script').length") == 1


def test_names_that_break_out_of_drawings_are_shown_as_they_are(opened: Opener) -> None:
    names = ("</svg><script>window.hit=1</script>", "\u202eevil\u202c", "وادي الريح")
    page = opened(atlas(*((name, 35.0 + n / 5, 36.0 + n / 5) for n, name in enumerate(names)))).page
    shown = page.locator(".site > text").evaluate_all("all => all.map(it => it.textContent)")
    assert shown == ["</svg><script>window.hit=1<…", "⟨U+202E⟩evil⟨U+202C⟩", "وادي الريح"]
    labels = page.locator(".site").evaluate_all("all => all.map(it => it.getAttribute('aria-label'))")
    assert labels[0] == "</svg><script>window.hit=1</script>, settlement, named once"


def test_the_map_of_islands_at_the_date_line_is_one_piece(opened: Opener) -> None:
    page = opened(atlas(("Suva", -18.1, 178.4), ("Apia", -13.8, -171.8))).page
    boxes = [page.locator(".site .dot").nth(n).bounding_box() for n in (0, 1)]
    assert boxes[0]
    assert boxes[1]
    assert 100 < boxes[1]["x"] - boxes[0]["x"] < 340


def test_countries_alone_are_names_without_dots(opened: Opener) -> None:
    page = opened(atlas(("Mali", 17, -4), ("Algeria", 28, 3), level=PlaceLevel.COUNTRY)).page
    assert page.locator(".site").count() == 2
    assert page.locator(".dot").count() == 0


def test_without_places_or_times_there_is_neither_map_nor_timeline(opened: Opener) -> None:
    page = opened(replace(valley(), places=(), times=(), incidents=(), tallies=(), forecasts=())).page
    assert page.locator(".atlas, .register, .accounts").count() == 0


def test_impossible_coordinates_are_listed_and_not_drawn(opened: Opener) -> None:
    reading = atlas(("Nowhere", 1234.0, float("nan")), ("Ash", 1.0, 1.0))
    wide = replace(reading.places[1], region=Region(1.0, 1.0, float("inf")))
    page = opened(replace(reading, places=(reading.places[0], wide))).page
    assert page.locator(".site").count() == 0
    expect(page.locator(".where .beside")).to_have_text("Unresolved, so not drawn: Nowhere; Ash")


def test_the_map_says_in_words_what_it_shows(opened: Opener) -> None:
    page = opened(valley(), towns=towns).page
    expect(page.get_by_role("group", name="Map of the places in the report")).to_be_visible()
    expect(page.get_by_role("link", name="Ostrel, settlement, named 3 times, 2 happenings here")).to_be_visible()
    expect(page.get_by_role("table", name="The places")).to_be_visible()
    expect(page.get_by_role("table", name="The times")).to_be_visible()


def test_without_script_every_dot_leads_to_its_row(opened: Opener) -> None:
    page = opened(valley(), java_script_enabled=False).page
    page.locator(".site .target").last.click()
    assert "#p" in page.url


def test_on_paper_the_map_and_the_happenings_are_there(opened: Opener) -> None:
    page = opened(valley(), towns=towns, viewport={"width": 700, "height": 990}).page
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".map")).to_be_visible()
    assert page.locator(".account:visible").count() == 6
    assert page.evaluate(FAINT_WORDS) == []
    assert page.pdf().startswith(b"%PDF")
