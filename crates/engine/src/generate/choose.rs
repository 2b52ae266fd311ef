//! Which token comes next: the sampler, within the form that the answer keeps to.

use super::tell::{Probable, Token};
use super::{Generator, Request};
use crate::error::{Error, Result};
use models::chat::ToolChoice;
use models::llama::Output;
use models::{Codec, Form};
use ops::sample::{Chance, Sampler, log_probabilities};

/// The most probable tokens that can be told of for each token.
pub const MOST_LOGPROBS: usize = 20;

/// The form of an answer's text.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Shape {
    /// None.
    #[default]
    Free,
    /// An object of JSON.
    Object,
    /// JSON that follows this schema.
    Schema(serde_json::Value),
}

/// Chooses the tokens of an answer.
pub(super) struct Chooser<'a> {
    codec: &'a Codec,
    sampler: Sampler,
    form: Option<Form>,
    /// The token that may begin reasoning before the form.
    opening: Option<u32>,
    logprobs: Option<usize>,
}

/// A token that was chosen.
pub(super) struct Chosen {
    pub token: u32,
    /// Its probability, if that was asked for.
    pub share: Option<Token>,
}

impl Generator {
    pub(super) fn chooser(&self, request: &Request) -> Result<Chooser<'_>> {
        let sampler = Sampler::new(request.sampling).map_err(models::Error::from)?;
        if request.logprobs.is_some_and(|count| count > MOST_LOGPROBS) {
            return Err(Error::Limit(format!("probabilities of {MOST_LOGPROBS} tokens can be told at most")));
        }
        let form = self.form(request)?;
        // A text that is gone on with as it stands is not taken apart, so nothing in it is a thought.
        let opening = if request.raw.is_some() || request.think == Some(false) {
            None
        } else {
            self.template.opening(&self.codec)
        };
        Ok(Chooser { codec: &self.codec, sampler, form, opening, logprobs: request.logprobs })
    }

    /// The form that the answer keeps to.
    fn form(&self, request: &Request) -> Result<Option<Form>> {
        let demands = matches!(request.tools.choice(), ToolChoice::Required | ToolChoice::Named(_));
        if demands {
            let forms = self.forms()?;
            return Ok(self.template.style().form(&request.tools, &forms, &self.codec)?);
        }
        if request.shape != Shape::Free && !request.tools.is_none() {
            let problem =
                "an answer in a form calls no tools of its own choice: ask for one of both, or require a call";
            return Err(Error::Limit(problem.to_owned()));
        }
        Ok(match &request.shape {
            Shape::Free => None,
            Shape::Object => Some(self.forms()?.object()?),
            Shape::Schema(schema) => Some(self.forms()?.schema(schema)?),
        })
    }
}

impl Chooser<'_> {
    /// Whether the answer keeps to a form.
    pub fn has_form(&self) -> bool {
        self.form.is_some()
    }

    /// What the next token may be chosen with by whoever sees the logits; none where more than that depends on them.
    pub fn chance(&self) -> Option<Chance> {
        let chance = self.sampler.chance();
        let free = self.form.is_none() && self.logprobs.is_none() && !chance.remembers();
        free.then_some(chance)
    }

    /// Whether the answer is whole and nothing may follow.
    pub fn is_complete(&self) -> bool {
        self.form.as_ref().is_some_and(Form::is_complete)
    }

    /// The next token by `output`, after `prompt` and what there is of the `answer`.
    pub fn pick(&mut self, output: Output, thinking: bool, prompt: &[u32], answer: &[u32]) -> Result<Chosen> {
        let mut row = match output {
            Output::Row(row) => row,
            Output::Token(token) => {
                self.sampler.skip();
                return Ok(Chosen { token, share: None });
            }
        };
        let logits = row.as_mut_slice();
        let raw = (self.logprobs.is_some() && self.form.is_some()).then(|| logits.to_vec());
        let opening = self.opening.filter(|_| answer.is_empty() && !thinking);
        if let Some(form) = &mut self.form {
            if thinking {
                // The form is still to come.
                self.codec.ends().iter().for_each(|end| forbid(logits, *end));
            } else {
                let kept = opening.and_then(|token| Some((token as usize, *logits.get(token as usize)?)));
                form.allow(logits)?;
                if let Some((at, logit)) = kept {
                    logits[at] = logit;
                }
            }
        }
        let token = self.sampler.pick(logits, prompt, answer).map_err(models::Error::from)?;
        let in_form = !thinking && opening != Some(token) && self.codec.ends().binary_search(&token).is_err();
        if let Some(form) = self.form.as_mut().filter(|_| in_form) {
            form.push(token)?;
        }
        let share = self.logprobs.map(|count| {
            let (chosen, top) = log_probabilities(raw.as_deref().unwrap_or(logits), token, count);
            let probable = |choice| Probable::new(self.codec, choice);
            Token { chosen: probable(chosen), top: top.into_iter().map(probable).collect() }
        });
        Ok(Chosen { token, share })
    }
}

fn forbid(logits: &mut [f32], token: u32) {
    if let Some(logit) = logits.get_mut(token as usize) {
        *logit = f32::NEG_INFINITY;
    }
}
