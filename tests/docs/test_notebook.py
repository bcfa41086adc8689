"""The notebook runs from its first cell to its last, and is kept without what it printed somewhere."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

CELLS: list[dict[str, Any]] = json.loads(Path("docs/notebook.ipynb").read_text(encoding="utf-8"))["cells"]


def test_the_cells_run_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'sayso[tables]'")
    room: dict[str, Any] = {"__name__": "__main__"}
    shown: list[Any] = []
    for number, cell in enumerate(CELLS):
        if cell["cell_type"] == "code":
            *lines, last = _statements("".join(cell["source"]))
            exec(compile("".join(lines), f"cell {number}", "exec"), room)
            shown.append(_value(last, room))
    said = capsys.readouterr().out
    assert "Ida Holm says: “The dam will hold,”" in said
    assert "14 reports, 14 read" in said
    assert "affirms: 3 reports, 2 voices" in said
    assert "denies:" in said
    drawn = [it._repr_svg_() for it in shown if hasattr(it, "_repr_svg_")]
    assert len(drawn) == 1
    assert "Straits Mail" in drawn[0]


def _statements(source: str) -> list[str]:
    """The source of a cell, cut before its last statement."""
    last = ast.parse(source).body[-1]
    lines = source.splitlines(keepends=True)
    return [*lines[: last.lineno - 1], "".join(lines[last.lineno - 1 :])]


def _value(last: str, room: dict[str, Any]) -> Any:
    """What a notebook would show of the last statement of a cell."""
    try:
        expression = compile(last, "cell", "eval")
    except SyntaxError:
        exec(compile(last, "cell", "exec"), room)
        return None
    return eval(expression, room)


def test_it_is_kept_without_output() -> None:
    for cell in CELLS:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
