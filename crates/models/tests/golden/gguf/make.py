"""Makes the golden files of the GGUF reader with the PyPI package `gguf` (0.19): `python make.py`, in this folder.

types.gguf       one tensor per type, 2 rows of 256 numbers, of random blocks with scales that are no infinity
types.f32        what the package makes of them, in order of the tensors' names, little-endian f32
shard-*.gguf     three tensors in two files
"""

import sys
from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, GGUFWriter
from gguf.quants import dequantize

HERE = Path(__file__).parent
TYPES = ["F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"]
# Where the half-precision scales of a block stand.
SCALES = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}
ROWS, COLUMNS = 2, 256


def blocks(kind: str, random: np.random.Generator) -> np.ndarray:
    values = random.standard_normal((ROWS, COLUMNS)).astype(np.float32)
    if kind == "F32":
        return values
    if kind == "F16":
        return values.astype(np.float16)
    if kind == "BF16":
        return (values.view(np.uint32) >> 16).astype(np.uint16).view(np.uint8)
    length, size = GGML_QUANT_SIZES[GGMLQuantizationType[kind]]
    raw = random.integers(0, 256, (ROWS, COLUMNS // length, size), dtype=np.uint8)
    for at in SCALES[kind]:
        scales = (random.standard_normal(raw.shape[:2]) * 0.05).astype(np.float16)
        raw[:, :, at : at + 2] = scales[..., None].view(np.uint8)
    return raw.reshape(ROWS, -1)


def types() -> None:
    random = np.random.default_rng(6)
    writer = GGUFWriter(HERE / "types.gguf", "llama")
    writer.add_string("test.text", "grün")
    writer.add_uint8("test.u8", 200)
    writer.add_int16("test.i16", -300)
    writer.add_uint64("test.u64", 1 << 40)
    writer.add_float32("test.f32", 0.5)
    writer.add_float64("test.f64", 0.1)
    writer.add_bool("test.flag", True)
    writer.add_array("test.texts", ["", "a", "▁b"])
    writer.add_array("test.integers", [1, -2, 3])
    writer.add_array("test.floats", [0.5, -1.0])
    writer.add_array("test.flags", [True, False])
    expected = {}
    for kind in TYPES:
        data = blocks(kind, random)
        expected[kind] = dequantize(data, GGMLQuantizationType[kind]).astype("<f4")
        writer.add_tensor(kind, data, raw_dtype=GGMLQuantizationType[kind])
    write(writer)
    (HERE / "types.f32").write_bytes(b"".join(expected[kind].tobytes() for kind in sorted(TYPES)))


def shards() -> None:
    writer = GGUFWriter(HERE / "shard.gguf", "llama", split_max_tensors=2)
    for number, name in enumerate("abc"):
        writer.add_tensor(name, np.full((1, 3), number, np.float32))
    write(writer)


def write(writer: GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    sys.exit(types() or shards())
