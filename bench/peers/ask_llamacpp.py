"""The generator's part of a pipeline of a sentence encoder, FAISS and llama.cpp: how soon an answer begins after a prompt of some tokens.

Run: python ask_llamacpp.py FOLDER [TOKENS]

Writes FOLDER/llama-1b-q4_k_m-words.gguf where it is not there yet: random weights, with a tokenizer that has the frequent words of the
samples, for `downbeat bench ask --generator` to read as well. What the pipeline does before the generator is left out: it takes less
than 2 % of the time.
"""

import re
import sys
import time
from collections import Counter
from pathlib import Path

from common import report
from generate_llamacpp import LLAMA_1B, THREADS, write

CASE = "llama-1b-q4_k_m"
WORDS = 6000
TEMPLATE = ("{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
            "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
ROOT = Path(__file__).resolve().parents[2]


ITSELF = [*range(33, 127), *range(161, 173), *range(174, 256)]
OTHERS = [byte for byte in range(256) if byte not in ITSELF]


def spelled(data: bytes) -> str:
    """The characters by which byte-level tokenizers write bytes."""
    return "".join(chr(byte) if byte in ITSELF else chr(256 + OTHERS.index(byte)) for byte in data)


def vocabulary(out, size: int) -> None:
    """Every byte, and every beginning of the words that are frequent in the samples and in our own text."""
    counted = Counter()
    for path in [*ROOT.glob("samples/**/*.md"), *ROOT.glob("crates/engine/src/ask/prompt.rs"), *ROOT.glob("crates/cli/src/verbs/demo/*.rs")]:
        counted.update(re.findall(r" ?[A-Za-z]+", path.read_text()))
    tokens, merges = [spelled(bytes([byte])) for byte in range(256)], []
    known = set(tokens)
    for word, _ in counted.most_common(WORDS):
        letters = spelled(word.encode())
        for end in range(2, len(letters) + 1):
            if letters[:end] not in known:
                known.add(letters[:end])
                tokens.append(letters[:end])
                merges.append(f"{letters[:end - 1]} {letters[end - 1]}")
    kinds = [1] * len(tokens)
    for text in ["<|im_start|>", "<|im_end|>", *(f"<|unused{at}|>" for at in range(size - len(tokens) - 2))]:
        tokens.append(text)
        kinds.append(3)
    out.add_tokenizer_model("gpt2")
    out.add_tokenizer_pre("gpt-2")
    out.add_token_list(tokens)
    out.add_token_types(kinds)
    out.add_token_merges(merges)
    out.add_eos_token_id(tokens.index("<|im_end|>"))
    out.add_chat_template(TEMPLATE)


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 730
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{CASE}-words.gguf"
    if not path.exists():
        write(path, LLAMA_1B, "Q4_K_M", vocabulary)
    if count == 0:
        return
    import llama_cpp

    model = llama_cpp.Llama(str(path), n_ctx=2048, n_batch=512, n_ubatch=512, n_threads=THREADS, n_threads_batch=THREADS, verbose=False)
    prompt = [(at * 37 + 11) % 6000 for at in range(count)]

    def first() -> float:
        model.reset()
        start = time.perf_counter()
        model.eval(prompt)
        model.sample(temp=0.0)
        return time.perf_counter() - start

    first()
    seconds = sorted(first() for _ in range(3))[1]
    report("llama.cpp", f"{CASE}, prompt of {count} tokens", "first token", seconds * 1e3, "ms", {"llama-cpp-python": llama_cpp.__version__})


if __name__ == "__main__":
    main()
