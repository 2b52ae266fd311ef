"""The pipeline of a sentence encoder, exact search and a generator in PyTorch on a GPU, in half precision: how soon the first token of an answer is known.

    python ask_gpu_torch.py [TOKENS]

The peer of `downbeat bench ask --generator` with `--device vulkan` on the same card: MiniLM's shape over a question of 16 tokens, the ten best of 100,000 x 384
vectors, Llama 3.2 1B's shape over a prompt of so many tokens (730), random weights. Tokenizing, prompts and copies of texts are left out. Wall
clock, one question at a time, as it is (eager) and compiled. Needs torch with CUDA and transformers.
"""

import json
import sys
import time

import torch
from transformers import BertConfig, BertModel

from gpu_generate_torch import build, cache_of, rewind

CHUNKS, DIM, QUESTION = 100_000, 384, 16


def line(**values):
    print(json.dumps({"peer": "torch " + torch.__version__, **values}), flush=True)


def median_ms(run) -> float:
    for _ in range(5):
        run()
    times = []
    for _ in range(20):
        torch.cuda.synchronize()
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    return sorted(times)[len(times) // 2]


@torch.inference_mode()
def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 730
    config = BertConfig(hidden_size=DIM, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536, vocab_size=30522)
    encoder = BertModel(config, add_pooling_layer=False).half().cuda().eval()
    vectors = torch.nn.functional.normalize(torch.randn(CHUNKS, DIM, device="cuda"), dim=-1).half()
    generator, shape = build()
    cache = cache_of(shape, 1)
    question = torch.randint(1000, 30000, (1, QUESTION), device="cuda")
    prompt = torch.randint(0, shape.vocab_size, (1, count), device="cuda")
    positions = torch.arange(count, device="cuda")

    def embed():
        return torch.nn.functional.normalize(encoder(input_ids=question).last_hidden_state.mean(1), dim=-1)

    def read():
        logits = generator(input_ids=prompt, cache_position=positions, past_key_values=cache, use_cache=True, logits_to_keep=1).logits
        return logits[:, -1].argmax(-1)

    for compiled in (False, True):
        try:
            embedding, reading = (torch.compile(embed), torch.compile(read)) if compiled else (embed, read)

            def ask():
                rewind(cache)
                torch.topk(embedding() @ vectors.T, 10, dim=1).indices.tolist()
                return reading().tolist()

            line(measurement="ask", chunks=CHUNKS, tokens=count, compiled=compiled, first_token_ms=round(median_ms(ask), 3))
        except Exception as error:  # one that fails leaves the other its chance
            line(measurement="ask", compiled=compiled, failed=repr(error)[:300])


if __name__ == "__main__":
    main()
