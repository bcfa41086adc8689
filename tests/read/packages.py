"""Packages with readers, installed for a test: a module and the metadata that names its entry point."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

CHAT = Path("examples/chat-reader")


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str, package: str = "sayso-trial") -> None:
    """Install a package whose module has this code, with a reader of this name made by its `reader()`."""
    module = package.replace("-", "_")
    folder.mkdir(exist_ok=True)
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    _describe(folder, package, "3.1", f"{name} = {module}:reader")
    monkeypatch.syspath_prepend(str(folder))


def install_chat_reader(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install the example as its own description says."""
    project = tomllib.loads((CHAT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = project["entry-points"]["sayso.readers"]
    lines = "\n".join(f"{name} = {value}" for name, value in points.items())
    _describe(folder, project["name"], project["version"], lines)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.syspath_prepend(str((CHAT / "src").absolute()))


def _describe(folder: Path, package: str, version: str, points: str) -> None:
    metadata = folder / f"{package.replace('-', '_')}-{version}.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
    (metadata / "entry_points.txt").write_text(f"[sayso.readers]\n{points}\n")
