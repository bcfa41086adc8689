"""The jobs of the desk, for the routes that need them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from sayso.web.jobs.running import Jobs


def _jobs(request: Request) -> Jobs:
    found: Jobs = request.app.state.jobs
    return found


Working = Annotated[Jobs, Depends(_jobs)]
"""A parameter of a route that gets the jobs."""
