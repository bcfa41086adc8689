"""Review in the browser: deciding, correcting, taking back, by keys and without any script; and the same over HTTP."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sayso.review import Choice, State, Verdict, decide, history, review
from sayso.vocabulary import ReaderVersion, ReportId
from sayso.web import repeated
from tests.web.conftest import Visitor
from tests.web.serving import Parsed, Served

HOSTILE = '"><img src=x onerror="window.hit=1"><script>window.hit=1</script>\u202egnp.exe'
NAMED = {"Cookie": "reviewer=R.%20Meer"}


def report_of(desk: Served, title: str = "The Maine blown up") -> ReportId:
    return next(it.id for it in desk.ledger.reports() if it.title == title)


def naming(page: Page, name: str = "R. Meer") -> None:
    page.locator("#f-who").fill(name)
    page.get_by_role("button", name="That is me").click()
    expect(page.get_by_text("You decide as").first).to_be_visible()


def test_the_queue_is_worked_through_by_keys(own_desk: Served, visit: Visitor) -> None:
    page = visit(own_desk, "/review?kind=statement")
    expect(page.get_by_role("button", name="Accept").first).to_be_hidden()
    naming(page)
    expect(page.get_by_text("You decide as R. Meer.")).to_be_visible()
    rows = page.locator("[data-item]")
    first, waiting = rows.first.get_attribute("id") or "", rows.count()
    page.keyboard.press("j")
    expect(rows.first).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(".just")).to_contain_text("Accepted")
    expect(page.locator(f"[id='{first}']")).to_have_count(0)
    expect(rows.first).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator(".just")).to_contain_text("Taken back")
    expect(page.locator(f"[id='{first}']")).to_have_count(1)
    assert rows.count() == waiting
    page.keyboard.press("j")
    page.keyboard.press("u")
    expect(page.locator(".state.unsure").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_url("**/review/i-*")


def test_several_are_decided_together_and_one_of_them_taken_back(own_desk: Served, visit: Visitor) -> None:
    report = report_of(own_desk)
    page = visit(own_desk, f"/reports/{report}/review?kind=statement")
    naming(page)
    page.locator("[data-item]").nth(0).focus()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator("#why").fill("as quoted")
    page.keyboard.press("Enter")  # decides nothing: no button was pressed
    page.locator(".together").get_by_role("button", name="Reject").click()
    expect(page.locator(".judged .state.rejected")).to_have_count(2)
    page.locator(".judged").nth(0).get_by_role("button", name="Undo: rejected").click()
    expect(page.locator(".judged .state.rejected")).to_have_count(1)
    made = history(own_desk.ledger, report)
    assert [it.verdict for it in made] == [Verdict.REJECTED, Verdict.REJECTED, Verdict.UNDONE]
    assert {it.why for it in made[:2]} == {"as quoted"}
    assert made[0].bulk == made[1].bulk != ""
    page.locator(".just").get_by_role("button", name="Undo").click()  # of the undoing
    expect(page.locator(".judged .state.rejected")).to_have_count(2)


def test_words_are_selected_for_a_correction(own_desk: Served, visit: Visitor) -> None:
    report = report_of(own_desk)
    text = own_desk.ledger.report(report).text
    item = next(it.item for it in review(own_desk.ledger, report).items if it.item.kind == "statement")
    page = visit(own_desk, f"/reports/{report}/review/{item.id}")
    naming(page)
    page.evaluate(
        """() => {
            const pieces = [...document.querySelectorAll("#words [data-at]")];
            const piece = pieces.find((it) => it.textContent.includes("sailors"));
            const node = piece.firstChild;
            const at = node.data.indexOf("sailors");
            getSelection().setBaseAndExtent(node, at, node, at + "sailors".length);
        }"""
    )
    page.locator("[data-take='f-source']").click()
    start = text.index("sailors")
    expect(page.locator("#f-source")).to_have_value(f"{start}:{start + len('sailors')}")
    page.get_by_label("Stance").select_option("denies")
    page.locator("#f-speaker").fill("Anselmo Rey")
    page.locator("#why-correct").fill("he denies it")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator(".state.corrected").first).to_be_visible()
    expect(page.locator(".decisions").first).to_contain_text("stance: claims → denies")
    found = next(it for it in review(own_desk.ledger, report).items if it.item == item)
    assert found.state is State.CORRECTED
    assert found.decisions[0].after["source"] == [[start, start + len("sailors")]]
    at = text.index("Anselmo Rey")
    assert found.decisions[0].after.get("speaker", {"spans": [[at, at + 11]]})["spans"] == [[at, at + 11]]


def test_offsets_of_a_selection_are_code_points(own_desk: Served, visit: Visitor) -> None:
    said = "\U0001f6a2\U0001f6a2 “The \u202equay\u202c is dry,” harbour master Orla Brandt said on Monday at Vell."
    location = own_desk.post("/keep", {"text": said, "title": "The quay"}).headers["location"]
    report = ReportId(location.rpartition("/")[2])
    text = own_desk.ledger.report(report).text
    item = next(it.item for it in review(own_desk.ledger, report).items if it.item.kind == "statement")
    page = visit(own_desk, f"/reports/{report}/review/{item.id}")
    naming(page)
    page.evaluate(
        """() => {
            const pieces = [...document.querySelectorAll("#words [data-at]")];
            const last = pieces[pieces.length - 1].firstChild;
            const first = pieces.find((it) => it.textContent.includes("quay")).firstChild;
            getSelection().setBaseAndExtent(first, first.data.indexOf("quay"), last, last.data.length);
        }"""
    )
    page.locator("[data-take='f-content']").click()
    expect(page.locator("#f-content")).to_have_value(f"{text.index('quay')}:{len(text)}")


@pytest.mark.parametrize("scripted", [True, False])
def test_statements_are_merged_and_split_without_any_script(
    own_desk: Served, visit: Visitor, *, scripted: bool
) -> None:
    report = report_of(own_desk)
    one, other = [it.item for it in review(own_desk.ledger, report).items if it.item.kind == "statement"][:2]
    page = visit(own_desk, f"/reports/{report}/review/{one.id}", java_script_enabled=scripted)
    naming(page)
    page.locator("summary", has_text="Merge").click()
    page.get_by_label("What it is one with").select_option(other.id)
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".state.merged").first).to_be_visible()
    page.locator("summary", has_text="Split").click()
    words = own_desk.ledger.report(report).text
    spans = [(span.start, span.end) for span in one.passages[0]]
    middle = words.index(" ", (spans[0][0] + spans[0][1]) // 2)
    page.locator("#f-parts").fill(f"{spans[0][0]}:{middle}\n{middle + 1}:{spans[0][1]}")
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.locator(".state.split").first).to_be_visible()
    assert [it.verdict for it in history(own_desk.ledger, report)] == [Verdict.MERGED, Verdict.SPLIT]


def test_the_page_of_a_report_tells_who_decided_what_and_who_differs(own_desk: Served, visit: Visitor) -> None:
    report = report_of(own_desk)
    shown = Parsed(own_desk.get(f"/reports/{report}").text).said
    assert "undecided: as a machine read it" in shown
    assert " accepted " not in shown
    item = review(own_desk.ledger, report).items[0].item
    decide(own_desk.ledger, [Choice(report, item.id, Verdict.ACCEPTED)], "A. One")
    decide(own_desk.ledger, [Choice(report, item.id, Verdict.REJECTED, "not in the text")], "B. Two")
    page = visit(own_desk, f"/reports/{report}")
    naming(page)
    row = page.locator(f"#w-{item.id}")
    expect(row.locator(".state")).to_have_text("contested: people differ")
    expect(row).to_contain_text("accepted by A. One")
    expect(row).to_contain_text("not in the text")
    row.get_by_label("in view of what others decided").check()
    row.get_by_role("button", name="Accept:").click()
    expect(row.locator(".state")).to_have_text("accepted")
    expect(row).to_be_focused()
    page.keyboard.press("j")  # goes on in the review, and not in the text
    expect(page.locator("#card")).to_be_hidden()


def test_a_decision_that_fits_nothing_is_shown_as_orphaned(own_desk: Served) -> None:
    report = report_of(own_desk)
    item = next(it.item for it in review(own_desk.ledger, report).items if it.item.kind == "statement")
    decide(own_desk.ledger, [Choice(report, item.id, Verdict.ACCEPTED)], "A. One")
    newer = replace(
        own_desk.ledger.reading(report), reader=ReaderVersion("another", "9", "x"), statements=(), incidents=(),
        forecasts=(), tallies=(),
    )  # fmt: skip
    own_desk.ledger.add_readings([newer])
    for path in (f"/reports/{report}", f"/reports/{report}/review"):
        said = Parsed(own_desk.get(path).text).said
        if path.endswith("review"):
            assert "orphaned: fits nothing that is read now" in said
            assert "accepted by A. One" in said


def test_pairs_stand_side_by_side_and_are_decided(own_desk: Served, visit: Visitor) -> None:
    page = visit(own_desk, "/review?pairs=match")
    naming(page)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".just")).to_contain_text("Accepted")
    page.goto(own_desk.origin + "/review?pairs=claim")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review")


def test_reasons_and_names_are_words_and_nothing_else(own_desk: Served, visit: Visitor) -> None:
    report = report_of(own_desk)
    page = visit(own_desk, f"/reports/{report}/review")
    naming(page, HOSTILE)
    page.locator("#why").fill(HOSTILE)
    page.locator("[data-item]").first.get_by_role("button", name="Unsure").click()
    expect(page.locator(".decisions q").first).to_contain_text("<script>window.hit=1</script>")
    for path in (f"/reports/{report}", "/review?mine=yes", "/review"):
        page.goto(own_desk.origin + path)
        expect(page.locator("main")).to_be_visible()


def test_what_is_sent_twice_is_decided_once(own_desk: Served) -> None:
    report = report_of(own_desk)
    item = review(own_desk.ledger, report).items[0].item
    form = {"accept": f"{report}/{item.id}", "why": "as quoted", "to": "/review"}
    first = own_desk.post("/review/decide", form, NAMED)
    again = own_desk.post("/review/decide", form, NAMED)
    assert first.status == again.status == 303
    assert first.headers["location"] == again.headers["location"]
    assert len(history(own_desk.ledger, report)) == 1
    choice = Choice(report, item.id, Verdict.ACCEPTED, "for another reason")
    repeated.decide_once(own_desk.ledger, [choice], "R. Meer")
    assert len(history(own_desk.ledger, report)) == 2


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({}, 400, "Nothing was ticked"),
        ({"accept": "r-1/s1"}, 409, "there is no such report"),
        ({"accept": "nonsense"}, 400, "names no item"),
        ({"together": "shout", "item": "r-1/s1"}, 400, "no verdict"),
        ({"accept": "r-1/s1 finding f-1"}, 409, "there is no such report"),
    ],
)
def test_what_cannot_be_decided_is_told_with_a_cure(desk: Served, form: dict[str, str], status: int, said: str) -> None:
    answer = desk.post("/review/decide", form, NAMED)
    assert answer.status == status
    assert said in Parsed(answer.text).said


def test_nothing_is_decided_by_nobody_nor_from_another_page(desk: Served) -> None:
    for path in ("/review/decide", "/review/undo"):
        assert "not known who decides" in desk.post(path, {"accept": "r-1/s1"}).text
        assert desk.post(path, {"accept": "r-1/s1"}, NAMED | {"Sec-Fetch-Site": "cross-site"}).status == 403
    assert desk.post("/review/name", {"who": ""}).status == 400
    assert desk.post("/review/name", {"who": "x" * 201}).status == 400


@pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example", "/\\evil.example", "/a\nb", "x"])
def test_nobody_is_sent_elsewhere(desk: Served, to: str) -> None:
    answer = desk.post("/review/name", {"who": "R. Meer", "to": to})
    assert answer.headers["location"] == "/review"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]


def asked(desk: Served, method: str, path: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    answer = desk.ask(method, f"/api/v1{path}", {"Content-Type": "application/json"} if data else {}, data)
    return json.loads(answer.text)


def test_the_api_gives_what_to_review_and_takes_it_back_with_a_verdict(own_desk: Served) -> None:
    lines = asked(own_desk, "GET", "/review/next?limit=3")["items"]
    chosen = [it | {"verdict": "accept", "why": "as quoted"} for it in lines]
    made = asked(own_desk, "POST", "/review/decisions", {"who": "R. Meer", "decisions": chosen})["items"]
    assert [it["verdict"] for it in made] == ["accepted"] * 3
    assert asked(own_desk, "POST", "/review/decisions", {"who": "R. Meer", "decisions": chosen})["items"] == made
    report = asked(own_desk, "GET", f"/review/{lines[0]['report']}")
    assert "accepted" in {it["state"] for it in report["items"]}
    undone = asked(own_desk, "POST", "/review/undo", {"who": "R. Meer", "decisions": [made[0]["bulk"]]})["items"]
    assert {it["undoes"] for it in undone} == {it["decision"] for it in made}
    assert asked(own_desk, "GET", "/review/agreement")["items"] == []
    refused = asked(own_desk, "POST", "/review/decisions", {"who": "R. Meer", "decisions": [{"report": "r-1"}]})
    assert refused["items"][0]["error"]["code"] == "not_taken"
    nobody = asked(own_desk, "POST", "/review/decisions", {"decisions": chosen})
    assert nobody["error"]["place"] == "body.who"


def test_the_api_counts_in_utf_16_where_it_is_asked_to(own_desk: Served) -> None:
    said = "\U0001f6a2\U0001f6a2 “The quay is dry,” harbour master Orla Brandt said on Monday at Vell."
    report = own_desk.post("/keep", {"text": said}).headers["location"].rpartition("/")[2]
    plain, wide = (
        asked(own_desk, "GET", f"/review/{report}?offsets={it}")["items"] for it in ("code-points", "utf-16")
    )
    first, other = plain[0]["spans"][0][0], wide[0]["spans"][0][0]
    assert other == [len(said[:it].encode("utf-16-le")) // 2 for it in first] != first
    change = {"report": report, "item": plain[0]["item"], "verdict": "correct", "after": {"content": [other]}}
    narrower = change | {"after": {"content": [[other[0], other[1] - 1]]}}
    made = asked(own_desk, "POST", "/review/decisions?offsets=utf-16", {"who": "R", "decisions": [narrower]})["items"][
        0
    ]
    assert made["after"]["content"] == [[other[0], other[1] - 1]]
    stored = history(own_desk.ledger, ReportId(report))[0]
    assert stored.after["content"] == [[first[0], first[1] - 1]]
