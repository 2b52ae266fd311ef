//! Figures beside their targets, and those that a running engine can tell of itself.

use crate::meter::Observed;
use crate::tick::FRAME;
use serde::Serialize;

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kpi {
    /// Its name in the plan.
    pub name: &'static str,
    /// What was measured; nothing if there was nothing to measure.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: &'static str,
    /// The target in words, if there is one.
    pub target: Option<&'static str>,
    /// Whether it was met.
    pub met: Option<bool>,
}

/// What a figure is held against.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// Nothing.
    None,
    /// Less than this, in these words.
    Below(f64, &'static str),
    /// This or less.
    AtMost(f64, &'static str),
    /// More than this.
    Above(f64, &'static str),
}

/// A figure beside its target.
pub fn kpi(name: &'static str, value: Option<f64>, unit: &'static str, target: Target) -> Kpi {
    let value = value.filter(|value| value.is_finite());
    let words = match target {
        Target::None => None,
        Target::Below(_, words) | Target::AtMost(_, words) | Target::Above(_, words) => Some(words),
    };
    let holds = |value: f64| match target {
        Target::None => true,
        Target::Below(limit, _) => value < limit,
        Target::AtMost(limit, _) => value <= limit,
        Target::Above(limit, _) => value > limit,
    };
    Kpi { name, value, unit, target: words, met: words.and(value).map(holds) }
}

/// The middle value; nothing of nothing.
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[n / 2]),
        n => Some((values[n / 2 - 1] + values[n / 2]) / 2.0),
    }
}

/// The figures of a running engine: frames of the last seconds as `(mean, longest)` in milliseconds, the last answers and queries.
pub(crate) fn live(frames: Option<(f64, f64)>, observed: &Observed) -> Vec<Kpi> {
    let frame_ms = FRAME.as_secs_f64() * 1e3;
    let answers = &observed.answers;
    let peak = hal::budget::process().1;
    vec![
        kpi("avg_frame_time_ms", frames.map(|(mean, _)| mean), "ms", Target::Below(frame_ms, "< 16.7")),
        kpi("max_frame_time_ms", frames.map(|(_, longest)| longest), "ms", Target::None),
        kpi(
            "msg_to_first_token_ms",
            median(answers.iter().map(|answer| answer.first_ms)),
            "ms",
            Target::Below(200.0, "< 200"),
        ),
        kpi("msg_to_complete_ms", median(answers.iter().map(|answer| answer.complete_ms)), "ms", Target::None),
        kpi(
            "query_wall_time_ms",
            median(observed.queries.iter().map(|query| query.wall_ms)),
            "ms",
            Target::Below(5000.0, "< 5000"),
        ),
        kpi(
            "overlap_efficiency",
            median(observed.queries.iter().filter_map(|query| query.overlap)),
            "",
            Target::Above(0.6, "> 0.6"),
        ),
        kpi("peak_memory_mb", (peak > 0).then_some(peak as f64 / 1e6), "MB", Target::Below(600.0, "< 600")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::{Answered, Queried};

    #[test]
    fn medians() {
        let of = |values: &[f64]| median(values.iter().copied());
        assert_eq!(
            (of(&[]), of(&[3.0]), of(&[5.0, 1.0, 2.0]), of(&[4.0, 1.0])),
            (None, Some(3.0), Some(2.0), Some(2.5))
        );
    }

    #[test]
    fn targets_are_met_or_missed_or_not_measured() {
        let met = |value, target| kpi("x", value, "", target).met;
        assert_eq!(met(Some(0.9), Target::Below(1.0, "< 1")), Some(true));
        assert_eq!(met(Some(1.0), Target::Below(1.0, "< 1")), Some(false));
        assert_eq!(met(Some(1.2), Target::AtMost(1.2, "<= 1.2")), Some(true));
        assert_eq!(met(Some(0.6), Target::Above(0.6, "> 0.6")), Some(false));
        assert_eq!(met(None, Target::Above(0.6, "> 0.6")), None);
        assert_eq!(met(Some(1.0), Target::None), None);
    }

    #[test]
    fn a_running_engine_tells_what_it_has_seen() {
        let mut observed = Observed::default();
        let of = |observed: &Observed, name: &str| {
            live(None, observed).into_iter().find(|kpi| kpi.name == name).expect("a figure")
        };
        assert_eq!(of(&observed, "msg_to_first_token_ms").value, None);
        for first_ms in [10.0, 30.0, 250.0] {
            observed.answers.push_back(Answered { first_ms, complete_ms: first_ms * 2.0 });
        }
        observed.queries.push_back(Queried { wall_ms: 5.0, overlap: None });
        let first = of(&observed, "msg_to_first_token_ms");
        assert_eq!((first.value, first.met), (Some(30.0), Some(true)));
        assert_eq!(of(&observed, "query_wall_time_ms").value, Some(5.0));
        assert_eq!(of(&observed, "overlap_efficiency").value, None);
        let frames = live(Some((20.0, 40.0)), &observed);
        assert_eq!((frames[0].met, frames[1].value), (Some(false), Some(40.0)));
    }
}
