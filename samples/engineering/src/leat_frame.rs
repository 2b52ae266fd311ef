//! Reads one Leat version 3 frame. The layout is in ../leat-protocol.md.

pub const MAGIC: [u8; 2] = [0x4C, 0x33];
pub const HEADER_LEN: usize = 20;
pub const MAX_FRAME: usize = 512;

#[derive(Debug, PartialEq, Eq)]
pub enum FrameError {
    /// Fewer bytes than the header promises. Wait for more.
    Incomplete { need: usize },
    /// Not a Leat frame. The connection is out of step and has to be closed.
    BadMagic([u8; 2]),
    /// The sender believes in larger frames than we do.
    TooLong(usize),
    BadCrc { expected: u32, found: u32 },
}

#[derive(Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    pub kind: u8,
    pub backfill: bool,
    pub clock_uncertain: bool,
    pub station: u32,
    pub sequence: u32,
    /// Milliseconds since 2000-01-01T00:00Z; six bytes last until the year 10919.
    pub time_ms: u64,
    pub payload: &'a [u8],
}

pub fn parse(bytes: &[u8]) -> Result<Frame<'_>, FrameError> {
    let header = bytes.get(..HEADER_LEN).ok_or(FrameError::Incomplete { need: HEADER_LEN })?;
    if header[..2] != MAGIC {
        return Err(FrameError::BadMagic([header[0], header[1]]));
    }
    let length = usize::from(u16::from_le_bytes([header[18], header[19]]));
    let end = HEADER_LEN + length;
    if end + 4 > MAX_FRAME {
        return Err(FrameError::TooLong(end + 4));
    }
    let whole = bytes.get(..end + 4).ok_or(FrameError::Incomplete { need: end + 4 })?;
    let found = u32_at(whole, end);
    let expected = crc32c(&whole[..end]);
    if found != expected {
        return Err(FrameError::BadCrc { expected, found });
    }
    let mut time = [0u8; 8];
    time[..6].copy_from_slice(&header[12..18]);
    Ok(Frame {
        kind: header[2],
        backfill: header[3] & 0b010 != 0,
        clock_uncertain: header[3] & 0b100 != 0,
        station: u32_at(header, 4),
        sequence: u32_at(header, 8),
        time_ms: u64::from_le_bytes(time),
        payload: &whole[HEADER_LEN..end],
    })
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// Bitwise on purpose: this file is also read by people who check the standard (Castagnoli, reflected).
fn crc32c(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |mut crc, &byte| {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0x82F6_3B78 } else { crc >> 1 };
        }
        crc
    })
}
