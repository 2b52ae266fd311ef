//! Forms of answers and calls of tools, as OpenAI's protocol has them.

use super::chat::ChatRequest;
use crate::failure::Failure;
use crate::speech::Whole;
use engine::generate::{Call, Shape, ToolChoice, Tools};
use serde_json::{Value, json};

impl ChatRequest {
    /// The form that the answer is wanted in, taken out of the request.
    pub fn form(&mut self) -> Result<Shape, Failure> {
        shape(self.response_format.take())
    }

    /// The tools that it may call, taken out of the request.
    pub fn callable(&mut self) -> Result<Tools, Failure> {
        let tools = Tools::new(self.tools.take().unwrap_or_default(), choice(self.tool_choice.take())?);
        tools.map_err(|refused| Failure::field("tools", refused.to_string()))
    }
}

/// Which tools may be called.
fn choice(given: Option<Value>) -> Result<ToolChoice, Failure> {
    let refused = || {
        Failure::field("tool_choice", "`tool_choice` is auto, none, required, or {type: function, function: {name}}")
    };
    match given {
        None | Some(Value::Null) => Ok(ToolChoice::Auto),
        Some(Value::String(word)) => match word.as_str() {
            "auto" => Ok(ToolChoice::Auto),
            "none" => Ok(ToolChoice::None),
            "required" | "any" => Ok(ToolChoice::Required),
            _ => Err(refused()),
        },
        Some(one) => {
            one["function"]["name"].as_str().map(|name| ToolChoice::Named(name.to_owned())).ok_or_else(refused)
        }
    }
}

/// The form that an answer is wanted in.
fn shape(given: Option<Value>) -> Result<Shape, Failure> {
    let Some(format) = given.filter(|format| !format.is_null()) else { return Ok(Shape::Free) };
    match format["type"].as_str() {
        Some("text") => Ok(Shape::Free),
        Some("json_object") => Ok(Shape::Object),
        Some("json_schema") => {
            let schema = &format["json_schema"]["schema"];
            let field = "response_format.json_schema.schema";
            if schema.is_object() {
                Ok(Shape::Schema(schema.clone()))
            } else {
                Err(Failure::field(field, format!("`{field}` is a JSON schema")))
            }
        }
        _ => Err(Failure::field("response_format", "`response_format.type` is text, json_object or json_schema")),
    }
}

/// A call of a tool, as OpenAI's protocol has it.
pub fn called(call: &Call) -> Value {
    json!({"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}})
}

/// A whole answer.
pub fn message(whole: &Whole) -> Value {
    let content = if whole.text.is_empty() && !whole.calls.is_empty() { Value::Null } else { json!(whole.text) };
    let mut message = json!({"role": "assistant", "content": content, "refusal": null});
    if !whole.reasoning.is_empty() {
        message["reasoning_content"] = json!(whole.reasoning);
    }
    if !whole.calls.is_empty() {
        message["tool_calls"] = whole.calls.iter().map(called).collect();
    }
    message
}
