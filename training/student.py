"""The student: one vector per token; a text is the normalised sum of its tokens' vectors.

The start is the usual one for static tables: every token alone through the teacher, projected to fewer dimensions, weighted down by its
frequency. Training then moves the rows so that sums of rows agree with the teacher's vectors of whole texts.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F


class Ragged:
    """Many token lists in two flat tensors on the device, so that a batch is gathered without a loop."""

    def __init__(self, rows: list[np.ndarray], device: str):
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        self.flat = torch.from_numpy(np.concatenate([*rows, np.zeros(0, np.int32)])).to(device)
        self.lengths = torch.from_numpy(lengths).to(device)
        self.starts = torch.from_numpy(np.cumsum(lengths) - lengths).to(device)

    def take(self, index: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Tokens of the chosen rows one after another, and where each row begins."""
        lengths = self.lengths[index]
        offsets = lengths.cumsum(0) - lengths
        shift = torch.repeat_interleave(self.starts[index] - offsets, lengths)
        return self.flat[shift + torch.arange(len(shift), device=shift.device)], offsets


def embed(table: torch.Tensor, tokens: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
    """Normalised sums of rows; a text without known tokens is the zero vector."""
    return F.normalize(F.embedding_bag(tokens, table, offsets, mode="sum"), dim=1)


@torch.no_grad()
def embed_all(table: torch.Tensor, texts: Ragged) -> torch.Tensor:
    parts = torch.arange(len(texts.lengths), device=table.device).split(16384)
    return torch.cat([embed(table, *texts.take(part)) for part in parts])


def principal_directions(vectors: torch.Tensor, dim: int) -> torch.Tensor:
    """[384, dim] orthonormal. Not centred: cosines between projected vectors must stay the cosines between the vectors."""
    sample = vectors[torch.randperm(len(vectors), device=vectors.device)[:200_000]].float()
    return torch.linalg.eigh(sample.T @ sample).eigenvectors.flip(1)[:, :dim].contiguous()


def untrained_table(token_vectors: torch.Tensor, directions: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
    """Rows from single tokens, each weighted by a / (a + frequency) with a = 0.001 (smooth inverse frequency)."""
    frequency = (counts + 1) / (counts + 1).sum()
    return (token_vectors.float() @ directions) * (1e-3 / (1e-3 + frequency))[:, None]


@dataclass
class Plan:
    """What a training run weighs. `pairs` and `relations` act on (query, passage) pairs, `vectors` on every text."""

    steps: int = 6000
    rate: float = 0.003
    pairs_in_batch: int = 4096
    texts_in_batch: int = 8192
    vectors: float = 1.0
    relations: float = 1.0
    pairs: float = 0.3
    temperature: float = 0.05
    token_dropout: float = 0.0


def train(table, training, texts: Ragged, targets: torch.Tensor, pairs: torch.Tensor, plan: Plan, report=None) -> torch.Tensor:
    """Returns the trained table. `training` are indices of texts to learn from, `targets` the teacher's projected, normalised vectors of all
    texts, `pairs` [n, 2] text indices of queries and their passages."""
    device = table.device
    generator = torch.Generator(device=device).manual_seed(7)
    table = table.clone().requires_grad_()
    optimizer = torch.optim.Adam([table], lr=plan.rate, betas=(0.9, 0.99), fused=device.type == "cuda")
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, total_steps=plan.steps, pct_start=0.05)
    diagonal = torch.arange(plan.pairs_in_batch, device=device)
    for step in range(plan.steps):
        pair = pairs[torch.randint(len(pairs), (plan.pairs_in_batch,), generator=generator, device=device)]
        single = training[torch.randint(len(training), (plan.texts_in_batch,), generator=generator, device=device)]
        index = torch.cat([pair[:, 0], pair[:, 1], single])
        tokens, offsets = texts.take(index)
        weights = None
        if plan.token_dropout:
            weights = (torch.rand(len(tokens), generator=generator, device=device) >= plan.token_dropout).float()
        sums = F.embedding_bag(tokens, table, offsets, mode="sum", per_sample_weights=weights)
        got, want = F.normalize(sums, dim=1), targets[index].float()
        loss = plan.vectors * (1 - (got * want).sum(1)).mean()
        query, passage = got[: plan.pairs_in_batch], got[plan.pairs_in_batch : 2 * plan.pairs_in_batch]
        scores = query @ passage.T / plan.temperature
        wanted_cosines = want[: plan.pairs_in_batch] @ want[plan.pairs_in_batch : 2 * plan.pairs_in_batch].T
        if plan.relations:
            wanted = (wanted_cosines / plan.temperature).softmax(1)
            loss = loss + plan.relations * (F.cross_entropy(scores, wanted) + F.cross_entropy(scores.T, (wanted_cosines.T / plan.temperature).softmax(1))) / 2
        if plan.pairs:
            # Passages that the teacher finds at least as near as the paired one are not negatives.
            rival = wanted_cosines >= wanted_cosines.diagonal()[:, None] + 0.05
            rival[diagonal, diagonal] = False
            loss = loss + plan.pairs * F.cross_entropy(scores.masked_fill(rival, -1e4), diagonal)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if report and (step + 1) % max(1, plan.steps // 4) == 0:
            report(step + 1, loss.item(), table.detach())
    return table.detach()
