import time

import pytest

from sayso.errors import EmptyInput, GatherError, TooLarge
from sayso.gather import Kind, Limits, gather_bytes
from sayso.vocabulary import Published, Report

from .samples import PARAGRAPHS, SENTENCE, page

OPEN = "<!DOCTYPE html><html><body>"


def read(html: str | bytes, limits: Limits | None = None) -> Report:
    data = html if isinstance(html, bytes) else html.encode()
    return gather_bytes(data, "pier.html", Kind.HTML, limits or Limits())


def test_a_page_becomes_its_article_one_blank_line_between_paragraphs() -> None:
    report = read(page())
    assert report.text.split("\n\n")[-3:] == list(PARAGRAPHS)
    assert "Sport" not in report.text
    assert "all rights" not in report.text
    assert report.language == "en"
    assert report.flags == ()
    assert report.origin == "pier.html"


def test_title_outlet_author_and_address_are_read() -> None:
    report = read(
        page(
            '<meta property="og:site_name" content="Norrvik Post"><meta name="author" content="Ada Lindqvar">'
            '<link rel="canonical" href="https://norrvik.example/pier">'
        )
    )
    assert report.title == "Pier opens in spring"
    assert report.outlet == "Norrvik Post"
    assert report.author == "Ada Lindqvar"
    assert report.url == "https://norrvik.example/pier"


JSON_LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (
            '<meta property="article:published_time" content="2022-08-19T13:05:00+03:00">'
            + JSON_LD.format('{"datePublished": "2021-01-01"}'),
            "",
            Published("2022-08-19T13:05:00+03:00", "metadata article:published_time", "+03:00"),
        ),
        (
            JSON_LD.format(
                '{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"},'
                ' {"@type": "NewsArticle", "datePublished": "2022-08-19T10:05Z"}]}'
            ),
            "",
            Published("2022-08-19T10:05+00:00", "metadata JSON-LD datePublished", "Z"),
        ),
        (
            '<meta name="pubdate" content="Fri, 19 Aug 2022 13:05:00 GMT">',
            "",
            Published("2022-08-19T13:05:00+00:00", "metadata pubdate", "GMT"),
        ),
        (
            "",
            '<time datetime="2022-08-19T13:05">Friday</time><time datetime="2020-01-01">old</time>',
            Published("2022-08-19T13:05", "metadata <time datetime>"),
        ),
        (
            '<link rel="canonical" href="https://norrvik.example/2022/08/19/pier">',
            "",
            Published("2022-08-19", "metadata as found by trafilatura"),
        ),
        ("", "", None),
    ],
    ids=["meta", "json-ld", "rfc", "time", "address", "none"],
)
def test_the_date_comes_with_its_basis_and_zone_as_written(head: str, body: str, published: Published | None) -> None:
    assert read(page(head, body)).published == published


def test_a_date_in_the_far_future_is_dropped_with_a_flag() -> None:
    report = read(page('<meta property="article:published_time" content="2199-01-01T00:00:00Z">'))
    assert report.published is None or report.published.value < "2199"
    assert any("lies in the future" in flag for flag in report.flags)


def test_broken_structured_data_costs_only_itself() -> None:
    for data in ("{", "[" * 100_000, '{"datePublished": 5}', "null", '{"datePublished": "\\ud800"}'):
        assert PARAGRAPHS[0] in read(page(JSON_LD.format(data))).text


@pytest.mark.parametrize(("charset", "name"), [("windows-1252", "Åsa"), ("windows-1251", "Причал"), ("utf-16", "Łódź")])
def test_pages_in_other_encodings_are_read(charset: str, name: str) -> None:
    html = page(f'<meta charset="{charset}">', f"<p>{name} is what the new pier will be called, they said.</p>")
    html = html.replace("“", '"').replace("”", '"')
    assert name in read(html.encode(charset)).text


def test_an_xml_declaration_does_not_misread_the_page() -> None:
    html = '<?xml version="1.0" encoding="iso-8859-1"?>' + page(body=f"<p>Åsa said that {SENTENCE}</p>")
    assert "Åsa said" in read(html.encode("latin-1", "xmlcharrefreplace")).text


def test_text_that_the_main_parser_drops_is_flagged_with_its_share() -> None:
    aside = "".join(f'<div class="comments"><p>{SENTENCE} ({number})</p></div>' for number in range(40))
    report = read(page(body="").replace("<footer>", f'<section id="comments">{aside}</section><footer>'))
    assert PARAGRAPHS[1] in report.text
    assert any(flag.startswith("text may be lost: ") and "%" in flag for flag in report.flags)


def test_a_page_whose_text_the_main_parser_loses_is_read_block_by_block_with_a_flag() -> None:
    report = read(OPEN + "<div>" * 400 + f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>" + "</div>" * 400)
    assert report.text == f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"
    assert any("every block was kept" in flag for flag in report.flags)


def test_inline_markup_does_not_break_words_or_paragraphs() -> None:
    deep = "<div>" * 400 + "<p>The <b>pi</b>er<br>of <a href='/x'>Norrvik</a></p><div>opens</div>"
    assert read(OPEN + deep).text == "The pier\n\nof Norrvik\n\nopens"


def test_the_language_a_page_declares_counts_only_where_its_text_leaves_it_open() -> None:
    assert read(OPEN.replace("<html>", '<html lang="sv-SE">') + "<p>Hamnen</p>").language == "sv"
    assert read(page(lang="sv")).language == "en"


@pytest.mark.parametrize("html", [OPEN + "</body>", OPEN + "<script>let pier = 1;</script>", OPEN + "<img src=x>"])
def test_a_page_without_text_is_empty(html: str) -> None:
    with pytest.raises(EmptyInput, match=r"pier\.html"):
        read(html)


HOSTILE = {
    "10,000 nested divs": OPEN + "<div>" * 10_000 + SENTENCE + "</div>" * 10_000,
    "200,000 nested divs": OPEN + "<div>" * 200_000 + SENTENCE + "</div>" * 200_000,
    "5 MB attribute": f'{OPEN}<p title="{"a" * 5_000_000}">{SENTENCE}</p>',
    "10,000 paragraphs with bold": OPEN + f"<p>{SENTENCE[:30]}<b>bold</b></p>" * 10_000 + SENTENCE,
    "open bold in 30,000 paragraphs": OPEN + SENTENCE + f"<p>{SENTENCE[:30]}<b>bold" * 30_000,
    "100,000 open links": OPEN + f"<p>{SENTENCE}</p>" + "<a " * 100_000,
    "NUL": f"{OPEN}<p>{SENTENCE[:40]}\0{SENTENCE[40:]}</p>" + f"<p>{SENTENCE}</p>" * 20,
    "text node just under the limit": f"{OPEN}<p>{SENTENCE * 70_000}"[:9_999_000] + f"</p><p>{SENTENCE}</p>",
    "3,000 nested tables": OPEN + "<table><tr><td>" * 3000 + SENTENCE,
    "entity bomb": '<!DOCTYPE html [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + f"]><html><body><p>&j;</p><p>{SENTENCE}</p>",
    "end tags only": OPEN + SENTENCE + "</b></x>" * 100_000,
    "open comment": OPEN + f"<p>{SENTENCE}</p>" + "<!--" * 100_000,
    "open scripts": OPEN + f"<p>{SENTENCE}</p>" + "<script" * 50_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_end_within_the_limits_with_all_their_words(html: str) -> None:
    start = time.monotonic()
    report = read(html)
    assert time.monotonic() - start < 30
    assert SENTENCE[:39] in report.text
    assert SENTENCE[41:].strip() in report.text
    assert len(report.text) < 10_000_000


def test_a_page_over_the_size_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(TooLarge, match="10,000,000"):
        read(OPEN + "a" * 10_000_000)


def test_flags_say_what_was_cut() -> None:
    assert "flattened" in " ".join(read(HOSTILE["3,000 nested tables"]).flags)
    assert read(HOSTILE["NUL"]).flags == ("text repaired: 1 NUL character dropped",)


def test_a_page_too_slow_for_the_main_parser_is_read_by_the_plain_one_and_says_so() -> None:
    slow = OPEN + f"<p>{SENTENCE[:30]}<b>bold</b></p>" * 20_000
    report = read(slow, Limits(cpu_seconds=1, wall_seconds=20))
    assert report.text.count("bold") == 20_000
    if report.flags:  # a fast machine may finish in time
        assert "every block was kept, because parsing took more than 1 s" in report.flags[-1]


def test_after_a_failure_the_next_page_is_read_as_ever() -> None:
    long = OPEN + f"<p>{SENTENCE}</p>" * 20_000  # far more than a hundredth of a second for either parser
    with pytest.raises(GatherError):
        read(long, Limits(wall_seconds=0.01))
    assert read(page()).flags == ()
