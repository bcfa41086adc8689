"""Lists, searches and exports are the same over both databases."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sayso.ledger import Ledger
from sayso.share.exports.forms import Format
from sayso.share.exports.registry import WRITTEN
from sayso.vocabulary import Published
from tests.ledger.stories import reading
from tests.web.api.conftest import client_of, pages_of

_DAYS = (None, "2021-05-01", "2021-05-02", "2021-05", "2022-01-03", "2021-05-02", None)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    for number, day in enumerate(_DAYS):
        found = reading(number)
        when = Published(day, "given") if day else None
        ledger.add_readings([replace(found, report=replace(found.report, published=when))])
    return ledger


def test_lists_stand_in_the_same_order(filled: Ledger) -> None:
    client = client_of(filled)
    for kind in ("reports", "statements", "statements?words=sluice", "statements?actor=ada+quill", "search?q=sluice"):
        mark = "&" if "?" in kind else "?"
        whole = client.get(f"{kind}{mark}limit=50").json()["items"]
        assert len(whole) == len(_DAYS)
        pages = pages_of(client, f"{kind}{mark}limit=2")
        assert [it for page in pages for it in page["items"]] == whole
    listed = client.get("statements?limit=50").json()["items"]
    days = [it["report"]["published"] and it["report"]["published"]["value"] for it in listed]
    assert days == ["2022-01-03", "2021-05-02", "2021-05-02", "2021-05-01", "2021-05", None, None]


def test_every_export_is_whole(filled: Ledger) -> None:
    client = client_of(filled)
    for form, written in WRITTEN.items():
        for kind in written.drops:
            found = client.get(f"export/{kind}?format={form}")
            assert found.status_code == 200, found.text
            if form is Format.JSON_LINES:
                assert json.loads(found.text.splitlines()[-1])["schema"] == "sayso/end/1"
    assert len(client.get("export/statements?words=sluice").text.splitlines()) == len(_DAYS) + 1


def test_words_that_a_database_cannot_hold_are_only_words(filled: Ledger) -> None:
    client = client_of(filled)
    for words in ("\x00", "a\x00b", "'", "\\", '"', "a:*", "!a & b | c", "%", "\ufffe", "🚢", "-a"):
        for name in ("q", "outlet", "actor", "place", "language"):
            asked = {"q": "a"} | {name: words}
            assert client.get("search", params=asked).status_code == 200, asked
        assert client.get("statements", params={"words": words, "actor": words}).status_code == 200
        assert client.get("trace", params={"q": f"dam {words}"}).status_code == 200
        assert client.get("actors", params={"name": words}).status_code == 200
        assert client.get(f"reports/{words.encode().hex()}").status_code == 404
        assert client.get("reports/" + "".join(f"%{byte:02x}" for byte in words.encode())).status_code == 404
