//! The layers as recordings for CPUs: one program for each capacity, all over one set of working buffers.

use super::config::Config;
use super::load::{Layer, MOST_OUTPUTS, Model, Options, Product, Side};
use super::product::ProductKind;
use super::segments::Segments;
use crate::Result;
use hal::{Heap, Recording, Slice};
use ops::causal::{self, Causal};
use ops::quantised::{self, activations, activations::Span};
use ops::rotary::{self, Rotary};
use ops::{PARAM_SEQUENCES, PARAM_TOKENS, glu, lookup, rms};

/// Buffers for the rows of a run. The rows given to quantised products stand there as bytes as well. `S` is what stands for a buffer:
/// nothing, where they are only counted.
pub(super) struct Working<S = Slice> {
    stream: S,
    normed: Rowset<S>,
    q: S,
    k: S,
    v: S,
    attended: Rowset<S>,
    delta: S,
    gate: S,
    up: S,
    gated: Rowset<S>,
    last: Rowset<S>,
    bytes: u64,
}

/// Rows as numbers, and as bytes where their width is made of whole blocks.
struct Rowset<S = Slice> {
    values: S,
    bytes: Option<S>,
}

impl Working {
    pub fn new(config: &Config, options: &Options, heap: &Heap) -> Result<Working> {
        Working::lay_out(config, options, |bytes| Ok(heap.alloc(bytes)?.all()))
    }

    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Working<()> {
    /// The bytes that [`Working::new`] takes.
    pub fn foretold(config: &Config, options: &Options) -> Result<u64> {
        Working::lay_out(config, options, |_| Ok(())).map(|working| working.bytes)
    }
}

impl<S> Working<S> {
    fn lay_out(config: &Config, options: &Options, take: impl Fn(u64) -> Result<S>) -> Result<Working<S>> {
        let mut total = 0;
        let mut room = |bytes: usize| -> Result<S> {
            total += bytes as u64;
            take(bytes as u64)
        };
        let rows = options.slice;
        let heads = config.heads;
        let (wide, narrow) = (heads.queries * heads.size, heads.kept * heads.size);
        let rowset = |rows: usize, width: usize, room: &mut dyn FnMut(usize) -> Result<S>| -> Result<Rowset<S>> {
            let whole = width.is_multiple_of(activations::BLOCK);
            let bytes = if whole { Some(room(activations::bytes(width, rows))?) } else { None };
            Ok(Rowset { values: room(rows * width * 4)?, bytes })
        };
        Ok(Working {
            normed: rowset(rows, config.hidden, &mut room)?,
            attended: rowset(rows, wide, &mut room)?,
            gated: rowset(rows, config.intermediate, &mut room)?,
            last: rowset(MOST_OUTPUTS, config.hidden, &mut room)?,
            stream: room(rows * config.hidden * 4)?,
            q: room(rows * wide * 4)?,
            k: room(rows * narrow * 4)?,
            v: room(rows * narrow * 4)?,
            delta: room(rows * config.hidden * 4)?,
            gate: room(rows * config.intermediate * 4)?,
            up: room(rows * config.intermediate * 4)?,
            bytes: total,
        })
    }
}

/// Records the layers for a capacity, cut into segments.
pub(super) fn record(model: &Model, side: &Side, capacity: usize) -> Result<Vec<Recording>> {
    let tokens = capacity.min(model.options.slice);
    let segments = Segments::new(&model.device, model.options.segment_flops, model.options.marks);
    let mut writer = Writer { model, side, tokens, segments };
    writer.whole()?;
    Ok(writer.segments.finish())
}

struct Writer<'a> {
    model: &'a Model,
    side: &'a Side,
    tokens: usize,
    segments: Segments,
}

/// What goes into the stream at the next norm.
#[derive(Clone, Copy)]
struct Pending<'a> {
    delta: &'a Slice,
    post: Option<&'a Slice>,
}

impl<'a> Writer<'a> {
    fn whole(&mut self) -> Result<()> {
        let (model, tokens) = (self.model, self.tokens);
        let (side, io, w, config) = (self.side, &model.io, &self.side.working, &model.config);
        let (kind, table) = &side.table;
        lookup::record(
            self.segments.recorder(),
            &io.ids,
            *kind,
            table,
            &w.stream,
            config.embedding_factor,
            tokens,
            PARAM_TOKENS,
        )?;
        self.segments.step("look-up", 0);
        let mut pending = None;
        for at in 0..side.layers.len() {
            pending = Some(self.layer(at, pending)?);
        }
        self.norm(&side.last_norm, pending, &w.normed, None)?;
        let plain = lookup::Table::Plain { rows: tokens, width: config.hidden };
        let outputs = MOST_OUTPUTS.min(tokens);
        lookup::record(
            self.segments.recorder(),
            &io.picks,
            plain,
            &w.normed.values,
            &w.last.values,
            1.0,
            outputs,
            PARAM_SEQUENCES,
        )?;
        self.segments.step("pick", 0);
        self.bytes(&side.head, &w.last, config.hidden, outputs)?;
        self.product(&side.head, &w.last, &io.logits, outputs, PARAM_SEQUENCES)
    }

    fn layer(&mut self, at: usize, pending: Option<Pending<'a>>) -> Result<Pending<'a>> {
        let (model, tokens) = (self.model, self.tokens);
        let (side, io) = (self.side, &model.io);
        let (layer, w, config): (&Layer, &Working, &Config) = (&side.layers[at], &side.working, &model.config);
        let [keys, values] = &model.caches[at];
        let kind = config.layers[at];
        self.norm(&layer.attention_norm, pending, &w.normed, span(&[&layer.query, &layer.key, &layer.value]))?;
        self.products(&[(&layer.query, &w.q), (&layer.key, &w.k), (&layer.value, &w.v)], &w.normed)?;
        let kept = model.options.kept;
        let rotary =
            Rotary { heads: config.heads, pairs: config.pairs, turned: config.turned, kept, epsilon: config.epsilon };
        let bindings = rotary::Bindings {
            q: &w.q,
            k: &w.k,
            v: &w.v,
            positions: &io.positions,
            slots: &io.slots,
            table: &model.angles[kind.rope],
            gains: layer.gains.as_ref().map(|(q, k)| (q, k)),
            keys,
            values,
        };
        rotary.record(self.segments.recorder(), bindings, tokens, model.options.rows)?;
        self.segments.step("turn", 0);
        let causal =
            Causal { heads: config.heads, kept, scale: config.scale, cap: config.attention_cap, window: kind.window };
        let bindings = causal::Bindings {
            q: &w.q,
            keys,
            values,
            positions: &io.positions,
            bases: &io.bases,
            out: &w.attended.values,
        };
        causal.record(self.segments.recorder(), bindings, tokens, model.options.rows)?;
        let wide = config.heads.queries * config.heads.size;
        // The most that a token may see: how much it does is not known before the run.
        let seen = kind.window.unwrap_or(usize::MAX).min(config.context).min(model.options.rows);
        self.segments.step("attend", 4 * (tokens * seen * wide) as u64);
        self.bytes(&layer.output, &w.attended, wide, tokens)?;
        self.product(&layer.output, &w.attended, &w.delta, tokens, PARAM_TOKENS)?;
        let pending = Pending { delta: &w.delta, post: layer.attention_post.as_ref() };
        self.norm(&layer.feed_norm, Some(pending), &w.normed, span(&[&layer.gate, &layer.up]))?;
        self.products(&[(&layer.gate, &w.gate), (&layer.up, &w.up)], &w.normed)?;
        let bytes = w.gated.bytes.as_ref().zip(span(&[&layer.down]));
        let rows = glu::Rows { gate: &w.gate, up: &w.up, out: &w.gated.values, bytes };
        glu::record(self.segments.recorder(), rows, config.gate, config.intermediate, tokens)?;
        self.segments.step("gate", 0);
        self.product(&layer.down, &w.gated, &w.delta, tokens, PARAM_TOKENS)?;
        Ok(Pending { delta: &w.delta, post: layer.feed_post.as_ref() })
    }

    fn norm(&mut self, gain: &Slice, pending: Option<Pending<'_>>, to: &Rowset, span: Option<Span>) -> Result<()> {
        let (model, tokens) = (self.model, self.tokens);
        let config = &model.config;
        let rows = rms::Rows {
            x: &self.side.working.stream,
            delta: pending.map(|pending| pending.delta),
            post: pending.and_then(|pending| pending.post),
            gain,
            out: &to.values,
            bytes: to.bytes.as_ref().zip(span),
        };
        rms::record(self.segments.recorder(), rows, config.hidden, config.epsilon, tokens)?;
        self.segments.step("norm", 0);
        Ok(())
    }

    /// Rows as bytes, where the product takes them so.
    fn bytes(&mut self, product: &Product, rows: &Rowset, width: usize, count: usize) -> Result<()> {
        if let (Some(span), Some(bytes)) = (span(&[product]), &rows.bytes) {
            activations::record(self.segments.recorder(), &rows.values, bytes, width, span, count)?;
            self.segments.step("bytes", 0);
        }
        Ok(())
    }

    /// Products of one input: one dispatch for all that are quantised.
    fn products(&mut self, products: &[(&Product, &Slice)], x: &Rowset) -> Result<()> {
        self.counted(products, x, self.tokens, PARAM_TOKENS)
    }

    fn product(&mut self, product: &Product, x: &Rowset, y: &Slice, rows: usize, count: usize) -> Result<()> {
        self.counted(&[(product, y)], x, rows, count)
    }

    fn counted(&mut self, products: &[(&Product, &Slice)], x: &Rowset, rows: usize, count: usize) -> Result<()> {
        let mut quantised = Vec::new();
        let mut flops = 0;
        for (product, y) in products {
            match &product.kind {
                ProductKind::Quantised(matrix) => {
                    quantised.push(quantised::Product { matrix: *matrix, packed: &product.packed, y });
                }
                ProductKind::Float(linear) => {
                    linear.record_counted(self.segments.recorder(), &x.values, &product.packed, y, rows, count)?;
                }
            }
            let (inputs, outputs) = product.kind.shape();
            flops += 2 * (rows * inputs * outputs) as u64;
        }
        // Widths of quantised products are whole blocks, so their rows have bytes.
        if let (false, Some(bytes)) = (quantised.is_empty(), &x.bytes) {
            quantised::record(self.segments.recorder(), bytes, &quantised, rows, count)?;
        }
        self.segments.step("product", flops);
        Ok(())
    }
}

/// The scales that these products need of their rows' bytes; none where they take no bytes.
fn span(products: &[&Product]) -> Option<Span> {
    let spans = products.iter().filter_map(|product| match &product.kind {
        ProductKind::Quantised(matrix) => Some(matrix.kind().span()),
        ProductKind::Float(_) => None,
    });
    spans.max_by_key(|span| *span as u32)
}
