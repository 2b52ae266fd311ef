//! From messages to tokens, and how many the answer may have.

use super::{Generator, Message, Request};
use crate::error::{Error, Result};
use models::ChatTemplate;
use models::chat::Chat;

/// A prompt, and what had to be changed for it.
pub(super) struct Prompt {
    pub tokens: Vec<u32>,
    /// One of the control tokens that messages spelled, and how many messages did.
    pub spelled: Option<(String, usize)>,
}

/// Whether a template takes a message of the system; some refuse it.
pub(super) fn takes_system(template: &ChatTemplate) -> bool {
    let message = |role: &'static str| Message { role, content: "text".to_owned() };
    template.render(&Chat::new(&[message("system"), message("user")])).is_ok()
}

impl Generator {
    /// Whether it takes messages of the role `system`.
    pub fn takes_system(&self) -> bool {
        self.takes_system
    }

    /// How many tokens the prompt of these messages has, as [`Generator::answer`] makes it.
    ///
    /// # Errors
    /// As for the prompt in [`Generator::answer`].
    pub fn prompt_tokens(&self, messages: &[Message]) -> Result<usize> {
        Ok(self.prompt_of(messages)?.tokens.len())
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

    /// The tokens of the prompt.
    pub(super) fn prompt_of(&self, messages: &[Message]) -> Result<Prompt> {
        // Told at once for a text that is far too long, whatever the template makes of it.
        for message in messages {
            let least = self.codec.least_tokens(&message.content);
            if least >= self.context {
                return Err(self.too_long(&format!("at least {least}")));
            }
        }
        let mut spelled: Option<(String, usize)> = None;
        let mut messages = messages.to_vec();
        for message in &mut messages {
            if let Some((text, which)) = self.codec.without_controls(&message.content) {
                message.content = text;
                spelled.get_or_insert((which, 0)).1 += 1;
            }
        }
        let tokens = self.codec.encode_bare(&self.template.render(&Chat::new(&messages))?)?;
        if tokens.is_empty() {
            return Err(Error::Limit("the prompt is empty".to_owned()));
        }
        Ok(Prompt { tokens, spelled })
    }

    /// How many tokens the answer may have.
    pub(super) fn room(&self, prompt: usize, request: &Request) -> Result<usize> {
        let room = self.context.saturating_sub(prompt);
        match request.max_tokens {
            _ if room == 0 => Err(self.too_long(&prompt.to_string())),
            Some(0) => Err(Error::Limit("an answer has at least one token".to_owned())),
            Some(wanted) if wanted > room => Err(Error::Limit(format!(
                "the prompt has {prompt} tokens, which leaves room for {room} of the answer, not {wanted}: {} takes {} of both together. \
                 Ask for a shorter answer, shorten the prompt, or give it more context",
                self.name, self.context
            ))),
            wanted => Ok(wanted.unwrap_or(room)),
        }
    }

    fn too_long(&self, tokens: &str) -> Error {
        Error::Limit(format!(
            "the prompt has {tokens} tokens; {} takes {} of prompt and answer together. Shorten it, begin a new conversation, or give it \
             more context",
            self.name, self.context
        ))
    }

    /// What a reply says of the prompt.
    pub(super) fn degraded_by(&self, prompt: &Prompt) -> Vec<String> {
        let mut degraded = Vec::new();
        if self.template.is_plain() {
            degraded.push(format!("{} has no chat template; its answers may be worse for it", self.name));
        }
        if let Some((which, count)) = &prompt.spelled {
            let messages = if *count == 1 { "a message spells" } else { "messages spell" };
            degraded.push(format!("{messages} control tokens of {} such as {which}; they were broken up", self.name));
        }
        degraded
    }
}
