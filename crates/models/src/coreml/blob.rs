//! The file that a Core ML package keeps its weights in: a head, then each weight behind a record of its length and place, all of it at
//! multiples of 64 bytes.

use std::fs::File;
use std::io::{BufWriter, Result, Seek, SeekFrom, Write};
use std::path::Path;

/// Records, weights and the head start at multiples of this.
const STEP: u64 = 64;

/// Begins each record.
const MARK: u32 = 0xdead_beef;

/// The number that stands for single precision in a record.
const SINGLE: u32 = 2;

pub(super) struct Blobs {
    file: BufWriter<File>,
    end: u64,
    count: u32,
}

impl Blobs {
    pub(super) fn create(path: &Path) -> Result<Blobs> {
        let mut blobs = Blobs { file: BufWriter::new(File::create(path)?), end: 0, count: 0 };
        blobs.put(&[0; STEP as usize])?;
        Ok(blobs)
    }

    /// Adds a weight, and gives the place of its record, which is what models name.
    pub(super) fn add(&mut self, values: &[f32]) -> Result<u64> {
        let (record, bytes) = (self.end, values.len() as u64 * 4);
        let mut head = [0_u8; STEP as usize];
        head[0..4].copy_from_slice(&MARK.to_le_bytes());
        head[4..8].copy_from_slice(&SINGLE.to_le_bytes());
        head[8..16].copy_from_slice(&bytes.to_le_bytes());
        head[16..24].copy_from_slice(&(record + STEP).to_le_bytes());
        self.put(&head)?;
        for part in values.chunks(1 << 16) {
            let bytes: Vec<u8> = part.iter().flat_map(|value| value.to_le_bytes()).collect();
            self.put(&bytes)?;
        }
        let missing = self.end.next_multiple_of(STEP) - self.end;
        self.put(&vec![0; missing as usize])?;
        self.count += 1;
        Ok(record)
    }

    /// Writes the head, now that the number of weights is known.
    pub(super) fn finish(mut self) -> Result<()> {
        const VERSION: u32 = 2;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&self.count.to_le_bytes())?;
        self.file.write_all(&VERSION.to_le_bytes())?;
        self.file.flush()?;
        self.file.get_ref().sync_all()
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.end += bytes.len() as u64;
        self.file.write_all(bytes)
    }
}
