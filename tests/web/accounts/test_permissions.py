"""Who may ask for what: every address, by everybody, in every way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount

from sayso.web.accounts.permissions import ANYBODY, PERMISSIONS, least, shape_of
from sayso.web.accounts.roles import Role, Scope
from tests.web.accounts.conftest import PEOPLE, Staffed

FILLED = {"number": "1", "kind": "reports", "name": "none.css"}


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    """Every address of a desk, with every way in which it can be asked."""
    return {(method, path) for path, methods in _walked(app.routes, "") for method in methods if method != "HEAD"}


def _walked(routes: Iterable[BaseRoute], before: str) -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _walked(route.routes, before + route.path)
        elif (router := getattr(route, "original_router", None)) is not None:
            yield from _walked(router.routes, before)
        else:
            yield before + getattr(route, "path", ""), set(getattr(route, "methods", None) or ())


def filled(shape: str) -> str:
    """An address of a shape; there is nothing at it where it names something."""
    return re.sub(r"\{(\w+)\}", lambda it: FILLED.get(it[1], "r-00000000000000000000000000000000"), shape)


def test_every_route_has_its_role_and_every_role_its_route(staffed: Staffed) -> None:
    known = {(method, shape) for shape, roles in PERMISSIONS.items() for method in roles}
    found = routes_of(staffed.app)
    assert found - known == set(), "put them into sayso.web.accounts.permissions"
    assert known - found == set()


def test_what_is_not_in_the_table_is_asked_for_in_no_way() -> None:
    for shape, roles in PERMISSIONS.items():
        path = filled(shape)
        assert least("HEAD", path) == least("GET", path)
        for method in {"POST", "PUT", "PATCH", "DELETE", "BREW"} - roles.keys():
            assert least(method, path) is None, (method, shape)


def test_a_route_without_an_entry_is_refused(staffed: Staffed) -> None:
    shape = "/a/new/route"
    assert least("GET", shape) is None
    staffed.app.add_api_route(shape, lambda: "hello")
    try:
        assert staffed.as_user("ada").get(shape).status_code == 404
        assert staffed.client().get(shape).status_code == 303
    finally:
        staffed.app.router.routes.pop()


@pytest.mark.parametrize("name", ["nobody", *PEOPLE])
def test_the_matrix_of_permissions(staffed: Staffed, name: str) -> None:
    for shape, roles in PERMISSIONS.items():
        for method in (*roles, "PUT"):
            least_role = least(method, filled(shape))
            client = staffed.client() if name == "nobody" else staffed.as_user(name)
            answer = client.request(method, filled(shape))
            status, told = answer.status_code, (name, method, shape, answer.status_code)
            if least_role == ANYBODY:
                assert status not in (401, 403) or shape == "/login", told
            elif name == "nobody":
                page = not shape.startswith("/api/") and not shape.endswith(".atom") and shape != "/metrics"
                page = page and method == "GET"
                assert status == (303 if page else 401), told
                assert not page or answer.headers["location"].startswith("/login"), told
            elif least_role is None:
                assert status == 405, told
            elif PEOPLE[name].may(Role(least_role)):
                assert status not in (401, 403, 405), told
                assert status < 500, told
            else:
                assert status == 403, told
            if shape in ("/logout", "/account/sessions"):
                staffed.held.pop(name, None)


@pytest.mark.parametrize("scope", Scope)
def test_a_token_may_do_what_its_scope_says_and_no_more_than_whose_it_is(staffed: Staffed, scope: Scope) -> None:
    for name, role in PEOPLE.items():
        client = staffed.with_token(name, scope)
        for shape, method in (
            ("/api/v1/reports", "GET"), ("/api/v1/review/decisions", "POST"), ("/api/v1/jobs", "GET"),
            ("/metrics", "GET"),
        ):  # fmt: skip
            wanted = PERMISSIONS[shape][method]
            status = client.request(method, shape).status_code
            assert (status == 403) is not scope.within(role).may(Role(wanted)), (name, scope, shape, status)


def test_roles_and_scopes_are_one_ladder() -> None:
    assert [Scope.WRITE.within(it) for it in Role] == [Role.READER, Role.REVIEWER, Role.EDITOR, Role.EDITOR]
    assert Role.ADMIN.may(Role.READER)
    assert not Role.REVIEWER.may(Role.EDITOR)


def test_what_strangers_are_told_is_the_same_whether_or_not_there_is_something(staffed: Staffed) -> None:
    stranger = staffed.client()
    there, missing = (f"/api/v1/reports/{it}" for it in (staffed.closed[0], "r-" + "0" * 32))
    assert stranger.get(there).json() == stranger.get(missing).json()
    assert stranger.get("/api/v1/no/such/address").json() == stranger.get(there).json()
    assert stranger.get("/no/such/page").status_code == stranger.get("/reports").status_code == 303


def test_refusals_under_the_api_have_its_shape(staffed: Staffed) -> None:
    asked = {
        (401, "not_logged_in"): staffed.client().get("/api/v1/reports"),
        (401, "bad_token"): staffed.client().get("/api/v1/reports", headers={"Authorization": "Bearer sayso_none"}),
        (403, "not_allowed"): staffed.as_user("rita").get("/api/v1/jobs"),
        (403, "foreign_page"): staffed.as_user("ada").post("/api/v1/read", headers={"Sec-Fetch-Site": "cross-site"}),
        (404, "no_such_address"): staffed.as_user("rita").get("/api/v2/reports"),
        (405, "wrong_method"): staffed.as_user("rita").put("/api/v1/reports"),
        (421, "wrong_host"): staffed.as_user("rita").get("/api/v1/reports", headers={"Host": "evil.example"}),
    }
    for (status, code), answer in asked.items():
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
        assert {"message", "cure"} <= answer.json()["error"].keys()


def test_answers_are_kept_by_nobody_else(staffed: Staffed) -> None:
    answer = staffed.as_user("rita").get("/api/v1/reports")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Cookie" in answer.headers["vary"]
    assert "Authorization" in answer.headers["vary"]


def test_the_shape_of_an_address_is_the_nearest() -> None:
    assert shape_of("/reports/r-1") == "/reports/{report}"
    assert shape_of("/api/v1/review/next") == "/api/v1/review/next"
    assert shape_of("/elsewhere") == ""
