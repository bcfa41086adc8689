"""Average checkpoints: `python -m training.average --out FILE CHECKPOINT…`.

The mean of weights from one run reads unseen texts better than its parts (Wortsman et al. 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def average(checkpoints: list[Path], out: Path) -> None:
    """Write the mean of the checkpoints' weights."""
    states = [torch.load(path, map_location="cpu")["model"] for path in checkpoints]
    mean = {name: torch.stack([s[name].float() for s in states]).mean(0) for name in states[0]}
    torch.save({"model": mean}, out)


def main() -> None:
    """Parse the command line and average."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    average(args.checkpoints, args.out)


if __name__ == "__main__":
    main()
