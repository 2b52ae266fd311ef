//! A mirror of the Hugging Face hub on this machine, with faults on demand.

#![allow(dead_code, reason = "each test file uses a part of it")]

use serde_json::json;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// How the mirror misbehaves.
#[derive(Clone, Default)]
pub struct Faults {
    /// So many answers with files break off after so many bytes.
    pub breaks: usize,
    pub break_after: usize,
    /// Ranges are ignored.
    pub whole_only: bool,
    /// A byte of every file is wrong.
    pub damages: bool,
    /// So many answers say that the server is busy.
    pub busy: usize,
    /// Only with this token.
    pub token: Option<String>,
    /// A pause after every 64 KiB.
    pub pause: Duration,
    /// Files are asked for, and nothing comes.
    pub silent: bool,
    /// What the list of files says instead of a file's path.
    pub path: Option<String>,
}

#[derive(Default)]
struct State {
    faults: Faults,
    /// Paths of requests, with the ranges of files.
    requests: Vec<String>,
    /// Whether a token reached the host that files are kept at.
    token_leaked: bool,
}

pub struct Mirror {
    pub endpoint: String,
    state: Arc<Mutex<State>>,
}

impl Mirror {
    /// Serves `org/repo` with these files; those that end in `.gguf` or `.safetensors` as large files, kept elsewhere.
    pub fn new(files: &[(&str, Vec<u8>)], faults: Faults) -> Mirror {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let files: Arc<BTreeMap<String, Vec<u8>>> =
            Arc::new(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect());
        let state = Arc::new(Mutex::new(State { faults, ..State::default() }));
        // Files lie at another host, as on the hub: the same server by another name.
        let elsewhere = endpoint.replace("127.0.0.1", "localhost");
        let (shared, base) = (state.clone(), endpoint.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (files, state, base, elsewhere) = (files.clone(), shared.clone(), base.clone(), elsewhere.clone());
                std::thread::spawn(move || serve(stream, &files, &state, &base, &elsewhere));
            }
        });
        Mirror { endpoint, state }
    }

    pub fn set(&self, faults: Faults) {
        self.state.lock().unwrap().faults = faults;
    }

    /// The requests for bytes of files since the last call.
    pub fn downloads(&self) -> Vec<String> {
        let requests = std::mem::take(&mut self.state.lock().unwrap().requests);
        requests.into_iter().filter(|request| request.starts_with("/kept/") || request.contains("/resolve/")).collect()
    }

    pub fn leaked(&self) -> bool {
        self.state.lock().unwrap().token_leaked
    }
}

fn is_large(name: &str) -> bool {
    name.ends_with(".gguf") || name.ends_with(".safetensors")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn serve(stream: TcpStream, files: &BTreeMap<String, Vec<u8>>, state: &Mutex<State>, base: &str, elsewhere: &str) {
    let mut reader = BufReader::new(stream.try_clone().expect("a clone"));
    let mut out = stream;
    loop {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            let line = line.trim_end().to_owned();
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let path = lines[0].split(' ').nth(1).unwrap_or("/").to_owned();
        let header = |name: &str| {
            lines.iter().find_map(|line| {
                let (key, value) = line.split_once(": ")?;
                key.eq_ignore_ascii_case(name).then(|| value.to_owned())
            })
        };
        let (range, token) = (header("range"), header("authorization"));
        let faults = {
            let mut state = state.lock().unwrap();
            state.requests.push(format!("{path} {}", range.clone().unwrap_or_default()));
            state.token_leaked |= path.starts_with("/kept/") && token.is_some();
            state.faults.clone()
        };
        if faults.busy > 0 {
            state.lock().unwrap().faults.busy -= 1;
            let _ = write!(out, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
            continue;
        }
        if faults.silent && path.starts_with("/kept/") {
            // Until the client goes.
            let _ = reader.read_line(&mut String::new());
            return;
        }
        let allowed = faults.token.is_none_or(|wanted| token == Some(format!("Bearer {wanted}")));
        if !allowed && !path.starts_with("/kept/") {
            let _ = write!(out, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            continue;
        }
        let json = |out: &mut TcpStream, body: String, more: String| {
            write!(out, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{more}\r\n{body}", body.len())
        };
        let tree = format!("/api/models/org/repo/tree/{COMMIT}?recursive=true");
        let sent = if path == "/api/models/org/repo/revision/main" {
            json(&mut out, json!({"sha": COMMIT}).to_string(), String::new())
        } else if let Some(page) = path.strip_prefix(&tree) {
            // Two pages, to see that the second is asked for.
            let half = files.len() / 2;
            let listed: Vec<_> = files.iter().skip(if page.is_empty() { 0 } else { half }).collect();
            let listed = if page.is_empty() { &listed[..half] } else { &listed[..] };
            let entries: Vec<_> = listed
                .iter()
                .map(|(name, bytes)| {
                    let shown = state.lock().unwrap().faults.path.clone().unwrap_or_else(|| (*name).clone());
                    let mut git = Sha1::new_with_prefix(format!("blob {}\0", bytes.len()));
                    git.update(bytes);
                    let mut entry =
                        json!({"type": "file", "path": shown, "size": bytes.len(), "oid": hex(&git.finalize())});
                    if is_large(name) {
                        entry["lfs"] = json!({"oid": hex(&Sha256::digest(bytes)), "size": bytes.len()});
                    }
                    entry
                })
                .chain([json!({"type": "directory", "path": "folder"})])
                .collect();
            let more = if page.is_empty() {
                format!("Link: <{base}{tree}&cursor=2>; rel=\"next\"\r\n")
            } else {
                String::new()
            };
            json(&mut out, json!(entries).to_string(), more)
        } else if let Some(name) = path.strip_prefix(&format!("/org/repo/resolve/{COMMIT}/")) {
            let name = name.replace("%20", " ");
            if is_large(&name) {
                write!(out, "HTTP/1.1 302 Found\r\nLocation: {elsewhere}/kept/{name}\r\nContent-Length: 0\r\n\r\n")
            } else {
                let at = format!("/own/{}", name.replace(' ', "%20"));
                write!(out, "HTTP/1.1 307 Temporary Redirect\r\nLocation: {at}\r\nContent-Length: 0\r\n\r\n")
            }
        } else if let Some(name) = path.strip_prefix("/own/") {
            file(&mut out, &files[&name.replace("%20", " ")], range.as_deref(), state)
        } else if let Some(name) = path.strip_prefix("/kept/") {
            file(&mut out, &files[name], range.as_deref(), state)
        } else {
            write!(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        };
        if sent.is_err() {
            let _ = out.shutdown(std::net::Shutdown::Both);
            return;
        }
    }
}

/// An error where the connection is to be closed.
fn file(out: &mut TcpStream, bytes: &[u8], range: Option<&str>, state: &Mutex<State>) -> std::io::Result<()> {
    let (faults, breaks) = {
        let mut state = state.lock().unwrap();
        let breaks = state.faults.breaks > 0;
        state.faults.breaks -= usize::from(breaks);
        (state.faults.clone(), breaks)
    };
    let from = range.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
    let from = from.filter(|_| !faults.whole_only);
    let mut part = bytes[from.unwrap_or(0)..].to_vec();
    if faults.damages
        && let Some(last) = part.last_mut()
    {
        *last ^= 1;
    }
    match from {
        None => write!(out, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", part.len())?,
        Some(from) => {
            let (end, all) = (bytes.len() - 1, bytes.len());
            let head = format!("Content-Range: bytes {from}-{end}/{all}\r\nContent-Length: {}", part.len());
            write!(out, "HTTP/1.1 206 Partial Content\r\n{head}\r\n\r\n")?;
        }
    }
    if breaks {
        out.write_all(&part[..faults.break_after.min(part.len())])?;
        return Err(std::io::ErrorKind::BrokenPipe.into());
    }
    for piece in part.chunks(1 << 16) {
        out.write_all(piece)?;
        std::thread::sleep(faults.pause);
    }
    Ok(())
}
