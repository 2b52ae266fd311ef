//! The CPU device: one thread per hardware queue, and a pool that ml dispatches are spread over.
//!
//! It is the specification of the contract and the fallback of every other device. Its threads run at a lower priority than the
//! frame tick, so that a frame always gets its core at once.

mod args;
pub(crate) mod pool;
mod run;

pub use args::{CpuArgs, CpuKernel, Output};

use crate::backend::{Backend, Observer, Work};
use crate::device::{Capabilities, Kind, Options, Role};
use crate::error::{Error, Result};
use crate::sync::{Mutex, lock};
use pool::Pool;
use run::Runner;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

pub(crate) struct Cpu {
    capabilities: Capabilities,
    lost: Arc<OnceLock<Error>>,
    queues: Vec<Sender<Work>>,
    threads: Vec<JoinHandle<()>>,
}

impl Cpu {
    pub(crate) fn start(options: &Options, observer: Arc<Mutex<Option<Arc<Observer>>>>) -> Result<Cpu> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = if options.threads == 0 { cores } else { options.threads };
        let hardware_queues = if options.single_queue { [0, 0, 0] } else { [0, 1, 2] };
        let lost = Arc::new(OnceLock::new());
        let pool = Arc::new(Pool::start(threads - 1)?);
        let mut cpu = Cpu {
            capabilities: Capabilities {
                kind: Kind::Cpu,
                name: format!("CPU ({threads} threads)"),
                computes: true,
                unified_memory: true,
                sparse: false,
                hardware_queues,
                threads,
                gpu: None,
                binding_bytes: u64::MAX,
                binding_alignment: 1,
                notes: Vec::new(),
            },
            lost: lost.clone(),
            queues: Vec::new(),
            threads: Vec::new(),
        };
        for index in 0..=hardware_queues[2] {
            let (sender, receiver) = channel::<Work>();
            let runner = Runner { pool: pool.clone(), lost: lost.clone(), observer: observer.clone() };
            let draws = !options.single_queue && index == Role::Render as usize;
            let name = if options.single_queue {
                "downbeat-queue".into()
            } else {
                format!("downbeat-{}", Role::ALL[index].name())
            };
            let thread = std::thread::Builder::new()
                .name(name)
                .spawn(move || {
                    if !draws {
                        crate::thread::lower(crate::thread::Priority::Device);
                    }
                    receiver.into_iter().for_each(|work| runner.run(work));
                })
                .map_err(|cause| Error::system("starting a queue thread", cause))?;
            cpu.queues.push(sender);
            cpu.threads.push(thread);
        }
        Ok(cpu)
    }
}

impl Backend for Cpu {
    fn capabilities(&self) -> Capabilities {
        self.capabilities.clone()
    }

    fn enqueue(&self, work: Work) {
        let queue = &self.queues[self.capabilities.hardware_queues[work.role as usize]];
        if let Err(refused) = queue.send(work) {
            // Only a queue thread that died refuses; its values still have to be reached.
            let work = refused.0;
            let cause = self.lost.get_or_init(|| Error::Lost("a queue thread ended".into())).clone();
            work.ticket.timeline().advance(work.ticket.value(), Err(cause));
        }
    }

    fn lose(&self, cause: &Error) {
        self.lost.get_or_init(|| cause.clone());
    }
}

impl Drop for Cpu {
    fn drop(&mut self) {
        self.queues.clear();
        for thread in self.threads.drain(..) {
            if thread.thread().id() != std::thread::current().id() {
                // A panic on a queue thread has been reported as the failure of its submission.
                let _ = thread.join();
            }
        }
    }
}

fn observer_of(observer: &Mutex<Option<Arc<Observer>>>) -> Option<Arc<Observer>> {
    lock(observer).clone()
}
