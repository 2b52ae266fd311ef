//! From chosen tokens to what is told: text, and between texts reasoning, calls of tools and probabilities.

use super::stops::Stops;
use crate::error::Result;
use crate::ring::Piece;
use models::Codec;
use models::chat::{Call, Said, Splitter};
use models::tokenise::codec::Decoder;
use ops::sample::Choice;

/// What an answer tells between its texts.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// What the generator thought, piece by piece, before its text.
    Reasoning(String),
    /// A tool that is to be called. Calls come whole.
    Call(Call),
    /// A token and its probability, before what it adds is told. Some add nothing at once.
    Token(Token),
}

/// A token of the answer, with its probability as the model has it: before temperature, penalties, and what a form forbids.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Token {
    /// The token.
    #[serde(flatten)]
    pub chosen: Probable,
    /// The most probable ones in its place, the most probable first.
    pub top: Vec<Probable>,
}

/// A token with the natural logarithm of its probability.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Probable {
    /// Its text; U+FFFD stands for parts of characters.
    pub token: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The logarithm.
    pub logprob: f32,
}

impl Probable {
    pub(super) fn new(codec: &Codec, choice: Choice) -> Probable {
        let bytes = codec.bytes(choice.token).to_vec();
        // JSON has no infinity; OpenAI's servers write this number for it.
        let logprob = choice.log_probability.max(-9999.0);
        Probable { token: String::from_utf8_lossy(&bytes).into_owned(), bytes, logprob }
    }
}

/// Takes tokens and tells.
pub(super) struct Teller<'a> {
    codec: &'a Codec,
    decoder: Decoder,
    splitter: Splitter,
    stops: Stops<'a>,
    tell: &'a mut dyn FnMut(Piece<Item>) -> Result<()>,
    said: Vec<Said>,
    /// Calls told so far.
    pub calls: usize,
    /// Tokens that were reasoning.
    pub reasoning: usize,
}

impl<'a> Teller<'a> {
    pub fn new(
        codec: &'a Codec,
        marks: Vec<u32>,
        splitter: Splitter,
        stops: Stops<'a>,
        tell: &'a mut dyn FnMut(Piece<Item>) -> Result<()>,
    ) -> Teller<'a> {
        let decoder = Decoder::keeping(marks);
        Teller { codec, decoder, splitter, stops, tell, said: Vec::new(), calls: 0, reasoning: 0 }
    }

    /// Whether the next token is reasoning.
    pub fn is_thinking(&self) -> bool {
        self.splitter.is_thinking()
    }

    /// Tells of a token's probability.
    pub fn share(&mut self, token: Token) -> Result<()> {
        (self.tell)(Piece::Item(Item::Token(token)))
    }

    /// Takes the next token; says whether a stop text has come. Where the answer keeps to a form, text that comes in one token with the
    /// end of the reasoning is none of it.
    pub fn push(&mut self, token: u32, in_form: bool) -> Result<bool> {
        let thinking = self.is_thinking();
        let mut piece = String::new();
        self.decoder.push(self.codec, token, &mut piece);
        self.splitter.push(&piece, &mut self.said);
        self.reasoning += usize::from(thinking || self.is_thinking());
        if in_form && thinking {
            self.said.retain(|said| matches!(said, Said::Reasoning(_)));
        }
        self.told()
    }

    /// Ends the answer: tells what was held back, unless a stop text ended it.
    pub fn finish(mut self, stopped: bool) -> Result<usize> {
        if stopped {
            return Ok(self.calls);
        }
        let mut piece = String::new();
        self.decoder.finish(&mut piece);
        self.splitter.push(&piece, &mut self.said);
        self.splitter.finish(&mut self.said);
        if !self.told()? {
            self.text_held()?;
        }
        Ok(self.calls)
    }

    fn told(&mut self) -> Result<bool> {
        for said in std::mem::take(&mut self.said) {
            match said {
                Said::Text(text) => {
                    let (text, stopped) = self.stops.push(&text);
                    self.text(text)?;
                    if stopped {
                        return Ok(true);
                    }
                }
                Said::Reasoning(text) => (self.tell)(Piece::Item(Item::Reasoning(text)))?,
                Said::Call(call) => {
                    self.text_held()?;
                    self.calls += 1;
                    (self.tell)(Piece::Item(Item::Call(call)))?;
                }
            }
        }
        Ok(false)
    }

    fn text_held(&mut self) -> Result<()> {
        let text = self.stops.rest();
        self.text(text)
    }

    fn text(&mut self, text: String) -> Result<()> {
        if text.is_empty() { Ok(()) } else { (self.tell)(Piece::Text(text)) }
    }
}
