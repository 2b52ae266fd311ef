//! What is wanted of rows of logits, and what comes.

use ops::sample::Chance;

/// What is wanted of a row of logits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Want {
    /// All of them.
    Row,
    /// The token that a sampler with this chance would choose.
    Token(Chance),
}

/// What a run gives of a row of logits.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// A value for each token of the vocabulary.
    Row(Vec<f32>),
    /// The token that was asked for.
    Token(u32),
}

/// Logits of those sequences of a batch that wanted them, in the batch's order, and of each in the order of its tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Logits {
    pub(super) values: Vec<f32>,
    pub(super) vocab: usize,
}

impl Logits {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.values.len() / self.vocab
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One row, a value for each token of the vocabulary.
    pub fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.vocab..(at + 1) * self.vocab]
    }

    /// One row, to change before sampling.
    pub fn row_mut(&mut self, at: usize) -> &mut [f32] {
        &mut self.values[at * self.vocab..(at + 1) * self.vocab]
    }
}
