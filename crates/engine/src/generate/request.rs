//! What a generator is asked, and what its reply tells.

use super::choose::Shape;
use models::chat::{Call, Tools};
use ops::sample::Settings;
use serde_json::{Value, json};

/// A message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// `system`, `user`, `assistant` or `tool`.
    pub role: &'static str,
    /// Its text.
    pub content: String,
    /// What the generator thought before it.
    pub reasoning: Option<String>,
    /// Tools that an assistant called in it.
    pub calls: Vec<Call>,
    /// The call that a tool answers in it: the id, and the tool's name.
    pub answers: Option<(String, String)>,
}

impl Message {
    /// A message that is text and nothing else.
    pub fn new(role: &'static str, content: impl Into<String>) -> Message {
        Message { role, content: content.into(), reasoning: None, calls: Vec::new(), answers: None }
    }

    /// What templates are given: OpenAI's shape, with arguments as objects, which templates write themselves.
    pub(super) fn given(&self) -> Value {
        let mut given = json!({"role": self.role, "content": self.content});
        if let Some(reasoning) = &self.reasoning {
            given["reasoning_content"] = json!(reasoning);
        }
        if !self.calls.is_empty() {
            let call = |call: &Call| {
                let arguments = serde_json::from_str(&call.arguments).unwrap_or_else(|_| json!(call.arguments));
                json!({"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments}})
            };
            given["tool_calls"] = self.calls.iter().map(call).collect();
        }
        if let Some((id, name)) = &self.answers {
            given["tool_call_id"] = json!(id);
            given["name"] = json!(name);
        }
        given
    }

    /// Whether it calls tools, or is what one answered.
    pub fn is_of_tools(&self) -> bool {
        !self.calls.is_empty() || self.answers.is_some()
    }

    /// All texts in it that are not ours.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let calls = self.calls.iter().map(|call| call.arguments.as_str());
        [self.content.as_str()].into_iter().chain(self.reasoning.as_deref()).chain(calls)
    }
}

/// What is to be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The whole conversation, the message to answer last.
    pub messages: Vec<Message>,
    /// A text to go on with as it stands, in place of messages: no template is applied, and control tokens that it spells are those tokens.
    pub raw: Option<String>,
    /// The most tokens of the answer; as many as there is room for if not given.
    pub max_tokens: Option<usize>,
    /// Texts that end the answer and are not part of it. Reasoning and calls are not looked at.
    pub stops: Vec<String>,
    /// How tokens are chosen.
    pub sampling: Settings,
    /// The form of its text.
    pub shape: Shape,
    /// Functions that it may ask to be called.
    pub tools: Tools,
    /// How many of the most probable tokens are told of for each token, with the probability of the one that was chosen.
    pub logprobs: Option<usize>,
    /// Whether the generator thinks before it answers, where its template leaves that open; as the template has it if not given.
    pub think: Option<bool>,
}

impl Request {
    /// Bytes of all texts that the generator is told.
    pub(crate) fn bytes(&self) -> usize {
        let texts = self.messages.iter().flat_map(Message::texts).chain(self.raw.as_deref()).map(str::len);
        texts.chain(self.tools.given().iter().map(|tool| tool.to_string().len())).sum()
    }

    /// Plain text, the likeliest always.
    pub fn new(messages: Vec<Message>) -> Request {
        Request {
            messages,
            raw: None,
            max_tokens: None,
            stops: Vec::new(),
            sampling: Settings::GREEDY,
            shape: Shape::Free,
            tools: Tools::default(),
            logprobs: None,
            think: None,
        }
    }
}

impl Request {
    /// A text to go on with as it stands, the likeliest always.
    pub fn raw(text: impl Into<String>) -> Request {
        Request { raw: Some(text.into()), ..Request::new(Vec::new()) }
    }
}

/// Why an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// The generator ended it, or a stop text came, or its form is whole.
    Stop,
    /// The generator ended it, and calls tools.
    ToolCalls,
    /// It has as many tokens as were allowed, or as there was room for.
    Length,
}

impl Finish {
    /// As every protocol writes it.
    pub fn name(self) -> &'static str {
        match self {
            Finish::Stop => "stop",
            Finish::ToolCalls => "tool_calls",
            Finish::Length => "length",
        }
    }
}

/// How an answer was made. Its text went through the ring.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Reply {
    /// The generator.
    pub model: String,
    /// Why it ended.
    pub finish: Finish,
    /// Tokens of the prompt.
    pub prompt_tokens: usize,
    /// Those of them that were known from before and not computed again.
    pub reused_tokens: usize,
    /// Tokens of the answer, without the one that ended it.
    pub generated_tokens: usize,
    /// Those of them that were reasoning.
    pub reasoning_tokens: usize,
    /// Tokens that were guessed ahead of their turn, and those of them that were right.
    pub guessed_tokens: usize,
    /// See `guessed_tokens`.
    pub guessed_right: usize,
    /// The most tokens of both together.
    pub context: usize,
    /// How long the generator took to load, before.
    pub load_ms: f64,
    /// How long the prompt took, waiting for turns included.
    pub prefill_ms: f64,
    /// From the request to its first token.
    pub first_token_ms: f64,
    /// Tokens per second after the first; none where there is one at most.
    pub decode_tokens_per_s: Option<f64>,
    /// From the request to the end of the answer.
    pub complete_ms: f64,
    /// Milliseconds waited for turns on the schedule, for room in the cache and for runs shared with others to begin.
    pub queue_ms: f64,
    /// Milliseconds that its runs took; a run shared with others counts for each of them.
    pub run_ms: f64,
    /// The device that ran it.
    pub device: String,
    /// Why that device.
    pub device_reason: String,
    /// What was done in a lesser way than could be, and why.
    pub degraded: Vec<String>,
}
