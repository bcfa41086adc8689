"""The answer to a question as one self-contained HTML page, readable without JavaScript."""

from sayso.share.tracing.page import trace_page

__all__ = ["trace_page"]
