//! The filters `tojson` and `string` as transformers has them: Python's `json.dumps`, which models have seen their tools written with, and
//! its `str`.

use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Error, ErrorKind, Value};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// Spaces that an indent may have.
const MOST_INDENT: usize = 64;

/// `value|tojson`, with `indent`, `separators` and `sort_keys`. Texts are never escaped to ASCII, which is the default there.
pub(super) fn tojson(value: &Value, options: Kwargs) -> Result<String, Error> {
    let indent: Option<usize> = options.get("indent")?;
    let separators: Option<Vec<String>> = options.get("separators")?;
    let sort: Option<bool> = options.get("sort_keys")?;
    let ascii: Option<bool> = options.get("ensure_ascii")?;
    options.assert_all_used()?;
    if ascii == Some(true) {
        return Err(refuse("ensure_ascii is not supported"));
    }
    if sort == Some(true) {
        let mut sorted = serde_json::to_value(value).map_err(broken)?;
        sorted.sort_all_objects();
        return written(&sorted, indent, separators.as_deref());
    }
    written(value, indent, separators.as_deref())
}

/// `value|string`: constants as Python writes them.
pub(super) fn string(value: &Value) -> Value {
    match value.kind() {
        ValueKind::Bool => Value::from(if value.is_true() { "True" } else { "False" }),
        ValueKind::None => Value::from("None"),
        ValueKind::String => value.clone(),
        _ => Value::from(value.to_string()),
    }
}

fn written(json: &impl Serialize, indent: Option<usize>, separators: Option<&[String]>) -> Result<String, Error> {
    let mut out = Vec::new();
    let done = match (indent, separators) {
        (Some(indent), None) if indent <= MOST_INDENT => {
            let spaces = " ".repeat(indent);
            json.serialize(&mut Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(spaces.as_bytes())))
        }
        (None, None) => json.serialize(&mut Serializer::with_formatter(&mut out, Line { item: ", ", key: ": " })),
        (None, Some([item, key])) => json.serialize(&mut Serializer::with_formatter(&mut out, Line { item, key })),
        _ => return Err(refuse("these options are not supported together")),
    };
    done.map_err(broken)?;
    String::from_utf8(out).map_err(|_| refuse("the text is not UTF-8"))
}

fn refuse(problem: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("tojson: {problem}"))
}

fn broken(error: serde_json::Error) -> Error {
    refuse(&error.to_string())
}

/// All in one line, with these between items and after keys.
struct Line<'a> {
    item: &'a str,
    key: &'a str,
}

impl Line<'_> {
    fn between<W: ?Sized + Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(self.item.as_bytes()) }
    }
}

impl Formatter for Line<'_> {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.between(writer, first)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.between(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(self.key.as_bytes())
    }
}
