//! The figures of the plan beside their targets.

use super::load::{Asked, Loaded};
use crate::output::{self, Style};
use engine::kpi::{Kpi, Target, kpi, median};

/// Computes the figures. `idle` are the rounds of questions asked alone.
pub fn compute(idle: &[&[Asked]], loaded: &Loaded) -> Vec<Kpi> {
    let first = |asked: &[Asked]| median(asked.iter().map(|asked| asked.first_ms));
    // The workspace grows under load, and answers take longer the more there is: the mean of before and after is the fair measure.
    let rounds: Vec<f64> = idle.iter().filter_map(|asked| first(asked)).collect();
    let idle_first = (!rounds.is_empty()).then(|| rounds.iter().sum::<f64>() / rounds.len() as f64);
    let busy_first = first(&loaded.asked);
    let ratio = idle_first.zip(busy_first).map(|(idle, busy)| busy / idle);
    let tokens: usize = loaded.asked.iter().map(|asked| asked.tokens).sum();
    let answering: f64 = loaded.asked.iter().map(|asked| asked.complete_ms).sum();
    let queried = |value: fn(&super::load::Queried) -> f64| median(loaded.queried.iter().map(value));
    let seconds = loaded.wall.as_secs_f64();
    let frames = &loaded.frames;
    let drawn = |value: f64| (frames.frames > 0).then_some(value);
    let peak = (loaded.peak_memory > 0).then_some(loaded.peak_memory as f64 / 1e6);
    let answered = (answering > 0.0).then(|| tokens as f64 / (answering / 1e3));
    vec![
        kpi("frame_stutter_pct", drawn(frames.frame_stutter_pct), "%", Target::Below(1.0, "< 1")),
        kpi("avg_frame_time_ms", drawn(frames.avg_frame_time_ms), "ms", Target::None),
        kpi("max_frame_time_ms", drawn(frames.max_frame_time_ms), "ms", Target::None),
        kpi("msg_to_first_token_ms", busy_first, "ms", Target::Below(200.0, "< 200")),
        kpi("msg_to_first_token_idle_ms", idle_first, "ms", Target::None),
        kpi("first_token_loaded_to_idle", ratio, "x", Target::AtMost(1.2, "<= 1.2")),
        kpi("msg_to_complete_ms", median(loaded.asked.iter().map(|asked| asked.complete_ms)), "ms", Target::None),
        kpi("tokens_per_second", answered, "1/s", Target::None),
        kpi("query_wall_time_ms", queried(|query| query.wall_ms), "ms", Target::Below(5000.0, "< 5000")),
        kpi("query_overlapped_ms", queried(|query| query.overlap.overlapped_ms), "ms", Target::None),
        kpi("overlap_efficiency", queried(|query| query.overlap.efficiency), "", Target::Above(0.6, "> 0.6")),
        kpi("peak_memory_mb", peak, "MB", Target::Below(600.0, "< 600")),
        kpi("ingest_mb_per_s", Some(loaded.added_bytes as f64 / 1e6 / seconds), "MB/s", Target::None),
        kpi("ingest_chunks_per_s", Some(loaded.added_chunks as f64 / seconds), "1/s", Target::None),
        kpi("device_busy_pct", Some(loaded.device_ms / 10.0 / seconds), "%", Target::None),
        kpi("frames", Some(frames.frames as f64), "", Target::None),
        kpi("questions", Some(loaded.asked.len() as f64), "", Target::None),
        kpi("queries", Some(loaded.queried.len() as f64), "", Target::None),
    ]
}

/// The figures for people.
pub fn table(style: Style, kpis: &[Kpi]) -> String {
    let rows = kpis.iter().map(|kpi| {
        let value = kpi.value.map_or("-".to_owned(), |value| match value {
            whole if whole.fract() == 0.0 => format!("{whole:.0}"),
            large if large.abs() >= 100.0 => format!("{large:.0}"),
            small => format!("{small:.2}"),
        });
        let verdict = match (kpi.target, kpi.met) {
            (_, Some(true)) => style.good("ok"),
            (_, Some(false)) => style.bad("missed"),
            (Some(_), None) => style.warn("not measured"),
            (None, None) => String::new(),
        };
        vec![kpi.name.to_owned(), value, kpi.unit.to_owned(), kpi.target.unwrap_or_default().to_owned(), verdict]
    });
    output::table(&["figure", "measured", "", "target", ""], &[1], rows.collect())
}
