//! From messages to tokens, and how many the answer may have.

use super::{Generator, Message, Request};
use crate::error::{Error, Result};
use models::ChatTemplate;
use models::chat::Chat;
use serde_json::{Value, json};
use std::time::Instant;

/// A prompt, and what had to be changed for it.
pub(crate) struct Prompt {
    /// When making it began.
    pub begun: Instant,
    pub text: String,
    pub tokens: Vec<u32>,
    /// One of the control tokens that messages spelled, and how many messages did.
    pub spelled: Option<(String, usize)>,
}

/// Whether a template takes a message of the system; some refuse it.
pub(super) fn takes_system(template: &ChatTemplate) -> bool {
    let message = |role: &str| json!({"role": role, "content": "text"});
    template.render(&Chat::new(&[message("system"), message("user")])).is_ok()
}

impl Generator {
    /// Whether it takes messages of the role `system`.
    pub fn takes_system(&self) -> bool {
        self.takes_system
    }

    /// How many tokens a part of a message has by itself.
    ///
    /// # Errors
    /// [`Error::Model`] if the tokenizer refuses it.
    pub fn text_tokens(&self, text: &str) -> Result<usize> {
        Ok(self.codec.encode_bare(text)?.len())
    }

    /// A number of tokens that a text has at least, told at once however long it is.
    pub fn least_tokens(&self, text: &str) -> usize {
        self.codec.least_tokens(text)
    }

    /// The prompt of a request, as [`Generator::answer`] makes it.
    pub(crate) fn prompt_of(&self, request: &Request) -> Result<Prompt> {
        let begun = Instant::now();
        // Told at once for a text that is far too long, whatever the template makes of it.
        let texts = request.messages.iter().flat_map(Message::texts).chain(request.raw.as_deref());
        let tools = request.tools.given().iter().map(|tool| self.codec.least_tokens(&tool.to_string()));
        let least = texts.map(|text| self.codec.least_tokens(text)).chain(tools).sum::<usize>();
        if least >= self.context {
            return Err(self.too_long(&format!("at least {least}")));
        }
        if let Some(text) = &request.raw {
            return self.raw_prompt(text, begun);
        }
        let mut spelled: Option<(String, usize)> = None;
        let mut harmless = |mut given: Value| {
            let mut first = None;
            self.break_up(&mut given, &mut first);
            if let Some(which) = first {
                spelled.get_or_insert((which, 0)).1 += 1;
            }
            given
        };
        let mut messages: Vec<Value> = request.messages.iter().map(|message| harmless(message.given())).collect();
        let tools = (!request.tools.is_none()).then_some(&request.tools);
        let given: Option<Vec<Value>> =
            tools.map(|tools| tools.given().iter().map(|tool| harmless(tool.clone())).collect());
        let mut chat = Chat::default();
        if let (Some(tools), false) = (tools, self.template.takes_tools()) {
            let told = harmless(json!({"role": "system", "content": tools.told()}));
            self.tell_first(&mut messages, told["content"].as_str().unwrap_or_default());
        } else if let Some(given) = given {
            chat = chat.with_tools(&given);
        }
        if let Some(thinks) = request.think {
            chat = chat.thinking(thinks);
        }
        let text = self.template.render(&Chat { tools: chat.tools, more: chat.more, ..Chat::new(&messages) })?;
        let tokens = self.codec.encode_bare(&text)?;
        if tokens.is_empty() {
            return Err(Error::Limit("the prompt is empty".to_owned()));
        }
        Ok(Prompt { begun, text, tokens, spelled })
    }

    /// Adds to what the generator is told before the conversation, or to the first message where it takes none of the system.
    fn tell_first(&self, messages: &mut Vec<Value>, text: &str) {
        match messages.first_mut() {
            Some(first) if first["role"] == "system" || !self.takes_system => {
                let said = first["content"].as_str().unwrap_or_default();
                let both = if first["role"] == "system" { [said, text] } else { [text, said] };
                first["content"] = json!(both.join("\n\n"));
            }
            _ => messages.insert(0, json!({"role": "system", "content": text})),
        }
    }

    /// A text as it stands, after the token that begins texts where the model has one and the text does not spell it itself.
    fn raw_prompt(&self, text: &str, begun: Instant) -> Result<Prompt> {
        let mut tokens = self.codec.encode_bare(text)?;
        if tokens.is_empty() {
            return Err(Error::Limit("the prompt is empty".to_owned()));
        }
        let begins = self.codec.encode("")?.into_iter().next().filter(|id| Some(*id) == self.codec.bos());
        if let Some(begins) = begins.filter(|begins| tokens[0] != *begins) {
            tokens.insert(0, begins);
        }
        Ok(Prompt { begun, text: text.to_owned(), tokens, spelled: None })
    }

    /// Breaks up the control tokens that texts in `value` spell; `first` becomes the first of them.
    fn break_up(&self, value: &mut Value, first: &mut Option<String>) {
        let mut broken = |text: &str| {
            let (text, which) = self.codec.without_controls(text)?;
            first.get_or_insert(which);
            Some(text)
        };
        match value {
            Value::String(text) => {
                if let Some(other) = broken(text) {
                    *text = other;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|part| self.break_up(part, first)),
            Value::Object(map) => {
                if map.keys().any(|key| self.codec.without_controls(key).is_some()) {
                    *map = std::mem::take(map)
                        .into_iter()
                        .map(|(key, value)| (broken(&key).unwrap_or(key), value))
                        .collect();
                }
                map.values_mut().for_each(|part| self.break_up(part, first));
            }
            _ => {}
        }
    }

    /// How many tokens the answer may have.
    pub(super) fn room(&self, prompt: usize, request: &Request) -> Result<usize> {
        let room = self.context.saturating_sub(prompt);
        match request.max_tokens {
            _ if room == 0 => Err(self.too_long(&prompt.to_string())),
            Some(0) => Err(Error::Limit("an answer has at least one token".to_owned())),
            Some(wanted) if wanted > room => Err(Error::Context(format!(
                "the prompt has {prompt} tokens, which leaves room for {room} of the answer, not {wanted}: {} takes {} of both together. \
                 Ask for a shorter answer, shorten the prompt, or give it more context",
                self.name, self.context
            ))),
            wanted => Ok(wanted.unwrap_or(room)),
        }
    }

    fn too_long(&self, tokens: &str) -> Error {
        Error::Context(format!(
            "the prompt has {tokens} tokens; {} takes {} of prompt and answer together. Shorten it, begin a new conversation, or give it \
             more context",
            self.name, self.context
        ))
    }

    /// What a reply says of the prompt.
    pub(super) fn degraded_by(&self, prompt: &Prompt, request: &Request) -> Vec<String> {
        let mut degraded = Vec::new();
        if self.template.is_plain() && request.raw.is_none() {
            degraded.push(format!("{} has no chat template; its answers may be worse for it", self.name));
        }
        if !request.tools.is_none() && !self.template.takes_tools() {
            degraded.push(format!("the chat template of {} knows no tools; it was told of them in words", self.name));
        }
        if request.think == Some(false) && self.template.thinks() == Some(false) {
            degraded.push(format!("{} cannot be told not to think", self.name));
        }
        if request.think == Some(true) && self.template.thinks().is_none() {
            degraded.push(format!("{} does not think before it answers", self.name));
        }
        if let Some((which, count)) = &prompt.spelled {
            let messages = if *count == 1 { "a message spells" } else { "messages spell" };
            degraded.push(format!("{messages} control tokens of {} such as {which}; they were broken up", self.name));
        }
        degraded
    }
}
