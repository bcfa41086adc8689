"""The site: built without a warning, every link leads somewhere, and nothing is asked of anybody else."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sayso import errors
from sayso.cli import command_line
from sayso.errors import SaysoError
from sayso.share.contract import schema


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("properdocs", reason="properdocs is not installed: pip install 'sayso[docs]'")
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "-q", "-f", "mkdocs.yml", "-d", str(target)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return target


class Page(HTMLParser):
    """What a page leads to and loads, and the anchors it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given["id"]} if "id" in given else set()
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in ("link", "script", "img", "iframe", "source", "form"):
            self.loaded += [given[name] for name in ("href", "src", "srcset", "action") if name in given]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_every_page_of_the_documentation_is_in_it(site: Path) -> None:
    for path in Path("docs").rglob("*.md"):
        assert (site / path.relative_to("docs")).with_suffix(".html").exists()


def test_every_link_leads_somewhere(pages: dict[Path, Page]) -> None:
    broken = []
    for path, page in pages.items():
        for link in page.links:
            if link.startswith(("https://", "http://")):
                continue
            address, _, anchor = link.partition("#")
            target = (path.parent / address).resolve() if address else path
            if not target.exists() or (anchor and target.suffix == ".html" and anchor not in pages[target].anchors):
                broken.append((path.name, link))
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        assert [it for it in page.loaded if "//" in it and not it.startswith("data:")] == [], path
    for style in site.rglob("*.css"):
        assert "url(" not in style.read_text(encoding="utf-8")
        assert "@import" not in style.read_text(encoding="utf-8")


def test_search_finds_the_places_on_the_page_that_it_looks_for(site: Path, pages: dict[Path, Page]) -> None:
    script = (site / "search/main.js").read_text(encoding="utf-8")
    wanted = set(re.findall(r"""getElementById\(['"]([\w-]+)['"]\)""", script))
    assert len(wanted) >= 2
    for path, page in pages.items():
        assert wanted <= page.anchors, path
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert any(it["title"] == "What a voice is" for it in index["docs"])


def test_every_command_is_told_with_its_help(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Page((site / "reference/commands.html").read_text(encoding="utf-8")).anchors
    for name in _commands(command_line()):
        assert name.replace(" ", "-") in told


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield parser.prog
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _commands(below)


def test_the_schemas_and_the_description_of_the_api_are_in_it(site: Path) -> None:
    assert json.loads((site / "reference/reading-2.json").read_text(encoding="utf-8")) == schema()
    described = json.loads((site / "reference/openapi.json").read_text(encoding="utf-8"))
    page = (site / "reference/api.html").read_text(encoding="utf-8")
    for path, operations in described["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in page


def test_every_error_is_told(site: Path) -> None:
    page = (site / "reference/errors.html").read_text(encoding="utf-8")
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, SaysoError):
            assert f"<code>{name}</code>" in page


def test_links_of_the_pages_also_work_where_they_are_read_unbuilt() -> None:
    made = {path.stem for path in (Path("docs/reference").glob("*"))}
    assert made == set()  # made by site/reference.py when the site is built
    generated = {"commands.md", "api.md", "schemas.md", "errors.md", "notebook.md"}
    for path in Path("docs").rglob("*.md"):
        for link in re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text(encoding="utf-8")):
            target = (path.parent / link).resolve()
            assert target.exists() or (target.parent.name == "reference" and target.name in generated), (path, link)
