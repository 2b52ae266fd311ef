//! A running server, for verbs that ask it instead of opening a workspace.

use crate::failure::Failure;
use crate::output::bytes;
use reqwest::{Client, Method, Response, StatusCode};
use std::sync::mpsc::Sender;
use std::time::Duration;

/// Keys, as for `serve`: the first of them is used.
const KEY_VARIABLE: &str = "DOWNBEAT_API_KEY";

const LOADED: &str = "/api/v1/models/loaded";
const FIGURES: &str = "/api/v1/device/realtime-stats";
const STREAM: &str = "/api/v1/device/realtime-stats/stream";
const TRACE: &str = "/api/v1/trace";

/// The figures are told twice a second: after so long without them the server is gone.
const SILENCE: Duration = Duration::from_secs(5);

/// Longest event that is taken.
const MAX_EVENT: usize = 16 << 20;

/// What the stream tells.
pub enum Told {
    /// The figures as JSON.
    Figures(String),
    /// The server is gone, and why.
    Lost(String),
    /// It is there and says no.
    Refused(Failure),
}

/// Which server, as typed.
#[derive(Debug, clap::Args)]
pub struct Raw {
    /// Where the server listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    addr: String,
    /// Its key, if it asks for one [also DOWNBEAT_API_KEY]
    #[arg(long, value_name = "KEY")]
    api_key: Option<String>,
}

impl Raw {
    /// Checks the address.
    pub fn validate(self) -> Result<Server, Failure> {
        let listed = std::env::var(KEY_VARIABLE).ok();
        let listed = listed.as_deref().and_then(|keys| keys.split(',').map(str::trim).find(|key| !key.is_empty()));
        Server::new(&self.addr, self.api_key.or_else(|| listed.map(str::to_owned)))
    }
}

/// A running server. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Server {
    url: String,
    key: Option<String>,
    client: Client,
}

impl Server {
    /// A server by its address, with or without `http://`.
    pub fn new(address: &str, key: Option<String>) -> Result<Server, Failure> {
        let bare = address.strip_prefix("http://").unwrap_or(address).trim_end_matches('/');
        let host_and_port = bare.rsplit_once(':').is_some_and(|(host, port)| {
            !host.is_empty() && port.parse::<u16>().is_ok() && !bare.contains(['/', '?', '#', '@', ' '])
        });
        if !host_and_port {
            return Err(Failure::usage(format!(
                "'{address}' is no address of a server; --addr takes one like 127.0.0.1:7878"
            )));
        }
        let built = Client::builder().no_proxy().connect_timeout(SILENCE).build();
        let client = built.map_err(|cause| Failure::failed(format!("cannot make connections: {cause}")))?;
        Ok(Server { url: format!("http://{bare}"), key, client })
    }

    /// The figures of this moment, as JSON.
    pub async fn once(&self) -> Result<String, Failure> {
        self.text(FIGURES).await
    }

    /// The models that are loaded, as JSON.
    pub async fn loaded(&self) -> Result<String, Failure> {
        self.text(LOADED).await
    }

    /// Sends on what the stream tells until it ends. Returns whether anybody still listens.
    pub async fn follow(&self, told: &Sender<Told>) -> bool {
        let mut reply = match self.send(Method::GET, STREAM).await {
            Ok(reply) => reply,
            Err(failure) if failure.kind() == "unreachable" => {
                return told.send(Told::Lost(failure.to_string())).is_ok();
            }
            Err(failure) => {
                let _ = told.send(Told::Refused(failure));
                return false;
            }
        };
        let mut rest = Vec::new();
        loop {
            let why = match tokio::time::timeout(SILENCE, reply.chunk()).await {
                Ok(Ok(Some(chunk))) if rest.len() + chunk.len() <= MAX_EVENT => {
                    rest.extend_from_slice(&chunk);
                    while let Some(event) = next_event(&mut rest) {
                        if told.send(Told::Figures(event)).is_err() {
                            return false;
                        }
                    }
                    continue;
                }
                Ok(Ok(Some(_))) => format!("{} sends an event without an end", self.url),
                Ok(Ok(None)) => format!("{} has ended the stream", self.url),
                Ok(Err(cause)) => self.unreachable(&cause).to_string(),
                Err(_) => format!("{} has gone silent", self.url),
            };
            return told.send(Told::Lost(why)).is_ok();
        }
    }

    /// Starts a trace, or stops it.
    pub async fn trace(&self, stop: bool) -> Result<(), Failure> {
        let action = if stop { "stop" } else { "start" };
        self.send(Method::POST, &format!("{TRACE}/{action}")).await.map(drop)
    }

    /// Saves the trace. Returns what to tell.
    pub async fn save_trace(&self, file: &str) -> Result<String, Failure> {
        let reply = self.send(Method::GET, TRACE).await?;
        let text = reply.bytes().await.map_err(|cause| self.unreachable(&cause))?;
        let path = std::path::Path::new(file);
        tokio::fs::write(path, &text).await.map_err(|cause| Failure::file("write", path, &cause))?;
        Ok(format!("saved {} as {file}", bytes(text.len() as u64)))
    }

    async fn text(&self, path: &str) -> Result<String, Failure> {
        self.send(Method::GET, path).await?.text().await.map_err(|cause| self.unreachable(&cause))
    }

    async fn send(&self, method: Method, path: &str) -> Result<Response, Failure> {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let reply = request.send().await.map_err(|cause| self.unreachable(&cause))?;
        match reply.status() {
            status if status.is_success() => Ok(reply),
            StatusCode::UNAUTHORIZED => {
                let which = if self.key.is_some() { "does not know this key" } else { "asks for a key" };
                Err(Failure::Failed {
                    kind: "unauthorized",
                    message: format!("{} {which}; give one with --api-key", self.url),
                })
            }
            status => Err(Failure::failed(format!("{}{path} answers with status {status}", self.url))),
        }
    }

    fn unreachable(&self, cause: &reqwest::Error) -> Failure {
        let message = if cause.is_connect() {
            format!("no server answers at {}; `downbeat serve` starts one, --addr names another", self.url)
        } else {
            format!("{} has gone: {cause}", self.url)
        };
        Failure::Failed { kind: "unreachable", message }
    }
}

/// Takes the next whole event's data off the front.
fn next_event(rest: &mut Vec<u8>) -> Option<String> {
    loop {
        let end = rest.windows(2).position(|pair| pair == b"\n\n")?;
        let event: Vec<u8> = rest.drain(..end + 2).collect();
        let text = String::from_utf8_lossy(&event[..end]);
        if let Some(data) = text.strip_prefix("data: ") {
            return Some(data.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_host_and_a_port() {
        for good in ["127.0.0.1:7878", "http://localhost:80/", "[::1]:7878"] {
            assert!(Server::new(good, None).is_ok(), "{good}");
        }
        for bad in ["", "localhost", ":7878", "https://a:1", "a:99999", "a b:1", "http://a:1/path", "user@a:1"] {
            assert!(Server::new(bad, None).is_err(), "{bad}");
        }
    }

    #[test]
    fn events_come_whole_however_they_are_cut() {
        let mut rest = b": ping\n\ndata: {\"a\":1}\n\ndata: {\"b\"".to_vec();
        assert_eq!(next_event(&mut rest).as_deref(), Some("{\"a\":1}"));
        assert_eq!(next_event(&mut rest), None);
        rest.extend_from_slice(b":2}\n\n");
        assert_eq!(next_event(&mut rest).as_deref(), Some("{\"b\":2}"));
        assert!(rest.is_empty());
    }
}
