//! Generators on GPUs: weights in one form for all their uses, and two kinds of programs.
//!
//! - Runs of a few tokens read weights once and compute little: products stream them (`ops::streamed`), with norms, the gate and residual
//!   sums inside. Everything is f32 but the weights and the cache, and what matrix units multiply where there are several tokens.
//! - Runs of many tokens compute: products take rows of one type, which is that of the weights' numbers (`Side::float`). Quantised weights
//!   become numbers in two rooms: those of the next product that takes the other room, beside one, those of the widest beside attention.
//!   Where warp groups multiply, weights of halves are put there too, in their order.
//!
//! Products of one input are one: queries, keys and values, and gate and up. Weights of bf16 become f16, but in Gemma, whose activations
//! pass what f16 holds, so that all its numbers are f32. What the first table and the last product share is kept once.

mod program;

pub(super) use program::{record, record_copy};

use super::layout::{Held, Numbers, Part};
use super::load::{Loader, MOST_OUTPUTS, Options};
use crate::{Error, Result};
use hal::{Device, Heap, Recording, Slice};
use ops::glu::Gate;
use ops::linear::{Epilogue, GpuLinear, MOST_PARTS, Results, Weights};
use ops::streamed::{self, Matrix};
use ops::{Float, Target, sample};
use std::sync::OnceLock;

/// Capacities that programs are recorded for. With passages a question takes up to 640 tokens as a rule.
const CAPACITIES: [usize; 9] = [1, 2, 4, 8, 16, 64, 256, 640, 1024];

/// The programs for runs of up to `slice` tokens, the smallest first: tokens, and of how many the logits are wanted. Of one row another
/// body makes them than of several, sooner; before the end of a prompt none does.
pub(super) fn capacities(slice: usize) -> Vec<(usize, usize)> {
    let of = |tokens: usize| {
        let mut outputs = vec![0, 1, MOST_OUTPUTS.min(tokens)];
        outputs.dedup();
        outputs.into_iter().map(move |outputs| (tokens, outputs))
    };
    CAPACITIES.into_iter().filter(|tokens| *tokens <= slice).flat_map(of).collect()
}

/// Up to so many tokens are few; fewer where matrix units multiply rows of halves, more where they stream weights.
const FEW: usize = 8;
const FEW_BESIDE_UNITS: usize = 2;
const FEW_FOR_UNITS: usize = 16;

/// Runs of a few tokens that take no more time than one of many: 24 tokens in two take 3.6 to 4.4 ms, in one 4.6 ms in f16 and, reckoned
/// with what unpacking takes, 6 ms in quantised weights (a model of 1.2e9 weights on an H200).
const RUNS_INSTEAD: usize = 2;

/// Neighbouring rows of a product that are held alike.
struct Rows {
    first: usize,
    matrix: Matrix,
    packed: Slice,
}

/// Products of one input, as one.
struct Product {
    name: &'static str,
    inputs: usize,
    outputs: usize,
    parts: Vec<Rows>,
    /// The product for many rows, weights in rows.
    linear: GpuLinear,
    /// Its weights, where they are those of `parts`; else they are made when they are needed.
    numbers: Option<Slice>,
    /// Which of the rooms for numbers is its: another one than that of the product before it and the one after it.
    room: usize,
    /// What those who take its results can do with them.
    results: Results,
}

/// What the order of a product's weights depends on: inputs, outputs, whether they are kept, and what results may be.
type Kind = (usize, usize, bool, Results);

impl Product {
    fn kind(&self) -> Kind {
        (self.inputs, self.outputs, self.numbers.is_some(), self.results)
    }

    /// Its weights for `linear`, if they need not be made.
    fn kept_for(&self, linear: &GpuLinear) -> Option<&Slice> {
        self.numbers.as_ref().filter(|_| linear.is_in_rows())
    }

    /// For runs of `tokens` rows: in the order that its weights are made in, or lie in.
    fn linear_for(&self, device: &Device, tokens: usize) -> GpuLinear {
        self.linear.made(device, tokens, self.numbers.is_some(), self.results)
    }
}

/// One layer's weights.
struct Layer {
    attention_norm: Slice,
    qkv: Product,
    gains: Option<(Slice, Slice)>,
    output: Product,
    attention_post: Option<Slice>,
    feed_norm: Slice,
    both: Product,
    down: Product,
    feed_post: Option<Slice>,
}

/// What a GPU has of a generator.
pub(super) struct Side {
    /// The type of activations in runs of many tokens.
    float: Float,
    /// Up to so many tokens are few.
    few: usize,
    /// Whether matrix units multiply them.
    units: bool,
    table: Rows,
    /// None: the table.
    head: Option<Rows>,
    layers: Vec<Layer>,
    last_norm: Slice,
    working: Working,
    /// What is told of each row of logits, where the host reads as fast as its own memory.
    pub told: Slice,
    /// Recordings that bring one row of logits to the host, two, and so on.
    pub copies: [OnceLock<Recording>; MOST_OUTPUTS],
}

/// Buffers for the rows of a run.
struct Working {
    stream: Slice,
    normed: Slice,
    qkv: Slice,
    q: Slice,
    attended: Slice,
    delta: Slice,
    both: Slice,
    gated: Slice,
    logits: Slice,
    /// Rooms for weights as numbers, where products need them made: those of the next product are, beside one.
    numbers: [Slice; 2],
    bytes: u64,
}

impl Side {
    pub fn load(loader: &mut Loader<'_>, options: &Options, target: Target) -> Result<Side> {
        let config = loader.layout.config;
        let (hidden, inner, heads) = (config.hidden, config.intermediate, config.heads);
        let (wide, narrow) = (heads.queries * heads.size, heads.kept * heads.size);
        let (gemma, norms_heads) = (config.architecture.is_gemma(), config.architecture.norms_heads());
        let mut builder = Builder { float: float_of(loader), target, loader };
        let b = &mut builder;
        let table = b.rows(&[(Part::Table, config.vocab)], 0, hidden)?;
        let tied = !b.loader.layout.contains(Part::Head, 0);
        let head = if tied { None } else { Some(b.rows(&[(Part::Head, config.vocab)], 0, hidden)?) };
        let mut layers = Vec::new();
        for at in 0..config.layers.len() {
            layers.push(Layer {
                attention_norm: b.loader.gain(Part::AttentionNorm, at, hidden)?,
                qkv: b.product(
                    "qkv",
                    &[(Part::Query, wide), (Part::Key, narrow), (Part::Value, narrow)],
                    at,
                    hidden,
                )?,
                gains: b.loader.gains(norms_heads, at)?,
                output: b.product("output", &[(Part::Output, hidden)], at, wide)?,
                attention_post: b.loader.gain_if(gemma, Part::AttentionPost, at, hidden)?,
                feed_norm: b.loader.gain(Part::FeedNorm, at, hidden)?,
                both: Product {
                    results: if config.gate == Gate::Silu { Results::Gated } else { Results::Whole },
                    ..b.product("gate and up", &[(Part::Gate, inner), (Part::Up, inner)], at, hidden)?
                },
                down: b.product("down", &[(Part::Down, hidden)], at, inner)?,
                feed_post: b.loader.gain_if(gemma, Part::FeedPost, at, hidden)?,
            });
        }
        let last_norm = b.loader.gain(Part::LastNorm, 0, hidden)?;
        let products = layers.iter().flat_map(|layer| [&layer.qkv, &layer.output, &layer.both, &layer.down]);
        // Weights of halves are put into another order where that is sooner done with: see `GpuLinear::made`.
        let placed = matches!(target, Target::Gpu(features) if features.warp_groups) && b.float == Float::F16;
        let made = products.filter(|product| placed || product.numbers.is_none());
        let mut numbers = [0; 2];
        for product in made {
            numbers[product.room] = (product.linear.packed_bytes() as u64).max(numbers[product.room]);
        }
        let [first, second] = numbers;
        let parts = if placed { u64::from(MOST_PARTS) } else { 1 };
        let float = b.float;
        let sizes = [hidden, wide + 2 * narrow, wide, 2 * inner, inner];
        let logits = MOST_OUTPUTS * config.vocab;
        let working =
            Working::new(sizes, [first, second, logits as u64 * 4], parts, options.slice, float, b.loader.heap)?;
        let told = b.loader.heap.alloc_at_host((MOST_OUTPUTS * sample::words(config.vocab) * 4) as u64)?.all();
        let copies = [const { OnceLock::new() }; MOST_OUTPUTS];
        let (units, few) = match target {
            Target::Gpu(features) if features.matrix_items && float == Float::F16 => (true, FEW_FOR_UNITS),
            Target::Gpu(features) if features.matrix16 && float == Float::F16 => (false, FEW_BESIDE_UNITS),
            _ => (false, FEW),
        };
        Ok(Side { float, few, units, table, head, layers, last_norm, working, told, copies })
    }

    pub fn bytes_per_token(&self) -> u64 {
        let products = |layer: &Layer| {
            let products = [&layer.qkv, &layer.output, &layer.both, &layer.down];
            products.iter().flat_map(|product| &product.parts).map(|rows| rows.packed.len()).sum::<u64>()
        };
        self.layers.iter().map(products).sum::<u64>() + self.head().packed.len()
    }

    /// The rows of a run of few tokens, if some of these take less time than one of `tokens`.
    pub fn few_instead(&self, tokens: usize) -> Option<usize> {
        (self.units && tokens > self.few && tokens <= RUNS_INSTEAD * self.few).then_some(self.few)
    }

    pub fn working_bytes(&self) -> u64 {
        self.working.bytes + self.told.len()
    }

    fn head(&self) -> &Rows {
        self.head.as_ref().unwrap_or(&self.table)
    }
}

impl Working {
    fn new(
        [hidden, qkv, wide, both, inner]: [usize; 5],
        [first, second, logits]: [u64; 3],
        parts: u64,
        rows: usize,
        float: Float,
        heap: &Heap,
    ) -> Result<Working> {
        let mut total = 0;
        let mut room = |bytes: u64| -> Result<Slice> {
            total += bytes;
            Ok(heap.alloc(bytes)?.all())
        };
        // Many rows of that type, or a few in f32.
        let rows_of = |width: usize| (width * (rows * float.bytes()).max(rows.min(FEW_FOR_UNITS) * 4)) as u64;
        Ok(Working {
            stream: room((rows * hidden * 4) as u64)?,
            normed: room(rows_of(hidden))?,
            qkv: room(rows_of(qkv))?,
            q: room(rows_of(wide))?,
            attended: room(rows_of(wide))?,
            delta: room(rows_of(hidden) * parts)?,
            both: room(rows_of(both))?,
            gated: room(rows_of(inner))?,
            logits: room(logits)?,
            numbers: [room(first.max(hal::ALIGNMENT))?, room(second.max(hal::ALIGNMENT))?],
            bytes: total,
        })
    }
}

/// The type of the numbers: f32 where some of the weights are, and in Gemma.
fn float_of(loader: &Loader<'_>) -> Float {
    let config = loader.layout.config;
    let parts = [Part::Query, Part::Key, Part::Value, Part::Output, Part::Gate, Part::Up, Part::Down];
    let exact = |part: Part, layer: usize| match loader.layout.held(part, layer) {
        (Held::Quantised(_), _) | (_, true) => false,
        (Held::F32 | Held::Bf16, false) => true,
    };
    let any = (0..config.layers.len()).any(|layer| parts.iter().any(|part| exact(*part, layer)));
    if any || config.architecture.is_gemma() { Float::F32 } else { Float::F16 }
}

struct Builder<'a, 'b> {
    loader: &'a mut Loader<'b>,
    target: Target,
    float: Float,
}

impl Builder<'_, '_> {
    fn held(&self, part: Part, layer: usize) -> streamed::Held {
        match self.loader.layout.held(part, layer) {
            (Held::Quantised(kind), _) => streamed::Held::Quantised(kind),
            (_, true) => streamed::Held::Float(self.float),
            (Held::F32 | Held::Bf16, false) => streamed::Held::Float(Float::F32),
        }
    }

    fn product(&mut self, name: &'static str, parts: &[(Part, usize)], layer: usize, inputs: usize) -> Result<Product> {
        let outputs = parts.iter().map(|(_, outputs)| outputs).sum();
        let mut rest = parts;
        let (mut rows, mut first) = (Vec::<Rows>::new(), 0);
        while let Some((part, _)) = rest.first() {
            let held = self.held(*part, layer);
            let alike = rest.iter().take_while(|(part, _)| self.held(*part, layer) == held).count();
            let mut next = self.rows(&rest[..alike], layer, inputs)?;
            next.first = first;
            first += next.matrix.outputs();
            rows.push(next);
            rest = &rest[alike..];
        }
        let weights = if self.float == Float::F16 { Weights::F16 } else { Weights::F32 };
        let linear = GpuLinear::new(inputs, outputs, weights, Epilogue::None, self.target)?.in_rows();
        let numbers = match rows.as_slice() {
            [rows] if rows.matrix.held() == streamed::Held::Float(self.float) => Some(rows.packed.clone()),
            _ => None,
        };
        // What these give is added to the stream, and only that.
        let ends = matches!(parts[0].0, Part::Output | Part::Down);
        let (room, results) = if ends { (1, Results::Parts) } else { (0, Results::Whole) };
        Ok(Product { name, inputs, outputs, parts: rows, linear, numbers, room, results })
    }

    /// Packs parts that are held alike, one after another.
    fn rows(&mut self, parts: &[(Part, usize)], layer: usize, inputs: usize) -> Result<Rows> {
        let outputs = parts.iter().map(|(_, outputs)| outputs).sum();
        let matrix = Matrix::new(inputs, outputs, self.held(parts[0].0, layer))?;
        let packed = self.loader.room(matrix.packed_bytes() as u64)?;
        let mut first = 0;
        let mut all = Vec::new();
        for (part, outputs) in parts {
            let numbers = self.loader.layout.product(*part, layer, *outputs, inputs)?;
            self.expect_fits(&numbers, matrix.held())?;
            all.push((first, numbers, self.loader.layout.bias(*part, layer, *outputs)?));
            first += outputs;
        }
        packed.buffer().with_host(|out| -> Result<()> {
            for (first, numbers, bias) in &all {
                match numbers {
                    Numbers::F32(values) => matrix.put_numbers(out, *first, values)?,
                    Numbers::Bf16(values) => matrix.put_numbers(out, *first, values)?,
                    Numbers::Quantised(_, raw) => matrix.put_blocks(out, *first, raw)?,
                }
                if let Some(bias) = bias {
                    matrix.put_bias(out, *first, bias)?;
                }
            }
            Ok(())
        })??;
        Ok(Rows { first: 0, matrix, packed })
    }

    /// Refuses bf16 numbers that f16 does not reach.
    fn expect_fits(&self, numbers: &Numbers<'_>, held: streamed::Held) -> Result<()> {
        /// The largest number of half precision.
        const LARGEST: f32 = 65_504.0;
        let Numbers::Bf16(values) = numbers else { return Ok(()) };
        let beyond = values.iter().find(|value| value.is_finite() && value.abs() > LARGEST);
        match beyond {
            Some(value) if held == streamed::Held::Float(Float::F16) => Err(Error::Unsupported {
                name: self.loader.layout.config.architecture.name().to_owned(),
                reason: format!("a weight is {value}, which half precision does not reach; it runs on the CPU"),
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_has_a_program() {
        for slice in super::super::load::CAPACITIES {
            let all = capacities(slice);
            assert!(all.is_sorted() && all.last() == Some(&(slice, MOST_OUTPUTS.min(slice))), "{all:?}");
            for tokens in 1..=slice {
                for outputs in 0..=tokens.min(MOST_OUTPUTS) {
                    let fits = all.iter().find(|(most, rows)| *most >= tokens && *rows >= outputs);
                    let &(most, rows) = fits.expect("a program");
                    assert!(
                        rows >= outputs && (outputs > 1 || rows == outputs || most > tokens),
                        "{tokens}, {outputs}"
                    );
                }
            }
        }
    }
}
