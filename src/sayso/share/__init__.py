"""How a reading leaves Sayso: as JSON by a versioned contract, as a page, and as exports for other tools."""

from sayso.share.contract import dumps, reading_from_json, reading_to_json, schema
from sayso.share.exports import export
from sayso.share.page import page

__all__ = ["dumps", "export", "page", "reading_from_json", "reading_to_json", "schema"]
