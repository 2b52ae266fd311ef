//! The static embedding in f64.

use super::Table;

/// One vector per sequence; ids must be inside the table.
pub fn static_embed(table: &Table<'_>, ids: &[u32], offsets: &[u32]) -> Vec<f64> {
    let mut out = Vec::new();
    for pair in offsets.windows(2) {
        let mut vector = vec![0.0f64; table.size];
        for &id in &ids[pair[0] as usize..pair[1] as usize] {
            let row = &table.rows[id as usize * table.size..][..table.size];
            for (v, &b) in vector.iter_mut().zip(row) {
                *v += f64::from(b) * f64::from(table.scales[id as usize]);
            }
        }
        let length = vector.iter().map(|v| v * v).sum::<f64>().sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|v| *v /= length);
        }
        out.extend(vector);
    }
    out
}
