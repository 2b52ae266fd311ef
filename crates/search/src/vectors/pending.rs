//! One search: its buffers and recording, its submission and its result.

use std::borrow::Cow;
use std::time::Duration;

use bytemuck::cast_slice;
use hal::{ALIGNMENT, Buffer, Device, Recording, Slice, Ticket};
use ops::scan::{Bound, Hit, HitSlices, QuerySlices, State, merge};

use super::device::DeviceSlot;
use super::{Filter, MAX_K, VectorIndex, lock};
use crate::{Error, Result};

/// Sizes that recordings are made for; a search uses the smallest that holds it.
const QUERY_BUCKETS: [usize; 5] = [1, 4, 16, 64, ops::scan::MAX_QUERIES];
const K_BUCKETS: [usize; 3] = [16, 128, MAX_K];

/// Groups per thread of the device: enough to even out threads of unequal speed.
const GROUPS_PER_THREAD: u32 = 4;

/// Recordings kept for the next search.
const KEPT_SLOTS: usize = 4;

/// Larger ones are not kept.
const KEPT_BYTES: u64 = 8 << 20;

/// A chunk found by a search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// The chunk.
    pub chunk: u64,
    /// Inner product of its vector with the query.
    pub score: f32,
}

/// The result of a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// For each query its best chunks, best first; equal scores are ordered by chunk number.
    pub hits: Vec<Vec<Neighbour>>,
    /// Pairs of query and vector scored exactly because the bound could not rule them out.
    pub rescored: u64,
}

/// A submitted search. Dropping it abandons the result, not the work.
#[derive(Debug)]
pub struct Pending<'a> {
    index: &'a VectorIndex,
    /// None where there is nothing to search.
    run: Option<(Run, Ticket)>,
    count: usize,
    k: usize,
}

/// What a search in flight leaves its result in.
#[derive(Debug)]
enum Run {
    Host(Slot),
    Device(DeviceSlot),
}

/// Where queries come from.
enum Source<'a> {
    Host(&'a [f32]),
    /// From the heap, once the tickets are reached.
    Device(&'a Slice, &'a [Ticket]),
}

/// The recording that copies queries from elsewhere on the heap, kept while they come from the same place: recording costs more than
/// running it.
#[derive(Debug, Default)]
pub(super) struct Copied(Option<(Slice, Recording)>);

impl Copied {
    fn recording(&mut self, device: &Device, queries: &Slice, raw: &Slice) -> Result<&Recording> {
        let same = |known: &Slice| {
            known.buffer().identity() == queries.buffer().identity()
                && (known.offset(), known.len()) == (queries.offset(), queries.len())
        };
        let kept = match self.0.take() {
            Some(kept) if same(&kept.0) => kept,
            _ => {
                let mut copy = device.record("search.queries");
                copy.copy(queries, &raw.slice(0..queries.len())?)?;
                (queries.clone(), copy.finish())
            }
        };
        Ok(&self.0.insert(kept).1)
    }
}

/// Buffers of one search on CPUs and the recording that uses them.
#[derive(Debug)]
pub(super) struct Slot {
    queries: usize,
    k: usize,
    groups: usize,
    buffer: Buffer,
    parts: Parts,
    copied: Copied,
    recording: Recording,
}

/// Where things lie in a slot's buffer, in bytes.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    raw: (u64, u64),
    allowed: (u64, u64),
    codes: (u64, u64),
    values: (u64, u64),
    bounds: (u64, u64),
    states: [(u64, u64); 2],
    hits: (u64, u64),
    end: u64,
}

impl VectorIndex {
    /// The `k` best vectors for each of `queries`, row-major `[count][dim]`, among those that `filter` lets through.
    ///
    /// # Errors
    /// [`Error::Query`], [`Error::TooMany`], [`Error::StaleFilter`], or [`Error::Device`].
    pub fn search(&self, queries: &[f32], k: usize, filter: Option<&Filter>) -> Result<Found> {
        self.submit(queries, k, filter)?.wait(super::PATIENCE)
    }

    /// Submits a search to the ml queue and returns at once. Errors as for [`VectorIndex::search`].
    pub fn submit(&self, queries: &[f32], k: usize, filter: Option<&Filter>) -> Result<Pending<'_>> {
        let count = ops::scan::check_queries(queries, self.dim)?;
        self.start(count, k, filter, Source::Host(queries))
    }

    /// As [`VectorIndex::submit`], for queries that are on the heap, `f32 [count][dim]`, once `waits` are reached: the output
    /// of an embedder goes into the search without passing through the host.
    ///
    /// A query with an element that is not finite finds nothing.
    pub fn submit_from(
        &self,
        queries: &Slice,
        k: usize,
        filter: Option<&Filter>,
        waits: &[Ticket],
    ) -> Result<Pending<'_>> {
        let row = self.dim as u64 * 4;
        let count = (queries.len() / row) as usize;
        if count == 0 || count > ops::scan::MAX_QUERIES || !queries.len().is_multiple_of(row) {
            return Err(Error::Query(ops::scan::QueryError::Shape { len: queries.len() as usize / 4, dim: self.dim }));
        }
        self.start(count, k, filter, Source::Device(queries, waits))
    }

    fn start(&self, count: usize, k: usize, filter: Option<&Filter>, source: Source<'_>) -> Result<Pending<'_>> {
        if k > MAX_K {
            return Err(Error::TooMany { asked: k, limit: MAX_K });
        }
        if filter.is_some_and(|filter| filter.layout != self.layout) {
            return Err(Error::StaleFilter);
        }
        if k == 0 || self.is_empty() || filter.is_some_and(Filter::is_empty) {
            return Ok(Pending { index: self, run: None, count, k });
        }
        let allowed = self.allowed(filter);
        let mut run = if self.device.capabilities().gpu.is_some() {
            Run::Device(self.device_slot(count, k)?)
        } else {
            Run::Host(self.slot(count, k)?)
        };
        let raw = match &run {
            Run::Host(slot) => slot.put_allowed(&allowed).and_then(|()| slot.slice(slot.parts.raw))?,
            Run::Device(slot) => slot.put_allowed(&allowed).and_then(|()| slot.raw())?,
        };
        let put = match source {
            Source::Host(queries) => {
                raw.buffer().write(raw.offset(), queries)?;
                None
            }
            Source::Device(queries, waits) => {
                let copied = match &mut run {
                    Run::Host(slot) => &mut slot.copied,
                    Run::Device(slot) => &mut slot.copied,
                };
                Some(self.device.ml().submit(copied.recording(&self.device, queries, &raw)?, &[], waits)?)
            }
        };
        let recording = match &run {
            Run::Host(slot) => &slot.recording,
            Run::Device(slot) => &slot.recording,
        };
        // Submissions of one role run in order, also where one before has failed: only who waits for it fails with it.
        let mut last = lock(&self.last_search);
        let ticket = self.device.ml().submit(recording, &[count as u32, k as u32], put.as_slice())?;
        *last = Some(ticket.clone());
        drop(last);
        Ok(Pending { index: self, run: Some((run, ticket)), count, k })
    }

    /// A bit for each row that may be found.
    fn allowed<'a>(&'a self, filter: Option<&Filter>) -> Cow<'a, [u64]> {
        let Some(filter) = filter else { return Cow::Borrowed(&self.live) };
        let passed = filter.words.iter().copied().chain(std::iter::repeat(0));
        self.live.iter().zip(passed).map(|(live, passed)| live & passed).collect()
    }

    /// A free slot that fits, from those kept or new.
    fn slot(&self, count: usize, k: usize) -> Result<Slot> {
        let fit = |buckets: &[usize], wanted| buckets.iter().copied().find(|&b| b >= wanted).unwrap_or(wanted);
        let (queries, k) = (fit(&QUERY_BUCKETS, count), fit(&K_BUCKETS, k));
        let mut kept = lock(&self.slots);
        if let Some(at) = kept.iter().position(|slot| slot.queries == queries && slot.k == k) {
            return Ok(kept.swap_remove(at));
        }
        drop(kept);
        self.new_slot(queries, k)
    }

    fn new_slot(&self, queries: usize, k: usize) -> Result<Slot> {
        let groups = self.device.capabilities().threads.max(1) as u32 * GROUPS_PER_THREAD;
        let parts = Parts::new(self.dim, queries, k, groups as usize, self.live.len());
        let buffer = self.device.heap().alloc(parts.end)?;
        let part = |(start, end): (u64, u64)| buffer.slice(start..end);
        let encoded = QuerySlices {
            raw: part(parts.raw)?,
            codes: part(parts.codes)?,
            values: part(parts.values)?,
            bounds: part(parts.bounds)?,
        };
        let states = [part(parts.states[0])?, part(parts.states[1])?];
        let hits = HitSlices { lists: groups, hits: part(parts.hits)?, states };
        let mut recorder = self.device.record("search");
        recorder.fill(&hits.states[0], 0)?;
        recorder.fill(&hits.states[1], 0)?;
        recorder.dispatch(ops::scan::prepare(&encoded, self.dim))?;
        let mut first = 0;
        for (turn, segment) in self.segments.iter().enumerate() {
            let last = first + segment.rows() as u64 / 8;
            let allowed = buffer.slice(parts.allowed.0 + first..parts.allowed.0 + last)?;
            let rows = segment.slices(self.stride())?;
            recorder.barrier();
            recorder.dispatch(ops::scan::search(&rows, &allowed, &encoded, &hits, self.dim, turn))?;
            first = last;
        }
        let recording = recorder.finish();
        Ok(Slot { queries, k, groups: groups as usize, buffer, parts, copied: Copied::default(), recording })
    }
}

impl Parts {
    fn new(dim: usize, queries: usize, k: usize, groups: usize, words: usize) -> Parts {
        let mut end = 0u64;
        let mut next = |bytes: usize| {
            let start = end;
            end = (start + bytes as u64).next_multiple_of(ALIGNMENT);
            (start, start + bytes as u64)
        };
        let stride = ops::scan::stride(dim);
        let states = groups * queries * size_of::<State>();
        let mut parts = Parts {
            raw: next(queries * dim * 4),
            allowed: next(words * 8),
            codes: next(queries * stride * 2),
            values: next(queries * stride * 8),
            bounds: next(queries * size_of::<Bound>()),
            states: [next(states), next(states)],
            hits: next(groups * queries * k * size_of::<Hit>()),
            end: 0,
        };
        parts.end = end;
        parts
    }
}

impl Slot {
    fn slice(&self, part: (u64, u64)) -> Result<Slice> {
        Ok(self.buffer.slice(part.0..part.1)?)
    }

    fn put_allowed(&self, words: &[u64]) -> Result<()> {
        Ok(self.buffer.write(self.parts.allowed.0, words)?)
    }

    fn collect(&self, count: usize, k: usize, turns: usize) -> Result<Found> {
        Ok(self.buffer.with_host(|bytes| {
            let part = |(start, end): (u64, u64)| &bytes[start as usize..end as usize];
            let states: &[State] = cast_slice(part(self.parts.states[turns % 2]));
            let hits: &[Hit] = cast_slice(part(self.parts.hits));
            let mut found = Found::default();
            for query in 0..count {
                let lists = (0..self.groups).map(|group| group * count + query);
                found.rescored += lists.clone().map(|list| u64::from(states[list].rescored)).sum::<u64>();
                let all = lists.flat_map(|list| hits[list * k..][..states[list].len as usize].iter().copied());
                found.hits.push(
                    merge(all, k)
                        .into_iter()
                        .map(|hit| Neighbour { chunk: hit.key, score: hit.score as f32 })
                        .collect(),
                );
            }
            found
        })?)
    }
}

impl Pending<'_> {
    /// The ticket of the search, for others to wait for; none if there was nothing to search.
    pub fn ticket(&self) -> Option<&Ticket> {
        self.run.as_ref().map(|(_, ticket)| ticket)
    }

    /// Waits for the result, at most `limit`.
    ///
    /// # Errors
    /// [`Error::Device`] if the search failed or took longer.
    pub fn wait(self, limit: Duration) -> Result<Found> {
        let Some((run, ticket)) = self.run else {
            return Ok(Found { hits: vec![Vec::new(); self.count], rescored: 0 });
        };
        ticket.wait(limit)?;
        let slot = match run {
            Run::Host(slot) => slot,
            Run::Device(slot) => return self.index.collect_from_device(slot, self.count, self.k, limit),
        };
        let found = slot.collect(self.count, self.k, self.index.segments.len())?;
        let mut kept = lock(&self.index.slots);
        if slot.parts.end <= KEPT_BYTES {
            if kept.len() >= KEPT_SLOTS {
                kept.remove(0);
            }
            kept.push(slot);
        }
        Ok(found)
    }
}
