//! How families of generators write the calls of tools.

use super::elements::FUNCTION;
use super::tools::{ToolChoice, Tools, calls_schema};
use crate::form::ours;
use crate::{Codec, Form, Forms, Result};
use serde_json::{Value, json};

/// How a call is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Hermes and Qwen: an object between `<tool_call>` and `</tool_call>`.
    Hermes,
    /// Qwen3-Coder and later ones: elements between the same marks, which may lack the first.
    Elements,
    /// Llama 3: a bare object with `parameters`, or one after `<|python_tag|>`.
    Llama,
    /// Mistral: a list after `[TOOL_CALLS]`.
    Mistral,
    /// Mistral's later models: name and arguments after `[TOOL_CALLS]` and `[ARGS]`.
    MistralArgs,
    /// A bare object with `arguments`.
    Plain,
}

pub(super) const HERMES: (&str, &str) = ("<tool_call>", "</tool_call>");
pub(super) const PYTHON: &str = "<|python_tag|>";
pub(super) const MISTRAL: &str = "[TOOL_CALLS]";
pub(super) const ARGS: &str = "[ARGS]";
pub(super) const CALL_ID: &str = "[CALL_ID]";

impl Style {
    /// The style that a template writes former calls in.
    pub(super) fn of_template(text: &str) -> Style {
        match text {
            _ if text.contains(MISTRAL) && text.contains(ARGS) => Style::MistralArgs,
            _ if text.contains(MISTRAL) => Style::Mistral,
            _ if text.contains(HERMES.0) => Style::Hermes,
            _ if text.contains(PYTHON) || text.contains("ipython") => Style::Llama,
            _ => Style::Plain,
        }
    }

    /// What begins a call, besides a bare object.
    pub(super) fn openings(self) -> &'static [&'static str] {
        match self {
            Style::Hermes => &[HERMES.0],
            Style::Elements => &[HERMES.0, FUNCTION],
            Style::Llama => &[PYTHON],
            Style::Mistral | Style::MistralArgs => &[MISTRAL],
            Style::Plain => &[],
        }
    }

    /// What may stand behind a call.
    pub(super) fn closing(self) -> Option<&'static str> {
        matches!(self, Style::Hermes | Style::Elements).then_some(HERMES.1)
    }

    /// Whether an object that stands by itself may be a call.
    pub(super) fn is_bare(self) -> bool {
        matches!(self, Style::Llama | Style::Plain)
    }

    /// Marks of calls, which may be special tokens.
    pub(super) fn marks(self) -> &'static [&'static str] {
        match self {
            Style::Hermes | Style::Elements => &[HERMES.0, HERMES.1],
            Style::Llama => &[PYTHON],
            Style::Mistral => &[MISTRAL],
            Style::MistralArgs => &[MISTRAL, ARGS, CALL_ID],
            Style::Plain => &[],
        }
    }

    /// The form of an answer that must call tools; none where it need not.
    ///
    /// # Errors
    /// [`crate::Error::Form`] for parameters that cannot be used, with tool and place.
    pub fn form(self, tools: &Tools, forms: &Forms, codec: &Codec) -> Result<Option<Form>> {
        let demanded = tools.demanded();
        if demanded.is_empty() {
            return Ok(None);
        }
        let one = matches!(tools.choice(), ToolChoice::Named(_));
        let mark = |text: &str| mark(codec, text);
        let call = |key: &str| calls_schema(&demanded, key);
        let lark = match self {
            // An object between the marks is read in either style, and a grammar holds all of a schema in an object alone.
            Style::Hermes | Style::Elements => {
                let (open, close, more) = (mark(HERMES.0), mark(HERMES.1), if one { "" } else { r#" ("\n" call)*"# });
                let body = schema(&call("arguments"));
                format!("start: call{more}\ncall: {open} \"\\n\" body \"\\n\" {close}\nbody: {body}\n")
            }
            Style::Mistral => {
                let most = if one { json!(1) } else { json!(16) };
                let mut list = json!({"type": "array", "minItems": 1, "maxItems": most});
                let mut call = call("arguments");
                list["$defs"] = call["$defs"].take();
                list["items"] = json!({"anyOf": call["anyOf"].take()});
                format!("start: {} (\" \")? body\nbody: {}\n", mark(MISTRAL), schema(&list))
            }
            Style::MistralArgs => {
                let (open, args) = (mark(MISTRAL), mark(ARGS));
                let one_of: Vec<String> = (0..demanded.len()).map(|at| format!("tool{at}")).collect();
                let mut lark = format!("start: {}\n", one_of.join(" | "));
                for (at, (name, parameters)) in demanded.iter().enumerate() {
                    lark += &format!(
                        "tool{at}: {open} {} {args} body{at}\nbody{at}: {}\n",
                        json!(name),
                        schema(parameters)
                    );
                }
                lark
            }
            Style::Llama => format!("start: {}\n", schema(&call("parameters"))),
            Style::Plain => format!("start: {}\n", schema(&call("arguments"))),
        };
        let names: Vec<String> = demanded.iter().map(|(name, _)| format!("the parameters of tool '{name}'")).collect();
        let parts: Vec<(&str, &Value)> =
            names.iter().map(String::as_str).zip(demanded.iter().map(|(_, schema)| schema)).collect();
        forms.grammar(lark, &parts).map(Some)
    }
}

/// A mark in the grammar: its token where that is a special one, else its text.
fn mark(codec: &Codec, text: &str) -> String {
    match codec.id(text).filter(|id| codec.is_special(*id)) {
        Some(id) => format!("<[{id}]>"),
        None => json!(text).to_string(),
    }
}

fn schema(schema: &Value) -> String {
    format!("%json {}", ours(schema))
}
