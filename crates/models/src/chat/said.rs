//! What a generator says, taken apart as it comes: reasoning, text, and calls of tools.
//!
//! No part of a mark is ever told as text: what may become one is held back. What looks like a call and is none is told as it was
//! written, so nothing is lost.

use super::elements::{self, FUNCTION};
use super::read::{self, Body, Written};
use super::style::Style;
use super::tools::Tools;

/// Marks around reasoning, at the beginning of an answer.
pub(super) const THOUGHTS: [(&str, &str); 2] = [("<think>", "</think>"), ("[THINK]", "[/THINK]")];
/// The longest call, in bytes.
const LONGEST_CALL: usize = 64 << 10;
/// The characters of an id. Mistral's templates refuse ids that are not nine of them.
const ID_LENGTH: usize = 9;
const ID_CHARACTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Text for whoever asked.
    Text(String),
    /// What the generator thought before.
    Reasoning(String),
    /// A tool that is to be called, whole.
    Call(Call),
}

/// A call of a tool.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Call {
    /// Its name in this chat: nine letters and digits.
    pub id: String,
    /// The tool.
    pub name: String,
    /// An object of JSON.
    pub arguments: String,
}

/// Takes an answer apart.
#[derive(Clone, Debug)]
pub struct Splitter {
    state: State,
    held: String,
    /// The tools and how calls are written; none where no calls are looked for.
    tools: Option<(Style, Tools)>,
    /// Space that stood before the mark of a call, in case it begins none.
    space: String,
    /// Whether space before the next text is dropped: it stood between parts.
    strip: bool,
    ids: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Reasoning may begin.
    Start,
    /// In reasoning that ends with this.
    Thinking(&'static str),
    /// Before anything of the text but calls: a bare object may be a call.
    Fresh,
    /// In text.
    Text,
    /// After the mark that begins a call.
    Call(&'static str),
    /// After a call that this may end.
    Closing(&'static str),
    /// In an object that may be a call.
    Object,
}

impl Splitter {
    /// For the answer to a prompt. `thinking` ends the reasoning that the prompt itself has begun, `tools` are those that may be called, and
    /// the ids of calls follow from `seed`.
    pub(super) fn new(thinking: Option<&'static str>, tools: Option<(Style, Tools)>, seed: u64) -> Splitter {
        let state = thinking.map_or(State::Start, State::Thinking);
        Splitter { state, held: String::new(), tools, space: String::new(), strip: true, ids: seed }
    }

    /// For a text that is gone on with as it stands: everything is text.
    pub fn plain() -> Splitter {
        Splitter { state: State::Text, strip: false, ..Splitter::new(None, None, 0) }
    }

    /// Whether what comes next is reasoning.
    pub fn is_thinking(&self) -> bool {
        matches!(self.state, State::Thinking(_))
    }

    /// Takes the next text and adds to `out` what can be told.
    pub fn push(&mut self, text: &str, out: &mut Vec<Said>) {
        self.held.push_str(text);
        while self.step(out) {}
    }

    /// Ends the answer: what was held back is told.
    pub fn finish(&mut self, out: &mut Vec<Said>) {
        let rest = std::mem::take(&mut self.held);
        match self.state {
            State::Thinking(_) => tell(out, Said::Reasoning, rest.trim_end()),
            State::Call(mark) => self.text(&format!("{}{mark}{rest}", self.space), out),
            State::Closing(mark) if mark.starts_with(rest.trim()) => {}
            State::Fresh | State::Text if rest.trim().is_empty() && self.strip => {}
            _ => self.text(&rest, out),
        }
    }

    /// One step with what is held; whether there may be another.
    fn step(&mut self, out: &mut Vec<Said>) -> bool {
        match self.state {
            State::Start => self.begin(),
            State::Thinking(end) => self.think(end, out),
            State::Fresh | State::Text => self.write(out),
            State::Call(mark) => self.call(mark, out),
            State::Closing(mark) => self.close(mark),
            State::Object => self.object(out),
        }
    }

    fn begin(&mut self) -> bool {
        let begun = self.held.trim_start();
        if let Some((open, close)) = THOUGHTS.into_iter().find(|(open, _)| begun.starts_with(open)) {
            self.held = begun[open.len()..].to_owned();
            self.state = State::Thinking(close);
            return true;
        }
        if THOUGHTS.iter().any(|(open, _)| open.starts_with(begun)) {
            return false;
        }
        // Nothing was said before: the answer's own space is not dropped.
        self.strip = false;
        self.state = State::Fresh;
        true
    }

    fn think(&mut self, end: &'static str, out: &mut Vec<Said>) -> bool {
        if self.strip {
            self.held.drain(..self.held.len() - self.held.trim_start().len());
            self.strip = self.held.is_empty();
        }
        let Some(at) = self.held.find(end) else {
            let told = self.held[..self.held.len() - beginning_of(end, &self.held)].trim_end().len();
            tell(out, Said::Reasoning, &self.held[..told]);
            self.held.drain(..told);
            return false;
        };
        tell(out, Said::Reasoning, self.held[..at].trim_end());
        self.held.drain(..at + end.len());
        (self.state, self.strip) = (State::Fresh, true);
        true
    }

    fn write(&mut self, out: &mut Vec<Said>) -> bool {
        if self.strip {
            self.held.drain(..self.held.len() - self.held.trim_start().len());
            if self.held.is_empty() {
                return false;
            }
        }
        let Some(style) = self.tools.as_ref().map(|(style, _)| *style) else {
            let text = std::mem::take(&mut self.held);
            self.text(&text, out);
            return false;
        };
        if style.is_bare() && self.state == State::Fresh {
            // Between calls of Llama's stands a semicolon.
            match self.held.trim_start_matches([' ', '\n', ';']).chars().next() {
                None => return false,
                Some('{') => {
                    self.state = State::Object;
                    return true;
                }
                Some(_) => {}
            }
        }
        let found = style.openings().iter().filter_map(|open| Some((self.held.find(open)?, *open)));
        if let Some((at, open)) = found.min() {
            let rest = self.held.split_off(at + open.len());
            let before = std::mem::replace(&mut self.held, rest);
            let told = before[..at].trim_end();
            self.space = before[told.len()..at].to_owned();
            self.text(told, out);
            self.state = State::Call(open);
            return true;
        }
        // Space before a call is not told.
        let begun = style.openings().iter().map(|open| beginning_of(open, &self.held)).max();
        let told = begun.map_or(self.held.len(), |begun| self.held[..self.held.len() - begun].trim_end().len());
        let text: String = self.held.drain(..told).collect();
        self.text(&text, out);
        false
    }

    /// After the mark of a call.
    fn call(&mut self, mark: &'static str, out: &mut Vec<Said>) -> bool {
        let begun = mark == FUNCTION;
        let body = match &self.tools {
            Some((Style::MistralArgs, _)) => read::named(&self.held),
            Some((Style::Elements, tools)) if begun || !self.held.trim_start().starts_with('{') => {
                elements::call(&self.held, begun, tools)
            }
            _ => read::unnamed(&self.held),
        };
        match body {
            Body::More if self.held.len() < LONGEST_CALL => return false,
            Body::Whole(end, calls) => {
                self.held.drain(..end);
                self.calls(calls, out);
                let closing = self.tools.as_ref().and_then(|(style, _)| style.closing());
                self.state = closing.map_or(State::Fresh, State::Closing);
            }
            _ => {
                self.state = State::Text;
                self.text(&format!("{}{mark}", self.space), out);
            }
        }
        true
    }

    fn close(&mut self, mark: &'static str) -> bool {
        let rest = self.held.trim_start();
        if let Some(after) = rest.strip_prefix(mark) {
            self.held = after.to_owned();
        } else if mark.starts_with(rest) {
            return false;
        }
        self.state = State::Fresh;
        true
    }

    /// In an object that is a call if it names a tool.
    fn object(&mut self, out: &mut Vec<Said>) -> bool {
        let body = read::bare(&self.held);
        let known =
            |call: &Written| self.tools.as_ref().is_some_and(|(_, tools)| tools.names().any(|name| name == call.name));
        match body {
            Body::More if self.held.len() < LONGEST_CALL => return false,
            Body::Whole(end, calls) if calls.iter().all(known) => {
                self.held.drain(..end);
                self.calls(calls, out);
                self.state = State::Fresh;
            }
            // Not a call: text from here on, marks apart.
            _ => self.state = State::Text,
        }
        true
    }

    fn text(&mut self, text: &str, out: &mut Vec<Said>) {
        if !text.is_empty() {
            tell(out, Said::Text, text);
            self.strip = false;
            if self.state == State::Fresh {
                self.state = State::Text;
            }
        }
    }

    fn calls(&mut self, calls: Vec<Written>, out: &mut Vec<Said>) {
        for Written { id, name, arguments } in calls {
            let given = id.filter(|id| id.len() == ID_LENGTH && id.bytes().all(|c| c.is_ascii_alphanumeric()));
            let id = given.unwrap_or_else(|| self.next_id());
            out.push(Said::Call(Call { id, name, arguments }));
        }
        self.strip = true;
    }

    fn next_id(&mut self) -> String {
        self.ids = self.ids.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = (self.ids ^ self.ids >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits ^= bits >> 29;
        let mut character = || {
            let at = (bits % 62) as usize;
            bits /= 62;
            char::from(ID_CHARACTERS[at])
        };
        (0..ID_LENGTH).map(|_| character()).collect()
    }
}

fn tell(out: &mut Vec<Said>, part: fn(String) -> Said, text: &str) {
    if !text.is_empty() {
        out.push(part(text.to_owned()));
    }
}

/// How many bytes at the end of `text` may be the beginning of `mark`.
fn beginning_of(mark: &str, text: &str) -> usize {
    let fits = |length: &usize| text.as_bytes().ends_with(&mark.as_bytes()[..*length]);
    (1..mark.len()).rev().find(fits).unwrap_or(0)
}
