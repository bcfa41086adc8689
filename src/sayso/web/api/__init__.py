"""The REST API of the desk: everything its pages show, as the JSON that the command line prints.

Start at `api`, which the desk mounts under /api/v1; docs/api.md tells the rest.
"""

from sayso.web.api.application import api
from sayso.web.api.limits import Limits

__all__ = ["Limits", "api"]
