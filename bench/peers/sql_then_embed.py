"""A query and then its embedding, one after the other: DuckDB group-by to 1,000 rows, then sentence-transformers.

    python sql_then_embed.py MODEL_DIR [--rows N] [--repeats R]

The table is made in DuckDB (see README.md, "Inputs"); the query groups it to 1,000 rows and makes one sentence of about 29 tokens of each.
"""

import argparse
import time
from pathlib import Path
from statistics import median

import duckdb
import sentence_transformers
import torch
from sentence_transformers import SentenceTransformer

from common import report

THREADS = 2
MAKE = """
create table sales as select
    i % 1000 as customer, (i * 7919) % 12 + 1 as month, ((i * 104729) % 100000) / 100.0 as amount,
    (i * 31) % 5 as region
from range({rows}) t(i)
"""
QUERY = """
select 'customer ' || customer || ' bought ' || count(*) || ' times for a total of ' || cast(sum(amount) as bigint) || ' euros , most in month '
    || mode(month) || ' , region ' || mode(region) || ' , at most ' || cast(max(amount) as bigint) || ' euros' as text
from sales group by customer order by customer
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_dir", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    torch.set_num_threads(THREADS)
    versions = {"duckdb": duckdb.__version__, "sentence-transformers": sentence_transformers.__version__, "torch": torch.__version__}
    model = SentenceTransformer(str(args.model_dir), device="cpu")
    connection = duckdb.connect(config={"threads": THREADS})
    connection.execute(MAKE.format(rows=args.rows))
    model.encode(["warm up"] * 32)
    query_times, embed_times = [], []
    for _ in range(args.repeats):
        start = time.perf_counter()
        texts = [row[0] for row in connection.execute(QUERY).fetchall()]
        middle = time.perf_counter()
        model.encode(texts, batch_size=32, show_progress_bar=False)
        query_times.append(middle - start)
        embed_times.append(time.perf_counter() - middle)
    tokens = sum(map(len, model.tokenizer(texts)["input_ids"])) / len(texts)
    case = f"group {args.rows} rows to {len(texts)}, embed {tokens:.1f} tokens each"
    report("duckdb + sentence-transformers", case, "query", median(query_times), "s", versions)
    report("duckdb + sentence-transformers", case, "embedding", median(embed_times), "s", versions)
    report("duckdb + sentence-transformers", case, "total", median(q + e for q, e in zip(query_times, embed_times)), "s", versions)


if __name__ == "__main__":
    main()
