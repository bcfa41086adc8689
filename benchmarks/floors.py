"""The quality gate: `check` fails when a figure falls under its pinned floor, `pin` raises the floors.

`check` exits 0 when every floor holds or the data folder is absent (a user's machine), 1 when a figure
dropped beyond its noise or was not measured, 2 when nothing could be judged (a changed corpus, a broken file,
nothing pinned). `pin` exits 1, and writes nothing, when it would have to lower a floor that --allow-lower
does not name.

- quick, for CI: a fixed third of attribution dev (by hash of the document id), one fold of places, and all of
  wartime, re3d dev, GUM dev, times, counts, incidents and MUC-4 dev; an eighth of the copies, the tweets with
  their findings and one in 32 of the others, 8 stories of claims
- full: the same with all of attribution dev, all folds of places, all copies, all findings, 30 stories

Speed is not a floor here: it belongs to the machine.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from rich import box
from rich.table import Table

from benchmarks import (
    attacks,
    attribution,
    claims,
    claims_synthetic,
    copies,
    corpus,
    counts,
    gate,
    incidents,
    mentions,
    places,
    times,
    wartime,
)
from benchmarks.corpus import CorpusError
from benchmarks.figures import UNUSABLE, Outcome, paper
from benchmarks.gate import CorpusChanged, FloorsUnreadable, Judgement, Measured, Pinned, Verdict, WouldLower
from sayso.errors import SaysoError

FAILED: Final = 1
FLOORS: Final = Path(__file__).with_name("floors.json")
SUBSETS: Final = ("quick", "full")

# The reader is deterministic on one machine; noise is what another processor's int8 kernels may flip. How
# much one flipped item moves a figure decides how much is allowed: in quick one of about 700 attributions is
# 0.14 points, in full one of 2,189 is 0.05; one of 37 wartime statements is 2.7, of its 17 incidents 5.9; one of
# 449 names is 0.2, one of some 240 pronouns 0.4. Times, counts and kinds are rules: they may only change with them.
_RULES: Final = {
    **{f"times.{name}_value": 0.2 for name in ("timebank", "aquaint", "wikiwars", "tweets")},
    **{f"counts.{name}": 0.5 for name in ("satp_deaths", "satp_injuries", "airwars_killed")},
    "incidents.wartime.found": 6.0,
    "incidents.kinds.case_macro_f1": 0.2,
    "incidents.kinds.plover_accuracy": 0.2,
}
_COPIES: Final = tuple(
    f"copies.{name}" for name in ("wire_pairs", "synthetic_pairs", "ocr_recall", "heavy_recall", "wartime_groups")
)
_CLAIMS: Final = {"claims.tweets_map5": 0.6, "claims_synthetic.precision": 1.5, "claims_synthetic.recall": 2.0}
QUICK_PART: Final = 8  # an eighth of the groups of copies
_ATTACKS: Final = {
    "attacks.gtt": 0.7, "attacks.rme": 0.7, **{f"attacks.{name}": 1.5 for name in ("date", "country", "place")},
    "attacks.deaths": 2.0, "attacks.organisation": 2.0,
}  # fmt: skip
_FINDINGS: Final = {"quick": 32, "full": 1}  # one in so many of those that no tweet is about
_STORIES: Final = {"quick": 8, "full": 30}
_PLACES: Final = ("lgl_strict", "lgl_acc161", "lgl_end_to_end", "geovirus_strict", "geovirus_area")
NOISE: Final[Mapping[str, Mapping[str, float]]] = {
    "quick": {
        **_RULES,
        **_CLAIMS,
        **dict.fromkeys(_COPIES, 1.0),
        **_ATTACKS,
        **{f"places.{name}": 1.0 for name in _PLACES},
        **{f"attribution.{name}": 0.5 for name in ("whole_partial", "token_source", "token_cue", "token_content")},
        **{f"attribution.fragment_{role}": 0.7 for role in ("source", "cue", "content")},
        "attribution.source_exact": 0.7,
        "wartime.right_speaker": 2.8,
        "wartime.found": 2.8,
        "mentions.names_strict": 0.6,
        "mentions.pronouns_right": 1.3,
    },
    "full": {
        **_RULES,
        **_CLAIMS,
        **dict.fromkeys(_COPIES, 0.2),
        **_ATTACKS,
        **{f"places.{name}": 0.4 for name in _PLACES},
        **{f"attribution.{name}": 0.3 for name in ("whole_partial", "token_source", "token_cue", "token_content")},
        **{f"attribution.fragment_{role}": 0.4 for role in ("source", "cue", "content")},
        "attribution.source_exact": 0.4,
        "wartime.right_speaker": 2.8,
        "wartime.found": 2.8,
        "mentions.names_strict": 0.6,
        "mentions.pronouns_right": 1.3,
    },
}

Measure = Callable[[Path, str], dict[str, Measured]]


def measure(data: Path, subset: str) -> dict[str, Measured]:
    """The guarded figures of every benchmark on this subset of the eval folder."""
    attributions = corpus.locate(data, "attribution", "dev.jsonl.gz")
    scorer = corpus.locate(data, "attribution", "score.py")
    documents = corpus.rows(attributions)
    if subset == "quick":
        documents = corpus.third(documents)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.jsonl"
        attributed = attribution.measure(attributions, out, documents=documents, scorer=scorer)
    folds = range(1) if subset == "quick" else range(places.FOLDS)
    outcomes = (
        wartime.measure(corpus.locate(data, "wartime", "dev.jsonl.gz")),
        mentions.measure(data),
        times.measure(data),
        counts.measure(data),
        places.measure(data, folds),
        incidents.measure_wartime(data),
        incidents.measure_kinds(data),
        copies.measure(data, QUICK_PART if subset == "quick" else 1),
        attacks.measure(data),
        claims.measure_tweets(data, _FINDINGS[subset]),
        claims_synthetic.measure(claims_synthetic.SEED, _STORIES[subset]),
    )
    return {
        "attribution": guarded(attributed, subset, corpus.fingerprint(attributions, scorer)),
        **{outcome.benchmark: guarded(outcome, subset) for outcome in outcomes},
    }


def guarded(outcome: Outcome, subset: str, fingerprint: str | None = None) -> Measured:
    """The outcome's figures that have a noise, and so a floor. `fingerprint` replaces the outcome's own."""
    kept = {
        figure.name: figure.value for figure in outcome.figures if f"{outcome.benchmark}.{figure.name}" in NOISE[subset]
    }
    return Measured(fingerprint or outcome.corpus, kept)


def check(pinned: Mapping[str, Pinned], measured: Mapping[str, Measured]) -> tuple[int, list[Judgement]]:
    """The exit status and every figure's verdict."""
    judgements = gate.judge(pinned, measured)
    return (FAILED if any(item.fails for item in judgements) else 0), judgements


def main(argv: Sequence[str] | None = None, *, measure: Measure = measure) -> int:
    """Run the command; its exit status. `measure` can be replaced, for the gate's own tests."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if not arguments.data.is_dir():
        print(f"skipped: {arguments.data} absent, so the quality floors were not checked", file=sys.stderr)
        return 0
    try:
        floors = gate.load(arguments.floors)
        pinned = floors.get(arguments.subset, {})
        if arguments.action == "check":
            return _check(arguments, pinned, measure)
        _known(arguments.allow_lower)
        measured = measure(arguments.data, arguments.subset)
        floors[arguments.subset] = gate.repin(
            pinned,
            measured,
            NOISE[arguments.subset],
            allow_lower=arguments.allow_lower,
            allow_new_corpus=arguments.allow_new_corpus,
        )
    except WouldLower as refusal:
        print(f"{parser.prog}: {refusal}", file=sys.stderr)
        return FAILED
    except (CorpusError, CorpusChanged, FloorsUnreadable, SaysoError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return UNUSABLE
    gate.save(arguments.floors, floors)
    _show(gate.judge(floors[arguments.subset], measured), arguments.json)
    print(f"pinned in {arguments.floors}", file=sys.stderr)
    return 0


def _check(arguments: argparse.Namespace, pinned: Mapping[str, Pinned], measure: Measure) -> int:
    if not pinned:
        raise FloorsUnreadable(f"{arguments.floors}: nothing is pinned for {arguments.subset}. Run `pin` first")
    status, judgements = check(pinned, measure(arguments.data, arguments.subset))
    _show(judgements, arguments.json)
    failing = [item.name for item in judgements if item.fails]
    told = f"under the floor: {', '.join(failing)}" if failing else "every floor holds"
    print(told, file=sys.stderr)
    return status


def _known(names: Sequence[str]) -> None:
    known = {name for noises in NOISE.values() for name in noises}
    if unknown := [name for name in names if name not in known]:
        raise CorpusError(
            f"--allow-lower: no figure is called {', '.join(unknown)}. They are {', '.join(sorted(known))}"
        )


def _show(judgements: Sequence[Judgement], as_json: bool) -> None:
    if as_json:
        lines = [
            {
                "figure": item.name,
                "verdict": item.verdict.value,
                "floor": item.floor.floor if item.floor else None,
                "noise": item.floor.noise if item.floor else None,
                "value": item.value,
            }
            for item in judgements
        ]
        print(json.dumps(lines, indent=1))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("figure")
    for name in ("measured", "floor", "noise"):
        table.add_column(name, justify="right")
    table.add_column("")
    colours = {
        Verdict.DROPPED: "red",
        Verdict.MISSING: "red",
        Verdict.ROSE: "green",
        Verdict.UNPINNED: "yellow",
    }
    for item in judgements:
        verdict = item.verdict.value
        table.add_row(
            item.name,
            "" if item.value is None else f"{item.value:.2f}",
            f"{item.floor.floor:.2f}" if item.floor else "",
            f"{item.floor.noise:.2f}" if item.floor else "",
            f"[{colours[item.verdict]}]{verdict}[/]" if item.verdict in colours else verdict,
        )
    paper().print(table)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.floors",
        description=(__doc__ or "").strip(),
        epilog=(
            "for instance:\n"
            "  python -m benchmarks.floors check --data ../shared/eval\n"
            "  python -m benchmarks.floors pin --data ../shared/eval --subset full "
            "--allow-lower attribution.whole_partial"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("action", choices=("check", "pin"), help="check against the floors, or raise them")
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"), help="the eval folder (../shared/eval)")
    parser.add_argument("--subset", choices=SUBSETS, default="quick", help="how much to read (quick)")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the pinned figures (benchmarks/floors.json)")
    parser.add_argument(
        "--allow-lower",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="pin: floors that may be lowered",
    )
    parser.add_argument(
        "--allow-new-corpus",
        nargs="+",
        action="extend",
        default=[],
        choices=("attribution", "wartime", "mentions"),
        metavar="BENCHMARK",
        help="pin: benchmarks whose corpus was changed on purpose",
    )
    parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
