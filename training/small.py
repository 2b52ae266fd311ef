"""Trains the small generator of the tests on the text of `small_text.py`.

Run: python training/small.py OUT [--minutes M]     on a GPU (six minutes on an H200), or on a CPU with patience

OUT becomes a folder as Qwen 3 models have: config.json, model.safetensors, tokenizer.json, tokenizer_config.json. `small_export.py` makes the GGUF file
of it. Conversations come from numbered seeds, and each is seen once.
"""

import argparse
import json
import math
import multiprocessing
import random
import time
from pathlib import Path

import jinja2
import numpy as np
import tokenizers
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

import small_text

TEMPLATE = (Path(__file__).parent / "small_template.jinja").read_text()
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>", "<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>",
           "<tools>", "</tools>"]
CONTROL = SPECIAL[:3]
SPLIT = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
VOCAB, HIDDEN, LAYERS, HEADS, KEPT, SIZE, FEED, CONTEXT, THETA, EPSILON = 2048, 256, 6, 4, 2, 64, 512, 2048, 10000.0, 1e-6


def environment():
    env = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    env.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
    return env.from_string(TEMPLATE)


def texts(seed, count, most=14):
    writer, template = small_text.Writer(seed, most), environment()
    made = []
    for _ in range(count):
        messages, tools = writer.conversation()
        text = template.render(messages=messages, tools=tools, add_generation_prompt=False)
        if writer.r.random() < 0.03 and "<think>" not in text:  # as the template begins an answer without thinking
            text = text.replace("assistant\n", "assistant\n<think>\n\n</think>\n\n")
        made.append(text)
    return made


def tokeniser():
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.normalizer = tokenizers.normalizers.NFC()
    made.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([
        tokenizers.pre_tokenizers.Split(tokenizers.Regex(SPLIT), "isolated"), tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    made.decoder = tokenizers.decoders.ByteLevel()
    bytes_first = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=VOCAB - len(SPECIAL), initial_alphabet=bytes_first, show_progress=False)
    made.train_from_iterator([text for text in texts(0, 20000)], trainer)
    made.add_special_tokens([tokenizers.AddedToken(text, special=True, normalized=False) for text in CONTROL])
    made.add_tokens([tokenizers.AddedToken(text, special=False, normalized=False) for text in SPECIAL[3:]])
    assert made.get_vocab_size() == VOCAB, made.get_vocab_size()
    return made


SHARED = None


def prepare(words):
    global SHARED
    SHARED = tokenizers.Tokenizer.from_str(words)


def batches(job):
    """Batches of about `rows` tokens, conversations of like length together: ids (zeros behind), and weights of what is to be foretold."""
    seed, count, rows, most, around = job
    coded = []
    written = texts(seed, count, most)
    for text, encoding in zip(written, SHARED.encode_batch(written)):
        ids = encoding.ids
        if len(ids) > CONTEXT:
            continue
        weights, at = np.full(len(ids), around, np.float32), 0
        while (begin := text.find("<|im_start|>assistant\n", at)) >= 0:
            begin += len("<|im_start|>assistant\n")
            at = text.index("<|im_end|>", begin) + 1
            for place, (start, _) in enumerate(encoding.offsets):
                if begin <= start < at:
                    weights[place] = 1.0
        coded.append((ids, weights))
    coded.sort(key=lambda pair: len(pair[0]))
    made, group = [], []
    for pair in coded:
        if group and (len(group) + 1) * len(pair[0]) > rows:
            made.append(padded(group))
            group = []
        group.append(pair)
    if group:
        made.append(padded(group))
    random.Random(seed).shuffle(made)
    return made


def padded(group):
    width = max(len(ids) for ids, _ in group)
    ids, weights = np.zeros((len(group), width), np.int16), np.zeros((len(group), width), np.float16)
    for row, (some, heavy) in enumerate(group):
        ids[row, :len(some)], weights[row, :len(some)] = some, heavy
    return ids, weights


class Layer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        linear = lambda a, b: torch.nn.Linear(a, b, bias=False)
        self.q, self.k, self.v, self.o = linear(HIDDEN, HEADS * SIZE), linear(HIDDEN, KEPT * SIZE), linear(HIDDEN, KEPT * SIZE), linear(HEADS * SIZE, HIDDEN)
        self.gate, self.up, self.down = linear(HIDDEN, FEED), linear(HIDDEN, FEED), linear(FEED, HIDDEN)
        norm = lambda size: torch.nn.RMSNorm(size, eps=EPSILON)
        self.first, self.second, self.q_norm, self.k_norm = norm(HIDDEN), norm(HIDDEN), norm(SIZE), norm(SIZE)

    def forward(self, x, turn):
        rows, length, _ = x.shape
        y = self.first(x)
        q = turn(self.q_norm(self.q(y).view(rows, length, HEADS, SIZE)).transpose(1, 2))
        k = turn(self.k_norm(self.k(y).view(rows, length, KEPT, SIZE)).transpose(1, 2))
        v = self.v(y).view(rows, length, KEPT, SIZE).transpose(1, 2)
        k, v = (t.repeat_interleave(HEADS // KEPT, 1) for t in (k, v))
        seen = F.scaled_dot_product_attention(q, k, v.to(q.dtype), is_causal=True)
        x = x + self.o(seen.transpose(1, 2).reshape(rows, length, -1))
        y = self.second(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.table = torch.nn.Embedding(VOCAB, HIDDEN)
        self.layers = torch.nn.ModuleList(Layer() for _ in range(LAYERS))
        self.last = torch.nn.RMSNorm(HIDDEN, eps=EPSILON)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                deep = 1 / math.sqrt(2 * LAYERS) if name.endswith(("o.weight", "down.weight")) else 1
                torch.nn.init.normal_(weight, std=0.03 * deep)
        angle = torch.arange(CONTEXT)[:, None] / THETA ** (torch.arange(0, SIZE, 2) / SIZE)[None]
        angle = torch.cat([angle, angle], 1)
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)

    def forward(self, ids):
        length = ids.shape[1]
        cos, sin = self.cos[:length], self.sin[:length]

        def turn(x):
            a, b = x.chunk(2, -1)
            return x * cos.to(x.dtype) + torch.cat([-b, a], -1) * sin.to(x.dtype)

        x = self.table(ids)
        for layer in self.layers:
            x = layer(x, turn)
        return F.linear(self.last(x), self.table.weight)


def weights(model):
    """The weights under the names of Qwen 3."""
    out = {"model.embed_tokens.weight": model.table.weight, "model.norm.weight": model.last.weight}
    names = {"q": "self_attn.q_proj", "k": "self_attn.k_proj", "v": "self_attn.v_proj", "o": "self_attn.o_proj", "q_norm": "self_attn.q_norm",
             "k_norm": "self_attn.k_norm", "gate": "mlp.gate_proj", "up": "mlp.up_proj", "down": "mlp.down_proj", "first": "input_layernorm",
             "second": "post_attention_layernorm"}
    for at, layer in enumerate(model.layers):
        for ours, theirs in names.items():
            out[f"model.layers.{at}.{theirs}.weight"] = getattr(layer, ours).weight
    return out


def load(model, folder):
    held = load_file(folder / "model.safetensors")
    with torch.no_grad():
        for name, weight in weights(model).items():
            weight.copy_(held[name])


def save(model, words, folder):
    folder.mkdir(parents=True, exist_ok=True)
    held = {name: weight.detach().float().cpu().contiguous() for name, weight in weights(model).items()}
    save_file(held, folder / "model.safetensors", {"format": "pt"})
    end = words.token_to_id("<|im_end|>")
    config = dict(architectures=["Qwen3ForCausalLM"], model_type="qwen3", hidden_size=HIDDEN, intermediate_size=FEED, num_hidden_layers=LAYERS,
                  num_attention_heads=HEADS, num_key_value_heads=KEPT, head_dim=SIZE, vocab_size=VOCAB, max_position_embeddings=CONTEXT,
                  rope_theta=THETA, rms_norm_eps=EPSILON, tie_word_embeddings=True, hidden_act="silu", attention_bias=False, torch_dtype="float32",
                  bos_token_id=words.token_to_id("<|endoftext|>"), eos_token_id=end)
    (folder / "config.json").write_text(json.dumps(config, indent=1))
    words.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps(dict(
        tokenizer_class="PreTrainedTokenizerFast", eos_token="<|im_end|>", pad_token="<|endoftext|>", bos_token=None, add_bos_token=False,
        chat_template=TEMPLATE, clean_up_tokenization_spaces=False, model_max_length=CONTEXT), indent=1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=6.0)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--rows", type=int, default=0, help="tokens of a batch")
    parser.add_argument("--start", type=Path, help="goes on from this folder")
    parser.add_argument("--most", type=int, default=14, help="facts above a question; fewer are learnt sooner")
    parser.add_argument("--around", type=float, default=0.1, help="the weight of what is not the assistant's")
    parser.add_argument("--seed", type=int, default=1, help="of the first conversations")
    options = parser.parse_args()
    begun = time.time()
    torch.manual_seed(1)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    rows = options.rows or (65536 if device == "cuda" else 6144)
    kept = options.out / "tokenizer.json"
    words = tokenizers.Tokenizer.from_file(str(kept)) if kept.exists() else tokeniser()
    print(f"tokeniser after {time.time() - begun:.0f} s", flush=True)
    workers = max(1, multiprocessing.cpu_count() - 2) if device == "cuda" else 1
    # Forked before the device is touched.
    pool = multiprocessing.get_context("fork").Pool(workers, prepare, (words.to_str(),))
    count = 2000 if device == "cuda" else 400
    jobs = ((seed, count, rows, options.most, options.around) for seed in range(options.seed, 1 << 30))
    model = Model().to(device)
    if options.start:
        load(model, options.start)
    print(sum(weight.numel() for weight in model.parameters()), "weights", flush=True)
    plain = [weight for weight in model.parameters() if weight.dim() < 2]
    heavy = [weight for weight in model.parameters() if weight.dim() == 2]
    fused = dict(fused=True) if device == "cuda" else {}
    optimiser = torch.optim.AdamW([dict(params=heavy, weight_decay=0.1), dict(params=plain, weight_decay=0.0)], lr=0.0, betas=(0.9, 0.95), **fused)
    began, step, tokens, told, losses = time.time(), 0, 0, time.time(), []

    def feed():
        window = []
        for job in jobs:
            window.append(pool.apply_async(batches, (job,)))
            if len(window) > 2 * workers:
                yield from window.pop(0).get()

    for ids, wanted in feed():
        part = (time.time() - began) / (options.minutes * 60)
        if part >= 1:
            break
        rate = options.rate * min(1.0, (step + 1) / 200) * (0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * part)))
        for group in optimiser.param_groups:
            group["lr"] = rate
        ids = torch.from_numpy(ids).to(device, non_blocking=True).long()
        wanted = torch.from_numpy(wanted).to(device, non_blocking=True).float()
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            logits = model(ids[:, :-1])
        loss = F.cross_entropy(logits.float().flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        wanted = wanted[:, 1:].flatten()
        loss = (loss * wanted).sum() / wanted.sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step, tokens = step + 1, tokens + ids.numel()
        losses.append(loss.detach())
        if time.time() - told > 10:
            told = time.time()
            print(f"{told - began:.0f} s, step {step}, {tokens / 1e6:.1f} M tokens, loss {torch.stack(losses).mean():.4f}, rate {rate:.5f}", flush=True)
            losses = []
            if device == "cpu":
                save(model, words, options.out)
    save(model, words, options.out)
    print(f"{step} steps, {tokens / 1e6:.1f} M tokens in {time.time() - began:.0f} s", flush=True)
    pool.terminate()


if __name__ == "__main__":
    main()
