//! The screen: what the dashboard shows, in characters.

use super::figures::{Figures, Kpi, Span};
use crate::output::{bytes, duration_ms};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span as Text};
use ratatui::widgets::{Cell, Paragraph, Row, Table};
use std::collections::VecDeque;

/// The time that the timeline shows.
const SHOWN_US: u64 = 10_000_000;

/// Figures come every half second; a longer silence is time that nothing is known of.
const BEAT_US: u64 = 500_000;
const SILENCE_US: u64 = 3 * BEAT_US;

/// Spans kept.
const MOST_SPANS: usize = 10_000;

/// Queues, which are always shown, and stages of the host, which are shown once they ran.
const QUEUES: [&str; 3] = ["render", "ml", "blit"];
const STAGES: [&str; 8] = ["frame", "ask", "sql", "deliver", "read", "embed", "commit", "index"];

/// From a little of the time to all of it.
const LEVELS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Owners of memory and lesser replies shown at most.
const MOST_OWNERS: usize = 4;
const MOST_LESSER: usize = 4;

/// Columns from which tables stand beside each other, and lines of one.
const WIDE: u16 = 106;
const TABLE: u16 = 4;

/// Columns of a track's name.
const NAME: u16 = 8;

/// How the figures come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// They come.
    Live,
    /// They came once.
    Once,
    /// They do not, and why.
    Lost(String),
}

/// What is on the screen.
pub struct Screen {
    /// How the figures come.
    pub link: Link,
    /// Whether the picture stands still.
    pub paused: bool,
    /// What came of the last key.
    pub note: String,
    colour: bool,
    figures: Option<Figures>,
    spans: VecDeque<Span>,
    /// What came while the picture stood still.
    waiting: VecDeque<Figures>,
    /// Stretches of time that nothing is known of.
    unseen: Vec<(u64, u64)>,
    tracks: Vec<&'static str>,
}

impl Screen {
    /// An empty screen, in colour or not.
    pub fn new(colour: bool) -> Screen {
        Screen {
            link: Link::Live,
            paused: false,
            note: String::new(),
            colour,
            figures: None,
            spans: VecDeque::new(),
            waiting: VecDeque::new(),
            unseen: Vec::new(),
            tracks: QUEUES.to_vec(),
        }
    }

    /// Takes figures from the stream.
    pub fn told(&mut self, figures: Figures) {
        self.link = Link::Live;
        let now = figures.at_ms * 1000;
        self.waiting.push_back(figures);
        // What would be too old to be drawn when the picture goes on.
        self.waiting.retain(|kept| kept.at_ms * 1000 + SHOWN_US >= now);
        if !self.paused {
            for kept in std::mem::take(&mut self.waiting) {
                self.take(kept);
            }
        }
    }

    /// Takes figures.
    pub fn take(&mut self, figures: Figures) {
        let now = figures.at_ms * 1000;
        // The server began anew: its time did too.
        if self.figures.as_ref().is_some_and(|before| before.at_ms > figures.at_ms) {
            self.spans.clear();
            self.unseen.clear();
        } else if let Some(before) = &self.figures
            && now - before.at_ms * 1000 > SILENCE_US
        {
            self.unseen.push((before.at_ms * 1000, now - BEAT_US));
        }
        self.unseen.retain(|(_, until)| until + SHOWN_US >= now);
        for stage in STAGES {
            if !self.tracks.contains(&stage) && figures.spans.iter().any(|span| span.track == stage) {
                self.tracks.push(stage);
            }
        }
        self.spans.extend(figures.spans.iter().cloned());
        self.spans.retain(|span| span.ended_us + SHOWN_US >= now);
        while self.spans.len() > MOST_SPANS {
            self.spans.pop_front();
        }
        self.figures = Some(figures);
    }

    /// Whether a trace is being collected.
    pub fn is_tracing(&self) -> bool {
        self.figures.as_ref().is_some_and(|figures| figures.trace.collecting)
    }

    /// Draws it.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let Some(figures) = &self.figures else { return };
        let tracks = self.tracks.len() as u16;
        let owners = figures.budget.owners.len().min(MOST_OWNERS) as u16;
        let kpis = figures.kpis.len() as u16 + 1;
        let wide = frame.area().width >= WIDE;
        let (tables, rest) = match wide {
            true => (TABLE, (owners + 3).max(kpis)),
            false => (2 * TABLE + 1, owners + 3 + 1 + kpis),
        };
        let [head, verdict, _, timeline, _, rates, _, tables, _, rest, _, lesser, keys] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(2),
            Constraint::Length(1),
            Constraint::Length(tracks + 1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(tables),
            Constraint::Length(1),
            Constraint::Length(rest),
            Constraint::Length(1),
            Constraint::Fill(1),
            Constraint::Length(1),
        ])
        .areas(frame.area());
        self.head(frame, head, figures);
        let says = Line::styled(figures.bottleneck.says.clone(), self.verdict(&figures.bottleneck.bound));
        let why = Line::styled(figures.bottleneck.figures.clone(), self.dim());
        frame.render_widget(Paragraph::new(vec![says, why]), verdict);
        self.timeline(frame, timeline, figures);
        self.rates(frame, rates, figures);
        let halves = |area, first| match wide {
            true => Layout::horizontal([Constraint::Ratio(1, 2); 2]).spacing(3).areas::<2>(area),
            false => Layout::vertical([Constraint::Length(first), Constraint::Fill(1)]).spacing(1).areas(area),
        };
        let [left, right] = halves(tables, TABLE);
        self.queues(frame, left, figures);
        self.lanes(frame, right, figures);
        let [left, right] = halves(rest, owners + 3);
        self.memory(frame, left, figures);
        self.kpis(frame, right, &figures.kpis);
        self.lesser(frame, lesser, figures);
        self.keys(frame, keys, figures);
    }

    fn head(&self, frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
        let state = match (&self.link, self.paused) {
            (Link::Lost(why), _) => Text::styled(format!("lost: {why}"), self.bad()),
            (_, true) => Text::styled("paused", self.warn()),
            (Link::Live, _) => Text::styled("live", self.accent()),
            (Link::Once, _) => Text::styled("one look", self.dim()),
        };
        let up = duration_ms(figures.at_ms as f64);
        let about = format!("  {} · up {up} · ", figures.device);
        let line = Line::from(vec![Text::styled("Downbeat", self.bold()), Text::styled(about, self.dim()), state]);
        frame.render_widget(Paragraph::new(line), area);
    }

    fn timeline(&self, frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
        let width = area.width.saturating_sub(NAME + 1);
        let now = figures.at_ms * 1000;
        let rows = self.tracks.iter().map(|track| {
            let style = if QUEUES.contains(track) { self.accent() } else { Style::new() };
            let spans = self.spans.iter().filter(|span| span.track == *track);
            let strip = strip(spans, &self.unseen, now, width.into());
            Line::from(vec![Text::raw(format!("{track:<0$} ", NAME as usize)), Text::styled(strip, style)])
        });
        let mut lines: Vec<Line<'_>> = rows.collect();
        let events = &figures.events;
        let counts = format!("frames {} · embeds {} · contexts {}", events.frame, events.embed, events.context);
        let gap =
            (width as usize).saturating_sub(counts.chars().count() + "−10 s".chars().count() + "now".len() + 2) / 2;
        let axis = format!("{:1$} −10 s{2}{counts}{2}now", "", NAME as usize, " ".repeat(gap.max(1)));
        lines.push(Line::styled(axis, self.dim()));
        frame.render_widget(Paragraph::new(lines), area);
    }

    fn rates(&self, frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
        let rates = &figures.rates;
        let all = [
            ("searches", rates.retrievals),
            ("tokens", rates.tokens),
            ("rows", rates.rows),
            ("chunks", rates.chunks),
            ("kernels", figures.tensor_operations_per_sec),
        ];
        let mut line = Vec::new();
        for (name, rate) in all {
            line.push(Text::styled(format!("{name} "), self.dim()));
            line.push(Text::styled(format!("{}/s", number(rate)), self.bold()));
            line.push(Text::raw("   "));
        }
        frame.render_widget(Paragraph::new(Line::from(line)), area);
    }

    fn queues(&self, frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
        let micros = |us: f64, known: bool| if known { time(us) } else { "-".into() };
        let rows = figures.queues.iter().map(|queue| {
            // Means are of what ended lately.
            let known = queue.ended > 0;
            vec![
                queue.name.clone(),
                queue.submitted.to_string(),
                queue.active_buffers.to_string(),
                format!("{:.0} %", queue.busy * 100.0),
                micros(queue.avg_encode_us, known),
                micros(queue.avg_wait_us, known),
                micros(queue.avg_run_us, known),
            ]
        });
        let widths = [6, 6, 6, 5, 7, 7, 7];
        self.table(frame, area, &["queue", "sent", "active", "busy", "encode", "wait", "run"], &widths, rows.collect());
    }

    fn lanes(&self, frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
        let rows = figures.lanes.iter().map(|lane| {
            let known = lane.slices > 0;
            let mean = lane.waited_us as f64 / lane.slices.max(1) as f64;
            vec![
                lane.lane.clone(),
                lane.running.to_string(),
                lane.waiting.to_string(),
                lane.slices.to_string(),
                if known { time(mean) } else { "-".into() },
                if known { time(lane.longest_wait_us as f64) } else { "-".into() },
            ]
        });
        let widths = [11, 7, 7, 7, 7, 7];
        self.table(frame, area, &["lane", "running", "waiting", "slices", "wait", "longest"], &widths, rows.collect());
    }

    fn memory(&self, frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
        let budget = &figures.budget;
        let part = budget.granted as f64 / budget.limit.max(1) as f64;
        let width = area.width.saturating_sub(2) as usize;
        let filled = ((part * width as f64).ceil() as usize).min(width);
        let bar = format!("{}{}", "█".repeat(filled), "░".repeat(width - filled));
        let pressure = match budget.pressure.as_str() {
            "high" => self.warn(),
            "critical" => self.bad(),
            _ => self.bold(),
        };
        let mut lines = vec![
            Line::from(vec![
                Text::styled("memory ", self.dim()),
                Text::styled(format!("{} of {}", bytes(budget.granted), bytes(budget.limit)), self.bold()),
                Text::styled(" granted, pressure ", self.dim()),
                Text::styled(budget.pressure.clone(), pressure),
            ]),
            Line::raw(bar),
        ];
        let mut owners: Vec<(&String, &u64)> = budget.owners.iter().collect();
        owners.sort_by_key(|(_, held)| std::cmp::Reverse(**held));
        for (name, held) in owners.into_iter().take(MOST_OWNERS) {
            lines.push(Line::raw(format!("{name:<12}{:>10}", bytes(*held))));
        }
        let process = bytes((figures.process_mb * 1_048_576.0) as u64);
        lines.push(Line::styled(format!("{:<12}{process:>10}", "process"), self.dim()));
        frame.render_widget(Paragraph::new(lines), area);
    }

    fn kpis(&self, frame: &mut Frame<'_>, area: Rect, kpis: &[Kpi]) {
        let mut lines = vec![Line::styled("targets", self.dim())];
        lines.extend(kpis.iter().map(|kpi| {
            let value = kpi.value.map_or("-".into(), |value| format!("{} {}", number(value), kpi.unit));
            let (verdict, style) = match kpi.met {
                Some(true) => ("met", self.dim()),
                Some(false) => ("missed", self.bad()),
                None => ("", self.dim()),
            };
            let target = kpi.target.clone().unwrap_or_default();
            Line::from(vec![
                Text::raw(format!("{:<23}{value:>10}", kpi.name)),
                Text::styled(format!("  {target:<7} "), self.dim()),
                Text::styled(verdict, style),
            ])
        }));
        frame.render_widget(Paragraph::new(lines), area);
    }

    fn lesser(&self, frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
        let busy = figures.pools.iter().map(|pool| format!("{} {}+{}", pool.name, pool.running, pool.waiting));
        let busy: Vec<String> = busy.collect();
        let mut lines = vec![Line::styled(format!("requests (running+waiting): {}", busy.join(" · ")), self.dim())];
        if figures.degraded.is_empty() {
            lines.push(Line::styled("no degraded replies since the server began", self.dim()));
        }
        for one in figures.degraded.iter().take(MOST_LESSER) {
            let ago = duration_ms(figures.at_ms.saturating_sub(one.at_ms) as f64);
            lines.push(Line::from(vec![
                Text::styled(format!("{:<9}", one.what), if one.what == "failed" { self.bad() } else { self.warn() }),
                Text::raw(format!("{} · {} ", one.route, one.why)),
                Text::styled(format!("· {ago} ago"), self.dim()),
            ]));
        }
        frame.render_widget(Paragraph::new(lines), area);
    }

    fn keys(&self, frame: &mut Frame<'_>, area: Rect, figures: &Figures) {
        if self.link == Link::Once {
            return;
        }
        let trace = match (figures.trace.collecting, figures.trace.events) {
            (true, events) => format!("collecting a trace: {events} events"),
            (false, 0) => String::new(),
            (false, events) => format!("a trace of {events} events is there"),
        };
        let said = if self.note.is_empty() { trace } else { self.note.clone() };
        let keys = format!("q leave · p pause · t trace · s save trace   {said}");
        frame.render_widget(Paragraph::new(Line::styled(keys, self.dim())), area);
    }

    fn table(&self, frame: &mut Frame<'_>, area: Rect, head: &[&str], widths: &[u16], rows: Vec<Vec<String>>) {
        let line = |cells: Vec<String>| {
            Row::new(cells.into_iter().enumerate().map(|(place, text)| {
                let line = Line::raw(text);
                Cell::from(if place == 0 { line } else { line.right_aligned() })
            }))
        };
        let head = line(head.iter().map(|name| (*name).to_owned()).collect()).style(self.dim());
        let widths = widths.iter().map(|width| Constraint::Max(*width));
        let table = Table::new(rows.into_iter().map(line), widths).header(head).column_spacing(1);
        frame.render_widget(table, area);
    }

    fn paint(&self, colour: Color) -> Style {
        if self.colour { Style::new().fg(colour) } else { Style::new() }
    }

    fn bold(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    fn dim(&self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    fn accent(&self) -> Style {
        self.paint(Color::Cyan)
    }

    fn warn(&self) -> Style {
        self.paint(Color::Yellow).add_modifier(Modifier::BOLD)
    }

    fn bad(&self) -> Style {
        self.paint(Color::Red).add_modifier(Modifier::BOLD)
    }

    fn verdict(&self, bound: &str) -> Style {
        if ["memory", "io"].contains(&bound) { self.warn() } else { self.bold() }
    }
}

/// The part of the time in which a track was busy, a character for each of `width` pieces of the time shown, the newest last. Where
/// nothing ran in a piece that nothing is known of, it is hatched.
fn strip<'a>(spans: impl Iterator<Item = &'a Span>, unseen: &[(u64, u64)], now: u64, width: usize) -> String {
    let mut spans: Vec<(u64, u64)> = spans.map(|span| (span.began_us, span.ended_us)).collect();
    spans.sort_unstable();
    let piece = SHOWN_US as f64 / width.max(1) as f64;
    let from = now.saturating_sub(SHOWN_US) as f64;
    let mut busy = vec![0.0; width];
    let mut until = 0;
    for (began, ended) in spans {
        // What spans share counts once.
        let began = began.max(until);
        until = until.max(ended);
        let (began, ended) = ((began as f64 - from) / piece, (ended as f64 - from) / piece);
        for (place, part) in busy.iter_mut().enumerate().skip(began.max(0.0) as usize) {
            if place as f64 >= ended {
                break;
            }
            *part += (ended.min(place as f64 + 1.0) - began.max(place as f64)).max(0.0);
        }
    }
    let hidden = |place: usize| {
        let middle = from + (place as f64 + 0.5) * piece;
        unseen.iter().any(|(began, until)| (*began as f64..*until as f64).contains(&middle))
    };
    let level = |(place, part): (usize, f64)| match part {
        part if part <= 0.0 && hidden(place) => "░",
        part if part <= 0.0 => "·",
        part => LEVELS[((part * 8.0).ceil() as usize).clamp(1, 8) - 1],
    };
    busy.into_iter().enumerate().map(level).collect()
}

/// A number with as many digits as matter.
fn number(value: f64) -> String {
    match value {
        0.0 => "0".into(),
        small if small < 10.0 => format!("{small:.1}"),
        large => format!("{large:.0}"),
    }
}

/// A time from microseconds.
fn time(us: f64) -> String {
    if us < 999.5 { format!("{us:.0} µs") } else { duration_ms(us / 1e3) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use serde_json::{Value, json};

    fn told() -> Value {
        json!({
            "at_ms": 61_000, "device": "CPU with 2 threads",
            "queues": [
                {"name": "render", "active_buffers": 0, "avg_encode_us": 0.0, "avg_wait_us": 0.0, "avg_run_us": 0.0, "busy": 0.0, "ended": 0, "submitted": 0},
                {"name": "ml", "active_buffers": 1, "avg_encode_us": 12.0, "avg_wait_us": 30.0, "avg_run_us": 1500.0, "busy": 0.42, "ended": 1233, "submitted": 1234},
            ],
            "events": {"frame": 0, "embed": 17, "context": 9},
            "lanes": [{"lane": "interactive", "waiting": 2, "running": 1, "slices": 10, "waited_us": 50_000, "longest_wait_us": 20_000}],
            "pools": [{"name": "answers", "waiting": 3, "running": 2}],
            "budget": {"limit": 1_000_000_000u64, "owners": {"models": 250_000_000u64, "vectors": 10u64}, "granted": 250_000_010u64, "pressure": "high"},
            "process_mb": 100.0, "tensor_operations_per_sec": 345.0,
            "rates": {"tokens": 1234.5, "rows": 0.0, "chunks": 2.5, "retrievals": 8.0},
            "kpis": [
                {"name": "msg_to_first_token_ms", "value": 250.0, "unit": "ms", "target": "< 200", "met": false},
                {"name": "overlap_efficiency", "value": null, "unit": "", "target": "> 0.6", "met": null},
            ],
            "bottleneck": {"bound": "cpu", "says": "CPU-bound: this program takes 1.9 of 2 cores", "figures": "1.90 of 2 cores · ml queue 42 %"},
            "degraded": [{"at_ms": 60_000, "route": "/api/v1/ask", "what": "degraded", "why": "2 words were left out"}],
            "trace": {"collecting": true, "events": 77},
            "spans": [{"track": "ml", "began_us": 60_000_000u64, "ended_us": 61_000_000u64}, {"track": "sql", "began_us": 51_000_000u64, "ended_us": 52_000_000u64}],
        })
    }

    fn drawn(screen: &Screen, width: u16, height: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
        terminal.draw(|frame| screen.draw(frame)).expect("drawn");
        terminal.backend().to_string()
    }

    fn screen() -> Screen {
        let mut screen = Screen::new(true);
        screen.told(Figures::parse(&told().to_string()).expect("figures"));
        screen
    }

    #[test]
    fn everything_that_matters_is_on_the_screen() {
        let text = drawn(&screen(), 120, 40);
        for shown in [
            "CPU-bound: this program takes 1.9 of 2 cores",
            "1.90 of 2 cores · ml queue 42 %",
            "CPU with 2 threads",
            "live",
            "1234",
            "42 %",
            "1.5 ms",
            "interactive",
            "20 ms",
            "250 MB of 1.0 GB",
            "pressure high",
            "models",
            "tokens 1234/s",
            "msg_to_first_token_ms",
            "missed",
            "2 words were left out",
            "/api/v1/ask",
            "embeds 17",
            "collecting a trace: 77 events",
            "answers 2+3",
        ] {
            assert!(text.contains(shown), "{shown} is not in\n{text}");
        }
        let row =
            |name: &str| text.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {text}"));
        assert!(row("\"ml      ").trim_end_matches(['"', ' ']).ends_with('█'), "{}", row("\"ml      "));
        assert!(row("\"sql     ").contains("sql      █"), "{}", row("\"sql     "));
    }

    #[test]
    fn small_screens_and_lost_servers_are_drawn_too() {
        let mut screen = screen();
        for (width, height) in [(80, 24), (20, 5), (1, 1)] {
            drawn(&screen, width, height);
        }
        for width in [WIDE, WIDE - 1, 60] {
            let text = drawn(&screen, width, 50);
            for whole in
                ["queue    sent active  busy  encode", "lane        running waiting  slices", "memory ", "targets"]
            {
                assert!(text.contains(whole), "{width}: {whole} is not in\n{text}");
            }
        }
        assert!(drawn(&screen, 80, 24).contains("CPU-bound"));
        screen.link = Link::Lost("no server answers".into());
        assert!(drawn(&screen, 100, 40).contains("lost: no server answers"));
        screen.paused = true;
        let mut later = told();
        later["bottleneck"]["says"] = json!("Idle");
        screen.told(Figures::parse(&later.to_string()).expect("figures"));
        let text = drawn(&screen, 100, 40);
        assert!(text.contains("paused") && text.contains("CPU-bound"), "{text}");
    }

    #[test]
    fn nothing_of_a_pause_is_lost_and_silence_does_not_look_like_rest() {
        let mut screen = screen();
        let at = |at_ms: u64, began_us: u64| {
            let mut later = told();
            later["at_ms"] = json!(at_ms);
            later["spans"] = json!([{"track": "ml", "began_us": began_us, "ended_us": began_us + 100_000}]);
            Figures::parse(&later.to_string()).expect("figures")
        };
        screen.paused = true;
        screen.told(at(61_500, 61_200_000));
        screen.told(at(62_000, 61_700_000));
        screen.paused = false;
        screen.told(at(62_500, 62_200_000));
        assert_eq!(screen.spans.iter().filter(|span| span.began_us > 61_000_000).count(), 3);
        assert!(screen.unseen.is_empty());
        screen.told(at(67_000, 66_800_000));
        assert_eq!(screen.unseen, [(62_500_000, 66_500_000)]);
        assert!(drawn(&screen, 100, 40).contains('░'));
        // The server began anew.
        screen.told(at(1_000, 900_000));
        assert!(screen.unseen.is_empty() && screen.spans.len() == 1);
    }

    #[test]
    fn a_strip_tells_how_busy_each_piece_of_time_was() {
        let span = |began_us, ended_us| Span { track: "ml".into(), began_us, ended_us };
        let now = 20_000_000;
        let spans = [
            span(10_000_000, 11_000_000),
            span(12_000_000, 12_500_000),
            span(12_000_000, 12_500_000),
            span(19_999_000, now),
        ];
        assert_eq!(strip(spans.iter(), &[], now, 10), "█·▄······▁");
        assert_eq!(strip([span(0, 5)].iter(), &[], now, 4), "····");
        assert_eq!(strip([].iter(), &[], now, 0), "");
        // What ran is told also where little else is known.
        let unseen = [(11_000_000, 14_000_000)];
        assert_eq!(strip(spans.iter(), &unseen, now, 10), "█░▄░·····▁");
    }

    #[test]
    fn other_versions_and_failures_of_the_server_are_said() {
        let busy = Figures::parse(r#"{"error": {"kind": "busy", "message": "too many wait", "field": null}}"#);
        assert!(busy.expect_err("an error").to_string().contains("too many wait"));
        assert!(Figures::parse("{}").expect_err("an error").to_string().contains("version"));
    }
}
