"""Train what attacks change in the encoder: `python -m training.attack_layers --start reader.pt --joint joint.pt`.

The reader's own matrices stay as they are, to the bit, so that what it says of statements does not change. Beside each
a change of low rank is learned (network.Adapted). It begins as the greatest part of the difference to a checkpoint that
was trained on attributions and templates together (train.py --templates), or at nothing without one.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from training import augment, corpora
from training.corpora import Document
from training.examples import Window, batch, filler_windows
from training.network import RANK, Adapted, Reader, attack_losses
from training.train import TEMPLATES_HELD_BACK, batched, held_back

WEIGHTS = {"fillers": 2.0, "kinds": 0.3, "standing": 0.15, "effect": 0.1, "together": 0.3, "names": 0.2}
_HEADS = ("tags.fillers", "kinds", "choices", "together_query", "together_key")


def begin(model: Reader, joint: dict[str, Tensor]) -> None:
    """Set the changes to the greatest part of the difference between a checkpoint and the reader."""
    with torch.no_grad():
        for name, module in model.own.named_modules():
            there = f"encoder.encoder.layer.{name}"
            if isinstance(module, Adapted):
                left, sizes, right = torch.linalg.svd(joint[f"{there}.weight"] - module.shared[0].weight, False)
                root = sizes[:RANK].sqrt()
                module.up.copy_(left[:, :RANK] * root)
                module.down.copy_(root[:, None] * right[:RANK])
                module.bias.copy_(joint[f"{there}.bias"])
            elif isinstance(module, nn.LayerNorm):
                module.weight.copy_(joint[f"{there}.weight"])
                module.bias.copy_(joint[f"{there}.bias"])
        model.own_shape.weight.copy_(joint["shape.weight"])
        model.own_break.weight.copy_(joint["break_before.weight"])
        model.people.weight.copy_(joint["tags.names.weight"])
        model.people.bias.copy_(joint["tags.names.bias"])
        for name, value in joint.items():
            if name.startswith(_HEADS):
                model.get_parameter(name).copy_(value)


def train(args: argparse.Namespace) -> None:
    """Train for `args.epochs`, each pass in another case, and save the whole reader after each."""
    torch.manual_seed(args.seed)
    documents, _ = held_back(corpora.templates(args.data / "incidents/train.jsonl.gz"), TEMPLATES_HELD_BACK)
    others = corpora.attributions(args.data / "attribution/train.jsonl.gz")
    small = augment.usual_case(document.text for document in others)
    model = Reader(BertModel.from_pretrained(args.base, add_pooling_layer=False))
    known = torch.load(args.start, map_location="cpu")["model"]
    own = model.state_dict()
    model.load_state_dict({k: v for k, v in known.items() if k in own and v.shape == own[k].shape}, strict=False)
    if args.joint:
        begin(model, torch.load(args.joint, map_location="cpu")["model"])
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    changes = [*model.own.parameters(), *model.own_shape.parameters(), *model.own_break.parameters()]
    heads = [p for name, p in model.named_parameters() if name.startswith((*_HEADS, "people"))]
    for parameter in (*changes, *heads):
        parameter.requires_grad_(True)
    optimiser = torch.optim.AdamW(
        [{"params": changes, "lr": args.rate}, {"params": heads, "lr": 2 * args.rate}], weight_decay=0.02
    )
    total = args.epochs * len(
        batched(_windows(documents, small, random.Random(0), args.size), args.width, random.Random(0))
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.05 * total), max(0.02, 1 - step / total))
    )
    began, step = time.time(), 0
    for number in range(args.epochs):
        rng = random.Random(1000 * args.seed + number)
        model.train()
        for windows in batched(_windows(documents, small, rng, args.size), args.width, rng):
            parts = attack_losses(model, batch(windows))
            loss = torch.stack([WEIGHTS[name] * parts[name] for name in WEIGHTS if name in parts]).sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*changes, *heads], 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                shown = {name: round(float(value.detach()), 4) for name, value in parts.items()}
                print(f"{step} of {total}, {step / (time.time() - began):.2f} steps/s", shown, flush=True)
        torch.save({"model": model.state_dict()}, args.out / "attacks.pt")
    settings = {key: str(value) for key, value in vars(args).items()}
    settings["corpora"] = corpora.fingerprint(args.data / "incidents/train.jsonl.gz")
    (args.out / "settings.json").write_text(json.dumps(settings, indent=1))


def _windows(documents: list[Document], small: frozenset[str], rng: random.Random, size: int) -> list[Window]:
    return [w for document in documents for w in filler_windows(augment.recased(document, small, rng), size, rng)]


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base encoder")
    parser.add_argument("--start", type=Path, required=True, help="checkpoint of the finished reader")
    parser.add_argument("--joint", type=Path, help="checkpoint of a reader trained on templates too")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--size", type=int, default=256, help="pieces in a window")
    parser.add_argument("--width", type=int, default=6, help="windows in a step")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
