//! A WordPiece vocabulary as one hash table: no allocation and no string made for a look-up.

/// The longest token, in bytes, that a vocabulary may hold to be served from this table.
pub(super) const MAX_TOKEN_BYTES: usize = 128;

/// What begins the tokens that continue a word.
pub(super) const CONTINUATION: &str = "##";

/// Where in a word a token stands. The two are looked up apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Start,
    Inside,
}

/// A running hash of the bytes of a word, fed byte by byte while the word is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(u64);

impl Hash {
    #[inline]
    pub(super) fn new(place: Place) -> Hash {
        match place {
            Place::Start => Hash(0x9E37_79B9_7F4A_7C15),
            Place::Inside => Hash(0xD1B5_4A32_D192_ED03),
        }
    }

    #[inline]
    pub(super) fn add(self, byte: u8) -> Hash {
        Hash((self.0 ^ u64::from(byte)).wrapping_mul(0xF135_7AEA_2E62_A9C5).rotate_left(23))
    }

    /// The multiplication once more: the last byte has reached only some of the bits so far.
    #[inline]
    fn mixed(self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// A slot of the table: part of the hash, and the token plus one (zero: free) with [`INSIDE`] set if it continues a word.
#[derive(Clone, Copy, Default)]
struct Slot {
    tag: u32,
    token: u32,
}

const INSIDE: u32 = 1 << 31;

/// Bits of the filter: 32 KiB, so that it stays in the innermost cache and answers most look-ups of what is no token.
const FILTER_BITS: u32 = 18;

/// All tokens of a vocabulary. The id of a token is its index in the list it is made from.
pub(super) struct Vocabulary {
    slots: Box<[Slot]>,
    shift: u32,
    /// A bit for each hash that some token has.
    filter: Box<[u64; 1 << (FILTER_BITS - 6)]>,
    /// The tokens without their continuation mark, one after another.
    text: Box<[u8]>,
    /// Where each token starts in the text, and where the last one ends.
    starts: Box<[u32]>,
    longest: [usize; 2],
}

impl Vocabulary {
    /// `None` if the list cannot be served from this table: a token is too long, or the list is empty or too large.
    /// Of equal tokens the last one counts.
    pub(super) fn new(tokens: &[&str]) -> Option<Vocabulary> {
        if tokens.is_empty() || tokens.len() > 1 << 24 {
            return None;
        }
        let bits = (tokens.len() * 2).next_power_of_two().trailing_zeros().max(1);
        let mut vocabulary = Vocabulary {
            slots: vec![Slot::default(); 1 << bits].into(),
            shift: u64::BITS - bits,
            filter: Box::new([0; 1 << (FILTER_BITS - 6)]),
            text: Box::default(),
            starts: Box::default(),
            longest: [0; 2],
        };
        let (mut text, mut starts, mut places) = (Vec::new(), vec![0u32], Vec::new());
        for token in tokens {
            let (place, bare) = match token.strip_prefix(CONTINUATION) {
                Some(bare) if !bare.is_empty() => (Place::Inside, bare),
                _ => (Place::Start, *token),
            };
            if bare.len() > MAX_TOKEN_BYTES {
                return None;
            }
            let longest = &mut vocabulary.longest[place as usize];
            *longest = bare.len().max(*longest);
            text.extend_from_slice(bare.as_bytes());
            starts.push(text.len() as u32);
            places.push(place);
        }
        vocabulary.text = text.into();
        vocabulary.starts = starts.into();
        for (id, place) in places.into_iter().enumerate() {
            vocabulary.insert(id as u32, place);
        }
        Some(vocabulary)
    }

    fn insert(&mut self, id: u32, place: Place) {
        let bytes = self.bytes(id);
        let hash = bytes.iter().fold(Hash::new(place), |hash, &byte| hash.add(byte)).mixed();
        let (mut index, tag) = (self.first_slot(hash), hash as u32);
        while self.slots[index].token != 0 && !self.holds(self.slots[index], tag, place, self.bytes(id)) {
            index = (index + 1) & (self.slots.len() - 1);
        }
        let inside = if place == Place::Inside { INSIDE } else { 0 };
        self.slots[index] = Slot { tag, token: (id + 1) | inside };
        let bit = hash >> (u64::BITS - FILTER_BITS);
        self.filter[bit as usize / 64] |= 1 << (bit % 64);
    }

    /// The id of the token `bytes` at `place`, where `hash` is the hash of both.
    #[inline]
    pub(super) fn find(&self, place: Place, bytes: &[u8], hash: Hash) -> Option<u32> {
        let hash = hash.mixed();
        let bit = hash >> (u64::BITS - FILTER_BITS);
        if self.filter[bit as usize / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        let mut index = self.first_slot(hash);
        loop {
            let slot = self.slots[index];
            if slot.token == 0 {
                return None;
            }
            if self.holds(slot, hash as u32, place, bytes) {
                return Some((slot.token & !INSIDE) - 1);
            }
            index = (index + 1) & (self.slots.len() - 1);
        }
    }

    /// The id of a token as the vocabulary writes it, for tokens that start a word.
    pub(super) fn id(&self, token: &str) -> Option<u32> {
        let hash = token.bytes().fold(Hash::new(Place::Start), Hash::add);
        self.find(Place::Start, token.as_bytes(), hash)
    }

    /// The length of the longest token at `place`, in bytes.
    #[inline]
    pub(super) fn longest(&self, place: Place) -> usize {
        self.longest[place as usize]
    }

    #[inline]
    fn first_slot(&self, mixed: u64) -> usize {
        (mixed >> self.shift) as usize
    }

    #[inline]
    fn holds(&self, slot: Slot, tag: u32, place: Place, bytes: &[u8]) -> bool {
        slot.tag == tag
            && (slot.token & INSIDE != 0) == (place == Place::Inside)
            && self.bytes((slot.token & !INSIDE) - 1) == bytes
    }

    #[inline]
    fn bytes(&self, id: u32) -> &[u8] {
        let id = id as usize;
        &self.text[self.starts[id] as usize..self.starts[id + 1] as usize]
    }
}
