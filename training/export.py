"""Export a trained reader: `python -m training.export --checkpoint last.pt --base FOLDER --out FOLDER`.

Writes `reader.onnx` (int8 matrices and embeddings, fp32 heads) and `reader.json` (what the decoder needs).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

from sayso.read.encoder import ATTACK_HEADS, HEADS
from training.network import Reader

# Nodes of the encoder, plain and as attacks change it; all others belong to heads.
_BODY = ("/encoder/", "/own.", "/embeddings/", "/word_embeddings/")


class Exported(nn.Module):
    """The network without losses: inputs [1, pieces], outputs every head's scores."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, shapes: Tensor, breaks: Tensor) -> tuple[Tensor, ...]:
        """Scores in the order of `HEADS` and `ATTACK_HEADS`; heads that nothing reads are left out."""
        r = self.reader
        hidden, attacks = r.encode(ids, shapes, breaks), r.encode_attacks(ids, shapes, breaks)
        heads = {
            "anchor": r.anchor, "unary": r.unary, "query": r.query, "key": r.key, "pair_query": r.pair_query,
            "pair_key": r.pair_key, "flat": r.flat, "names": r.tags["names"], "phrases": r.tags["phrases"],
            "link_query": r.link_query, "link_key": r.link_key,
        }  # fmt: skip
        own = {
            "people": r.people, "fillers": r.tags["fillers"], "kinds": r.kinds, "standing": r.choices["standing"],
            "effect": r.choices["effect"], "together_query": r.together_query, "together_key": r.together_key,
        }  # fmt: skip
        return (*(heads[name](hidden) for name in HEADS), *(own[name](attacks) for name in ATTACK_HEADS))


def export(checkpoint: Path, base: Path, out: Path) -> None:
    """Write the weights that the package ships into `out`."""
    reader = Reader(BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager"))
    reader.load_state_dict(torch.load(checkpoint, map_location="cpu")["model"])
    reader.eval()
    out.mkdir(parents=True, exist_ok=True)
    full = out / "reader.fp32.onnx"
    example = torch.ones((1, 17), dtype=torch.long)
    names = [*HEADS, *ATTACK_HEADS]
    inputs = ["ids", "shapes", "breaks"]
    axes = {name: {1: "pieces"} for name in (*inputs, *names)}
    torch.onnx.export(
        Exported(reader), (example, example * 0, example * 0), str(full), dynamo=False, opset_version=17,
        input_names=inputs, output_names=names, dynamic_axes=axes,
    )  # fmt: skip
    plain = onnx.load(full)
    share_constants(plain.graph)
    onnx.save(plain, full)
    heads = [node.name for node in plain.graph.node if _is_head(node)]
    quantize_dynamic(
        full, out / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        nodes_to_exclude=heads, op_types_to_quantize=["MatMul", "Gather"],
    )  # fmt: skip
    whole = onnx.load(out / "reader.onnx")
    on_demand(whole.graph, ATTACK_HEADS, "violent")
    onnx.checker.check_model(whole)
    onnx.save(whole, out / "reader.onnx")
    tables = {
        "distance": reader.distance.weight,
        "pair_distance": reader.pair_distance.weight,
        "pair": reader.pair.weight,
    }
    settings = {name: [[round(v, 5) for v in row] for row in table.tolist()] for name, table in tables.items()}
    (out / "reader.json").write_text(json.dumps(settings) + "\n", encoding="utf-8")


def share_constants(graph: onnx.GraphProto) -> None:
    """Let nodes take a shared constant itself: behind the exporter's Identity nodes it would not be quantised."""
    constants = {constant.name for constant in graph.initializer}
    copies = {n.output[0]: n.input[0] for n in graph.node if n.op_type == "Identity" and n.input[0] in constants}
    kept = [node for node in graph.node if not set(node.output) & copies.keys()]
    for node in kept:
        node.input[:] = [copies.get(name, name) for name in node.input]
    del graph.node[:]
    graph.node.extend(kept)


def on_demand(graph: onnx.GraphProto, outputs: Sequence[str], asked: str) -> None:
    """Put the nodes that only these outputs need under a condition, a new input; without it the outputs are empty."""
    made = {name: node for node in graph.node for name in node.output}
    needed: set[str] = set()
    waiting = [out.name for out in graph.output if out.name not in outputs]
    while waiting:
        name = waiting.pop()
        if name in made and name not in needed:
            needed |= set(made[name].output)
            waiting += made[name].input
    always = [node for node in graph.node if set(node.output) & needed]
    asked_for = [node for node in graph.node if not set(node.output) & needed]
    shown = [out for out in graph.output if out.name in outputs]
    empty = []
    for out in shown:
        width = out.type.tensor_type.shape.dim[2].dim_value
        nothing = onnx.helper.make_tensor(f"{out.name}.nothing", onnx.TensorProto.FLOAT, [1, 0, width], [])
        empty.append(onnx.helper.make_node("Constant", [], [f"{out.name}.else"], value=nothing))
    then_out = [onnx.helper.make_tensor_value_info(out.name, onnx.TensorProto.FLOAT, None) for out in shown]
    else_out = [onnx.helper.make_tensor_value_info(f"{out.name}.else", onnx.TensorProto.FLOAT, None) for out in shown]
    names = {out.name: f"{out.name}.then" for out in shown}
    for node in asked_for:
        node.output[:] = [names.get(name, name) for name in node.output]
        node.input[:] = [names.get(name, name) for name in node.input]
    for info in then_out:
        info.name = names[info.name]
    chosen = onnx.helper.make_node(
        "If", [asked], [out.name for out in shown], name=f"if_{asked}",
        then_branch=onnx.helper.make_graph(asked_for, "asked_for", [], then_out),
        else_branch=onnx.helper.make_graph(empty, "not_asked_for", [], else_out),
    )  # fmt: skip
    del graph.node[:]
    graph.node.extend([*always, chosen])
    graph.input.append(onnx.helper.make_tensor_value_info(asked, onnx.TensorProto.BOOL, []))


def _is_head(node: onnx.NodeProto) -> bool:
    return not node.name.startswith(_BODY)


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
