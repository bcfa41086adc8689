"""From bytes to reports: files, folders, web pages, Markdown and JSON Lines.

Start at `gather`. Parsers are imported only in the worker that runs them, so importing this is quick.
"""

from sayso.gather.files import gather, gather_bytes, gather_file
from sayso.gather.jsonl import read_json_lines
from sayso.gather.kinds import Kind
from sayso.gather.limits import Limits

__all__ = ["Kind", "Limits", "gather", "gather_bytes", "gather_file", "read_json_lines"]
