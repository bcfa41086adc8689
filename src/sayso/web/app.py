"""The desk as an application: its parts put together."""

from __future__ import annotations

from fastapi import FastAPI

from sayso import __version__
from sayso.gazetteer import gazetteer
from sayso.ledger import Ledger
from sayso.web import alive, assets
from sayso.web.accounts.entering import entered
from sayso.web.accounts.pages import cases, entry, own, users
from sayso.web.accounts.store import Store
from sayso.web.api import Limits, api
from sayso.web.bounded import bounded
from sayso.web.caught import caught
from sayso.web.desk import Desk
from sayso.web.failures import broken, register
from sayso.web.headers import guarded
from sayso.web.heads import answered
from sayso.web.jobs import Jobs
from sayso.web.measures import Measures
from sayso.web.measuring import measured
from sayso.web.origins import of_ours
from sayso.web.pages import (
    actors,
    archived,
    asking,
    claim_list,
    claims,
    deciding,
    events,
    feeds,
    forecasts,
    inbox,
    jobs,
    pasting,
    queue,
    reports,
    reviewing,
    taking_in,
)
from sayso.web.settings import Settings

_ROUTERS = (
    inbox.router, reports.router, archived.router, pasting.router, claims.router, events.router, actors.router,
    forecasts.router, feeds.router, asking.router, assets.router, alive.router, queue.router, deciding.router,
    reviewing.router, taking_in.router, jobs.router, claim_list.router,
)  # fmt: skip
_OF_ACCOUNTS = (entry.router, own.router, users.router, cases.router)


def application(
    ledger: Ledger, settings: Settings | None = None, accounts: Store | None = None, limits: Limits | None = None
) -> FastAPI:
    """The desk of a ledger; with accounts everybody has to log in. Both stay the caller's to close.

    `limits` are those of the API.
    """
    set_up = settings or Settings()
    working = Jobs(ledger, set_up.bounds)
    app = FastAPI(
        title="Sayso", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=working.open
    )  # fmt: skip
    app.state.jobs = working
    app.state.measures = Measures()
    app.state.desk = Desk(ledger, set_up, gazetteer().near)
    for router in _ROUTERS:
        app.include_router(router)
    if accounts is not None:
        app.state.accounts = accounts
        for router in _OF_ACCOUNTS:
            app.include_router(router)
    app.mount("/api/v1", api(ledger, limits, jobs=working))
    register(app)
    # What is added last stands outermost: the headers are on all that is answered, failures included.
    app.add_middleware(answered)
    app.add_middleware(bounded, seconds=set_up.query_seconds)
    if accounts is not None:
        app.add_middleware(entered, store=accounts, settings=set_up, ledger=ledger)
    app.add_middleware(caught, fail=broken)
    app.add_middleware(of_ours, settings=set_up)
    app.add_middleware(guarded)
    app.add_middleware(measured, measures=app.state.measures)
    return app
