"""Makes the GGUF file of the small generator, with weights of eight bits, and what transformers answers with those weights.

Run: python training/small_export.py FOLDER crates/models/tests/golden/small      (needs the packages gguf and transformers)

`small.gguf` is the model; `answers.json` holds prompts with the greedy
tokens that transformers writes in f32 with the weights of that file; `unsure` are places of those that were nearly others.
"""

import json
import sys
from pathlib import Path

import gguf
import numpy as np
import torch
import transformers
from safetensors.torch import load_file

import small
import small_text

TYPE = gguf.GGMLQuantizationType.Q8_0
# Rounding activations to bytes may turn the choice between two tokens whose logits are nearer than this.
MARGIN = 0.5
NAMES = {"self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
         "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
         "mlp.down_proj": "ffn_down", "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm"}


def renamed(name):
    if not name.startswith("model.layers."):
        return {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight"}[name]
    _, _, layer, rest = name.split(".", 3)
    return f"blk.{layer}.{NAMES[rest.removesuffix('.weight')]}.weight"


def write(folder, target):
    """Writes the file, and gives the weights as it holds them."""
    config, words = json.loads((folder / "config.json").read_text()), json.loads((folder / "tokenizer.json").read_text())
    out = gguf.GGUFWriter(target, "qwen3")
    out.add_name("Downbeat small")
    out.add_description("Trained for tests, on made-up text; see training/small.py")
    out.add_license("apache-2.0")
    out.add_context_length(config["max_position_embeddings"])
    out.add_embedding_length(config["hidden_size"])
    out.add_block_count(config["num_hidden_layers"])
    out.add_feed_forward_length(config["intermediate_size"])
    out.add_head_count(config["num_attention_heads"])
    out.add_head_count_kv(config["num_key_value_heads"])
    out.add_key_length(config["head_dim"])
    out.add_value_length(config["head_dim"])
    out.add_layer_norm_rms_eps(config["rms_norm_eps"])
    out.add_rope_freq_base(config["rope_theta"])
    out.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    tokens = {id: token for token, id in words["model"]["vocab"].items()} | {added["id"]: added["content"] for added in words["added_tokens"]}
    special = {added["id"]: added["special"] for added in words["added_tokens"]}
    kinds = [{None: gguf.TokenType.NORMAL, True: gguf.TokenType.CONTROL, False: gguf.TokenType.USER_DEFINED}[special.get(id)] for id in range(len(tokens))]
    out.add_tokenizer_model("gpt2")
    out.add_tokenizer_pre("qwen2")
    out.add_token_list([tokens[id] for id in range(len(tokens))])
    out.add_token_types(kinds)
    out.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in words["model"]["merges"]])
    out.add_eos_token_id(config["eos_token_id"])
    out.add_pad_token_id(config["bos_token_id"])
    out.add_add_bos_token(False)
    out.add_chat_template(small.TEMPLATE)
    held = {}
    for name, weight in load_file(folder / "model.safetensors").items():
        values = weight.numpy()
        if values.ndim == 2:
            packed = gguf.quants.quantize(values, TYPE)
            out.add_tensor(renamed(name), packed, raw_dtype=TYPE)
            held[name] = gguf.quants.dequantize(packed, TYPE).reshape(values.shape)
        else:
            out.add_tensor(renamed(name), values.astype(np.float32))
            held[name] = values
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
    return held


def prompts():
    writer = small_text.Writer(-1)
    for write in [writer.documents] * 12 + [writer.small_talk] * 8 + [writer.story] * 4 + [writer.as_json] * 2 + [writer.tools] * 6 + [writer.thinking] * 2:
        messages, tools = write()
        last = max(at for at, message in enumerate(messages) if message["role"] == "assistant")
        yield messages[:last], tools, messages[last]


def main():
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    held = write(folder, target / "small.gguf")
    words = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    missing = model.load_state_dict({name: torch.from_numpy(values) for name, values in held.items()}, strict=False)
    assert set(missing.missing_keys) <= {"lm_head.weight"} and not missing.unexpected_keys, missing
    cases, right = [], 0
    for messages, tools, wanted in prompts():
        text = words.apply_chat_template(messages, tools=tools, add_generation_prompt=True, tokenize=False)
        ids = words(text, return_tensors="pt", add_special_tokens=False)["input_ids"]
        out = model.generate(ids, do_sample=False, max_new_tokens=200, pad_token_id=words.pad_token_id, output_scores=True, return_dict_in_generate=True)
        made = out.sequences[0, ids.shape[1]:].tolist()
        margins = [float(best[0] - best[1]) for best in (scores[0].topk(2).values for scores in out.scores)]
        unsure = [at for at, margin in enumerate(margins) if margin < MARGIN]
        finished = made[-1] == words.eos_token_id
        answer = words.decode(made[:-1] if finished else made)
        cases.append(dict(messages=messages, tools=tools, prompt=ids[0].tolist(), tokens=made, unsure=unsure, answer=answer))
        meant = wanted["content"] or json.dumps(wanted["tool_calls"][0]["function"]["arguments"])
        right += meant in answer
        print(("  " if meant in answer else "X ") + repr(messages[-1]["content"][-80:]), "->", repr(answer))
    print(right, "of", len(cases), "as the grammar would (stories have many ways)")
    (target / "answers.json").write_text("[\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]\n")


if __name__ == "__main__":
    main()
