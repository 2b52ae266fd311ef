//! How tokens are chosen, as requests say it: OpenAI's and Ollama's names, and those that other servers have added.

use crate::failure::Failure;
use ops::sample::{Sampler, Settings};
use serde_json::{Map, Value};
use std::time::{SystemTime, UNIX_EPOCH};

/// What plain chat chooses by where a request says nothing; `downbeat chat` has the same.
pub const USUAL: Settings = Settings { temperature: 0.7, top_k: 40, top_p: 0.95, min_p: 0.05, ..Settings::GREEDY };

/// The names that are understood.
pub const NAMES: [&str; 9] = [
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "seed",
    "repeat_penalty",
    "repetition_penalty",
    "presence_penalty",
    "frequency_penalty",
];

/// Takes what is understood out of `given`; what it does not say is as in `usual`. `prefix` is where its fields stand in the request.
///
/// # Errors
/// Status 400 with the field for what is no number, or out of its limits.
pub fn settings(given: &mut Map<String, Value>, prefix: &str, usual: Settings) -> Result<Settings, Failure> {
    let mut settings = Settings { seed: chance(), ..usual };
    for name in NAMES {
        let Some(value) = given.remove(name).filter(|value| !value.is_null()) else { continue };
        let field = format!("{prefix}{name}");
        let number = value.as_f64().ok_or_else(|| Failure::field(&field, format!("`{field}` is a number")))?;
        let short = number as f32;
        match name {
            "temperature" => settings.temperature = short,
            "top_p" => settings.top_p = short,
            // Below one: all of them.
            "top_k" => settings.top_k = number.max(0.0) as usize,
            "min_p" => settings.min_p = short,
            "seed" => match value.as_i64() {
                Some(seed) if seed >= 0 => settings.seed = seed as u64,
                // Ollama's way to ask for chance.
                Some(-1) => {}
                _ => match value.as_u64() {
                    Some(seed) => settings.seed = seed,
                    None => return Err(Failure::field(&field, format!("`{field}` is a whole number from 0"))),
                },
            },
            "repeat_penalty" | "repetition_penalty" => settings.repetition = short,
            "presence_penalty" => settings.presence = short,
            _ => settings.frequency = short,
        }
        Sampler::new(settings).map_err(|refused| Failure::field(&field, format!("`{field}`: {refused}")))?;
    }
    Ok(settings)
}

/// A seed that is another one each time, and short enough for programs that know numbers as floating point only.
fn chance() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| u64::from(time.subsec_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(given: Value) -> Result<(Settings, usize), Failure> {
        let mut given = given.as_object().cloned().expect("an object");
        let settings = settings(&mut given, "options.", USUAL)?;
        Ok((settings, given.len()))
    }

    #[test]
    fn known_names_are_taken_and_others_left() {
        let given =
            json!({"temperature": 0, "top_k": -1, "seed": 7, "repeat_penalty": 1.5, "mirostat": 2, "top_p": null});
        let (read, left) = read(given).expect("they are taken");
        assert_eq!(read, Settings { temperature: 0.0, top_k: 0, seed: 7, repetition: 1.5, ..USUAL });
        assert_eq!(left, 1);
    }

    #[test]
    fn what_is_no_such_number_is_named() {
        let bad = [
            ("temperature", json!("hot")),
            ("temperature", json!(-0.1)),
            ("temperature", json!(1e40)),
            ("top_p", json!(1.5)),
            ("min_p", json!([])),
            ("seed", json!(-7)),
            ("seed", json!(0.5)),
            ("repeat_penalty", json!(0)),
            ("presence_penalty", json!(1e9)),
        ];
        for (name, value) in bad {
            let failure = read(json!({name: value.clone()})).expect_err(&format!("{name} {value}"));
            assert_eq!(failure.field.as_deref(), Some(format!("options.{name}").as_str()), "{failure:?}");
        }
        assert!(read(json!({"seed": -1})).is_ok());
    }
}
