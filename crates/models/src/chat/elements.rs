//! Calls as elements: `<function=name>`, then `<parameter=key>value</parameter>` for each argument, then `</function>`. Qwen3-Coder and
//! what came after it write them so.
//!
//! Values are bare text. The tool's schema says what they are; a text is what nothing is said of.

use super::read::{Body, Written};
use super::tools::Tools;
use serde_json::{Map, Value};
use std::collections::HashSet;

pub(super) const FUNCTION: &str = "<function=";
const FUNCTION_END: &str = "</function>";
const PARAMETER: &str = "<parameter=";
const PARAMETER_END: &str = "</parameter>";

/// The longest name of a function or a parameter, in bytes.
const LONGEST_NAME: usize = 256;
/// Parts of a schema that are looked at for what a value may be: parts can refer to each other without end.
const MOST_PARTS: usize = 256;

/// What is left of a text while it is read.
type Left<'a, T> = Result<(T, &'a str), Body>;

/// A call that begins after `<function=`, or before it where `begun` is not set. One that no mark stands before may be a text about calls:
/// it is one only of a tool that there is.
pub(super) fn call(text: &str, begun: bool, tools: &Tools) -> Body {
    if begun {
        match name(text) {
            Ok((name, _)) if !tools.names().any(|known| known == name) => return Body::Not,
            Err(body) => return body,
            Ok(_) => {}
        }
    }
    match elements(text, begun) {
        Ok(((name, parameters), left)) => {
            let schema = tools.parameters(name).unwrap_or(&Value::Null);
            let value = |(key, text): (&str, &str)| (key.to_owned(), value(text, &schema["properties"][key], schema));
            let arguments: Map<String, Value> = parameters.into_iter().map(value).collect();
            let arguments = Value::Object(arguments).to_string();
            Body::Whole(text.len() - left.len(), vec![Written { id: None, name: name.to_owned(), arguments }])
        }
        Err(body) => body,
    }
}

/// The function's name, and its parameters as they are written.
fn elements(text: &str, begun: bool) -> Left<'_, (&str, Vec<(&str, &str)>)> {
    let (name, mut left) = if begun { name(text)? } else { name(after(text, FUNCTION)?)? };
    let mut parameters = Vec::new();
    loop {
        match after(left, PARAMETER) {
            Ok(rest) => {
                let (key, rest) = self::name(rest)?;
                let (text, rest) = written(rest)?;
                parameters.push((key, text));
                left = rest;
            }
            // The beginning of either may be the beginning of the other.
            Err(Body::More) => return Err(Body::More),
            Err(_) => return Ok(((name, parameters), after(left, FUNCTION_END)?)),
        }
    }
}

/// What stands after `mark`, with which the text begins but for space.
fn after<'a>(text: &'a str, mark: &str) -> Result<&'a str, Body> {
    let begun = text.trim_start();
    match begun.strip_prefix(mark) {
        Some(rest) => Ok(rest),
        None if mark.starts_with(begun) => Err(Body::More),
        None => Err(Body::Not),
    }
}

/// A name up to `>`.
fn name(text: &str) -> Left<'_, &str> {
    match text.split_once('>') {
        Some((name, rest)) if !name.trim().is_empty() && name.len() <= LONGEST_NAME && !name.contains(['<', '\n']) => {
            Ok((name.trim().trim_matches('"'), rest))
        }
        None if text.len() <= LONGEST_NAME && !text.contains(['<', '\n']) => Err(Body::More),
        _ => Err(Body::Not),
    }
}

/// A value up to its end: the first after which a call can go on, since a value may speak of such marks itself.
fn written(text: &str) -> Left<'_, &str> {
    let mut from = 0;
    while let Some(at) = text[from..].find(PARAMETER_END).map(|at| from + at) {
        let rest = &text[at + PARAMETER_END.len()..];
        match (after(rest, PARAMETER), after(rest, FUNCTION_END)) {
            (Ok(_), _) | (_, Ok(_)) => {
                let inner = text[..at].strip_prefix('\n').unwrap_or(&text[..at]);
                return Ok((inner.strip_suffix('\n').unwrap_or(inner), rest));
            }
            (Err(Body::More), _) | (_, Err(Body::More)) => return Err(Body::More),
            _ => from = at + PARAMETER_END.len(),
        }
    }
    Err(Body::More)
}

/// What a text means where `schema` says what it may be; `root` is what the schema refers to.
fn value(text: &str, schema: &Value, root: &Value) -> Value {
    let kinds = kinds(schema, root);
    let is = |kind: &str| kinds.contains(kind);
    // Templates show former values as Python writes them.
    let bare = match text.trim() {
        "True" => "true",
        "False" => "false",
        "None" => "null",
        bare => bare,
    };
    if is("string") && !(is("null") && bare == "null") {
        return Value::from(text);
    }
    let fits = |value: &Value| match value {
        Value::Null => is("null"),
        Value::Bool(_) => is("boolean"),
        Value::Number(number) => is("number") || (is("integer") && number.as_f64().is_some_and(|n| n.fract() == 0.0)),
        Value::String(_) => false,
        Value::Array(_) => is("array"),
        Value::Object(_) => is("object"),
    };
    let read = serde_json::from_str(bare).ok().filter(fits);
    // What is no such value is told as it was written: whoever is called can say what is wrong with it.
    read.unwrap_or_else(|| Value::from(text))
}

/// The kinds of values that a schema allows, as far as it says.
fn kinds<'a>(schema: &'a Value, root: &'a Value) -> HashSet<&'a str> {
    let (mut kinds, mut parts, mut seen) = (HashSet::new(), vec![schema], 0);
    while let Some(part) = parts.pop().filter(|_| seen < MOST_PARTS) {
        seen += 1;
        match &part["type"] {
            Value::String(kind) => kinds.extend([kind.as_str()]),
            Value::Array(list) => kinds.extend(list.iter().filter_map(Value::as_str)),
            _ => {}
        }
        if part["nullable"] == true {
            kinds.insert("null");
        }
        let constants = part["enum"].as_array().into_iter().flatten().chain(part.get("const"));
        for constant in constants {
            kinds.insert(kind_of(constant));
        }
        let room = MOST_PARTS - seen;
        for key in ["anyOf", "oneOf", "allOf"] {
            parts.extend(part[key].as_array().into_iter().flatten().take(room));
        }
        let place = part["$ref"].as_str().and_then(|to| to.strip_prefix('#'));
        parts.extend(place.and_then(|place| root.pointer(place)));
    }
    kinds
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Every part that refers to the whole again would otherwise be looked at anew, N to the depth times.
    #[test]
    fn schemas_that_refer_to_themselves_many_times_end() {
        let again = vec![json!({"$ref": "#/properties/a"}); 300];
        let root = json!({"properties": {"a": {"anyOf": again, "type": "integer"}}});
        assert_eq!(value("7", &root["properties"]["a"], &root), json!(7));
        let root = json!({"properties": {"a": {"$ref": "#/properties/a"}}});
        assert_eq!(value("7", &root["properties"]["a"], &root), json!("7"));
    }
}
