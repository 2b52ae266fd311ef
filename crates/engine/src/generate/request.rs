//! What a generator is asked, and what its reply tells.

use ops::sample::Settings;

/// A message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Message {
    /// `system`, `user` or `assistant`.
    pub role: &'static str,
    /// Its text.
    pub content: String,
}

/// What is to be answered.
#[derive(Debug, Clone)]
pub struct Request {
    /// The whole conversation, the message to answer last.
    pub messages: Vec<Message>,
    /// The most tokens of the answer; as many as there is room for if not given.
    pub max_tokens: Option<usize>,
    /// Texts that end the answer and are not part of it.
    pub stops: Vec<String>,
    /// How tokens are chosen.
    pub sampling: Settings,
}

/// Why an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// The generator ended it, or a stop text came.
    Stop,
    /// It has as many tokens as were allowed, or as there was room for.
    Length,
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
