//! The pieces of an answer in Ollama's shapes, whoever writes it.

use super::{now, ns};
use crate::answer::{Answer, Ended, Part};
use crate::failure::Failure;
use crate::reply::reply;
use crate::stream::Events;
use axum::response::Response;
use engine::generate::{Call, Finish};
use serde_json::{Value, json};

/// Which of the two shapes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Of `/api/chat`.
    Chat,
    /// Of `/api/generate`.
    Generate,
}

impl Form {
    /// The text of a piece where this shape has it.
    pub fn text(self, piece: &mut Value, text: &str) {
        match self {
            Form::Chat => piece["message"] = json!({"role": "assistant", "content": text}),
            Form::Generate => piece["response"] = json!(text),
        }
    }
}

/// What clients expect that ask for nothing but to have the model loaded.
pub fn loaded(model: &str, form: Form) -> Response {
    idle(model, form, "load")
}

/// The reply to a request that asks for no answer.
pub fn idle(model: &str, form: Form, reason: &str) -> Response {
    let mut body = json!({"model": model, "created_at": now(), "done": true, "done_reason": reason});
    form.text(&mut body, "");
    reply(&crate::reply::Made::default(), &body)
}

/// Adds calls of tools to a piece of `/api/chat`, which alone has them.
pub fn call(piece: &mut Value, calls: &[Call]) {
    let called = |call: &Call| {
        let arguments = serde_json::from_str(&call.arguments).unwrap_or_else(|_| json!(call.arguments));
        json!({"function": {"name": call.name, "arguments": arguments}})
    };
    if !calls.is_empty() {
        piece["message"]["tool_calls"] = calls.iter().map(called).collect();
    }
}

/// Why an answer ended: Ollama has no word of its own for calls.
pub fn done_reason(finish: Finish) -> &'static str {
    if finish == Finish::Length { "length" } else { "stop" }
}

/// The pieces of an answer.
pub struct Pieces {
    /// The model, as the request names it.
    pub model: String,
    /// Their shape.
    pub form: Form,
}

impl Pieces {
    /// A piece with a text.
    pub fn piece(&self, text: &str) -> Value {
        let mut piece = json!({"model": self.model, "created_at": now(), "done": false});
        self.form.text(&mut piece, text);
        piece
    }

    /// A piece with a call.
    pub fn calls(&self, called: Call) -> Value {
        let mut piece = self.piece("");
        call(&mut piece, &[called]);
        piece
    }

    /// The last piece, or the only one.
    pub fn last(&self, ended: &Ended, text: &str) -> Value {
        let made = &ended.made;
        // Quotations are found and written down; where a generator writes, it reads and decodes.
        let (load_ms, prompt_ms, eval_ms) = match &ended.generated {
            Some(by) => (ended.loading_ms(), by.prefill_ms, by.complete_ms - by.prefill_ms),
            None => (0.0, ended.retrieval_ms, ended.complete_ms - ended.retrieval_ms),
        };
        let mut last = json!({
            "model": self.model, "created_at": now(), "done": true,
            "done_reason": done_reason(ended.finish),
            "total_duration": ns(made.queue_ms + ended.complete_ms),
            "load_duration": ns(load_ms),
            "prompt_eval_count": ended.tokens.0,
            "prompt_eval_duration": ns(prompt_ms),
            "eval_count": ended.tokens.1,
            "eval_duration": ns(eval_ms),
            "citations": ended.citations,
            "downbeat": ended.about(),
        });
        self.form.text(&mut last, text);
        last
    }
}

impl Events<Answer> for Pieces {
    fn part(&mut self, part: Part) -> Vec<String> {
        match part {
            Part::Citation(_) => Vec::new(),
            Part::Text(text) => vec![self.piece(&text).to_string()],
            Part::Call(call) => vec![self.calls(call).to_string()],
        }
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        vec![self.last(ended, "").to_string()]
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        vec![failure.ollama().to_string()]
    }
}
