//! What every request works with.

use crate::background::Background;
use crate::config::{Config, Limits};
use crate::failure::Failure;
use crate::jobs::Jobs;
use crate::listen::Stop;
use crate::metrics::Metrics;
use crate::noted::Noted;
use crate::pool::{Pool, Ran};
use engine::{Cancel, Engine, SessionId};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Name of the model that answers from the workspace.
pub const WORKSPACE_MODEL: &str = "downbeat";

/// Folder of uploads in the workspace.
const UPLOADS: &str = "uploads";

/// Folder in it of uploads under way.
pub const PARTS: &str = ".parts";

/// Threads for looking things up in the workspace: short, and never behind a question.
pub const LOOK_UPS: usize = 4;

/// Models that are downloaded at once.
pub const DOWNLOADS: usize = 2;

/// Threads for adding documents: one job at a time.
pub const JOBS: usize = 1;

/// The server's state. Handlers share it.
pub struct App {
    /// The open workspace and all that answers from it.
    pub engine: Arc<Engine>,
    /// How the server was started.
    pub config: Config,
    /// Threads for people's searches, questions and embeddings.
    pub people: Pool,
    /// Threads for plain chat: an answer may take minutes.
    pub chats: Pool,
    /// Threads for downloads of models.
    pub downloads: Pool,
    /// Threads for queries.
    pub queries: Pool,
    /// Threads for looking things up.
    pub look_ups: Pool,
    /// Adding in the background.
    pub jobs: Jobs,
    /// What the server does by itself.
    pub background: Background,
    /// Where uploads are kept.
    pub uploads: PathBuf,
    /// Set when the server is asked to stop.
    pub stop: Stop,
    /// Counters of requests.
    pub metrics: Metrics,
    /// The last replies that were not as they should be.
    pub noted: Noted,
    /// When the server began.
    pub started: Instant,
    /// The same on the calendar, in seconds since 1970.
    pub started_at: u64,
}

/// The state as handlers get it.
pub type Shared = Arc<App>;

impl App {
    /// The state of a server, inside a tokio runtime.
    pub fn new(engine: Arc<Engine>, config: Config, stop: Stop) -> App {
        let Limits { workers, chats, queries, waiting, .. } = config.limits;
        let uploads = engine.workspace().folder().join(UPLOADS);
        // What an earlier process received in part is nothing. A folder that cannot be made is told when something is uploaded.
        let _ = std::fs::remove_dir_all(uploads.join(PARTS));
        let _ = std::fs::create_dir_all(&uploads);
        App {
            background: Background::default(),
            jobs: Jobs::start(engine.clone(), stop.clone()),
            uploads: uploads.canonicalize().unwrap_or(uploads),
            engine,
            people: Pool::new("answers", workers, waiting),
            chats: Pool::new("chats", chats, waiting),
            downloads: Pool::new("downloads", DOWNLOADS, waiting),
            queries: Pool::new("queries", queries, waiting),
            look_ups: Pool::new("look-ups", LOOK_UPS, waiting),
            stop,
            metrics: Metrics::default(),
            noted: Noted::default(),
            started: Instant::now(),
            started_at: seconds_since_1970(),
            config,
        }
    }

    /// Milliseconds since the server began.
    pub fn now_ms(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }

    /// What requests may take.
    pub fn limits(&self) -> &Limits {
        &self.config.limits
    }

    /// Runs a person's work.
    pub async fn for_person<T: Send + 'static>(
        self: &Arc<App>,
        work: impl FnOnce(&Engine, &Cancel) -> engine::Result<T> + Send + 'static,
    ) -> Result<Ran<T>, Failure> {
        let engine = self.engine.clone();
        self.people.run(self.limits().reply_time, move |cancel| work(&engine, cancel)).await
    }

    /// Looks something up.
    pub async fn look_up<T: Send + 'static>(
        self: &Arc<App>,
        work: impl FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
    ) -> Result<T, Failure> {
        let engine = self.engine.clone();
        Ok(self.look_ups.run(self.limits().reply_time, move |_| work(&engine)).await?.value)
    }
}

/// Who sends a request: requests of one connection take turns with those of others.
#[derive(Debug, Clone, Copy)]
pub struct Caller(pub SessionId);

/// The time on the calendar, in seconds since 1970.
pub fn seconds_since_1970() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
