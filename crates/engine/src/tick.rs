//! The tick: one turn of the loop that a screen paces.
//!
//! Each turn signals the frame event, takes whatever results are ready (one atomic read each), draws, and goes back to sleep. It
//! waits for nothing else. A result that is late is drawn as a placeholder and reconciled in a later turn.

use crate::error::Result;
use crate::trace::{Span, Trace};
use hal::{Device, FrameClock, Recording, Ticket};
use std::time::{Duration, Instant};

/// The time of one frame at 60 Hz.
pub const FRAME: Duration = Duration::from_nanos(16_666_667);

/// What one pending result looks like on the screen at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Not ready, and its soft deadline has not passed: nothing new is drawn.
    Waiting,
    /// Not ready in time: a placeholder stands in.
    Placeholder,
    /// The result itself.
    Result,
}

/// A result the screen waits for without waiting: a ticket with a soft deadline.
#[derive(Debug)]
pub struct Pending {
    ticket: Ticket,
    deadline: Instant,
    shown: Shown,
}

impl Pending {
    /// Watches `ticket`; a placeholder is shown when `soft` has passed.
    pub fn new(ticket: Ticket, soft: Duration) -> Pending {
        Pending { ticket, deadline: Instant::now() + soft, shown: Shown::Waiting }
    }

    /// What to draw now; one atomic read. Once a result is shown it stays.
    pub fn look(&mut self, now: Instant) -> Shown {
        self.shown = match self.shown {
            Shown::Result => Shown::Result,
            _ if self.ticket.is_reached() => Shown::Result,
            _ if now >= self.deadline => Shown::Placeholder,
            other => other,
        };
        self.shown
    }
}

/// How the frames went.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct FrameReport {
    /// Frames that should have been drawn.
    pub frames: u64,
    /// Frames that ended after the next one should have begun, and frames that had no turn at all.
    pub late: u64,
    /// `late / frames`, in per cent.
    pub frame_stutter_pct: f64,
    /// From the moment a frame was due to the moment it was drawn, in milliseconds.
    pub avg_frame_time_ms: f64,
    /// See `avg_frame_time_ms`.
    pub max_frame_time_ms: f64,
    /// Turns in which something was drawn as a placeholder.
    pub placeholders: u64,
}

/// The loop of one screen.
pub struct Tick {
    device: Device,
    clock: FrameClock,
    draw: Recording,
    trace: Trace,
    period: Duration,
    due: Instant,
    frames: u64,
    late: u64,
    total: Duration,
    longest: Duration,
    placeholders: u64,
}

impl Tick {
    /// A loop that draws by submitting `draw` to the render queue every `period`.
    pub fn new(device: &Device, draw: Recording, trace: &Trace, period: Duration) -> Tick {
        Tick {
            device: device.clone(),
            clock: FrameClock::new(device),
            draw,
            trace: trace.clone(),
            period,
            due: Instant::now() + period,
            frames: 0,
            late: 0,
            total: Duration::ZERO,
            longest: Duration::ZERO,
            placeholders: 0,
        }
    }

    /// Goes on with drawing by `draw` on another device. What was drawn so far stays in the report.
    pub fn move_to(&mut self, device: &Device, draw: Recording) {
        self.device = device.clone();
        self.clock = FrameClock::new(device);
        self.draw = draw;
    }

    /// One turn: sleeps until the frame is due, looks at what is pending, draws. Returns what each pending result shows.
    pub fn turn(&mut self, pending: &mut [Pending]) -> Result<Vec<Shown>> {
        std::thread::sleep(self.due.saturating_duration_since(Instant::now()));
        let began = Instant::now();
        let shown: Vec<Shown> = pending.iter_mut().map(|pending| pending.look(began)).collect();
        self.placeholders += u64::from(shown.contains(&Shown::Placeholder));
        let frame = self.clock.tick()?;
        let drawn = self.device.render().submit(&self.draw, &[], Some(&frame))?;
        drawn.ticket().wait(Duration::from_secs(5))?;
        let ended = Instant::now();
        self.account(began, ended);
        Ok(shown)
    }

    fn account(&mut self, began: Instant, ended: Instant) {
        let took = ended.saturating_duration_since(self.due);
        self.frames += 1;
        self.total += took;
        self.longest = self.longest.max(took);
        self.trace.add(Span { track: "frame", name: "frame".into(), start: began, end: ended });
        self.due += self.period;
        if took > self.period {
            self.late += 1;
            // Turns that were missed whole are frames the screen did not get.
            while self.due + self.period < ended {
                self.frames += 1;
                self.late += 1;
                self.due += self.period;
            }
        }
    }

    /// How it went so far.
    pub fn report(&self) -> FrameReport {
        let frames = self.frames.max(1) as f64;
        FrameReport {
            frames: self.frames,
            late: self.late,
            frame_stutter_pct: self.late as f64 * 100.0 / frames,
            avg_frame_time_ms: self.total.as_secs_f64() * 1e3 / frames,
            max_frame_time_ms: self.longest.as_secs_f64() * 1e3,
            placeholders: self.placeholders,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hal::Options;

    fn tick() -> (Device, Tick) {
        let device = Device::open(&Options::default()).expect("the CPU device opens");
        let draw = device.record("draw").finish();
        let tick = Tick::new(&device, draw, &Trace::new(), Duration::from_millis(1));
        (device, tick)
    }

    #[test]
    fn a_late_result_is_a_placeholder_and_then_reconciled() {
        let (device, mut tick) = tick();
        let mut data = device.host_timeline("data");
        let ticket = data.promise().expect("a promise");
        let mut pending = [Pending::new(ticket.clone(), Duration::from_millis(3))];
        let mut seen = vec![];
        for turn in 0..200 {
            let shown = tick.turn(&mut pending).expect("a turn")[0];
            if seen.last() != Some(&shown) {
                seen.push(shown);
            }
            if turn > 20 && shown == Shown::Placeholder {
                data.signal(&ticket).expect("signalled once");
            }
            if shown == Shown::Result {
                break;
            }
        }
        assert_eq!(seen, [Shown::Waiting, Shown::Placeholder, Shown::Result]);
        assert!(tick.report().placeholders > 0);
    }

    #[test]
    fn missed_turns_count_as_late_frames() {
        let (_device, mut tick) = tick();
        let due = tick.due;
        tick.account(due, due + Duration::from_micros(10_500));
        let report = tick.report();
        assert_eq!((report.frames, report.late), (10, 10));
        assert!((report.frame_stutter_pct - 100.0).abs() < 1e-9);
    }
}
