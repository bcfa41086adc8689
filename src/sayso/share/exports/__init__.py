"""Incidents as other people's tools take them: ACLED's columns, GeoJSON, JSON Lines."""

from sayso.share.exports.files import Exported, export
from sayso.share.exports.formats import FORMATS

__all__ = ["FORMATS", "Exported", "export"]
