//! Decoding by a generator: tokens chosen by the device's candidates, or by rows that the host reads.

use std::time::{Duration, Instant};

use models::gguf::TensorType;
use models::llama::{Feed, Generator, Output, Sequence, Want};
use ops::sample::{Sampler, Settings};
use serde_json::json;

use crate::generate::{BANDWIDTH, Shape, steps};
use crate::measure::{Bench, Failure, Times};

/// Settings that people talk with.
const DRAWS: Settings = Settings { temperature: 0.7, top_k: 40, top_p: 0.95, min_p: 0.05, ..Settings::GREEDY };

/// How tokens are chosen while decoding.
#[derive(Clone, Copy)]
pub struct Choosing {
    settings: Settings,
    /// By candidates of the device; else the host reads all logits.
    on_device: bool,
}

/// The likeliest token.
pub const BEST: Choosing = Choosing { settings: Settings::GREEDY, on_device: true };
pub const DRAWN: Choosing = Choosing { settings: DRAWS, on_device: true };
/// The same with rows read.
pub const READ: [Choosing; 2] = [Choosing { on_device: false, ..BEST }, Choosing { on_device: false, ..DRAWN }];

/// Whether the device's candidates lead to the tokens that the whole rows lead to.
pub fn check(generator: &Generator, sequence: &mut Sequence, steps: usize) -> Result<(), Failure> {
    for settings in [Settings::GREEDY, DRAWS] {
        let (mut sampler, mut token, start) = (Sampler::new(settings)?, 1, sequence.len());
        for at in 0..steps {
            let before = sequence.len();
            let tokens = std::slice::from_ref(&token);
            let feed = Feed { sequence: &mut *sequence, tokens, logits: 1 };
            let chosen = generator.start_for(vec![feed], vec![Want::Token(sampler.chance())])?.finish_for()?.pop();
            sequence.truncate(before);
            let feed = Feed { sequence: &mut *sequence, tokens, logits: 1 };
            let logits = generator.start(vec![feed])?.finish()?;
            let expected = sampler.pick(logits.row(0), &[], &[])?;
            if let Some(Output::Token(chosen)) = chosen
                && chosen != expected
            {
                return Err(format!("choice {at}: {chosen} by candidates, {expected} by the row; {settings:?}").into());
            }
            token = expected;
        }
        sequence.truncate(start);
    }
    Ok(())
}

/// Decoding, one token of each sequence at a time.
pub fn measure(
    bench: &Bench,
    generator: &Generator,
    sequences: &mut [Sequence],
    shape: &Shape,
    kind: TensorType,
    choosing: Choosing,
) -> Result<(), Failure> {
    let count = sequences.len();
    let context = sequences[0].len();
    let mut tokens: Vec<u32> = (0..count as u32).collect();
    let seeded = |seed| Sampler::new(Settings { seed, ..choosing.settings });
    let mut samplers = (0..count as u64).map(seeded).collect::<Result<Vec<_>, _>>()?;
    let mut rows_read = 0;
    let mut step = || -> Result<f64, Failure> {
        let start = Instant::now();
        let feeds = sequences
            .iter_mut()
            .zip(&tokens)
            .map(|(sequence, token)| Feed { sequence, tokens: std::slice::from_ref(token), logits: 1 })
            .collect();
        let want = |sampler: &Sampler| if choosing.on_device { Want::Token(sampler.chance()) } else { Want::Row };
        let outputs = generator.start_for(feeds, samplers.iter().map(want).collect())?.finish_for()?;
        for ((token, sampler), output) in tokens.iter_mut().zip(&mut samplers).zip(outputs) {
            *token = match output {
                Output::Token(token) => {
                    sampler.skip();
                    token
                }
                Output::Row(row) => {
                    rows_read += 1;
                    sampler.pick(&row, &[], &[])?
                }
            };
        }
        Ok(start.elapsed().as_secs_f64() * 1e6)
    };
    for _ in 0..shape.steps {
        step()?;
    }
    bench.take();
    let start = Instant::now();
    let times = (0..shape.steps).map(|_| step()).collect::<Result<Vec<_>, _>>()?;
    let rate = (count * shape.steps) as f64 / start.elapsed().as_secs_f64();
    if generator.options().marks {
        std::thread::sleep(Duration::from_millis(50));
        steps(bench, &format!("{count} tokens at {context}"), times.len(), kind);
        return Ok(());
    }
    let wall = Times::new(times);
    let device = bench.times_of(&[])?;
    // Copies of rows are submissions of their own.
    let device = (rows_read == 0).then(|| device.json());
    bench.line(
        "decode",
        json!({ "type": kind.to_string(), "sessions": count, "context": context, "chosen_on_device": choosing.on_device,
            "sampled": choosing.settings != Settings::GREEDY, "rows_read": rows_read, "wall": wall.json(), "device": device,
            "tokens_per_s": rate, "floor_share": rate / count as f64 * generator.bytes_per_token() as f64 / BANDWIDTH }),
    );
    Ok(())
}
