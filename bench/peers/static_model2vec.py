"""The static table under the `model2vec-rs` crate: the same table, the same texts, on one thread and on all.

    python static_model2vec.py ASSET_DIR [--repeats N]

Converts ASSET_DIR (ours: model.safetensors, vocab.txt) to model2vec's format in a temporary folder, builds the small program in model2vec/ with
cargo and runs it. The first vector is compared with the formula of the asset, so both sides are known to compute the same thing.
"""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from common import report, sentences

HERE = Path(__file__).parent
CASES = {"20000 texts of 17 tokens": (20000, 17), "2000 texts of 254 tokens": (2000, 254)}


def convert(asset: Path, folder: Path) -> tuple[Tokenizer, np.ndarray]:
    """Our scales are model2vec's token weights: both are multiplied with the int8 row."""
    tensors = load_file(asset / "model.safetensors")
    rows, scales = tensors["embeddings"], tensors["scales"].astype(np.float32)
    save_file({"embeddings": rows, "weights": scales}, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({"normalize": True}))
    vocabulary = {token: index for index, token in enumerate((asset / "vocab.txt").read_text(encoding="utf-8").splitlines())}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    return tokenizer, rows.astype(np.float32) * scales[:, None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("asset_dir", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    args = parser.parse_args()
    target = Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent.parent / "target/peers"))
    subprocess.run(["cargo", "build", "--release", "--quiet", "--manifest-path", HERE / "model2vec/Cargo.toml", "--target-dir", target], check=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tokenizer, table = convert(args.asset_dir, folder)
        for case, (count, words) in CASES.items():
            texts = sentences(count, words)
            (folder / "texts").write_text("\n".join(texts))
            want = table[tokenizer.encode(texts[0]).ids].sum(0)
            want /= np.linalg.norm(want)
            for threads in (1, os.cpu_count()):
                out = subprocess.run([target / "release/model2vec-peer", folder, folder / "texts", str(args.repeats)], check=True, text=True,
                                     capture_output=True, env=os.environ | {"RAYON_NUM_THREADS": str(threads)}).stdout.splitlines()
                assert np.allclose(np.array(json.loads(out[1])), want, atol=1e-4), "model2vec-rs gives another vector"
                report("model2vec-rs", f"static, {case}, {threads} threads" if threads > 1 else f"static, {case}, 1 thread",
                       "throughput", count / float(out[0]), "texts/s", {"model2vec-rs": "0.4.0"})


if __name__ == "__main__":
    main()
