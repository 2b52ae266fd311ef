//! What all measurements share: the device, its clocks, medians, lines of JSON.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hal::{Completed, Device, Recording, Ticket};
use serde_json::{Value, json};

/// Why a measurement could not be made.
pub type Failure = Box<dyn std::error::Error>;

/// How long one submission may take.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The device under test.
pub struct Bench {
    pub device: Device,
    /// Sizes for a processor that plays a GPU, and no claims about speed.
    pub quick: bool,
    tell: Box<dyn Fn(&Value)>,
    done: Arc<Mutex<Vec<Completed>>>,
}

/// Times of several runs, in microseconds.
pub struct Times(Vec<f64>);

impl Times {
    pub fn new(mut times: Vec<f64>) -> Times {
        times.sort_by(f64::total_cmp);
        Times(times)
    }

    pub fn at(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
    }

    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    pub fn json(&self) -> Value {
        json!({ "p50_us": self.at(0.5), "p99_us": self.at(0.99), "least_us": self.at(0.0), "runs": self.0.len() })
    }
}

impl Bench {
    pub fn new(device: Device, quick: bool, tell: Box<dyn Fn(&Value)>) -> Bench {
        let done: Arc<Mutex<Vec<Completed>>> = Arc::default();
        let sink = done.clone();
        device.observe(move |completed| {
            sink.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(completed.clone())
        });
        let bench = Bench { device, quick, tell, done };
        let capabilities = bench.device.capabilities();
        let features = capabilities.gpu.map(|gpu| format!("{gpu:?}"));
        bench.line(
            "device",
            json!({ "name": capabilities.name, "features": features, "notes": capabilities.notes, "quick": quick }),
        );
        bench
    }

    /// Tells a line.
    pub fn line(&self, name: &str, mut value: Value) {
        if let Some(object) = value.as_object_mut() {
            object.insert("measurement".to_owned(), json!(name));
        }
        (self.tell)(&value);
    }

    /// `many`, or `few` where speed is not asked.
    pub fn runs(&self, many: usize, few: usize) -> usize {
        if self.quick { few } else { many }
    }

    pub fn submit(&self, recording: &Recording, params: &[u32]) -> Result<Ticket, Failure> {
        Ok(self.device.ml().submit(recording, params, &[])?)
    }

    pub fn once(&self, recording: &Recording, params: &[u32]) -> Result<(), Failure> {
        Ok(self.submit(recording, params)?.wait(PATIENCE)?)
    }

    /// Keeps the device busy with `recording` until its clocks have left their idle state.
    pub fn warm(&self, recording: &Recording, params: &[u32]) -> Result<(), Failure> {
        self.busy(|| self.submit(recording, params))
    }

    /// Keeps the device busy with what `submit` submits, without a gap.
    pub fn busy(&self, submit: impl Fn() -> Result<Ticket, Failure>) -> Result<(), Failure> {
        const AHEAD: usize = 16;
        let (start, long) = (Instant::now(), Duration::from_millis(if self.quick { 1 } else { 500 }));
        let mut queued = VecDeque::new();
        while start.elapsed() < long {
            while queued.len() < AHEAD {
                queued.push_back(submit()?);
            }
            queued.pop_front().map(|ticket: Ticket| ticket.wait(PATIENCE)).transpose()?;
        }
        queued.iter().try_for_each(|ticket| ticket.wait(PATIENCE))?;
        Ok(())
    }

    /// Device times of `runs` runs, submitted ahead so that the device never waits for the host.
    pub fn device_times(&self, recording: &Recording, params: &[u32], runs: usize) -> Result<Times, Failure> {
        self.once(recording, params)?;
        self.warm(recording, params)?;
        self.take();
        let tickets = (0..runs).map(|_| self.submit(recording, params)).collect::<Result<Vec<_>, _>>()?;
        self.times_of(&tickets)
    }

    /// Device times of `tickets`, which are all that was submitted since [`Bench::take`].
    pub fn times_of(&self, tickets: &[Ticket]) -> Result<Times, Failure> {
        tickets.last().map(|ticket| ticket.wait(PATIENCE)).transpose()?;
        // Observers are told after the timeline moves.
        let give_up = Instant::now() + Duration::from_secs(5);
        let mut done = self.take();
        while done.len() < tickets.len() && Instant::now() < give_up {
            std::thread::sleep(Duration::from_millis(1));
            done.extend(self.take());
        }
        let time = |c: &Completed| c.finished.saturating_duration_since(c.started).as_secs_f64() * 1e6;
        Ok(Times::new(done.iter().map(time).collect()))
    }

    /// What finished since this was last called.
    pub fn take(&self) -> Vec<Completed> {
        std::mem::take(&mut self.done.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }
}

/// Times of the same action with clocks as they are after a pause, a few milliseconds between two, and without pauses after `warm`.
/// In microseconds, as `act` says.
pub fn cold_and_warm(
    bench: &Bench,
    cold: usize,
    warm: usize,
    heat: impl Fn() -> Result<(), Failure>,
    mut act: impl FnMut() -> Result<f64, Failure>,
) -> Result<(Times, Times), Failure> {
    std::thread::sleep(Duration::from_millis(if bench.quick { 1 } else { 5000 }));
    let mut pause = || {
        std::thread::sleep(Duration::from_millis(20));
        act()
    };
    let after_pauses = (0..bench.runs(cold, 2)).map(|_| pause()).collect::<Result<Vec<_>, _>>()?;
    heat()?;
    let without = (0..bench.runs(warm, 2)).map(|_| act()).collect::<Result<Vec<_>, _>>()?;
    Ok((Times::new(after_pauses), Times::new(without)))
}

/// Largest error, or a failure if one is above `limit(expected)` or not a number.
pub fn check(what: &str, found: &[f32], expected: &[f64], limit: impl Fn(f64) -> f64) -> Result<f64, Failure> {
    if found.len() != expected.len() {
        return Err(format!("{what}: {} results instead of {}", found.len(), expected.len()).into());
    }
    let mut worst = 0.0f64;
    for (at, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        let error = (f64::from(found) - expected).abs();
        if error.is_nan() || error > limit(expected) {
            return Err(format!("{what}: value {at} is {found} instead of {expected}").into());
        }
        worst = worst.max(error);
    }
    Ok(worst)
}
