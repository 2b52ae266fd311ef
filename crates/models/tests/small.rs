//! The small trained generator (`training/small.py`) against transformers: prompts of whole conversations, with tools too, and what it answers.

use hal::{Device, Options as DeviceOptions};
use minijinja::Value;
use models::chat::Chat;
use models::llama::{Generator, Options};
use models::{ChatTemplate, Codec, Gguf};
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Case {
    messages: Value,
    tools: Option<Value>,
    prompt: Vec<u32>,
    tokens: Vec<u32>,
    /// Places of tokens that were nearly others: rounding activations to bytes may turn these choices.
    unsure: Vec<usize>,
    answer: String,
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/small").join(name)
}

fn cases() -> Vec<Case> {
    serde_json::from_slice(&std::fs::read(golden("answers.json")).unwrap()).unwrap()
}

#[test]
fn prompts_of_whole_conversations_are_those_of_transformers() {
    let file = Gguf::open(&golden("small.gguf")).unwrap();
    let codec = Codec::from_gguf(&file, "small").unwrap();
    let template = ChatTemplate::from_gguf(&file, "small", &codec).unwrap();
    assert!(!template.is_plain() && template.takes_tools());
    for case in cases() {
        let chat = Chat { messages: case.messages, tools: case.tools, add_generation_prompt: true, ..Chat::default() };
        let text = template.render(&chat).unwrap();
        assert_eq!(codec.encode_bare(&text).unwrap(), case.prompt, "{text}");
    }
}

#[test]
fn it_answers_as_transformers_do_with_the_same_weights() {
    let device = Device::open(&DeviceOptions::default()).unwrap();
    let generator = Generator::open(&golden("small.gguf"), &device, Options::default()).unwrap();
    let codec = Codec::from_gguf(&Gguf::open(&golden("small.gguf")).unwrap(), "small").unwrap();
    let mut compared = 0;
    for case in cases() {
        let mut sequence = generator.sequence(case.prompt.len() + case.tokens.len()).unwrap();
        let mut logits = generator.append(&mut sequence, &case.prompt).unwrap();
        for (at, token) in case.tokens.iter().enumerate() {
            let best = logits.row(0).iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0 as u32;
            if !case.unsure.contains(&at) {
                assert_eq!(best, *token, "token {at} of {}", case.answer);
                compared += 1;
            }
            logits = generator.append(&mut sequence, &[*token]).unwrap();
        }
        let text = case.tokens.strip_suffix(codec.ends()).unwrap_or(&case.tokens);
        assert_eq!(codec.decode(text), case.answer);
    }
    // A file of unsure answers would compare nothing.
    assert!(compared > 800, "{compared}");
}
