"""From bytes to reports: files, folders, web pages, tables, archives, feeds and addresses.

Start at `captures`. Parsers are imported only in the worker that runs them, so importing this is quick.
"""

from sayso.gather.captures import captures
from sayso.gather.columns import columns_from
from sayso.gather.fetch.visitor import Visitor
from sayso.gather.files import gather, gather_bytes, gather_file
from sayso.gather.jsonl import read_json_lines
from sayso.gather.kinds import Kind
from sayso.gather.limits import Limits

__all__ = [
    "Kind",
    "Limits",
    "Visitor",
    "captures",
    "columns_from",
    "gather",
    "gather_bytes",
    "gather_file",
    "read_json_lines",
]
