"""MiniLM under ONNX Runtime: f32 and dynamic int8, 2 threads.

    python minilm_onnxruntime.py MODEL_DIR [--repeats N] [--golden DIR]

Exports the weights in MODEL_DIR to ONNX itself (in a temporary folder) and quantises them with ONNX Runtime's own dynamic quantiser. Tokenizing is
outside the timed part. --golden adds the mean cosine of each to the golden vectors.
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import tokenizers
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel

from common import median_seconds, report, sentences

THREADS = 2


class Pooled(torch.nn.Module):
    """The encoder with mean pooling and normalisation inside the graph."""

    def __init__(self, folder: Path):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager").eval()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask[:, :, None].float()
        return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)


def export(model_dir: Path, folder: Path) -> dict[str, Path]:
    """Writes f32.onnx and int8.onnx."""
    example = torch.ones(2, 16, dtype=torch.int64)
    axes = {name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask")}
    paths = {"f32": folder / "f32.onnx", "int8": folder / "int8.onnx"}
    with torch.no_grad():
        torch.onnx.export(Pooled(model_dir), (example, example), str(paths["f32"]), input_names=list(axes), output_names=["vector"],
                          dynamic_axes=axes | {"vector": {0: "batch"}}, opset_version=17, dynamo=False)
    quantize_dynamic(paths["f32"], paths["int8"], weight_type=QuantType.QInt8, per_channel=True)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_dir", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--golden", type=Path)
    args = parser.parse_args()
    versions = {"onnxruntime": onnxruntime.__version__, "torch": torch.__version__}
    tokenizer = tokenizers.Tokenizer.from_file(str(args.model_dir / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()

    def inputs(texts: list[str]) -> dict[str, np.ndarray]:
        ids = np.array([encoding.ids for encoding in tokenizer.encode_batch(texts)], dtype=np.int64)
        return {"input_ids": ids, "attention_mask": np.ones_like(ids)}

    chunks, query = inputs(sentences(100, 254)), inputs(sentences(1, 14))
    assert chunks["input_ids"].shape == (100, 256) and query["input_ids"].shape == (1, 16)
    with tempfile.TemporaryDirectory() as folder:
        for kind, path in export(args.model_dir, Path(folder)).items():
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
            seconds = median_seconds(lambda: session.run(None, chunks), args.repeats)
            report("onnxruntime", f"minilm {kind}, 100 x 256 tokens", "throughput", 100 / seconds, "docs/s", versions)
            seconds = median_seconds(lambda: session.run(None, query), 50 * args.repeats, warm_up=10)
            report("onnxruntime", f"minilm {kind}, one query of 16 tokens", "latency", seconds * 1e3, "ms", versions)
            if args.golden:
                cases = json.loads((args.golden / "minilm.json").read_text())["cases"]
                want = np.fromfile(args.golden / "minilm.f32", dtype="<f4").reshape(len(cases), -1)
                cosines = [float((session.run(None, inputs([case["text"]]))[0][0] * row).sum()) for case, row in zip(cases, want)]
                report("onnxruntime", f"minilm {kind}, golden texts", "mean cosine", float(np.mean(cosines)), "", versions)
                report("onnxruntime", f"minilm {kind}, golden texts", "least cosine", min(cosines), "", versions)


if __name__ == "__main__":
    main()
