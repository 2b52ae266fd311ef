"""Makes the training text: fetches packages, cuts their text into titled passages, and writes one compressed file.

    python corpus.py WORK_DIR corpus.jsonl.xz

Each line is {"s": package, "t": title or "", "p": passage, "h": 1 if held out}. A passage is 20 to 200 words of one section. 4 % of the pages of
every package, and all of some packages (see corpus_sources.py), are held out for measuring.
"""

import argparse
import hashlib
import json
import lzma
import random
import re
from pathlib import Path

from corpus_readers import READERS
from corpus_sources import DEBIAN, NPM, PACKAGE_DESCRIPTIONS, Source, fetch

HELD_OUT_PAGES = 0.04
GLOSSARIES = {"wordnet", "dictd", "fortune"}
NUMBERING = re.compile(r"^((Chapter|Appendix) [A-Z0-9]+|([A-Z]\.)?\d+(\.\d+)*)[.:]? +")
COMMON_WORDS = frozenset("the of to and in is a for that it with you are be as this on not or can if by from will".split())


def readable(text: str) -> bool:
    """Whether a paragraph is mostly words: keeps out tables of numbers, dumps and lists of symbols."""
    letters = sum(c.isalpha() or c == " " for c in text)
    return letters > 0.75 * len(text) and len(text) < 6000


def english(words: list[str]) -> bool:
    """Manuals carry translations in odd places: a passage of English has some of its commonest words."""
    return sum(word in COMMON_WORDS for word in words) >= 0.08 * len(words)


def passages(paragraphs: list[str], rng: random.Random, short: bool) -> list[str]:
    """Joins paragraphs until a length drawn for each passage, so that short and long ones both occur."""
    out, words = [], []
    limit = rng.choice((40, 70, 100, 140, 200))
    for paragraph in paragraphs:
        if not readable(paragraph):
            continue
        words += paragraph.split()
        while len(words) >= limit:
            out.append(words[:limit])
            words = words[limit:]
            limit = rng.choice((40, 70, 100, 140, 200))
    if len(words) >= (3 if short else 20):
        out.append(words)
    return [" ".join(words) for words in out if short or english(words)]


def records(source: Source, folder: Path) -> list[dict]:
    """Passages of one package, at random up to its cap. Manuals are read until there is twice enough, word lists whole."""
    rng = random.Random(source.package)
    out, size = [], 0
    enough = 2e6 * source.megabytes if source.reader == "html" else float("inf")
    for page, title, paragraphs in READERS[source.reader](folder / source.package):
        digest = hashlib.sha256(f"{source.package}/{page}".encode()).digest()
        held_out = source.held_out or digest[0] < HELD_OUT_PAGES * 256
        title = NUMBERING.sub("", title)[:200]
        for passage in passages(paragraphs, rng, source.reader in GLOSSARIES):
            out.append({"s": source.package, "t": title, "p": passage, "h": int(held_out)})
            size += len(passage)
        if size > enough:
            break
    seen = set()
    out = [r for r in out if not (r["p"] in seen or seen.add(r["p"]))]
    rng.shuffle(out)
    budget = source.megabytes * 1e6
    kept = []
    for record in out:
        budget -= len(record["p"]) + len(record["t"])
        if budget < 0:
            break
        kept.append(record)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work_dir", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    args.work_dir.mkdir(parents=True, exist_ok=True)
    fetch(args.work_dir)
    seen, total = set(), 0
    with lzma.open(args.out, "wt", encoding="utf-8", preset=6) as out:
        for source in [*DEBIAN, PACKAGE_DESCRIPTIONS, *NPM]:
            kept = [r for r in records(source, args.work_dir) if not (r["p"] in seen or seen.add(r["p"]))]
            size = sum(len(r["p"]) for r in kept)
            total += size
            print(f"{source.package:28} {len(kept):7} passages {size / 1e6:6.2f} MB", flush=True)
            out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in kept)
    print(f"total {total / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
