"""Annotated statements of damaged war reports: found, and with the right speaker after resolution.

Only some statements of each page are annotated, so this measures recall alone, against the page's statements
of every layer, the outlet's own voice excepted (every sentence belongs to somebody, so voice would find
everything).

An annotated statement is *found* by a statement whose content covers at least half of the annotated content's
words and has at most three times as many, or at most twenty, whichever is more. Half, because the annotation
often stops short of a subject or a trailing clause and so may a reader; three times, because a content that
swallows a paragraph has not found anything, and twenty words, about a sentence of these pages, so that a
content of two words ("any responsibility") is not held to six. One statement finds one annotated statement at
most: pairs with the right speaker are taken first, then those whose words agree best.

It has the *right speaker* when the actor it is given to is the annotated speaker (`speakers` has the rules).
Stance agrees when our value is the one the annotation's words begin with ("claims (hedged inside)" is claims,
"disputes" is denies); since the annotator's says and claims differ by tone, a second figure takes says,
asserts and claims as one.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks import corpus, figures
from benchmarks.attribution import write_lines
from benchmarks.corpus import CorpusError, Row
from benchmarks.figures import Breakdown, Figure, Outcome, share
from benchmarks.speakers import is_right, resolved_speaker
from sayso.vocabulary import Form, Reading, Span, Stance, Statement

COVERED: Final = 0.5
TIMES_LONGER: Final = 3
ALWAYS_ALLOWED: Final = 20
_WORD: Final = re.compile(r"\w+(?:[-.']\w+)*")
_STANCES: Final = {
    **{stance.value: stance for stance in Stance},
    "disputes": Stance.DENIES,
    "predicts": Stance.WARNS,
}
_SAYING: Final = frozenset((Stance.SAYS, Stance.ASSERTS, Stance.CLAIMS))


@dataclass(frozen=True, slots=True)
class Annotated:
    """A statement of the gold: its page, speaker, role, content and stance."""

    page: str
    speaker: str
    role: str
    content: Span
    stance: Stance


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of an annotated statement: the statement that found it, whose it is, and what agrees."""

    gold: Annotated
    statement: Statement | None = None
    given_to: str = ""
    speaker_right: bool = False

    @property
    def stance_right(self) -> bool:
        """Whether the stance is the annotated one."""
        return self.statement is not None and self.statement.stance is self.gold.stance

    @property
    def stance_near(self) -> bool:
        """The same, with says, asserts and claims taken as one."""
        return self.stance_right or (
            self.statement is not None and {self.statement.stance, self.gold.stance} <= _SAYING
        )


def annotated(gold: Mapping[str, Any]) -> list[Annotated]:
    """The statements of a gold file."""
    return [
        Annotated(
            page=item["page"],
            speaker=item["speaker"]["text"],
            role=item.get("role") or "",
            content=Span(item["content"]["start"], item["content"]["end"]),
            stance=stance_of(item["stance"]),
        )
        for item in gold["statements"]
    ]


def stance_of(words: str) -> Stance:
    """Our stance for the annotator's free words: the first word among our values or their synonyms."""
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in _STANCES:
            return _STANCES[word]
    raise CorpusError(f"gold.json: no stance of ours for {words!r}. Add it to benchmarks/wartime.py")


def find(reading: Reading, gold: Sequence[Annotated]) -> list[Finding]:
    """What the reading of a page makes of the page's annotated statements, in their order."""
    text = reading.report.text
    starts = [found.start() for found in _WORD.finditer(text)]
    wanted = [_words_in(starts, (item.content,)) for item in gold]
    offered = [
        (item, _words_in(starts, item.content.spans)) for item in reading.statements if item.form is not Form.VOICE
    ]
    pairs = []
    for i, item in enumerate(gold):
        for j, (statement, content) in enumerate(offered):
            if covers(wanted[i], content):
                right = is_right(resolved_speaker(reading, statement), item.speaker, item.role)
                agreement = len(wanted[i] & content) / len(wanted[i] | content)
                pairs.append((not right, -agreement, i, j))
    taken: dict[int, tuple[int, bool]] = {}
    for wrong, _, i, j in sorted(pairs):
        if i not in taken and all(j != other for other, _ in taken.values()):
            taken[i] = (j, not wrong)
    found = []
    for i, item in enumerate(gold):
        if i in taken:
            statement = offered[taken[i][0]][0]
            found.append(Finding(item, statement, _given_to(reading, statement), taken[i][1]))
        else:
            found.append(Finding(item))
    return found


def covers(gold: set[int], content: set[int]) -> bool:
    """Whether a content, as word positions, finds the annotated one."""
    if not gold or len(content) > max(TIMES_LONGER * len(gold), ALWAYS_ALLOWED):
        return False
    return len(gold & content) >= COVERED * len(gold)


def figures_of(found: Sequence[Finding]) -> tuple[Figure, ...]:
    """Shares of the annotated statements; stance is a share of those found."""
    hits = [item for item in found if item.statement]
    return (
        Figure(
            "right_speaker",
            share(sum(item.speaker_right for item in hits), len(found)),
            "found with the right speaker",
            60,
            80,
        ),
        Figure("found", share(len(hits), len(found)), "found at all"),
        Figure("stance", share(sum(item.stance_right for item in hits), len(hits)), "stance, of those found"),
        Figure(
            "stance_near",
            share(sum(item.stance_near for item in hits), len(hits)),
            "stance, says = asserts = claims",
        ),
    )


def misses(found: Iterable[Finding], texts: Mapping[str, str]) -> Breakdown:
    """The annotated statements that were not found, or given to somebody else."""
    rows = []
    for item in found:
        if item.speaker_right:
            continue
        gold = item.gold
        what = f"given to {item.given_to or 'nobody'}" if item.statement else "not found"
        rows.append((gold.page, gold.speaker, what, _shortened(gold.content.of(texts[gold.page]))))
    return Breakdown("missed", ("page", "speaker", "what happened", "content"), tuple(rows))


def prediction(reading: Reading) -> Row:
    """A reading's statements with resolved speakers, for a look at them."""
    return {
        "id": str(reading.report.id),
        "statements": [
            {
                "id": str(item.id),
                "parent": str(item.parent) if item.parent else None,
                "speaker": _given_to(reading, item),
                "speaker_kind": item.speaker.kind.value,
                "source": [list(span) for span in item.source.spans],
                "cue": [list(span) for span in item.cue.spans],
                "content": [list(span) for span in item.content.spans],
                "form": item.form.value,
                "stance": item.stance.value,
                "certainty": item.certainty.value.value,
                "chain": [link.text for link in item.chain],
            }
            for item in reading.statements
        ],
    }


def measure(data: Path, *, gold: Path | None = None, predictions: Path | None = None, show: bool = False) -> Outcome:
    """Read the annotated pages of `data` and score their statements against `gold` (gold.json beside it)."""
    gold = gold or data.with_name("gold.json")
    wanted = annotated(_gold(gold))
    pages = {item.page for item in wanted}
    documents = [row for row in corpus.rows(data) if row["id"] in pages]
    if missing := pages - {row["id"] for row in documents}:
        raise CorpusError(
            f"{data}: lacks the annotated pages {', '.join(sorted(missing)[:3])}. Use the gold's own file"
        )
    found: list[Finding] = []
    read: list[Reading] = []
    for reading in corpus.readings(documents, data.name):
        read.append(reading)
        found += find(reading, [item for item in wanted if item.page == reading.report.id])
    if predictions:
        write_lines(predictions, (prediction(reading) for reading in read))
    return Outcome(
        benchmark="wartime",
        data=data,
        corpus=corpus.fingerprint(data, gold),
        documents=len(documents),
        words=corpus.words(documents),
        figures=figures_of(found),
        breakdowns=(misses(found, {row["id"]: row["text"] for row in documents}),) if show else (),
        notes=(f"{len(wanted)} annotated statements: one is {share(1, len(wanted))} points",),
        reader=read[0].reader,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command(
        "wartime",
        "Score the annotated statements of the war reports: found, right speaker, stance.",
        "--data ../shared/eval/wartime --show",
    )
    parser.add_argument("--data", type=Path, required=True, help="the reports, or the folder they lie in")
    parser.add_argument("--gold", type=Path, help="the annotation, if it is not gold.json beside the reports")
    parser.add_argument("--predictions", type=Path, metavar="OUT", help="write the statements read, as JSON Lines")
    parser.add_argument("--show", action="store_true", help="list what was missed")
    arguments = parser.parse_args(argv)

    def run() -> Outcome:
        data = corpus.locate(arguments.data, "wartime", "dev.jsonl.gz")
        return measure(data, gold=arguments.gold, predictions=arguments.predictions, show=arguments.show)

    return figures.finish(parser, arguments, run)


def _gold(path: Path) -> Mapping[str, Any]:
    try:
        gold = json.loads(corpus.content(path))
    except json.JSONDecodeError as error:
        raise CorpusError(f"{path}: not JSON ({error.msg})") from error
    if not isinstance(gold, dict) or "statements" not in gold:
        raise CorpusError(f"{path}: has no `statements`. Name the annotation with --gold")
    return gold


def _words_in(starts: Sequence[int], spans: Iterable[Span]) -> set[int]:
    return {index for index, at in enumerate(starts) for span in spans if span.start <= at < span.end}


def _given_to(reading: Reading, statement: Statement) -> str:
    actor = reading.actor(statement.speaker.actor)
    return actor.name if actor else statement.speaker.text


def _shortened(words: str, width: int = 60) -> str:
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"


if __name__ == "__main__":
    sys.exit(main())
