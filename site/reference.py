"""The pages of the site that are made from code: commands, routes, schemas, errors, and the notebook as a page.

A hook of the site's builder, named in mkdocs.yml; the pages exist only while the site is built.
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from unittest.mock import patch

from properdocs.config.defaults import ProperDocsConfig
from properdocs.structure.files import File, Files

from sayso import Ledger, errors
from sayso.cli import command_line
from sayso.errors import SaysoError
from sayso.share.answer_schema import answer_schema
from sayso.share.contract import schema
from sayso.web.api import Limits, api
from sayso.web.api.description import described
from sayso.web.api.failures import code_of, status_of

_WIDTH: Final = "100"
Json = dict[str, Any]


def on_files(files: Files, config: ProperDocsConfig) -> Files:
    """Add what is made from code to the files of the site."""
    for name, content in pages(Path(config.docs_dir)).items():
        files.append(File.generated(config, f"reference/{name}", content=content))
    return files


def pages(docs: Path) -> dict[str, str]:
    """The generated files by name."""
    api_described = _api()
    given = {
        "reading-1.json": schema(1), "reading-2.json": schema(2), "answer-1.json": answer_schema(),
        "openapi.json": api_described,
    }  # fmt: skip
    return {
        "commands.md": _commands(),
        "api.md": _routes(api_described),
        "schemas.md": _schemas(given),
        "errors.md": _errors(),
        "notebook.md": _notebook(docs / "notebook.ipynb"),
        **{name: json.dumps(each, indent=1, ensure_ascii=False) for name, each in given.items()},
    }


def _commands() -> str:
    head = "# Commands\n\nWhat `--help` says of each. Data goes to standard output, talk to standard error."
    with patch.dict(os.environ, {"COLUMNS": _WIDTH}):
        shown = [f"## {name}\n\n```text\n{it.format_help().rstrip()}\n```" for name, it in _parsers(command_line())]
    return "\n\n".join([head, *shown])


def _parsers(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """A command line and all commands below it, by name."""
    yield parser.prog, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _parsers(below)


def _api() -> Json:
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "empty.db") as ledger:
        return described(api(ledger, Limits()))


def _routes(openapi: Json) -> str:
    about = "Drawn from [the description](openapi.json) (OpenAPI 3.1); [the API](../api.md) says how they behave."
    lines = ["# Routes", "", about, ""]
    for path, operations in openapi["paths"].items():
        for method, operation in operations.items():
            lines += [f"## {method.upper()} {path}", "", operation.get("summary", ""), ""]
            lines += [operation.get("description", ""), ""]
            if asked := operation.get("parameters"):
                lines += ["| parameter | in | type | |", "|---|---|---|---|", *map(_parameter, asked), ""]
            lines += [f"Answers: {', '.join(operation['responses'])}", ""]
    return "\n".join(lines)


def _parameter(it: Json) -> str:
    return f"| `{it['name']}` | {it['in']} | {_type(it.get('schema', {}))} | {_cell(it.get('description', ''))} |"


def _schemas(given: dict[str, Json]) -> str:
    about = "JSON Schema, draft 2020-12. [A reading as JSON](../reading.md) tells the first field by field."
    lines = ["# Schemas", "", about, ""]
    for name, each in given.items():
        lines += [f"## {name}", "", f"[{name}]({name})", ""]
        named = each.get("$defs") or each.get("components", {}).get("schemas", {})
        for title, kind in named.items():
            lines += [f"### {title}", ""]
            if about := kind.get("description"):
                lines += [_cell(about), ""]
            if fields := kind.get("properties"):
                lines += ["| field | type | |", "|---|---|---|"]
                lines += [f"| `{it}` | {_type(of)} | {_cell(of.get('description', ''))} |" for it, of in fields.items()]
                lines.append("")
            elif words := kind.get("enum"):
                lines += [" · ".join(f"`{word}`" for word in words), ""]
    return "\n".join(lines)


def _type(kind: Json) -> str:
    """A type of JSON Schema in a few words."""
    if "$ref" in kind:
        return f"`{kind['$ref'].rpartition('/')[2]}`"
    for several in ("anyOf", "oneOf"):
        if several in kind:
            return " or ".join(dict.fromkeys(_type(it) for it in kind[several]))
    if "const" in kind:
        return f"`{json.dumps(kind['const'])}`"
    if "enum" in kind:
        return " · ".join(f"`{word}`" for word in kind["enum"])
    if kind.get("type") == "array":
        return f"list of {_type(kind.get('items') or {})}"
    named = kind.get("type", "any")
    return " or ".join(named) if isinstance(named, list) else str(named)


def _errors() -> str:
    tree = (errors.__doc__ or "").partition("\n\n")[2].strip()
    kinds = [it for it in vars(errors).values() if inspect.isclass(it) and issubclass(it, SaysoError)]
    about = "Every message names the input, what is wrong with it, and what to do."
    head = ["# Errors", "", about, "", "```text", tree, "```", ""]
    return "\n".join([*head, "| error | | code over HTTP | status |", "|---|---|---|---|", *map(_error, kinds), ""])


def _error(kind: type[SaysoError]) -> str:
    return f"| `{kind.__name__}` | {_cell(inspect.getdoc(kind) or '')} | `{code_of(kind)}` | {status_of(kind)} |"


def _notebook(path: Path) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    end = "[The notebook itself](../notebook.ipynb) runs with `pip install 'sayso[tables]'`."
    return "\n\n".join([*map(_shown, cells), end])


def _shown(cell: Json) -> str:
    words = "".join(cell["source"])
    return words if cell["cell_type"] == "markdown" else f"```python\n{words}\n```"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
