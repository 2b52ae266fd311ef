"""From the corpus to texts, (query, passage) pairs for training, and the held-out questions for measuring."""

import json
import lzma
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

QUESTIONS = [
    "what is {}?", "what does {} mean?", "how do I {}?", "how does {} work?", "tell me about {}", "where can I read about {}?",
    "why {}?", "who is responsible for {}?", "is there anything on {}?", "when should I use {}?", "explain {}", "{} example",
]


@dataclass
class Task:
    """A held-out retrieval task: text indices of queries, of passages, and for each query the position of its passage."""

    queries: list[int] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)
    answer: list[int] = field(default_factory=list)


class Dataset:
    """All texts once, with the training pairs and the held-out tasks as indices into them."""

    def __init__(self, corpus: Path, limit: int | None = None):
        self.texts: list[str] = []
        self.pairs: list[tuple[int, int]] = []
        self.training: list[int] = []
        self.tasks: dict[str, Task] = {}
        self._index: dict[str, int] = {}
        with lzma.open(corpus, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        rng = random.Random(11)
        rng.shuffle(records)
        records = records[:limit]
        whole = {r["s"] for r in records if r["h"]} - {r["s"] for r in records if not r["h"]}
        for record in records:
            if record["h"]:
                self._hold_out(record, "new subjects" if record["s"] in whole else "new pages", rng)
        held_out = len(self.texts)
        for record in records:
            if not record["h"]:
                self._train_on(record, rng)
        # A title that also occurs among the held-out texts stays out of training.
        self.training = range(held_out, len(self.texts))
        self.pairs = [pair for pair in self.pairs if min(pair) >= held_out]

    def _add(self, text: str) -> int:
        if text not in self._index:
            self._index[text] = len(self.texts)
            self.texts.append(text)
        return self._index[text]

    def _hold_out(self, record: dict, group: str, rng: random.Random) -> None:
        title, passage = record["t"], record["p"]
        self._ask(f"title to passage, {group}", title if " " in title else "", passage)
        query, rest = _split_off(passage, rng)
        self._ask(f"sentence to the rest, {group}", query, rest)

    def _ask(self, name: str, query: str, passage: str) -> None:
        if not passage:
            return
        task = self.tasks.setdefault(name, Task())
        fresh_query = query and query not in self._index
        fresh_passage = passage not in self._index
        position, query_index = self._add(passage), self._add(query) if fresh_query else None
        if fresh_passage:
            task.passages.append(position)
            if query_index is not None:
                task.queries.append(query_index)
                task.answer.append(len(task.passages) - 1)

    def _train_on(self, record: dict, rng: random.Random) -> None:
        title, passage = record["t"], record["p"]
        position = self._add(passage)
        if title:
            self.pairs.append((self._add(title), position))
            if rng.random() < 0.5:
                self.pairs.append((self._add(rng.choice(QUESTIONS).format(title.rstrip(".?!"))), position))
        query, rest = _split_off(passage, rng)
        if query:
            self.pairs.append((self._add(query), self._add(rest)))


def _split_off(passage: str, rng: random.Random) -> tuple[str, str]:
    """One sentence of a passage, and the passage without it; empty where there are fewer than three sentences."""
    sentences = re.split(r"(?<=[.!?;:])\s+(?=\S)", passage)
    choices = [i for i, sentence in enumerate(sentences) if 4 <= len(sentence.split()) <= 40]
    if len(sentences) < 3 or not choices:
        return "", ""
    chosen = rng.choice(choices)
    return sentences[chosen], " ".join(sentences[:chosen] + sentences[chosen + 1 :])
