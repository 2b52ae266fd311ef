//! Calls as they are written.

use super::style::{ARGS, CALL_ID};
use serde_json::{Map, Value};

/// The most characters before the arguments of a call.
const LONGEST_HEAD: usize = 200;

/// What a text begins with.
#[derive(Debug, PartialEq)]
pub(super) enum Body {
    /// It may become a call.
    More,
    /// It is none.
    Not,
    /// Calls, at least one, and where they end.
    Whole(usize, Vec<Written>),
}

/// A call as it was written.
#[derive(Debug, PartialEq)]
pub(super) struct Written {
    pub id: Option<String>,
    pub name: String,
    /// An object of JSON.
    pub arguments: String,
}

/// An object, or a list of them.
pub(super) fn unnamed(text: &str) -> Body {
    match text.trim_start().bytes().next() {
        None => Body::More,
        Some(b'{' | b'[') => whole(text),
        Some(_) => Body::Not,
    }
}

/// An object that begins as calls do: what does not is known at once.
pub(super) fn bare(text: &str) -> Body {
    let begun = text.trim_start_matches([' ', '\n', ';']);
    let Some(inner) = begun.strip_prefix('{') else { return Body::Not };
    let key = inner.trim_start();
    let firsts = [r#""name""#, r#""type""#, r#""function""#, r#""id""#];
    if !firsts.iter().any(|first| key.starts_with(first) || first.starts_with(key)) {
        return Body::Not;
    }
    match whole(begun) {
        Body::Whole(end, calls) => Body::Whole(text.len() - begun.len() + end, calls),
        other => other,
    }
}

/// `name[ARGS]{…}`, with `[CALL_ID]…` between them or not.
pub(super) fn named(text: &str) -> Body {
    let begun = text.trim_start();
    if begun.starts_with(['{', '[']) {
        return unnamed(text);
    }
    let Some(at) = begun.find('{') else {
        let fits = |c: char| c.is_ascii_alphanumeric() || "_-.[] ".contains(c);
        return if begun.len() <= LONGEST_HEAD && begun.chars().all(fits) { Body::More } else { Body::Not };
    };
    let head = begun[..at].trim_end();
    let head = head.strip_suffix(ARGS).unwrap_or(head);
    let (name, id) = head.split_once(CALL_ID).map_or((head, None), |(name, id)| (name, Some(id.to_owned())));
    if name.is_empty() || name.contains(['[', ']', ' ']) {
        return Body::Not;
    }
    let Some(end) = end_of(&begun[at..]) else { return Body::More };
    match serde_json::from_str::<Map<String, Value>>(&begun[at..at + end]) {
        Ok(arguments) => {
            let call = Written { id, name: name.to_owned(), arguments: Value::Object(arguments).to_string() };
            Body::Whole(text.len() - begun.len() + at + end, vec![call])
        }
        Err(_) => Body::Not,
    }
}

fn whole(text: &str) -> Body {
    let begun = text.trim_start();
    let Some(end) = end_of(begun) else { return Body::More };
    let calls = serde_json::from_str::<Value>(&begun[..end]).ok().and_then(|value| match value {
        Value::Array(list) => list.into_iter().map(call).collect::<Option<Vec<_>>>(),
        value => call(value).map(|call| vec![call]),
    });
    match calls {
        Some(calls) if !calls.is_empty() => Body::Whole(text.len() - begun.len() + end, calls),
        _ => Body::Not,
    }
}

/// Where the object or list that `text` begins with ends.
fn end_of(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// A call from its object: name and arguments right in it, or inside of `function`; `parameters` is Llama's word for them.
fn call(value: Value) -> Option<Written> {
    let Value::Object(mut outer) = value else { return None };
    let id = outer.get("id").and_then(Value::as_str).map(str::to_owned);
    let mut inner = match outer.remove("function") {
        Some(Value::Object(inner)) => inner,
        Some(Value::String(name)) => {
            outer.insert("name".to_owned(), Value::String(name));
            outer
        }
        Some(_) => return None,
        None => outer,
    };
    let name = inner.get("name")?.as_str().filter(|name| !name.is_empty())?.to_owned();
    let arguments = match inner.remove("arguments").or_else(|| inner.remove("parameters")) {
        None | Some(Value::Null) => Value::Object(Map::new()),
        Some(Value::String(text)) => Value::Object(serde_json::from_str(&text).ok()?),
        Some(object @ Value::Object(_)) => object,
        Some(_) => return None,
    };
    Some(Written { id, name, arguments: arguments.to_string() })
}
