//! A tiny generator with random weights, as a GGUF file with tokenizer and chat template, and what it says when it is asked plainly.
#![allow(dead_code, reason = "each of the tests that include this file needs a part of it")]

use hal::{Device, Options as DeviceOptions};
use models::chat::Chat;
use models::gguf::{Value, Writer};
use models::llama::{Generator, Options};
use models::{ChatTemplate, Codec, Gguf};
use std::path::Path;

const TEMPLATE: &str = "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}\
    {% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

const HIDDEN: usize = 64;
const INNER: usize = 96;
const KEPT: usize = 32;
const LAYERS: usize = 2;
/// The token `<|im_end|>`.
pub const END: u32 = 257;

/// The characters by which byte-level tokenizers write bytes.
fn spelled(byte: u8) -> char {
    let itself = |byte: u8| matches!(byte, 33..=126 | 161..=172 | 174..=255);
    if itself(byte) {
        return char::from(byte);
    }
    let before = (0..byte).filter(|byte| !itself(*byte)).count() as u32;
    char::from_u32(256 + before).expect("a character")
}

fn weights(seed: usize, count: usize, factor: f32) -> Vec<f32> {
    let mut state = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let one = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 40) as f32 / 8_388_608.0 - 1.0) * factor
    };
    (0..count).map(one).collect()
}

/// The file: made for `context` tokens, with `end` as the token that ends an answer.
pub fn gguf(context: u32, end: u32) -> Vec<u8> {
    gguf_with(context, end, TEMPLATE)
}

/// The same with another chat template.
pub fn gguf_with(context: u32, end: u32, template: &str) -> Vec<u8> {
    file(context, end, template, &[], None)
}

/// The same as [`gguf`], but so many values of a head turn.
pub fn turning(context: u32, values: u32) -> Vec<u8> {
    file(context, END, TEMPLATE, &[], Some(values))
}

/// The same, but for weights with which it answers everything with `text`, in which no byte occurs twice.
pub fn saying(context: u32, text: &str) -> Vec<u8> {
    file(context, END, TEMPLATE, &[(b'\n', text.as_bytes().chunks(1).collect())], None)
}

/// The same with another template, and an answer for each byte that a prompt may end with: its pieces, of which none occurs twice. Each
/// is a token.
pub fn answering(context: u32, template: &str, answers: &[(u8, &[&'static str])]) -> Vec<u8> {
    let bytes = |pieces: &[&'static str]| pieces.iter().map(|piece| piece.as_bytes()).collect();
    let answers: Vec<(u8, Vec<&[u8]>)> = answers.iter().map(|(after, pieces)| (*after, bytes(pieces))).collect();
    file(context, END, template, &answers, None)
}

/// The tokens of each answer, after the one that the prompt ends with. Adds those that are needed.
fn said(answers: &[(u8, Vec<&[u8]>)], tokens: &mut Vec<String>) -> Vec<(u32, u32)> {
    let mut follows: Vec<(u32, u32)> = Vec::new();
    for (after, pieces) in answers {
        let mut before = u32::from(*after);
        for piece in pieces {
            let next = match piece {
                [byte] => u32::from(*byte),
                longer => {
                    tokens.push(longer.iter().map(|byte| spelled(*byte)).collect());
                    tokens.len() as u32 - 1
                }
            };
            follows.push((before, next));
            before = next;
        }
        follows.push((before, END));
    }
    let once = |(before, _): &(u32, u32)| follows.iter().filter(|(other, _)| other == before).count() == 1;
    assert!(follows.iter().all(once), "a piece occurs twice");
    follows
}

fn file(context: u32, end: u32, template: &str, answers: &[(u8, Vec<&[u8]>)], turned: Option<u32>) -> Vec<u8> {
    let mut tokens: Vec<String> = (0..=255).map(|byte| spelled(byte).to_string()).collect();
    tokens.extend(["<|im_start|>", "<|im_end|>", "th"].map(str::to_owned));
    let follows = said(answers, &mut tokens);
    let kinds = (0..tokens.len() as i32).map(|id| if matches!(id, 256 | 257) { 3 } else { 1 }).collect();
    let vocab = tokens.len();
    let mut out = Writer::new();
    let texts = [("general.architecture", "llama"), ("tokenizer.ggml.model", "gpt2"), ("tokenizer.ggml.pre", "gpt-2")];
    for (key, text) in texts.into_iter().chain([("tokenizer.chat_template", template)]) {
        out.key(key, Value::Text(text.to_owned()));
    }
    if let Some(turned) = turned {
        out.key("llama.rope.dimension_count", Value::U32(turned));
    }
    for (key, number) in [
        ("llama.context_length", context),
        ("llama.embedding_length", HIDDEN as u32),
        ("llama.block_count", LAYERS as u32),
        ("llama.feed_forward_length", INNER as u32),
        ("llama.attention.head_count", 4),
        ("llama.attention.head_count_kv", 2),
        ("tokenizer.ggml.eos_token_id", end),
    ] {
        out.key(key, Value::U32(number));
    }
    out.key("llama.attention.layer_norm_rms_epsilon", Value::F32(1e-6));
    out.key("tokenizer.ggml.tokens", Value::Texts(tokens));
    out.key("tokenizer.ggml.token_type", Value::I32s(kinds));
    out.key("tokenizer.ggml.merges", Value::Texts(vec!["t h".to_owned()]));
    let mut seed = 0;
    let random = |seed: usize, shape: &[usize]| weights(seed, shape.iter().product(), 1.75 / (shape[1] as f32).sqrt());
    let table = random(1, &[vocab, HIDDEN]);
    let says = !follows.is_empty();
    let mut tensor = |name: &str, shape: &[usize]| {
        seed += 1;
        let values = match shape {
            // Layers add nothing, and the last product knows what follows each token.
            _ if says && (name.ends_with("attn_output.weight") || name.ends_with("ffn_down.weight")) => {
                vec![0.0; shape.iter().product()]
            }
            _ if says && name == "output.weight" => {
                let mut head = vec![0.0; vocab * HIDDEN];
                for (before, next) in &follows {
                    let (from, to) = (*before as usize * HIDDEN, *next as usize * HIDDEN);
                    let row = head[to..to + HIDDEN].iter_mut().zip(&table[from..from + HIDDEN]);
                    row.for_each(|(out, value)| *out += value);
                }
                head
            }
            [_, _] => random(seed, shape),
            _ => vec![1.0; shape[0]],
        };
        out.f32(name, shape, &values);
    };
    tensor("token_embd.weight", &[vocab, HIDDEN]);
    for layer in 0..LAYERS {
        for (part, shape) in [
            ("attn_norm", &[HIDDEN][..]),
            ("attn_q", &[HIDDEN, HIDDEN]),
            ("attn_k", &[KEPT, HIDDEN]),
            ("attn_v", &[KEPT, HIDDEN]),
            ("attn_output", &[HIDDEN, HIDDEN]),
            ("ffn_norm", &[HIDDEN]),
            ("ffn_gate", &[INNER, HIDDEN]),
            ("ffn_up", &[INNER, HIDDEN]),
            ("ffn_down", &[HIDDEN, INNER]),
        ] {
            tensor(&format!("blk.{layer}.{part}.weight"), shape);
        }
    }
    tensor("output_norm.weight", &[HIDDEN]);
    tensor("output.weight", &[vocab, HIDDEN]);
    out.to_bytes()
}

/// The tokenizer and the tokens of the prompt that asks `text`.
pub fn prompt(path: &Path, text: &str) -> (Codec, Vec<u32>) {
    let file = Gguf::open(path).expect("a GGUF file");
    let codec = Codec::from_gguf(&file, "tiny").expect("a tokenizer");
    let template = ChatTemplate::from_gguf(&file, "tiny", &codec).expect("a template");
    let prompt =
        template.render(&Chat::new(&[serde_json::json!({"role": "user", "content": text})])).expect("a prompt");
    let tokens = codec.encode_bare(&prompt).expect("tokens");
    (codec, tokens)
}

/// The tokens that the file's generator says to a person's `text`, the likeliest always, by the models crate alone.
pub fn greedy(path: &Path, text: &str, count: usize) -> (Codec, Vec<u32>) {
    let (codec, mut next) = prompt(path, text);
    let device = Device::open(&DeviceOptions::default()).expect("a CPU");
    let generator = Generator::open(path, &device, Options { rows: 512, ..Options::default() }).expect("a generator");
    let mut sequence = generator.sequence(500).expect("room");
    let mut said = Vec::new();
    while said.len() < count {
        let logits = generator.append(&mut sequence, &next).expect("logits");
        let row = logits.row(0).iter().enumerate();
        let best = row.max_by(|a, b| a.1.total_cmp(b.1)).expect("a vocabulary").0 as u32;
        said.push(best);
        next = vec![best];
    }
    (codec, said)
}
