//! What a server is started with.

use engine::ask::GeneratorWish;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// The fewest characters of a key: shorter ones are guessed.
pub const MIN_KEY: usize = 16;

/// Keys that open the server, kept as hashes so that comparing them takes the same time whatever they are.
#[derive(Clone, Default)]
pub struct Keys(Vec<blake3::Hash>);

impl Keys {
    /// Takes keys. Lines that are empty or begin with `#` are passed over, so that a file of keys can be given line by line.
    ///
    /// # Errors
    /// A key shorter than 16 characters.
    pub fn new<'a>(keys: impl IntoIterator<Item = &'a str>) -> Result<Keys, String> {
        let keys = keys.into_iter().map(str::trim).filter(|key| !key.is_empty() && !key.starts_with('#'));
        let mut hashes = Vec::new();
        for key in keys {
            if key.chars().count() < MIN_KEY {
                return Err(format!(
                    "an API key has {MIN_KEY} characters at least; make one with `openssl rand -hex 24`"
                ));
            }
            hashes.push(blake3::hash(key.as_bytes()));
        }
        Ok(Keys(hashes))
    }

    /// Whether anybody may use the server.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `key` is one of them. Takes the same time whichever it is, if any.
    pub fn hold(&self, key: &str) -> bool {
        let hash = blake3::hash(key.as_bytes());
        // Comparing hashes of this kind takes constant time; `|` looks at all of them.
        self.0.iter().fold(false, |found, known| found | (*known == hash))
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} keys", self.0.len())
    }
}

/// In which form requests are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogForm {
    /// Not at all.
    Off,
    /// A line for people, on the error stream.
    Text,
    /// A line of JSON, on the output.
    Json,
}

/// How a server is started.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens.
    pub address: SocketAddr,
    /// Keys that are asked for; none for everybody on this machine. An address other than this machine's demands one.
    pub keys: Keys,
    /// Names besides this machine's own that requests may be addressed to.
    pub hosts: Vec<String>,
    /// Origins of web pages that may use it, besides its own pages.
    pub origins: Vec<String>,
    /// Folders that documents may be added from by their path.
    pub folders: Vec<PathBuf>,
    /// Folders that are followed: what changes in them is taken in.
    pub watch: Vec<PathBuf>,
    /// What writes the workspace's answers, where no external server does.
    pub writer: GeneratorWish,
    /// Base address of the external server that writes the workspace's answers, if any.
    pub generator: Option<Generator>,
    /// What requests may take.
    pub limits: Limits,
    /// How they are logged.
    pub log: LogForm,
}

impl Config {
    /// The defaults at an address.
    pub fn new(address: SocketAddr) -> Config {
        Config {
            address,
            keys: Keys::default(),
            hosts: Vec::new(),
            origins: Vec::new(),
            folders: Vec::new(),
            watch: Vec::new(),
            writer: GeneratorWish::default(),
            generator: None,
            limits: Limits::default(),
            log: LogForm::Off,
        }
    }
}

/// An external server that writes answers from our passages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generator {
    /// Its base address, e.g. `http://127.0.0.1:11434`.
    pub url: String,
    /// What it speaks; found out by asking it if not given.
    pub shape: Option<Shape>,
    /// Its model; the first it lists if not given.
    pub model: Option<String>,
    /// A key it asks for.
    pub key: Option<String>,
}

/// What a generator speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `/api/chat`.
    Ollama,
    /// `/v1/chat/completions`.
    OpenAi,
}

/// What requests may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest body of a request but an upload, in bytes.
    pub body_bytes: usize,
    /// Longest upload, in bytes.
    pub upload_bytes: u64,
    /// Longest wait for the head of a request, also of the next one on an open connection.
    pub head_time: Duration,
    /// Longest time for the body of a request but an upload, and longest silence of an upload.
    pub body_time: Duration,
    /// How long a client may leave a reply untaken before it is hung up.
    pub write_time: Duration,
    /// How long a stream of events is silent at most, before it says that it is still there.
    pub ping: Duration,
    /// Longest time for a reply, or for the next piece of one that is sent while it is written.
    pub reply_time: Duration,
    /// Longest run of a query.
    pub sql_time: Duration,
    /// Most rows of a query.
    pub sql_rows: u64,
    /// Longest result of a query as JSON, in bytes.
    pub sql_bytes: usize,
    /// Most texts of one request for embeddings or for a ranking.
    pub inputs: usize,
    /// Connections at once.
    pub connections: usize,
    /// Threads that answer people.
    pub workers: usize,
    /// Plain chats at once.
    pub chats: usize,
    /// Queries at once.
    pub queries: usize,
    /// Requests that may wait for a thread, of each kind.
    pub waiting: usize,
    /// How long requests that have begun may go on once the server is asked to stop.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            body_bytes: 16 << 20,
            upload_bytes: 2 << 30,
            head_time: Duration::from_secs(30),
            body_time: Duration::from_secs(30),
            write_time: Duration::from_secs(30),
            ping: Duration::from_secs(15),
            reply_time: Duration::from_secs(300),
            sql_time: Duration::from_secs(60),
            sql_rows: 10_000,
            sql_bytes: 32 << 20,
            inputs: 4096,
            connections: 1024,
            workers: 8,
            chats: 16,
            queries: 2,
            waiting: 256,
            grace: Duration::from_secs(10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_whole_and_short_ones_refused() {
        let keys = Keys::new(["# a comment", "", "0123456789abcdef", " second-key-of-mine "]).expect("two keys");
        assert!(keys.hold("0123456789abcdef") && keys.hold("second-key-of-mine"));
        for wrong in ["", "0123456789abcde", "0123456789abcdef0", "# a comment"] {
            assert!(!keys.hold(wrong), "{wrong}");
        }
        assert!(Keys::new(["short"]).is_err());
        assert!(Keys::new(["# none"]).expect("no key").is_empty());
    }
}
