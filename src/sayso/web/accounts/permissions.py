"""Which role every address takes, by how it is asked: the one table of it. What does not stand here is refused.

HEAD counts as GET. Where the shapes of several addresses fit one path, all of their roles are asked for. A token has
the role of its scope: read is a reader's, review a reviewer's, write an editor's, admin an admin's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, TypeAlias

from sayso.web.accounts.roles import Role

Least: TypeAlias = Role | Literal["anybody"]
ANYBODY: Final[Literal["anybody"]] = "anybody"
_READS: Final[Mapping[str, Least]] = {"GET": Role.READER}
_API: Final = "/api/v1"

PERMISSIONS: Final[Mapping[str, Mapping[str, Least]]] = {
    # without logging in
    "/healthz": {"GET": ANYBODY},
    "/static/{name}": {"GET": ANYBODY},
    "/login": {"GET": ANYBODY, "POST": ANYBODY},
    # pages
    **dict.fromkeys(
        (
            "/", "/reports", "/reports/{report}", "/reports/{report}/archive/{number}",
            "/reports/{report}/archive/{number}/bytes", "/claims/{claim}", "/events", "/events/{event}", "/actors",
            "/actors/{actor}", "/forecasts", "/ask", "/claims", "/review", "/reports/{report}/review",
            "/reports/{report}/review/{item}", "/reports.atom", "/events.atom", "/forecasts.atom",
        ),
        _READS,
    ),
    "/read": {"GET": Role.READER, "POST": Role.READER},  # nothing is kept
    "/keep": {"POST": Role.EDITOR},
    "/add": {"GET": Role.EDITOR, "POST": Role.EDITOR},
    "/jobs": {"GET": Role.EDITOR},
    "/jobs/{job}": {"GET": Role.EDITOR},
    "/jobs/{job}/stop": {"POST": Role.EDITOR},
    "/review/decide": {"POST": Role.REVIEWER},
    "/review/undo": {"POST": Role.REVIEWER},
    "/review/name": {"POST": Role.REVIEWER},
    # accounts
    "/logout": {"POST": Role.READER},
    "/account": {"GET": Role.READER},
    "/account/password": {"POST": Role.READER},
    "/account/sessions": {"POST": Role.READER},
    "/account/tokens": {"POST": Role.READER},
    "/account/tokens/{token}": {"POST": Role.READER},
    "/users": {"GET": Role.ADMIN, "POST": Role.ADMIN},
    "/users/{user}/role": {"POST": Role.ADMIN},
    "/users/{user}/password": {"POST": Role.ADMIN},
    "/users/{user}/remove": {"POST": Role.ADMIN},
    "/cases": {"GET": Role.ADMIN, "POST": Role.ADMIN},
    "/cases/{case}": {"GET": Role.ADMIN},
    "/cases/{case}/reports": {"POST": Role.ADMIN},
    "/cases/{case}/team": {"POST": Role.ADMIN},
    "/cases/{case}/remove": {"POST": Role.ADMIN},
    "/metrics": {"GET": Role.ADMIN},
    # the API
    **{
        f"{_API}{path}": _READS
        for path in (
            "/reports", "/search", "/reports/{report}", "/reports/{report}/text", "/reports/{report}/captures",
            "/reports/{report}/readings", "/reports/{report}/reading", "/reports/{report}/trace", "/statements",
            "/incidents", "/tallies", "/trace", "/claims/{claim}", "/events", "/events/{event}", "/actors",
            "/forecasts", "/findings", "/export/{kind}", "/ledger", "/openapi.json", "/claims", "/review/next",
            "/review/agreement", "/review/{report}",
        )
    },
    f"{_API}/read": {"POST": Role.READER},
    f"{_API}/review/decisions": {"POST": Role.REVIEWER},
    f"{_API}/review/undo": {"POST": Role.REVIEWER},
    f"{_API}/jobs": {"GET": Role.EDITOR, "POST": Role.EDITOR},
    f"{_API}/jobs/{{job}}": {"GET": Role.EDITOR, "DELETE": Role.EDITOR},
}  # fmt: skip


def methods(path: str) -> frozenset[str]:
    """How a path may be asked by anybody at all; nothing where there is no such address."""
    return frozenset(method for shape in _fitting(path) for method in PERMISSIONS[shape])


def least(method: str, path: str) -> Least | None:
    """The role that asking for a path takes; None where it is in no way asked so."""
    asked = "GET" if method == "HEAD" else method
    found = [PERMISSIONS[shape][asked] for shape in _fitting(path) if asked in PERMISSIONS[shape]]
    if not found:
        return None
    roles = [it for it in found if it != ANYBODY]
    return max(roles, key=[*Role].index) if roles else ANYBODY


def shape_of(path: str) -> str:
    """The shape of the address that a path is of, the one with the fewest open parts; "" where it is of none."""
    return min(_fitting(path), key=lambda it: it.count("{"), default="")


def _fitting(path: str) -> list[str]:
    asked = path if path == "/" else path.removesuffix("/")
    return [shape for shape in PERMISSIONS if _pattern(shape).fullmatch(asked)]


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", shape)
    return re.compile("[^/]+".join(map(re.escape, parts)))
