"""The reader's network: a small transformer encoder with a head per task (PyTorch; training only)."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (the name everyone knows)
from transformers import BertModel

from training.examples import ANCHOR_MAYBE_INNER, ANCHOR_OUTER, CHOICES, IGNORE, KINDS, NAMES, TAGS, Batch

ROLES = 4
ROLE_WIDTH = 96
PAIR_WIDTH = 128
LINK_WIDTH = 64
RANK = 48  # of what attacks change in the encoder's matrices
DISTANCES = 33  # signed log-spaced buckets of (piece - cue)


def distance_bucket(distance: Tensor) -> Tensor:
    """Signed distances in pieces -> 0..32: exact up to 4, then four buckets to a doubling of the distance."""
    size = distance.abs()
    log = (4 + torch.floor(2 * torch.log2(size.clamp(min=4).float() / 4))).long()
    bucket = torch.where(size < 4, size, log).clamp(max=16)
    return 16 + torch.sign(distance).long() * bucket


class Reader(nn.Module):
    """Encoder and heads. `forward` gives every head's scores per piece; pairs are scored by `roles`."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.shape = nn.Embedding(4, width)
        self.break_before = nn.Embedding(3, width)
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.break_before.weight)
        self.drop = nn.Dropout(0.1)
        self.anchor = nn.Linear(width, 3)
        self.unary = nn.Linear(width, ROLES)
        self.flat = nn.Linear(width, ROLES)
        self.query = nn.Linear(width, (ROLES - 1) * ROLE_WIDTH)
        self.key = nn.Linear(width, (ROLES - 1) * ROLE_WIDTH)
        self.distance = nn.Embedding(DISTANCES, ROLES - 1)
        nn.init.zeros_(self.distance.weight)
        self.pair_query = nn.Linear(width, PAIR_WIDTH)
        self.pair_key = nn.Linear(width, PAIR_WIDTH)
        self.pair_distance = nn.Embedding(DISTANCES, PAIR_WIDTH)
        nn.init.normal_(self.pair_distance.weight, std=0.3)
        self.pair = nn.Linear(PAIR_WIDTH, ROLES, bias=False)
        nn.init.normal_(self.pair.weight, std=0.01)
        self.tags = nn.ModuleDict({head: nn.Linear(width, 2 * len(kinds) + 1) for head, kinds in TAGS.items()})
        self.link_query = nn.Linear(width, LINK_WIDTH)
        self.link_key = nn.Linear(width, LINK_WIDTH)
        self.kinds = nn.Linear(width, len(KINDS))
        self.choices = nn.ModuleDict({head: nn.Linear(width, count) for head, count in CHOICES.items()})
        self.together_query = nn.Linear(width, LINK_WIDTH)
        self.together_key = nn.Linear(width, LINK_WIDTH)
        self.people = nn.Linear(width, 2 * len(NAMES) + 1)
        # Attacks are learned over a finished reader: what they need must not change what it says of statements.
        self.own = nn.ModuleList(adapted(layer) for layer in encoder.encoder.layer)
        self.own_shape = nn.Embedding(4, width)
        self.own_break = nn.Embedding(3, width)

    def encode(self, ids: Tensor, shapes: Tensor, breaks: Tensor, mask: Tensor | None = None) -> Tensor:
        """[windows, pieces] inputs -> hidden states [windows, pieces, width]."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.shape(shapes) + self.break_before(breaks)
        hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return self.drop(hidden)

    def encode_attacks(self, ids: Tensor, shapes: Tensor, breaks: Tensor, mask: Tensor | None = None) -> Tensor:
        """The same through the matrices as attacks change them."""
        weights = None if mask is None else torch.zeros(mask.shape).masked_fill(~mask.bool(), -1e4)[:, None, None, :]
        words = self.encoder.embeddings.word_embeddings(ids) + self.own_shape(shapes) + self.own_break(breaks)
        hidden = self.encoder.embeddings(inputs_embeds=words)
        for layer in self.own:
            out = layer(hidden, weights)
            hidden = out[0] if isinstance(out, tuple) else out
        return self.drop(hidden)

    def roles(self, hidden: Tensor, window: Tensor, at: Tensor) -> Tensor:
        """Role scores [cues, pieces, 4] of every piece for the cues that start at pieces `at` of windows `window`.

        A piece's own leaning, a product of cue and piece (biaffine, Dozat & Manning 2017), and a layer over both.
        """
        cues, pieces = len(at), hidden.shape[1]
        cue = hidden[window, at]
        bucket = distance_bucket(torch.arange(pieces)[None, :] - at[:, None])
        query = self.query(cue).view(cues, 1, ROLES - 1, ROLE_WIDTH)
        key = self.key(hidden)[window].view(cues, pieces, ROLES - 1, ROLE_WIDTH)
        product = (query * key).sum(-1) / math.sqrt(ROLE_WIDTH) + self.distance(bucket)
        joint = self.pair_query(cue)[:, None, :] + self.pair_key(hidden)[window] + self.pair_distance(bucket)
        return self.unary(hidden)[window] + F.pad(product, (1, 0)) + self.pair(torch.relu(joint))


class Adapted(nn.Module):
    """A matrix of a finished encoder with a change of low rank beside it (LoRA, Hu et al. 2021), and its own bias."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.shared = [linear]  # in a list, so that it is neither copied nor saved a second time
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))
        self.bias = nn.Parameter(linear.bias.detach().clone())

    def forward(self, x: Tensor) -> Tensor:
        """[…, in] -> […, out]."""
        return F.linear(x, self.shared[0].weight, self.bias) + F.linear(F.linear(x, self.down), self.up)


def adapted(layer: nn.Module) -> nn.Module:
    """A copy of a layer whose matrices are the layer's own with a change of low rank."""
    changed = copy.deepcopy(layer)
    for name, module in list(layer.named_modules()):
        if isinstance(module, nn.Linear):
            above, _, last = name.rpartition(".")
            setattr(changed.get_submodule(above), last, Adapted(module))
    return changed


def losses(model: Reader, data: Batch) -> dict[str, Tensor]:
    """The loss of each head that the batch has labels for, over the reader's own matrices."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.encode(*_inputs(data))
    return _losses(model, data, hidden.float(), model.tags)


def attack_losses(model: Reader, data: Batch) -> dict[str, Tensor]:
    """The same over the matrices as attacks change them, with the name head that goes with these."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.encode_attacks(*_inputs(data))
    return _losses(model, data, hidden.float(), {**model.tags, "names": model.people})


def _inputs(data: Batch) -> tuple[Tensor, ...]:
    return tuple(torch.from_numpy(x) for x in (data.ids, data.shapes, data.breaks, data.mask))


def _losses(model: Reader, data: Batch, hidden: Tensor, tagging: Mapping[str, nn.Module]) -> dict[str, Tensor]:
    anchors = torch.from_numpy(data.anchors)
    out: dict[str, Tensor] = {}
    if (anchors != IGNORE).any():
        out["anchor"] = _anchor_loss(model.anchor(hidden), anchors)
        out["flat"] = F.cross_entropy(model.flat(hidden).flatten(0, 1), torch.from_numpy(data.flat).flatten())
    for head, layer in (*tagging.items(), *model.choices.items()):
        labels = torch.from_numpy(data.tags[head])
        if (labels != IGNORE).any():
            out[head] = F.cross_entropy(layer(hidden).flatten(0, 1), labels.flatten(), ignore_index=IGNORE)
    if len(data.relation_at):
        at = torch.from_numpy(data.relation_at)
        roles = torch.from_numpy(data.relation_roles)
        scores = model.roles(hidden, at[:, 0], at[:, 1])
        out["roles"] = F.cross_entropy(scores.flatten(0, 1), roles.flatten(), ignore_index=IGNORE)
    if data.links:
        out["links"] = _link_loss(model, hidden, data)
    kinds = torch.from_numpy(data.tags["kinds"])
    if (kinds != IGNORE).any():
        out["kinds"] = _kind_loss(model.kinds(hidden), kinds)
    if len(data.together):
        window, one, other, same = torch.from_numpy(data.together).T
        query, key = model.together_query(hidden)[window, one], model.together_key(hidden)[window, other]
        out["together"] = F.binary_cross_entropy_with_logits(
            (query * key).sum(-1) / math.sqrt(LINK_WIDTH), same.float()
        )
    return out


def _kind_loss(scores: Tensor, masks: Tensor) -> Tensor:
    """Each kind is a yes or no of its own: a filler may belong to templates of several kinds."""
    known = masks != IGNORE
    wanted = (masks[known][:, None] >> torch.arange(len(KINDS))) & 1
    return F.binary_cross_entropy_with_logits(scores[known], wanted.float())


def _anchor_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy, but where the corpus is silent about inner cues only an outer one is wrong."""
    log = F.log_softmax(scores, -1)
    known = (labels != IGNORE) & (labels != ANCHOR_MAYBE_INNER)
    maybe = labels == ANCHOR_MAYBE_INNER
    right = log.gather(-1, labels.clamp(0, 2)[..., None])[..., 0]
    not_outer = torch.log1p(-log[..., ANCHOR_OUTER].exp().clamp(max=1 - 1e-6))
    return -(right[known].sum() + not_outer[maybe].sum()) / (known.sum() + maybe.sum())


def _link_loss(model: Reader, hidden: Tensor, data: Batch) -> Tensor:
    query, key = model.link_query(hidden), model.link_key(hidden)
    total = hidden.new_zeros(())
    for window, at, same, other in data.links:
        places = torch.tensor([0, *same, *other] if same != (0,) else [0, *other])
        scores = key[window, places] @ query[window, at] / math.sqrt(LINK_WIDTH)
        good = scores[1 : 1 + len(same)] if same != (0,) else scores[:1]
        total = total + torch.logsumexp(scores, 0) - torch.logsumexp(good, 0)
    return total / len(data.links)
