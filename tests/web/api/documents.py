"""What is written down of the API and made from it: the examples of its description, and the tables of docs/api.md.

`python -m tests.web.api.documents` writes both anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from starlette.testclient import TestClient

from sayso import errors
from sayso.errors import SaysoError
from sayso.share.exports.kinds import NARROWED
from sayso.share.exports.registry import formats_of
from sayso.web.api import refusals
from sayso.web.api.failures import code_of, status_of
from tests.web.api.conftest import JOB, client_of, maine_at

EXAMPLES: Final = Path("src/sayso/web/api/examples.json")
DOCUMENT: Final = Path("docs/api.md")
_MOST: Final = 6_000  # characters of an answer that is shown; of a longer one only what was asked is
_ASKED: Final[dict[str, dict[str, Any]]] = {
    "/reports": {"outlet": "Straits Mail", "limit": 1},
    "/search": {"q": '"coal bunker"', "limit": 1},
    "/reports/{report}": {"report": "A mine did it"},
    "/reports/{report}/text": {"report": "A mine did it"},
    "/reports/{report}/captures": {"report": "A mine did it"},
    "/reports/{report}/readings": {"report": "A mine did it"},
    "/reports/{report}/reading": {"report": "A mine did it"},
    "/reports/{report}/trace": {"report": "A mine did it", "as_of": "1900-01-01"},
    "/statements": {"stance": "denies", "limit": 1},
    "/incidents": {"type": "Shelling/artillery/missile attack", "since": "1898-04", "limit": 1},
    "/tallies": {"since": "1898"},
    "/trace": {"q": "a submarine mine destroyed the Maine", "as_of": "1900-01-01"},
    "/claims/{claim}": {"claim": "a submarine mine destroyed the Maine", "as_of": "1900-01-01"},
    "/events": {"type": "Shelling/artillery/missile attack", "limit": 1},
    "/events/{event}": {"event": "Shelling/artillery/missile attack"},
    "/actors": {"name": "Edgar Whitlow", "as_of": "1900-01-01"},
    "/forecasts": {"by": "Edgar Whitlow", "as_of": "1900-01-01", "limit": 1},
    "/findings": {"limit": 1},
    "/claims": {"words": "mine", "limit": 2},
    "/review/next": {"kind": "statement", "limit": 1},
    "/review/agreement": {},
    "/review/{report}": {"report": "A mine did it"},
    "/jobs": {"limit": 1},
    "/jobs/{job}": {"job": JOB},
    "/export/{kind}": {"kind": "statements", "stance": "denies"},
    "/ledger": {},
}
_ONE_JOB: Final = "/jobs/{job}"
_READ: Final = {
    "text": "“The weir will hold,” engineer Ida Holm said on Monday.", "title": "The weir", "outlet": "Vell Post",
    "published": "2021-05-03",
}  # fmt: skip


def examples(client: TestClient) -> dict[str, Any]:
    """What is asked of the ledger of the Maine by method and path, and what it answers."""
    found: dict[str, Any] = {}
    for path, named in _ASKED.items():
        asked = _identified(client, path, dict(named))
        shown: dict[str, Any] = {"asked": asked}
        answer = client.get(path.format(**asked).lstrip("/"), params=_query(path, asked))
        assert answer.status_code == 200, answer.text
        if answer.headers["Content-Type"] == "application/json" and len(answer.text) < _MOST:
            shown["answer"] = answer.json()
        found[f"GET {path}"] = shown
    found["GET /reports/{report}/captures"].pop("answer")  # it has the moment in which the ledger was made
    found[f"DELETE {_ONE_JOB}"] = {"asked": {"job": JOB}}
    waiting = client.get("review/next", params={"kind": "statement", "limit": 1}).json()["items"][0]
    line = {"report": waiting["report"], "item": waiting["item"], "verdict": "unsure", "why": "two may speak"}
    found["POST /review/decisions"] = {"asked": {}, "body": {"who": "R. Meer", "decisions": [line]}}
    found["POST /review/undo"] = {"asked": {}, "body": {"who": "R. Meer", "decisions": ["d-49eb7a894e897912"]}}
    found["POST /jobs"] = {"asked": {}, "body": {"addresses": ["https://192.0.2.7/quay.html"]}}
    answer = client.post("read", json=_READ)
    found["POST /read"] = {"asked": {}, "body": _READ, "answer": answer.json()}
    return found


def routes(description: dict[str, Any]) -> str:
    """The table of routes."""
    lines = ["| ask | answer | narrowed by |", "|---|---|---|"]
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            names = ", ".join(f"`{it['name']}`" for it in operation.get("parameters", ()) if it["in"] == "query")
            lines.append(f"| `{method.upper()} {path}` | {operation['summary']} | {names} |")
    return "\n".join(lines)


def failures() -> str:
    """The table of what goes wrong."""
    plain = {
        "bad_request": 400, "no_such_address": 404, "wrong_method": 405, "unknown_parameter": 422, "internal": 500,
    }  # fmt: skip
    own = {it for it in _kinds(SaysoError) if it.__module__ in (errors.__name__, refusals.__name__)}
    codes = plain | {code_of(it): status_of(it) for it in own}
    by_status: dict[int, list[str]] = {}
    for code, status in sorted(codes.items()):
        by_status.setdefault(status, []).append(f"`{code}`")
    rows = [f"| {status} | {', '.join(found)} |" for status, found in sorted(by_status.items())]
    return "\n".join(["| status | codes |", "|---|---|", *rows])


def exports() -> str:
    """The table of exports."""
    rows = [
        f"| `{kind}` | {', '.join(formats_of(kind))} | {', '.join(f'`{it}`' for it in sorted(narrowed))} |"
        for kind, narrowed in NARROWED.items()
    ]
    return "\n".join(["| kind | formats | narrowed by |", "|---|---|---|", *rows])


def with_tables(document: str, description: dict[str, Any]) -> str:
    """A document with its tables as they have to be."""
    tables = {"routes": routes(description), "failures": failures(), "exports": exports()}
    for name, table in tables.items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        document = between.sub(lambda it, table=table: f"{it[1]}\n{table}\n\n{it[2]}", document)  # type: ignore[misc]
    return document


def _identified(client: TestClient, path: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What is asked, with ids for what it names by words."""
    if "report" in asked:
        reports = client.get("reports?limit=200").json()["items"]
        asked["report"] = next(it["id"] for it in reports if it["title"] == asked["report"])
    if path == "/claims/{claim}":
        asked["claim"] = client.get("trace", params={"q": asked["claim"]}).json()["claims"][0]["claim"]
    if path == "/events/{event}":
        asked["event"] = client.get("events", params={"type": asked["event"]}).json()["items"][0]["event"]["id"]
    return asked


def _query(path: str, asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if f"{{{name}}}" not in path}


def _kinds(kind: type[SaysoError]) -> list[type[SaysoError]]:
    return [kind, *(each for it in kind.__subclasses__() for each in _kinds(it))]


def main() -> None:
    """Write the examples and the tables anew."""
    with TemporaryDirectory() as folder, maine_at(Path(folder) / "maine.db") as ledger:
        client = client_of(ledger)
        text = json.dumps(examples(client), ensure_ascii=False, indent=1)
        EXAMPLES.write_text(f"{text}\n", encoding="utf-8")
        description = client.get("openapi.json").json()
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8"), description), encoding="utf-8")


if __name__ == "__main__":
    main()
