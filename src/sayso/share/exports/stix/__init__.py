"""STIX 2.1 for platforms that keep threat intelligence: reports, who says what, incidents, claims and copies."""

from sayso.share.exports.stix.bundle import DROPS, written

__all__ = ["DROPS", "written"]
