"""What all peers share: the generated inputs, the timing rule and the JSON lines.

Inputs are generated, never stored, so that our own benchmark can make the same ones: see README.md, "Inputs".
"""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

SEED = 20240229
# Each of these is one token of MiniLM's vocabulary.
WORDS = (
    "time year people way day man thing woman life child world school state family student group country problem hand part place case week "
    "company system program question work government number night point home water room mother area money story fact month lot right study "
    "book eye job word business issue side kind head house service friend father power hour game line end member law car city community name "
    "president team minute idea body information back parent face others level office door health person art war history party result change "
    "morning reason research girl guy moment air teacher force education"
).split()


class Lcg:
    """A 64-bit linear congruential generator (Knuth's MMIX constants); `below(n)` uses the upper 32 bits."""

    def __init__(self, seed: int = SEED):
        self.state = seed

    def below(self, n: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 32) * n >> 32


def sentences(count: int, words: int, seed: int = SEED) -> list[str]:
    """`count` texts of `words` words; with [CLS] and [SEP] a text is `words` + 2 tokens."""
    rng = Lcg(seed)
    return [" ".join(WORDS[rng.below(len(WORDS))] for _ in range(words)) for _ in range(count)]


def median_seconds(task: Callable[[], object], repeats: int, warm_up: int = 1) -> float:
    for _ in range(warm_up):
        task()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def machine() -> str:
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
                 platform.processor()) if Path("/proc/cpuinfo").exists() else platform.processor()
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def report(peer: str, case: str, metric: str, value: float, unit: str, versions: dict[str, str]) -> None:
    """One JSON line on standard output."""
    line = {"peer": peer, "case": case, "metric": metric, "value": round(value, 4), "unit": unit, "versions": versions, "machine": machine()}
    print(json.dumps(line), flush=True)
