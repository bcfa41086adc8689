"""Train the reader: `python -m training.train --data ../shared/eval --base FOLDER --out FOLDER`."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import torch
from transformers import BertModel

from training import augment, corpora
from training.corpora import Document
from training.examples import Batch, Window, attribution_windows, batch, filler_windows, mention_windows
from training.network import Reader, losses

WEIGHTS = {
    "anchor": 12.0,
    "roles": 8.0,
    "flat": 1.0,
    "names": 0.5,
    "phrases": 0.3,
    "links": 0.2,
    "fillers": 2.0,
    "kinds": 0.3,
    "standing": 0.1,
    "effect": 0.1,
    "together": 0.3,
}
MENTION_FILES = {"gum": "gum_train", "re3d": "re3d_train", "wikigold": "wikigold", "uner": "uner_ewt_dev"}
# re3d is the smallest and the nearest to the reports Sayso is for.
MENTION_REPEATS = {"gum": 1, "re3d": 4, "wikigold": 1, "uner": 1}

# Every n-th document with templates is held back: decoding is fitted on it (training/attacks.py).
TEMPLATES_HELD_BACK = 10
# Share of the documents with names that come in upper case, as some wires still send them.
_SHOUTED = 0.1


def held_back(documents: list[Document], every: int = 20) -> tuple[list[Document], list[Document]]:
    """Split off every n-th document for tuning decoders and reading errors; the rest trains."""
    return [d for i, d in enumerate(documents) if i % every], documents[::every]


def cue_words(documents: list[Document], least: int = 3) -> frozenset[str]:
    """Words that start a cue at least `least` times."""
    first = Counter(
        d.text[a.cue[0][0] : a.cue[0][1]].split()[0].lower().strip(",:;") for d in documents for a in d.attributions
    )
    return frozenset(word for word, count in first.items() if count >= least)


def epoch(
    attributed: list[Document],
    mentioned: dict[str, list[Document]],
    templated: list[Document],
    words: frozenset[str],
    pool: list[augment.Sentence],
    rng: random.Random,
    args: argparse.Namespace,
) -> Iterator[Batch]:
    """One pass over the corpora, freshly damaged and nested, as shuffled batches of `args.width` windows."""
    groups: list[list[Window]] = [[], [], []]
    small = augment.usual_case(document.text for document in attributed) if templated else frozenset()
    for document in templated * args.templates:
        groups[2] += filler_windows(augment.recased(document, small, rng), args.size, rng)
    for document in attributed:
        if rng.random() >= args.attributed:
            continue
        if rng.random() < args.nest:
            document = augment.nest(document, pool, rng, share=0.4)
        groups[0] += attribution_windows(document, words, args.size, rng)
        # Damage comes on top: a document that is only ever seen without its marks is one less to learn them from.
        if rng.random() < args.damage:
            groups[0] += attribution_windows(augment.damage(document, rng), words, args.size, rng)
    for corpus, documents in mentioned.items():
        for document in documents * MENTION_REPEATS[corpus]:
            if rng.random() < args.damage:
                document = augment.damage(document, rng)
            elif rng.random() < _SHOUTED:
                document = augment.shouted(document)
            groups[1] += mention_windows(document, corpus, args.size, rng)
    batches = [chosen for windows in groups for chosen in batched(windows, args.width, rng)]
    rng.shuffle(batches)
    return (batch(windows) for windows in batches)


def batched(windows: list[Window], width: int, rng: random.Random) -> list[list[Window]]:
    """Windows in shuffled groups of `width`; neighbours in length share one, so that little is padding."""
    rng.shuffle(windows)
    out = []
    for lo in range(0, len(windows), width * 16):
        chunk = sorted(windows[lo : lo + width * 16], key=lambda w: len(w.ids))
        out += [chunk[i : i + width] for i in range(0, len(chunk), width)]
    return out


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    said = "files of `sayso review export`, to learn from beside the corpora"
    parser.add_argument("--reviewed", type=Path, nargs="+", default=[], metavar="FILE", help=said)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base encoder")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=256, help="pieces in a window")
    parser.add_argument("--width", type=int, default=6, help="windows in a step")
    parser.add_argument("--start", type=Path, help="checkpoint whose weights to start from, where they fit")
    parser.add_argument("--mentions", nargs="+", default=list(MENTION_FILES), choices=list(MENTION_FILES))
    parser.add_argument("--attributed", type=float, default=1.0, help="share of the attribution documents in a pass")
    parser.add_argument("--templates", type=int, default=0, help="times that documents with templates come in a pass")
    parser.add_argument("--nest", type=float, default=0.4, help="share of documents with planted inner attributions")
    parser.add_argument("--damage", type=float, default=0.35, help="share of documents to come again, damaged")
    parser.add_argument("--resume", action="store_true", help="go on from the last finished epoch")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    train(args)


def train(args: argparse.Namespace) -> None:
    """Train for `args.epochs`, saving a checkpoint after each."""
    torch.manual_seed(args.seed)
    attributed, _ = held_back(corpora.attributions(args.data / "attribution/train.jsonl.gz"))
    attributed += [document for path in args.reviewed for document in corpora.attributions(path)]
    mentioned = {
        corpus: corpora.mentions(args.data / f"mentions/{name}.jsonl.gz")
        for corpus, name in MENTION_FILES.items()
        if corpus in args.mentions
    }
    templated: list[Document] = []
    if args.templates:
        templated, _ = held_back(corpora.templates(args.data / "incidents/train.jsonl.gz"), TEMPLATES_HELD_BACK)
    words = cue_words(attributed)
    pool = augment.donors(attributed)
    model = Reader(BertModel.from_pretrained(args.base, add_pooling_layer=False))
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    if args.start:
        old, new = torch.load(args.start)["model"], model.state_dict()
        model.load_state_dict({k: v for k, v in old.items() if k in new and v.shape == new[k].shape}, strict=False)
    groups = [
        {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": args.rate},
        {
            "params": [p for n, p in model.named_parameters() if not n.startswith("encoder.")],
            "lr": 4 * args.rate,
        },
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = len(list(epoch(attributed, mentioned, templated, words, pool, random.Random(0), args)))
    total = steps * args.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.06 * total), max(0.02, 1 - step / total))
    )
    first = 0
    last = args.out / "last.pt"
    if args.resume and last.exists():
        state = torch.load(last)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"]
    for number in range(first, args.epochs):
        rng = random.Random(1000 * args.seed + number)
        batches = epoch(attributed, mentioned, templated, words, pool, rng, args)
        _pass(model, optimiser, schedule, batches, args.out / "part.pt")
        state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save({**state, "schedule": schedule.state_dict(), "epoch": number + 1}, last)
    settings = {key: str(value) for key, value in vars(args).items()}
    files = [args.data / "attribution/train.jsonl.gz"]
    files += [args.data / f"mentions/{name}.jsonl.gz" for name in MENTION_FILES.values()]
    files += args.reviewed
    settings["corpora"] = corpora.fingerprint(*files)
    (args.out / "settings.json").write_text(json.dumps(settings, indent=1))


def _pass(
    model: Reader,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    batches: Iterator[Batch],
    part: Path,
) -> None:
    """Train on the batches of an epoch; the weights so far go to `part` from time to time."""
    model.train()
    mean: dict[str, float] = {}
    began = time.time()
    pieces = 0
    for step, data in enumerate(batches, 1):
        parts = losses(model, data)
        loss = torch.stack([WEIGHTS[name] * value for name, value in parts.items()]).sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        pieces += int(data.mask.sum())
        for name, value in parts.items():
            mean[name] = 0.97 * mean.get(name, float(value)) + 0.03 * float(value)
        if step % 500 == 0:
            torch.save({"model": model.state_dict()}, part)
        if step % 25 == 0:
            rate = pieces / (time.time() - began)
            print(step, f"{rate:.0f} pieces/s", {k: round(v, 4) for k, v in mean.items()}, flush=True)


if __name__ == "__main__":
    main()
