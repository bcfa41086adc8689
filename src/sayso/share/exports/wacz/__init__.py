"""A case file: archived copies as a WACZ (1.1.1) that replay tools open, with the ledger's part inside."""

from sayso.share.exports.wacz.package import DROPS, written

__all__ = ["DROPS", "written"]
