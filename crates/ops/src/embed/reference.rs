//! The embedding in f64.

use super::Rows;

/// One row per id; indices must be inside the tables.
pub fn embed(tables: &Rows<'_>, ids: &[u32], positions: &[u32]) -> Vec<f64> {
    let width = tables.kind.len();
    let mut out = Vec::new();
    for (&id, &position) in ids.iter().zip(positions) {
        for i in 0..width {
            let (word, place) =
                (tables.words[id as usize * width + i], tables.positions[position as usize * width + i]);
            out.push(f64::from(word) + f64::from(place) + f64::from(tables.kind[i]));
        }
    }
    out
}
