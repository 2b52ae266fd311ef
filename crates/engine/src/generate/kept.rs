//! Sequences of the cache: those in use, and those kept for the next prompt that begins the same.
//!
//! After an answer its sequence stays, cut to what it holds. A new prompt takes the one that has the longest beginning in common: as it
//! is where nothing of it is lost, else a copy, as long as there are rows. What another answer is just reading is waited for and copied:
//! documents that several ask about at once are read once. Where rows lack, what was used least recently goes; where all are in use,
//! answers wait in the order they came.

use super::board::Board;
use crate::call::Call;
use crate::error::{Error, Result};
use models::llama::{self, Sequence};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Most answers that wait for rows.
const MOST_WAITING: usize = 64;

/// The longest that an answer waits for rows.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// How often one that waits looks whether it was cancelled.
const POLL: Duration = Duration::from_millis(20);

/// How often one looks whether another has read on.
const READING_POLL: Duration = Duration::from_millis(2);

/// Tokens that another is about to read, from which on it is worth waiting for them.
const WORTH_WAITING: usize = 64;

/// A sequence with the tokens that it holds.
pub(super) struct Held {
    sequence: Mutex<Sequence>,
    tokens: Mutex<Vec<u32>>,
}

impl Held {
    /// The rows, locked while a run or a copy uses them.
    pub fn sequence(&self) -> MutexGuard<'_, Sequence> {
        self.sequence.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tokens(&self) -> MutexGuard<'_, Vec<u32>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what a run has appended.
    pub fn has_grown(&self, tokens: &[u32]) {
        self.tokens().extend_from_slice(tokens);
    }

    /// Cuts it back to its first `length` tokens.
    pub fn truncate(&self, length: usize) {
        self.sequence().truncate(length);
        self.tokens().truncate(length);
    }

    /// How many tokens it has in common with the beginning of `prompt`, whose last is not among them: logits are needed after it.
    fn common(&self, prompt: &[u32]) -> usize {
        common(&self.tokens(), prompt)
    }
}

/// See [`Held::common`].
fn common(tokens: &[u32], prompt: &[u32]) -> usize {
    let before = prompt.len().saturating_sub(1);
    tokens.iter().zip(&prompt[..before]).take_while(|(a, b)| a == b).count()
}

/// The sequences of a generator.
#[derive(Default)]
pub(super) struct Kept {
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    entries: Vec<Entry>,
    /// Who waits for rows, the oldest first.
    queue: VecDeque<u64>,
    arrivals: u64,
    clock: u64,
    /// How often rows came free.
    frees: u64,
}

struct Entry {
    held: Arc<Held>,
    in_use: bool,
    last_use: u64,
    /// What it is to hold, while an answer uses it.
    prompt: Vec<u32>,
}

/// A sequence in use; it is kept when this is dropped.
pub(super) struct InUse<'a> {
    kept: &'a Kept,
    pub held: Arc<Held>,
    /// Tokens of the prompt that it held already.
    pub reused: usize,
}

impl Kept {
    /// A sequence with room for `room` tokens that holds as much of the beginning of `prompt` as any has. Waits while all rows are in
    /// use, and while another reads that beginning.
    ///
    /// # Errors
    /// [`Error::Cancelled`]; [`Error::Limit`] if too many wait; [`Error::TimedOut`] after five minutes.
    pub fn take(
        &self,
        model: &llama::Generator,
        board: &Board,
        prompt: &[u32],
        room: usize,
        call: &Call<'_>,
    ) -> Result<InUse<'_>> {
        let (asked, mut tried, mut place) = (Instant::now(), None, None);
        loop {
            call.check()?;
            let state = self.state();
            if state.is_being_read(prompt) {
                // Nobody waits behind one that waits for this.
                drop(state);
                (tried, place) = (None, None);
                std::thread::sleep(READING_POLL);
            } else {
                drop(state);
                let place = match &place {
                    Some(place) => place,
                    None => place.insert(self.queue_up()?),
                };
                let state = self.state();
                if state.queue.front() == Some(&place.arrival) && tried != Some(state.frees) {
                    tried = Some(state.frees);
                    drop(state);
                    // Rows are moved and copied only while no run reads them.
                    match board.between_runs(call, || self.state().take(model, prompt, room))?? {
                        Attempt::Taken { held, reused } => {
                            call.waited(asked.elapsed());
                            return Ok(InUse { kept: self, held, reused });
                        }
                        // It may end without rows coming free.
                        Attempt::BeingRead => tried = None,
                        Attempt::NoRows => {}
                    }
                } else {
                    drop(self.freed.wait_timeout(state, POLL).unwrap_or_else(PoisonError::into_inner));
                }
            }
            if asked.elapsed() >= LONGEST_WAIT {
                return Err(Error::TimedOut("waiting for room in the generator's cache"));
            }
        }
    }

    fn queue_up(&self) -> Result<Place<'_>> {
        let mut state = self.state();
        if state.queue.len() >= MOST_WAITING {
            let problem =
                format!("{MOST_WAITING} answers wait for room in the generator's cache already; ask again later");
            return Err(Error::Limit(problem));
        }
        state.arrivals += 1;
        let arrival = state.arrivals;
        state.queue.push_back(arrival);
        Ok(Place { kept: self, arrival })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the queue for rows.
struct Place<'a> {
    kept: &'a Kept,
    arrival: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.kept.state().queue.retain(|arrival| *arrival != self.arrival);
        self.kept.freed.notify_all();
    }
}

/// What came of looking for a sequence.
enum Attempt {
    Taken {
        held: Arc<Held>,
        reused: usize,
    },
    /// Another answer is just reading the beginning.
    BeingRead,
    NoRows,
}

impl State {
    /// Whether an answer is just reading what this prompt begins with: then it is read once, and copied.
    fn is_being_read(&self, prompt: &[u32]) -> bool {
        let known = self.entries.iter().map(|entry| entry.held.common(prompt)).max().unwrap_or(0);
        let coming = self.entries.iter().filter(|entry| entry.in_use).map(|entry| common(&entry.prompt, prompt)).max();
        coming.is_some_and(|coming| coming >= known + WORTH_WAITING)
    }

    /// One attempt, while no run is under way.
    fn take(&mut self, model: &llama::Generator, prompt: &[u32], room: usize) -> Result<Attempt> {
        if self.is_being_read(prompt) {
            return Ok(Attempt::BeingRead);
        }
        self.clock += 1;
        let common = self.entries.iter().map(|entry| (entry.held.common(prompt), !entry.in_use, entry.last_use));
        let best = common.enumerate().max_by_key(|(_, order)| *order).filter(|(_, (common, ..))| *common > 0);
        let Some((at, (common, idle, _))) = best else {
            let fresh = self.fresh(model, room, None)?;
            return Ok(fresh.map_or(Attempt::NoRows, |sequence| self.add(sequence, prompt, 0)));
        };
        let best = self.entries[at].held.clone();
        let loses_nothing = best.tokens().len() == common;
        if !(idle && loses_nothing)
            && let Some(mut sequence) = self.fresh(model, room, Some(&best))?
        {
            sequence.copy_from(&best.sequence(), common)?;
            return Ok(self.add(sequence, prompt, common));
        }
        if !idle {
            return Ok(Attempt::NoRows);
        }
        best.truncate(common);
        let fits = self.until_it_fits(Some(&best), || best.sequence().resize(room))?;
        if fits.is_none() {
            return Ok(Attempt::NoRows);
        }
        if let Some(entry) = self.entries.iter_mut().find(|entry| Arc::ptr_eq(&entry.held, &best)) {
            (entry.in_use, entry.last_use, entry.prompt) = (true, self.clock, prompt.to_vec());
        }
        Ok(Attempt::Taken { held: best, reused: common })
    }

    /// New rows; what was used least recently, but for `but`, goes for them.
    fn fresh(&mut self, model: &llama::Generator, room: usize, but: Option<&Arc<Held>>) -> Result<Option<Sequence>> {
        self.until_it_fits(but, || model.sequence(room))
    }

    /// Tries until there are rows for it, giving up idle entries; `None` when there are none left to give up.
    fn until_it_fits<R>(
        &mut self,
        but: Option<&Arc<Held>>,
        attempt: impl Fn() -> models::Result<R>,
    ) -> Result<Option<R>> {
        loop {
            match attempt() {
                Ok(done) => return Ok(Some(done)),
                Err(models::Error::BadBatch(_)) => {}
                Err(failed) => return Err(failed.into()),
            }
            let goes = |entry: &Entry| !entry.in_use && but.is_none_or(|but| !Arc::ptr_eq(&entry.held, but));
            let oldest = self.entries.iter().enumerate().filter(|(_, entry)| goes(entry));
            match oldest.min_by_key(|(_, entry)| entry.last_use).map(|(at, _)| at) {
                Some(at) => drop(self.entries.swap_remove(at)),
                None => return Ok(None),
            }
        }
    }

    fn add(&mut self, sequence: Sequence, prompt: &[u32], reused: usize) -> Attempt {
        let held = Held { sequence: Mutex::new(sequence), tokens: Mutex::new(prompt[..reused].to_vec()) };
        let held = Arc::new(held);
        let prompt = prompt.to_vec();
        self.entries.push(Entry { held: held.clone(), in_use: true, last_use: self.clock, prompt });
        Attempt::Taken { held, reused }
    }
}

impl Drop for InUse<'_> {
    fn drop(&mut self) {
        let mut state = self.kept.state();
        (state.clock, state.frees) = (state.clock + 1, state.frees + 1);
        let clock = state.clock;
        if let Some(at) = state.entries.iter().position(|entry| Arc::ptr_eq(&entry.held, &self.held)) {
            let mut sequence = self.held.sequence();
            let length = sequence.len();
            // Fewer rows than it has are always there, in place.
            let _ = sequence.resize(length);
            drop(sequence);
            if length == 0 {
                state.entries.swap_remove(at);
            } else {
                let entry = &mut state.entries[at];
                (entry.in_use, entry.last_use, entry.prompt) = (false, clock, Vec::new());
            }
        }
        drop(state);
        self.kept.freed.notify_all();
    }
}
