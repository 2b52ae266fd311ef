//! `downbeat ps`: which models a running server has loaded, where, and for how long.

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::output::{bytes, count, duration_ms, table};
use crate::remote::{self, Server};
use serde::Deserialize;
use std::time::{SystemTime, UNIX_EPOCH};

const AFTER_HELP: &str = "\
Examples:
  downbeat ps
  downbeat ps --addr 192.168.1.20:7878 --api-key KEY
  downbeat ps --json | jq '.models[].name'

JSON: {models: [{name, kind (embedder or generator), id, dim, context, bytes, device, device_reason, in_use, uses, until, forever, load_ms}],
budget: {limit, owners, granted, system_total, system_available, pressure}}; until is in seconds since 1970.";

/// List the models that a running server has loaded
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    #[command(flatten)]
    server: remote::Raw,
}

/// Which server.
#[derive(Debug)]
pub struct Request(Server);

impl Raw {
    /// Checks the address.
    pub fn validate(self) -> Result<Request, Failure> {
        Ok(Request(self.server.validate()?))
    }
}

/// What the server says, as far as it is shown.
#[derive(Deserialize)]
struct Loaded {
    models: Vec<Model>,
    budget: Budget,
}

#[derive(Deserialize)]
struct Model {
    name: String,
    bytes: u64,
    device: String,
    in_use: usize,
    uses: u64,
    until: Option<u64>,
    forever: bool,
}

#[derive(Deserialize)]
struct Budget {
    granted: u64,
    limit: u64,
    pressure: String,
}

/// Lists them.
pub fn run(Request(server): &Request, context: &Context) -> Result<Exit, Failure> {
    let out = &context.out;
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = built.map_err(|cause| Failure::failed(format!("a connection cannot be made: {cause}")))?;
    let text = runtime.block_on(server.loaded())?;
    if out.json {
        out.line(text.trim_end())?;
        return Ok(Exit::Done);
    }
    let told: Loaded = serde_json::from_str(&text)
        .map_err(|cause| Failure::failed(format!("the server is of another version than this program: {cause}")))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let rows = told.models.iter().map(|model| {
        vec![
            model.name.clone(),
            bytes(model.bytes),
            model.device.clone(),
            count(model.uses, "request"),
            stays(model, now),
        ]
    });
    out.line(table(&["model", "memory", "on", "served", "stays"], &[1, 3], rows.collect()))?;
    let Budget { granted, limit, pressure } = told.budget;
    out.line(format!("{} of {} granted; pressure {pressure}", bytes(granted), bytes(limit)))?;
    Ok(Exit::Done)
}

/// How long a model stays, in words.
fn stays(model: &Model, now: u64) -> String {
    match model.until {
        _ if model.in_use > 0 => "while it is used".to_owned(),
        Some(until) if until > now => format!("another {}", duration_ms((until - now) as f64 * 1e3)),
        Some(_) => "leaves now".to_owned(),
        None if model.forever => "until its memory is needed".to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_model_stays_is_said() {
        let model = |in_use, until, forever| Model {
            name: String::new(),
            bytes: 0,
            device: String::new(),
            in_use,
            uses: 0,
            until,
            forever,
        };
        assert_eq!(stays(&model(1, None, false), 0), "while it is used");
        assert_eq!(stays(&model(0, None, true), 0), "until its memory is needed");
        assert_eq!(stays(&model(0, Some(190), false), 100), "another 90.0 s");
        assert_eq!(stays(&model(0, Some(90), false), 100), "leaves now");
    }
}
