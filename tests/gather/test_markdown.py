import pytest

from sayso.errors import EmptyInput, TooLarge, WorkerFailed
from sayso.gather import Kind, Limits, gather_bytes
from sayso.gather.markdown import front_matter
from sayso.vocabulary import Published, Report

FULL = """---
title: "Pier opens: the plan"
date: 2022-08-19 13:05 +0300
outlet: Norrvik Post
author: Ada Lindqvar
url: https://norrvik.example/pier
tags:
  - harbour
# a remark
---
# Pier opens in *spring*

The council [said on Friday](https://norrvik.example/x "title") that the **new**
pier would open. ![A pier](pier.jpg)

> “Nobody will lose a berth,” she said.

- one boat
- two boats

```python
print("berths")
```

| Pier | Berths |
|------|--------|
| Old  | 40     |

<div>Tide &amp; weather</div>
"""


def read(text: str, limits: Limits | None = None) -> Report:
    return gather_bytes(text.encode(), "pier.md", Kind.MARKDOWN, limits or Limits())


def test_markdown_is_rendered_to_its_words_one_blank_line_between_paragraphs() -> None:
    assert read(FULL).text.split("\n\n") == [
        "Pier opens in spring",
        "The council said on Friday that the new pier would open.",
        "“Nobody will lose a berth,” she said.",
        "one boat",
        "two boats",
        'print("berths")',
        "Pier",
        "Berths",
        "Old",
        "40",
        "Tide & weather",
    ]


def test_front_matter_gives_the_metadata() -> None:
    report = read(FULL)
    assert report.title == "Pier opens: the plan"
    assert report.outlet == "Norrvik Post"
    assert report.author == "Ada Lindqvar"
    assert report.url == "https://norrvik.example/pier"
    assert report.published == Published("2022-08-19T13:05+03:00", "front matter", "+0300")
    assert report.flags == ()


def test_source_is_another_word_for_outlet() -> None:
    assert read("---\nsource: Norrvik Post\n---\nThe pier opens.").outlet == "Norrvik Post"


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    report = read("The pier opens.\n\n## A *plan* for spring\n\n### Later\n")
    assert report.title == "A plan for spring"
    assert report.published is None


@pytest.mark.parametrize(
    "text",
    ["---\nThe pier opens: soon.\nNobody minds.\n---\n", "---\nno end: here\n", "---\n---\nx", "a: b\n---\n"],
)
def test_rules_and_colons_alone_are_no_front_matter(text: str) -> None:
    assert front_matter(text).end == 0


def test_front_matter_may_have_windows_newlines_and_end_in_dots() -> None:
    front = front_matter("---\r\nTitle: Pier\r\nempty:\r\n...\r\nText")
    assert front.values == {"title": "Pier"}
    assert front.end == len("---\r\nTitle: Pier\r\nempty:\r\n...\r\n")


def test_a_date_nobody_can_read_is_dropped_with_a_flag() -> None:
    report = read("---\ndate: soon\n---\nThe pier opens.")
    assert report.published is None
    assert report.flags == ('date dropped: "soon" (front matter) is not a date we can read',)


@pytest.mark.parametrize("text", ["---\ntitle: x\n---\n", "![only](picture.png)", "\n\n"])
def test_markdown_without_words_is_empty(text: str) -> None:
    with pytest.raises(EmptyInput):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "> " * 5_000 + "x",
        "*a_" * 20_000,
        "`" * 20_000 + "x",
        "- " * 5_000 + "x",
        "[a](" * 10_000,
    ],
    ids=["brackets", "quotes", "emphasis", "ticks", "lists", "links"],
)
def test_hostile_markdown_ends_within_the_limits(text: str) -> None:
    found = outcome("Words first.\n\n" + text, Limits(cpu_seconds=2, wall_seconds=10))
    assert found.origin == "pier.md"
    assert isinstance(found, WorkerFailed) or found.text.startswith("Words first.")


def outcome(text: str, limits: Limits) -> Report | WorkerFailed:
    try:
        return read(text, limits)
    except WorkerFailed as error:
        return error


def test_markdown_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge):
        read("a" * 101, Limits(markup_bytes=100))
