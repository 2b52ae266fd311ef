//! The encoder as a network that the device runs by itself, from a package beside the model; see [`crate::coreml`]. It is trusted where it
//! gives the vectors of our own kernels, and used where it gives them sooner.

use crate::coreml::BESIDE;
use crate::embedder::LONGEST_WAIT;
use crate::{Error, Result};
use hal::{Device, Form, Number, Port, Recording, Slice, Ticket};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The least cosine between a vector of the network and one of our kernels.
pub(super) const AGREEMENT: f32 = 0.999;

/// Texts that both are tried with.
pub(super) const TRIED: [&str; 2] = ["rain", "a ferry crosses the river twice a day"];

/// How often each is tried; the fastest counts.
pub(super) const TRIES: usize = 3;

/// An open network for texts of up to a number of tokens, one at a time: its inputs and outputs lie where they lie.
pub(super) struct Packaged {
    device: Device,
    recording: Recording,
    ids: Port,
    mask: Port,
    vectors: Port,
    tokens: usize,
    busy: AtomicBool,
}

impl Packaged {
    /// Opens the package of a model whose vectors have `hidden` numbers.
    pub(super) fn open(device: &Device, package: &Path, name: &str, hidden: usize) -> Result<Packaged> {
        let network = device.network(package)?;
        let ids = network.ports().iter().find(|port| port.name == "ids").map(|port| port.form.shape());
        let Some(&[1, tokens]) = ids else {
            let reason = format!("{BESIDE} takes {ids:?} as its tokens, not those of one text");
            return Err(Error::Unsupported { name: name.to_owned(), reason });
        };
        let port = |name: &str, output: bool, number: Number, length: u64| -> Result<Port> {
            let form = Form::new(number, &[1, length])?;
            Ok(network.port(name, output, &form)?.clone())
        };
        let ids = port("ids", false, Number::I32, tokens)?;
        let mask = port("mask", false, Number::F32, tokens)?;
        let vectors = port("vectors", true, Number::F32, hidden as u64)?;
        let mut recorder = device.record("encoder network");
        recorder.network(&network)?;
        let (device, recording, busy) = (device.clone(), recorder.finish(), AtomicBool::new(false));
        Ok(Packaged { device, recording, ids, mask, vectors, tokens: tokens as usize, busy })
    }

    /// A run of one text, which is written to its inputs; `None` for one that does not fit, and while another run is under way.
    pub(super) fn start(self: &Arc<Self>, ids: &[u32]) -> Result<Option<PackagedRun>> {
        if ids.len() > self.tokens || self.busy.swap(true, Ordering::AcqRel) {
            return Ok(None);
        }
        // Ends being busy when it goes.
        let run = PackagedRun { packaged: self.clone(), ticket: None };
        let mut padded = ids.to_vec();
        padded.resize(self.tokens, 0);
        let mask: Vec<f32> = (0..self.tokens).map(|at| if at < ids.len() { 1.0 } else { 0.0 }).collect();
        self.ids.buffer.write(0, &padded)?;
        self.mask.buffer.write(0, &mask)?;
        Ok(Some(run))
    }
}

/// A text on its way through a network.
pub(crate) struct PackagedRun {
    packaged: Arc<Packaged>,
    ticket: Option<Ticket>,
}

impl PackagedRun {
    pub(crate) fn segments_left(&self) -> usize {
        usize::from(self.ticket.is_none())
    }

    pub(crate) fn submit_next(&mut self, waits: &[Ticket]) -> Result<Option<Ticket>> {
        if self.ticket.is_some() {
            return Ok(None);
        }
        self.ticket = Some(self.packaged.device.ml().submit(&self.packaged.recording, &[], waits)?);
        Ok(self.ticket.clone())
    }

    pub(crate) fn output(&self) -> Result<Slice> {
        let port = &self.packaged.vectors;
        Ok(port.buffer.slice(0..port.form.shape().iter().product::<u64>() * port.form.number().bytes())?)
    }

    pub(crate) fn finish(mut self) -> Result<Vec<f32>> {
        self.submit_next(&[])?;
        if let Some(ticket) = &self.ticket {
            ticket.wait(LONGEST_WAIT)?;
        }
        let mut vectors = vec![0.0; self.packaged.vectors.form.shape().iter().product::<u64>() as usize];
        self.packaged.vectors.buffer.read(0, &mut vectors)?;
        Ok(vectors)
    }
}

impl Drop for PackagedRun {
    fn drop(&mut self) {
        // The next run writes the inputs. A failure is reported by the ticket.
        if let Some(ticket) = &self.ticket {
            let _ = ticket.wait(LONGEST_WAIT);
        }
        self.packaged.busy.store(false, Ordering::Release);
    }
}

/// The cosine of two vectors of length one.
pub(super) fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use hal::{Kind, Options};

    /// The network of Metal on paper: item `n` is `n + 1` times the sum of the products of ids and mask.
    #[test]
    fn one_text_at_a_time_runs_through_a_network() {
        let device = match Device::open(&Options { kind: Kind::Metal, ..Options::default() }) {
            Ok(device) => device,
            Err(hal::Error::Unsupported(why)) if std::env::var_os("DOWNBEAT_REQUIRE_PAPER").is_none() => {
                return println!("not run: {why}");
            }
            Err(cause) => panic!("{cause}"),
        };
        let folder = tempfile::tempdir().expect("a folder");
        let ports = "in ids i32 1 8\nin mask f32 1 8\nout vectors f32 1 4\n";
        std::fs::write(folder.path().join("network.txt"), ports).expect("written");
        let refused = Packaged::open(&device, folder.path(), "test", 5).err().expect("vectors of another length");
        assert!(refused.to_string().contains("vectors"), "{refused}");
        let packaged = Arc::new(Packaged::open(&device, folder.path(), "test", 4).expect("opens"));
        let mut run = packaged.start(&[1, 2, 3]).expect("accepted").expect("nothing else runs");
        assert!(packaged.start(&[1]).expect("no error").is_none(), "a second run at once");
        assert_eq!(run.segments_left(), 1);
        assert!(run.submit_next(&[]).expect("accepted").is_some() && run.submit_next(&[]).expect("no error").is_none());
        assert_eq!((run.segments_left(), run.output().expect("it lies there").len()), (0, 16));
        assert_eq!(run.finish().expect("runs"), [6.0, 12.0, 18.0, 24.0]);
        assert!(packaged.start(&[1; 9]).expect("no error").is_none(), "too long");
        let run = packaged.start(&[5]).expect("accepted").expect("the first run has ended");
        assert_eq!(run.finish().expect("runs"), [5.0, 10.0, 15.0, 20.0], "nothing is left of a longer text");
    }
}
