"""Writes a trained table as the files that the program embeds, and reads them back for measuring."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

LICENCE = (
    "Derived from sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0): its vocabulary, and vectors distilled from its outputs. "
    "Distributed under Apache-2.0."
)


def quantise(table: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """int8 rows and one f32 scale a row: row = scale * int8. A zero row has scale 0."""
    largest = table.abs().amax(1)
    scales = largest / 127
    rows = torch.round(table / torch.where(scales > 0, scales, 1.0)[:, None]).clamp(-127, 127)
    return rows.to(torch.int8), scales.float()


def dequantise(rows: torch.Tensor, scales: torch.Tensor) -> torch.Tensor:
    return rows.float() * scales[:, None]


def write(folder: Path, table: torch.Tensor, vocabulary: list[str], max_tokens: int) -> int:
    """Returns the size of all files in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, scales = quantise(table.cpu())
    save_file({"embeddings": rows.contiguous(), "scales": scales.contiguous()}, folder / "model.safetensors")
    (folder / "vocab.txt").write_text("".join(f"{token}\n" for token in vocabulary), encoding="utf-8")
    config = {
        "model_type": "static-embedding",
        "base_model": "sentence-transformers/all-MiniLM-L6-v2",
        "dim": table.shape[1],
        "vocab_size": len(vocabulary),
        "max_tokens": max_tokens,
        "tokenizer": {"type": "wordpiece", "lowercase": True, "strip_accents": True, "max_chars_per_word": 100, "unknown": "[UNK]", "add_special_tokens": False},
        "pooling": "normalise(sum_i scales[id_i] * embeddings[id_i])",
        "licence": LICENCE,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    return sum(path.stat().st_size for path in folder.iterdir() if path.name != "README.md")


def read(folder: Path) -> torch.Tensor:
    """The table as the program sees it."""
    tensors = load_file(folder / "model.safetensors")
    return dequantise(tensors["embeddings"], tensors["scales"])
