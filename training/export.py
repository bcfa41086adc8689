"""Export a trained reader: `python -m training.export --checkpoint last.pt --base FOLDER --out FOLDER`.

Writes `reader.onnx` (int8 matrices and embeddings, fp32 heads) and `reader.json` (what the decoder needs).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

from sayso.read.encoder import HEADS
from training.network import Reader


class Exported(nn.Module):
    """The network without losses: inputs [1, pieces], outputs every head's scores."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, shapes: Tensor, breaks: Tensor) -> tuple[Tensor, ...]:
        """Scores in the order of `sayso.read.encoder.HEADS`."""
        r = self.reader
        hidden = r.encode(ids, shapes, breaks)
        return (
            r.anchor(hidden), r.unary(hidden), r.query(hidden), r.key(hidden), r.pair_query(hidden),
            r.pair_key(hidden),
            r.flat(hidden), r.tags["names"](hidden), r.tags["phrases"](hidden), r.link_query(hidden),
            r.link_key(hidden), r.tags["fillers"](hidden), r.kinds(hidden), r.choices["standing"](hidden),
            r.choices["effect"](hidden), r.together_query(hidden), r.together_key(hidden),
        )  # fmt: skip


def export(checkpoint: Path, base: Path, out: Path) -> None:
    """Write the weights that the package ships into `out`."""
    reader = Reader(BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager"))
    reader.load_state_dict(torch.load(checkpoint, map_location="cpu")["model"])
    reader.eval()
    out.mkdir(parents=True, exist_ok=True)
    full = out / "reader.fp32.onnx"
    example = torch.ones((1, 17), dtype=torch.long)
    names = list(HEADS)
    inputs = ["ids", "shapes", "breaks"]
    axes = {name: {1: "pieces"} for name in (*inputs, *names)}
    torch.onnx.export(
        Exported(reader), (example, example * 0, example * 0), str(full), dynamo=False, opset_version=17,
        input_names=inputs, output_names=names, dynamic_axes=axes,
    )  # fmt: skip
    heads = [node.name for node in onnx.load(full).graph.node if _is_head(node)]
    quantize_dynamic(
        full, out / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        nodes_to_exclude=heads, op_types_to_quantize=["MatMul", "Gather"],
    )  # fmt: skip
    tables = {
        "distance": reader.distance.weight,
        "pair_distance": reader.pair_distance.weight,
        "pair": reader.pair.weight,
    }
    settings = {name: [[round(v, 5) for v in row] for row in table.tolist()] for name, table in tables.items()}
    (out / "reader.json").write_text(json.dumps(settings) + "\n", encoding="utf-8")


def _is_head(node: onnx.NodeProto) -> bool:
    return "/encoder/" not in node.name and not node.name.endswith("word_embeddings/Gather")


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    export(args.checkpoint, args.base, args.out)


if __name__ == "__main__":
    main()
