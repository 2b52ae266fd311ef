//! Networks as the device runs them: opened from a package, with tensors over their ports' buffers and a table of these, both made once.

use super::api::{Api, Socket};
use super::gpu::{Gpu, Held};
use super::memory::{MetalBlock, Placed};
use crate::error::{Error, Result};
use crate::heap::Buffer;
use crate::network::Port;
use std::path::Path;
use std::sync::Arc;

/// A network with its table. It holds what a run uses, but for the ports' buffers, which the recording holds.
pub(super) struct Prepared<A: Api> {
    gpu: Arc<Gpu<A>>,
    network: Option<Held<A, A::Network>>,
    tensors: Vec<Held<A, A::Tensor>>,
    table: Option<Held<A, A::Table>>,
    memory: Vec<Arc<Placed<A>>>,
}

impl<A: Api> Prepared<A> {
    pub(super) fn open(
        gpu: &Arc<Gpu<A>>,
        package: &Path,
        alloc: &mut dyn FnMut(u64) -> Result<Buffer>,
    ) -> Result<(Prepared<A>, Vec<Port>)> {
        let (network, sockets) = gpu.api.open_network(package)?;
        let network = Some(Held::new(network));
        // Closes the network if what follows fails.
        let mut prepared = Prepared { gpu: gpu.clone(), network, tensors: Vec::new(), table: None, memory: Vec::new() };
        let mut ports = Vec::with_capacity(sockets.len());
        for Socket { name, form, output, .. } in sockets.iter().cloned() {
            let buffer = alloc(form.bytes())?;
            let whole = buffer.all();
            let (block, bytes) = whole.place();
            if bytes.start != 0 {
                return Err(Error::invalid(format!("port `{name}` at byte {} of its block", bytes.start)));
            }
            let memory = block.device::<MetalBlock<A>>()?.placed.clone();
            prepared.tensors.push(Held::new(gpu.api.tensor(memory.buffer(), &form)?));
            prepared.memory.push(memory);
            ports.push(Port { name, form, buffer, output });
        }
        let bound: Vec<(&Socket, &A::Tensor)> =
            sockets.iter().zip(prepared.tensors.iter().map(|tensor| &**tensor)).collect();
        let table = gpu.api.tensor_table(&bound)?;
        prepared.table = Some(Held::new(table));
        Ok((prepared, ports))
    }

    /// Writes a run of it into a slot that has no open pass.
    pub(super) fn write(&self, slot: &mut A::Slot) -> Result<()> {
        let (Some(network), Some(table)) = (&self.network, &self.table) else { return Ok(()) };
        let api = &self.gpu.api;
        let mut pass = api.network_pass(slot)?;
        api.barrier_before_network(&mut pass);
        api.run_network(&mut pass, network, table);
        api.barrier_after_network(&mut pass);
        api.end_network_pass(slot, pass);
        Ok(())
    }
}

impl<A: Api> Drop for Prepared<A> {
    fn drop(&mut self) {
        let parts = (
            self.network.take(),
            std::mem::take(&mut self.tensors),
            self.table.take(),
            std::mem::take(&mut self.memory),
        );
        if self.gpu.is_abandoned() {
            std::mem::forget(parts);
            return;
        }
        if let Some(network) = &parts.0 {
            A::pool(|| self.gpu.api.close_network(network));
        }
    }
}
