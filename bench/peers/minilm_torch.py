"""MiniLM under PyTorch: f32 and bf16, 2 threads.

    python minilm_torch.py MODEL_DIR [--repeats N]

Tokenizing is outside the timed part; pooling and normalisation are inside.
"""

import argparse
from pathlib import Path

import tokenizers
import torch
import transformers
from transformers import AutoModel

from common import median_seconds, report, sentences

THREADS = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_dir", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    torch.set_num_threads(THREADS)
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    tokenizer = tokenizers.Tokenizer.from_file(str(args.model_dir / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()

    def inputs(texts: list[str]) -> torch.Tensor:
        return torch.tensor([encoding.ids for encoding in tokenizer.encode_batch(texts)])

    chunks, query = inputs(sentences(100, 254)), inputs(sentences(1, 14))
    for kind, dtype in (("f32", torch.float32), ("bf16", torch.bfloat16)):
        model = AutoModel.from_pretrained(args.model_dir, add_pooling_layer=False, dtype=dtype).eval()

        @torch.inference_mode()
        def encode(ids: torch.Tensor) -> torch.Tensor:
            hidden = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
            return torch.nn.functional.normalize(hidden.float().mean(1), dim=1)

        seconds = median_seconds(lambda: encode(chunks), args.repeats)
        report("torch", f"minilm {kind}, 100 x 256 tokens", "throughput", 100 / seconds, "docs/s", versions)
        seconds = median_seconds(lambda: encode(query), 50 * args.repeats, warm_up=10)
        report("torch", f"minilm {kind}, one query of 16 tokens", "latency", seconds * 1e3, "ms", versions)


if __name__ == "__main__":
    main()
