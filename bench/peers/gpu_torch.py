"""PyTorch on a GPU, in half precision: MiniLM's shape with random weights, and exact top-10 of 4,194,304 x 384.

    python gpu_torch.py

The peer of `downbeat-bench-gpu` on the same card. The encoder runs as it is (eager), and compiled for its shape with CUDA graphs
(torch.compile, mode "reduce-overhead"). Medians of 30 timed by device events after
10 warm ones; for one question also the time from the call until the vector is on the host. Needs torch with CUDA and transformers.
"""

import json
import time

import torch
from transformers import BertConfig, BertModel

ROWS, DIM = 4_194_304, 384


def median(times: list) -> float:
    return sorted(times)[len(times) // 2]


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
    return median(times)


def host_ms(run) -> float:
    times = []
    for _ in range(300):
        start = time.perf_counter()
        run().cpu()
        times.append((time.perf_counter() - start) * 1e3)
    return median(times[100:])


def unit_rows(rows: int) -> torch.Tensor:
    return torch.nn.functional.normalize(torch.randn(rows, DIM, device="cuda"), dim=-1).half()


def line(peer: str, case: str, **numbers) -> None:
    print(json.dumps({"peer": peer, "case": case, **numbers}), flush=True)


@torch.no_grad()
def main() -> None:
    config = BertConfig(hidden_size=DIM, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536, vocab_size=30522)
    model = BertModel(config, add_pooling_layer=False).half().cuda().eval()

    def encoder(ids, mask):
        states = model(input_ids=ids, attention_mask=mask).last_hidden_state
        return torch.nn.functional.normalize(states.mean(1), dim=-1)

    for texts, tokens in ((256, 256), (100, 256), (1, 32)):
        ids = torch.randint(1000, 30000, (texts, tokens), device="cuda")
        mask = torch.ones_like(ids)
        case = f"encoder {texts}x{tokens}"
        for peer, function in (("torch eager f16", encoder), ("torch compiled f16", None)):
            if function is None:
                torch._dynamo.reset()
                function = torch.compile(encoder, mode="reduce-overhead", dynamic=False, fullgraph=True)
            try:
                ms = median_ms(lambda: function(ids, mask))
                more = {"host_ms": host_ms(lambda: function(ids, mask))} if texts == 1 else {}
                line(peer, case, ms=ms, docs_s=texts / ms * 1e3, **more)
            except Exception as failure:  # A compiler that is missing on a machine leaves the other lines their chance.
                line(peer, case, failed=str(failure)[:300])
    vectors = unit_rows(ROWS)
    for queries in (1, 64):
        query = unit_rows(queries)
        ms = median_ms(lambda: torch.topk(query @ vectors.T, 10, dim=1))
        line("torch f16", f"top10 of 4M, {queries} queries", ms=ms)


if __name__ == "__main__":
    main()
