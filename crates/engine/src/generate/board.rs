//! Where the steps of all answers meet: tokens to append, some from each, in one run.
//!
//! Who finds no run under way leads one for everybody. Unlike requests that gather once ([`crate::gather`]), answers come back after every
//! run, so a leader waits a moment for those who were in the last one: without that, eight answers would run as one and seven. Tokens
//! that are being decoded go first, all of them; prompts are cut into what is left of the run, in even shares. Beside answers that are
//! being decoded a run is kept as short as [`BESIDE`] says, so that none of them waits long for its next token.

use super::kept::Held;
use crate::call::{Call, Turn};
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::gather::SharedRuns;
use crate::scheduler::{Lane, Scheduler, SessionId};
use hal::Ticket;
use models::llama::{self, Feed, Output, Want};
use ops::sample::Chance;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A segment of device work that takes longer than this has failed.
const SEGMENT_LIMIT: Duration = Duration::from_secs(60);

/// How often a waiting step looks whether it was cancelled.
const POLL: Duration = Duration::from_millis(20);

/// The longest that a leader waits for answers that were in the last run: choosing a token takes less than a millisecond.
const COMPANY: Duration = Duration::from_millis(5);

/// How long a run with tokens of prompts takes at most, by the pace of the runs before, where answers are being decoded beside it.
const BESIDE: Duration = Duration::from_millis(250);

/// Rows of such a run before anything was measured, and at least.
const FIRST_BESIDE: usize = 64;
const LEAST_BESIDE: usize = 16;

/// Shorter runs say nothing of the pace of prompts.
const TELLING_ROWS: usize = 32;

/// Tokens that one answer has appended to its sequence.
pub(super) struct Step {
    /// The sequence, which no other step has.
    pub held: Arc<Held>,
    /// Its next tokens.
    pub tokens: Arc<[u32]>,
    /// Those of `tokens` that were appended already.
    pub from: usize,
    /// Whether the tokens are appended in one run, ahead of prompts, with an output after each of them.
    pub decodes: bool,
    /// What the first output's token is to be chosen with, if that is all that is wanted; else rows of logits are.
    pub chance: Option<Chance>,
}

/// What a step has come to.
pub(super) struct Done {
    /// How many of its tokens were appended.
    pub taken: usize,
    /// What comes after each of them where they were decoded, else after the last, once all are appended.
    pub outputs: Option<Vec<Output>>,
}

/// Where the steps of one generator's answers meet.
#[derive(Default)]
pub(super) struct Board {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: Vec<Waiting>,
    done: HashMap<u64, (Result<Done>, Times)>,
    /// Seats that were in the last run and have neither come back nor been left.
    away: HashSet<u64>,
    /// Whether a run is under way, or something that must not meet one.
    running: bool,
    /// How many wait to do such a thing. No run begins before they have: an answer that is being written starts the next run long before
    /// they are awake.
    entering: usize,
    seats: u64,
    /// Seats that were not left yet.
    seated: usize,
    /// Rows per second of the last run that says something of it.
    pace: Option<f64>,
    shared: SharedRuns,
}

struct Waiting {
    seat: u64,
    session: SessionId,
    cancel: Cancel,
    step: Step,
    since: Instant,
    /// It was in a run that failed, perhaps by another's fault.
    alone: bool,
}

/// What a step waited, and how long the run took that it was in.
#[derive(Clone, Copy, Default)]
struct Times {
    waited: Duration,
    ran: Duration,
}

/// An answer's place on the board, until it ends.
pub(super) struct Seat<'a> {
    board: &'a Board,
    id: u64,
}

/// What runs are made with.
pub(super) struct Runner<'a> {
    pub model: &'a llama::Generator,
    pub scheduler: &'a Scheduler,
}

impl Board {
    /// A place for an answer.
    pub fn seat(&self) -> Seat<'_> {
        let mut state = self.state();
        state.seats += 1;
        state.seated += 1;
        Seat { board: self, id: state.seats }
    }

    /// How much was shared so far.
    pub fn shared(&self) -> SharedRuns {
        let state = self.state();
        SharedRuns { waiting: state.waiting.len() as u64, ..state.shared }
    }

    /// Does what must not meet a run, once none is under way. Nothing else runs meanwhile.
    pub fn between_runs<R>(&self, call: &Call<'_>, work: impl FnOnce() -> R) -> Result<R> {
        let mut state = self.state();
        state.entering += 1;
        let mut goes_on = call.check();
        while state.running && goes_on.is_ok() {
            state = self.wait(state, POLL);
            goes_on = call.check();
        }
        state.entering -= 1;
        state.running |= goes_on.is_ok();
        drop(state);
        if goes_on.is_err() {
            self.changed.notify_all();
        }
        goes_on?;
        let _ends = Ends(self);
        Ok(work())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, limit: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, limit).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Leads a run of what waits, once those are back that were in the last one.
    fn lead(&self, runner: &Runner<'_>) {
        let ends = Ends(self);
        let begun = Instant::now();
        let mut state = self.state();
        while !state.away.is_empty() {
            let left = COMPANY.saturating_sub(begun.elapsed());
            if left.is_zero() {
                break;
            }
            state = self.wait(state, left);
        }
        let batch = state.take(runner.model);
        drop(state);
        if let Some(batch) = batch {
            batch.run(self, runner);
        }
        drop(ends);
    }
}

/// Says that a run has ended, whichever way.
struct Ends<'a>(&'a Board);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.state().running = false;
        self.0.changed.notify_all();
    }
}

impl Seat<'_> {
    /// Whether no other answer is being written.
    pub fn is_alone(&self) -> bool {
        self.board.state().seated == 1
    }

    /// Appends tokens of `step`, in a run shared with others: all of them where it decodes, else as many as there is room for. After an
    /// error the sequence holds what it held before.
    ///
    /// # Errors
    /// [`Error::Cancelled`] at the next look, or after the run that it is in; what the device or the model report of a run that was its
    /// own alone.
    pub fn append(&self, step: Step, runner: &Runner<'_>, call: &Call<'_>) -> Result<Done> {
        let (session, cancel) = (call.session, call.cancel.clone());
        let waiting = Waiting { seat: self.id, session, cancel, step, since: Instant::now(), alone: false };
        let mut state = self.board.state();
        state.away.remove(&self.id);
        state.waiting.push(waiting);
        self.board.changed.notify_all();
        loop {
            if let Some((done, times)) = state.done.remove(&self.id) {
                drop(state);
                call.waited(times.waited);
                call.ran(times.ran);
                return done;
            }
            if call.cancel.is_set() && state.leave(self.id) {
                return Err(Error::Cancelled);
            }
            state = if state.running || state.entering > 0 {
                self.board.wait(state, POLL)
            } else {
                state.running = true;
                drop(state);
                self.board.lead(runner);
                self.board.state()
            };
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut state = self.board.state();
        state.away.remove(&self.id);
        state.leave(self.id);
        state.done.remove(&self.id);
        state.seated -= 1;
        drop(state);
        self.board.changed.notify_all();
    }
}

impl State {
    /// Takes a step back that is in no run; false if it is in one.
    fn leave(&mut self, seat: u64) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|waiting| waiting.seat != seat);
        self.waiting.len() < before
    }

    /// Closes a batch of what waits; none where nothing does.
    fn take(&mut self, model: &llama::Generator) -> Option<Batch> {
        let wishes: Vec<Wish> = self.waiting.iter().map(Wish::of).collect();
        let beside = self.pace.map_or(FIRST_BESIDE, |pace| (pace * BESIDE.as_secs_f64()) as usize / 16 * 16);
        let tokens = match wishes.first() {
            Some(first) if first.alone => first.tokens,
            _ => wishes.iter().map(|wish| wish.tokens).sum(),
        };
        // Answers that are being decoded come back in every run: prompts beside them would get what few rows these leave.
        let decodes = wishes.iter().any(|wish| wish.decodes);
        let limits = Limits {
            rows: if decodes { model.slice_tokens() } else { model.best_run(tokens) },
            beside: beside.clamp(LEAST_BESIDE, model.slice_tokens().max(LEAST_BESIDE)),
            outputs: model.most_outputs(),
        };
        let chosen = compose(&wishes, limits);
        if chosen.is_empty() {
            return None;
        }
        let counts: HashMap<usize, usize> = chosen.into_iter().collect();
        let (mut steps, mut rest) = (Vec::new(), Vec::new());
        for (at, waiting) in std::mem::take(&mut self.waiting).into_iter().enumerate() {
            match counts.get(&at) {
                Some(&count) => steps.push((waiting, count)),
                None => rest.push(waiting),
            }
        }
        self.waiting = rest;
        let served = steps.len() as u64;
        self.shared.runs += 1;
        self.shared.requests += served;
        self.shared.most = self.shared.most.max(served);
        Some(Batch { steps })
    }
}

/// What a waiting step asks for.
#[derive(Clone, Copy, Debug)]
struct Wish {
    tokens: usize,
    decodes: bool,
    alone: bool,
}

impl Wish {
    fn of(waiting: &Waiting) -> Wish {
        let step = &waiting.step;
        Wish { tokens: step.tokens.len() - step.from, decodes: step.decodes, alone: waiting.alone }
    }
}

#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Rows of a run.
    rows: usize,
    /// Rows of a run in which something is decoded, if prompts are in it.
    beside: usize,
    /// Rows whose logits a run gives.
    outputs: usize,
}

/// Which steps go into the next run, and how many tokens of each: first what decodes, in the order it came; then prompts, which share
/// evenly what is left, the shortest first. A step that must go alone does, when it is the oldest.
fn compose(wishes: &[Wish], limits: Limits) -> Vec<(usize, usize)> {
    if let Some(first) = wishes.first().filter(|first| first.alone) {
        return vec![(0, first.tokens.min(limits.rows))];
    }
    let (mut chosen, mut rows, mut outputs) = (Vec::new(), limits.rows, limits.outputs);
    let shared = || wishes.iter().enumerate().filter(|(_, wish)| !wish.alone);
    for (at, wish) in shared().filter(|(_, wish)| wish.decodes) {
        if wish.tokens <= outputs.min(rows) {
            chosen.push((at, wish.tokens));
            (rows, outputs) = (rows - wish.tokens, outputs - wish.tokens);
        }
    }
    if !chosen.is_empty() {
        rows = rows.min(limits.beside.saturating_sub(limits.rows - rows));
    }
    let mut prompts: Vec<(usize, Wish)> =
        shared().filter(|(_, wish)| !wish.decodes).map(|(at, wish)| (at, *wish)).collect();
    prompts.sort_by_key(|(at, wish)| (wish.tokens, *at));
    let count = prompts.len();
    for (index, (at, wish)) in prompts.into_iter().enumerate() {
        let share = rows.div_ceil(count - index).min(rows);
        // Its last token asks for logits; where none are left it comes in the next run.
        let most = if outputs > 0 { wish.tokens } else { wish.tokens - 1 };
        let taken = share.min(most);
        if taken > 0 {
            chosen.push((at, taken));
            rows -= taken;
            outputs -= usize::from(taken == wish.tokens);
        }
    }
    chosen
}

/// A run in the hands of its leader.
struct Batch {
    steps: Vec<(Waiting, usize)>,
}

impl Batch {
    /// Runs it and tells everybody. After a failure of several, each is run again by itself.
    fn run(mut self, board: &Board, runner: &Runner<'_>) {
        let began = Instant::now();
        // One that a panic leaves behind is told so; all others leave before.
        let mut told = Told { board, steps: Vec::new() };
        std::mem::swap(&mut told.steps, &mut self.steps);
        let steps = &told.steps;
        let cancel = if let [(only, _)] = steps.as_slice() { only.cancel.clone() } else { Cancel::new() };
        let session = steps.first().map_or(0, |(first, _)| first.session);
        let call = Call::new(Lane::Interactive, session, &cancel);
        let outcome = outputs_of(steps, runner, &call);
        let turns = Duration::from_secs_f64(call.queue_ms() / 1e3);
        let ran = began.elapsed().saturating_sub(turns);
        let steps = std::mem::take(&mut told.steps);
        let mut state = board.state();
        match outcome {
            Ok(found) => {
                let rows: usize = steps.iter().map(|(_, count)| count).sum();
                if rows >= TELLING_ROWS {
                    state.pace = Some(rows as f64 / ran.as_secs_f64().max(1e-6));
                }
                let mut found = found.into_iter();
                for (waiting, count) in steps {
                    let wanted = waiting.outputs(count);
                    let outputs = (wanted > 0).then(|| found.by_ref().take(wanted).collect());
                    let times = Times { waited: began.saturating_duration_since(waiting.since) + turns, ran };
                    state.away.insert(waiting.seat);
                    state.done.insert(waiting.seat, (Ok(Done { taken: count, outputs }), times));
                }
            }
            Err(failed) if steps.len() == 1 || failed.is_stop() => {
                let mut failed = Some(failed);
                for (waiting, _) in steps {
                    let times = Times { waited: began.saturating_duration_since(waiting.since) + turns, ran };
                    state.done.insert(waiting.seat, (Err(failed.take().unwrap_or(Error::Cancelled)), times));
                }
            }
            Err(_) => {
                let again = steps.into_iter().map(|(waiting, _)| Waiting { alone: true, ..waiting });
                state.waiting.splice(0..0, again);
            }
        }
    }
}

impl Waiting {
    /// After how many of its next `count` tokens an output is wanted.
    fn outputs(&self, count: usize) -> usize {
        match self.step.decodes {
            true => count,
            false => usize::from(self.step.from + count == self.step.tokens.len()),
        }
    }
}

/// Steps in a run. Those that are still here when it is dropped were left by a leader that panicked.
struct Told<'a> {
    board: &'a Board,
    steps: Vec<(Waiting, usize)>,
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        let mut state = self.board.state();
        for (waiting, _) in self.steps.drain(..) {
            let broken = Error::Broken("a run of the generator broke off; ask again, and please report it".into());
            state.done.insert(waiting.seat, (Err(broken), Times::default()));
        }
    }
}

/// One run: each of its segments takes a turn. On a GPU the next one is submitted while the one before it runs, unless the turn is somebody
/// else's. Where all are cancelled, it ends before the next one.
fn outputs_of(steps: &[(Waiting, usize)], runner: &Runner<'_>, call: &Call<'_>) -> Result<Vec<Output>> {
    let mut sequences: Vec<_> = steps.iter().map(|(waiting, _)| waiting.step.held.sequence()).collect();
    let feeds = sequences.iter_mut().zip(steps).map(|(sequence, (waiting, count))| {
        let tokens = &waiting.step.tokens[waiting.step.from..waiting.step.from + count];
        Feed { sequence, tokens, logits: waiting.outputs(*count) }
    });
    let want = |(waiting, count): &(Waiting, usize)| {
        let chance = waiting.step.chance;
        let one = move |at| chance.map_or(Want::Row, |chance| Want::Token(chance.after(at)));
        (0..waiting.outputs(*count)).map(one)
    };
    let wants = steps.iter().flat_map(want).collect();
    // Before the run, so that it goes after it: a run that is left waits for what is in flight.
    let mut ahead: Option<(Ticket, Turn<'_, '_>)> = None;
    let mut run = runner.model.start_for(feeds.collect(), wants)?;
    while run.segments_left()? > 0 {
        let overlaps = ahead.is_some() && runner.model.is_on_gpu();
        let beside = if overlaps { call.enter_at_once(runner.scheduler) } else { None };
        if beside.is_none()
            && let Some((ticket, _turn)) = ahead.take()
        {
            ticket.wait(SEGMENT_LIMIT)?;
        }
        if steps.iter().all(|(waiting, _)| waiting.cancel.is_set()) {
            return Err(Error::Cancelled);
        }
        let turn = match beside {
            Some(turn) => turn,
            None => call.enter(runner.scheduler)?,
        };
        if let Some(ticket) = run.submit_next(&[])?
            && let Some((before, _turn)) = ahead.replace((ticket, turn))
        {
            before.wait(SEGMENT_LIMIT)?;
        }
    }
    if let Some((last, _turn)) = ahead {
        last.wait(SEGMENT_LIMIT)?;
    }
    let outputs = run.finish_for()?;
    for (waiting, count) in steps {
        waiting.step.held.has_grown(&waiting.step.tokens[waiting.step.from..waiting.step.from + count]);
    }
    Ok(outputs)
}

#[cfg(test)]
mod tests;
