//! From a query's text to the chunks that its vector is closest to.
//!
//! On a GPU this is one chain of submissions: the vector goes from the model into the search without passing through the host, which
//! waits once, at the end; unless others search as well: then a pass that all share is worth more. On the processor nothing is gained
//! by a chain, and other lanes get in between.

use crate::call::Call;
use crate::embed::{Embedded, Input};
use crate::error::{Error, Result};
use crate::machine::{Machine, Model};
use crate::open::Engine;
use crate::passes::{PASS_LIMIT, filter};
use crate::trace::Span;
use search::vectors::Neighbour;
use std::collections::HashSet;
use std::time::Instant;

/// A search by vector.
pub(crate) struct Asked<'a> {
    /// Its text.
    pub(crate) query: &'a str,
    /// How many chunks are wanted.
    pub(crate) k: usize,
    /// The chunks that may be found; all if not given.
    pub(crate) allowed: Option<&'a HashSet<u64>>,
}

impl Engine {
    /// Embeds a query and searches by its vector on the device; `meanwhile` runs on this thread, once.
    pub(crate) fn embed_and_search<T>(
        &self,
        asked: &Asked<'_>,
        call: &Call<'_>,
        meanwhile: impl FnOnce() -> Result<T>,
    ) -> Result<(Embedded, Vec<Neighbour>, T)> {
        let (mut meanwhile, mut side) = (Some(meanwhile), None);
        let mut aside = || -> Result<()> {
            if let Some(meanwhile) = meanwhile.take() {
                side = Some(meanwhile()?);
            }
            Ok(())
        };
        let model = self.active();
        let (embedded, hits) = self.surviving(|machine| {
            let found = match self.chained(asked, machine, &model, call, &mut aside)? {
                Some(found) => found,
                None => self.one_by_one(asked, &model, call, &mut aside)?,
            };
            // What was read from a device that is lost by now may be anything.
            machine.device.lost().cloned().map_or(Ok(found), |lost| Err(lost.into()))
        })?;
        aside()?;
        let side = side.ok_or_else(|| Error::Limit("a part of the search gave nothing".into()))?;
        Ok((embedded, hits, side))
    }

    /// Everything in one go, where the model runs on a GPU.
    fn chained(
        &self,
        asked: &Asked<'_>,
        machine: &Machine,
        model: &Model,
        call: &Call<'_>,
        aside: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Option<(Embedded, Vec<Neighbour>)>> {
        let crowded = self.share && self.passes.is_busy();
        if machine.device.capabilities().gpu.is_none() || crowded {
            return Ok(None);
        }
        let start = Instant::now();
        let embedder = model.on(machine, self.residents.folders())?;
        let batch = embedder.tokeniser().batch(&[asked.query])?;
        let turn = call.enter(&self.scheduler)?;
        let mut pending = embedder.start(&batch, 0..1)?;
        let Some(output) = pending.on_device()? else { return Ok(None) };
        let mut last = None;
        while let Some(ticket) = pending.submit_next(&[])? {
            last = Some(ticket);
        }
        let hits = self.indexes.vectors(|vectors| -> Result<Vec<Neighbour>> {
            let filter = filter(vectors, asked.allowed);
            let search = vectors.submit_from(&output, asked.k, filter.as_ref(), last.as_slice())?;
            aside()?;
            Ok(search.wait(PASS_LIMIT)?.hits.into_iter().next().unwrap_or_default())
        })?;
        drop(turn);
        let vectors = pending.finish()?;
        self.trace.add(Span { track: "ask", name: "embed and search".into(), start, end: Instant::now() });
        self.trace.recent().embedded(&batch);
        let cut_texts = batch.cuts().iter().filter(|cut| **cut > 0).count();
        let (dim, tokens) = (embedder.info().dim, batch.ids().len());
        Ok(Some((Embedded { vectors, dim, cut_texts, tokens, queue_ms: 0.0, run_ms: 0.0 }, hits)))
    }

    /// The vector first, then the search.
    fn one_by_one(
        &self,
        asked: &Asked<'_>,
        model: &Model,
        call: &Call<'_>,
        aside: &mut dyn FnMut() -> Result<()>,
    ) -> Result<(Embedded, Vec<Neighbour>)> {
        let start = Instant::now();
        let embedded = self.embed_with(model, Input::Texts(&[asked.query]), call)?;
        self.trace.add(Span { track: "ask", name: "embed".into(), start, end: Instant::now() });
        let start = Instant::now();
        let hits = self.search_vectors(&embedded.vectors, asked.k, asked.allowed, call, aside)?;
        self.trace.add(Span { track: "ask", name: "search".into(), start, end: Instant::now() });
        Ok((embedded, hits))
    }
}
