"""Makes the golden vectors that prove our sentence encoder against sentence-transformers.

    python golden.py MODEL_DIR OUT_DIR

MODEL_DIR is the unpacked all-MiniLM-L6-v2 folder. Writes OUT_DIR/minilm.json (versions, texts, token ids) and
OUT_DIR/minilm.f32 (one row of 384 little-endian f32 per text). The format is described in OUT_DIR/README.md.
Needs: sentence-transformers, torch (see requirements.txt).
"""

import argparse
import hashlib
import json
import platform
from pathlib import Path

import numpy as np
import sentence_transformers
import tokenizers
import torch
import transformers
from sentence_transformers import SentenceTransformer

from golden_texts import texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_dir", type=Path)
    parser.add_argument("out_dir", type=Path)
    args = parser.parse_args()

    model = SentenceTransformer(str(args.model_dir), device="cpu").float().eval()
    cases = texts()
    # One text a batch: a row must not depend on how far its neighbours were padded.
    vectors = model.encode([text for _, text in cases], batch_size=1, convert_to_numpy=True, normalize_embeddings=True)
    tokenizer = tokenizers.Tokenizer.from_file(str(args.model_dir / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(model.max_seq_length)
    ids = [tokenizer.encode(text).ids for _, text in cases]
    for (kind, text), row in zip(cases, ids):
        reference = model.preprocess([text])["input_ids"][0].tolist()
        assert reference == row, f"sentence-transformers tokenizes {kind} {text[:40]!r} otherwise than tokenizer.json"

    vectors = np.ascontiguousarray(vectors, dtype="<f4")
    assert np.isfinite(vectors).all()
    args.out_dir.mkdir(parents=True, exist_ok=True)
    (args.out_dir / "minilm.f32").write_bytes(vectors.tobytes())
    head = {
        "model": "sentence-transformers/all-MiniLM-L6-v2",
        "weights_sha256": hashlib.sha256((args.model_dir / "model.safetensors").read_bytes()).hexdigest(),
        "versions": {
            "sentence-transformers": sentence_transformers.__version__,
            "transformers": transformers.__version__,
            "tokenizers": tokenizers.__version__,
            "torch": torch.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "dtype": "f32",
        "device": "cpu",
        "max_tokens": model.max_seq_length,
        "dim": int(vectors.shape[1]),
        "count": len(cases),
    }
    rows = ",\n".join(
        json.dumps({"kind": kind, "text": text, "ids": row}, separators=(",", ":")) for (kind, text), row in zip(cases, ids)
    )
    text = json.dumps(head, indent=1)[:-2] + ',\n "cases": [\n' + rows + "\n]}\n"
    json.loads(text)
    (args.out_dir / "minilm.json").write_text(text, encoding="ascii")
    lengths = [len(row) for row in ids]
    print(f"{len(cases)} texts, {sum(lengths)} tokens, {sum(n == model.max_seq_length for n in lengths)} at the limit")


if __name__ == "__main__":
    main()
