//! Generators: one is loaded within the budget, and writes answers token by token into a ring.
//!
//! A [`Place`] is where one runs: a device with its schedule and its budget, with or without a workspace. Several answers are written at
//! once: their steps meet on a board and share runs (`board.rs`). What was read is kept (`kept.rs`), so an answer computes only what is
//! new in its prompt, whoever asked before. Every segment of device work takes a turn in the interactive lane, so other work gets in
//! between, and a cancel counts at the next one, or after a run that is shared.

mod abilities;
mod answer;
mod board;
mod choose;
mod drafts;
mod kept;
mod prompt;
mod request;
mod stops;
mod tell;
#[cfg(test)]
#[path = "../../tests/common/tiny.rs"]
mod tiny;

pub use abilities::Abilities;
pub(crate) use abilities::KnownAbilities;
pub use choose::{MOST_LOGPROBS, Shape};
pub use models::chat::{Call, ToolChoice, Tools};
pub(crate) use prompt::Prompt;
pub use request::{Finish, Message, Reply, Request};
pub use tell::{Item, Probable, Token};

use crate::budget::{Budget, Grant};
use crate::choice::choose_for_generator;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::gather::SharedRuns;
use crate::machine::{Machine, Starting};
use crate::open::{device_options, refused};
use crate::scheduler::Scheduler;
use crate::trace::Trace;
use crate::tuning::{self, Source};
use board::Board;
use hal::{Device, Kind};
use kept::Kept;
use models::generators::CacheType;
use models::llama::Options;
use models::{ChatTemplate, Codec, Forms, generators, llama};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Tokens of prompt and answer together where nobody says otherwise, if the model takes as many.
pub const DEFAULT_CONTEXT: usize = 4096;

/// Answers that have room for a whole context at once where nobody says otherwise.
pub const DEFAULT_ANSWERS: usize = 4;

/// Rows of the cache come in groups of so many.
const ROW_GROUP: usize = 16;

/// The owner of a generator's memory in the budget.
const OWNER: &str = "the generator";

/// Where a generator runs.
#[derive(Clone)]
pub struct Place {
    device: Device,
    name: String,
    reason: String,
    budget: Budget,
    scheduler: Scheduler,
}

impl Place {
    /// The device that `config` wishes, or the one that measures as the fastest, with a budget and a schedule of its own. The workspace
    /// that `config` names is not looked at.
    ///
    /// # Errors
    /// [`Error::NoDevice`] if what was asked for cannot be opened and the processor may not stand in.
    pub fn open(config: &Config) -> Result<Place> {
        let choice = choose_for_generator(config.device, config.cache.as_deref())?;
        match Place::start(config, choice.kind, &choice.reason) {
            Err(failure) if choice.kind != Kind::Cpu => Place::start(config, Kind::Cpu, &refused(&choice, failure)?),
            started => started,
        }
    }

    fn start(config: &Config, kind: Kind, reason: &str) -> Result<Place> {
        let budget = Budget::new(config.memory, config.memory_source.clone());
        if let Some(given) = config.device_memory.clone() {
            budget.heed_device(move || Some(given.read()));
        }
        let mut pinned = config.sizes;
        if config.threads > 0 {
            pinned.threads = Some(config.threads);
        }
        let sizes = Source { pinned, file: config.cache.as_ref().map(|folder| folder.join(tuning::FILE)) };
        let starting = Starting { budget: &budget, trace: &Trace::new(), sizes: &sizes };
        let (machine, _) = Machine::start(&device_options(config, kind), reason, 0, &starting)?;
        Ok(Place::within(&machine, &machine.reason, &budget, &Scheduler::new()))
    }

    /// Why a generator that could not be loaded here is loaded by the processor: a card has no room for it, or cannot do it. Gives
    /// `failure` back where the processor would do no better.
    pub(crate) fn given_up(&self, failure: Error) -> Result<String> {
        let cannot = matches!(failure, Error::Model(models::Error::Unsupported { .. }));
        if self.device.capabilities().kind == Kind::Cpu || !(cannot || failure.blames_device()) {
            return Err(failure);
        }
        Ok(format!("{} was given up: {failure}", self.name))
    }

    /// A device that is open already, with the budget and the schedule of the process.
    pub(crate) fn within(machine: &Machine, reason: &str, budget: &Budget, scheduler: &Scheduler) -> Place {
        let (name, reason) = (machine.name(), reason.to_owned());
        let (device, budget, scheduler) = (machine.device.clone(), budget.clone(), scheduler.clone());
        Place { device, name, reason, budget, scheduler }
    }
}

/// A loaded generator.
pub struct Generator {
    name: String,
    model: llama::Generator,
    codec: Codec,
    template: ChatTemplate,
    place: Place,
    context: usize,
    takes_system: bool,
    load_ms: f64,
    board: Board,
    kept: Kept,
    /// What answers in a form share, with its memory; made when the first of them is asked for.
    forms: Mutex<Option<(Arc<Forms>, Grant)>>,
    memory: Grant,
}

/// How much of the past a generator has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Tokens of prompt and answer together; 0 means [`DEFAULT_CONTEXT`], or what the model was made for if that is less.
    pub context: usize,
    /// So many contexts lie side by side, for answers at the same time and for what is kept of those before: at least one.
    pub answers: usize,
}

impl Default for Room {
    fn default() -> Room {
        Room { context: 0, answers: DEFAULT_ANSWERS }
    }
}

impl Generator {
    /// Loads what discovery has found where [`Place::open`] says, or by the processor where a card cannot have it.
    ///
    /// # Errors
    /// As for [`Place::open`] and [`Generator::load`].
    pub fn open(found: &generators::Generator, config: &Config, room: Room) -> Result<Generator> {
        let place = Place::open(config)?;
        Generator::load(found, &place, room).or_else(|failure| {
            let reason = place.given_up(failure)?;
            Generator::load(found, &Place::start(config, Kind::Cpu, &reason)?, room)
        })
    }

    /// Loads what discovery has found (see [`generators::find`]).
    ///
    /// # Errors
    /// [`Error::Memory`] with the numbers, before anything is read, if weights, cache and working memory do not fit; [`Error::Limit`] for
    /// a context beyond the model's; [`Error::Model`] for files that are broken or cannot be run, by name.
    pub fn load(found: &generators::Generator, place: &Place, room: Room) -> Result<Generator> {
        let begun = Instant::now();
        let name = found.name.clone();
        let facts = found.facts.as_ref();
        let facts =
            facts.map_err(|reason| models::Error::Unsupported { name: name.clone(), reason: reason.clone() })?;
        let most = usize::try_from(facts.context).unwrap_or(usize::MAX);
        if room.context > most {
            return Err(Error::Limit(format!("{name} was made for {most} tokens of context, not {}", room.context)));
        }
        let context = if room.context == 0 { DEFAULT_CONTEXT.min(most) } else { room.context };
        let rows = context.next_multiple_of(ROW_GROUP).saturating_mul(room.answers.max(1));
        let options = Options { rows, ..Options::of(&place.device) };
        let kept = facts.memory(rows as u64, CacheType::F16);
        let working = llama::working_bytes(found.files.path(), &options)?;
        let estimate = kept.weights.saturating_add(kept.cache).saturating_add(working);
        let mut memory = place.budget.ask_on(&place.device, OWNER, estimate)?;
        let path = found.files.path();
        let (codec, template) = abilities::texts(found)?;
        let takes_system = prompt::takes_system(&template);
        let model = llama::Generator::open(path, &place.device, options)?;
        // Nobody who waits for an answer is to wait for a compiler.
        model.prepare()?;
        memory.resize(model.bytes());
        Ok(Generator {
            name,
            model,
            codec,
            template,
            place: place.clone(),
            context,
            takes_system,
            load_ms: begun.elapsed().as_secs_f64() * 1e3,
            board: Board::default(),
            kept: Kept::default(),
            forms: Mutex::default(),
            memory,
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether its device is lost, so that it has to be loaded again.
    pub fn is_lost(&self) -> bool {
        self.place.device.lost().is_some()
    }

    /// The most tokens of prompt and answer together.
    pub fn context(&self) -> usize {
        self.context
    }

    /// How long it took to load, in milliseconds.
    pub fn load_ms(&self) -> f64 {
        self.load_ms
    }

    /// What runs it, and why that.
    pub fn device(&self) -> (&str, &str) {
        (&self.place.name, &self.place.reason)
    }

    /// How many runs there were, and how many steps of answers they served.
    pub fn shared_runs(&self) -> SharedRuns {
        self.board.shared()
    }

    /// Bytes it was granted: weights, cache and working memory.
    pub fn bytes(&self) -> u64 {
        self.memory.bytes()
    }

    /// What answers in a form share.
    fn forms(&self) -> Result<Arc<Forms>> {
        let mut kept = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((forms, _)) = &*kept {
            return Ok(forms.clone());
        }
        let memory = self.place.budget.ask("answers in a form", Forms::foretold(&self.codec))?;
        let forms = Arc::new(Forms::new(&self.codec)?);
        *kept = Some((forms.clone(), memory));
        Ok(forms)
    }
}
