//! Streams of answers: server-sent events, or a line of JSON for each part.

use crate::answer::{Answer, Ended, Part};
use crate::failure::Failure;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use std::collections::VecDeque;
use std::convert::Infallible;

/// How the parts of an answer are written.
pub trait Events: Send + 'static {
    /// A part, as no, one or several events.
    fn part(&mut self, part: Part) -> Vec<String>;

    /// The end.
    fn end(&mut self, ended: &Ended) -> Vec<String>;

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
pub fn events(answer: Answer, first: Option<Part>, form: impl Events) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    (headers, body(answer, first, form, Frame::Event)).into_response()
}

/// An answer as lines of JSON.
pub fn lines(answer: Answer, first: Option<Part>, form: impl Events) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/x-ndjson"), (header::CACHE_CONTROL, "no-cache")];
    (headers, body(answer, first, form, Frame::Line)).into_response()
}

struct Writing<E> {
    answer: Answer,
    form: E,
    frame: Frame,
    ready: VecDeque<String>,
    over: bool,
}

fn body<E: Events>(answer: Answer, first: Option<Part>, form: E, frame: Frame) -> Body {
    let mut writing = Writing { answer, form, frame, ready: VecDeque::new(), over: false };
    writing.take(Ok(first));
    Body::from_stream(unfold(writing, |mut writing| async move {
        let bytes = writing.next().await?;
        Some((Ok::<Bytes, Infallible>(bytes), writing))
    }))
}

impl<E: Events> Writing<E> {
    fn take(&mut self, next: Result<Option<Part>, Failure>) {
        let events = match next {
            Ok(Some(part)) => self.form.part(part),
            Ok(None) => {
                self.over = true;
                match self.answer.ended() {
                    Some(ended) => {
                        self.answer.note(ended);
                        self.form.end(ended)
                    }
                    None => Vec::new(),
                }
            }
            Err(failure) => {
                self.over = true;
                self.answer.note_failure(&failure);
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
            match tokio::time::timeout(self.answer.limits().ping, self.answer.next()).await {
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
