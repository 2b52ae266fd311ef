//! Answers in a form: which tokens may come next, so that what is written follows a JSON schema.
//!
//! The grammar is the `llguidance` crate's, over the vocabulary of a [`Codec`] as bytes. [`Forms`] is made once for a tokenizer; a
//! [`Form`] is one answer's way through its grammar: [`Form::allow`] forbids what may not come, [`Form::push`] tells what was chosen.
//! All tokens that end an answer are allowed where the text may end. What a schema or a step may take is limited, and a schema that
//! cannot be used is refused with the place in it.

mod place;

use crate::{Codec, Error, Result};
use llguidance::api::{GrammarWithLexer, TopLevelGrammar};
use llguidance::panic_utils::catch_unwind;
use llguidance::toktrie::{ApproximateTokEnv, InferenceCapabilities, TokEnv, TokRxInfo, TokTrie};
use llguidance::{Matcher, ParserFactory};
use serde_json::{Value, json};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

/// The longest schema, in bytes as JSON.
pub const LONGEST_SCHEMA: usize = 256 << 10;
/// The deepest schema.
pub const DEEPEST_SCHEMA: usize = 64;
/// States of a grammar's lexer, 1 to 2 KiB each.
const MOST_STATES: usize = 20_000;
/// Symbols of a grammar.
const MOST_SYMBOLS: usize = 200_000;
/// Work to build a grammar; about 20 ms.
const BUILD_STEPS: u64 = 1_000_000;
/// Work for one token: about 15 ms in the lexer and 3 ms in the parser.
const TOKEN_STEPS: u64 = 200_000;
const TOKEN_ITEMS: usize = 50_000;

/// The longest token that can be part of a form, in bytes; what is longer is never chosen. The library's tree is no deeper.
const LONGEST_TOKEN: usize = 1000;
/// Bytes of a vocabulary, its marks included; the library's tree has no more nodes.
const MOST_BYTES: usize = (1 << 22) - 2;

/// Characters of what the library says of a problem, at most.
const LONGEST_PROBLEM: usize = 400;

/// Space between the parts of a JSON text: one character, or a line's end with an indent. Without a limit a weak model may go on
/// with spaces for ever.
const SPACE: &str = r"[ \t]|\r?\n[ \t]{0,40}";

/// What forms of one tokenizer share: its vocabulary as a tree.
pub struct Forms {
    factory: ParserFactory,
}

/// One answer's way through its grammar.
#[derive(Clone)]
pub struct Form {
    matcher: Matcher,
}

impl Forms {
    /// Reads the vocabulary of `codec`. Takes some tenths of a second for the largest ones.
    ///
    /// # Errors
    /// [`Error::Form`] for a vocabulary that is too large for it.
    pub fn new(codec: &Codec) -> Result<Forms> {
        let mut words: Vec<Vec<u8>> = (0..codec.len() as u32).map(|id| word(codec, id)).collect();
        let ends = if codec.ends().is_empty() {
            // Nothing that the model can say ends an answer; then it ends where nothing can follow.
            words.push(mark(b"end"));
            vec![words.len() as u32 - 1]
        } else {
            codec.ends().to_vec()
        };
        let bytes: usize = words.iter().map(Vec::len).sum();
        if bytes > MOST_BYTES {
            let problem = format!("the vocabulary has {bytes} bytes; answers in a form take {MOST_BYTES} at most");
            return Err(Error::Form(problem));
        }
        let info = TokRxInfo::new(words.len() as u32, ends[0]);
        let trie = TokTrie::from(&info, &words).with_eos_tokens(&ends);
        let environment: TokEnv = Arc::new(ApproximateTokEnv::new(trie));
        let slices = llguidance::earley::SlicedBiasComputer::general_slices();
        let mut factory = ParserFactory::new(&environment, InferenceCapabilities::default(), &slices)
            .map_err(|error| Error::Form(format!("the vocabulary cannot be read: {error}")))?;
        factory.quiet();
        let limits = factory.limits_mut();
        limits.max_lexer_states = MOST_STATES;
        limits.max_grammar_size = MOST_SYMBOLS;
        limits.initial_lexer_fuel = BUILD_STEPS;
        limits.step_lexer_fuel = TOKEN_STEPS;
        limits.step_max_items = TOKEN_ITEMS;
        limits.verbose_errors = false;
        Ok(Forms { factory })
    }

    /// About how much memory it takes for the vocabulary of `codec`: trees of nodes of 8 bytes, with the tokens beside them, of which
    /// there are about six.
    pub fn foretold(codec: &Codec) -> u64 {
        let bytes: usize = (0..codec.len() as u32).map(|id| codec.bytes(id).len()).sum();
        6 * (8 * bytes + bytes + 12 * codec.len()) as u64
    }

    /// An object of JSON, whichever.
    ///
    /// # Errors
    /// As for [`Forms::schema`].
    pub fn object(&self) -> Result<Form> {
        self.schema(&json!({"type": "object"}))
    }

    /// A JSON text that follows `schema`.
    ///
    /// # Errors
    /// [`Error::Form`] for schemas beyond the limits, and for those that cannot be used, with the place.
    pub fn schema(&self, schema: &Value) -> Result<Form> {
        expect_small(schema)?;
        self.of_schema(schema).map_err(|problem| {
            let place = place::of_problem(schema, &problem, &|part| self.of_schema(part).err());
            Error::Form(format!("the JSON schema cannot be used, at {place}: {problem}"))
        })
    }

    /// What a grammar in the library's dialect of Lark allows. The schemas in it are `parts`, named in messages.
    pub(crate) fn grammar(&self, lark: String, parts: &[(&str, &Value)]) -> Result<Form> {
        for (name, schema) in parts {
            expect_small(schema).and_then(|()| self.schema(schema).map(drop)).map_err(|error| match error {
                Error::Form(problem) => Error::Form(format!("{name}: {problem}")),
                other => other,
            })?;
        }
        self.of_grammar(GrammarWithLexer::from_lark(lark))
            .map_err(|problem| Error::Form(format!("the grammar cannot be used: {problem}")))
    }

    fn of_schema(&self, schema: &Value) -> std::result::Result<Form, String> {
        self.of_grammar(GrammarWithLexer::from_json_schema(ours(schema)))
    }

    /// The error is what the library says, in one line.
    fn of_grammar(&self, grammar: GrammarWithLexer) -> std::result::Result<Form, String> {
        // What people send reaches a large library: should it panic, this answer alone fails.
        let parser =
            catch_unwind(AssertUnwindSafe(|| self.factory.create_parser(TopLevelGrammar::from_grammar(grammar))));
        let matcher = Matcher::new(parser);
        match matcher.get_error() {
            Some(error) => Err(in_a_line(&error)),
            None => Ok(Form { matcher }),
        }
    }
}

impl Form {
    /// Makes the logits of tokens that may not come next minus infinity.
    ///
    /// # Errors
    /// [`Error::Form`] if finding them takes more than is allowed, or nothing may come.
    pub fn allow(&mut self, logits: &mut [f32]) -> Result<()> {
        let mask = self.matcher.compute_mask_or_eos().map_err(|error| stuck(&error.to_string()))?;
        for (at, logits) in logits.chunks_mut(32).enumerate() {
            let word = mask.as_slice().get(at).copied().unwrap_or(0);
            if word != u32::MAX {
                let forbidden = |bit: &usize| word >> bit & 1 == 0;
                (0..logits.len()).filter(forbidden).for_each(|bit| logits[bit] = f32::NEG_INFINITY);
            }
        }
        Ok(())
    }

    /// Goes on by a token that was allowed; not by one that ended the answer.
    ///
    /// # Errors
    /// [`Error::Form`] if it was not.
    pub fn push(&mut self, token: u32) -> Result<()> {
        self.matcher.consume_token(token).map_err(|error| stuck(&error.to_string()))
    }

    /// Whether the text is whole and nothing may follow.
    pub fn is_complete(&self) -> bool {
        self.matcher.is_stopped()
    }

    /// Whether the text is whole as it is.
    pub fn may_end(&mut self) -> bool {
        self.matcher.is_stopped() || self.matcher.is_accepting().unwrap_or(false)
    }
}

fn stuck(error: &str) -> Error {
    Error::Form(format!("the answer cannot go on in its form: {}", in_a_line(error)))
}

/// What the library says, in one line: without states, traces and drawings of where in a text.
fn in_a_line(error: &str) -> String {
    let end = ["\n<", "\n  while processing"].iter().filter_map(|mark| error.find(mark)).min().unwrap_or(error.len());
    let words = error[..end].split_whitespace().filter(|word| word.chars().any(|c| c != '^'));
    words.collect::<Vec<_>>().join(" ").chars().take(LONGEST_PROBLEM).collect()
}

/// The schema with our settings of the library, whatever it says itself.
pub(crate) fn ours(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(map) = schema.as_object_mut() {
        map.insert("x-guidance".to_owned(), json!({"whitespace_pattern": SPACE}));
    }
    schema
}

fn expect_small(schema: &Value) -> Result<()> {
    if place::depth(schema, DEEPEST_SCHEMA) > DEEPEST_SCHEMA {
        return Err(Error::Form(format!("the JSON schema is nested more than {DEEPEST_SCHEMA} deep")));
    }
    let bytes = schema.to_string().len();
    if bytes > LONGEST_SCHEMA {
        return Err(Error::Form(format!("the JSON schema has {bytes} bytes; {LONGEST_SCHEMA} are allowed")));
    }
    Ok(())
}

/// A token as the library's tree has it.
fn word(codec: &Codec, id: u32) -> Vec<u8> {
    let bytes = codec.bytes(id);
    if bytes.len() > LONGEST_TOKEN {
        return Vec::new();
    }
    // Ends are marks, even where a file makes a piece of text one.
    if codec.is_special(id) || codec.ends().binary_search(&id).is_ok() { mark(bytes) } else { bytes.to_vec() }
}

fn mark(text: &[u8]) -> Vec<u8> {
    [&[TokTrie::SPECIAL_TOKEN_MARKER], text].concat()
}
