//! Chat templates: from messages to the text a generator was trained on.
//!
//! A model brings its template, in Jinja, in its metadata (GGUF) or beside its tokenizer. They are written for Python's Jinja as
//! transformers sets it up, and `minijinja` runs them with the same filters, functions and methods. A template comes from wherever the
//! model came from, so it can reach nothing but what it is given, and its work is bounded.

mod elements;
mod json;
mod read;
mod said;
mod source;
mod style;
mod tools;

pub use said::{Call, Said, Splitter};
pub use style::Style;
pub use tools::{MOST_TOOLS, ToolChoice, Tools};

use crate::{Codec, Error, Result};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, Value};
use serde::Serialize;
use serde_json::json;
use source::Source;

/// The most steps of a template's work. A long chat takes some thousands.
const MOST_STEPS: u64 = 20_000_000;

/// The name under which a template is kept; it shows in messages.
const CHAT: &str = "chat template";
/// The template for chats with tools, where a model has one of its own.
const TOOLS: &str = "chat template for tools";

/// The tool by which it is found what a template makes of tools.
const PROBE: &str = "probe_of_tools";

/// Variables by which templates leave reasoning out.
const SWITCHES: [&str; 2] = ["enable_thinking", "thinking"];

/// What stands in for a missing template: a line with role and text for each message, and `assistant:` for the answer.
pub const PLAIN: &str = "{{ bos_token }}{% for message in messages %}{{ message.role }}: {{ message.content }}\n\n{% endfor %}\
    {% if add_generation_prompt %}assistant:{% endif %}";

/// What a template is given.
#[derive(Clone, Debug, Default)]
pub struct Chat {
    /// The messages, as in requests of OpenAI's shape: a list of objects with `role` and `content`.
    pub messages: Value,
    /// Tools as in requests of OpenAI's shape, if there are any.
    pub tools: Option<Value>,
    /// Whether the text ends where the answer begins.
    pub add_generation_prompt: bool,
    /// Further variables by name, such as `enable_thinking`. They win over the others.
    pub more: Vec<(String, Value)>,
}

impl Chat {
    /// Messages to answer, from anything that becomes a list of objects; their fields keep their order.
    pub fn new(messages: &impl Serialize) -> Chat {
        Chat { messages: Value::from(Serde(messages)), add_generation_prompt: true, ..Chat::default() }
    }

    /// The same, with or without reasoning, where the template leaves that open.
    pub fn thinking(mut self, thinks: bool) -> Chat {
        self.more.extend(SWITCHES.map(|name| (name.to_owned(), Value::from(thinks))));
        self
    }

    /// The same with tools.
    pub fn with_tools(mut self, tools: &impl Serialize) -> Chat {
        self.tools = Some(Value::from(Serde(tools)));
        self
    }
}

/// The chat template of a model.
pub struct ChatTemplate {
    name: String,
    environment: Environment<'static>,
    is_plain: bool,
    takes_tools: bool,
    style: Style,
    /// The mark that begins the reasoning that it knows of, and whether it says how to leave it out.
    thought: Option<(&'static str, bool)>,
    bos: Option<String>,
    eos: Option<String>,
}

impl ChatTemplate {
    /// From a template's text. `name` is the model's, for messages; `bos` and `eos` are its tokens' texts.
    ///
    /// # Errors
    /// [`Error::Template`] if it is no template.
    pub fn from_text(text: &str, name: &str, bos: Option<&str>, eos: Option<&str>) -> Result<ChatTemplate> {
        let source = Source { chat: Some(text.to_owned()), tools: None };
        ChatTemplate::new(source, name, bos.map(str::to_owned), eos.map(str::to_owned))
    }

    fn new(source: Source, name: &str, bos: Option<String>, eos: Option<String>) -> Result<ChatTemplate> {
        let mut environment = environment().map_err(|error| problem(name, &error))?;
        let is_plain = source.chat.is_none();
        let mut add = |kind: &'static str, text: &str| {
            environment.add_template_owned(kind, without_generation_tags(text)).map_err(|error| problem(name, &error))
        };
        add(CHAT, source.chat.as_deref().unwrap_or(PLAIN))?;
        if let Some(tools) = &source.tools {
            add(TOOLS, tools)?;
        }
        let text = source.tools.as_deref().or(source.chat.as_deref()).unwrap_or(PLAIN);
        let style = Style::of_template(text);
        let thought = said::THOUGHTS.into_iter().find(|(_, close)| text.contains(close));
        let thought = thought.map(|(open, _)| (open, false));
        let name = name.to_owned();
        let mut template = ChatTemplate { name, environment, is_plain, takes_tools: false, style, thought, bos, eos };
        template.thought = thought.map(|(open, _)| (open, template.can_leave_thoughts_out()));
        template.takes_tools = template.tells_of_a_tool().unwrap_or_else(|_| text.contains("tools"));
        if template.writes_elements().unwrap_or(false) {
            template.style = Style::Elements;
        }
        Ok(template)
    }

    /// Whether it writes something else where reasoning is not wanted.
    fn can_leave_thoughts_out(&self) -> bool {
        let chat = || Chat::new(&[json!({"role": "user", "content": "a"})]);
        let texts = [true, false].map(|thinks| self.render(&chat().thinking(thinks)));
        matches!(texts, [Ok(with), Ok(without)] if with != without)
    }

    /// Whether a tool that it is given stands in what it writes.
    fn tells_of_a_tool(&self) -> Result<bool> {
        Ok(self.probe(&[json!({"role": "user", "content": "a"})])?.contains(PROBE))
    }

    /// Whether it writes a former call as elements.
    fn writes_elements(&self) -> Result<bool> {
        let call =
            json!({"id": "abcdefghi", "type": "function", "function": {"name": PROBE, "arguments": {"key": "value"}}});
        let talk = [
            json!({"role": "user", "content": "a"}),
            json!({"role": "assistant", "content": "", "tool_calls": [call]}),
            json!({"role": "tool", "content": "b", "name": PROBE, "tool_call_id": "abcdefghi"}),
        ];
        let written = self.probe(&talk)?;
        Ok(written.contains(&format!("{}{PROBE}>", elements::FUNCTION)) && written.contains("<parameter=key>"))
    }

    /// What it writes of a talk with a tool.
    fn probe(&self, talk: &[serde_json::Value]) -> Result<String> {
        let parameters = json!({"type": "object", "properties": {}});
        let function = json!({"name": PROBE, "description": "", "parameters": parameters});
        self.render(&Chat::new(&talk).with_tools(&[json!({"type": "function", "function": function})]))
    }

    fn of_codec(source: Source, name: &str, codec: &Codec) -> Result<ChatTemplate> {
        let text = |id: Option<u32>| id.map(|id| String::from_utf8_lossy(codec.bytes(id)).into_owned());
        ChatTemplate::new(source, name, text(codec.bos()), text(codec.eos()))
    }

    /// Whether the model has no template and [`PLAIN`] stands in: answers are then worse than they could be, and people are told.
    pub fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Whether it tells the generator of tools. Where it does not, [`Tools::told`] is for the system message.
    pub fn takes_tools(&self) -> bool {
        self.takes_tools
    }

    /// How calls of tools are written.
    pub fn style(&self) -> Style {
        if self.takes_tools { self.style } else { Style::Plain }
    }

    /// Whether the generator thinks before it answers, and whether that can be left out ([`Chat::thinking`]).
    pub fn thinks(&self) -> Option<bool> {
        self.thought.map(|(_, optional)| optional)
    }

    /// The token with which the generator may begin its reasoning.
    pub fn opening(&self, codec: &Codec) -> Option<u32> {
        self.thought.and_then(|(open, _)| codec.id(open))
    }

    /// What takes the answer to `prompt` apart; the ids of calls follow from `seed`.
    pub fn splitter(&self, prompt: &str, tools: &Tools, seed: u64) -> Splitter {
        let thinking = said::THOUGHTS.into_iter().find(|(open, _)| prompt.trim_end().ends_with(open));
        let called = (!tools.is_none()).then(|| (self.style(), tools.clone()));
        Splitter::new(thinking.map(|(_, close)| close), called, seed)
    }

    /// Special tokens that a [`Splitter`] is to see as text.
    pub fn marks(&self, codec: &Codec, tools: &Tools) -> Vec<u32> {
        let calls = if tools.is_none() { &[][..] } else { self.style().marks() };
        let thoughts = said::THOUGHTS.iter().flat_map(|(open, close)| [open, close]);
        let marks = thoughts.chain(calls).filter_map(|mark| codec.id(mark));
        marks.filter(|id| codec.is_special(*id)).collect()
    }

    /// The prompt. It holds the special tokens as text, the beginning of the text too: encode it bare.
    ///
    /// # Errors
    /// [`Error::Template`] with what the template says of messages it refuses, or where it fails.
    pub fn render(&self, chat: &Chat) -> Result<String> {
        let mut variables: Vec<(&str, Value)> = vec![
            ("messages", chat.messages.clone()),
            ("tools", chat.tools.clone().unwrap_or(Value::from(()))),
            ("documents", Value::from(())),
            ("add_generation_prompt", Value::from(chat.add_generation_prompt)),
        ];
        variables.extend(self.bos.iter().map(|bos| ("bos_token", Value::from(bos.as_str()))));
        variables.extend(self.eos.iter().map(|eos| ("eos_token", Value::from(eos.as_str()))));
        variables.extend(chat.more.iter().map(|(name, value)| (name.as_str(), value.clone())));
        let tools = self.environment.get_template(TOOLS).ok().filter(|_| chat.tools.is_some());
        let template = tools.map_or_else(|| self.environment.get_template(CHAT), Ok);
        let text = template.and_then(|template| template.render(Value::from_pairs(variables)));
        text.map_err(|error| problem(&self.name, &error))
    }
}

/// Jinja as transformers sets it up.
fn environment() -> std::result::Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_fuel(Some(MOST_STEPS));
    environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
    environment.add_filter("tojson", json::tojson);
    environment.add_filter("string", json::string);
    // None is not iterable in Python, and templates ask so whether there are tools.
    environment.add_test("iterable", |value: &Value| !value.is_none() && value.try_iter().is_ok());
    environment.add_function("raise_exception", |message: String| -> std::result::Result<Value, minijinja::Error> {
        Err(minijinja::Error::new(ErrorKind::InvalidOperation, message))
    });
    environment.add_function("strftime_now", |format: String| -> std::result::Result<String, minijinja::Error> {
        let broken = |error| minijinja::Error::new(ErrorKind::InvalidOperation, format!("no format of dates: {error}"));
        jiff::fmt::strtime::format(&format, &jiff::ZonedDateTime::now()).map_err(broken)
    });
    Ok(environment)
}

/// `{% generation %}` marks answers for training, in transformers only; here it is a block that is always written.
fn without_generation_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once("{%") {
        out.push_str(before);
        out.push_str("{%");
        let Some((inner, after)) = tag.split_once("%}") else {
            rest = tag;
            continue;
        };
        match inner.trim_matches(['-', '+']).trim() {
            "generation" => out.push_str(&inner.replacen("generation", "if true", 1)),
            "endgeneration" => out.push_str(&inner.replacen("endgeneration", "endif", 1)),
            _ => out.push_str(inner),
        }
        out.push_str("%}");
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What the template said, or what is wrong with it and in which line.
fn problem(name: &str, error: &minijinja::Error) -> Error {
    let what = match error.kind() {
        ErrorKind::OutOfFuel => "it does not come to an end".to_owned(),
        kind => error.detail().map_or_else(|| kind.to_string(), str::to_owned),
    };
    let line = error.line().map(|line| format!(" (line {line} of the template)")).unwrap_or_default();
    Error::Template { name: name.to_owned(), problem: format!("{what}{line}") }
}
