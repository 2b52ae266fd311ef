"""PyTorch on a GPU, in half precision: a generator of Llama 3.2 1B's shape with random weights.

    python gpu_generate_torch.py

The peer of `downbeat-bench-gpu --only generate` on the same card: transformers' model with a static cache, decode steps as CUDA graphs
(captured by hand, and as torch.compile makes them in the mode "reduce-overhead"), greedy; and prefill of 1,024 tokens, eager and compiled.
Wall clock: every decode step ends with its token on the host. Needs torch with CUDA and transformers.
"""

import json
import time

import torch
from transformers import LlamaConfig, LlamaForCausalLM, StaticCache

PROMPT, STEPS, ROOM = 1024, 200, 2048


def line(**values):
    print(json.dumps({"peer": "torch " + torch.__version__, **values}), flush=True)


def build():
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=128256, hidden_size=2048, intermediate_size=8192, num_hidden_layers=16, num_attention_heads=32,
        num_key_value_heads=8, head_dim=64, max_position_embeddings=8192, rope_theta=500000.0, tie_word_embeddings=True,
    )
    with torch.device("cuda"):
        model = LlamaForCausalLM._from_config(config, torch_dtype=torch.float16, attn_implementation="sdpa")
    return model.eval(), config


def cache_of(config, batch):
    try:
        return StaticCache(config=config, max_cache_len=ROOM)
    except TypeError:
        return StaticCache(config=config, max_batch_size=batch, max_cache_len=ROOM, device="cuda", dtype=torch.float16)


def rewind(cache):
    """Caches of newer versions count for themselves what was written to them."""
    for layer in getattr(cache, "layers", []):
        if isinstance(getattr(layer, "cumulative_length", None), torch.Tensor):
            layer.cumulative_length.zero_()


def step_of(model, cache):
    def step(token, position):
        logits = model(
            input_ids=token, position_ids=position.expand(token.shape[0], 1), cache_position=position,
            past_key_values=cache, use_cache=True, return_dict=True,
        ).logits
        return logits[:, -1].argmax(-1, keepdim=True)

    return step


def tokens_per_s(run, token, position, batch):
    for _ in range(20):
        token.copy_(run())
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(STEPS):
        next_token = run()
        token.copy_(next_token)
        position += 1
        next_token.tolist()
    return batch * STEPS / (time.perf_counter() - start)


def decode(model, config, batch, compiled):
    cache = cache_of(config, batch)
    prompt = torch.randint(0, config.vocab_size, (batch, 128), device="cuda")
    position = torch.arange(128, device="cuda")
    model(input_ids=prompt, cache_position=position, past_key_values=cache, use_cache=True)
    token = torch.zeros((batch, 1), dtype=torch.long, device="cuda")
    at = torch.full((1,), 128, dtype=torch.long, device="cuda")
    step = step_of(model, cache)
    if compiled:
        fast = torch.compile(step, mode="reduce-overhead", fullgraph=False)
        for _ in range(4):
            fast(token, at).clone()
        run = lambda: fast(token, at).clone()
    else:
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                step(token, at)
        torch.cuda.current_stream().wait_stream(side)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            out = step(token, at)

        def run():
            graph.replay()
            return out

    rate = tokens_per_s(run, token, at, batch)
    line(measurement="decode", sessions=batch, compiled=compiled, tokens_per_s=round(rate, 1))


def prefill(model, config, compiled):
    ids = torch.randint(0, config.vocab_size, (1, PROMPT), device="cuda")
    cache = cache_of(config, 1)
    position = torch.arange(PROMPT, device="cuda")
    call = lambda: model(
        input_ids=ids, cache_position=position, past_key_values=cache, use_cache=True, logits_to_keep=1
    ).logits
    run = torch.compile(call) if compiled else call
    for _ in range(5):
        rewind(cache)
        run()
    times = []
    for _ in range(20):
        rewind(cache)
        torch.cuda.synchronize()
        start = time.perf_counter()
        run()
        torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    line(measurement="prefill", tokens=PROMPT, compiled=compiled, ms=round(sorted(times)[len(times) // 2] * 1e3, 3))


@torch.inference_mode()
def main():
    model, config = build()
    line(measurement="device", name=torch.cuda.get_device_name())
    for compiled in (False, True):
        for part, arguments in ((prefill, (compiled,)), (decode, (1, compiled)), (decode, (8, compiled))):
            try:
                part(model, config, *arguments)
            except Exception as error:  # one that fails leaves the others their chance
                line(measurement=part.__name__, compiled=compiled, failed=repr(error)[:300])


if __name__ == "__main__":
    main()
