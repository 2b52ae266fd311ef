//! `keep_alive`: how long a model stays loaded after a request.

use crate::failure::Failure;
use engine::KeepAlive;
use serde_json::Value;
use std::time::Duration;

/// How long a model stays: seconds, or a text like `5m`; below zero until it is unloaded.
///
/// # Errors
/// Status 400 for what is neither.
pub fn keep_alive(given: &Option<Value>) -> Result<KeepAlive, Failure> {
    let refused = || Failure::field("keep_alive", "`keep_alive` is a number of seconds, or a text like 5m, 24h or -1");
    let seconds = match given {
        None | Some(Value::Null) => return Ok(KeepAlive::Unchanged),
        Some(Value::Number(seconds)) => seconds.as_f64().ok_or_else(refused)?,
        Some(Value::String(text)) => {
            let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
            let number: f64 = text[..end].parse().map_err(|_| refused())?;
            let unit = match &text[end..] {
                "" | "s" => 1.0,
                "ms" => 1e-3,
                "m" => 60.0,
                "h" => 3600.0,
                _ => return Err(refused()),
            };
            number * unit
        }
        Some(_) => return Err(refused()),
    };
    if seconds < 0.0 {
        return Ok(KeepAlive::Forever);
    }
    Duration::try_from_secs_f64(seconds).map(KeepAlive::For).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_are_read_as_ollama_has_them() {
        let minutes = |count: u64| Ok(KeepAlive::For(Duration::from_secs(60 * count)));
        let cases = [
            (json!("5m"), minutes(5)),
            (json!(300), minutes(5)),
            (json!("24h"), minutes(24 * 60)),
            (json!(0), minutes(0)),
            (json!(-1), Ok(KeepAlive::Forever)),
            (json!("-1m"), Ok(KeepAlive::Forever)),
            (Value::Null, Ok(KeepAlive::Unchanged)),
        ];
        for (given, expected) in cases {
            assert_eq!(keep_alive(&Some(given.clone())), expected, "{given}");
        }
        for bad in [json!("soon"), json!("5y"), json!([]), json!(true), json!("1e400h")] {
            assert!(keep_alive(&Some(bad.clone())).is_err(), "{bad}");
        }
    }
}
