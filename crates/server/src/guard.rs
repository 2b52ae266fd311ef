//! Who may ask: checks against pages in a browser that reach for this machine, and keys.
//!
//! A page of another site can send requests to 127.0.0.1, and with a name that it has pointed there (DNS rebinding) it could read
//! the replies too. So a request must name this machine as its host, and one that a browser sends for a page must come from our
//! own pages or from an origin that was allowed. With keys the host may be any name: a page cannot know a key.

use crate::app::Shared;
use crate::config::Config;
use crate::dashboard;
use crate::failure::Failure;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Paths that need no key: they tell nothing about the workspace.
const OPEN: [&str; 5] = ["/", "/health", "/api/version", "/docs", "/api/v1/openapi.json"];

/// Refuses requests that a hostile page may have sent.
pub async fn check_browser(State(app): State<Shared>, request: Request, next: Next) -> Result<Response, Failure> {
    let host = host_of(&request)?;
    check_host(&app.config, &host)?;
    check_origin(&app.config, request.method(), request.headers(), &host)?;
    Ok(next.run(request).await)
}

/// Asks for a key where there are keys.
pub async fn check_key(State(app): State<Shared>, request: Request, next: Next) -> Result<Response, Failure> {
    let keys = &app.config.keys;
    let path = request.uri().path();
    if keys.is_empty() || OPEN.contains(&path) || dashboard::PATHS.contains(&path) {
        return Ok(next.run(request).await);
    }
    match key_of(request.headers()) {
        Some(key) if keys.hold(key) => Ok(next.run(request).await),
        given => {
            let message = match given {
                None => "a key is needed: send `Authorization: Bearer KEY` or `x-api-key: KEY`",
                Some(_) => "this key is not known here",
            };
            Err(Failure::new(StatusCode::UNAUTHORIZED, "unauthorized", message))
        }
    }
}

/// Tells browsers which pages may read replies.
pub fn cors(config: &Config) -> CorsLayer {
    let origins = config.origins.clone();
    let allowed = move |origin: &HeaderValue, _: &axum::http::request::Parts| {
        origin.to_str().is_ok_and(|origin| origins.iter().any(|known| known == origin))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(allowed))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, HeaderName::from_static("x-api-key")])
        .expose_headers([HeaderName::from_static("x-request-id"), HeaderName::from_static("x-downbeat-warnings")])
}

fn key_of(headers: &HeaderMap) -> Option<&str> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = text(header::AUTHORIZATION).and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
    });
    bearer.or_else(|| text(HeaderName::from_static("x-api-key")))
}

/// The host a request is addressed to, with its port.
fn host_of(request: &Request) -> Result<String, Failure> {
    let mut named = request.headers().get_all(header::HOST).iter();
    let host = match (request.uri().authority(), named.next(), named.next()) {
        (_, _, Some(_)) => None,
        (Some(authority), None, None) => Some(authority.as_str()),
        (authority, Some(host), None) => {
            let host = host.to_str().ok();
            host.filter(|host| authority.is_none_or(|authority| authority.as_str() == *host))
        }
        (None, None, None) => None,
    };
    host.map(str::to_ascii_lowercase).ok_or_else(|| Failure::invalid("the request needs one Host header"))
}

fn check_host(config: &Config, host: &str) -> Result<(), Failure> {
    if !config.keys.is_empty() {
        return Ok(());
    }
    let name = without_port(host);
    let known = is_this_machine(name) || config.hosts.iter().any(|known| known.eq_ignore_ascii_case(name));
    if known {
        return Ok(());
    }
    let message = format!("this server does not answer for the host `{}`; --allow-host allows one", printable(name));
    Err(Failure::new(StatusCode::FORBIDDEN, "host", message))
}

/// Whether a name can only mean this machine.
fn is_this_machine(name: &str) -> bool {
    let bare = name.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(name);
    bare == "localhost"
        || bare.ends_with(".localhost")
        || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn check_origin(config: &Config, method: &Method, headers: &HeaderMap, host: &str) -> Result<(), Failure> {
    let refused = |origin: &str| {
        let message = format!("pages of {} may not use this server; --allow-origin allows one", printable(origin));
        Err(Failure::new(StatusCode::FORBIDDEN, "origin", message))
    };
    if let Some(origin) = headers.get(header::ORIGIN) {
        let origin = origin.to_str().unwrap_or("?");
        let ours = origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host));
        return match ours || config.origins.iter().any(|known| known == origin) {
            true => Ok(()),
            false => refused(origin),
        };
    }
    // Browsers leave the origin out of some requests, and then say at least whether another site sends it. Following a link is fine.
    let sent = |name: &'static str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let elsewhere = matches!(sent("sec-fetch-site"), "cross-site" | "same-site");
    let follows_link = sent("sec-fetch-mode") == "navigate" && method == Method::GET;
    if elsewhere && !follows_link { refused("other sites") } else { Ok(()) }
}

/// What a stranger sent, fit for a message.
fn printable(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_graphic()).take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Keys;
    use axum::body::Body;

    fn config() -> Config {
        let mut config = Config::new("127.0.0.1:7878".parse().expect("an address"));
        config.hosts = vec!["desk.lan".into()];
        config.origins = vec!["http://localhost:3000".into()];
        config
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let config = config();
        for good in
            ["localhost", "localhost:7878", "127.0.0.1:7878", "127.3.2.1", "[::1]:7878", "a.localhost", "desk.lan:1"]
        {
            assert_eq!(check_host(&config, good), Ok(()), "{good}");
        }
        let evil =
            ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:7878", "192.168.1.4", "0.0.0.0", ""];
        for bad in evil {
            assert_eq!(check_host(&config, bad).err().map(|failure| failure.status.as_u16()), Some(403), "{bad}");
        }
        let mut keyed = config;
        keyed.keys = Keys::new(["0123456789abcdef"]).expect("a key");
        assert_eq!(check_host(&keyed, "desk.example"), Ok(()));
    }

    #[test]
    fn a_request_names_one_host() {
        let request = |hosts: &[&str]| {
            let mut request = Request::new(Body::empty());
            for host in hosts {
                request.headers_mut().append(header::HOST, HeaderValue::from_str(host).expect("a host"));
            }
            host_of(&request).ok()
        };
        assert_eq!(request(&["LocalHost:1"]).as_deref(), Some("localhost:1"));
        assert_eq!((request(&[]), request(&["localhost", "evil.example"])), (None, None));
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        let cases: [(&[(&str, &str)], bool); 9] = [
            (&[], true),
            (&[("origin", "http://127.0.0.1:7878")], true),
            (&[("origin", "http://localhost:3000")], true),
            (&[("origin", "http://127.0.0.1:9999")], false),
            (&[("origin", "https://evil.example")], false),
            (&[("origin", "null")], false),
            (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], false),
            (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], true),
            (&[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")], true),
        ];
        for (sent, fine) in cases {
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            let outcome = check_origin(&config(), &Method::GET, &headers, "127.0.0.1:7878");
            assert_eq!(outcome.is_ok(), fine, "{sent:?}");
        }
    }

    #[test]
    fn keys_are_read_from_both_headers() {
        for (name, value) in [("authorization", "Bearer k"), ("authorization", "bearer  k"), ("x-api-key", "k")] {
            let headers = HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))]);
            assert_eq!(key_of(&headers), Some("k"), "{value}");
        }
        let basic = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static("Basic k"))]);
        assert_eq!(key_of(&basic), None);
    }
}
