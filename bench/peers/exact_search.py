"""Exact top-10 search over N x 384 vectors: numpy, usearch, FAISS; 1 query and 64 queries, 2 threads.

    env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE python exact_search.py [N] [--repeats R]

Recall is measured against numpy's f32 answer. The vectors are standard normal, normalised, from numpy's PCG64 with the shared seed. The two
variables pin OpenBLAS to a kernel where they are set and would slow numpy down; this script refuses to run with them.
"""

import argparse
import os
import sys
from collections.abc import Callable

if {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"} & os.environ.keys():
    sys.exit("unset OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE first: env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE python exact_search.py")
THREADS = 2
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(THREADS)

import faiss
import numpy as np
import usearch
from usearch.index import MetricKind, search

from common import SEED, median_seconds, report

DIM, K = 384, 10


def unit_rows(rng: np.random.Generator, count: int) -> np.ndarray:
    rows = rng.standard_normal((count, DIM), dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def numpy_top(rows: np.ndarray, queries: np.ndarray) -> np.ndarray:
    """Ids of the K best rows per query; queries go in groups that keep the scores below 256 MB."""
    out = []
    group = max(1, 64_000_000 // len(rows))
    for start in range(0, len(queries), group):
        scores = queries[start : start + group] @ rows.T
        best = np.argpartition(scores, -K, axis=1)[:, -K:]
        order = np.argsort(-np.take_along_axis(scores, best, 1), axis=1)
        out.append(np.take_along_axis(best, order, 1))
    return np.concatenate(out)


def flat_index(kind: str, rows: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """FAISS without approximation besides the stored type."""
    if kind == "f32":
        index = faiss.IndexFlatIP(DIM)
    else:
        stored = {"f16": faiss.ScalarQuantizer.QT_fp16, "int8": faiss.ScalarQuantizer.QT_8bit}[kind]
        index = faiss.IndexScalarQuantizer(DIM, stored, faiss.METRIC_INNER_PRODUCT)
        index.train(rows[:100_000])
    index.add(rows)
    return lambda queries: index.search(queries, K)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    args = parser.parse_args()
    faiss.omp_set_num_threads(THREADS)
    rng = np.random.default_rng(SEED)
    rows, queries = unit_rows(rng, args.count), unit_rows(rng, 64)
    truth = numpy_top(rows, queries)
    peers = {
        ("numpy", "f32"): lambda: lambda q: numpy_top(rows, q),
        ("usearch", "f32"): lambda: lambda q: search(rows, q, K, MetricKind.IP, exact=True, threads=THREADS).keys.reshape(len(q), K),
        ("faiss", "f32"): lambda: flat_index("f32", rows),
        ("faiss", "f16"): lambda: flat_index("f16", rows),
        ("faiss", "int8"): lambda: flat_index("int8", rows),
    }
    versions = {"numpy": np.__version__, "usearch": usearch.__version__, "faiss": faiss.__version__}
    for (peer, kind), build in peers.items():
        find = build()
        case = f"exact top-{K} of {args.count} x {DIM}, {kind}"
        for batch in (1, 64):
            seconds = median_seconds(lambda: find(queries[:batch]), args.repeats)
            report(peer, f"{case}, {batch} queries" if batch > 1 else f"{case}, 1 query", "latency", seconds * 1e3, "ms", {peer: versions[peer]})
        found = find(queries)
        recall = np.mean([len(set(map(int, a)) & set(map(int, b))) / K for a, b in zip(found, truth)])
        report(peer, case, f"recall@{K}", float(recall), "", {peer: versions[peer]})


if __name__ == "__main__":
    main()
