//! The table of angles, made once per model, in f64.

/// Cosines and sines of all positions: `[positions][cos half][sin half]`, times `scale`. `angle = position x frequency[i]`.
pub fn angles(frequencies: &[f64], positions: usize, scale: f64) -> Vec<f32> {
    let mut table = Vec::with_capacity(positions * 2 * frequencies.len());
    for position in 0..positions {
        // transformers multiplies in single precision; so positions and angles are those of the models' training.
        let angle = |frequency: &f64| f64::from(position as f32 * *frequency as f32);
        table.extend(frequencies.iter().map(|f| (angle(f).cos() * scale) as f32));
        table.extend(frequencies.iter().map(|f| (angle(f).sin() * scale) as f32));
    }
    table
}

/// The frequencies `base^(-2 i / turned)` of `turned / 2` pairs.
pub fn frequencies(base: f64, turned: usize) -> Vec<f64> {
    (0..turned / 2).map(|i| base.powf(-2.0 * i as f64 / turned as f64)).collect()
}

/// Llama 3's way to a longer context: long waves are stretched by `factor`, short ones stay, between them it is mixed. Wave lengths are
/// compared with the `original` context, divided by `low` and by `high`.
pub fn stretch_llama3(frequencies: &mut [f64], factor: f64, low: f64, high: f64, original: f64) {
    for frequency in frequencies {
        let wave = 2.0 * std::f64::consts::PI / *frequency;
        if wave > original / low {
            *frequency /= factor;
        } else if wave > original / high {
            let mix = (original / wave - low) / (high - low);
            *frequency = (1.0 - mix) * *frequency / factor + mix * *frequency;
        }
    }
}
