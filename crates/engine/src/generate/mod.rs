//! Generators: one is loaded within the budget, and writes answers token by token into a ring.
//!
//! A [`Place`] is where one runs: a device with its schedule and its budget, with or without a workspace. A [`Conversation`] keeps what
//! the generator has read; an answer computes only what is new in its prompt. Every segment of device work takes a turn in the
//! interactive lane, so other work gets in between, and a cancel counts at the next one.

mod answer;
mod stops;

pub use answer::{Finish, Message, Reply, Request};

use crate::budget::{Budget, Grant};
use crate::choice::DeviceWish;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::fallback::processor;
use crate::machine::{Machine, Starting};
use crate::scheduler::Scheduler;
use crate::trace::Trace;
use crate::tuning::{self, Source};
use hal::Device;
use models::generators::{CacheType, Files};
use models::llama::{Options, Sequence};
use models::{ChatTemplate, Codec, Gguf, generators, llama};
use std::sync::Mutex;
use std::time::Instant;

/// Tokens of prompt and answer together where nobody says otherwise, if the model takes as many.
pub const DEFAULT_CONTEXT: usize = 4096;

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
    /// The processor, with a budget and a schedule of its own. The workspace that `config` names is not looked at.
    ///
    /// # Errors
    /// [`Error::NoDevice`] if a GPU was asked for and the processor may not stand in: generators run on the processor only.
    pub fn open(config: &Config) -> Result<Place> {
        let only = "generators run on the CPU only so far";
        let reason = match config.device {
            DeviceWish::Cpu => "it was asked for".to_owned(),
            DeviceWish::Auto => only.to_owned(),
            DeviceWish::Metal { or_cpu: true } | DeviceWish::Vulkan { or_cpu: true, .. } => {
                format!("{only}, and it may stand in")
            }
            DeviceWish::Metal { .. } | DeviceWish::Vulkan { .. } => {
                let wish = if matches!(config.device, DeviceWish::Metal { .. }) { "metal" } else { "vulkan" };
                return Err(Error::NoDevice { wish: wish.into(), cause: only.into(), found: "cpu".into() });
            }
        };
        let budget = Budget::new(config.memory, config.memory_source.clone());
        let mut pinned = config.sizes;
        if config.threads > 0 {
            pinned.threads = Some(config.threads);
        }
        let sizes = Source { pinned, file: config.cache.as_ref().map(|folder| folder.join(tuning::FILE)) };
        let starting = Starting { budget: &budget, trace: &Trace::new(), sizes: &sizes };
        let (machine, _) = Machine::start(&processor(config.threads), &reason, 0, &starting)?;
        let name = machine.name();
        Ok(Place { device: machine.device, name, reason, budget, scheduler: Scheduler::new() })
    }

    /// A device that is open already, with the budget and the schedule of the process.
    pub(crate) fn within(machine: &Machine, budget: &Budget, scheduler: &Scheduler) -> Place {
        let (name, reason) = (machine.name(), machine.reason.to_string());
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
    load_ms: f64,
    /// Held while a run is under way: a generator has one at a time.
    running: Mutex<()>,
    memory: [Grant; 2],
}

/// What a generator has read and written, to go on from.
pub struct Conversation {
    sequence: Sequence,
    /// The tokens that the sequence holds.
    tokens: Vec<u32>,
}

impl Generator {
    /// Loads what discovery has found (see [`generators::find`]), with room for `context` tokens of prompt and answer; 0 means
    /// [`DEFAULT_CONTEXT`], or what the model was made for if that is less.
    ///
    /// # Errors
    /// [`Error::Memory`] with the numbers, before anything is read, if weights and cache do not fit; [`Error::Limit`] for a context beyond
    /// the model's; [`Error::Model`] for files that are broken or cannot be run, by name.
    pub fn load(found: &generators::Generator, place: &Place, context: usize) -> Result<Generator> {
        let begun = Instant::now();
        let name = found.name.clone();
        let facts = found.facts.as_ref();
        let facts =
            facts.map_err(|reason| models::Error::Unsupported { name: name.clone(), reason: reason.clone() })?;
        let most = usize::try_from(facts.context).unwrap_or(usize::MAX);
        if context > most {
            return Err(Error::Limit(format!("{name} was made for {most} tokens of context, not {context}")));
        }
        let context = if context == 0 { DEFAULT_CONTEXT.min(most) } else { context };
        let rows = context.next_multiple_of(ROW_GROUP);
        let memory = facts.memory(rows as u64, CacheType::F16);
        let estimate = memory.weights.saturating_add(memory.cache);
        let first = place.budget.ask(OWNER, estimate)?;
        let path = found.files.path();
        let (codec, template) = match &found.files {
            Files::Gguf(path) => {
                let file = Gguf::open(path)?;
                let codec = Codec::from_gguf(&file, &name)?;
                let template = ChatTemplate::from_gguf(&file, &name, &codec)?;
                (codec, template)
            }
            Files::Folder(folder) => {
                let codec = Codec::open(folder, &name)?;
                let template = ChatTemplate::open(folder, &name, &codec)?;
                (codec, template)
            }
        };
        let model = llama::Generator::open(path, &place.device, Options { rows, ..Options::default() })?;
        // Working memory and the tables of angles; weights and cache were foretold.
        let rest = place.budget.ask(OWNER, model.bytes().saturating_sub(estimate))?;
        Ok(Generator {
            name,
            model,
            codec,
            template,
            place: place.clone(),
            context,
            load_ms: begun.elapsed().as_secs_f64() * 1e3,
            running: Mutex::default(),
            memory: [first, rest],
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The most tokens of prompt and answer together.
    pub fn context(&self) -> usize {
        self.context
    }

    /// Bytes it was granted: weights, cache and working memory.
    pub fn bytes(&self) -> u64 {
        self.memory.iter().map(Grant::bytes).sum()
    }

    /// What runs it, and why that.
    pub fn device(&self) -> (&str, &str) {
        (&self.place.name, &self.place.reason)
    }

    /// How long it took to load, in milliseconds.
    pub fn load_ms(&self) -> f64 {
        self.load_ms
    }

    /// Begins a conversation. There is room for one at a time.
    ///
    /// # Errors
    /// [`Error::Model`] with the numbers while another one has the room.
    pub fn conversation(&self) -> Result<Conversation> {
        Ok(Conversation { sequence: self.model.sequence(self.context)?, tokens: Vec::new() })
    }
}
