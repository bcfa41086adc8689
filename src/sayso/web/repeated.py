"""The same asked twice: a decision that its maker stands by already is not made again.

So forms and programs may send once more what they got no answer to.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from sayso.errors import NotTaken
from sayso.ledger import Ledger
from sayso.review import Choice, Decision, Verdict, decide, decisions_on
from sayso.review.standing import about, latest, live
from sayso.vocabulary import ReportId


def decide_once(ledger: Ledger, choices: Sequence[Choice], who: str) -> tuple[Decision | NotTaken, ...]:
    """Keep what somebody decides; for each choice the decision, the one there was, or why it is not taken.

    Raises NotTaken without a name or with too many choices, and LedgerError.
    """
    made: dict[ReportId, list[Decision]] = {}
    there: dict[int, Decision] = {}
    with ledger.looking() as connection:
        for number, it in enumerate(choices):
            if it.report not in made:
                made[it.report] = _standing_by(connection, it.report, who)
            if (same := next((one for one in made[it.report] if _says(one, it)), None)) is not None:
                there[number] = same
    fresh = iter(decide(ledger, [it for number, it in enumerate(choices) if number not in there], who))
    return tuple(there[number] if number in there else next(fresh) for number in range(len(choices)))


def _standing_by(connection: Connection, report: ReportId, who: str) -> list[Decision]:
    """The last decisions of somebody on each thing of a report."""
    return latest([it for it in live(decisions_on(connection, report)) if it.who == who.strip()], about)


def _says(made: Decision, wanted: Choice) -> bool:
    """Whether a decision is what is wanted; where the item is named by its place in a reading that is not known."""
    if made.verdict is not wanted.verdict or made.why != wanted.why.strip() or wanted.settles:
        return False
    ids = [it.id for it in made.items]
    if wanted.claim is not None:
        pair = {(it.report, it.id) for it in made.items}
        return pair == {(wanted.report, wanted.item), wanted.claim} and made.finding is None
    if made.finding != wanted.finding or ids[0] != wanted.item or made.kind.value == "claim":
        return False
    if wanted.verdict is Verdict.MERGED:
        return {*ids[1:]} == {*wanted.others}
    if wanted.verdict is Verdict.CORRECTED:
        return all(made.after.get(name) == value for name, value in wanted.after.items())
    if wanted.verdict is Verdict.SPLIT:
        parts = [tuple(it.passages[0]) for it in made.results]
        return bool(parts) and parts == [tuple(it) for it in wanted.parts]
    return True
