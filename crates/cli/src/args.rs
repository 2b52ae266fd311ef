//! Arguments: as typed ([`Raw`]), and validated ([`Invocation`]).

use crate::failure::{Exit, Failure};
use crate::output::ColourChoice;
use crate::verbs::{self, Request};
use clap::builder::styling::{AnsiColor, Styles};
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use engine::DeviceWish;
use engine::tuning::Sizes;
use etcetera::BaseStrategy;
use hal::{Fault, GpuOptions};
use models::Folders;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// The environment variable that names the workspace folder.
const WORKSPACE_VARIABLE: &str = "DOWNBEAT_WORKSPACE";

/// The environment variable that names the device.
const DEVICE_VARIABLE: &str = "DOWNBEAT_DEVICE";

/// The environment variable that has a GPU fail, for tests: `lost:N` or `memory:N`, at the submission with that number.
const FAULT_VARIABLE: &str = "DOWNBEAT_FAULT";
/// The environment variable that pins sizes of device work.
const SIZES_VARIABLE: &str = "DOWNBEAT_SIZES";

/// Threads beyond this are a slip of the keyboard.
const MAX_THREADS: usize = 1024;

/// The least memory budget that anything runs in.
const MIN_MEMORY: u64 = 64 << 20;

const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("DOWNBEAT_COMMIT"), ")");

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const AFTER_HELP: &str = "\
Examples:
  downbeat add ~/notes ~/projects/manual.md
  downbeat search \"late delivery\" --source '*.md'
  downbeat ask \"Who approves travel above 500 euros?\"
  downbeat sql \"SELECT status, count(*) FROM shipments GROUP BY status\"
  downbeat demo

Looking for faults of a GPU: DOWNBEAT_VALIDATION=1 has the driver's calls checked by Vulkan's validation layers,
DOWNBEAT_FENCES=cpu waits for each submission before the next, DOWNBEAT_FAULT=lost:N or memory:N has submission N fail.

Exit codes: 0 done, 1 failed, 2 bad arguments, 3 nothing found (doctor: something is wrong),
130 interrupted. Everything stays on this machine. `downbeat VERB --help` tells more, with examples.";

/// A local AI workspace: search, questions and SQL over your own files, on one schedule.
#[derive(Debug, Parser)]
#[command(name = "downbeat", version = VERSION, after_help = AFTER_HELP, styles = STYLES, max_term_width = 110)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Raw {
    #[command(flatten)]
    globals: RawGlobals,
    #[command(subcommand)]
    verb: RawVerb,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
struct RawGlobals {
    /// The workspace folder [else DOWNBEAT_WORKSPACE, else the platform's data folder]
    #[arg(long, global = true, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// Where models are looked for [else DOWNBEAT_MODELS], before the Hugging Face cache
    #[arg(long, global = true, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Use this embedder instead of the workspace's own, e.g. static or all-MiniLM-L6-v2:int8
    #[arg(long, global = true, value_name = "NAME")]
    embedder: Option<String>,
    /// The device: auto, cpu, metal, vulkan or vulkan:N; vulkan,cpu allows the CPU to stand in [else DOWNBEAT_DEVICE, else auto]
    #[arg(long, global = true, value_name = "DEVICE")]
    device: Option<String>,
    /// Threads for work on the CPU [else one per core]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
    /// Pin sizes of device work, e.g. slice_tokens=256 [else DOWNBEAT_SIZES]; `downbeat tune --help` tells more
    #[arg(long, global = true, value_name = "NAME=VALUE,…")]
    sizes: Option<String>,
    /// The memory budget, e.g. 600MB or 2GiB [else all but a reserve for the system]
    #[arg(long, global = true, value_name = "SIZE")]
    memory: Option<String>,
    /// Print JSON: one object, or one per line for streams
    #[arg(long, global = true)]
    json: bool,
    /// Print results only: no progress, no notes
    #[arg(short, long, global = true)]
    quiet: bool,
    /// When to colour: auto, always or never; NO_COLOR is honoured
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value = "auto", hide_possible_values = true)]
    color: ColourChoice,
}

#[derive(Debug, Subcommand)]
enum RawVerb {
    Add(verbs::add::Raw),
    Search(verbs::search::Raw),
    Ask(verbs::ask::Raw),
    Chat(verbs::chat::Raw),
    Sql(verbs::sql::Raw),
    Sources(verbs::sources::Raw),
    #[command(visible_alias = "context")]
    Sessions(verbs::sessions::Raw),
    Models(verbs::models::Raw),
    Pull(verbs::pull::Raw),
    Serve(verbs::serve::Raw),
    Tune(verbs::tune::Raw),
    Ps(verbs::ps::Raw),
    Top(verbs::top::Raw),
    Doctor(verbs::doctor::Raw),
    Demo(verbs::demo::Raw),
    Bench(verbs::bench::Raw),
}

/// What a person wants done, validated.
#[derive(Debug)]
pub struct Invocation {
    /// What holds for every verb.
    pub globals: Globals,
    /// The verb with its own arguments.
    pub request: Request,
}

/// The global flags, validated.
#[derive(Debug, Clone)]
pub struct Globals {
    /// The workspace folder.
    pub workspace: PathBuf,
    /// Where models are looked for.
    pub models: Folders,
    /// An embedder other than the workspace's own.
    pub embedder: Option<String>,
    /// The device that work is done on.
    pub device: DeviceWish,
    /// Where figures of devices and compiled kernels are kept; none on an account without a home.
    pub cache: Option<PathBuf>,
    /// How a GPU is opened.
    pub gpu: GpuOptions,
    /// Threads, 0 for one per core.
    pub threads: usize,
    /// Sizes of device work that are pinned.
    pub sizes: Sizes,
    /// Memory budget in bytes, 0 for the default.
    pub memory: u64,
    /// Whether results are JSON.
    pub json: bool,
    /// Whether notes and progress are left out.
    pub quiet: bool,
    /// When to colour.
    pub colour: ColourChoice,
}

/// Why there is no invocation.
#[derive(Debug)]
pub enum Refused {
    /// Help or a version was asked for and shown, or a usage message was.
    Shown(ExitCode),
    /// The arguments cannot be used.
    Because(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Refused {
        Refused::Because(failure)
    }
}

/// Parses and validates.
///
/// # Errors
/// What cannot be used, before anything is touched.
pub fn parse(typed: Vec<OsString>) -> Result<Invocation, Refused> {
    let raw = Raw::try_parse_from(typed).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            Refused::Shown(Exit::Done.into())
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Refused::Shown(Exit::Usage.into())
        }
        _ => Failure::usage(first_lines(&error)).into(),
    })?;
    let globals = raw.globals.validate()?;
    let request = match raw.verb {
        RawVerb::Add(raw) => Request::Add(raw.validate()?),
        RawVerb::Search(raw) => Request::Search(raw.validate()?),
        RawVerb::Ask(raw) => Request::Ask(Box::new(raw.validate()?)),
        RawVerb::Chat(raw) => Request::Chat(Box::new(raw.validate()?)),
        RawVerb::Sql(raw) => Request::Sql(raw.validate(globals.json)?),
        RawVerb::Sources(raw) => Request::Sources(raw.validate()?),
        RawVerb::Sessions(raw) => Request::Sessions(raw.validate()?),
        RawVerb::Models(raw) => Request::Models(raw.validate()?),
        RawVerb::Pull(raw) => Request::Pull(raw.validate()?),
        RawVerb::Serve(raw) => Request::Serve(Box::new(raw.validate()?)),
        RawVerb::Tune(raw) => Request::Tune(raw.validate()?),
        RawVerb::Doctor(raw) => Request::Doctor(raw.validate()),
        RawVerb::Ps(raw) => Request::Ps(raw.validate()?),
        RawVerb::Top(raw) => Request::Top(raw.validate()?),
        RawVerb::Demo(raw) => Request::Demo(raw.validate()?),
        RawVerb::Bench(raw) => Request::Bench(raw.validate()),
    };
    Ok(Invocation { globals, request })
}

/// The parser's message in one line, its tips included, without the usage block.
fn first_lines(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("Usage:"));
    let lines: Vec<&str> = lines.filter(|line| !line.starts_with("For more information")).collect();
    format!("{}; see `downbeat --help`", lines.join("; ").replace(":;", ":"))
}

impl RawGlobals {
    fn validate(self) -> Result<Globals, Failure> {
        let workspace = match self.workspace.or_else(|| variable(WORKSPACE_VARIABLE)) {
            Some(folder) => folder,
            None => platform_folder()?,
        };
        let workspace = std::path::absolute(&workspace)
            .map_err(|_| Failure::usage("the workspace folder has an empty name; give one with --workspace DIR"))?;
        if workspace.is_file() {
            return Err(Failure::usage(format!("{} is a file; --workspace takes a folder", workspace.display())));
        }
        if let Some(folder) = self.models.as_ref().filter(|folder| !folder.is_dir()) {
            return Err(Failure::usage(format!("there is no folder {}; --models takes one", folder.display())));
        }
        let threads = self.threads.unwrap_or(0);
        if self.threads == Some(0) || threads > MAX_THREADS {
            return Err(Failure::usage(format!("--threads takes 1 to {MAX_THREADS}")));
        }
        Ok(Globals {
            workspace,
            models: Folders::of_process(self.models),
            embedder: self.embedder,
            device: device(self.device)?,
            cache: etcetera::choose_base_strategy().ok().map(|base| base.cache_dir().join("downbeat")),
            gpu: GpuOptions { fault: fault()?, ..GpuOptions::default() },
            threads,
            sizes: pinned_sizes(self.sizes)?,
            memory: self.memory.as_deref().map(parse_size).transpose()?.unwrap_or(0),
            json: self.json,
            quiet: self.quiet,
            colour: self.color,
        })
    }
}

/// The flag, else the variable.
fn pinned_sizes(flag: Option<String>) -> Result<Sizes, Failure> {
    let (text, from) = match (flag, std::env::var(SIZES_VARIABLE)) {
        (Some(text), _) => (text, "--sizes"),
        (None, Ok(text)) => (text, SIZES_VARIABLE),
        (None, Err(_)) => return Ok(Sizes::default()),
    };
    text.parse().map_err(|reason| Failure::usage(format!("{from}: {reason}")))
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The device of the option or of the environment. A bad name is told with the devices there are.
fn device(option: Option<String>) -> Result<DeviceWish, Failure> {
    let (text, source) = match (option, variable(DEVICE_VARIABLE)) {
        (Some(text), _) => (text, "--device"),
        (None, Some(text)) => (text.to_string_lossy().into_owned(), DEVICE_VARIABLE),
        (None, None) => return Ok(DeviceWish::Auto),
    };
    text.parse().map_err(|refused| {
        let found = engine::choice::listing();
        Failure::usage(format!("{source}: {refused}. Here are: {found}"))
    })
}

fn fault() -> Result<Option<Fault>, Failure> {
    let Some(text) = variable(FAULT_VARIABLE) else { return Ok(None) };
    let text = text.to_string_lossy();
    let at = |number: &str| number.parse().ok();
    let fault = match text.split_once(':') {
        Some(("lost", number)) => at(number).map(Fault::LostAt),
        Some(("memory", number)) => at(number).map(Fault::OutOfMemoryAt),
        _ => None,
    };
    let refused = || Failure::usage(format!("{FAULT_VARIABLE}: '{text}' is no fault; lost:N and memory:N are"));
    fault.map(Some).ok_or_else(refused)
}

fn platform_folder() -> Result<PathBuf, Failure> {
    let base = etcetera::choose_base_strategy()
        .map_err(|_| Failure::usage("this account has no home folder; choose a workspace with --workspace DIR"))?;
    Ok(base.data_dir().join("downbeat"))
}

/// A size with a unit: `600MB` is 600 million bytes, `2GiB` two times 2^30; a single letter means the latter.
fn parse_size(text: &str) -> Result<u64, Failure> {
    let refused =
        || Failure::usage(format!("'{text}' is no size; --memory takes one like 600MB or 2GiB, at least 64MiB"));
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number: f64 = text[..digits].parse().map_err(|_| refused())?;
    let unit: u64 = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1000,
        "mb" => 1000 * 1000,
        "gb" => 1000 * 1000 * 1000,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        _ => return Err(refused()),
    };
    let bytes = number * unit as f64;
    if bytes < MIN_MEMORY as f64 || bytes > u64::MAX as f64 { Err(refused()) } else { Ok(bytes as u64) }
}

/// The words of a query or question as one text.
///
/// # Errors
/// When there is nothing but space; `what` names it.
pub fn joined(words: &[String], what: &str) -> Result<String, Failure> {
    let text = words.join(" ").trim().to_owned();
    if text.is_empty() { Err(Failure::usage(format!("{what} is empty"))) } else { Ok(text) }
}

/// A pattern for `--source`, checked.
pub fn checked_glob(glob: Option<String>) -> Result<Option<String>, Failure> {
    if let Some(glob) = &glob {
        data::source_matcher(glob).map_err(|refused| Failure::usage(refused.to_string()))?;
    }
    Ok(glob)
}

/// A number of hits, checked.
pub fn checked_hits(k: usize) -> Result<usize, Failure> {
    let most = engine::search::MAX_HITS;
    if (1..=most).contains(&k) { Ok(k) } else { Err(Failure::usage(format!("-k takes 1 to {most}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_parser_is_sound() {
        Raw::command().debug_assert();
    }

    #[test]
    fn every_verb_shows_examples() {
        let command = Raw::command();
        for verb in command.get_subcommands() {
            let help = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Examples:"), "{} has no examples", verb.get_name());
        }
    }

    #[test]
    fn sizes() {
        let cases = [
            ("600MB", Some(600_000_000)),
            ("2GiB", Some(2 << 30)),
            ("1.5g", Some(3 << 29)),
            ("67108864", Some(64 << 20)),
            ("1 GB", Some(1_000_000_000)),
            ("12", None),
            ("", None),
            ("lots", None),
            ("5XB", None),
            ("-1GB", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_size(text).ok(), expected, "{text}");
        }
    }
}
