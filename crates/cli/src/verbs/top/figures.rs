//! The figures that are shown, of those that the server tells (`GET /api/v1/device/realtime-stats`).

use crate::failure::Failure;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Deserialize)]
pub struct Figures {
    pub at_ms: u64,
    pub device: String,
    pub queues: Vec<Queue>,
    pub events: Events,
    pub lanes: Vec<Lane>,
    pub pools: Vec<Pool>,
    pub budget: Budget,
    pub process_mb: f64,
    pub tensor_operations_per_sec: f64,
    pub rates: Rates,
    pub kpis: Vec<Kpi>,
    pub bottleneck: Bottleneck,
    pub degraded: Vec<Lesser>,
    pub trace: Trace,
    pub spans: Vec<Span>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Queue {
    pub name: String,
    pub active_buffers: u64,
    pub avg_encode_us: f64,
    pub avg_wait_us: f64,
    pub avg_run_us: f64,
    pub busy: f64,
    pub ended: u64,
    pub submitted: u64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Events {
    pub frame: u64,
    pub embed: u64,
    pub context: u64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Lane {
    pub lane: String,
    pub waiting: u64,
    pub running: u64,
    pub slices: u64,
    pub waited_us: u64,
    pub longest_wait_us: u64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Pool {
    pub name: String,
    pub waiting: u64,
    pub running: u64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Budget {
    pub limit: u64,
    pub owners: BTreeMap<String, u64>,
    pub granted: u64,
    pub pressure: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Rates {
    pub tokens: f64,
    pub rows: f64,
    pub chunks: f64,
    pub retrievals: f64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Kpi {
    pub name: String,
    pub value: Option<f64>,
    pub unit: String,
    pub target: Option<String>,
    pub met: Option<bool>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Bottleneck {
    pub bound: String,
    pub says: String,
    pub figures: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Lesser {
    pub at_ms: u64,
    pub route: String,
    pub what: String,
    pub why: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Trace {
    pub collecting: bool,
    pub events: u64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Span {
    pub track: String,
    pub began_us: u64,
    pub ended_us: u64,
}

impl Figures {
    /// Reads what the server tells.
    ///
    /// # Errors
    /// What it says where it cannot tell its figures, or that it is of another version.
    pub fn parse(event: &str) -> Result<Figures, Failure> {
        #[derive(Deserialize)]
        struct Error {
            error: Told,
        }
        #[derive(Deserialize)]
        struct Told {
            message: String,
        }
        if let Ok(Error { error }) = serde_json::from_str(event) {
            return Err(Failure::failed(format!("the server says: {}", error.message)));
        }
        serde_json::from_str(event).map_err(|cause| {
            Failure::failed(format!("this server's figures are of another version than this program's: {cause}"))
        })
    }
}
