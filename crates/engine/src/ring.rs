//! The token ring: what carries an answer from whoever writes it to whoever reads it.
//!
//! A slow reader never stalls the writer and nothing is lost: when the ring is full, new text is joined to the newest piece. So
//! the number of pieces is bounded by the ring, and the bytes by the longest answer allowed.

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

/// Pieces a ring holds before it joins them.
pub const CAPACITY: usize = 256;

/// The longest answer in bytes; what goes beyond is refused to the writer, visibly.
pub const MAX_ANSWER_BYTES: usize = 4 << 20;

/// A part of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece<T> {
    /// Text to append.
    Text(String),
    /// Anything else that stands between texts: a citation, a note.
    Item(T),
}

struct Shared<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    cancel: Cancel,
}

struct State<T> {
    pieces: VecDeque<Piece<T>>,
    bytes: usize,
    joined: u64,
    closed: bool,
    /// A reader that waits without a thread.
    waker: Option<Waker>,
}

/// The writing end. Dropping it ends the answer.
pub struct Writer<T>(Arc<Shared<T>>);

/// The reading end. Dropping it cancels the work that writes.
pub struct Reader<T>(Arc<Shared<T>>);

/// Makes a ring. The writer's work should stop when `cancel` is set, which dropping the reader does.
pub fn ring<T>(cancel: &Cancel) -> (Writer<T>, Reader<T>) {
    let state = State { pieces: VecDeque::with_capacity(CAPACITY), bytes: 0, joined: 0, closed: false, waker: None };
    let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), cancel: cancel.clone() });
    (Writer(shared.clone()), Reader(shared))
}

impl<T> Shared<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Tells the reader that something has come, whichever way it waits.
    fn tell(&self, mut state: MutexGuard<'_, State<T>>) {
        let waker = state.waker.take();
        drop(state);
        self.changed.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Writer<T> {
    /// Appends text; never waits.
    ///
    /// # Errors
    /// [`Error::Cancelled`] once the reader has gone, [`Error::Limit`] beyond [`MAX_ANSWER_BYTES`].
    pub fn text(&self, text: &str) -> Result<()> {
        self.0.cancel.check()?;
        let mut state = self.0.state();
        if state.bytes + text.len() > MAX_ANSWER_BYTES {
            return Err(Error::Limit(format!("the answer passes {MAX_ANSWER_BYTES} bytes")));
        }
        state.bytes += text.len();
        let full = state.pieces.len() >= CAPACITY;
        match state.pieces.back_mut() {
            Some(Piece::Text(last)) if full => {
                last.push_str(text);
                state.joined += 1;
            }
            _ => state.pieces.push_back(Piece::Text(text.to_owned())),
        }
        self.0.tell(state);
        Ok(())
    }

    /// Appends an item; never waits. Items are few, so a full ring grows by them. Errors as for [`Writer::text`].
    pub fn item(&self, item: T) -> Result<()> {
        self.0.cancel.check()?;
        let mut state = self.0.state();
        state.pieces.push_back(Piece::Item(item));
        self.0.tell(state);
        Ok(())
    }
}

impl<T> Drop for Writer<T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.closed = true;
        self.0.tell(state);
    }
}

impl<T> Reader<T> {
    /// Takes the next piece, waiting at most `limit` for it: `Ok(None)` at the end of the answer.
    ///
    /// # Errors
    /// [`Error::TimedOut`] if nothing came; the answer goes on.
    pub fn next(&self, limit: Duration) -> Result<Option<Piece<T>>> {
        let end = Instant::now() + limit;
        let mut state = self.0.state();
        loop {
            if let Some(piece) = state.pieces.pop_front() {
                return Ok(Some(piece));
            }
            if state.closed {
                return Ok(None);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::TimedOut("waiting for the next part of an answer"));
            }
            state = match self.0.changed.wait_timeout(state, left) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }

    /// Takes the next piece once there is one, without holding a thread: `None` at the end of the answer. One reader waits at a time.
    pub async fn take(&self) -> Option<Piece<T>> {
        poll_fn(|context| {
            let mut state = self.0.state();
            match state.pieces.pop_front() {
                Some(piece) => Poll::Ready(Some(piece)),
                None if state.closed => Poll::Ready(None),
                None => {
                    state.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    /// Asks the writer to stop, as dropping the reader does; what was written before can still be taken.
    pub fn cancel(&self) {
        self.0.cancel.set();
    }

    /// Takes the next piece if there is one: what the frame tick does.
    pub fn try_next(&self) -> Option<Piece<T>> {
        self.0.state().pieces.pop_front()
    }

    /// How often text was joined because the reader was slow.
    pub fn joined(&self) -> u64 {
        self.0.state().joined
    }
}

impl<T> Drop for Reader<T> {
    fn drop(&mut self) {
        self.0.cancel.set();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;

    fn rest(reader: &Reader<u32>) -> (String, Vec<u32>) {
        let (mut text, mut items) = (String::new(), vec![]);
        while let Some(piece) = reader.next(Duration::from_secs(5)).expect("the writer has ended") {
            match piece {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Item(item) => items.push(item),
            }
        }
        (text, items)
    }

    #[test]
    fn a_reader_that_sleeps_loses_nothing_and_stalls_nobody() {
        let (writer, reader) = ring::<u32>(&Cancel::new());
        let mut expected = String::new();
        for word in 0..10_000_u32 {
            let text = format!("{word} ");
            writer.text(&text).expect("a full ring joins");
            expected.push_str(&text);
            if word % 1000 == 0 {
                writer.item(word).expect("items are accepted");
            }
        }
        drop(writer);
        assert!(reader.joined() > 9000);
        assert!(reader.0.state().pieces.len() <= CAPACITY + 20);
        assert_eq!(rest(&reader), (expected, (0..10).map(|i| i * 1000).collect()));
    }

    #[test]
    fn the_writer_learns_that_the_reader_has_gone() {
        let cancel = Cancel::new();
        let (writer, reader) = ring::<u32>(&cancel);
        drop(reader);
        assert!(cancel.is_set());
        assert!(matches!(writer.text("late"), Err(Error::Cancelled)));
    }

    #[test]
    fn an_endless_answer_is_refused_at_the_limit() {
        let (writer, reader) = ring::<u32>(&Cancel::new());
        let half = "x".repeat(MAX_ANSWER_BYTES / 2);
        assert!(writer.text(&half).and_then(|()| writer.text(&half)).is_ok());
        assert!(matches!(writer.text("x"), Err(Error::Limit(_))));
        drop(writer);
        assert_eq!(rest(&reader).0.len(), MAX_ANSWER_BYTES);
    }

    #[test]
    fn a_reader_waits_without_a_thread() {
        struct Count(std::sync::atomic::AtomicUsize);
        impl std::task::Wake for Count {
            fn wake(self: Arc<Self>) {
                self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            }
        }
        let woken = Arc::new(Count(0.into()));
        let waker = Waker::from(woken.clone());
        let mut context = std::task::Context::from_waker(&waker);
        let (writer, reader) = ring::<u32>(&Cancel::new());
        let mut look = || std::pin::pin!(reader.take()).poll(&mut context);
        assert_eq!(look(), Poll::Pending);
        writer.text("a").expect("taken");
        writer.item(7).expect("taken");
        assert_eq!(woken.0.load(std::sync::atomic::Ordering::SeqCst), 1, "who does not wait is not woken");
        assert_eq!((look(), look()), (Poll::Ready(Some(Piece::Text("a".into()))), Poll::Ready(Some(Piece::Item(7)))));
        assert_eq!(look(), Poll::Pending);
        drop(writer);
        assert_eq!(woken.0.load(std::sync::atomic::Ordering::SeqCst), 2);
        assert_eq!(look(), Poll::Ready(None));
    }

    #[test]
    fn waiting_has_a_limit_and_crosses_threads() {
        let (writer, reader) = ring::<u32>(&Cancel::new());
        assert!(matches!(reader.next(Duration::from_millis(2)), Err(Error::TimedOut(_))));
        let writing = std::thread::spawn(move || writer.text("hello").is_ok());
        assert_eq!(rest(&reader).0, "hello");
        assert!(writing.join().expect("the writer returns"));
    }
}
