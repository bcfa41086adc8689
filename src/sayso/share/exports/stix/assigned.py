"""Techniques as STIX: only those that reviewers assigned, each by its id, with who did, when and why.

The id is that of the DISARM framework; none of its texts is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from sayso.review.decisions import decisions_on
from sayso.review.items import Item
from sayso.review.standing import State
from sayso.review.techniques import techniques
from sayso.share.exports.instants import instant
from sayso.share.exports.stix.objects import FIXED, StixObject, identity, kept, named
from sayso.share.visible import one_line
from sayso.vocabulary import ReportId


def assignments(connection: Connection, report: ReportId, target: Callable[[Item], str | None]) -> Iterator[StixObject]:
    """The techniques assigned in a report: each with the reviewers, and what ties it to the id that `target` gives.

    What has no target, or on which reviewers differ, is passed over.
    """
    for found in techniques(decisions_on(connection, report)):
        source = target(found.item)
        if found.state is not State.ACCEPTED or source is None:
            continue
        pattern = _pattern(found.technique)
        yield pattern
        for made in found.decisions:
            reviewer = identity(one_line(made.who), "individual")
            yield reviewer
            said = {
                "relationship_type": "related-to",
                "description": f"Technique {found.technique}, assigned by {one_line(made.who)}: {made.why}",
                "source_ref": source,
                "target_ref": pattern["id"],
            }
            tie = kept(named("relationship", f"{made.id} {source}"), instant(made.when) or FIXED, said)
            yield tie | {"created_by_ref": reviewer["id"]}


def _pattern(technique: str) -> StixObject:
    said = {
        "name": technique,
        "description": f"Technique {technique} of the DISARM framework, as reviewers assigned it.",
        "external_references": [{"source_name": "DISARM", "external_id": technique}],
    }
    return kept(named("attack-pattern", technique), FIXED, said)
