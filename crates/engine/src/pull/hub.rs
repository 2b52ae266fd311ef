//! Talking to the hub: which version, which files, and their bytes.

use super::Wish;
use crate::{Error, Result};
use serde::Deserialize;
use std::io::Read;
use std::path::Path;
use std::time::Duration;
use ureq::config::RedirectAuthHeaders;
use ureq::http::StatusCode;
use ureq::http::header::{AUTHORIZATION, CONTENT_RANGE, HeaderValue, LINK, RANGE};

const ENDPOINT: &str = "https://huggingface.co";
/// How long a connection and an answer may take, and how long a body may stand still.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest list of files that is read, in bytes.
const MAX_LIST: u64 = 32 << 20;
/// The most pages of a list of files.
const MAX_PAGES: usize = 100;

/// A file of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteFile {
    /// Its path in the repository.
    pub path: String,
    /// Its bytes.
    pub size: u64,
    /// Its SHA-256 (64 digits) where the hub keeps it as a large file, else the hash that Git has for it (40 digits).
    pub hash: String,
}

impl RemoteFile {
    /// Puts it together.
    pub fn new(path: String, size: u64, hash: String) -> RemoteFile {
        RemoteFile { path, size, hash }
    }
}

/// The hub, or a mirror of it.
#[derive(Clone)]
pub struct Hub {
    endpoint: String,
    token: Option<String>,
    agent: ureq::Agent,
}

impl Hub {
    /// As the hub's own tools find it: `HF_ENDPOINT`, `HF_TOKEN`, else the token that their login has left in `home` (`HF_HOME`).
    ///
    /// # Errors
    /// [`Error::Pull`] if `HF_HUB_OFFLINE` is set, or the endpoint is no address.
    pub fn of_process(home: Option<&Path>) -> Result<Hub> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let yes = |value: String| matches!(value.to_ascii_uppercase().as_str(), "1" | "ON" | "YES" | "TRUE");
        if variable("HF_HUB_OFFLINE").is_some_and(yes) {
            return Err(Error::Pull("HF_HUB_OFFLINE is set, so nothing is downloaded".to_owned()));
        }
        let kept = || std::fs::read_to_string(home?.join("token")).ok();
        let token = variable("HF_TOKEN").or_else(kept).map(|token| token.trim().to_owned());
        Hub::new(
            &variable("HF_ENDPOINT").unwrap_or_else(|| ENDPOINT.to_owned()),
            token.filter(|token| !token.is_empty()),
        )
    }

    /// With this address and this token. Errors as for [`Hub::of_process`].
    pub fn new(endpoint: &str, token: Option<String>) -> Result<Hub> {
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        if !endpoint.starts_with("https://") && !endpoint.starts_with("http://") {
            return Err(Error::Pull(format!("HF_ENDPOINT is '{endpoint}', which is no http address")));
        }
        if endpoint.split('/').nth(2).is_some_and(|host| host.contains('@')) {
            // Addresses are shown in messages.
            let how = "HF_ENDPOINT holds a name or password, which messages would show; give the token as HF_TOKEN";
            return Err(Error::Pull(how.to_owned()));
        }
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_per_read(Some(PATIENCE))
            // Hubs send readers of small files to another path of their own.
            .redirect_auth_headers(RedirectAuthHeaders::SameHost)
            .user_agent(concat!("downbeat/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Hub { endpoint, token, agent: config.into() })
    }

    /// The commit that the wish's revision is now.
    pub(super) fn commit(&self, wish: &Wish) -> Result<String> {
        #[derive(Deserialize)]
        struct Version {
            sha: String,
        }
        let url = format!("{}/api/models/{}/revision/{}", self.endpoint, wish.repository(), wish.revision);
        let (version, _): (Version, _) = self.json(&url, wish)?;
        if is_hash(&version.sha, 40) { Ok(version.sha) } else { Err(self.odd("a version that is no commit")) }
    }

    /// All files of that version.
    pub(super) fn files(&self, wish: &Wish, commit: &str) -> Result<Vec<RemoteFile>> {
        #[derive(Deserialize)]
        struct Entry {
            r#type: String,
            path: String,
            #[serde(default)]
            size: u64,
            #[serde(default)]
            oid: String,
            lfs: Option<Large>,
        }
        #[derive(Deserialize)]
        struct Large {
            oid: String,
            size: u64,
        }
        let mut url = format!("{}/api/models/{}/tree/{commit}?recursive=true", self.endpoint, wish.repository());
        let mut files = Vec::new();
        for _ in 0..MAX_PAGES {
            let (entries, next): (Vec<Entry>, _) = self.json(&url, wish)?;
            for entry in entries.into_iter().filter(|entry| entry.r#type == "file") {
                let (hash, size, digits) = match entry.lfs {
                    Some(large) => (large.oid, large.size, 64),
                    None => (entry.oid, entry.size, 40),
                };
                if !is_hash(&hash, digits) || !is_inside(&entry.path) {
                    return Err(self.odd(&format!("a file '{}' whose path or hash is none", entry.path)));
                }
                files.push(RemoteFile { path: entry.path, size, hash });
            }
            match next {
                // Another host would be given the token.
                Some(next) if next.starts_with(&format!("{}/", self.endpoint)) => url = next,
                Some(_) => return Err(self.odd("a list that goes on at another address")),
                None => return Ok(files),
            }
        }
        Err(self.odd("a list of files without end"))
    }

    /// The bytes of a file from `from` on, and where they really begin: 0 where the server sends no parts.
    pub(super) fn read(&self, wish: &Wish, commit: &str, file: &RemoteFile, from: u64) -> Result<(impl Read, u64)> {
        let path: Vec<String> = file.path.split('/').map(escaped).collect();
        let url = format!("{}/{}/resolve/{commit}/{}", self.endpoint, wish.repository(), path.join("/"));
        let range = (from > 0).then(|| format!("bytes={from}-"));
        let response = self.get(&url, range.as_deref())?;
        let begins = match response.status() {
            StatusCode::OK => 0,
            StatusCode::PARTIAL_CONTENT => {
                let range = response.headers().get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
                let begins = range.and_then(|range| range.strip_prefix("bytes ")?.split('-').next()?.parse().ok());
                if begins != Some(from) {
                    return Err(self.odd("another part of a file than was asked for"));
                }
                from
            }
            status => return Err(self.refused(status, wish)),
        };
        Ok((response.into_body().into_reader(), begins))
    }

    /// A list in JSON, and where it goes on.
    fn json<T: for<'de> Deserialize<'de>>(&self, url: &str, wish: &Wish) -> Result<(T, Option<String>)> {
        let mut response = self.get(url, None)?;
        if response.status() != StatusCode::OK {
            return Err(self.refused(response.status(), wish));
        }
        let next = response.headers().get(LINK).and_then(|value| value.to_str().ok()).and_then(next_page);
        let body = response.body_mut().with_config().limit(MAX_LIST).read_to_vec();
        let body = body.map_err(|error| self.broken(&error))?;
        let parsed =
            serde_json::from_slice(&body).map_err(|error| self.odd(&format!("no list of the hub's: {error}")))?;
        Ok((parsed, next))
    }

    fn get(&self, url: &str, range: Option<&str>) -> Result<ureq::http::Response<ureq::Body>> {
        let mut request = self.agent.get(url);
        if let Some(token) = &self.token {
            let value = HeaderValue::from_str(&format!("Bearer {token}"));
            let mut value =
                value.map_err(|_| Error::Pull("the hub's token has characters that no token has".to_owned()))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        if let Some(range) = range {
            request = request.header(RANGE, range);
        }
        request.call().map_err(|error| self.broken(&error))
    }

    fn broken(&self, error: &ureq::Error) -> Error {
        let reached = format!("the connection to {} failed: {error}", self.endpoint);
        Error::Broken(format!("{reached}; what has come is kept, and the same command goes on"))
    }

    fn odd(&self, what: &str) -> Error {
        Error::Pull(format!("{} sent {what}; look at HF_ENDPOINT", self.endpoint))
    }

    fn refused(&self, status: StatusCode, wish: &Wish) -> Error {
        let repository = wish.repository();
        let page = format!("{}/{repository}", self.endpoint);
        match status.as_u16() {
            401 | 403 => Error::Pull(match self.token {
                None => format!(
                    "{repository} does not exist or needs an account: accept its terms at {page} and set HF_TOKEN"
                ),
                Some(_) => {
                    format!("the token may not read {repository}: accept its terms at {page}, or use another token")
                }
            }),
            404 => {
                Error::Pull(format!("there is no {repository} at {}, or no '{}' of it", self.endpoint, wish.revision))
            }
            429 | 500.. => Error::Broken(format!(
                "{} is busy ({status}); try again later, the same command goes on",
                self.endpoint
            )),
            _ => Error::Pull(format!("{} refused {repository}: {status}", self.endpoint)),
        }
    }
}

/// The address in `<…>; rel="next"`.
fn next_page(link: &str) -> Option<String> {
    let part = link.split(',').find(|part| part.contains("rel=\"next\""))?;
    Some(part.split_once('<')?.1.split_once('>')?.0.to_owned())
}

fn is_hash(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase())
}

/// Whether a path stays in its folder on every system.
fn is_inside(path: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '\\' | ':');
    !path.is_empty()
        && path.len() < 1024
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains(odd)
}

/// A part of a path as it stands in an address.
fn escaped(part: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    part.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
