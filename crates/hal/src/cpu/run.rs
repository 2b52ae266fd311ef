//! Running one submission on a queue's thread.

use crate::backend::{Completed, Observer, Work};
use crate::cpu::args::CpuArgs;
use crate::cpu::{observer_of, pool::Pool};
use crate::device::Role;
use crate::error::{Error, Result};
use crate::heap::Slice;
use crate::recording::{Command, Recording};
use crate::sync::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

pub(super) struct Runner {
    pub(super) pool: Arc<Pool>,
    pub(super) lost: Arc<OnceLock<Error>>,
    pub(super) observer: Arc<Mutex<Option<Arc<Observer>>>>,
}

impl Runner {
    pub(super) fn run(&self, work: Work) {
        let mut marks = Vec::new();
        let waited = self.wait(&work);
        let started = Instant::now();
        let outcome = waited.and_then(|()| self.commands(&work, &mut marks));
        let observer = observer_of(&self.observer);
        if let Some(observer) = observer {
            let completed = Completed {
                role: work.role,
                label: work.recording.label().clone(),
                value: work.ticket.value(),
                submitted: work.submitted,
                started,
                finished: Instant::now(),
                marks,
                failure: outcome.as_ref().err().cloned(),
            };
            // A panicking observer must not take the queue down with it.
            let _ = catch_unwind(AssertUnwindSafe(|| observer(&completed)));
        }
        work.ticket.timeline().advance(work.ticket.value(), outcome);
    }

    fn wait(&self, work: &Work) -> Result<()> {
        self.alive()?;
        work.refused.clone().map_or(Ok(()), Err)?;
        work.waits.iter().try_for_each(|wait| wait.wait_unbounded())
    }

    fn alive(&self) -> Result<()> {
        self.lost.get().cloned().map_or(Ok(()), Err)
    }

    fn commands(&self, work: &Work, marks: &mut Vec<(Arc<str>, Instant)>) -> Result<()> {
        let _awake = (work.role != Role::Render).then(|| self.pool.stay_awake());
        for (index, command) in work.recording.commands().iter().enumerate() {
            self.alive()?;
            match command {
                // Drawing stays on its own thread: it must not queue behind a model's groups in the pool.
                Command::Dispatch(..) if work.role == Role::Render => inline(&work.recording, index, &work.params)?,
                Command::Dispatch(..) => self.pool.run(&work.recording, index, &work.params)?,
                Command::Copy { from, to } => copy(from, to),
                Command::Fill { to, word } => fill(to, *word),
                // Commands run one after another here, so a barrier is always met; sparse buffers are plain ones.
                Command::Barrier | Command::Bind { .. } => {}
                Command::Network(_) => return Err(Error::unsupported("networks on the CPU device")),
                Command::Timestamp(label) => marks.push((label.clone(), Instant::now())),
            }
        }
        Ok(())
    }
}

fn inline(recording: &Recording, command: usize, params: &Arc<[u32]>) -> Result<()> {
    let Command::Dispatch(dispatch, _) = &recording.commands()[command] else { return Ok(()) };
    let args = CpuArgs { dispatch, params };
    catch_unwind(AssertUnwindSafe(|| (dispatch.kernel.cpu)(&args, 0..dispatch.groups)))
        .map_err(|_| Error::Kernel { kernel: dispatch.kernel.name, cause: "it panicked".into() })
}

fn copy(from: &Slice, to: &Slice) {
    let ((source, read), (target, written)) = (from.place(), to.place());
    // SAFETY: both ranges lie inside live blocks, have one length and do not overlap (checked when recorded); queue order and the
    // caller's tickets keep others away.
    unsafe {
        let source = source.base().add(read.start as usize);
        std::ptr::copy_nonoverlapping(
            source,
            target.base().add(written.start as usize),
            (read.end - read.start) as usize,
        );
    }
}

fn fill(to: &Slice, word: u32) {
    let (block, bytes) = to.place();
    // SAFETY: the range lies inside a live block and is made of whole, aligned words (checked when recorded).
    let words = unsafe {
        let start = block.base().add(bytes.start as usize).cast::<u32>();
        std::slice::from_raw_parts_mut(start, ((bytes.end - bytes.start) / 4) as usize)
    };
    words.fill(word);
}
