"""Statements of invented reports, read by the real reader and joined into claims."""

from functools import cache

from sayso import read_many
from sayso.trace.claims import Known, Placement, claims, joined, known, propositions
from sayso.vocabulary import Claim, Published, Reading, Report, ReportId


@cache
def reading(text: str, published: str, outlet: str = "Example Wire", url: str | None = None) -> Reading:
    name = ReportId(f"{outlet}, {published}: {text}")
    (found,) = read_many([Report(name, text, outlet=outlet, published=Published(published, "given"), url=url)])
    return found


@cache
def said(text: str, published: str, outlet: str = "Example Wire") -> Known:
    """The first statement of somebody else than the outlet that puts a proposition."""
    found = reading(text, published, outlet)
    attributed = {statement.id for statement in found.statements if statement.cue}
    return known([next(item for item in propositions(found) if item.statement in attributed)])[0]


def together(*statements: Known) -> tuple[Claim, ...]:
    return claims(joined(statements))


def groups(placements: tuple[Placement, ...]) -> set[frozenset[tuple[str, str]]]:
    """The claims as sets of their statements."""
    found: dict[str, set[tuple[str, str]]] = {}
    for placement in placements:
        proposition = placement.known.proposition
        found.setdefault(placement.claim, set()).add((proposition.report, proposition.statement))
    return {frozenset(members) for members in found.values()}
