"""How a reading leaves Sayso: as JSON by a versioned contract, and as a page a person looks at."""

from sayso.share.contract import dumps, reading_from_json, reading_to_json, schema
from sayso.share.page import page

__all__ = ["dumps", "page", "reading_from_json", "reading_to_json", "schema"]
