//! The layers as recordings for GPUs.

use super::super::load::Model;
use super::super::segments::Segments;
use super::{Kind, Layer, Product, Rows, Side};
use crate::Result;
use hal::{Recording, Slice};
use ops::causal::{self, Causal};
use ops::linear::GpuLinear;
use ops::rotary::{self, Rotary};
use ops::streamed::{self, After, Norm, Shares, unpack};
use ops::{Float, PARAM_SEQUENCES, PARAM_TEMPERATURES, PARAM_TOKENS, glu, rms, sample};
use std::collections::HashMap;

/// Records the layers for up to `tokens` tokens, and logits of up to `outputs` of them, cut into segments.
pub(in super::super) fn record(model: &Model, side: &Side, tokens: usize, outputs: usize) -> Result<Vec<Recording>> {
    let segments = Segments::new(&model.device, model.options.segment_flops, model.options.marks);
    let few = tokens <= side.few;
    let float = if few { Float::F32 } else { side.float };
    let mut writer = Writer { model, side, tokens, float, few, segments, made: [false; 2], orders: HashMap::new() };
    writer.whole(outputs)?;
    Ok(writer.segments.finish())
}

/// Records how so many rows of logits come to the host.
pub(in super::super) fn record_copy(model: &Model, side: &Side, rows: usize) -> Result<Recording> {
    let bytes = (rows * model.config.vocab * 4) as u64;
    let mut recorder = model.device.record("logits");
    recorder.copy(&side.working.logits.slice(0..bytes)?, &model.io.logits.slice(0..bytes)?)?;
    if model.options.marks {
        recorder.timestamp("copy");
    }
    Ok(recorder.finish())
}

struct Writer<'a> {
    model: &'a Model,
    side: &'a Side,
    tokens: usize,
    /// The type of activations.
    float: Float,
    few: bool,
    segments: Segments,
    /// Whether the weights of the product that takes a room next were made there, beside what came before it.
    made: [bool; 2],
    /// The order of weights for each kind of product. It is decided once: whoever makes them, multiplies by them or reads the results
    /// goes by the same.
    orders: HashMap<Kind, GpuLinear>,
}

/// What a product of a few rows reads, and where its sums go.
struct Flow<'a> {
    x: &'a Slice,
    norm: Option<&'a Slice>,
    after: After,
    y: &'a Slice,
}

impl<'w> Writer<'w> {
    fn whole(&mut self, outputs: usize) -> Result<()> {
        let (model, side, tokens) = (self.model, self.side, self.tokens);
        let (io, w, config) = (&model.io, &side.working, &model.config);
        let Rows { matrix, packed, .. } = &side.table;
        let factor = config.embedding_factor;
        let recorder = self.segments.recorder();
        unpack::record_lookup(recorder, *matrix, packed, &io.ids, &w.stream, factor, tokens, PARAM_TOKENS)?;
        self.segments.step("look-up", 0);
        let mut pending = false;
        for (at, layer) in side.layers.iter().enumerate() {
            if outputs == 0 && at + 1 == side.layers.len() {
                return self.keep(at, layer);
            }
            if self.few {
                self.few_rows(at, layer)?;
            } else {
                self.many_rows(at, layer)?;
                pending = true;
            }
        }
        if let Some(last) = side.layers.last().filter(|_| pending) {
            self.norm_of(&last.down, last.feed_post.as_ref(), None)?;
        }
        self.choose(outputs)
    }

    /// What a last layer leaves in the cache: where no logits are wanted, nothing else of it is.
    fn keep(&mut self, at: usize, layer: &'w Layer) -> Result<()> {
        let w = &self.side.working;
        if self.few {
            let norm = Some(&layer.attention_norm);
            self.stream(&layer.qkv, Flow { x: &w.stream, norm, after: After::Store, y: &w.qkv })?;
        } else {
            self.norm_before(at, layer)?;
            self.multiply(&layer.qkv, &w.normed, &w.qkv, None)?;
        }
        self.turn(at, layer)
    }

    /// The last product, for the rows that are picked, and what is told of its results.
    fn choose(&mut self, outputs: usize) -> Result<()> {
        let (model, side) = (self.model, self.side);
        let (io, w, config) = (&model.io, &side.working, &model.config);
        let head = side.head();
        let product = streamed::Product {
            matrix: head.matrix,
            packed: &head.packed,
            x: &w.stream,
            norm: Some(Norm { gain: &side.last_norm, epsilon: config.epsilon }),
            picks: Some(&io.picks),
            after: After::Store,
            y: &w.logits,
            stride: config.vocab,
            first: 0,
        };
        let shares = Shares::of(head.matrix, outputs, side.units);
        streamed::record(self.segments.recorder(), &product, shares, outputs, PARAM_SEQUENCES)?;
        self.segments.step("head", (2 * outputs * config.vocab * config.hidden) as u64);
        let recorder = self.segments.recorder();
        let params = sample::gpu::Params { count: PARAM_SEQUENCES, temperatures: PARAM_TEMPERATURES };
        sample::gpu::record(recorder, &w.logits, &side.told, config.vocab, outputs, params)?;
        self.segments.step("choose", 0);
        Ok(())
    }

    /// A layer over a few rows, which stand in f32. The stream is complete before and after it.
    fn few_rows(&mut self, at: usize, layer: &'w Layer) -> Result<()> {
        let (w, config) = (&self.side.working, &self.model.config);
        let norm = Some(&layer.attention_norm);
        self.stream(&layer.qkv, Flow { x: &w.stream, norm, after: After::Store, y: &w.qkv })?;
        self.attend(at, layer, None)?;
        self.add(&layer.output, &w.attended, layer.attention_post.as_ref())?;
        let norm = Some(&layer.feed_norm);
        if let [_] = layer.both.parts.as_slice() {
            let after = After::Gate(config.gate);
            self.stream(&layer.both, Flow { x: &w.stream, norm, after, y: &w.gated })?;
        } else {
            self.stream(&layer.both, Flow { x: &w.stream, norm, after: After::Store, y: &w.both })?;
            self.gate()?;
        }
        self.add(&layer.down, &w.gated, layer.feed_post.as_ref())
    }

    /// Adds a product to the stream, normed first where there is a gain for that.
    fn add(&mut self, product: &Product, x: &Slice, post: Option<&Slice>) -> Result<()> {
        let w = &self.side.working;
        match post {
            None => self.stream(product, Flow { x, norm: None, after: After::Add, y: &w.stream }),
            Some(_) => {
                self.stream(product, Flow { x, norm: None, after: After::Store, y: &w.delta })?;
                self.rms(Some((&w.delta, 1)), post, None)
            }
        }
    }

    /// A product of a few rows. Its parts run side by side.
    fn stream(&mut self, product: &Product, flow: Flow<'_>) -> Result<()> {
        let epsilon = self.model.config.epsilon;
        let columns = if matches!(flow.after, After::Gate(_)) { product.outputs / 2 } else { product.outputs };
        for Rows { first, matrix, packed } in &product.parts {
            let one = streamed::Product {
                matrix: *matrix,
                packed,
                x: flow.x,
                norm: flow.norm.map(|gain| Norm { gain, epsilon }),
                picks: None,
                after: flow.after,
                y: flow.y,
                stride: columns,
                first: *first,
            };
            let shares = Shares::of(*matrix, self.tokens, self.side.units);
            streamed::record(self.segments.recorder(), &one, shares, self.tokens, PARAM_TOKENS)?;
        }
        self.segments.step(product.name, (2 * self.tokens * product.inputs * product.outputs) as u64);
        Ok(())
    }

    /// A layer over many rows. What the layer before it adds to the stream waits in `delta`, and so does what this one adds.
    fn many_rows(&mut self, at: usize, layer: &'w Layer) -> Result<()> {
        let side = self.side;
        let w = &side.working;
        self.norm_before(at, layer)?;
        self.multiply(&layer.qkv, &w.normed, &w.qkv, Some(&layer.output))?;
        // Attention leaves more of the device idle than any product does, and these are the most weights.
        self.attend(at, layer, Some(&layer.both))?;
        self.multiply(&layer.output, &w.attended, &w.delta, None)?;
        self.norm_of(&layer.output, layer.attention_post.as_ref(), Some(&layer.feed_norm))?;
        if self.linear_for(&layer.both).is_gated() {
            self.multiply(&layer.both, &w.normed, &w.gated, Some(&layer.down))?;
        } else {
            self.multiply(&layer.both, &w.normed, &w.both, Some(&layer.down))?;
            self.gate()?;
        }
        self.multiply(&layer.down, &w.gated, &w.delta, side.layers.get(at + 1).map(|next| &next.qkv))
    }

    /// A product of many rows, its weights as numbers. Those of the `next` one that takes another room are made beside it: that takes
    /// memory's time, and multiprocessors that the product leaves.
    fn multiply(&mut self, product: &Product, x: &Slice, y: &Slice, next: Option<&Product>) -> Result<()> {
        let linear = self.linear_for(product);
        let numbers = match product.kept_for(&linear) {
            Some(numbers) => numbers.clone(),
            None => {
                let numbers = self.room(product, &linear)?;
                if !std::mem::take(&mut self.made[product.room]) {
                    self.unpack(product, &linear, &numbers)?;
                    self.segments.step("unpack", 0);
                }
                numbers
            }
        };
        let columns = if linear.is_gated() { product.outputs / 2 } else { product.outputs };
        let [x, y] = [(x, product.inputs), (y, columns * linear.parts())].map(|(all, width)| self.rows_of(all, width));
        linear.record(self.segments.recorder(), &x?, &numbers, &y?, self.tokens)?;
        self.make(next)?;
        self.segments.step(product.name, (2 * self.tokens * product.inputs * product.outputs) as u64);
        Ok(())
    }

    /// Makes the weights of `next`, if they need making, beside what was recorded last.
    fn make(&mut self, next: Option<&Product>) -> Result<()> {
        let Some(next) = next else { return Ok(()) };
        let linear = self.linear_for(next);
        if next.kept_for(&linear).is_none() {
            self.unpack(next, &linear, &self.room(next, &linear)?)?;
            self.made[next.room] = true;
        }
        Ok(())
    }

    fn linear_for(&mut self, product: &Product) -> GpuLinear {
        let (device, tokens) = (&self.model.device, self.tokens);
        *self.orders.entry(product.kind()).or_insert_with(|| product.linear_for(device, tokens))
    }

    fn room(&self, product: &Product, linear: &GpuLinear) -> Result<Slice> {
        Ok(self.side.working.numbers[product.room].slice(0..linear.packed_bytes() as u64)?)
    }

    /// Records that a product's weights become numbers.
    fn unpack(&mut self, product: &Product, linear: &GpuLinear, numbers: &Slice) -> Result<()> {
        for Rows { first, matrix, packed } in &product.parts {
            unpack::record(self.segments.recorder(), *matrix, packed, linear, numbers, *first)?;
        }
        Ok(())
    }

    /// So many rows of `width` values as the program may take, in the steps of matrix units: a body is chosen by what it is bound to.
    fn rows_of(&self, all: &Slice, width: usize) -> Result<Slice> {
        let bytes = (self.tokens.next_multiple_of(16) * width * self.float.bytes()) as u64;
        Ok(all.slice(0..bytes.min(all.len()))?)
    }

    /// Adds what a product has given to the stream, normed first where there is `post`, and norms the sum where there is a gain for it.
    fn norm_of(&mut self, product: &Product, post: Option<&Slice>, gain: Option<&Slice>) -> Result<()> {
        let parts = self.linear_for(product).parts();
        let delta = self.rows_of(&self.side.working.delta, product.outputs * parts)?;
        self.rms(Some((&delta, parts)), post, gain)
    }

    /// The norm that a layer begins with.
    fn norm_before(&mut self, at: usize, layer: &Layer) -> Result<()> {
        match at.checked_sub(1).map(|before| &self.side.layers[before]) {
            Some(before) => self.norm_of(&before.down, before.feed_post.as_ref(), Some(&layer.attention_norm)),
            None => self.norm_alone(&layer.attention_norm),
        }
    }

    fn norm_alone(&mut self, gain: &Slice) -> Result<()> {
        self.rms(None, None, Some(gain))
    }

    fn rms(&mut self, delta: Option<(&Slice, usize)>, post: Option<&Slice>, gain: Option<&Slice>) -> Result<()> {
        let (w, config) = (&self.side.working, &self.model.config);
        let out = gain.map(|gain| (gain, &w.normed));
        let rows = rms::gpu::Rows { x: &w.stream, delta, post, out, float: self.float };
        rms::gpu::record(self.segments.recorder(), rows, config.hidden, config.epsilon, self.tokens)?;
        self.segments.step("norm", 0);
        Ok(())
    }

    fn gate(&mut self) -> Result<()> {
        let (w, config) = (&self.side.working, &self.model.config);
        let (gate, inner) = (config.gate, config.intermediate);
        glu::gpu::record(self.segments.recorder(), &w.both, &w.gated, gate, inner, self.tokens, self.float)?;
        self.segments.step("gate", 0);
        Ok(())
    }

    /// From rows of queries, keys and values to what attention gives; the weights of the `next` product are made beside it.
    fn attend(&mut self, at: usize, layer: &'w Layer, next: Option<&Product>) -> Result<()> {
        let (model, tokens) = (self.model, self.tokens);
        let (io, w, config, options) = (&model.io, &self.side.working, &model.config, &model.options);
        let (kind, kept) = (config.layers[at], options.kept);
        let causal =
            Causal { heads: config.heads, kept, scale: config.scale, cap: config.attention_cap, window: kind.window };
        // The most that a token may see: how much it does is not known before the run.
        let seen = kind.window.unwrap_or(usize::MAX).min(config.context).min(options.rows);
        let flops = 4 * (tokens * seen * config.heads.queries * config.heads.size) as u64;
        if tokens == 1 {
            let (rotary, bindings) = self.rotary(at, layer);
            let (recorder, base) = (self.segments.recorder(), &io.bases);
            causal::gpu::record_one(recorder, &rotary, &causal, bindings, base, &w.attended, options.rows)?;
            self.segments.step("attend", flops);
            return Ok(());
        }
        self.turn(at, layer)?;
        let [keys, values] = &model.caches[at];
        let bindings =
            causal::Bindings { q: &w.q, keys, values, positions: &io.positions, bases: &io.bases, out: &w.attended };
        causal::gpu::record(self.segments.recorder(), &causal, bindings, tokens, options.rows, self.float)?;
        self.make(next)?;
        self.segments.step("attend", flops);
        Ok(())
    }

    /// Turns queries and keys by their positions, and puts keys and values into the cache.
    fn turn(&mut self, at: usize, layer: &'w Layer) -> Result<()> {
        let (tokens, rows, float) = (self.tokens, self.model.options.rows, self.float);
        let (rotary, bindings) = self.rotary(at, layer);
        rotary::gpu::record(self.segments.recorder(), &rotary, bindings, tokens, rows, float)?;
        self.segments.step("turn", 0);
        Ok(())
    }

    /// What turns queries and keys of a layer.
    fn rotary(&self, at: usize, layer: &'w Layer) -> (Rotary, rotary::gpu::Bindings<'w>) {
        let model = self.model;
        let (io, w, config) = (&model.io, &self.side.working, &model.config);
        let [keys, values] = &model.caches[at];
        let (pairs, turned, kept) = (config.pairs, config.turned, model.options.kept);
        let rotary = Rotary { heads: config.heads, pairs, turned, kept, epsilon: config.epsilon };
        let bindings = rotary::gpu::Bindings {
            qkv: &w.qkv,
            q: &w.q,
            positions: &io.positions,
            slots: &io.slots,
            table: &model.angles[config.layers[at].rope],
            gains: layer.gains.as_ref().map(|(q, k)| (q, k)),
            keys,
            values,
        };
        (rotary, bindings)
    }
}
