//! Vector searches: queries that wait at the same time share one pass over the vectors.

use crate::call::Call;
use crate::error::Result;
use crate::gather::Gather;
use crate::open::Engine;
use ops::scan::MAX_QUERIES;
use search::vectors::{Filter, Found, Neighbour, VectorIndex};
use std::collections::HashSet;
use std::time::Duration;

/// How long a pass may take before the device counts as hung.
pub(crate) const PASS_LIMIT: Duration = Duration::from_secs(30);

/// A query that waits for a pass: its vector, and how many neighbours it wants.
pub(crate) struct Wanted {
    query: Vec<f32>,
    k: usize,
}

/// Where unfiltered queries meet.
pub(crate) type Passes = Gather<Wanted, Vec<Neighbour>>;

impl Engine {
    /// The `k` nearest chunks to `query` among those `allowed`; `aside` is called while the device or others are at work.
    pub(crate) fn search_vectors(
        &self,
        query: &[f32],
        k: usize,
        allowed: Option<&HashSet<u64>>,
        call: &Call<'_>,
        aside: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Vec<Neighbour>> {
        let shared = match allowed {
            None if self.share => self.search_together(query, k, call, aside)?,
            _ => None,
        };
        match shared {
            Some(hits) => Ok(hits),
            None => self.search_alone(query, k, allowed, call, aside),
        }
    }

    fn search_together(
        &self,
        query: &[f32],
        k: usize,
        call: &Call<'_>,
        aside: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Option<Vec<Neighbour>>> {
        let wanted = Wanted { query: query.to_vec(), k };
        let fits = |taken: &[Wanted], next: &Wanted| {
            taken.len() < MAX_QUERIES && taken.iter().all(|other| other.query.len() == next.query.len())
        };
        self.passes.run(call, wanted, fits, aside, |batch, aside| {
            let turn = call.enter(&self.scheduler)?;
            let items = batch.take();
            let queries: Vec<f32> = items.iter().flat_map(|item| &item.query).copied().collect();
            let most = items.iter().map(|item| item.k).max().unwrap_or(k);
            let found = self.indexes.vectors(|vectors| -> Result<Found> {
                let pending = vectors.submit(&queries, most, None)?;
                aside()?;
                Ok(pending.wait(PASS_LIMIT)?)
            })?;
            drop(turn);
            let hits = found.hits.into_iter().zip(&items);
            Ok(hits.map(|(hits, item)| hits.into_iter().take(item.k).collect()).collect())
        })
    }

    fn search_alone(
        &self,
        query: &[f32],
        k: usize,
        allowed: Option<&HashSet<u64>>,
        call: &Call<'_>,
        aside: &mut dyn FnMut() -> Result<()>,
    ) -> Result<Vec<Neighbour>> {
        let _turn = call.enter(&self.scheduler)?;
        self.indexes.vectors(|vectors| {
            let filter = filter(vectors, allowed);
            let pending = vectors.submit(query, k, filter.as_ref())?;
            aside()?;
            Ok(pending.wait(PASS_LIMIT)?.hits.into_iter().next().unwrap_or_default())
        })
    }
}

/// The rows of the chunks that may be found; none where all may.
pub(crate) fn filter(vectors: &VectorIndex, allowed: Option<&HashSet<u64>>) -> Option<Filter> {
    allowed.map(|allowed| vectors.filter(|chunk| allowed.contains(&chunk)))
}
