"""The desk as an application: its parts put together."""

from __future__ import annotations

from fastapi import FastAPI

from sayso import __version__
from sayso.gazetteer import gazetteer
from sayso.ledger import Ledger
from sayso.web import assets
from sayso.web.api import api
from sayso.web.desk import Desk
from sayso.web.failures import caught, register
from sayso.web.headers import guarded
from sayso.web.heads import answered
from sayso.web.origins import of_ours
from sayso.web.pages import actors, archived, asking, claims, events, forecasts, inbox, pasting, reports
from sayso.web.settings import Settings

_ROUTERS = (
    inbox.router, reports.router, archived.router, pasting.router, claims.router, events.router, actors.router,
    forecasts.router, asking.router, assets.router,
)  # fmt: skip


def application(ledger: Ledger, settings: Settings | None = None) -> FastAPI:
    """The desk of a ledger. The ledger stays the caller's to close."""
    set_up = settings or Settings()
    app = FastAPI(title="Sayso", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(ledger, set_up, gazetteer().near)
    for router in _ROUTERS:
        app.include_router(router)
    app.mount("/api/v1", api(ledger))
    register(app)
    # What is added last stands outermost: the headers are on all that is answered, failures included.
    app.add_middleware(answered)
    app.add_middleware(caught)
    app.add_middleware(of_ours, settings=set_up)
    app.add_middleware(guarded)
    return app
