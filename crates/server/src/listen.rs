//! Listening: connections within limits, slow clients hung up, an orderly end.

use crate::app::{App, Caller, Shared};
use crate::config::Config;
use crate::routes;
use axum::Router;
use axum::body::Body;
use engine::Engine;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinHandle;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// Longest head of a request, in bytes.
const HEAD_BYTES: usize = 64 << 10;

/// How long to wait before accepting again when the system refuses: it has run out of files, and some will be closed.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How often what the device has encoded is noted.
const NOTE_EVERY: Duration = Duration::from_millis(250);

/// The first session of a client: lower ones are the program's own.
const FIRST_CALLER: u64 = 1 << 32;

/// What a connection beyond the limit is told.
const TURNED_AWAY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-type: application/json\r\n\
content-length: 70\r\nconnection: close\r\n\r\n{\"error\":{\"kind\":\"busy\",\"message\":\"too many connections; try again\"}}\n";

/// Asks a server to stop. Clones ask the same one.
#[derive(Clone)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Stop {
        Stop(watch::Sender::new(false))
    }
}

impl Stop {
    /// Asks it to stop: nothing new is accepted, what has begun may end.
    pub fn set(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was asked to.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is asked.
    pub async fn asked(&self) {
        let mut seen = self.0.subscribe();
        // The sender lives as long as this value.
        let _ = seen.wait_for(|stop| *stop).await;
    }
}

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Stops it.
    pub stop: Stop,
    task: JoinHandle<()>,
}

impl Running {
    /// Waits for its end, which [`Stop::set`] brings about.
    pub async fn ended(self) {
        // Accepting does not panic; and if it did, the server has ended all the same.
        let _ = self.task.await;
    }
}

/// Starts a server over an open engine, inside a tokio runtime with timers and input/output.
///
/// # Errors
/// An address that cannot be listened on.
pub async fn start(engine: Arc<Engine>, config: Config) -> std::io::Result<Running> {
    let listener = TcpListener::bind(config.address).await?;
    let address = listener.local_addr()?;
    let stop = Stop::default();
    let app = Arc::new(App::new(engine, config, stop.clone()));
    let task = tokio::spawn(serve(app, listener, stop.clone()));
    Ok(Running { address, stop, task })
}

async fn serve(app: Shared, listener: TcpListener, stop: Stop) {
    let router = routes::router(&app);
    // A server runs for weeks: it collects a trace only when it is told to.
    app.engine.trace().record(false);
    app.background.start(&app);
    tokio::spawn(note_figures(app.clone(), stop.clone()));
    let open = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(app.limits().connections));
    let mut next = FIRST_CALLER;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.asked() => break,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        next += 1;
        match room.clone().try_acquire_owned() {
            Ok(place) => connect(&app, &router, &open, stream, next, place),
            Err(_) => {
                app.metrics.turned_away.inc();
                tokio::spawn(turn_away(stream));
            }
        }
    }
    drop(listener);
    // Adding stops first: what people wait for then has the machine to itself.
    app.jobs.park().await;
    let ending = app.clone();
    let background = tokio::task::spawn_blocking(move || ending.background.stop());
    let _ = tokio::time::timeout(app.limits().grace, open.shutdown()).await;
    // If it panicked, that has been told.
    let _ = background.await;
}

fn connect(
    app: &Shared,
    router: &Router,
    open: &GracefulShutdown,
    stream: TcpStream,
    caller: u64,
    place: OwnedSemaphorePermit,
) {
    // Answers come in small pieces, which must not wait for each other.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(app.limits().write_time));
    let router = router.clone();
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Caller(caller));
        router.clone().oneshot(request)
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.limits().head_time)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let watched = open.watch(connection);
    let app = app.clone();
    tokio::spawn(async move {
        app.metrics.connections.inc();
        // How a connection broke is the client's affair; its requests have been noted.
        let _ = watched.await;
        app.metrics.connections.dec();
        drop(place);
    });
}

/// Rates of the device are counted between these notes.
async fn note_figures(app: Shared, stop: Stop) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(NOTE_EVERY) => {
                let app = app.clone();
                // Reads files of the system's. Figures that cannot be noted are noted the next time.
                let _ = tokio::task::spawn_blocking(move || app.engine.note_figures()).await;
            }
            () = stop.asked() => return,
        }
    }
}

async fn turn_away(mut stream: TcpStream) {
    let _ = tokio::time::timeout(Duration::from_secs(1), stream.write_all(TURNED_AWAY)).await;
}

#[cfg(test)]
mod tests {
    use super::TURNED_AWAY;

    #[test]
    fn the_message_for_the_turned_away_has_its_length() {
        let text = std::str::from_utf8(TURNED_AWAY).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{}", body.len());
        assert!(serde_json::from_str::<serde_json::Value>(body).is_ok());
    }
}
