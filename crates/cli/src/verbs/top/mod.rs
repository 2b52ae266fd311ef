//! `downbeat top`: what a running server does just now, in a terminal.

mod figures;
mod view;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::remote::{self, Server, Told};
use figures::Figures;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::io::IsTerminal;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use view::{Link, Screen};

const AFTER_HELP: &str = "\
Examples:
  downbeat top
  downbeat top --addr 192.168.1.20:7878 --api-key KEY
  downbeat top --once                        one look, as text
  downbeat top --once --json | jq .bottleneck.says
  downbeat top --json                        a line twice a second

Keys: q leaves, p pauses, t starts or stops a trace, s saves it as downbeat-trace.json in this folder for
ui.perfetto.dev. The page /dashboard of the server shows the same.

JSON: what GET /api/v1/device/realtime-stats gives; see /docs of the server.";

/// How long a key may go unnoticed.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The least time between two drawings.
const REDRAW: Duration = Duration::from_millis(100);

/// The size of one look as text.
const ONCE_SIZE: (u16, u16) = (100, 56);

/// Where `s` saves the trace.
const TRACE_FILE: &str = "downbeat-trace.json";

/// Show what a running server does just now
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    #[command(flatten)]
    server: remote::Raw,
    /// One look, then end
    #[arg(long)]
    once: bool,
}

/// Which server to look at, and how.
#[derive(Debug)]
pub struct Request {
    server: Server,
    once: bool,
}

impl Raw {
    /// Checks the address.
    pub fn validate(self) -> Result<Request, Failure> {
        Ok(Request { server: self.server.validate()?, once: self.once })
    }
}

/// Shows it.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    let out = &context.out;
    let built = Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = built.map_err(|cause| Failure::failed(format!("a thread cannot be started: {cause}")))?;
    let server = &request.server;
    if request.once {
        let text = runtime.block_on(server.once())?;
        if out.json {
            out.line(text.trim_end())?;
            return Ok(Exit::Done);
        }
        out.line(as_text(&text)?)?;
        return Ok(Exit::Done);
    }
    if out.json {
        return lines(&runtime, server, out);
    }
    if !std::io::stdout().is_terminal() {
        return Err(Failure::usage("top draws on a terminal; --once prints one look, --json a line twice a second"));
    }
    // A server that is not there is told before the screen changes.
    let first = runtime.block_on(server.once())?;
    watch(&runtime, server, &first, out)
}

/// One look as text.
fn as_text(event: &str) -> Result<String, Failure> {
    let mut screen = Screen::new(false);
    screen.take(Figures::parse(event)?);
    screen.link = Link::Once;
    let (width, height) = ONCE_SIZE;
    let failed = |cause: &dyn std::fmt::Display| Failure::failed(format!("cannot draw: {cause}"));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).map_err(|cause| failed(&cause))?;
    terminal.draw(|frame| screen.draw(frame)).map_err(|cause| failed(&cause))?;
    let cells = terminal.backend().buffer().content().chunks(width.into());
    let lines: Vec<String> = cells
        .map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned())
        .collect();
    Ok(lines.join("\n").trim_end().to_owned())
}

/// A line of JSON for each time that the figures are told.
fn lines(runtime: &Runtime, server: &Server, out: &Output) -> Result<Exit, Failure> {
    let (sender, receiver) = channel();
    let follower = server.clone();
    runtime.spawn(async move { follower.follow(&sender).await });
    for told in receiver {
        match told {
            Told::Figures(event) => out.line(event)?,
            Told::Lost(why) => return Err(Failure::failed(why)),
            Told::Refused(failure) => return Err(failure),
        }
    }
    Ok(Exit::Done)
}

/// Draws until a key says that it is enough.
fn watch(runtime: &Runtime, server: &Server, first: &str, out: &Output) -> Result<Exit, Failure> {
    let mut screen = Screen::new(out.style.on);
    screen.take(Figures::parse(first)?);
    let (sender, receiver) = channel();
    let (follower, feed) = (server.clone(), sender);
    runtime.spawn(async move {
        // Until the screen hangs up.
        while follower.follow(&feed).await {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    let failed = |cause: std::io::Error| Failure::failed(format!("cannot draw on this terminal: {cause}"));
    let mut terminal = ratatui::try_init().map_err(failed)?;
    let (notes, noted) = channel();
    let loops = Loop { runtime, server, notes, noted, receiver };
    let ended = loops.run(&mut screen, &mut terminal);
    ratatui::restore();
    ended
}

struct Loop<'a> {
    runtime: &'a Runtime,
    server: &'a Server,
    notes: Sender<String>,
    noted: Receiver<String>,
    receiver: Receiver<Told>,
}

impl Loop<'_> {
    fn run(&self, screen: &mut Screen, terminal: &mut ratatui::DefaultTerminal) -> Result<Exit, Failure> {
        let failed = |cause: std::io::Error| Failure::failed(format!("cannot draw on this terminal: {cause}"));
        let (mut stale, mut drawn) = (true, None::<Instant>);
        loop {
            if stale && drawn.is_none_or(|at| at.elapsed() >= REDRAW) {
                terminal.draw(|frame| screen.draw(frame)).map_err(failed)?;
                (stale, drawn) = (false, Some(Instant::now()));
            }
            if event::poll(LOOK_EVERY).map_err(failed)? {
                stale = true;
                match event::read().map_err(failed)? {
                    Event::Key(key) if key.kind == KeyEventKind::Press && leaves(key) => return Ok(Exit::Done),
                    Event::Key(key) if key.kind == KeyEventKind::Press => self.pressed(key.code, screen),
                    _ => {}
                }
            }
            while let Ok(note) = self.noted.try_recv() {
                (screen.note, stale) = (note, true);
            }
            while let Ok(told) = self.receiver.try_recv() {
                stale = true;
                match told {
                    Told::Figures(event) => match Figures::parse(&event) {
                        Ok(figures) => screen.told(figures),
                        // Too busy for a moment; the stream goes on.
                        Err(failure) => screen.link = Link::Lost(failure.to_string()),
                    },
                    Told::Lost(why) => screen.link = Link::Lost(why),
                    Told::Refused(failure) => return Err(failure),
                }
            }
        }
    }

    fn pressed(&self, key: KeyCode, screen: &mut Screen) {
        let (server, notes) = (self.server.clone(), self.notes.clone());
        match key {
            KeyCode::Char('p') => screen.paused = !screen.paused,
            KeyCode::Char('t') => {
                let stop = screen.is_tracing();
                self.runtime.spawn(async move {
                    let told = server.trace(stop).await;
                    let _ = notes.send(told.map_or_else(|failure| failure.to_string(), |()| String::new()));
                });
            }
            KeyCode::Char('s') => {
                self.runtime.spawn(async move {
                    let saved = server.save_trace(TRACE_FILE).await;
                    let _ = notes.send(saved.unwrap_or_else(|failure| failure.to_string()));
                });
            }
            _ => {}
        }
    }
}

fn leaves(key: KeyEvent) -> bool {
    let control_c = key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL);
    control_c || matches!(key.code, KeyCode::Char('q') | KeyCode::Esc)
}
