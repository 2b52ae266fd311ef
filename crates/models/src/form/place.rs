//! Where in a schema a problem lies.

use serde_json::{Map, Value};

/// Parts of a schema that are looked at, at most.
const MOST_LOOKS: usize = 200;

/// Keywords whose value is a schema, or a list of them.
const SCHEMAS: [&str; 9] =
    ["items", "additionalItems", "additionalProperties", "prefixItems", "anyOf", "oneOf", "allOf", "not", "contains"];
/// Keywords whose value maps names to schemas.
const NAMED: [&str; 4] = ["properties", "patternProperties", "$defs", "definitions"];

/// The smallest part of `schema` that has this problem by itself, as a JSON pointer. `fails` tries a schema.
pub(super) fn of_problem(schema: &Value, problem: &str, fails: &dyn Fn(&Value) -> Option<String>) -> String {
    let mut looks = 0;
    let (mut at, mut place) = (schema, "#".to_owned());
    'deeper: loop {
        for (name, part) in parts(at) {
            looks += 1;
            if looks > MOST_LOOKS {
                break 'deeper;
            }
            if fails(&with_definitions(part, schema)).as_deref() == Some(problem) {
                at = part;
                place.push_str(&name);
                continue 'deeper;
            }
        }
        break;
    }
    place
}

/// The schemas right inside a schema, with the way to them.
fn parts(schema: &Value) -> Vec<(String, &Value)> {
    let Some(map) = schema.as_object() else { return Vec::new() };
    let mut out = Vec::new();
    for (key, value) in map {
        match value {
            Value::Object(named) if NAMED.contains(&key.as_str()) => {
                out.extend(named.iter().map(|(name, part)| (format!("/{key}/{}", escaped(name)), part)));
            }
            Value::Array(list) if SCHEMAS.contains(&key.as_str()) => {
                out.extend(list.iter().enumerate().map(|(at, part)| (format!("/{key}/{at}"), part)));
            }
            _ if SCHEMAS.contains(&key.as_str()) => out.push((format!("/{key}"), value)),
            _ => {}
        }
    }
    out
}

/// `part` with what it may refer to.
fn with_definitions(part: &Value, root: &Value) -> Value {
    let mut part = part.clone();
    if let (Some(part), Some(root)) = (part.as_object_mut(), root.as_object()) {
        let kept = |map: &Map<String, Value>, key: &str| map.get(key).cloned();
        for key in ["$schema", "$defs", "definitions"] {
            if let (None, Some(value)) = (part.get(key), kept(root, key)) {
                part.insert(key.to_owned(), value);
            }
        }
    }
    part
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// How deep a value is nested, as far as `most` and one more.
pub(super) fn depth(value: &Value, most: usize) -> usize {
    if most == 0 {
        return 1;
    }
    let inner = |value: &Value| depth(value, most - 1);
    1 + match value {
        Value::Array(list) => list.iter().map(inner).max().unwrap_or(0),
        Value::Object(map) => map.values().map(inner).max().unwrap_or(0),
        _ => 0,
    }
}
