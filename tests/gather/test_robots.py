"""robots.txt by RFC 9309."""

import time

import pytest

from sayso.errors import FetchFailed, Refused
from sayso.gather.fetch.robots import robots

from .sites import answer, site, visitor


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Sayso/1.0\nAllow: /", "/a", True),
        ("User-agent: other\nUser-agent: sayso\nDisallow: /a", "/a", False),
        ("User-agent: sayso\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/b", True),
        ("User-agent: sayso\nDisallow: /a\n\nUser-agent: sayso\nDisallow: /b", "/b", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a/b\nAllow: /a", "/a/b/c", False),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/pier.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/pier.pdf?x=1", True),
        ("User-agent: *\nDisallow: /a$", "/a/b", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a-b-c-d", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a-c-b", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/caf%c3%a9", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9", False),
        ("\ufeffUSER-AGENT : * # all\nDISALLOW : /a # private", "/a", False),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("<html>Not here</html>", "/a", True),
    ],
)
def test_the_rules_are_those_of_the_standard(text: str, path: str, allowed: bool) -> None:
    assert robots(text).allow(path) is allowed


def test_the_delay_asked_for_is_kept_within_reason() -> None:
    assert robots("User-agent: *\nCrawl-delay: 2.5").delay == 2.5
    assert robots("User-agent: *\nCrawl-delay: 999999").delay == 60


def test_hostile_rules_cost_little_time() -> None:
    rules = robots("User-agent: *\n" + f"Disallow: {'*a' * 2_000}b$\n" * 100)
    start = time.monotonic()
    assert rules.allow("/" + "a" * 7_000)
    assert time.monotonic() - start < 5


def test_what_robots_txt_forbids_is_not_asked_for() -> None:
    with site({"/robots.txt": answer("User-agent: *\nDisallow: /private"), "/a": answer("text")}) as made:
        visit = visitor(made)
        visit.fetch(made.url("/a"))
        with pytest.raises(Refused, match=r"robots\.txt forbids it"):
            visit.fetch(made.url("/private/a"))
        assert made.asked() == ["/a"]
        assert len(made.requests) == 2  # robots.txt was asked for once


@pytest.mark.parametrize(
    ("status", "open_to_all"), [("404 Not Found", True), ("403 Forbidden", True), ("503 Busy", False)]
)
def test_a_site_without_rules_is_open_and_one_that_cannot_say_is_closed(status: str, open_to_all: bool) -> None:
    with site({"/robots.txt": answer(status=status), "/a": answer("text")}) as made:
        if open_to_all:
            assert visitor(made).fetch(made.url("/a"))
        else:
            with pytest.raises(FetchFailed, match=r"robots\.txt"):
                visitor(made).fetch(made.url("/a"))
            assert made.asked() == []


def test_the_rules_of_a_redirected_robots_txt_count() -> None:
    pages = {
        "/robots.txt": answer(status="301 Moved", Location="/rules"),
        "/rules": answer("User-agent: sayso\nDisallow: /"),
    }
    with site(pages) as made, pytest.raises(Refused, match="forbids"):
        visitor(made).fetch(made.url("/a"))


def test_redirects_obey_the_rules_of_where_they_lead() -> None:
    with site({"/robots.txt": answer("User-agent: *\nDisallow: /")}) as closed, site() as opened:
        opened.pages = {"/a": answer(status="302 Found", Location=closed.url("/a", "closed.example"))}
        with pytest.raises(Refused, match="forbids"):
            visitor(closed, opened).fetch(opened.url("/a"))
        assert closed.asked() == []
