"""How good a table is, on text it was not trained on."""

import torch
import torch.nn.functional as F

RECALL_AT = 5


def ranks(values: torch.Tensor) -> torch.Tensor:
    return values.argsort().argsort().double()


def spearman(a: torch.Tensor, b: torch.Tensor) -> float:
    return torch.corrcoef(torch.stack([ranks(a), ranks(b)]))[0, 1].item()


def retrieval(queries: torch.Tensor, passages: torch.Tensor, answer: torch.Tensor) -> dict[str, float]:
    """Recall@5 and mean reciprocal rank@10 of the one right passage per query, among all `passages`."""
    hits, reciprocal = 0, 0.0
    for part in torch.arange(len(queries), device=queries.device).split(2048):
        scores = queries[part].float() @ passages.float().T
        right = scores.gather(1, answer[part][:, None])
        place = (scores > right).sum(1)
        hits += (place < RECALL_AT).sum().item()
        reciprocal += (1.0 / (place[place < 10] + 1)).sum().item()
    return {"recall@5": hits / len(queries), "mrr@10": reciprocal / len(queries)}


def agreement(got: torch.Tensor, want: torch.Tensor, pairs: torch.Tensor) -> dict[str, float]:
    """Rank correlation of the cosines of text pairs with the teacher's: half of them related texts, half drawn at random."""
    generator = torch.Generator(device=got.device).manual_seed(3)
    random_pairs = torch.randint(len(got), (len(pairs), 2), generator=generator, device=got.device)
    both = torch.cat([pairs, random_pairs])
    got_cosine = F.cosine_similarity(got[both[:, 0]].float(), got[both[:, 1]].float())
    want_cosine = F.cosine_similarity(want[both[:, 0]].float(), want[both[:, 1]].float())
    related = len(pairs)
    return {
        "spearman, all pairs": spearman(got_cosine, want_cosine),
        "spearman, related pairs": spearman(got_cosine[:related], want_cosine[:related]),
    }
