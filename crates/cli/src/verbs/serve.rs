//! `downbeat serve`: keeps a workspace open for people and programs.

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::output::Output;
use engine::Engine;
use engine::ask::{GeneratorWish, QUOTING};
use serde_json::json;
use server::{Config, Generator, Keys, LogForm, Shape};
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The environment variable with keys, separated by commas.
const KEYS_VARIABLE: &str = "DOWNBEAT_API_KEY";

/// The environment variable with a key that the generator asks for.
const GENERATOR_KEY_VARIABLE: &str = "DOWNBEAT_GENERATOR_KEY";

/// How long calls that were cancelled may take to end.
const LAST_CALLS: Duration = Duration::from_secs(5);

const AFTER_HELP: &str = "\
Examples:
  downbeat serve
  downbeat serve --addr 127.0.0.1:8080 --files ~/notes        documents may be added from there by their path
  downbeat serve --watch ~/notes                              the folder is followed
  downbeat serve --generator llama3.2:1b                      this generator writes answers from the documents
  downbeat serve --generator http://127.0.0.1:11434           an Ollama server writes them
  downbeat serve --addr 0.0.0.0:7878 --api-key-file keys.txt  others in the network need a key
  curl http://127.0.0.1:7878/api/v1/search -d '{\"query\": \"late delivery\"}'

The model `downbeat` answers from the documents: written by the generator that --generator or `downbeat models use` names, by the
only one there is, or quoted. Every generator of `downbeat models ls` is a model by its own name, too: plain chat without the
documents. It is loaded when it is asked, and leaves five minutes after its last use, or as a request's keep_alive says.

OpenAI's routes are under /v1, Ollama's under /api, our own under /api/v1; /docs lists and tries them,
/dashboard and `downbeat top` show what it does just now. While it runs,
no other program may change the workspace. Ctrl-C or SIGTERM stops it: requests that have begun may end, adding is
parked and goes on at the next start.

--json prints {listening, version} first, then a line for each request: {time, id, method, route, status, kind, ms,
bytes, whole}. No log holds text of documents or requests.";

/// Serve the workspace over HTTP
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// Where to listen; an address other than this machine's needs a key
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    addr: String,
    /// A key that requests must carry [also DOWNBEAT_API_KEY, separated by commas]; may be given several times
    #[arg(long, value_name = "KEY")]
    api_key: Vec<String>,
    /// A file with a key on each line
    #[arg(long, value_name = "FILE")]
    api_key_file: Option<PathBuf>,
    /// Another name that this machine is called by
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Web pages of this origin may use the server, e.g. http://localhost:3000
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    /// A folder that documents may be added from by their path
    #[arg(long, value_name = "DIR")]
    files: Vec<PathBuf>,
    /// A folder that is followed: what changes in it is taken in
    #[arg(long, value_name = "DIR")]
    watch: Vec<PathBuf>,
    /// What writes answers from the documents: a generator by its name or file, the address of an Ollama or OpenAI server, or `passages`
    /// for quotations [else the workspace's, or the only one there is]
    #[arg(long, value_name = "NAME|FILE|URL")]
    generator: Option<String>,
    /// Tokens of prompt and answer together that generators are loaded with [else 4096, or what they were made for]
    #[arg(long, value_name = "N")]
    context: Option<usize>,
    /// What the server at that address speaks [else it is asked]
    #[arg(long, value_enum, requires = "generator")]
    generator_shape: Option<Spoken>,
    /// Its model [else the first that it lists]
    #[arg(long, value_name = "NAME", requires = "generator")]
    generator_model: Option<String>,
}

/// What a generator speaks, as typed.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Spoken {
    /// Ollama's protocol.
    Ollama,
    /// OpenAI's protocol.
    Openai,
}

/// How to serve.
#[derive(Debug)]
pub struct Request {
    config: Config,
    /// Tokens that generators are loaded with; 0 for the default.
    context: usize,
}

impl Raw {
    /// Checks address, keys, folders and origins.
    pub fn validate(self) -> Result<Request, Failure> {
        let address = address(&self.addr)?;
        let mut keys = self.api_key;
        if let Ok(listed) = std::env::var(KEYS_VARIABLE) {
            keys.extend(listed.split(',').map(str::to_owned));
        }
        if let Some(file) = &self.api_key_file {
            let text = std::fs::read_to_string(file).map_err(|cause| Failure::file("read", file, &cause))?;
            let before = keys.len();
            keys.extend(
                text.lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty() && !line.starts_with('#'))
                    .map(str::to_owned),
            );
            if keys.len() == before {
                return Err(Failure::usage(format!("there is no key in {}; write one on a line", file.display())));
            }
        }
        let keys = Keys::new(keys.iter().map(String::as_str)).map_err(Failure::usage)?;
        if keys.is_empty() && !address.ip().is_loopback() {
            return Err(Failure::usage(format!(
                "{} can be reached from other machines; give a key with --api-key-file or {KEYS_VARIABLE}",
                address.ip()
            )));
        }
        let (folders, watch) = (existing(&self.files, "--files")?, existing(&self.watch, "--watch")?);
        let origins: Vec<String> =
            self.allow_origin.iter().map(|origin| origin.trim_end_matches('/').to_owned()).collect();
        if let Some(bad) = origins.iter().find(|origin| !is_origin(origin)) {
            return Err(Failure::usage(format!(
                "'{bad}' is no origin; --allow-origin takes one like http://localhost:3000"
            )));
        }
        if self.context == Some(0) {
            return Err(Failure::usage("--context takes a number from 1"));
        }
        let (writer, url) = match self.generator {
            None => (GeneratorWish::Usual, None),
            Some(name) if name == QUOTING => (GeneratorWish::Passages, None),
            Some(url) if url.contains("://") => (GeneratorWish::Passages, Some(url)),
            Some(name) => (GeneratorWish::Named(name), None),
        };
        if url.is_none() && (self.generator_shape.is_some() || self.generator_model.is_some()) {
            let message = "--generator-shape and --generator-model go with --generator and an address";
            return Err(Failure::usage(message));
        }
        let generator = url.map(|url| {
            if !url.starts_with("http://") || url.len() <= "http://".len() {
                let message = format!("--generator takes an address like http://127.0.0.1:11434, not '{url}'");
                return Err(Failure::usage(message));
            }
            let shape = self.generator_shape.map(|spoken| match spoken {
                Spoken::Ollama => Shape::Ollama,
                Spoken::Openai => Shape::OpenAi,
            });
            let key = std::env::var(GENERATOR_KEY_VARIABLE).ok().filter(|key| !key.is_empty());
            Ok(Generator { url, shape, model: self.generator_model.clone(), key })
        });
        let config = Config {
            keys,
            hosts: self.allow_host,
            origins,
            folders,
            watch,
            writer,
            generator: generator.transpose()?,
            ..Config::new(address)
        };
        Ok(Request { config, context: self.context.unwrap_or(0) })
    }
}

/// These folders as they really are.
fn existing(folders: &[PathBuf], flag: &str) -> Result<Vec<PathBuf>, Failure> {
    let real = folders.iter().map(|folder| match folder.canonicalize() {
        Ok(path) if path.is_dir() => Ok(path),
        _ => Err(Failure::usage(format!("there is no folder {}; {flag} takes one", folder.display()))),
    });
    real.collect()
}

fn address(text: &str) -> Result<SocketAddr, Failure> {
    let found = text.to_socket_addrs().ok().and_then(|mut found| found.next());
    found.ok_or_else(|| {
        Failure::usage(format!("'{text}' is no address to listen on; --addr takes one like 127.0.0.1:7878"))
    })
}

fn is_origin(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, host)| {
        matches!(scheme, "http" | "https") && !host.is_empty() && !host.contains(['/', '*', ' '])
    })
}

/// Serves until it is asked to stop.
pub fn run(Request { config, context: tokens }: &Request, context: &Context) -> Result<Exit, Failure> {
    let out = &context.out;
    let log = match (out.json, out.quiet) {
        (true, _) => LogForm::Json,
        (false, true) => LogForm::Off,
        (false, false) => LogForm::Text,
    };
    let config = Config { log, ..config.clone() };
    let settings = engine::Config { shared: true, context: *tokens, ..context.config(true) };
    let engine = Arc::new(Engine::open(&settings)?);
    // A generator that is named and not there is told now, not to whoever asks first.
    engine.writer(&config.writer).map_err(super::generators::missing)?;
    engine.notes().iter().for_each(|note| out.note(note));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(server::threads(&config.limits))
        .build()
        .map_err(|cause| Failure::failed(format!("the server's threads cannot be started: {cause}")))?;
    let ended = runtime.block_on(serve(&engine, config, out));
    // Calls that nobody waits for any more have been cancelled and end at their next slice.
    runtime.shutdown_timeout(LAST_CALLS);
    context.save(&engine);
    ended
}

async fn serve(engine: &Arc<Engine>, config: Config, out: &Output) -> Result<Exit, Failure> {
    let wanted = config.address;
    let running = server::start(engine.clone(), config).await.map_err(|cause| {
        let remedy = match cause.kind() {
            std::io::ErrorKind::AddrInUse => "; is another server running? --addr takes another address",
            _ => "",
        };
        Failure::failed(format!("cannot listen on {wanted}: {cause}{remedy}"))
    })?;
    let url = format!("http://{}", running.address);
    if out.json {
        out.value(&json!({"listening": url, "version": env!("CARGO_PKG_VERSION")}))?;
    } else {
        out.line(format!(
            "Downbeat listens on {url}; {url}/dashboard shows what it does, {url}/docs what it can do. Ctrl-C stops it."
        ))?;
    }
    asked_to_stop().await?;
    out.note("stopping: requests that have begun may end; Ctrl-C again stops at once");
    running.stop.set();
    tokio::select! {
        () = running.ended() => Ok(Exit::Done),
        again = asked_to_stop() => again.map(|()| Exit::Interrupted),
    }
}

/// Waits for Ctrl-C or the system's request to end.
async fn asked_to_stop() -> Result<(), Failure> {
    let failed = |cause: std::io::Error| Failure::failed(format!("cannot listen for Ctrl-C: {cause}"));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut ending = signal(SignalKind::terminate()).map_err(failed)?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed.map_err(failed),
            _ = ending.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(failed)
}
