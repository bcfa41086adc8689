from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sayso.vocabulary import Reading, Report, report_id
from tests.page.conftest import Opener
from tests.page.readings import attacked, right_to_left
from tests.share.examples import READER, harbour
from tests.share.hostile import PAYLOADS

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}
SCHEMES = ("light", "dark")

# Contrast by WCAG 2: of every element with words of its own, against the nearest backgrounds behind it.
FAINT_WORDS = """() => {
  const parse = (css) => { const v = css.match(/[\\d.]+/g).map(Number); return [...v, 1].slice(0, 4); };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const colour = parse(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 ? colour.slice(0, 3) : over(colour, behind(element.parentElement));
  };
  const faint = [];
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || ["SCRIPT", "title", "desc"].includes(element.tagName) || !element.checkVisibility()) continue;
    const ground = behind(element);
    const style = getComputedStyle(element);
    const ink = element.ownerSVGElement ? style.fill : style.color;
    const [a, b] = [light(over(parse(ink), ground)), light(ground)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${element.tagName} ${element.textContent}`);
  }
  return faint;
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_words_can_be_read_in_both_schemes_whatever_is_selected(opened: Opener, scheme: str) -> None:
    it = opened(harbour(), color_scheme=scheme)
    paper = it.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(251, 249, 245)") is (scheme == "light")
    assert it.page.evaluate(FAINT_WORDS) == []
    for _ in range(10):
        it.page.keyboard.press("j")
        assert it.page.evaluate(FAINT_WORDS) == []
    it.page.keyboard.press("Escape")
    it.page.locator(".who").first.click()
    assert it.page.evaluate(FAINT_WORDS) == []


def test_hovering_shows_the_innermost_statement_and_leaving_hides_it(opened: Opener) -> None:
    page = opened(harbour()).page
    card = page.locator("#card")
    expect(card).to_be_hidden()
    page.get_by_text("are going to open the").first.hover()
    expect(card).to_contain_text("Salt Watch centre says")
    expect(card.locator(".chain")).to_have_text(
        "The Vell Lantern ← Orla Brandt ← Salt Watch centre ← unnamed: “received information”"
    )
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_the_card_holds_all_there_is_on_a_statement(opened: Opener) -> None:
    page = opened(harbour(), anchor="#n3").page
    facts = page.locator("#card .facts > div")
    assert facts.all_inner_texts() == [
        "Form\nin the report's words",
        "Certainty\nstated",
        "Time\nabout the future",
        "Inside\n2 Orla Brandt",
        "Holds\n4 Reed Guard",
        "Reader’s score\n0.77",
    ]
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert "hedged: “reportedly”" in page.locator("#card").inner_text()
    assert "“so-called” on Reed Guard – the outlet's words" in page.locator("#card").inner_text()


def test_clicking_keeps_the_card_and_clicking_again_goes_one_statement_outwards(opened: Opener) -> None:
    page = opened(harbour()).page
    words = page.get_by_text("the harbour office for it").first
    for speaker in (
        "Reed Guard accuses",
        "Salt Watch centre says",
        "Orla Brandt warns",
        "Reed Guard accuses",
    ):
        words.click(position={"x": 60, "y": 8})
        expect(page.locator("#card h3")).to_contain_text(speaker)
    page.mouse.move(5, 5)
    expect(page.locator("#card")).to_be_visible()
    page.locator("#card .close").click()
    expect(page.locator("#card")).to_be_hidden()


def test_selecting_lights_every_piece_and_the_source_and_nothing_else(opened: Opener) -> None:
    page = opened(harbour(), anchor="#n7").page
    assert page.locator(".lit").all_inner_texts() == [
        "7We keep the reeds,",
        "spokesman Ivo Lenz",
        "said",
        "and nothing else.",
    ]


def test_nested_and_overlapping_statements_are_marked_on_the_same_words(opened: Opener) -> None:
    page = opened(harbour()).page
    assert page.get_by_text("the harbour office for it").first.get_attribute("data-s") == "c4 c3 c2"
    crews = page.locator("#text").get_by_text("Reed Guard crews").first
    assert crews.get_attribute("data-s") == "c3 c2 s4"
    depth = [page.locator(f".d{n}").first.evaluate("it => getComputedStyle(it).borderBottomStyle") for n in (1, 2, 3)]
    assert depth == ["none", "solid", "double"]


def test_the_keyboard_goes_through_the_statements(opened: Opener) -> None:
    page = opened(harbour()).page
    card = page.locator("#card")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#r1")).to_be_focused()
    expect(card).to_contain_text("asserts")
    page.keyboard.press("j")
    expect(page.locator("#r2")).to_be_focused()
    expect(card).to_contain_text("Orla Brandt warns")
    assert page.locator("#r2").evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("#r3")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.locator("#r1")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#r1")).to_be_focused()


def test_choosing_a_speaker_lights_and_lists_theirs_alone(opened: Opener) -> None:
    page = opened(harbour()).page
    brandt = page.get_by_role("button", name="Orla Brandt")
    brandt.click()
    expect(brandt).to_have_attribute("aria-pressed", "true")
    assert [note.get_attribute("id") for note in page.locator(".note:visible").all()] == ["n2", "n5", "n9"]
    assert "two boats" in " ".join(page.locator(".lit").all_inner_texts())
    expect(page.locator("#filter")).to_have_text("Only those of Orla Brandt.")
    page.keyboard.press("Escape")
    expect(brandt).to_have_attribute("aria-pressed", "false")
    assert page.locator(".note:visible").count() == 10


def test_speakers_are_listed_with_roles_names_labels_and_counts(opened: Opener) -> None:
    page = opened(harbour()).page
    entries = page.locator("#speakers li").all_inner_texts()
    assert "Orla Brandt" in entries[0]
    assert "deputy head of the has warned harbour office" in entries[0]
    assert "also Brandt" in entries[0]
    assert "labelled “so-called”, the outlet's words" in entries[1]
    assert [page.locator(".who .count").nth(n).inner_text() for n in range(6)] == [
        "3",
        "2",
        "1",
        "1",
        "1",
        "2",
    ]
    assert "labelled “lower”, words of Orla Brandt, statement 2" in page.locator(".silent").inner_text()


def test_the_summary_and_the_warnings_stand_on_top(opened: Opener) -> None:
    page = opened(harbour()).page
    assert page.locator(".summary .count").all_inner_texts() == ["10", "5", "2", "3", "4"]
    assert page.locator(".which a").all_inner_texts() == ["1", "2", "3", "8"]
    expect(page.locator(".flags")).to_contain_text("text repaired")
    page.locator(".which a").last.click()
    expect(page.locator("#card h3")).to_contain_text("unknown (“Others in the town”) believes")
    expect(page.locator("#r8")).to_be_focused()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_on_a_phone_a_tap_opens_the_card_and_nothing_scrolls_sideways(opened: Opener, scheme: str) -> None:
    page = opened(harbour(), color_scheme=scheme, **PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    words = page.get_by_text("two boats had been sunk").first
    words.tap()
    card = page.locator("#card")
    expect(card).to_contain_text("Orla Brandt says")
    expect(card).to_contain_text("(by rule: pronoun)")
    above, below = words.bounding_box(), card.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]  # the card does not hide what was tapped
    assert below["y"] + below["height"] == pytest.approx(740, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    page.locator("#card .close").tap()
    expect(card).to_be_hidden()


@pytest.mark.parametrize("device", [{}, PHONE])
def test_hostile_words_do_nothing_and_fit_the_page(opened: Opener, device: dict[str, object]) -> None:
    page = opened(attacked(PAYLOADS), **device).page
    assert page.title().endswith("who says what")
    assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")
    for _ in range(3):
        page.keyboard.press("j")
    page.locator(".who").first.click()
    assert page.evaluate("document.querySelectorAll('img, svg, iframe, form, base, body script').length") == 1


def test_right_to_left_text_runs_right_to_left_and_its_neighbours_do_not(opened: Opener) -> None:
    page = opened(right_to_left()).page
    directions = page.eval_on_selector_all("#text p", "all => all.map((it) => getComputedStyle(it).direction)")
    assert directions == ["rtl", "ltr", "ltr"]
    source, content = (page.locator(f'[data-s~="{mark}"]').first.bounding_box() for mark in ("s1", "c1"))
    assert source
    assert content
    assert source["x"] > content["x"] or source["y"] < content["y"]
    page.locator('[data-s~="c1"]').last.click()
    expect(page.locator("#card .chain")).to_have_text("صوت الوادي ← ريمون ← unnamed: “معلومات”")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_all_is_readable_without_script(opened: Opener) -> None:
    page = opened(harbour(), java_script_enabled=False).page
    expect(page.locator("#text")).to_contain_text("two boats had been sunk")
    expect(page.locator("#n3 .chain")).to_be_visible()
    page.locator("#r3").click()
    assert page.url.endswith("#n3")


def test_on_paper_everything_is_there(opened: Opener) -> None:
    page = opened(harbour(), anchor="#n3", viewport={"width": 700, "height": 990}).page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("#card")).to_be_hidden()
    assert page.locator(".note:visible").count() == 10
    expect(page.locator(".places").first).to_have_text("Statements 2, 5, 9")
    assert page.evaluate(FAINT_WORDS) == []
    assert page.pdf().startswith(b"%PDF")


def test_a_report_without_statements_has_a_page(opened: Opener) -> None:
    page = opened(Reading(Report(report_id("Nothing."), "Nothing."), READER)).page
    expect(page.locator("h1")).to_have_text("A report without a title")
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
