"""Feeds, OPML and sitemaps."""

import json
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from sayso.errors import BrokenFeed, EmptyInput, FetchFailed, GatherError, Refused, TooLarge
from sayso.gather import Limits, captures
from sayso.gather.feeds import feed as feed_module
from sayso.gather.received import Received, here
from sayso.vocabulary import Capture, Published, Report

from .archives import ATOM, JSON_FEED, OPML, RSS, SITEMAP
from .samples import PARAGRAPHS, TEXT, page
from .sites import answer, site, visitor

FEED = Received("https://norrvik.example/feed", "2022-08-20T00:00:00Z", address="https://norrvik.example/feed")


def items(data: str | bytes, limits: Limits | None = None, received: Received = FEED) -> list[Capture | GatherError]:
    raw = data if isinstance(data, bytes) else data.encode()
    return list(feed_module.captures_in(raw, received, limits or Limits()))


def reports(found: Iterable[Capture | GatherError]) -> list[Report]:
    return [item.report for item in found if isinstance(item, Capture)]


def errors(found: Iterable[Capture | GatherError]) -> list[GatherError]:
    return [item for item in found if isinstance(item, GatherError)]


def test_an_rss_item_is_a_report_that_says_it_is_only_that() -> None:
    found = items(RSS)
    first, second, third = reports(found)
    assert errors(found) == []
    assert first.text == f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[2]}"
    assert first == Report(
        id=first.id,
        text=first.text,
        title="Pier & ferries",
        outlet="Norrvik Post",
        author="Ada Lindqvar",
        published=Published("2022-08-19T13:05:00+03:00", "feed pubDate", "+0300"),
        url="https://norrvik.example/pier",
        language="en",
        flags=("feed item only: read from the feed, not from the page it links to",),
        origin="https://norrvik.example/feed#1",
    )
    assert first.id == "tag:norrvik.example,2022:pier"
    assert second.text == "The dockers warned."
    assert second.url == "https://norrvik.example/strike"
    assert second.id == "https://norrvik.example/strike#7"
    assert second.flags[0] == "feed item only: a summary; the page it links to says more"
    assert 'date dropped: "some day" (feed pubDate)' in second.flags[1]
    assert third.text == third.title == "The ferries follow in autumn"
    assert third.flags == ("feed item only: the feed gives no more than this title",)


def test_an_item_s_bytes_are_its_own_element() -> None:
    first = items(RSS)[0]
    assert isinstance(first, Capture)
    assert first.data.startswith(b"<item")
    assert first.data.endswith(b"</item>")
    assert b"Fri, 19 Aug 2022 13:05:00 +0300" in first.data


def test_an_atom_entry_is_a_report() -> None:
    first, second = reports(items(ATOM))
    assert first.text == f"{PARAGRAPHS[0]}\n\nIt is 5 < 7."
    assert (first.title, first.author, first.outlet) == ("Pier opens", "Ada Lindqvar", "Norrvik Post")
    assert first.url == "https://norrvik.example/pier"
    assert first.id == "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a"
    assert first.published == Published("2022-08-19T13:05:00+03:00", "feed published", "+03:00")
    assert second.published == Published("2022-08-20T00:00:00+00:00", "feed updated", "Z")
    assert second.text == "The dockers warned."


def test_a_json_feed_item_is_a_report() -> None:
    first, second = reports(items(JSON_FEED))
    assert (first.text, first.author, first.outlet) == (PARAGRAPHS[0], "Ada Lindqvar", "Norrvik Post")
    assert first.published == Published("2022-08-19T13:05:00+03:00", "feed date_published", "+03:00")
    assert second.text == TEXT.strip()


def test_rss_1_0_and_old_doctypes_are_read() -> None:
    rdf = (
        '<?xml version="1.0" encoding="iso-8859-1"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>'
        'Norrvik</title></channel><item rdf:about="https://norrvik.example/pier"><title>Café</title><link>'
        "https://norrvik.example/pier</link><dc:date>2022-08-19</dc:date></item></rdf:RDF>"
    )
    (one,) = reports(items(rdf.encode("latin-1")))
    assert (one.title, one.outlet, one.id) == ("Café", "Norrvik", "https://norrvik.example/pier")
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    )
    assert len(reports(items(RSS.replace("<rss", f"{doctype}<rss", 1)))) == 3


def test_a_feed_that_is_not_well_formed_gives_what_can_be_read_and_an_error() -> None:
    for broken in (
        RSS[:-400],
        RSS.replace("<title>Strike</title>", "<title>Strike & more</title>"),
        RSS[: len(RSS) // 2],
    ):
        found = items(broken)
        assert [type(error) for error in errors(found)] == [BrokenFeed]
        assert "items may be lost" in str(errors(found)[0])
        assert reports(found)


def test_a_feed_over_the_limit_gives_its_first_items_and_says_how_many_are_left() -> None:
    many = RSS.replace("</channel>", "<item><title>More</title></item>" * 2_100 + "</channel>")
    found = items(many)
    assert len(reports(found)) == 2_000
    (error,) = errors(found)
    assert isinstance(error, TooLarge)
    assert "103 items more" in str(error)
    assert [type(error) for error in items(RSS, Limits(feed_bytes=1_000))] == [TooLarge]


def test_an_empty_feed_is_an_error() -> None:
    assert [type(item) for item in items("<rss><channel><title>Norrvik</title></channel></rss>")] == [EmptyInput]


SECRET = "the harbour master's password"


XINCLUDE = "http://www.w3.org/2001/XInclude"


def rss(title: str) -> str:
    return f"<rss><channel><item><title>{title}</title></item></channel></rss>"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


def test_xml_attacks_neither_grow_nor_reach_out(secret: Path) -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with site({"/x.dtd": answer('<!ENTITY x "y">')}) as made:
        remote = made.url("/x.dtd", "127.0.0.1")
        attacks = {
            "entity bomb": f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lol}]>{rss("&l9;")}',
            "external entity": f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>{rss("a&x;")}',
            "external DTD": f'<!DOCTYPE rss SYSTEM "{remote}">{rss("a&x;")}',
            "parameter entity": f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "{remote}"> %x;]>{rss("a")}',
            "inclusion": rss(f'a<x:include xmlns:x="{XINCLUDE}" parse="text" href="file://{secret}"/>'),
            "long text": rss("b" * 9_900_000),
            "deep": "<rss><channel>" + "<a>" * 100_000,
            "style sheet": f'<?xml-stylesheet href="{remote}"?>{rss("a")}',
        }
        for name, attack in attacks.items():
            start = time.monotonic()
            found = items(attack)
            assert time.monotonic() - start < 30, name
            assert found, name
            assert all(len(report.text) < 10_000_000 and SECRET not in report.text for report in reports(found)), name
            if "entity" in name:
                assert [type(error) for error in errors(found)] == [BrokenFeed], name
        assert made.requests == []


def test_json_attacks_end_in_errors_or_whole_reports() -> None:
    feed = json.loads(JSON_FEED)
    start = '{"version": "https://jsonfeed.org/version/1.1", "items": '
    attacks = [
        start + "[" * 100_000,
        start + "1" * 5_000_000 + "}",
        start + '[{"content_text": "a", "content_text": "b"}]}',
        start + '[{"content_text": NaN}]}',
        start + '[{"content_text": "a \\ud800 b", "id": "\\udfff"}]}',
        start + '[7, null, "a"]}',
        start + "{}}",
        json.dumps({**feed, "items": [{"id": {}, "url": [], "content_html": 7, "authors": 8}]}),
        JSON_FEED[:-30],
    ]
    for attack in attacks:
        found = items(attack)
        assert found
        for report in reports(found):
            assert report.text.encode()


def test_script_and_pictures_leave_no_trace() -> None:
    text = reports(items(RSS))[0].text
    assert "alert" not in text
    assert "track.example" not in text


def test_an_opml_file_is_followed_through_the_guard(tmp_path: Path) -> None:
    with site() as made:
        made.pages = {"/first": answer(RSS), "/second": answer(status="404 Not Found")}
        (tmp_path / "feeds.opml").write_text(OPML.format(first=made.url("/first"), second=made.url("/second")))
        found = list(captures([tmp_path / "feeds.opml"], visitor=visitor(made)))
        assert made.asked() == ["/first", "/second"]
    assert len(reports(found)) == 3
    assert [type(error) for error in errors(found)] == [FetchFailed]


def test_a_news_sitemap_leads_to_pages_and_says_what_they_leave_out() -> None:
    with site() as made:
        index = f"<sitemapindex><sitemap><loc>{made.url('/news.xml')}</loc></sitemap></sitemapindex>"
        made.pages = {
            "/index.xml": answer(index, Content_Type="application/xml"),
            "/news.xml": answer(SITEMAP.format(page=made.url("/pier")), Content_Type="text/xml"),
            "/pier": answer(page(), Content_Type="text/html"),
        }
        (one,) = captures([made.url("/index.xml")], visitor=visitor(made))
    assert isinstance(one, Capture)
    assert one.report.outlet == "Norrvik Post"
    assert one.report.published == Published("2022-08-19T13:05+03:00", "news sitemap", "+03:00")


def test_sitemaps_that_list_each_other_come_to_an_end() -> None:
    with site() as made:
        index = f"<sitemapindex><sitemap><loc>{made.url('/a.xml')}</loc></sitemap></sitemapindex>"
        made.pages = {"/a.xml": answer(index, Content_Type="text/xml")}
        found = list(captures([made.url("/a.xml")], visitor=visitor(made)))
    assert [type(item) for item in found] == [BrokenFeed]


def test_a_list_cannot_lead_inside(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(OPML.format(first="http://127.0.0.1/", second="file:///etc/passwd"))
    assert [type(item) for item in captures([tmp_path / "feeds.opml"])] == [Refused, Refused]


def test_a_local_feed_has_links_as_they_stand() -> None:
    assert [report.url for report in reports(items(RSS, received=here("a.rss")))] == [
        "https://norrvik.example/pier",
        "/strike",
        None,
    ]
