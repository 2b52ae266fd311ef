//! `downbeat tune`: which sizes suit the processor of this machine, measured, kept and used from then on.

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::{duration_ms, table};
use engine::tune::{Figures, TuneReport, tune};
use engine::tuning::{self, InUse, Measured, SETTING, Sizes};
use models::discover::Shape;
use serde_json::json;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

const AFTER_HELP: &str = "\
Examples:
  downbeat tune                                   measure, keep what was found, print the figures before and after
  downbeat tune --model all-MiniLM-L6-v2:int8     with this sentence encoder
  downbeat tune --show                            the sizes in use, without measuring
  downbeat tune --pin slice_tokens=256,threads=2  pin sizes for this workspace, whatever is measured
  downbeat tune --unpin                           take that back

Sizes: threads, slice_tokens, shared_tokens, segment_mflops. The first of these counts: --sizes or DOWNBEAT_SIZES, what is pinned
in the workspace, what was measured on this machine, the default. Measure while the machine is quiet.

JSON: {device, model, before: [sizes, figures], after: [sizes, figures], sizes, kept_in, wall_ms};
--show {device, in_use, given, pinned, measured, file}";

/// Measure which sizes suit this machine
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// The sentence encoder to measure with [else the workspace's, else the first one found]
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// Measure and print, keep nothing
    #[arg(long)]
    dry_run: bool,
    /// Show the sizes in use instead
    #[arg(long, conflicts_with_all = ["model", "dry_run", "pin", "unpin"])]
    show: bool,
    /// Pin sizes for this workspace instead
    #[arg(long, value_name = "NAME=VALUE,…", conflicts_with = "unpin")]
    pin: Option<String>,
    /// Take back what is pinned for this workspace instead
    #[arg(long)]
    unpin: bool,
}

/// What to do.
#[derive(Debug)]
pub enum Request {
    /// Measure with this model, and keep what was found unless it is a dry run.
    Measure {
        /// The model.
        model: Option<String>,
        /// Whether nothing is kept.
        dry_run: bool,
    },
    /// Show what is in use.
    Show,
    /// Pin sizes for the workspace; none: pin nothing any more.
    Pin(Option<Sizes>),
}

impl Raw {
    /// Checks the sizes.
    pub fn validate(self) -> Result<Request, Failure> {
        Ok(match self.pin.map(|pin| pin.parse::<Sizes>()).transpose().map_err(Failure::usage)? {
            Some(sizes) => Request::Pin(Some(sizes)),
            None if self.unpin => Request::Pin(None),
            None if self.show => Request::Show,
            None => Request::Measure { model: self.model, dry_run: self.dry_run },
        })
    }
}

/// Does it.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    match request {
        Request::Measure { model, dry_run } => measure(model.as_deref(), *dry_run, context),
        Request::Show => show(context),
        Request::Pin(sizes) => pin(*sizes, context),
    }
}

/// Where sizes come from.
struct Known {
    device: String,
    given: Sizes,
    pinned: Sizes,
    measured: Option<Measured>,
    file: Option<PathBuf>,
}

impl Known {
    fn look(context: &Context) -> Result<Known, Failure> {
        let pinned = match context.open_to_read() {
            Ok(engine) => engine.workspace().setting(SETTING)?.and_then(|text| text.parse().ok()).unwrap_or_default(),
            Err(Failure::Failed { kind: "no_workspace", .. }) => Sizes::default(),
            Err(other) => return Err(other),
        };
        let config = context.config(false);
        let file = config.cache.map(|folder| folder.join(tuning::FILE));
        let device = tuning::processor_name();
        let measured = match &file {
            Some(file) => {
                let (measured, told) = tuning::read(file, &device);
                told.iter().for_each(|told| context.out.note(told));
                measured
            }
            None => None,
        };
        Ok(Known { device, given: config.sizes, pinned, measured, file })
    }

    fn in_use(&self) -> InUse {
        let measured = self.measured.as_ref().map(|measured| measured.sizes).unwrap_or_default();
        self.given.or(self.pinned).or(measured).in_use(hal::Kind::Cpu)
    }
}

fn measure(model: Option<&str>, dry_run: bool, context: &Context) -> Result<Exit, Failure> {
    let known = Known::look(context)?;
    let model = match model {
        Some(name) => name.to_owned(),
        None => encoder(context)?,
    };
    let (cancel, out) = (interrupt::watch(), &context.out);
    let report = tune(&context.globals.models, &model, known.in_use(), &cancel, &|what| {
        if out.chatty() {
            eprintln!("measuring {what}");
        }
    })?;
    let kept_in = known.file.filter(|_| !dry_run);
    if let Some(file) = &kept_in {
        let when = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        tuning::write(file, &known.device, Measured { sizes: report.sizes, when, by_tune: true })?;
    }
    if out.json {
        let mut value = json!(report);
        value["kept_in"] = json!(kept_in);
        out.value(&value)?;
    } else {
        out.line(format!("{} with {}", report.device, report.model))?;
        out.line(compared(&report))?;
        match kept_in {
            Some(file) => out.line(format!("Kept in {}; used from now on.", file.display()))?,
            None => out.line("Nothing was kept.")?,
        }
    }
    Ok(Exit::Done)
}

/// The workspace's own sentence encoder, else the first one on this machine.
fn encoder(context: &Context) -> Result<String, Failure> {
    let folders = &context.globals.models;
    let own = match context.open_to_read() {
        Ok(engine) => Some(engine.embedder().info().clone()),
        Err(Failure::Failed { kind: "no_workspace", .. }) => None,
        Err(other) => return Err(other),
    };
    if let Some(info) = own.filter(|info| info.name != models::static_table::STATIC_NAME) {
        return Ok(format!("{}:{}", info.name, info.precision));
    }
    let encoders = models::list(folders);
    let first = encoders.iter().find(|found| matches!(found.shape, Ok(Shape::Bert(_))));
    first.map(|found| format!("{}:int8", found.name)).ok_or_else(|| {
        Failure::failed(
            "there is nothing to tune: the built-in embedder runs on the thread that asks, and there is no sentence encoder here; \
             `downbeat models --help` tells where they are looked for",
        )
    })
}

fn compared(report: &TuneReport) -> String {
    let ((before, was), (after, is)) = (report.before, report.after);
    let threads = |sizes: InUse| if sizes.threads == 0 { "one per core".to_owned() } else { sizes.threads.to_string() };
    let time = |of: fn(Figures) -> f64| [duration_ms(of(was)), duration_ms(of(is))];
    let row = |name: &str, [before, after]: [String; 2]| vec![name.to_owned(), before, after];
    let rows = vec![
        row("threads", [threads(before), threads(after)]),
        row("tokens of a slice", [before.slice_tokens.to_string(), after.slice_tokens.to_string()]),
        row("tokens of a shared run", [before.shared_tokens.to_string(), after.shared_tokens.to_string()]),
        row("million operations of a segment", [before.segment_mflops.to_string(), after.segment_mflops.to_string()]),
        row("tokens/s", [format!("{:.0}", was.tokens_per_s), format!("{:.0}", is.tokens_per_s)]),
        row("a short query", time(|figures| figures.query_ms)),
        row("the longest segment", time(|figures| figures.longest_segment_ms)),
        row("a shared run", time(|figures| figures.shared_run_ms)),
        row("nearest 10 of 50,000", time(|figures| figures.search_ms)),
    ];
    table(&["", "before", "after"], &[1, 2], rows)
}

fn show(context: &Context) -> Result<Exit, Failure> {
    let known = Known::look(context)?;
    let (in_use, out) = (known.in_use(), &context.out);
    let Known { device, given, pinned, measured, file } = known;
    if out.json {
        out.value(&json!({
            "device": device, "in_use": in_use, "given": given, "pinned": pinned, "measured": measured, "file": file,
        }))?;
        return Ok(Exit::Done);
    }
    let measured = measured.map(|measured| measured.sizes).unwrap_or_default();
    let from = |of: fn(Sizes) -> bool| match () {
        () if of(given) => "given",
        () if of(pinned) => "pinned in the workspace",
        () if of(measured) => "measured here",
        () => "default",
    };
    let threads = if in_use.threads == 0 { "one per core".to_owned() } else { in_use.threads.to_string() };
    let row = |name: &str, value: String, from: &str| vec![name.to_owned(), value, from.to_owned()];
    let rows = vec![
        row("threads", threads, from(|sizes| sizes.threads.is_some())),
        row("slice_tokens", in_use.slice_tokens.to_string(), from(|sizes| sizes.slice_tokens.is_some())),
        row("shared_tokens", in_use.shared_tokens.to_string(), from(|sizes| sizes.shared_tokens.is_some())),
        row("segment_mflops", in_use.segment_mflops.to_string(), from(|sizes| sizes.segment_mflops.is_some())),
    ];
    out.line(device)?;
    out.line(table(&["size", "in use", "from"], &[1], rows))?;
    Ok(Exit::Done)
}

fn pin(sizes: Option<Sizes>, context: &Context) -> Result<Exit, Failure> {
    let engine = context.open_to_write()?;
    let text = sizes.map(|sizes| sizes.to_string());
    engine.workspace().set_setting(SETTING, text.as_deref())?;
    let out = &context.out;
    if out.json {
        out.value(&json!({"pinned": sizes}))?;
    } else {
        out.line(match text {
            Some(text) => format!("Pinned for this workspace: {text}."),
            None => "Nothing is pinned for this workspace any more.".to_owned(),
        })?;
    }
    Ok(Exit::Done)
}
