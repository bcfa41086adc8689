"""The users of a desk, for admins, and what was last done with accounts."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.errors import SaysoError
from sayso.share.markup import Html
from sayso.web.accounts import audit, passwords, users
from sayso.web.accounts.kept import Kept, by
from sayso.web.accounts.pages.drawing import one_of, sent, sheet, shown_once, table
from sayso.web.accounts.roles import Role
from sayso.web.accounts.store import Store
from sayso.web.desk import At, Desk
from sayso.web.drawing.choices import text_field
from sayso.web.drawing.parts import titled_part
from sayso.web.forms import form

_ENTRIES: Final = 100
router: Final = APIRouter()


@router.get("/users", include_in_schema=False)
def users_page(desk: At, kept: Kept) -> HTMLResponse:
    """The list of users."""
    return _page(desk, kept)


@router.post("/users", include_in_schema=False)
async def add_user(request: Request, desk: At, kept: Kept) -> HTMLResponse:
    """Add somebody with a password of ours, which is shown this once."""
    said = await form(request)
    name, role, password, own = (
        said.get("name", "").strip(),
        _role(said.get("role", "")),
        passwords.generated(),
        by(request),
    )

    def added() -> HTMLResponse:
        users.add(kept, name, role, password, own)
        return _page(desk, kept, shown_once(f"{name} is added, with a password of ours.", password))

    return await run_in_threadpool(added)


@router.post("/users/{user}/role", include_in_schema=False)
async def give_role(request: Request, kept: Kept, user: str) -> Response:
    """Give somebody another role."""
    role, own = _role((await form(request)).get("role", "")), by(request)
    await run_in_threadpool(users.give_role, kept, user, role, own)
    return RedirectResponse("/users", 303)


@router.post("/users/{user}/password", include_in_schema=False)
def give_password(request: Request, desk: At, kept: Kept, user: str) -> HTMLResponse:
    """Give somebody another password of ours, which is shown this once."""
    password = passwords.generated()
    users.give_password(kept, user, password, by(request))
    return _page(desk, kept, shown_once(f"{user} has another password, and is logged out everywhere.", password))


@router.post("/users/{user}/remove", include_in_schema=False)
def remove(request: Request, kept: Kept, user: str) -> Response:
    """Remove somebody."""
    users.remove(kept, user, by(request))
    return RedirectResponse("/users", 303)


def _page(desk: Desk, kept: Store, told: Html = Html()) -> HTMLResponse:  # noqa: B008 - it is a string
    rows = [
        (
            it.name, it.made[:10],
            sent(f"/users/{it.name}/role", f"Give {it.name} this role",
                 one_of("role", f"Role of {it.name}", Role, it.role, it.name)),
            sent(f"/users/{it.name}/password", f"Give {it.name} another password"),
            sent(f"/users/{it.name}/remove", f"Remove {it.name}"),
        )
        for it in users.all_users(kept)
    ]  # fmt: skip
    done = [(it.at, it.who, it.what, it.about, it.address) for it in audit.latest(kept, _ENTRIES)]
    return sheet(
        "Users",
        desk,
        told,
        table("Users", ("Name", "Since", "Role", "Password", "Leaving"), rows),
        titled_part(
            "Add a user", sent("/users", "Add", text_field("name", "Name: small letters, digits, . _ - @", None),
                               one_of("role", "Role", Role)),
        ),
        titled_part("What was last done with accounts",
                    table("What was last done", ("When (UTC)", "Who", "What", "About", "From"), done)),
    )  # fmt: skip


def _role(said: str) -> Role:
    try:
        return Role(said)
    except ValueError as error:
        raise SaysoError("This is no role", f"One of: {', '.join(Role)}") from error
