//! Rows: CSV, TSV and JSON records rendered as `column: value` lines, with the bytes they came from.

use serde_json::value::RawValue;

use super::{Block, ChunkKind, Document, code};
use crate::limits::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_TABLE_ROWS};

/// CSV and TSV. Rows of any width are taken; quotes may hold line breaks.
pub(super) fn delimited(name: &str, text: &str, delimiter: u8) -> Document {
    let mut document = Document::default();
    let heading = document.heading(vec![name.to_owned()]);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut names: Vec<String> = Vec::new();
    let mut uneven = 0usize;
    let mut rows = 0usize;
    let mut start = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                document.notes.push(format!("reading stopped at a row that is no text: {error}"));
                break;
            }
        }
        let end = boundary(text, usize::try_from(reader.position().byte()).unwrap_or(usize::MAX));
        if names.is_empty() && is_header(&record) {
            names = record.iter().map(str::to_owned).collect();
            // The header's bytes belong to the first row's chunk.
            continue;
        }
        if names.is_empty() {
            names = (1..=record.len()).map(|i| format!("column{i}")).collect();
        }
        uneven += usize::from(record.len() != names.len());
        rows += 1;
        if rows > MAX_TABLE_ROWS {
            document.notes.push(too_many_rows());
            break;
        }
        let rendered = render(record.iter().enumerate().map(|(i, value)| (column(&names, i), value)));
        document.blocks.push(Block { rendered: Some(rendered), ..Block::new(start..end, ChunkKind::Table, heading) });
        start = end;
    }
    if document.blocks.is_empty() && !names.is_empty() {
        document.blocks.push(Block::new(0..text.len(), ChunkKind::Table, heading));
    }
    if uneven > 0 {
        document.notes.push(format!("{uneven} rows have more or fewer cells than the header"));
    }
    document
}

/// The note shown when a table has more rows than are chunked.
pub(crate) fn too_many_rows() -> String {
    format!("only the first {MAX_TABLE_ROWS} rows can be searched; SQL sees all of them")
}

/// One JSON value per line.
pub(super) fn json_lines(name: &str, text: &str) -> Document {
    let mut document = Document::default();
    let heading = document.heading(vec![name.to_owned()]);
    let mut bad = 0usize;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if line.trim().is_empty() {
            continue;
        }
        if document.blocks.len() == MAX_TABLE_ROWS {
            document.notes.push(too_many_rows());
            break;
        }
        let rendered = match serde_json::from_str(line) {
            Ok(value) => json_row(&value),
            Err(_) => {
                bad += 1;
                line.trim_end().to_owned()
            }
        };
        document.blocks.push(Block { rendered: Some(rendered), ..Block::new(range, ChunkKind::Table, heading) });
    }
    if bad > 0 {
        document.notes.push(format!("{bad} lines are no JSON; they are searched as text"));
    }
    document
}

/// A JSON document: an array of records is read as rows, anything else as text by lines.
pub(super) fn json(name: &str, text: &str) -> Document {
    let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(text) else {
        let mut document = code::blocks(name, text, ChunkKind::Data);
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
            document.notes.push(format!("not valid JSON ({error}); searched as text"));
        }
        return document;
    };
    let mut document = Document::default();
    let heading = document.heading(vec![name.to_owned()]);
    let base = text.as_ptr() as usize;
    let mut start = 0;
    for (i, element) in elements.iter().enumerate() {
        if i == MAX_TABLE_ROWS {
            document.notes.push(too_many_rows());
            break;
        }
        let raw = element.get();
        // The element borrows from `text`, so the difference of the addresses is its offset.
        let end = match i + 1 == elements.len() {
            true => text.len(),
            false => boundary(text, (raw.as_ptr() as usize).saturating_sub(base) + raw.len()),
        };
        let rendered = serde_json::from_str(raw).map_or_else(|_| raw.to_owned(), |value| json_row(&value));
        document.blocks.push(Block { rendered: Some(rendered), ..Block::new(start..end, ChunkKind::Table, heading) });
        start = end;
    }
    document
}

fn json_row(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(fields) => {
            let cells: Vec<(String, String)> = fields.iter().map(|(k, v)| (k.clone(), cell(v))).collect();
            render(cells.iter().map(|(k, v)| (k.as_str().into(), v.as_str())))
        }
        other => cell(other),
    }
}

fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn column(names: &[String], i: usize) -> std::borrow::Cow<'_, str> {
    match names.get(i) {
        Some(name) if !name.is_empty() => name.as_str().into(),
        _ => format!("column{}", i + 1).into(),
    }
}

/// `column: value; column: value`, empty cells left out, long cells cut with an ellipsis.
pub(crate) fn render<'a>(cells: impl Iterator<Item = (std::borrow::Cow<'a, str>, &'a str)>) -> String {
    let mut out = String::new();
    for (name, value) in cells.take(MAX_COLUMNS) {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.push_str(name.trim());
        out.push_str(": ");
        let kept = boundary(value, value.len().min(MAX_CELL_BYTES));
        out.extend(value[..kept].chars().map(|c| if c.is_control() { ' ' } else { c }));
        if kept < value.len() {
            out.push('…');
        }
    }
    out
}

/// A first row names the columns when all its cells are filled, differ, and none is a number.
fn is_header(record: &csv::StringRecord) -> bool {
    let mut seen = std::collections::HashSet::new();
    record.iter().all(|cell| {
        let cell = cell.trim();
        !cell.is_empty() && cell.parse::<f64>().is_err() && seen.insert(cell)
    })
}

/// The first character boundary at or after `at`.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}
