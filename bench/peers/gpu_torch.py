"""PyTorch on a GPU, in half precision: MiniLM's shape with random weights, and exact top-10 of 4,194,304 x 384.

    python gpu_torch.py

The peer of `downbeat-bench-gpu` on the same card. Medians of 30 timed by device events after 10 warm ones; needs torch with CUDA and transformers.
"""

import json

import torch
from transformers import BertConfig, BertModel

ROWS, DIM = 4_194_304, 384


def median_ms(run) -> float:
    for _ in range(10):
        run()
    torch.cuda.synchronize()
    times = []
    for _ in range(30):
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        run()
        end.record()
        torch.cuda.synchronize()
        times.append(start.elapsed_time(end))
    return sorted(times)[len(times) // 2]


def unit_rows(rows: int) -> torch.Tensor:
    return torch.nn.functional.normalize(torch.randn(rows, DIM, device="cuda"), dim=-1).half()


@torch.no_grad()
def main() -> None:
    config = BertConfig(hidden_size=DIM, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536, vocab_size=30522)
    model = BertModel(config, add_pooling_layer=False).half().cuda().eval()
    for texts, tokens in ((256, 256), (100, 256), (1, 32)):
        ids = torch.randint(1000, 30000, (texts, tokens), device="cuda")
        mask = torch.ones_like(ids)

        def encode():
            states = model(input_ids=ids, attention_mask=mask).last_hidden_state
            return torch.nn.functional.normalize(states.mean(1), dim=-1)

        ms = median_ms(encode)
        print(json.dumps({"peer": "torch eager f16", "case": f"encoder {texts}x{tokens}", "ms": ms, "docs_s": texts / ms * 1e3}), flush=True)
    vectors = unit_rows(ROWS)
    for queries in (1, 64):
        query = unit_rows(queries)
        ms = median_ms(lambda: torch.topk(query @ vectors.T, 10, dim=1))
        print(json.dumps({"peer": "torch f16", "case": f"top10 of 4M, {queries} queries", "ms": ms}), flush=True)


if __name__ == "__main__":
    main()
