//! What the rules say of networks and their tensors.

use super::super::super::api::Socket;
use super::super::call::{Area, Id};
use super::{Broken, Outcome, Rule, Rules, keeps};
use std::collections::HashMap;

/// What the distance of rows of a network's tensor is a multiple of, in bytes.
const ROW_UNIT: u64 = 64;

#[derive(Debug, Default)]
pub(super) struct Networks {
    /// With the memory that each works in.
    networks: HashMap<Id, (Vec<Socket>, Area)>,
    tensors: HashMap<Id, Area>,
    tables: HashMap<Id, Vec<(Socket, Id)>>,
}

impl Networks {
    #[cfg(test)]
    pub(super) fn living(&self) -> usize {
        self.networks.len() + self.tensors.len() + self.tables.len()
    }

    pub(super) fn dropped(&mut self, object: Id) {
        self.networks.remove(&object);
        self.tensors.remove(&object);
        self.tables.remove(&object);
    }

    pub(super) fn new_table(&mut self, table: Id, tensors: &[(Socket, Id)]) {
        self.tables.insert(table, tensors.to_vec());
    }
}

impl Rules {
    pub(super) fn new_network(&mut self, network: Id, scratch: Id, bytes: u64, sockets: &[Socket]) -> Outcome {
        self.memory.new_heap(scratch, bytes);
        let area = Area { buffer: network, offset: 0, bytes, writes: true };
        self.networks.networks.insert(network, (sockets.to_vec(), area));
        self.memory.new_buffer(network, Some(scratch), bytes)
    }

    /// `sides` are lengths and distances in items of `width` bytes, the innermost first.
    pub(super) fn new_tensor(&mut self, tensor: Id, area: &Area, sides: &[(u64, u64)], width: u64) -> Outcome {
        let last: u64 = sides.iter().map(|(side, stride)| (side - 1) * stride).sum();
        let inside = self.memory.holds(area) && (last + 1) * width <= area.bytes;
        let grows =
            sides.is_sorted_by_key(|(_, stride)| stride) && sides.first().is_some_and(|(_, stride)| *stride == 1);
        let rows = sides.get(1).is_none_or(|(_, stride)| (stride * width).is_multiple_of(ROW_UNIT));
        let well = inside && grows && rows && area.offset == 0;
        keeps(well, Rule::Tensors, || format!("{sides:?} of {width} bytes at {area:?}"))?;
        self.networks.tensors.insert(tensor, *area);
        Ok(())
    }

    pub(super) fn run_network(&mut self, encoder: Id, network: Id, table: Id) -> Outcome {
        let behind = self.open(encoder)?.behind_queue;
        keeps(behind, Rule::NetworkBarriers, || format!("network {network} may run beside what was before"))?;
        let gone =
            || Broken { rule: Rule::AliveInUse, what: format!("network {network}, or its table {table}, is gone") };
        let (sockets, scratch) = self.networks.networks.get(&network).cloned().ok_or_else(gone)?;
        let bound = self.networks.tables.get(&table).cloned().ok_or_else(gone)?;
        let mut areas = vec![scratch];
        for socket in &sockets {
            let tensor = bound.iter().find(|(of, _)| of == socket).map(|(_, tensor)| *tensor);
            let area = tensor.and_then(|tensor| self.networks.tensors.get(&tensor));
            let area = area.filter(|area| area.bytes >= socket.form.bytes());
            keeps(area.is_some(), Rule::Arguments, || format!("port {socket:?} of network {network} has {tensor:?}"))?;
            areas.extend(area.map(|area| Area { writes: socket.output, ..*area }));
            self.uses(encoder, tensor.unwrap_or_default())?;
        }
        self.uses(encoder, network)?;
        self.uses(encoder, table)?;
        self.touch(encoder, &areas, None)
    }
}
