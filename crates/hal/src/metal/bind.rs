//! Binding pages of sparse buffers: an operation of a queue, in tiles.

use super::Metal;
use super::api::{Api, Mapping};
use super::gpu::lock;
use super::lane::Order;
use super::memory::MetalBlock;
use crate::backend::Work;
use crate::error::{Error, Result};
use crate::heap::{Buffer, QUEUES, Slice};
use crate::sparse::PAGE_BYTES;

impl<A: Api> Metal<A> {
    /// Maps memory to the pages that it is given with, and takes it from the others, after the queue's earlier work and after `needed`,
    /// the value of each role's timeline to wait for.
    pub(super) fn bind_pages(
        &self,
        work: &Work,
        buffer: &Buffer,
        pages: &[(u64, Option<Slice>)],
        needed: [u64; QUEUES],
    ) -> Result<()> {
        let tile = self.shared.gpu.facts().tile_bytes.unwrap_or(PAGE_BYTES);
        let tiles = PAGE_BYTES / tile;
        let whole = buffer.all();
        let target = whole.place().0.device::<MetalBlock<A>>()?;
        let mut mappings = Vec::with_capacity(pages.len());
        for (page, slice) in pages {
            let memory = match slice {
                None => None,
                Some(slice) => {
                    let (block, bytes) = slice.place();
                    let heap = block.device::<MetalBlock<A>>()?.placed.heap();
                    let heap = heap.ok_or_else(|| Error::invalid("pages with memory that is itself sparse"))?;
                    if !bytes.start.is_multiple_of(tile) {
                        return Err(Error::invalid(format!("a page's memory at byte {}, not a tile", bytes.start)));
                    }
                    Some((heap, bytes.start / tile))
                }
            };
            mappings.push(Mapping { first_tile: page * tiles, tiles, memory });
        }
        let (role, value) = (work.role as usize, work.ticket.value());
        let order = Order { events: &self.shared.events, needed, role, value };
        lock(self.lane(role)).map(&order, target.placed.buffer(), &mappings)
    }
}
