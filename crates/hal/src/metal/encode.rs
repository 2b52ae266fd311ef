//! Recordings as lists of steps, which are encoded again for each run into memory of commands that is used again and again.
//!
//! What differs between runs is the slot that the parameters are read from; so a recording has one *instance* for each run that is
//! in flight at once: its tables of addresses, written once, and its slot.

use super::api::{Api, Bound, Stages};
use super::gpu::{Gpu, Held, lock};
use super::params::{Params, SLOT_BYTES, Slot};
use super::pipeline::Pipelines;
use super::stamps::Stamps;
use super::steps::{Argument, Step, stages, steps};
use crate::backend::Native;
use crate::device::Role;
use crate::error::{Error, Result};
use crate::recording::Recording;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// What the recordings of a device are encoded with.
pub(super) struct Encoder<A: Api> {
    pub(super) gpu: Arc<Gpu<A>>,
    pub(super) pipelines: Pipelines<A>,
    pub(super) params: Arc<Params<A>>,
    pub(super) stamps: Stamps<A>,
}

/// A recording as the device takes it.
pub(super) struct Encoded<A: Api> {
    encoder: Arc<Encoder<A>>,
    steps: Vec<Step<A>>,
    /// Times that a run notes: its begin, its marks and its end.
    stamps: u32,
    /// Instances that no run uses.
    idle: Mutex<Vec<Instance<A>>>,
}

/// What one run of a recording uses alone.
pub(super) struct Instance<A: Api> {
    params: Slot<A>,
    /// For each dispatch.
    tables: Vec<Held<A, A::Table>>,
    /// The first of its places for times.
    stamp: Option<u32>,
}

impl<A: Api> Encoder<A> {
    /// The encoded form of `recording`, made at the first call. It is the same for all roles.
    pub(super) fn encoded(self: &Arc<Self>, recording: &Recording) -> Result<Arc<Encoded<A>>> {
        let kept = recording.native(Role::Ml);
        let native = match kept.get() {
            Some(native) => native.clone(),
            None => {
                let made: Native = Arc::new(Encoded::new(self.clone(), recording)?);
                kept.get_or_init(|| made).clone()
            }
        };
        native.downcast().map_err(|_| Error::invalid("a recording of another kind of device"))
    }
}

impl<A: Api> Encoded<A> {
    fn new(encoder: Arc<Encoder<A>>, recording: &Recording) -> Result<Encoded<A>> {
        let steps = steps(&encoder, recording)?;
        let stamps = steps.iter().filter(|step| matches!(step, Step::Stamp)).count() as u32 + 2;
        Ok(Encoded { encoder, steps, stamps, idle: Mutex::default() })
    }

    /// An instance that no run uses, made if there is none, with the parameters of its next run.
    pub(super) fn take(&self, params: &[u32]) -> Result<Instance<A>> {
        let idle = lock(&self.idle).pop();
        let instance = match idle {
            Some(instance) => instance,
            None => self.instance()?,
        };
        instance.params.write(params)?;
        Ok(instance)
    }

    /// Gives an instance back whose run has ended or was never committed.
    pub(super) fn give_back(&self, instance: Instance<A>) {
        lock(&self.idle).push(instance);
    }

    fn instance(&self) -> Result<Instance<A>> {
        let api = &self.encoder.gpu.api;
        let params = self.encoder.params.take()?;
        let slot = |slot: &Slot<A>| (slot.offset(), SLOT_BYTES, false);
        let mut tables = Vec::new();
        for step in &self.steps {
            let Step::Dispatch { arguments, .. } = step else { continue };
            let bound = arguments.iter().map(|argument| {
                let (buffer, (offset, bytes, writes)) = match argument {
                    Argument::Place(place) => (place.memory.buffer(), (place.offset, place.bytes, place.writes)),
                    Argument::Params => (params.buffer(), slot(&params)),
                    Argument::Constants(constants) => (constants.buffer(), slot(constants)),
                };
                Bound { buffer, offset, bytes, writes }
            });
            tables.push(Held::new(api.table(&bound.collect::<Vec<_>>())?));
        }
        let stamp = self.encoder.stamps.take(self.stamps);
        Ok(Instance { params, tables, stamp })
    }

    /// Writes a run into a slot whose commands have begun. What fails must not be committed.
    pub(super) fn write(&self, slot: &mut A::Slot, instance: &Instance<A>) -> Result<()> {
        let api = &self.encoder.gpu.api;
        let begin = |slot: &mut A::Slot| -> Result<A::Encoder> {
            let mut encoder = api.encoder(slot)?;
            // Passes of one queue follow each other: what ran before is finished and seen. A tile is seen through its sparse buffer,
            // and through the buffer over the whole of its heap.
            api.barrier_after_queue(&mut encoder, api.facts().tile_bytes.is_some());
            Ok(encoder)
        };
        let mut encoder = begin(slot)?;
        let inside = stages(&self.steps);
        let mut tables = instance.tables.iter();
        let counters = self.encoder.stamps.counters();
        let mut next_stamp = instance.stamp;
        let mut stamp = |encoder: &mut A::Encoder| {
            if let (Some(counters), Some(index)) = (counters, next_stamp.as_mut()) {
                api.stamp(encoder, counters, *index);
                *index += 1;
            }
        };
        let settle = |encoder: &mut A::Encoder| {
            if inside != Stages::default() {
                api.barrier(encoder, inside, inside);
            }
        };
        stamp(&mut encoder);
        for step in &self.steps {
            match step {
                Step::Dispatch { pipeline, groups, .. } => {
                    api.set_pipeline(&mut encoder, &pipeline.raw);
                    if let Some(table) = tables.next() {
                        api.set_table(&mut encoder, table);
                    }
                    for (index, bytes) in pipeline.shared.iter().enumerate() {
                        api.set_shared(&mut encoder, index, *bytes);
                    }
                    api.dispatch(&mut encoder, *groups, pipeline.workgroup);
                }
                Step::Copy { from, to } => api.copy(&mut encoder, from.start(), to.start(), from.bytes),
                Step::Fill { to, byte } => api.fill(&mut encoder, to.start(), to.bytes, *byte),
                Step::Network(network) => {
                    // It has a pass of its own.
                    api.end_encoder(slot, encoder)?;
                    network.write(slot)?;
                    encoder = begin(slot)?;
                }
                Step::Barrier => settle(&mut encoder),
                Step::Stamp => {
                    // A time is noted when the commands before it are done only if a barrier says so.
                    settle(&mut encoder);
                    stamp(&mut encoder);
                }
            }
        }
        settle(&mut encoder);
        stamp(&mut encoder);
        api.end_encoder(slot, encoder)
    }

    /// When the run of an instance began, passed each of its marks and ended, if it noted so.
    pub(super) fn times(&self, instance: &Instance<A>) -> Option<Vec<Instant>> {
        self.encoder.stamps.times(instance.stamp?, self.stamps)
    }
}

impl<A: Api> Drop for Encoded<A> {
    fn drop(&mut self) {
        // Submitted work holds its recording, so every instance is idle; nothing is freed that abandoned work may use.
        let idle = std::mem::take(&mut *lock(&self.idle));
        for instance in &idle {
            if let Some(first) = instance.stamp {
                self.encoder.stamps.give_back(first, self.stamps);
            }
        }
        if self.encoder.gpu.is_abandoned() {
            std::mem::forget((idle, std::mem::take(&mut self.steps)));
        }
    }
}
