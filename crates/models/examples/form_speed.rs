//! Time and memory of answers in a form: `form_speed FILE.gguf` prints one JSON line per number, for the vocabulary of that file.
//!
//! An answer is written by chance, which reaches more states of a grammar than a model does. `before` is the time to read the vocabulary
//! once for all forms, `first` that to make one of a schema, `token` that to find what may come next and to go on.

use models::{Codec, Form, Forms, Gguf};
use serde_json::{Value, json};
use std::error::Error;
use std::path::Path;
use std::time::Instant;

const TOKENS: usize = 2000;

fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).map_or(f64::NAN, |kib| kib / 1024.0)
}

fn schemas() -> [(&'static str, Value); 3] {
    let text = json!({"type": "string"});
    let person = json!({"type": "object", "properties": {"name": text, "age": {"type": "integer", "minimum": 0, "maximum": 150},
        "mail": {"type": "string", "format": "email"}, "born": {"type": "string", "format": "date"}},
        "required": ["name", "age", "mail", "born"], "additionalProperties": false});
    let list = json!({"type": "object", "properties": {"people": {"type": "array", "items": {"$ref": "#/$defs/person"}}, "total": {"type": "number"}},
        "required": ["people", "total"], "additionalProperties": false, "$defs": {"person": person}});
    [("any object", json!({"type": "object"})), ("a person", person), ("a list of people", list)]
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which vocabulary? give a GGUF file")?;
    let name = Path::new(&path).file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let line = |metric: &str, value: f64, unit: &str| {
        println!("{{\"case\":\"{name}\",\"metric\":\"{metric}\",\"value\":{value:.3},\"unit\":\"{unit}\"}}");
    };
    let codec = Codec::from_gguf(&Gguf::open(Path::new(&path))?, &name)?;
    line("tokens", codec.len() as f64, "");
    let (start, held) = (Instant::now(), resident());
    let forms = Forms::new(&codec)?;
    line("before", start.elapsed().as_secs_f64() * 1e3, "ms");
    line("memory", resident() - held, "MiB");
    line("memory foretold", Forms::foretold(&codec) as f64 / 1048576.0, "MiB");
    for (schema_name, schema) in schemas() {
        let start = Instant::now();
        let whole = forms.schema(&schema)?;
        line(&format!("{schema_name}: first"), start.elapsed().as_secs_f64() * 1e3, "ms");
        let (mut times, mut state, mut form) = (Vec::new(), 1u64, whole.clone());
        for _ in 0..TOKENS {
            if form.is_complete() {
                form = whole.clone();
            }
            let start = Instant::now();
            let id = step(&mut form, &codec, &mut state)?;
            times.push(start.elapsed().as_secs_f64() * 1e3);
            if codec.ends().contains(&id) {
                form = whole.clone();
            }
        }
        times.sort_by(f64::total_cmp);
        line(&format!("{schema_name}: token, median"), times[TOKENS / 2], "ms");
        line(&format!("{schema_name}: token, 99 of 100"), times[TOKENS * 99 / 100], "ms");
        line(&format!("{schema_name}: token, longest"), times[TOKENS - 1], "ms");
    }
    line("memory at the end", resident() - held, "MiB");
    Ok(())
}

/// Goes on by one of the tokens that may come, by chance.
fn step(form: &mut Form, codec: &Codec, state: &mut u64) -> Result<u32, Box<dyn Error>> {
    let mut logits = vec![0.0f32; codec.len()];
    form.allow(&mut logits)?;
    let count = logits.iter().filter(|logit| **logit == 0.0).count().max(1);
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let wanted = (*state >> 33) as usize % count;
    let id = logits.iter().enumerate().filter(|(_, logit)| **logit == 0.0).nth(wanted).map_or(0, |(id, _)| id as u32);
    if !codec.ends().contains(&id) {
        form.push(id)?;
    }
    Ok(id)
}
