"""Distils all-MiniLM-L6-v2 into the static embedding table that ships with the program.

    python distill.py MODEL_DIR corpus.jsonl.xz OUT_DIR [--compare] [--steps N] [--limit N] [--record FILE]

MODEL_DIR is the unpacked model, the corpus comes from corpus.py. Writes OUT_DIR/{model.safetensors,vocab.txt,config.json} and FILE (quality.json
beside this script) with what was measured on held-out text. --compare first trains other plans and measures them too; --limit takes fewer
passages (a try-out without a GPU; with one, all of it takes three minutes).
"""

import argparse
import hashlib
import json
import time
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import tokenizers
import torch
import transformers

import export
from dataset import Dataset
from measure import agreement, retrieval
from student import Plan, Ragged, embed_all, principal_directions, train, untrained_table
from teacher import Teacher

DIM = 256
MAX_TOKENS = 512
DROPPED = {"[CLS]", "[SEP]", "[MASK]"}

# What the shipped plan is compared with. Besides these, other rates, temperatures, batch sizes, token dropout and a pull towards the start were
# tried: none raised recall on new subjects by more than 0.01.
PLANS = {
    "vectors only": Plan(relations=0, pairs=0),
    "vectors and relations": Plan(pairs=0),
    "pairs only": Plan(vectors=0, relations=0, pairs=1),
}


def vocabulary_of(teacher: Teacher) -> tuple[list[str], np.ndarray]:
    """The tokens kept, in the teacher's order, and for each of the teacher's ids the new id or -1."""
    tokens = sorted(teacher.tokenizer.get_vocab().items(), key=lambda item: item[1])
    kept = [(token, index) for token, index in tokens if token not in DROPPED and not token.startswith("[unused")]
    new_id = np.full(len(tokens), -1, dtype=np.int32)
    for position, (_, index) in enumerate(kept):
        new_id[index] = position
    return [token for token, _ in kept], new_id


class Judge:
    """Measures tables, and the teacher, on the held-out tasks."""

    def __init__(self, dataset: Dataset, texts: Ragged, vectors: torch.Tensor):
        self.texts, self.vectors = texts, vectors
        self.tasks = {
            name: [torch.tensor(part, device=vectors.device) for part in (task.queries, task.passages, task.answer)]
            for name, task in dataset.tasks.items() if task.queries
        }

    def teacher(self) -> dict:
        return {name: retrieval(self.vectors[q], self.vectors[p], a) for name, (q, p, a) in self.tasks.items()}

    def table(self, table: torch.Tensor) -> dict:
        got = embed_all(table, self.texts)
        out = {name: retrieval(got[q], got[p], a) for name, (q, p, a) in self.tasks.items()}
        related = torch.cat([torch.stack([q, p[a]], dim=1) for q, p, a in self.tasks.values()])
        held_out = int(related.max()) + 1
        return out | {"agreement with the teacher": agreement(got[:held_out], self.vectors[:held_out], related)}


def summary(measures: dict) -> str:
    return "  ".join(f"{name}: " + " ".join(f"{k} {v:.3f}" for k, v in values.items()) for name, values in measures.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_dir", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--compare-steps", type=int, default=2500)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--record", type=Path, default=Path(__file__).with_name("quality.json"))
    args = parser.parse_args()
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(1)
    started = time.time()

    def say(text: str) -> None:
        print(f"[{time.time() - started:6.1f} s] {text}", flush=True)

    device = "cuda" if torch.cuda.is_available() else "cpu"
    dataset = Dataset(args.corpus, args.limit)
    teacher = Teacher(args.model_dir, device)
    vocabulary, new_id = vocabulary_of(teacher)
    ids = teacher.tokenize(dataset.texts)
    say(f"{device}: {len(dataset.texts)} texts, {sum(map(len, ids)) / 1e6:.1f} M tokens, {len(dataset.pairs)} pairs")
    vectors = teacher.encode(ids)
    old_ids = np.flatnonzero(new_id >= 0).astype(np.int32)
    token_vectors = teacher.encode([np.array([101, index, 102], dtype=np.int32) for index in old_ids])
    say("teacher done")

    rows = [new_id[row] for row in ids]
    unknown = vocabulary.index("[UNK]")
    texts = Ragged([row[(row >= 0) & (row != unknown)] for row in rows], device)
    training = torch.tensor(list(dataset.training), device=device)
    directions = principal_directions(vectors[training], DIM)
    targets = torch.nn.functional.normalize(vectors.float() @ directions, dim=1).half()
    kept = (vectors[training].float() @ directions).square().sum(1).mean().item()
    say(f"{DIM} dimensions keep {kept:.4f} of the teacher's energy")
    counts = torch.bincount(texts.take(training)[0], minlength=len(vocabulary)).float()
    say(f"{int((counts > 0).sum())} of {len(vocabulary)} tokens occur in training")
    start = untrained_table(token_vectors, directions, counts)
    start[[vocabulary.index("[PAD]"), unknown]] = 0

    judge = Judge(dataset, texts, vectors)
    quality = {"teacher": judge.teacher(), "untrained table": judge.table(start)}
    for name, measures in quality.items():
        say(f"{name}: {summary(measures)}")
    pairs = torch.tensor(dataset.pairs, device=device)

    def run(name: str, plan: Plan) -> torch.Tensor:
        table = train(start, training, texts, targets, pairs, plan, lambda step, loss, now: say(f"{name}, step {step}: loss {loss:.4f}"))
        quality[name] = judge.table(table)
        say(f"{name}: {summary(quality[name])}")
        return table

    if args.compare:
        for name, plan in PLANS.items():
            run(name, replace(plan, steps=args.compare_steps))
    final = replace(Plan(), steps=args.steps)
    table = run("trained table", final)
    size = export.write(args.out_dir, table, vocabulary, MAX_TOKENS)
    quality["shipped int8 table"] = judge.table(export.read(args.out_dir).to(device))
    say(f"int8: {summary(quality['shipped int8 table'])}")
    record = {
        "plan": asdict(final),
        "corpus_sha256": hashlib.sha256(args.corpus.read_bytes()).hexdigest(),
        "texts": len(dataset.texts),
        "pairs": len(dataset.pairs),
        "energy_kept": round(kept, 4),
        "bytes": size,
        "tasks": {name: {"queries": len(task.queries), "passages": len(task.passages)} for name, task in dataset.tasks.items()},
        "quality": {name: {task: {k: round(v, 4) for k, v in values.items()} for task, values in measures.items()} for name, measures in quality.items()},
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__, "tokenizers": tokenizers.__version__, "device": device},
    }
    args.record.write_text(json.dumps(record, indent=1) + "\n")
    say(f"{size} bytes in {args.out_dir}")


if __name__ == "__main__":
    main()
