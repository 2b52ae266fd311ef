//! Calls to Metal as data. Objects are numbers that are never used twice.

use super::super::api::{Socket, Stages};

/// The number of an object.
pub(super) type Id = u32;

/// A place that a table names, and how the kernel uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) buffer: Id,
    pub(super) offset: u64,
    pub(super) bytes: u64,
    pub(super) writes: bool,
}

/// Tiles mapped to a heap, or to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tiles {
    pub(super) first: u64,
    pub(super) count: u64,
    pub(super) memory: Option<(Id, u64)>,
}

/// One call, or what the device did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Call {
    NewHeap {
        heap: Id,
        bytes: u64,
    },
    NewBuffer {
        buffer: Id,
        heap: Option<Id>,
        bytes: u64,
    },
    KeepResident {
        heap: Option<Id>,
        buffer: Id,
    },
    LetGo {
        heap: Option<Id>,
        buffer: Id,
    },
    SavePipelines,
    /// With what each buffer's offset must be a multiple of.
    NewPipeline {
        pipeline: Id,
        buffers: Vec<(u32, u64)>,
        shared: usize,
    },
    NewEvent {
        event: Id,
        first: u64,
    },
    NewQueue {
        queue: Id,
    },
    NewSlot {
        slot: Id,
    },
    NewTable {
        table: Id,
        areas: Vec<Area>,
    },
    /// The lengths of its dimensions and their distances in items of `width` bytes, the innermost first.
    NewTensor {
        tensor: Id,
        area: Area,
        sides: Vec<(u64, u64)>,
        width: u64,
    },
    NewTensorTable {
        table: Id,
        tensors: Vec<(Socket, Id)>,
    },
    /// With the memory that it works in.
    NewNetwork {
        network: Id,
        scratch: Id,
        bytes: u64,
        sockets: Vec<Socket>,
    },
    NetworkPass {
        slot: Id,
        encoder: Id,
    },
    BarrierBeforeNetwork {
        encoder: Id,
    },
    RunNetwork {
        encoder: Id,
        network: Id,
        table: Id,
    },
    BarrierAfterNetwork {
        encoder: Id,
    },
    NewCounters {
        counters: Id,
        count: u32,
    },
    Reset {
        slot: Id,
    },
    Begin {
        queue: Id,
        slot: Id,
    },
    /// Metal 3 waits in the slot's commands, Metal 4 on the queue.
    Wait {
        queue: Id,
        slot: Option<Id>,
        event: Id,
        value: u64,
    },
    Encoder {
        slot: Id,
        encoder: Id,
    },
    BarrierAfterQueue {
        encoder: Id,
        aliases: bool,
    },
    Barrier {
        encoder: Id,
        after: Stages,
        before: Stages,
    },
    SetPipeline {
        encoder: Id,
        pipeline: Id,
    },
    SetTable {
        encoder: Id,
        table: Id,
    },
    SetShared {
        encoder: Id,
        index: usize,
        bytes: u32,
    },
    Dispatch {
        encoder: Id,
        groups: [u32; 3],
        workgroup: [u32; 3],
    },
    Copy {
        encoder: Id,
        from: Area,
        to: Area,
    },
    Fill {
        encoder: Id,
        to: Area,
    },
    Stamp {
        encoder: Id,
        counters: Id,
        index: u32,
    },
    EndEncoder {
        encoder: Id,
    },
    End {
        slot: Id,
    },
    Commit {
        queue: Id,
        slot: Id,
    },
    Map {
        queue: Id,
        buffer: Id,
        tiles: Vec<Tiles>,
    },
    Signal {
        queue: Id,
        event: Id,
        value: u64,
    },
    /// The device has come so far.
    Reached {
        event: Id,
        value: u64,
    },
    ReadCounters {
        counters: Id,
        first: u32,
        count: u32,
    },
    /// The last hold on an object went.
    Drop {
        object: Id,
    },
    /// A call was made where nobody frees what objects of the system it leaves behind.
    OutsidePool {
        call: String,
    },
}
