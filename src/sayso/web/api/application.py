"""The API as an application of its own, which the desk mounts: so that all it answers is JSON, failures included."""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI

from sayso import __version__
from sayso.ledger import Ledger
from sayso.web.api.failures import broken, register
from sayso.web.api.limits import Limits
from sayso.web.api.protocol import polite
from sayso.web.api.routes import about, across, claims, exporting, reading, reports, reviewing, told
from sayso.web.api.routes import jobs as working
from sayso.web.api.service import Service
from sayso.web.api.turns import Turns
from sayso.web.caught import caught
from sayso.web.jobs import Jobs

_ROUTERS: Final = (
    reports.router, told.router, claims.router, across.router, reading.router, reviewing.router, working.router,
    exporting.router, about.router,
)  # fmt: skip


def api(ledger: Ledger, limits: Limits | None = None, jobs: Jobs | None = None) -> FastAPI:
    """The API of a ledger, to be mounted under /api/v1. The ledger stays the caller's to close."""
    bounds = limits or Limits()
    app = FastAPI(
        title="Sayso",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.service = Service(ledger, bounds, Turns(bounds.searches), Turns(bounds.readings), Turns(bounds.exports))
    app.state.jobs = jobs or Jobs(ledger)
    for router in _ROUTERS:
        app.include_router(router)
    register(app)
    app.add_middleware(polite, routes=[route for router in _ROUTERS for route in router.routes])
    app.add_middleware(caught, fail=broken)
    return app
