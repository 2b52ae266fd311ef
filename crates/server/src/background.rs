//! What a server does by itself: sessions are vectorised for searches through them, and folders are followed.

use crate::app::Shared;
use crate::config::LogForm;
use engine::context::ContextService;
use engine::watch::{Followed, WatchEvent, WatchService};
use serde_json::json;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

/// The session of followed folders.
const WATCHING: u64 = 3;

/// The services of a server.
#[derive(Default)]
pub struct Background(Mutex<Services>);

#[derive(Default)]
struct Services {
    context: Option<ContextService>,
    watch: Option<WatchService>,
}

impl Background {
    /// Starts them. What cannot be started is logged; requests are answered all the same.
    pub fn start(&self, app: &Shared) {
        let log = app.config.log;
        let failed = move |cause: engine::Error| tell(log, "context", &cause.to_string());
        let context = ContextService::start(app.engine.clone(), failed);
        let paths = app.config.watch.clone();
        let watch = match paths.is_empty() {
            true => None,
            false => Some(WatchService::start(app.engine.clone(), paths, WATCHING, move |event| watched(log, &event))),
        };
        let mut services = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        services.context = context.map_err(|cause| tell(log, "context", &cause.to_string())).ok();
        services.watch = watch.and_then(|watch| watch.map_err(|cause| tell(log, "watch", &cause.to_string())).ok());
    }

    /// Stops them at their next border. Blocks until then.
    pub fn stop(&self) {
        let services = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        drop(services);
    }

    /// The folders that are followed.
    pub fn followed(&self) -> Vec<Followed> {
        let services = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        services.watch.as_ref().map(WatchService::followed).unwrap_or_default()
    }
}

/// Logs what people should know of followed folders; single files are no news.
fn watched(log: LogForm, event: &WatchEvent) {
    match event {
        WatchEvent::Failed { message } => tell(log, "watch", message),
        WatchEvent::Gone { path } => tell(log, "watch", &format!("{} is gone; its sources are kept", path.display())),
        WatchEvent::Overflowed => tell(log, "watch", "changes were lost; everything is looked at again"),
        _ => {}
    }
}

fn tell(log: LogForm, area: &str, message: &str) {
    let message = crate::failure::one_line(message);
    // A log that nobody can read is no reason to stop serving.
    let _ = match log {
        LogForm::Off => Ok(()),
        LogForm::Text => writeln!(std::io::stderr(), "{area}: {message}"),
        LogForm::Json => {
            let time = crate::app::seconds_since_1970();
            writeln!(std::io::stdout(), "{}", json!({"time": time, "area": area, "message": message}))
        }
    };
}
