"""Names on re3d and third-person pronouns on GUM.

Names: the reader's PER, ORG and LOC against re3d's Person, Organisation and Location. The headline counts
gold mentions that *are* names (`proper_names`), every one of them, nested ones and double types included;
beside it stand mentions that merely hold a name, and all mentions, pronouns and "the town" included, with the
relaxed score and the ceiling a reader of flat names has under each. Predicted names are the same in all three
rows.

Pronouns: see `pronouns`, which says what is asked and what is right.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from benchmarks import corpus, figures, pronouns
from benchmarks.corpus import CorpusError, Row
from benchmarks.figures import Breakdown, Figure, Outcome, share
from benchmarks.names import NameCounts, TypedSpan, count
from benchmarks.pronouns import Answer, Verdict
from benchmarks.proper_names import holds_name, is_name
from sayso.vocabulary import ReaderVersion, Span

GOLD_KINDS: Final = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
_SELECTIONS: Final[tuple[tuple[str, Callable[[str, Span], bool]], ...]] = (
    ("is a name", is_name),
    ("holds a name", holds_name),
    ("any mention", lambda _text, _span: True),
)


def gold_names(row: Row, keep: Callable[[str, Span], bool]) -> list[TypedSpan]:
    """The person, organisation and location mentions of a re3d document that `keep` keeps."""
    found = []
    for mention in row["mentions"]:
        span = Span(mention["start"], mention["end"])
        if mention["type"] in GOLD_KINDS and keep(row["text"], span):
            found.append(TypedSpan(span, GOLD_KINDS[mention["type"]]))
    return found


def count_names(row: Row, predicted: Iterable[TypedSpan], keep: Callable[[str, Span], bool]) -> dict[str, NameCounts]:
    """Counts of one document by type, and over all types under "all"."""
    gold, given = gold_names(row, keep), [name for name in predicted if name.kind in GOLD_KINDS.values()]
    found = {
        kind: count([n for n in gold if n.kind == kind], [n for n in given if n.kind == kind])
        for kind in GOLD_KINDS.values()
    }
    return {"all": count(gold, given), **found}


def measure_names(path: Path) -> Outcome:
    """Score the reader's names on a file in the form of re3d."""
    from sayso.read.names import names_in

    documents = corpus.rows(path)
    predicted = {
        row["id"]: [TypedSpan(Span(*name.span), str(name.kind)) for name in names_in(row["text"])]
        for row in corpus.progress(documents, f"reading {path.name}", len(documents))
    }
    totals: dict[str, dict[str, NameCounts]] = {}
    for title, keep in _SELECTIONS:
        totals[title] = {kind: NameCounts() for kind in ("all", *GOLD_KINDS.values())}
        for row in documents:
            for kind, counts in count_names(row, predicted[row["id"]], keep).items():
                totals[title][kind] += counts
    headline, loose, every = (totals[title]["all"] for title, _ in _SELECTIONS)
    return Outcome(
        benchmark="mentions",
        data=path,
        corpus=corpus.fingerprint(path),
        documents=len(documents),
        words=corpus.words(documents),
        figures=(
            Figure("names_strict", headline.strict_f1, "names, strict F1 (gold that is a name)", 60, 75),
            Figure("names_relaxed", headline.relaxed_f1, "names, overlapping F1"),
            Figure("names_held_strict", loose.strict_f1, "strict F1, gold that holds a name"),
            Figure("mentions_strict", every.strict_f1, "strict F1, all gold mentions"),
        ),
        breakdowns=(_names_breakdown(totals),),
        reader=_reader(),
    )


def measure_pronouns(path: Path) -> Outcome:
    """Score the reader's resolution of pronouns on a file in the form of GUM."""
    documents = corpus.rows(path)
    found: list[Answer] = []
    reader: ReaderVersion | None = None
    for row, reading in zip(documents, corpus.readings(documents, path.name), strict=True):
        found += pronouns.answers(reading, pronouns.gold_mentions(row["text"], row["mentions"]))
        reader = reading.reader
    return Outcome(
        benchmark="mentions",
        data=path,
        corpus=corpus.fingerprint(path),
        documents=len(documents),
        words=corpus.words(documents),
        figures=pronoun_figures(found),
        breakdowns=(pronoun_breakdown(found),),
        reader=reader,
    )


def pronoun_figures(found: Sequence[Answer]) -> tuple[Figure, ...]:
    """Shares of right answers: all, persons, organisations, and the trivial answer's."""

    def right(chosen: Sequence[Answer]) -> float:
        return share(sum(answer.verdict is Verdict.RIGHT for answer in chosen), len(chosen))

    return (
        Figure("pronouns_right", right(found), "pronouns with the right actor", 70, 85),
        Figure("pronouns_person", right([a for a in found if a.kind == "person"]), "  for people"),
        Figure(
            "pronouns_organisation",
            right([a for a in found if a.kind == "organization"]),
            "  for organisations",
        ),
        Figure(
            "pronouns_trivial",
            share(sum(answer.trivial for answer in found), len(found)),
            "for comparison: nearest gold name of a fitting type",
        ),
    )


def pronoun_breakdown(found: Sequence[Answer]) -> Breakdown:
    """Counts by pronoun and type."""
    tally = Counter((answer.kind, answer.form, answer.verdict) for answer in found)
    trivial = Counter((answer.kind, answer.form) for answer in found if answer.trivial)
    return Breakdown(
        "pronouns by form",
        ("pronoun", "asked", "right", "wrong", "open", "trivial right", "right %"),
        tuple(
            (f"{form} ({kind})", sum(by), *by, trivial[kind, form], share(by[0], sum(by)))
            for kind, form in sorted({(answer.kind, answer.form) for answer in found})
            for by in [[tally[kind, form, verdict] for verdict in Verdict]]
        ),
    )


def merged(outcomes: Sequence[Outcome]) -> Outcome:
    """Names and pronouns as one outcome; the fingerprint is over both files."""
    first = outcomes[0]
    if len(outcomes) == 1:
        return first
    paths = [outcome.data for outcome in outcomes if outcome.data]
    return Outcome(
        benchmark="mentions",
        data=paths[0].parent,
        corpus=corpus.fingerprint(*paths),
        documents=sum(outcome.documents for outcome in outcomes),
        words=sum(outcome.words for outcome in outcomes),
        figures=tuple(figure for outcome in outcomes for figure in outcome.figures),
        breakdowns=tuple(item for outcome in outcomes for item in outcome.breakdowns),
        reader=first.reader,
    )


def measure(data: Path) -> Outcome:
    """Score a file by what it annotates, or re3d dev and GUM dev of the eval folder."""
    if data.is_file():
        return _by_content(data)
    names = corpus.locate(data, "mentions", "re3d_dev.jsonl.gz")
    chains = corpus.locate(data, "mentions", "gum_dev.jsonl.gz")
    return merged([measure_names(names), measure_pronouns(chains)])


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command(
        "mentions",
        "Score names of people, organisations and places (re3d) and third-person pronouns (GUM).",
        "--data ../shared/eval",
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="the eval folder, or one file in the form of eval/mentions"
    )
    arguments = parser.parse_args(argv)
    return figures.finish(parser, arguments, lambda: measure(arguments.data))


def _by_content(path: Path) -> Outcome:
    mentions = [mention for row in corpus.rows(path) for mention in row.get("mentions", ())]
    if any("chain" in mention for mention in mentions):
        return measure_pronouns(path)
    if any(mention["type"] in GOLD_KINDS for mention in mentions):
        return measure_names(path)
    raise CorpusError(f"{path}: has neither chains nor {', '.join(GOLD_KINDS)} mentions. Use a file like re3d or GUM")


def _names_breakdown(totals: dict[str, dict[str, NameCounts]]) -> Breakdown:
    return Breakdown(
        "names, by which gold mentions count and by type",
        ("gold mention", "gold", "predicted", "strict F1", "overlap F1", "flat ceiling"),
        tuple(
            (
                title if kind == "all" else f"  {kind}",
                counts.gold,
                counts.predicted,
                counts.strict_f1,
                counts.relaxed_f1,
                counts.ceiling,
            )
            for title, by_kind in totals.items()
            for kind, counts in by_kind.items()
        ),
    )


def _reader() -> ReaderVersion:
    return next(corpus.readings([{"id": "r", "text": "Lena Ortiz said that it rains."}], "a sentence")).reader


if __name__ == "__main__":
    sys.exit(main())
