//! Routes in Ollama's shape.

mod chat;
mod embed;
mod models;
mod pieces;
mod plain;
mod store;

use crate::app::Shared;
use crate::failure::Failure;
use axum::http::StatusCode;
use axum::routing::any;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What only a server that stores models of its own can do.
const NOT_HERE: [&str; 4] = ["/api/push", "/api/create", "/api/copy", "/api/blobs/{digest}"];

/// The routes.
pub fn routes() -> OpenApiRouter<Shared> {
    let routes = OpenApiRouter::new()
        .routes(routes!(models::root))
        .routes(routes!(models::version))
        .routes(routes!(models::tags))
        .routes(routes!(models::ps))
        .routes(routes!(models::show))
        .routes(routes!(embed::embed))
        .routes(routes!(embed::embeddings))
        .routes(routes!(chat::chat))
        .routes(routes!(chat::generate))
        .routes(routes!(store::pull))
        .routes(routes!(store::delete));
    NOT_HERE.iter().fold(routes, |routes, path| routes.route(path, any(not_here)))
}

async fn not_here() -> Failure {
    let message = "models are not made, copied or published here: /api/pull downloads them, and `downbeat models import` links files";
    Failure::new(StatusCode::NOT_IMPLEMENTED, "not_here", message)
}

/// A duration in nanoseconds, from milliseconds.
fn ns(ms: f64) -> u64 {
    (ms * 1e6).max(0.0) as u64
}

/// This moment as a date, as Ollama writes it.
fn now() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    date(since.as_secs(), since.subsec_micros())
}

/// A moment on the calendar of UTC in RFC 3339's form.
fn date(seconds: u64, micros: u32) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Civil dates from days since 1970, counted in eras of 400 years that begin on the first of March.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        // `date -u -d @N +%FT%TZ`
        let cases = [
            (0, "1970-01-01T00:00:00"),
            (951_782_399, "2000-02-28T23:59:59"),
            (951_868_799, "2000-02-29T23:59:59"),
            (951_868_800, "2000-03-01T00:00:00"),
            (1_709_164_800, "2024-02-29T00:00:00"),
            (1_735_689_599, "2024-12-31T23:59:59"),
            (4_107_542_400, "2100-03-01T00:00:00"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(date(seconds, 7), format!("{expected}.000007Z"));
        }
    }
}
