//! Times the `model2vec-rs` crate: `model2vec-peer MODEL_DIR TEXTS REPEATS` prints the median seconds to embed all lines of TEXTS,
//! then the first vector, so that the caller can check that it is the same table.

use std::hint::black_box;
use std::time::Instant;

use model2vec_rs::model::StaticModel;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, model, texts, repeats] = args.as_slice() else {
        panic!("usage: model2vec-peer MODEL_DIR TEXTS REPEATS");
    };
    let model = StaticModel::from_pretrained(model, None, None, None).expect("a model2vec folder");
    let texts: Vec<String> = std::fs::read_to_string(texts).expect("a text file").lines().map(String::from).collect();
    let repeats: usize = repeats.parse().expect("a number");
    let first = model.encode_flat(&texts[..1]);
    black_box(model.encode_flat(&texts));
    let mut seconds: Vec<f64> = (0..repeats)
        .map(|_| {
            let start = Instant::now();
            black_box(model.encode_flat(&texts));
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    println!("{}", seconds[seconds.len() / 2]);
    println!("{first:?}");
}
