//! The commands of a recording in the terms of Metal, ready to be written to command buffers.

use super::api::{Api, Stages};
use super::encode::Encoder;
use super::memory::Place;
use super::msl::COPY_WORKGROUP;
use super::network;
use super::params::Slot;
use super::pipeline::{Pipeline, Prepared};
use crate::error::{Error, Result};
use crate::recording::{Access, Command, Dispatch, Recording};
use std::sync::Arc;

/// One command. It holds what it uses: Metal holds nothing.
pub(super) enum Step<A: Api> {
    Dispatch { pipeline: Arc<Pipeline<A>>, arguments: Vec<Argument<A>>, groups: [u32; 3] },
    Copy { from: Place<A>, to: Place<A> },
    Fill { to: Place<A>, byte: u8 },
    Network(Arc<network::Prepared<A>>),
    Barrier,
    Stamp,
}

/// What a kernel is given.
pub(super) enum Argument<A: Api> {
    /// A binding.
    Place(Place<A>),
    /// The run's parameters.
    Params,
    /// Something fixed.
    Constants(Slot<A>),
}

/// Workgroups of the kernels that copy and fill, each of which goes on until all is done.
const MOST_GROUPS: u64 = 1024;

pub(super) fn steps<A: Api>(encoder: &Encoder<A>, recording: &Recording) -> Result<Vec<Step<A>>> {
    recording.commands().iter().map(|command| step(encoder, command)).collect()
}

fn step<A: Api>(encoder: &Encoder<A>, command: &Command) -> Result<Step<A>> {
    Ok(match command {
        Command::Dispatch(dispatch, native) => {
            let prepared = native.as_ref().and_then(|native| native.downcast_ref::<Prepared<A>>());
            let prepared = prepared.ok_or_else(|| Error::invalid("a dispatch of another kind of device"))?;
            let arguments = arguments(encoder, dispatch, &prepared.pipeline)?;
            Step::Dispatch { pipeline: prepared.pipeline.clone(), arguments, groups: prepared.groups }
        }
        Command::Copy { from, to } => {
            let (from, to) = (Place::new(from, false)?, Place::new(to, true)?);
            if from.in_words() && to.in_words() {
                return Ok(Step::Copy { from, to });
            }
            let size = two_words(from.bytes);
            let groups = grid(from.bytes);
            let constants = constants(encoder, &size)?;
            let arguments = vec![Argument::Place(from), Argument::Place(to), constants];
            Step::Dispatch { pipeline: encoder.pipelines.copy_bytes()?, arguments, groups }
        }
        Command::Fill { to, word } => {
            let to = Place::new(to, true)?;
            let [byte, rest @ ..] = word.to_ne_bytes();
            if rest == [byte; 3] {
                return Ok(Step::Fill { to, byte });
            }
            let words = to.bytes / 4;
            let [low, high] = two_words(words);
            let arguments = vec![Argument::Place(to), constants(encoder, &[low, high, *word])?];
            Step::Dispatch { pipeline: encoder.pipelines.fill_words()?, arguments, groups: grid(words) }
        }
        Command::Bind { .. } => return Err(Error::invalid("pages bound among other commands")),
        Command::Network(network) => {
            let prepared = network.native().clone().downcast();
            Step::Network(prepared.map_err(|_| Error::invalid("a network of another kind of device"))?)
        }
        Command::Barrier => Step::Barrier,
        Command::Timestamp(_) => Step::Stamp,
    })
}

fn arguments<A: Api>(encoder: &Encoder<A>, dispatch: &Dispatch, pipeline: &Pipeline<A>) -> Result<Vec<Argument<A>>> {
    let mut arguments = Vec::with_capacity(dispatch.bindings.len() + 2);
    for (slice, access) in &dispatch.bindings {
        arguments.push(Argument::Place(Place::new(slice, *access == Access::Write)?));
    }
    arguments.push(Argument::Params);
    if !pipeline.sized.is_empty() {
        // Parameters have a length of their own, and bindings are no longer than 32 bits can say.
        let length =
            |binding: &u32| dispatch.bindings.get(*binding as usize).map_or(0, |(slice, _)| slice.len() as u32);
        let lengths: Vec<u32> = pipeline.sized.iter().map(length).collect();
        arguments.push(constants(encoder, &lengths)?);
    }
    Ok(arguments)
}

fn constants<A: Api>(encoder: &Encoder<A>, words: &[u32]) -> Result<Argument<A>> {
    let slot = encoder.params.take()?;
    slot.write(words)?;
    Ok(Argument::Constants(slot))
}

fn two_words(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}

fn grid(items: u64) -> [u32; 3] {
    [items.div_ceil(u64::from(COPY_WORKGROUP)).clamp(1, MOST_GROUPS) as u32, 1, 1]
}

/// The stages that steps run in.
pub(super) fn stages<A: Api>(steps: &[Step<A>]) -> Stages {
    steps.iter().fold(Stages::default(), |stages, step| match step {
        Step::Dispatch { .. } => Stages { dispatch: true, ..stages },
        Step::Copy { .. } | Step::Fill { .. } => Stages { blit: true, ..stages },
        Step::Network(_) | Step::Barrier | Step::Stamp => stages,
    })
}
