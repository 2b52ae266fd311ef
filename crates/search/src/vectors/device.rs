//! A search on a GPU: candidates from the device, and the last word here.

use std::sync::atomic::AtomicI32;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use bytemuck::cast_slice;
use hal::{ALIGNMENT, Buffer, Recording, Slice};
use ops::Isa;
use ops::scan::gpu::{Candidates, Plan, Reads};
use ops::scan::{CodeRange, Hit, Queries, Rows, Scratch, State, encode_query, merge, scan, stride};

use super::pending::Copied;
use super::segment::Parts;
use super::{Found, Neighbour, VectorIndex, lock};
use crate::Result;

/// Candidates per query; a search takes the first that is well above the hits asked for, and the next ones while the result is not
/// proved.
const SLOTS: [usize; 3] = [16, 128, 1536];

/// Of so many candidates, this share is spare: what is not among the hits shows that none is missing.
const SPARE: usize = 4;

/// Candidates of a search by codes: they leave more possible than exact values do.
const CODE_SLOTS: usize = 64;

/// Searches by codes that may turn out unproved before no more of them are tried; each one that is proved makes up for a part.
const TRUST: i32 = 16;
const DOUBT: i32 = 4;

/// Sizes of batches that recordings are made for.
const QUERIES: [usize; 5] = [1, 4, 16, 64, ops::scan::MAX_QUERIES];

/// Recordings kept for the next search.
const KEPT: usize = 4;

/// Larger ones are not kept.
const KEPT_BYTES: u64 = 64 << 20;

/// What a recording is made for: so many queries, so many candidates for each, and what it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    queries: usize,
    slots: usize,
    reads: Reads,
}

/// How far searches by codes are trusted to be proved.
#[derive(Debug)]
pub(super) struct Trust(AtomicI32);

impl Default for Trust {
    fn default() -> Trust {
        Trust(AtomicI32::new(TRUST))
    }
}

impl Trust {
    fn note(&self, proved: bool) {
        let change = if proved { 1 } else { -DOUBT };
        // A count that another thread changes meanwhile is as good a guess.
        let _ = self.0.fetch_update(Relaxed, Relaxed, |trust| Some((trust + change).min(TRUST)));
    }

    fn holds(&self) -> bool {
        self.0.load(Relaxed) > 0
    }
}

/// Buffers and recording of a search on the device.
#[derive(Debug)]
pub(super) struct DeviceSlot {
    kind: Kind,
    plan: Plan,
    /// What the host reads.
    result: Buffer,
    /// The plan's other parts, then the bits of the rows that may be found.
    buffer: Buffer,
    allowed: (u64, u64),
    pub(super) copied: Copied,
    pub(super) recording: Recording,
}

impl VectorIndex {
    /// A free slot for `count` queries, and candidates for `k` hits each.
    pub(super) fn device_slot(&self, count: usize, k: usize) -> Result<DeviceSlot> {
        let by_codes = Reads::first_choice(self.dim, count) == Reads::Codes && self.code_trust.holds();
        match by_codes && CODE_SLOTS - CODE_SLOTS / SPARE >= k {
            true => self.device_slot_of(count, CODE_SLOTS, Reads::Codes),
            false => self.device_slot_of(count, slots_for(k), Reads::Values),
        }
    }

    /// A free slot for `count` queries and `slots` candidates each, from those kept or new.
    fn device_slot_of(&self, count: usize, slots: usize, reads: Reads) -> Result<DeviceSlot> {
        let queries = QUERIES.into_iter().find(|&queries| queries >= count).unwrap_or(count);
        let kind = Kind { queries, slots, reads };
        let mut kept = lock(&self.device_slots);
        match kept.iter().position(|slot| slot.kind == kind) {
            Some(at) => Ok(kept.swap_remove(at)),
            None => {
                drop(kept);
                self.new_device_slot(kind)
            }
        }
    }

    fn new_device_slot(&self, kind: Kind) -> Result<DeviceSlot> {
        let sizes: Vec<usize> = self.segments.iter().map(super::Segment::rows).collect();
        let plan = Plan::new(self.dim, kind.queries, kind.slots, &sizes, kind.reads);
        let start = plan.bytes().next_multiple_of(ALIGNMENT);
        let allowed = (start, start + self.live.len() as u64 * 8);
        let heap = self.device.heap();
        let (result, buffer) = (heap.alloc_at_host(plan.result_bytes())?, heap.alloc(allowed.1)?);
        let (mut rows, mut bits, mut first) = (Vec::new(), Vec::new(), start);
        for segment in &self.segments {
            let last = first + segment.rows() as u64 / 8;
            bits.push(buffer.slice(first..last)?);
            rows.push(segment.slices(self.stride())?);
            first = last;
        }
        let mut recorder = self.device.record("search");
        plan.record(&mut recorder, [&result, &buffer], &rows, &bits)?;
        Ok(DeviceSlot { kind, plan, result, buffer, allowed, copied: Copied::default(), recording: recorder.finish() })
    }

    /// The result of a finished run. Queries whose result is not proved are searched again with more candidates, and at last on
    /// the host.
    pub(super) fn collect_from_device(
        &self,
        slot: DeviceSlot,
        count: usize,
        k: usize,
        limit: Duration,
    ) -> Result<Found> {
        // Words, so that the parts are aligned.
        let mut words = vec![0u64; slot.plan.result_bytes() as usize / 8];
        slot.result.read(0, &mut words)?;
        let candidates = Candidates::new(&slot.plan, cast_slice(&words));
        let firsts: Vec<usize> = self.firsts().collect();
        let key_of = |segment: usize, row: usize| self.ids.get(firsts[segment] + row).copied().unwrap_or(u64::MAX);
        let mut found = Found { hits: Vec::new(), rescored: (count * slot.kind.slots) as u64 };
        let mut doubtful: Vec<usize> = Vec::new();
        for query in 0..count {
            let (hits, proved) = candidates.hits(query, k, self.longest, key_of);
            if !proved {
                doubtful.push(query);
            }
            found.hits.push(neighbours(&hits));
        }
        if slot.kind.reads == Reads::Codes {
            self.code_trust.note(doubtful.is_empty());
        }
        if !doubtful.is_empty() {
            let queries: Vec<f32> = doubtful.iter().flat_map(|&query| candidates.query(query)).copied().collect();
            let mut allowed = vec![0u64; self.live.len()];
            slot.buffer.read(slot.allowed.0, &mut allowed)?;
            let more = match slot.kind.reads {
                Reads::Codes => Some(slots_for(k)),
                Reads::Values => SLOTS.into_iter().find(|&more| more > slot.kind.slots),
            };
            let better = match more {
                Some(more) => self.again(&queries, k, more, &allowed, limit)?,
                None => self.on_host(&queries, k, &allowed)?,
            };
            found.rescored += better.rescored;
            doubtful.iter().zip(better.hits).for_each(|(&query, hits)| found.hits[query] = hits);
        }
        let mut kept = lock(&self.device_slots);
        if slot.buffer.len() <= KEPT_BYTES {
            if kept.len() >= KEPT {
                kept.remove(0);
            }
            kept.push(slot);
        }
        Ok(found)
    }

    fn again(&self, queries: &[f32], k: usize, slots: usize, allowed: &[u64], limit: Duration) -> Result<Found> {
        let count = queries.len() / self.dim;
        let slot = self.device_slot_of(count, slots, Reads::Values)?;
        slot.put_allowed(allowed)?;
        slot.put_queries(queries)?;
        let mut last = lock(&self.last_search);
        let ticket = self.device.ml().submit(&slot.recording, &[count as u32], &[])?;
        *last = Some(ticket.clone());
        drop(last);
        ticket.wait(limit)?;
        self.collect_from_device(slot, count, k, limit)
    }

    /// The scan of CPUs, over the same rows.
    fn on_host(&self, queries: &[f32], k: usize, allowed: &[u64]) -> Result<Found> {
        let (count, row, isa) = (queries.len() / self.dim, stride(self.dim), Isa::current());
        let range = CodeRange::of(isa, count);
        let (mut codes, mut values) = (vec![0i16; count * row], vec![0.0; count * row]);
        let parts = codes.chunks_exact_mut(row).zip(values.chunks_exact_mut(row));
        let bounds: Vec<_> =
            queries.chunks_exact(self.dim).zip(parts).map(|(query, (c, v))| encode_query(query, range, c, v)).collect();
        let encoded = Queries { count, range, codes: &codes, values: &values, bounds: &bounds };
        let (mut hits, mut states) = (vec![Hit::default(); count * k], vec![State::default(); count]);
        let (mut scratch, mut block) = (Scratch::default(), 0);
        for segment in &self.segments {
            let words = &allowed[block..block + segment.rows() / 64];
            block += words.len();
            self.when_idle(|| {
                segment.with_parts(row, |Parts { keys, metas: [scales, norms, errors], codes, exact }| {
                    let rows = Rows { stride: row, codes, scales, norms, errors, exact, keys, allowed: words };
                    let all = std::iter::once(0..rows.blocks());
                    scan(&rows, all, &encoded, k, isa, &[], &mut scratch, &mut hits, &mut states);
                })
            })?;
        }
        let lists = hits.chunks_exact(k).zip(&states);
        let hits = lists.map(|(hits, state)| neighbours(&merge(hits[..state.len as usize].iter().copied(), k)));
        let rescored = states.iter().map(|state| u64::from(state.rescored)).sum();
        Ok(Found { hits: hits.collect(), rescored })
    }

    /// The first row of each segment.
    fn firsts(&self) -> impl Iterator<Item = usize> + '_ {
        self.segments.iter().scan(0, |next, segment| {
            let first = *next;
            *next += segment.rows();
            Some(first)
        })
    }
}

/// The fewest candidates that are well above `k` hits.
fn slots_for(k: usize) -> usize {
    SLOTS.into_iter().find(|slots| slots - slots / SPARE >= k).unwrap_or(SLOTS[SLOTS.len() - 1])
}

fn neighbours(hits: &[Hit]) -> Vec<Neighbour> {
    hits.iter().map(|hit| Neighbour { chunk: hit.key, score: hit.score as f32 }).collect()
}

impl DeviceSlot {
    /// Where the queries go.
    pub(super) fn raw(&self) -> Result<Slice> {
        Ok(self.plan.raw(&self.result)?)
    }

    pub(super) fn put_queries(&self, queries: &[f32]) -> Result<()> {
        let raw = self.raw()?;
        Ok(raw.buffer().write(raw.offset(), queries)?)
    }

    pub(super) fn put_allowed(&self, words: &[u64]) -> Result<()> {
        Ok(self.buffer.write(self.allowed.0, words)?)
    }
}
