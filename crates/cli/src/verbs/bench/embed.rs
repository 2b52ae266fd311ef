//! Texts to vectors: the static table on one thread and on all, the encoder in its three precisions.

use super::{Bench, ENCODER, inputs, median_seconds, wrong};
use crate::failure::Failure;
use models::{Embedder, Embeddings, Precision};
use ops::{Isa, Target};

/// Cosine between a text embedded alone and among others: the same but for rounding, which int8 does per batch.
const SAME: f32 = 0.99;

/// Measures both kinds.
pub fn run(bench: &Bench<'_>) -> Result<(), Failure> {
    static_table(bench)?;
    if bench.has_encoder() {
        for &precision in Precision::on(Target::Cpu(Isa::current())) {
            encoder(bench, precision)?;
        }
    }
    Ok(())
}

fn static_table(bench: &Bench<'_>) -> Result<(), Failure> {
    let engine = bench.engine(Some("static"))?;
    let embedder = engine.embedder();
    for (full, quick, words) in [(20_000, 2_000, 17), (2_000, 200, 254)] {
        let count = bench.size(full, quick);
        let texts = inputs::sentences(count, words);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        check(embedder.as_ref(), &texts)?;
        for threads in [1, bench.threads()] {
            let part = texts.len().div_ceil(threads);
            let seconds = median_seconds(1, 5, || {
                std::thread::scope(|scope| {
                    let running: Vec<_> =
                        texts.chunks(part).map(|texts| scope.spawn(|| embedder.embed(texts))).collect();
                    running.into_iter().try_for_each(|thread| match thread.join() {
                        Ok(embedded) => embedded.map(drop).map_err(|cause| engine::Error::from(cause).into()),
                        Err(_) => Err(Failure::failed("an embedding thread panicked")),
                    })
                })
            })?;
            let plural = if threads == 1 { "thread" } else { "threads" };
            let case = format!("static, {count} texts of {words} tokens, {threads} {plural}");
            bench.record(&case, "throughput", count as f64 / seconds, "texts/s")?;
        }
    }
    Ok(())
}

fn encoder(bench: &Bench<'_>, precision: Precision) -> Result<(), Failure> {
    let engine = bench.engine(Some(&format!("{ENCODER}:{precision}")))?;
    let embedder = engine.embedder();
    let count = bench.size(100, 8);
    let cases = [(count, 254, 3, 1), (1, 14, 150, 10)];
    for (count, words, repeats, warm_up) in cases {
        let texts = inputs::sentences(count, words);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        check(embedder.as_ref(), &texts)?;
        let batch = embedder.tokeniser().batch(&texts).map_err(engine::Error::from)?;
        let tokens = words + 2;
        if batch.ids().len() != count * tokens {
            return Err(wrong(format!("{} tokens instead of {}", batch.ids().len(), count * tokens)));
        }
        let (most_tokens, most_texts) = embedder.slice_limits();
        // Tokens are made outside the timed part, as for the peers.
        let seconds = median_seconds(warm_up, repeats, || {
            for slice in batch.slices(most_tokens, most_texts) {
                let vectors = embedder.start(&batch, slice).and_then(models::Pending::finish);
                vectors.map_err(engine::Error::from)?;
            }
            Ok(())
        })?;
        if count == 1 {
            bench.record(
                &format!("minilm {precision}, one query of {tokens} tokens"),
                "latency",
                seconds * 1e3,
                "ms",
            )?;
        } else {
            let case = format!("minilm {precision}, {count} x {tokens} tokens");
            bench.record(&case, "throughput", count as f64 / seconds, "docs/s")?;
        }
    }
    Ok(())
}

/// Vectors have length one, and a text's vector does not depend on its neighbours.
fn check(embedder: &dyn Embedder, texts: &[&str]) -> Result<(), Failure> {
    let embed =
        |texts: &[&str]| -> Result<Embeddings, Failure> { Ok(embedder.embed(texts).map_err(engine::Error::from)?) };
    let (alone, among) = (embed(&texts[..1])?, embed(&texts[..texts.len().min(8)])?);
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    let (length, same) = (dot(among.row(0), among.row(0)), dot(alone.row(0), among.row(0)));
    if (length - 1.0).abs() > 1e-3 || same < SAME {
        return Err(wrong(format!("length {length}, cosine of a text alone and among others {same}")));
    }
    Ok(())
}
