//! Streams of answers: server-sent events, or a line of JSON for each part.

use crate::app::Shared;
use crate::failure::Failure;
use crate::reply::Made;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use std::collections::VecDeque;
use std::convert::Infallible;

/// What comes part by part.
pub trait Flow: Send + 'static {
    /// A part.
    type Part: Send;
    /// What is known at the end.
    type Ended: Send + Sync;

    /// The next part, or `None` at the end, after which [`Flow::ended`] says how it went. Giving up waiting loses nothing.
    fn next(&mut self) -> impl Future<Output = Result<Option<Self::Part>, Failure>> + Send;

    /// How it ended; `None` before [`Flow::next`] has said that it has.
    fn ended(&self) -> Option<&Self::Ended>;

    /// The server's state.
    fn app(&self) -> &Shared;

    /// How it was made.
    fn made(ended: &Self::Ended) -> &Made;
}

/// How the parts of an answer are written.
pub trait Events<F: Flow>: Send + 'static {
    /// A part, as no, one or several events.
    fn part(&mut self, part: F::Part) -> Vec<String>;

    /// The end.
    fn end(&mut self, ended: &F::Ended) -> Vec<String>;

    /// A failure in the middle.
    fn failure(&mut self, failure: &Failure) -> Vec<String>;
}

/// How events are framed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    Event,
    Line,
}

/// An answer as server-sent events, with pings while nothing comes.
pub fn events<F: Flow>(answer: F, first: Option<F::Part>, form: impl Events<F>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    (headers, body(answer, first, form, Frame::Event)).into_response()
}

/// An answer as lines of JSON.
pub fn lines<F: Flow>(answer: F, first: Option<F::Part>, form: impl Events<F>) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/x-ndjson"), (header::CACHE_CONTROL, "no-cache")];
    (headers, body(answer, first, form, Frame::Line)).into_response()
}

struct Writing<F, E> {
    answer: F,
    form: E,
    frame: Frame,
    ready: VecDeque<String>,
    over: bool,
}

fn body<F: Flow, E: Events<F>>(answer: F, first: Option<F::Part>, form: E, frame: Frame) -> Body {
    let mut writing = Writing { answer, form, frame, ready: VecDeque::new(), over: false };
    writing.take(Ok(first));
    Body::from_stream(unfold(writing, |mut writing| async move {
        let bytes = writing.next().await?;
        Some((Ok::<Bytes, Infallible>(bytes), writing))
    }))
}

impl<F: Flow, E: Events<F>> Writing<F, E> {
    fn take(&mut self, next: Result<Option<F::Part>, Failure>) {
        let events = match next {
            Ok(Some(part)) => self.form.part(part),
            Ok(None) => {
                self.over = true;
                match self.answer.ended() {
                    Some(ended) => {
                        // The head was sent before anything was known of the end.
                        let app = self.answer.app();
                        app.noted.stream(app.now_ms(), F::made(ended));
                        self.form.end(ended)
                    }
                    None => Vec::new(),
                }
            }
            Err(failure) => {
                self.over = true;
                let app = self.answer.app();
                app.noted.add(app.now_ms(), "a stream", "failed", failure.kind.to_owned());
                self.form.failure(&failure)
            }
        };
        self.ready.extend(events);
    }

    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if !self.ready.is_empty() {
                // All that is ready goes out at once.
                let framed: String = self.ready.drain(..).map(|event| framed(self.frame, &event)).collect();
                return Some(framed.into());
            }
            if self.over {
                return None;
            }
            // Lines of JSON have no form for saying nothing.
            match tokio::time::timeout(self.answer.app().limits().ping, self.answer.next()).await {
                Ok(next) => self.take(next),
                Err(_) if self.frame == Frame::Event => return Some(Bytes::from_static(b": ping\n\n")),
                Err(_) => {}
            }
        }
    }
}

fn framed(frame: Frame, event: &str) -> String {
    match frame {
        Frame::Event => format!("data: {event}\n\n"),
        Frame::Line => format!("{event}\n"),
    }
}
