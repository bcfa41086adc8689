"""The desk: a ledger in a browser, for those who work with it. Start at `application`; docs/desk.md tells the rest.

It needs the extra `desk`; nothing else in Sayso imports this package but the command `sayso serve`.
"""

from sayso.web.app import application
from sayso.web.settings import Settings

__all__ = ["Settings", "application"]
