//! What a sequence of calls to Metal must keep to. Metal itself checks none of this: breaking a rule gives wrong data, a hang or a
//! crash, and some of it only sometimes.

mod memory;
mod network;
mod queue;

use super::super::api::Stages;
use super::call::{Area, Call, Id};
use memory::{Memory, Span};
use network::Networks;
use std::collections::{BTreeSet, HashMap};

/// A rule that a call broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) rule: Rule,
    pub(super) what: String,
}

/// The rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    /// An allocator is reset only after its commands have run.
    ResetAfterUse,
    /// Reset, begin, passes, end, commit: in this order, one pass at a time.
    LifeOfCommands,
    /// A pass begins behind everything that its queue did before.
    PassBehindQueue,
    /// Work that touches what earlier work of its pass wrote, or writes what it read, is behind a barrier between their stages. Runs
    /// of one pipeline may write one area, each its own items.
    BarrierBetween,
    /// What the device touches is resident, from before the commit until after the work: of a sparse buffer, its tiles' memory too.
    Resident,
    /// A pass that touches memory which is seen through several buffers begins behind a barrier that says so.
    Aliases,
    /// On Metal 3 a command buffer comes after the one before of its queue: by a pass in both, or by a wait.
    BehindLastCommit,
    /// Only values are waited for that something committed before will reach.
    WaitForPromised,
    /// Each commit is followed by a signal on its queue, and values of an event grow.
    SignalAfterCommit,
    /// Work of different queues that touches the same bytes, one of them writing, is ordered by events.
    OrderedByEvents,
    /// A dispatch has a pipeline, every argument inside its buffer at an address that can be loaded from, its workgroup memory in whole
    /// units, and no more invocations and groups than run.
    Arguments,
    /// Metal's own copies and fills take whole words, inside the buffers.
    WholeWords,
    /// Nothing goes away that open or running work uses, nor open work itself: Metal holds nothing.
    AliveInUse,
    /// Mappings are whole ranges of tiles, to memory that is there and stays, and nothing else of a sparse buffer is touched.
    Tiles,
    /// A mapping is behind earlier work with its tiles by an event, also of its own queue: its order does not hold for mappings.
    MapAfterUse,
    /// Work that touches tiles is behind their mapping by an event, also of its own queue.
    UseAfterMap,
    /// Places for times are inside their heap, and read only after the work.
    Counters,
    /// A network's tensor begins where its buffer does and lies inside it, its rows at whole units.
    Tensors,
    /// A network runs behind a barrier of its stage, and before another.
    NetworkBarriers,
    /// Every call is made in a pool: each may leave objects of the system behind, which are freed there.
    Pool,
}

/// All of them.
#[cfg(test)]
pub(super) const RULES: [Rule; 20] = [
    Rule::ResetAfterUse,
    Rule::LifeOfCommands,
    Rule::PassBehindQueue,
    Rule::BarrierBetween,
    Rule::Resident,
    Rule::Aliases,
    Rule::BehindLastCommit,
    Rule::WaitForPromised,
    Rule::SignalAfterCommit,
    Rule::OrderedByEvents,
    Rule::Arguments,
    Rule::WholeWords,
    Rule::AliveInUse,
    Rule::Tiles,
    Rule::MapAfterUse,
    Rule::UseAfterMap,
    Rule::Counters,
    Rule::Tensors,
    Rule::NetworkBarriers,
    Rule::Pool,
];

/// Unit of workgroup memory, and the largest index of a buffer.
const SHARED_UNIT: u32 = 16;
const MOST_BUFFERS: u32 = 31;

/// The sizes that rules compare with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// Of Metal: 4 or 3.
    pub(super) generation: u32,
    pub(super) tile: u64,
    pub(super) shared: u32,
    pub(super) workgroup: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Made,
    Reset,
    Open,
    Ended,
    Committed,
}

/// A slot, and what its commands use.
#[derive(Debug)]
struct Slot {
    state: State,
    encoder: Option<Id>,
    /// It has had a pass.
    passed: bool,
    /// What its commands wait for, each of which counts when they are committed.
    waits: Vec<(Id, u64)>,
    ends_at: Option<(Id, u64)>,
    uses: BTreeSet<Id>,
    areas: Vec<(Area, Vec<Span>)>,
    stamps: Vec<(Id, u32)>,
}

#[derive(Debug, Default)]
struct Encoder {
    slot: Id,
    behind_queue: bool,
    /// The barrier at its begin is one for memory that is seen through several buffers.
    aliases: bool,
    /// For a pass that runs a network, whether what comes later is behind it.
    network: Option<bool>,
    pipeline: Option<Id>,
    table: Option<Id>,
    shared: Vec<u32>,
    /// What was touched since the last barrier that covers it, and by which pipeline if not by a blit.
    touched: Vec<(Span, Option<Id>)>,
}

/// Work that the device has not said to be done with.
#[derive(Debug)]
struct Flight {
    queue: Id,
    event: Id,
    value: u64,
    uses: BTreeSet<Id>,
    areas: Vec<(Area, Vec<Span>)>,
    stamps: Vec<(Id, u32)>,
}

/// Tiles whose mapping the device has not said to be done with.
#[derive(Debug)]
struct Remapped {
    area: Area,
    /// The signal behind it.
    done: (Id, u64),
}

#[derive(Debug, Default)]
struct Queue {
    /// For each event, the value that everything committed from now on comes after.
    behind: HashMap<Id, u64>,
    /// For each event, the value that mappings come after as well: those that were waited for, and what came before them.
    waited: HashMap<Id, u64>,
    unsignalled: Vec<Id>,
    /// The signal behind the last commit, and whether that had a pass.
    last: Option<((Id, u64), bool)>,
    /// Mappings since the last signal.
    mapped: Vec<Area>,
}

/// What the calls so far have led to.
#[derive(Debug)]
pub(super) struct Rules {
    sizes: Sizes,
    memory: Memory,
    networks: Networks,
    pipelines: HashMap<Id, (Vec<(u32, u64)>, usize)>,
    /// For each event, its highest value that was signalled on a queue, and the highest that was reached.
    events: HashMap<Id, (u64, u64)>,
    /// For each signal, what comes before it.
    before: HashMap<(Id, u64), HashMap<Id, u64>>,
    queues: HashMap<Id, Queue>,
    slots: HashMap<Id, Slot>,
    tables: HashMap<Id, Vec<Area>>,
    counters: HashMap<Id, u32>,
    encoders: HashMap<Id, Encoder>,
    flying: Vec<Flight>,
    mappings: Vec<Remapped>,
}

type Outcome = Result<(), Broken>;

fn keeps(holds: bool, rule: Rule, what: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(Broken { rule, what: what() }) }
}

impl Rules {
    pub(super) fn new(sizes: Sizes) -> Rules {
        Rules {
            sizes,
            memory: Memory::new(sizes.tile),
            networks: Networks::default(),
            pipelines: HashMap::new(),
            events: HashMap::new(),
            before: HashMap::new(),
            queues: HashMap::new(),
            slots: HashMap::new(),
            tables: HashMap::new(),
            counters: HashMap::new(),
            encoders: HashMap::new(),
            flying: Vec::new(),
            mappings: Vec::new(),
        }
    }

    /// Objects that were made and not dropped.
    #[cfg(test)]
    pub(super) fn living(&self) -> usize {
        let counts = [
            self.memory.living(),
            self.networks.living(),
            self.pipelines.len(),
            self.events.len(),
            self.queues.len(),
            self.slots.len(),
            self.tables.len(),
            self.counters.len(),
        ];
        counts.iter().sum()
    }

    /// Takes the next call.
    pub(super) fn see(&mut self, call: &Call) -> Outcome {
        match call {
            Call::NewHeap { heap, bytes } => self.memory.new_heap(*heap, *bytes),
            Call::NewBuffer { buffer, heap, bytes } => return self.memory.new_buffer(*buffer, *heap, *bytes),
            Call::KeepResident { heap, buffer } => self.memory.set_resident(heap.unwrap_or(*buffer), true),
            Call::LetGo { heap, buffer } => {
                let allocation = heap.unwrap_or(*buffer);
                let used = self.user(allocation);
                keeps(used.is_none(), Rule::Resident, || format!("{allocation} is let go while {used:?} uses it"))?;
                self.memory.set_resident(allocation, false);
            }
            Call::NewPipeline { pipeline, buffers, shared } => {
                self.pipelines.insert(*pipeline, (buffers.clone(), *shared));
            }
            Call::SavePipelines => {}
            Call::NewEvent { event, first } => drop(self.events.insert(*event, (*first, *first))),
            Call::NewQueue { queue } => drop(self.queues.insert(*queue, Queue::default())),
            Call::NewSlot { slot } => {
                let made = Slot {
                    state: State::Made,
                    encoder: None,
                    passed: false,
                    waits: Vec::new(),
                    ends_at: None,
                    uses: BTreeSet::new(),
                    areas: Vec::new(),
                    stamps: Vec::new(),
                };
                self.slots.insert(*slot, made);
            }
            Call::NewTable { table, areas } => drop(self.tables.insert(*table, areas.clone())),
            Call::NewTensor { tensor, area, sides, width } => return self.new_tensor(*tensor, area, sides, *width),
            Call::NewTensorTable { table, tensors } => self.networks.new_table(*table, tensors),
            Call::NewNetwork { network, scratch, bytes, sockets } => {
                return self.new_network(*network, *scratch, *bytes, sockets);
            }
            Call::NetworkPass { slot, encoder } => {
                self.encoder(*slot, *encoder)?;
                self.open(*encoder)?.network = Some(false);
            }
            // Its memory is never seen through another buffer.
            Call::BarrierBeforeNetwork { encoder } => self.open(*encoder)?.behind_queue = true,
            Call::RunNetwork { encoder, network, table } => return self.run_network(*encoder, *network, *table),
            Call::BarrierAfterNetwork { encoder } => self.open(*encoder)?.network = Some(true),
            Call::NewCounters { counters, count } => drop(self.counters.insert(*counters, *count)),
            Call::Reset { slot } => return self.reset(*slot),
            Call::Begin { slot, .. } => return self.advance(*slot, State::Reset, State::Open),
            Call::Wait { queue, slot, event, value } => return self.wait(*queue, *slot, *event, *value),
            Call::Encoder { slot, encoder } => return self.encoder(*slot, *encoder),
            Call::BarrierAfterQueue { encoder, aliases } => {
                let open = self.open(*encoder)?;
                (open.behind_queue, open.aliases) = (true, *aliases);
            }
            Call::Barrier { encoder, after, before } => return self.barrier(*encoder, *after, *before),
            Call::SetPipeline { encoder, pipeline } => {
                let known = self.pipelines.contains_key(pipeline);
                keeps(known, Rule::AliveInUse, || format!("pipeline {pipeline} is gone"))?;
                let open = self.open(*encoder)?;
                (open.pipeline, open.shared) = (Some(*pipeline), Vec::new());
                self.uses(*encoder, *pipeline)?;
            }
            Call::SetTable { encoder, table } => {
                self.open(*encoder)?.table = Some(*table);
                self.uses(*encoder, *table)?;
            }
            Call::SetShared { encoder, index, bytes } => {
                let open = self.open(*encoder)?;
                let next = open.shared.len() == *index && bytes.is_multiple_of(SHARED_UNIT) && *bytes > 0;
                open.shared.push(*bytes);
                return keeps(next, Rule::Arguments, || format!("{bytes} bytes of workgroup memory at {index}"));
            }
            Call::Dispatch { encoder, groups, workgroup } => return self.dispatch(*encoder, *groups, *workgroup),
            Call::Copy { encoder, from, to } => {
                keeps(from.bytes == to.bytes, Rule::WholeWords, || "a copy of two lengths".into())?;
                self.words(from)?;
                self.words(to)?;
                return self.touch(*encoder, &[*from, *to], None);
            }
            Call::Fill { encoder, to } => {
                self.words(to)?;
                return self.touch(*encoder, &[*to], None);
            }
            Call::Stamp { encoder, counters, index } => {
                let count = self.counters.get(counters).copied().unwrap_or(0);
                keeps(*index < count, Rule::Counters, || format!("time {index} of {count}"))?;
                self.uses(*encoder, *counters)?;
                let slot = self.open(*encoder)?.slot;
                if let Some(slot) = self.slots.get_mut(&slot) {
                    slot.stamps.push((*counters, *index));
                }
            }
            Call::EndEncoder { encoder } => {
                let (slot, network) = (self.open(*encoder)?.slot, self.open(*encoder)?.network);
                let followed = network != Some(false);
                keeps(followed, Rule::NetworkBarriers, || format!("what follows pass {encoder} may run beside it"))?;
                self.encoders.remove(encoder);
                if let Some(slot) = self.slots.get_mut(&slot) {
                    slot.encoder = None;
                }
            }
            Call::End { slot } => {
                let open = self.slots.get(slot).and_then(|slot| slot.encoder);
                keeps(open.is_none(), Rule::LifeOfCommands, || format!("slot {slot} ends with an open pass"))?;
                return self.advance(*slot, State::Open, State::Ended);
            }
            Call::Commit { queue, slot } => return self.commit(*queue, *slot),
            Call::Map { queue, buffer, tiles } => return self.map(*queue, *buffer, tiles),
            Call::Signal { queue, event, value } => return self.signal(*queue, *event, *value),
            Call::Reached { event, value } => {
                if let Some(known) = self.events.get_mut(event) {
                    known.1 = known.1.max(*value);
                }
                self.flying.retain(|flight| flight.event != *event || flight.value > *value);
                self.before.retain(|(of, at), _| of != event || at > value);
                self.mappings.retain(|Remapped { done: (of, at), .. }| of != event || at > value);
            }
            Call::ReadCounters { counters, first, count } => {
                let mut stamps = self.flying.iter().flat_map(|flight| &flight.stamps);
                let pending = stamps.find(|(of, at)| of == counters && (*first..first + count).contains(at));
                return keeps(pending.is_none(), Rule::Counters, || {
                    format!("{pending:?} is read before the work is done")
                });
            }
            Call::Drop { object } => return self.dropped(*object),
            Call::OutsidePool { call } => return keeps(false, Rule::Pool, || call.clone()),
        }
        Ok(())
    }

    fn open(&mut self, encoder: Id) -> Result<&mut Encoder, Broken> {
        let closed = || Broken { rule: Rule::LifeOfCommands, what: format!("pass {encoder} is not open") };
        self.encoders.get_mut(&encoder).ok_or_else(closed)
    }

    fn slot(&mut self, slot: Id) -> Result<&mut Slot, Broken> {
        let gone = || Broken { rule: Rule::AliveInUse, what: format!("slot {slot} is gone") };
        self.slots.get_mut(&slot).ok_or_else(gone)
    }

    fn uses(&mut self, encoder: Id, object: Id) -> Outcome {
        let slot = self.open(encoder)?.slot;
        self.slot(slot)?.uses.insert(object);
        Ok(())
    }

    fn advance(&mut self, slot: Id, from: State, to: State) -> Outcome {
        let found = self.slot(slot)?;
        let well = found.state == from;
        let state = std::mem::replace(&mut found.state, to);
        keeps(well, Rule::LifeOfCommands, || format!("slot {slot} is {state:?} and is to be {to:?}"))
    }

    fn reset(&mut self, slot: Id) -> Outcome {
        let reached =
            |events: &HashMap<Id, (u64, u64)>, (event, value)| events.get(&event).is_some_and(|known| known.1 >= value);
        let found =
            self.slots.get(&slot).ok_or(Broken { rule: Rule::AliveInUse, what: format!("slot {slot} is gone") })?;
        let free = match (found.state, found.ends_at) {
            (State::Made, _) => true,
            (State::Committed, Some(end)) => reached(&self.events, end),
            _ => false,
        };
        keeps(free, Rule::ResetAfterUse, || format!("slot {slot}, {:?} until {:?}", found.state, found.ends_at))?;
        let found = self.slot(slot)?;
        (found.state, found.ends_at, found.encoder, found.passed) = (State::Reset, None, None, false);
        found.waits.clear();
        found.uses.clear();
        found.areas.clear();
        found.stamps.clear();
        Ok(())
    }

    fn encoder(&mut self, slot: Id, encoder: Id) -> Outcome {
        let found = self.slot(slot)?;
        let well = found.state == State::Open && found.encoder.is_none();
        (found.encoder, found.passed) = (Some(encoder), true);
        self.encoders.insert(encoder, Encoder { slot, ..Encoder::default() });
        keeps(well, Rule::LifeOfCommands, || format!("pass {encoder} opened in slot {slot}"))
    }

    fn barrier(&mut self, encoder: Id, after: Stages, before: Stages) -> Outcome {
        let both = after.dispatch || after.blit;
        let open = self.open(encoder)?;
        // A use in a stage of `after` is settled for work in stages of `before`; here they are always the same stages.
        open.touched.retain(|(_, pipeline)| {
            let covered = if pipeline.is_some() { after.dispatch } else { after.blit };
            !(covered && before == after)
        });
        keeps(both && (before.dispatch || before.blit), Rule::BarrierBetween, || "a barrier between no stages".into())
    }

    fn words(&self, area: &Area) -> Outcome {
        let fits = self.memory.holds(area);
        let whole = area.offset.is_multiple_of(4) && area.bytes.is_multiple_of(4) && area.bytes > 0;
        keeps(fits && whole, Rule::WholeWords, || format!("{area:?}"))
    }

    fn touch(&mut self, encoder: Id, areas: &[Area], pipeline: Option<Id>) -> Outcome {
        let begun = self.open(encoder)?.behind_queue;
        keeps(begun, Rule::PassBehindQueue, || format!("pass {encoder} begins with work"))?;
        let lies = |area: &Area| Ok((*area, self.memory.spans(area)?));
        let touched = areas.iter().map(lies).collect::<Result<Vec<_>, Broken>>()?;
        let aliased = touched.iter().any(|(_, spans)| self.memory.is_aliased(spans));
        let open = self.open(encoder)?;
        keeps(open.aliases || !aliased, Rule::Aliases, || format!("pass {encoder} touches {touched:?}"))?;
        let spans = || touched.iter().flat_map(|(_, spans)| spans);
        for span in spans() {
            // Runs of one pipeline may write one area, each its own items, as those of a search over several segments do.
            let shared = |other: &Span, by: Option<Id>| pipeline.is_some() && pipeline == by && span == other;
            let earlier = open.touched.iter().find(|(other, by)| span.clashes(other) && !shared(other, *by));
            keeps(earlier.is_none(), Rule::BarrierBetween, || format!("{span:?} after {earlier:?}"))?;
        }
        open.touched.extend(spans().map(|span| (*span, pipeline)));
        let slot = open.slot;
        let slot = self.slot(slot)?;
        slot.uses.extend(areas.iter().map(|area| area.buffer).chain(spans().map(|span| span.heap)));
        slot.areas.extend(touched);
        Ok(())
    }

    fn dispatch(&mut self, encoder: Id, groups: [u32; 3], workgroup: [u32; 3]) -> Outcome {
        let open = self.open(encoder)?;
        let (pipeline, table, shared) = (open.pipeline, open.table, open.shared.clone());
        let told = |what: &str| format!("pass {encoder}: {what}");
        let (buffers, pieces) = pipeline
            .and_then(|pipeline| self.pipelines.get(&pipeline))
            .cloned()
            .ok_or_else(|| Broken { rule: Rule::Arguments, what: told("no pipeline") })?;
        let areas = match table {
            Some(table) => self.tables.get(&table).cloned(),
            None => None,
        };
        let areas = areas.ok_or_else(|| Broken { rule: Rule::Arguments, what: told("no table") })?;
        for (index, alignment) in &buffers {
            let area = areas.get(*index as usize).filter(|_| *index < MOST_BUFFERS);
            let inside = area.is_some_and(|area| self.memory.holds(area) && area.offset.is_multiple_of(*alignment));
            keeps(inside, Rule::Arguments, || told(&format!("argument {index} is {area:?}")))?;
        }
        let memory: u32 = shared.iter().sum();
        let well = shared.len() == pieces && memory <= self.sizes.shared;
        keeps(well, Rule::Arguments, || told(&format!("workgroup memory {shared:?} for {pieces} pieces")))?;
        let invocations: u64 = workgroup.iter().map(|side| u64::from(*side)).product();
        let runs = (1..=u64::from(self.sizes.workgroup)).contains(&invocations);
        let grid = groups.iter().all(|side| (1..=65_535).contains(side));
        keeps(runs && grid, Rule::Arguments, || told(&format!("{groups:?} groups of {workgroup:?}")))?;
        self.touch(encoder, &areas, pipeline)
    }

    /// What uses an object and has not ended.
    fn user(&self, object: Id) -> Option<String> {
        let flies =
            |flight: &&Flight| flight.uses.contains(&object) || flight.queue == object || flight.event == object;
        if let Some(flight) = self.flying.iter().find(flies) {
            return Some(format!("value {} of event {}", flight.value, flight.event));
        }
        if let Some(Remapped { done: (event, value), .. }) =
            self.mappings.iter().find(|mapping| mapping.done.0 == object)
        {
            return Some(format!("a mapping that event {event} reaches {value} behind"));
        }
        let open = |slot: &&Slot| matches!(slot.state, State::Open | State::Ended) && slot.uses.contains(&object);
        self.slots.values().find(open).map(|_| "work that is being encoded".into())
    }

    fn dropped(&mut self, object: Id) -> Outcome {
        let user = self.user(object);
        keeps(user.is_none(), Rule::AliveInUse, || format!("object {object} goes while {user:?} uses it"))?;
        let open = self.slots.get(&object).is_some_and(|slot| slot.state == State::Open);
        keeps(!open, Rule::AliveInUse, || format!("slot {object} goes before its commands have ended"))?;
        self.memory.dropped(object)?;
        self.pipelines.remove(&object);
        self.events.remove(&object);
        self.queues.remove(&object);
        self.slots.remove(&object);
        self.tables.remove(&object);
        self.networks.dropped(object);
        self.counters.remove(&object);
        Ok(())
    }
}
