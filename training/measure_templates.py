"""Predict MUC-4 templates with a checkpoint: `python -m training.measure_templates --checkpoint FILE --base FOLDER
--data ../shared/eval/incidents --part held-back --out predictions.jsonl`; then score them with the corpus's score.py.

The heads for templates are trained with the rest and not shipped yet: this measures them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
from transformers import BertModel

from sayso.read.names import names_in
from sayso.read.pieces import Pieces, split
from sayso.read.sentences import sentences
from sayso.read.windows import Window, windows
from sayso.read.words import join
from sayso.vocabulary import Span
from training import corpora
from training.examples import Ints
from training.fillers import FillerRole, Heads, fillers
from training.network import Reader
from training.templates import Template, templates
from training.train import held_back

_CLS, _SEP = 101, 102
_SLOTS = {
    FillerRole.PERPETRATOR: "perp_individual",
    FillerRole.ORGANISATION: "perp_org",
    FillerRole.TARGET: "target",
    FillerRole.VICTIM: "victim",
    FillerRole.WEAPON: "weapon",
}


def heads(model: Reader, pieces: Pieces, window: Window) -> Heads:
    """Run the network over one window."""
    cut = slice(window.start, window.end)

    def framed(values: Ints, first: int, last: int) -> torch.Tensor:
        return torch.tensor([[first, *values[cut].tolist(), last]])

    with torch.no_grad():
        hidden = model.encode(framed(pieces.ids, _CLS, _SEP), framed(pieces.shapes, 0, 0), framed(pieces.breaks, 0, 0))[
            0, 1:-1
        ]
        layers = (
            model.tags["fillers"], model.kinds, model.choices["standing"], model.choices["effect"],
            model.together_query, model.together_key,
        )  # fmt: skip
        return Heads(window, *(layer(hidden).numpy() for layer in layers))


def predicted(text: str, found: Template, people: list[Span]) -> dict[str, Any]:
    """A template in the scorer's form; a victim without a name is a description."""
    out: dict[str, Any] = {"type": found.kind.value.upper()}
    for entity in found.entities:
        named = [m for m in entity.mentions if any(p.start < m.span.end and m.span.start < p.end for p in people)]
        slot = _SLOTS[entity.role]
        if entity.role is FillerRole.VICTIM and not named:
            slot = "victim_description"
        best = max(named if slot == "victim" else entity.mentions, key=lambda m: m.score)
        out.setdefault(slot, []).append(best.span.of(text))
    return out


def main() -> None:
    """Parse the command line and predict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of MUC-4")
    parser.add_argument("--part", choices=("held-back", "dev"), default="held-back")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = Reader(BertModel.from_pretrained(args.base, add_pooling_layer=False))
    model.load_state_dict(torch.load(args.checkpoint, map_location="cpu")["model"])
    model.eval()
    train = args.part == "held-back"
    documents = corpora.templates(args.data / ("train.jsonl.gz" if train else "dev.jsonl.gz"))
    with args.out.open("w", encoding="utf-8") as lines:
        for document in held_back(documents, 10)[1] if train else documents:
            text = document.text
            pieces = split(text)
            scores = [heads(model, pieces, window) for window in windows(pieces, sentences(text))]
            people = [name.span for name in names_in(text) if name.kind == "PER"]
            told = templates(text, fillers(join(text, pieces), scores))
            incidents = [predicted(text, each, people) for each in told]
            lines.write(json.dumps({"id": document.id, "incidents": incidents}) + "\n")


if __name__ == "__main__":
    main()
