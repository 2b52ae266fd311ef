//! The pieces of a streamed answer in OpenAI's shape, whoever writes it.

use super::forms::called;
use crate::failure::Failure;
use engine::generate::{Call, Token};
use serde_json::{Value, json};

/// What every piece of an answer begins with.
pub struct Head {
    /// The answer's id.
    pub id: String,
    /// Seconds since 1970.
    pub created: u64,
    /// The model that answers.
    pub model: String,
}

/// The pieces of a streamed answer.
pub struct Chunks {
    head: Head,
    usage: bool,
    begun: bool,
    /// Tokens whose text has not been told yet.
    pub tokens: Vec<Token>,
    /// Calls told so far.
    calls: usize,
}

/// Tokens with their probabilities, as OpenAI's protocol has them; nothing where none were asked for.
pub fn probabilities(tokens: &[Token]) -> Value {
    if tokens.is_empty() {
        return Value::Null;
    }
    let content: Vec<Value> = tokens
        .iter()
        .map(|token| {
            let mut value = json!(token.chosen);
            value["top_logprobs"] = json!(token.top);
            value
        })
        .collect();
    json!({"content": content, "refusal": null})
}

impl Chunks {
    /// None yet; whether a last one is to tell the tokens.
    pub fn new(head: Head, usage: bool) -> Chunks {
        Chunks { head, usage, begun: false, tokens: Vec::new(), calls: 0 }
    }

    fn chunk(&self, choices: Value, more: Value) -> String {
        let Head { id, created, model } = &self.head;
        let mut chunk = json!({
            "id": id, "object": "chat.completion.chunk", "created": created, "model": model, "choices": choices,
        });
        if let (Some(chunk), Value::Object(more)) = (chunk.as_object_mut(), more) {
            chunk.extend(more);
        }
        chunk.to_string()
    }

    fn delta(&mut self, delta: Value, finish: Option<&str>, more: Value) -> String {
        let logprobs = probabilities(&std::mem::take(&mut self.tokens));
        self.chunk(json!([{"index": 0, "delta": delta, "logprobs": logprobs, "finish_reason": finish}]), more)
    }

    /// The piece before the first one, if this is that.
    pub fn begins(&mut self) -> Vec<String> {
        match std::mem::replace(&mut self.begun, true) {
            true => Vec::new(),
            false => {
                let first = json!([{
                    "index": 0, "delta": {"role": "assistant", "content": ""}, "logprobs": null, "finish_reason": null,
                }]);
                vec![self.chunk(first, json!({}))]
            }
        }
    }

    /// Something that was said.
    pub fn said(&mut self, delta: Value) -> Vec<String> {
        let mut chunks = self.begins();
        chunks.push(self.delta(delta, None, json!({})));
        chunks
    }

    /// A tool to be called.
    pub fn calls(&mut self, call: &Call) -> Vec<String> {
        let mut told = called(call);
        told["index"] = json!(self.calls);
        self.calls += 1;
        self.said(json!({"tool_calls": [told]}))
    }

    /// The end.
    pub fn ends(&mut self, finish: &str, more: Value, usage: Value) -> Vec<String> {
        let mut chunks = self.begins();
        chunks.push(self.delta(json!({}), Some(finish), more));
        if self.usage {
            chunks.push(self.chunk(json!([]), json!({"usage": usage})));
        }
        chunks.push("[DONE]".to_owned());
        chunks
    }

    /// The end by a failure.
    pub fn broke(&self, failure: &Failure) -> Vec<String> {
        vec![failure.openai().to_string(), "[DONE]".to_owned()]
    }
}
