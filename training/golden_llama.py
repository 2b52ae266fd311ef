"""Golden logits and greedy tokens of transformers for tiny random generators of every architecture.

Run: python training/golden_llama.py crates/models/tests/golden/llama [CASE…]

Weights are not stored: `value` makes them from a tensor's name and an element's index, and the Rust test makes the same ones.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import transformers

PROMPT, TOKENS = 40, 200
SMALL = dict(hidden_size=64, intermediate_size=96, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2,
             vocab_size=160, max_position_embeddings=512, pad_token_id=0, bos_token_id=1, eos_token_id=2)
LLAMA3 = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=64, rope_theta=500000.0)
LONG = dict(rope_type="longrope", short_factor=[1.0 + 0.1 * i for i in range(8)], long_factor=[1.0 + 0.5 * i for i in range(8)],
            rope_theta=10000.0)

CASES = {
    "llama2": ("Llama", dict(SMALL, num_key_value_heads=4)),
    "llama3": ("Llama", dict(SMALL, tie_word_embeddings=True, rope_scaling=LLAMA3, head_dim=32)),
    "mistral": ("Mistral", dict(SMALL, sliding_window=9)),
    "qwen2": ("Qwen2", dict(SMALL, tie_word_embeddings=True)),
    "qwen3": ("Qwen3", dict(SMALL, head_dim=32)),
    # As the files of llama.cpp have it, which know no scale but the head's.
    "gemma2-head": ("Gemma2", dict(SMALL, num_hidden_layers=4, head_dim=32, query_pre_attn_scalar=32, sliding_window=9)),
    "gemma3-head": ("Gemma3", dict(SMALL, num_hidden_layers=7, head_dim=16, query_pre_attn_scalar=16, sliding_window=9)),
    "gemma2": ("Gemma2", dict(SMALL, num_hidden_layers=4, head_dim=32, query_pre_attn_scalar=24, sliding_window=9,
                             tie_word_embeddings=False)),
    "gemma3": ("Gemma3", dict(SMALL, num_hidden_layers=7, head_dim=16, query_pre_attn_scalar=24, sliding_window=9,
                             tie_word_embeddings=False)),
    "phi3": ("Phi3", dict(SMALL)),
    "phi3-short": ("Phi3", dict(SMALL, rope_scaling=LONG, original_max_position_embeddings=256, sliding_window=11)),
    "phi3-long": ("Phi3", dict(SMALL, rope_scaling=LONG, original_max_position_embeddings=64)),
}


def hashed(name: str) -> int:
    """FNV-1a of the name, 32 bits."""
    state = 0x811C9DC5
    for byte in name.encode():
        state = ((state ^ byte) * 0x01000193) & 0xFFFFFFFF
    return state


def value(name: str, count: int) -> np.ndarray:
    """`count` numbers in -1..1, exact in f32."""
    x = (np.arange(count, dtype=np.uint64) * 0x9E3779B9 + hashed(name)) & 0xFFFFFFFF
    x ^= x >> np.uint64(16)
    x = (x * 0x7FEB352D) & 0xFFFFFFFF
    x ^= x >> np.uint64(15)
    x = (x * 0x846CA68B) & 0xFFFFFFFF
    x ^= x >> np.uint64(16)
    return ((x >> np.uint64(8)).astype(np.float32) / np.float32(2**23)) - np.float32(1)


def tensor(name: str, shape: list[int], plus_one: bool) -> np.ndarray:
    """Products of the size that keeps vectors of length one, gains around one, biases around zero."""
    values = value(name, int(np.prod(shape)))
    if len(shape) == 2:
        return (values * np.float32(1.75 / np.sqrt(shape[1]))).reshape(shape)
    if name.endswith("bias"):
        return values * np.float32(0.5)
    return values * np.float32(0.25) + np.float32(0 if plus_one else 1)


def main(folder: Path, only: list[str]) -> None:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    for case, (family, settings) in CASES.items():
        if only and case not in only:
            continue
        kind = "Gemma3Text" if family == "Gemma3" else family
        config = getattr(transformers, f"{kind}Config")(**settings)
        config._attn_implementation = "eager"
        model = getattr(transformers, f"{family}ForCausalLM")(config).eval().float()
        plus_one = family.startswith("Gemma")
        tied = bool(config.tie_word_embeddings)
        state, listed = {}, []
        for name, old in model.state_dict().items():
            if tied and name == "lm_head.weight":
                continue
            listed.append([name, list(old.shape)])
            state[name] = torch.from_numpy(tensor(name, list(old.shape), plus_one).copy())
        model.load_state_dict(state, strict=False)
        model.tie_weights()
        # transformers chooses between factors by the length of each call, we by the longest that a sequence may get: so
        # the prompt is a long one.
        length = 72 if case == "phi3-long" else PROMPT
        prompt = [int((i * 37 + 11) % settings["vocab_size"]) for i in range(length)]
        with torch.no_grad():
            logits = model(torch.tensor([prompt]), use_cache=False).logits[0].numpy().astype(np.float32)
            ids = list(prompt)
            margin = np.inf
            for _ in range(TOKENS):
                last = model(torch.tensor([ids]), use_cache=False).logits[0, -1]
                best = torch.topk(last, 2).values
                margin = min(margin, float(best[0] - best[1]))
                ids.append(int(last.argmax()))
        out = folder / case
        out.mkdir(parents=True, exist_ok=True)
        saved = json.loads(config.to_json_string(use_diff=False))
        keep = {k: v for k, v in saved.items() if v is not None and not k.startswith("_")}
        (out / "config.json").write_text(json.dumps(keep, indent=1, sort_keys=True) + "\n")
        golden = dict(tensors=listed, plus_one=plus_one, prompt=prompt, greedy=ids[length:], transformers=transformers.__version__)
        (out / "golden.json").write_text(json.dumps(golden) + "\n")
        (out / "logits.f32").write_bytes(logits.tobytes())
        print(f"{case}: {len(listed)} tensors, largest logit {np.abs(logits).max():.2f}, smallest margin {margin:.2e}, "
              f"{len(set(ids[length:]))} different tokens")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
