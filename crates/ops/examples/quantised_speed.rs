//! Speed of quantised products on this thread: one JSON line per type and number of rows. Few rows are bound by reading the weights
//! (`GB/s`; there are enough matrices to pass all caches), many by arithmetic (`GOP/s`).

use std::hint::black_box;
use std::time::Instant;

use ops::quantised::{Kind, Matrix, activations};
use ops::{AlignedBytes, Isa};

const MATRICES: usize = 8;
const INPUTS: usize = 2048;
const OUTPUTS: usize = 8192;

fn main() {
    let isa = Isa::current();
    for kind in Kind::ALL {
        let matrix = Matrix::new(INPUTS, OUTPUTS, kind, isa).expect("a shape that can be");
        // Zero blocks take as long as others.
        let raw = vec![0u8; matrix.raw_bytes()];
        let packed: Vec<AlignedBytes> = (0..MATRICES)
            .map(|_| {
                let mut packed = AlignedBytes::zeroed(matrix.packed_bytes());
                matrix.pack(&raw, None, &mut packed).expect("a block of the right length");
                packed
            })
            .collect();
        for rows in [1, 2, 4, 8, 64, 256] {
            let x = AlignedBytes::zeroed(activations::bytes(INPUTS, rows));
            let mut y = vec![0.0; rows * OUTPUTS];
            let mut times = Vec::new();
            for _ in 0..if rows > 8 { 2 } else { 5 } {
                let start = Instant::now();
                for packed in &packed {
                    matrix.run(packed, &x, black_box(&mut y)).expect("lengths that fit");
                }
                times.push(start.elapsed().as_secs_f64() / MATRICES as f64);
            }
            times.sort_by(f64::total_cmp);
            let seconds = times[times.len() / 2];
            println!(
                "{{\"op\":\"quantised\",\"type\":\"{}\",\"isa\":\"{}\",\"rows\":{rows},\"GB/s\":{:.1},\"GOP/s\":{:.0}}}",
                kind.name(),
                isa.name(),
                matrix.packed_bytes() as f64 / seconds / 1e9,
                2.0 * (rows * INPUTS * OUTPUTS) as f64 / seconds / 1e9
            );
        }
    }
}
