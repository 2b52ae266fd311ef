//! Token ids of several texts, packed one after another.

use std::ops::Range;

/// Token ids of several texts without padding, and how much of each text was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenBatch {
    ids: Vec<u32>,
    /// Where each text begins in the ids, and where the last one ends.
    offsets: Vec<u32>,
    cut: Vec<u32>,
}

impl Default for TokenBatch {
    fn default() -> TokenBatch {
        TokenBatch { ids: Vec::new(), offsets: vec![0], cut: Vec::new() }
    }
}

impl TokenBatch {
    /// A batch of no texts.
    pub fn new() -> TokenBatch {
        TokenBatch::default()
    }

    /// Appends a text that is ids already, special tokens included where the model wants them; what passes `max_tokens` is cut.
    pub fn push(&mut self, ids: &[u32], max_tokens: usize) {
        let kept = ids.len().min(max_tokens);
        self.ids.extend_from_slice(&ids[..kept]);
        self.end_text(ids.len() - kept);
    }

    /// How many texts it has.
    pub fn len(&self) -> usize {
        self.cut.len()
    }

    /// Whether it has no texts.
    pub fn is_empty(&self) -> bool {
        self.cut.is_empty()
    }

    /// Ids of all texts.
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// The ids of one text, with its special tokens.
    pub fn text(&self, index: usize) -> &[u32] {
        self.texts(index..index + 1)
    }

    /// The ids of consecutive texts.
    pub fn texts(&self, range: Range<usize>) -> &[u32] {
        &self.ids[self.offsets[range.start] as usize..self.offsets[range.end] as usize]
    }

    /// Where each of consecutive texts begins in [`TokenBatch::texts`], and where the last one ends: `[texts + 1]` rising from 0.
    pub fn offsets(&self, range: Range<usize>) -> Vec<u32> {
        let first = self.offsets[range.start];
        self.offsets[range.start..=range.end].iter().map(|offset| offset - first).collect()
    }

    /// How many tokens of a text did not fit and were left out.
    pub fn cut(&self, index: usize) -> u32 {
        self.cut[index]
    }

    /// How many tokens were left out per text.
    pub fn cuts(&self) -> &[u32] {
        &self.cut
    }

    /// Cuts the batch into consecutive ranges of at most `tokens` tokens and `texts` texts; a single longer text is a range of its
    /// own. This is how work is cut into slices.
    pub fn slices(&self, tokens: usize, texts: usize) -> Vec<Range<usize>> {
        let mut slices = Vec::new();
        let mut from = 0;
        for index in 0..self.len() {
            let too_long = self.texts(from..index + 1).len() > tokens;
            if index > from && (too_long || index - from >= texts) {
                slices.push(from..index);
                from = index;
            }
        }
        if from < self.len() {
            slices.push(from..self.len());
        }
        slices
    }

    /// Appends the texts of another batch.
    pub fn append(&mut self, other: &TokenBatch) {
        let shift = self.ids.len() as u32;
        self.ids.extend_from_slice(&other.ids);
        self.offsets.extend(other.offsets[1..].iter().map(|offset| offset + shift));
        self.cut.extend_from_slice(&other.cut);
    }

    pub(super) fn ids_mut(&mut self) -> &mut Vec<u32> {
        &mut self.ids
    }

    pub(super) fn end_text(&mut self, cut: usize) {
        self.offsets.push(self.ids.len() as u32);
        self.cut.push(cut as u32);
    }
}
