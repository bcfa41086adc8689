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
        """Scores in the order of `sayso.read.encoder.HEADS`; heads that nothing reads yet are left out."""
        r = self.reader
        hidden = r.encode(ids, shapes, breaks)
        heads = {
            "anchor": r.anchor, "unary": r.unary, "query": r.query, "key": r.key, "pair_query": r.pair_query,
            "pair_key": r.pair_key, "flat": r.flat, "names": r.tags["names"], "phrases": r.tags["phrases"],
            "link_query": r.link_query, "link_key": r.link_key, "fillers": r.tags["fillers"], "kinds": r.kinds,
            "standing": r.choices["standing"], "effect": r.choices["effect"], "together_query": r.together_query,
            "together_key": r.together_key,
        }  # fmt: skip
        return tuple(heads[name](hidden) for name in HEADS)


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
