"""Makes the golden files of the generators' tokenizers: `python make.py`, in this folder.

Needs the PyPI packages transformers (5.23), tokenizers, sentencepiece and gguf. Small tokenizers of each family are trained on our own
pages, so nothing is downloaded. For each family NAME:

NAME.json        the tokenizer, as `tokenizer.json`
NAME.gguf        the same as the converters of GGUF files write it: lists in the metadata, no tensors
NAME.cases.json  for each text: its ids as transformers gives them, with and without what belongs around a text, and its text decoded
"""

import json
import tempfile
from pathlib import Path

import sentencepiece
import transformers
from gguf import GGUFWriter
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = Path(__file__).parent
ROOT = HERE.parents[4]
SIZE = 600

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN2 = LLAMA3.replace("{1,3}", "")
TEKKEN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

SPECIAL = {
    "gpt2": ["<|endoftext|>"],
    "llama3": ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
    "qwen2": ["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
    "tekken": ["<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[TOOL_CALLS]"],
}
# Parts of a text that are always one token, without being marks.
LITERAL = {"qwen2": ["<think>", "</think>", "<tool_call>", "</tool_call>"]}
BEGIN = {"llama3": "<|begin_of_text|>", "tekken": "<s>", "llama2": "<s>", "gemma": "<bos>", "phi3": None}
END = {"gpt2": "<|endoftext|>", "llama3": "<|end_of_text|>", "qwen2": "<|im_end|>", "tekken": "</s>", "llama2": "</s>", "gemma": "<eos>", "phi3": "<|endoftext|>"}
PRE = {"gpt2": "gpt-2", "llama3": "llama-bpe", "qwen2": "qwen2", "tekken": "tekken"}

TEXTS = [
    "", " ", "  ", "\n", "\n\n\n", "\t\tx", " \n \n x  ", "a", " a", "a ", "  a  b   c    ",
    "Hello, world! It's 2024 and they'RE here; we'll see.", "1234567890 12 345.678,90 ²³ ½ ٣٤٥",
    "Größe, naïve, façade, Ångström, smørrebrød; œuvre.", "Ａｆｕｌｌｗｉｄｔｈ　ｔｅｘｔ", "e\u0301 é n\u0303 ñ \u1100\u1161 가",
    "日本語の文章です。漢字、ひらがな、カタカナ。", "Привет, мир! Ελληνικά. שלום עולם. مرحبا بالعالم", "नमस्ते दुनिया", "สวัสดีชาวโลก",
    "🙂 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽", "a\u200bb\u200dc\ufeffd \u00a0 \u2003 \u3000", "zero\x00byte \x07 bell \x1b[0m", "\r\n line \r\n\r\n other\r",
    "fn main() {\n    let x: Vec<u8> = vec![1, 2, 3];\n    println!(\"{x:?}\");\n}\n", "def f(a, b=None):\n\treturn a if b is None else {**a, 'b': b}\n",
    "<html><body class=\"x\">&amp; &lt;</body></html>", "https://example.org/path?q=1&r=%20#top", "C:\\Users\\me\\file.txt", "____ ---- ==== ****",
    "▁already▁spelled ▁", "<0x0A> <0xFF> literal", "ĠĊ of the alphabet", "camelCaseHTTPServer snake_case SCREAMING_CASE",
    "word" * 40, " " * 70 + "deep", "\n" * 20, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "ﬁ ligature ǆ ß ẞ İ ı",
    "\U00010348 \U0001d54f \U0002070e \ue000 \ufffd", "(a+b)*c/d^2 ≤ ∑∞ ≈ π", "“quotes” ‘single’ — dash… «guillemets»",
    "{special} at the start", "in {special} the middle", "spaces   {special}   around\n{special}\n\nand{special}{special}", "{special}",
    "<|nothing|> [INST ] <s <unk> <think>reason</think> <tool_call>{{}}</tool_call> [TOOL_CALLS] <|im_end| >",
]


def corpus() -> list[str]:
    pages = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "crates/models/src").glob("*.rs"))]
    return [page.read_text() for page in pages] + TEXTS[11:24] * 3


def byte_level(name: str) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(ignore_merges=name in ("llama3", "tekken")))
    pattern = {"llama3": LLAMA3, "qwen2": QWEN2, "tekken": TEKKEN}.get(name)
    if pattern is None:
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    else:
        split = pre_tokenizers.Split(Regex(pattern), behavior="isolated")
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    if name == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=SIZE, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(corpus(), trainer)
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL[name]])
    tokenizer.add_tokens([AddedToken(token, special=False, normalized=False) for token in LITERAL.get(name, [])])
    if begin := BEGIN.get(name):
        ids = [(begin, tokenizer.token_to_id(begin))]
        tokenizer.post_processor = processors.TemplateProcessing(single=f"{begin} $A", special_tokens=ids)
    return tokenizer


def check_with_sentencepiece(tokenizer: Tokenizer, proto: sentencepiece_model_pb2.ModelProto) -> None:
    """What transformers makes of a model agrees with SentencePiece itself, where a text has no marks (those it takes as text)."""
    judge = sentencepiece.SentencePieceProcessor(model_proto=proto.SerializeToString())
    marks = [piece.piece for piece in proto.pieces if piece.type in (2, 3)]
    for text in TEXTS:
        # SentencePiece gives an empty text no space, and takes `<0x0A>` in a text for the byte.
        if text and "<0x" not in text and not any(mark in text for mark in marks):
            ours, theirs = tokenizer.encode(text, add_special_tokens=False).ids, judge.encode(text)
            assert ours == theirs, (text, ours, theirs)


def trained_pieces(name: str) -> sentencepiece_model_pb2.ModelProto:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpus.txt").write_text("\n".join(corpus()))
        gemma = name == "gemma"
        marks = ["<start_of_turn>", "<end_of_turn>"] if gemma else ["<|user|>", "<|assistant|>", "<|end|>", "<|endoftext|>"] if name == "phi3" else []
        sentencepiece.SentencePieceTrainer.train(
            input=f"{folder}/corpus.txt", model_prefix=f"{folder}/model", model_type="bpe", vocab_size=SIZE, byte_fallback=True,
            normalization_rule_name="identity", remove_extra_whitespaces=False, add_dummy_prefix=not gemma, split_digits=True,
            allow_whitespace_only_pieces=True, character_coverage=0.995, max_sentence_length=1 << 20, minloglevel=2,
            pad_id=0 if gemma else -1, eos_id=1 if gemma else 2, bos_id=2 if gemma else 1, unk_id=3 if gemma else 0,
            bos_piece="<bos>" if gemma else "<s>", eos_piece="<eos>" if gemma else "</s>",
            control_symbols=marks, user_defined_symbols=["\n\n", "▁▁", "▁▁▁", "▁▁▁▁", "<b>"] if gemma else [],
        )
        proto = sentencepiece_model_pb2.ModelProto()
        proto.ParseFromString((Path(folder) / "model.model").read_bytes())
        return proto


def with_spaces(name: str, proto: sentencepiece_model_pb2.ModelProto) -> Tokenizer:
    """As transformers converts models of SentencePiece: merges in the order of the scores of what they make."""
    vocab = {piece.piece: id for id, piece in enumerate(proto.pieces)}
    merges = []
    for piece in proto.pieces:
        if piece.type not in (1, 4):
            continue
        pairs = [(piece.piece[:at], piece.piece[at:]) for at in range(1, len(piece.piece))]
        pairs = [pair for pair in pairs if pair[0] in vocab and pair[1] in vocab]
        merges += [(*pair, piece.score) for pair in sorted(pairs, key=lambda pair: (vocab[pair[0]], vocab[pair[1]]))]
    merges = [(left, right) for left, right, _ in sorted(merges, key=lambda merge: -merge[2])]
    unknown = next(piece.piece for piece in proto.pieces if piece.type == 2)
    tokenizer = Tokenizer(models.BPE(vocab, merges, unk_token=unknown, fuse_unk=True, byte_fallback=True))
    steps = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    if name == "gemma":
        tokenizer.normalizer = normalizers.Replace(" ", "▁")
    else:
        tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
        steps.append(decoders.Strip(" ", 1, 0))
    tokenizer.decoder = decoders.Sequence(steps)
    special = [piece.piece for piece in proto.pieces if piece.type in (2, 3)]
    swallows = lambda token: name == "phi3" and token not in ("<unk>", "<s>", "<|endoftext|>")
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False, rstrip=swallows(token)) for token in special])
    tokenizer.add_tokens([AddedToken(piece.piece, normalized=False) for piece in proto.pieces if piece.type == 4])
    if begin := BEGIN[name]:
        tokenizer.post_processor = processors.TemplateProcessing(single=f"{begin} $A", special_tokens=[(begin, vocab[begin])])
    return tokenizer


def write_gguf(name: str, tokenizer: Tokenizer, proto) -> None:
    writer = GGUFWriter(HERE / f"{name}.gguf", {"gemma": "gemma2", "phi3": "phi3", "qwen2": "qwen2"}.get(name, "llama"))
    if proto is None:
        size = tokenizer.get_vocab_size()
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre(PRE[name])
        writer.add_token_list([tokenizer.id_to_token(id) for id in range(size)])
        added = tokenizer.get_added_tokens_decoder()
        writer.add_token_types([(3 if added[id].special else 4) if id in added else 1 for id in range(size)])
        merges = json.loads(tokenizer.to_str())["model"]["merges"]
        writer.add_token_merges([" ".join(merge) for merge in merges])
    else:
        writer.add_tokenizer_model("llama")
        writer.add_tokenizer_pre("default")
        writer.add_token_list([piece.piece for piece in proto.pieces])
        writer.add_token_scores([piece.score for piece in proto.pieces])
        writer.add_token_types([piece.type for piece in proto.pieces])
        writer.add_add_space_prefix(name != "gemma")
    begin = BEGIN.get(name)
    if begin:
        writer.add_bos_token_id(tokenizer.token_to_id(begin))
    writer.add_eos_token_id(tokenizer.token_to_id(END[name]))
    writer.add_add_bos_token(begin is not None)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_cases(name: str, tokenizer: Tokenizer) -> None:
    judge = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer)
    special = {"gpt2": "<|endoftext|>", "llama3": "<|eot_id|>", "qwen2": "<|im_end|>", "gemma": "<end_of_turn>", "phi3": "<|end|>"}.get(name, "</s>")
    cases = []
    for text in TEXTS:
        text = text.replace("{special}", special).replace("{{", "{").replace("}}", "}")
        bare = judge.encode(text, add_special_tokens=False)
        decoded = judge.decode(bare, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        cases.append({"text": text, "bare": bare, "whole": judge.encode(text), "decoded": decoded})
    content = {"transformers": transformers.__version__, "end": tokenizer.token_to_id(special), "cases": cases}
    (HERE / f"{name}.cases.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


def main() -> None:
    for name in [*PRE, "llama2", "gemma", "phi3"]:
        proto = None if name in PRE else trained_pieces(name)
        tokenizer = byte_level(name) if proto is None else with_spaces(name, proto)
        document = json.loads(tokenizer.to_str())
        (HERE / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
        if proto is not None:
            check_with_sentencepiece(tokenizer, proto)
        write_gguf(name, tokenizer, proto)
        write_cases(name, tokenizer)


if __name__ == "__main__":
    main()
