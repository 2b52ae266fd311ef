"""llama.cpp (through llama-cpp-python) on random weights in the shapes of real models: decode and prefill on two threads.

Run: python generate_llamacpp.py FOLDER [case...]

Writes FOLDER/<case>.gguf where it is not there yet (`--write` stops after that), for `cargo run --release -p downbeat-models --example
generate_speed FOLDER/<case>.gguf` to read as well.
"""

import sys
import time
from pathlib import Path

import numpy as np

from common import report

THREADS = 2
PROMPT, DECODED = 512, 64
LLAMA_1B = dict(arch="llama", hidden=2048, layers=16, heads=32, kept=8, inner=8192, vocab=128256, base=500000.0, bias=False)
QWEN_05B = dict(arch="qwen2", hidden=896, layers=24, heads=14, kept=2, inner=4864, vocab=151936, base=1000000.0, bias=True)
CASES = {
    "llama-1b-q4_k_m": (LLAMA_1B, "Q4_K_M"),
    "llama-1b-q8_0": (LLAMA_1B, "Q8_0"),
    "qwen-0.5b-q8_0": (QWEN_05B, "Q8_0"),
}
# Block values, bytes, and where scales lie with the size that makes weights of some 0.02.
TYPES = {
    "Q8_0": (32, 34, {0: 2.7e-4}),
    "Q4_K": (256, 144, {0: 8e-5, 2: 6e-4}),
    "Q6_K": (256, 210, {208: 1.5e-5}),
}


def blocks(kind: str, rows: int, inputs: int, rng: np.random.Generator) -> np.ndarray:
    values, size, scales = TYPES[kind]
    raw = rng.integers(0, 256, (rows, inputs // values, size), dtype=np.uint8)
    for at, scale in scales.items():
        half = np.full((rows, inputs // values, 1), scale, dtype=np.float16)
        raw[:, :, at:at + 2] = half.view(np.uint8)
    return raw.reshape(rows, -1)


def kind_of(mix: str, part: str, layer: int, layers: int) -> str:
    """The mix that llama.cpp's quantiser makes."""
    if mix == "Q8_0":
        return mix
    more = layer < layers // 8 or layer >= 7 * layers // 8 or (layer - layers // 8) % 3 == 2
    return "Q6_K" if part == "token_embd" or (part in ("attn_v", "ffn_down") and more) else "Q4_K"


def write(path: Path, shape: dict, mix: str, vocabulary=lambda out, size: out.add_tokenizer_model("no_vocab")) -> None:
    import gguf

    rng = np.random.default_rng(1)
    out = gguf.GGUFWriter(str(path), shape["arch"])
    hidden, head = shape["hidden"], shape["hidden"] // shape["heads"]
    out.add_vocab_size(shape["vocab"])
    out.add_context_length(2048)
    out.add_embedding_length(hidden)
    out.add_block_count(shape["layers"])
    out.add_feed_forward_length(shape["inner"])
    out.add_head_count(shape["heads"])
    out.add_head_count_kv(shape["kept"])
    out.add_layer_norm_rms_eps(1e-5)
    out.add_rope_freq_base(shape["base"])
    out.add_rope_dimension_count(head)
    vocabulary(out, shape["vocab"])

    def product(name: str, part: str, layer: int, rows: int, inputs: int) -> None:
        kind = kind_of(mix, part, layer, shape["layers"])
        out.add_tensor(name, blocks(kind, rows, inputs, rng), raw_dtype=gguf.GGMLQuantizationType[kind])

    def vector(name: str, width: int, value: float) -> None:
        out.add_tensor(name, np.full(width, value, dtype=np.float32))

    product("token_embd.weight", "token_embd", 0, shape["vocab"], hidden)
    vector("output_norm.weight", hidden, 1.0)
    wide, narrow = shape["heads"] * head, shape["kept"] * head
    for i in range(shape["layers"]):
        vector(f"blk.{i}.attn_norm.weight", hidden, 1.0)
        vector(f"blk.{i}.ffn_norm.weight", hidden, 1.0)
        for part, rows, inputs in [("attn_q", wide, hidden), ("attn_k", narrow, hidden), ("attn_v", narrow, hidden),
                                   ("attn_output", hidden, wide), ("ffn_gate", shape["inner"], hidden),
                                   ("ffn_up", shape["inner"], hidden), ("ffn_down", hidden, shape["inner"])]:
            product(f"blk.{i}.{part}.weight", part, i, rows, inputs)
            if shape["bias"] and part in ("attn_q", "attn_k", "attn_v"):
                vector(f"blk.{i}.{part}.bias", rows, 0.0)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


def measure(case: str, path: Path) -> None:
    import llama_cpp

    model = llama_cpp.Llama(str(path), n_ctx=1024, n_batch=PROMPT, n_ubatch=PROMPT, n_threads=THREADS, n_threads_batch=THREADS,
                            verbose=False, use_mmap=True)
    versions = {"llama-cpp-python": llama_cpp.__version__}
    prompt = [(i * 37 + 11) % 30000 for i in range(PROMPT)]

    def prefill() -> float:
        model.reset()
        start = time.perf_counter()
        model.eval(prompt)
        return time.perf_counter() - start

    prefill()
    seconds = sorted(prefill() for _ in range(3))[1]
    report("llama.cpp", case, "prefill-512", PROMPT / seconds, "tokens/s", versions)
    times = []
    for i in range(DECODED):
        start = time.perf_counter()
        model.eval([i * 7 + 1])
        times.append(time.perf_counter() - start)
    report("llama.cpp", case, "decode", 1.0 / sorted(times)[DECODED // 2], "tokens/s", versions)


def main() -> None:
    arguments = [a for a in sys.argv[1:] if a != "--write"]
    folder, cases = Path(arguments[0]), arguments[1:] or list(CASES)
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases:
        path = folder / f"{case}.gguf"
        if not path.exists():
            write(path, *CASES[case])
        if "--write" not in sys.argv:
            measure(case, path)


if __name__ == "__main__":
    main()
