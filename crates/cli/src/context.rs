//! What every verb works with: the settings, the output, and ways to open the engine.

use crate::args::Globals;
use crate::failure::Failure;
use crate::output::Output;
use data::DATABASE_FILE;
use engine::{Config, Engine, SessionId};
use tempfile::TempDir;

/// The one session of a program run: nobody takes turns with it.
pub const SESSION: SessionId = 1;

/// Settings and output of this run.
pub struct Context {
    /// The global flags.
    pub globals: Globals,
    /// Where results go.
    pub out: Output,
}

impl Context {
    /// Puts them together.
    pub fn new(globals: Globals, out: Output) -> Context {
        Context { globals, out }
    }

    /// How the engine is opened by these flags.
    pub fn config(&self, writable: bool) -> Config {
        Config {
            writable,
            embedder: self.globals.embedder.clone(),
            device: self.globals.device,
            cache: self.globals.cache.clone(),
            gpu: self.globals.gpu.clone(),
            threads: self.globals.threads,
            memory: self.globals.memory,
            sizes: self.globals.sizes,
            ..Config::new(self.globals.workspace.clone(), self.globals.models.clone())
        }
    }

    /// Opens the workspace to change it, making it if there is none.
    pub fn open_or_make(&self) -> Result<Engine, Failure> {
        self.open(true)
    }

    /// As [`Context::open_or_make`], to change it to the embedder `next`.
    pub fn open_to_change(&self, next: &str) -> Result<Engine, Failure> {
        self.open_with(&Config { next_embedder: Some(next.to_owned()), ..self.config(true) })
    }

    /// Opens a workspace that exists, to change it.
    pub fn open_to_write(&self) -> Result<Engine, Failure> {
        self.require_workspace()?;
        self.open(true)
    }

    /// Opens a workspace that exists, to read it beside other readers.
    pub fn open_to_read(&self) -> Result<Engine, Failure> {
        self.require_workspace()?;
        self.open(false)
    }

    /// A folder for an empty workspace of this run alone, if there is no workspace: then only files can be queried.
    pub fn stand_in(&self) -> Result<Option<TempDir>, Failure> {
        if self.require_workspace().is_ok() {
            return Ok(None);
        }
        let folder = tempfile::Builder::new().prefix("downbeat-sql-").tempdir();
        let folder = folder.map_err(|cause| Failure::file("make a folder in", &std::env::temp_dir(), &cause))?;
        let missing = self.globals.workspace.display();
        self.out.note(format!("there is no workspace in {missing}: only files that the query names can be read"));
        Ok(Some(folder))
    }

    /// Opens the workspace of [`Context::stand_in`].
    pub fn open_stand_in(&self, folder: &TempDir) -> Result<Engine, Failure> {
        Ok(Engine::open(&Config { workspace: folder.path().join("workspace"), ..self.config(true) })?)
    }

    /// Tells what was done in a lesser way than asked for.
    pub fn degraded(&self, degraded: &[String]) {
        degraded.iter().for_each(|what| self.out.note(what));
    }

    /// Saves what makes the next opening fast.
    pub fn save(&self, engine: &Engine) {
        if let Err(cause) = engine.save() {
            self.out.note(format!("the next start will be slower: {cause}"));
        }
    }

    /// An error if there is no workspace: only adding makes one.
    fn require_workspace(&self) -> Result<(), Failure> {
        let folder = &self.globals.workspace;
        match folder.join(DATABASE_FILE).exists() {
            true => Ok(()),
            false => Err(data::Error::NoWorkspace { path: folder.clone() }.into()),
        }
    }

    fn open(&self, writable: bool) -> Result<Engine, Failure> {
        self.open_with(&self.config(writable))
    }

    fn open_with(&self, config: &Config) -> Result<Engine, Failure> {
        let engine = Engine::open(config)?;
        for note in engine.notes() {
            self.out.note(note);
        }
        Ok(engine)
    }
}
