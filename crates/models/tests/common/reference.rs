//! BERT as the paper says it, in plain loops: the judge of the graph, of the weight mapping and of the pooling.

use models::Weights;
use models::bert::{BertConfig, Layer, Layout, Linear, Norm, Pooling, Tables};

pub struct Reference<'a> {
    config: &'a BertConfig,
    tables: Tables<'a>,
    layers: Vec<Layer<'a>>,
}

impl<'a> Reference<'a> {
    pub fn new(weights: &'a Weights, config: &'a BertConfig) -> Reference<'a> {
        let layout = Layout::new(weights, config);
        let tables = layout.tables().expect("the tables are there");
        let layers = (0..config.layers).map(|index| layout.layer(index).expect("the layer is there")).collect();
        Reference { config, tables, layers }
    }

    /// The vector of one text.
    pub fn vector(&self, ids: &[u32]) -> Vec<f32> {
        let hidden = self.config.hidden;
        let mut x = Vec::new();
        for (position, &id) in ids.iter().enumerate() {
            let word = &self.tables.words[id as usize * hidden..][..hidden];
            let place = &self.tables.positions[position * hidden..][..hidden];
            x.push((0..hidden).map(|i| word[i] + place[i] + self.tables.kind[i]).collect());
        }
        self.norm(&mut x, &self.tables.norm);
        for layer in &self.layers {
            let attended = linear(&self.attention(&linear(&x, &layer.qkv)), &layer.output);
            add(&mut x, &attended);
            self.norm(&mut x, &layer.attention_norm);
            let mut up = linear(&x, &layer.up);
            up.iter_mut().flatten().for_each(|value| *value = gelu(*value));
            add(&mut x, &linear(&up, &layer.down));
            self.norm(&mut x, &layer.norm);
        }
        let rows = if self.config.pooling == Pooling::Cls { &x[..1] } else { &x[..] };
        let mut vector: Vec<f32> =
            (0..hidden).map(|i| rows.iter().map(|row| row[i]).sum::<f32>() / rows.len() as f32).collect();
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|value| *value /= length);
        vector
    }

    fn attention(&self, qkv: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let hidden = self.config.hidden;
        let size = hidden / self.config.heads;
        let mut out = vec![vec![0.0; hidden]; qkv.len()];
        for head in 0..self.config.heads {
            let part = |row: &[f32], which: usize| row[which * hidden + head * size..][..size].to_vec();
            for (query, out) in qkv.iter().zip(&mut out) {
                let scale = (size as f32).sqrt();
                let scores: Vec<f32> = qkv.iter().map(|key| dot(&part(query, 0), &part(key, 1)) / scale).collect();
                let largest = scores.iter().copied().fold(f32::MIN, f32::max);
                let weights: Vec<f32> = scores.iter().map(|score| (score - largest).exp()).collect();
                let sum: f32 = weights.iter().sum();
                for (value, weight) in qkv.iter().zip(&weights) {
                    let value = part(value, 2);
                    (0..size).for_each(|i| out[head * size + i] += weight / sum * value[i]);
                }
            }
        }
        out
    }

    fn norm(&self, x: &mut [Vec<f32>], norm: &Norm<'_>) {
        for row in x {
            let mean = row.iter().sum::<f32>() / row.len() as f32;
            let variance = row.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / row.len() as f32;
            let factor = (variance + self.config.epsilon).sqrt().recip();
            for (i, value) in row.iter_mut().enumerate() {
                *value = (*value - mean) * factor * norm.weight[i] + norm.bias[i];
            }
        }
    }
}

fn add(x: &mut [Vec<f32>], more: &[Vec<f32>]) {
    for (x, more) in x.iter_mut().zip(more) {
        x.iter_mut().zip(more).for_each(|(x, more)| *x += more);
    }
}

fn linear(x: &[Vec<f32>], layer: &Linear<'_>) -> Vec<Vec<f32>> {
    let rows = || layer.weight.chunks_exact(layer.weight.len() / layer.bias.len()).zip(layer.bias.iter());
    x.iter().map(|x| rows().map(|(weights, bias)| dot(weights, x) + bias).collect()).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight sums side by side: plain enough, and a minute faster over the test than one sum.
    let mut sums = [0.0f32; 8];
    for (a, b) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0) {
        (0..8).for_each(|i| sums[i] += a[i] * b[i]);
    }
    assert!(a.len().is_multiple_of(8) && a.len() == b.len());
    sums.iter().sum()
}

/// GELU by the error function's series (Abramowitz and Stegun 7.1.5), beyond its range by its limits.
fn gelu(x: f32) -> f32 {
    let z = f64::from(x) / std::f64::consts::SQRT_2;
    let erf = if z.abs() > 5.0 {
        z.signum()
    } else {
        let (mut sum, mut term) = (0.0, z);
        for n in 0..100 {
            sum += term / f64::from(2 * n + 1);
            term *= -z * z / f64::from(n + 1);
        }
        sum * std::f64::consts::FRAC_2_SQRT_PI
    };
    (0.5 * f64::from(x) * (1.0 + erf)) as f32
}
