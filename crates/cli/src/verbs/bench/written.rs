//! What a generator writes: questions on many chunks (the first, another over the same passages, a follow-up), and several answers at
//! once.

use super::ask::{median, while_adding};
use super::{Bench, wrong};
use crate::context::SESSION;
use crate::failure::Failure;
use crate::verbs::ask::answer;
use crate::verbs::demo::stage;
use engine::ask::{AskReply, AskRequest, GeneratorWish, Writing};
use engine::generate::{DEFAULT_ANSWERS, Message, Reply, Request};
use engine::ring::Piece;
use engine::{Cancel, Engine, KeepAlive};
use ops::sample::Settings;
use std::path::Path;
use std::time::Instant;

/// Tokens of an answer: what is measured is how soon it begins.
const ANSWER: usize = 8;

/// Chunks that make a prompt of some 730 tokens of usual tokenizers.
const CHUNKS: usize = 2;

/// Questions that find the same passages: both name nothing but what these are about.
const QUESTIONS: [&str; 2] = ["Where was silt found behind the sill?", "Behind the sill, where was silt found?"];

fn asking(generator: &str, question: &str, before: Vec<Message>) -> AskRequest {
    AskRequest {
        generator: GeneratorWish::Named(generator.to_owned()),
        before,
        writing: Writing { max_tokens: ANSWER, sampling: Settings::GREEDY, ..Writing::default() },
        ..AskRequest::new(question.to_owned(), CHUNKS, None)
    }
}

/// Measures with this generator.
pub fn run(bench: &Bench<'_>, engine: &Engine, generator: &str) -> Result<(), Failure> {
    let chunks = engine.searchable();
    let ask = |question: &str, before: Vec<Message>| -> Result<(Reply, First, String), Failure> {
        let request = asking(generator, question, before);
        let mut text = String::new();
        let answered = answer(engine, &request, SESSION, &bench.cancel, |piece| {
            if let Piece::Text(piece) = piece {
                text.push_str(&piece);
            }
            Ok(())
        })?;
        let (first, reply) = First::of(answered.reply)?;
        Ok((reply, first, text))
    };
    // Loads it, and reads nothing that comes later.
    ask("What is a gauge?", Vec::new())?;
    let (first, at_first, said) = ask(QUESTIONS[0], Vec::new())?;
    let (second, at_second, _) = ask(QUESTIONS[1], Vec::new())?;
    let talk = vec![Message::new("user", QUESTIONS[0]), Message::new("assistant", said)];
    let (next, at_next, _) = ask("And how much of it?", talk)?;
    for (what, reply, at) in
        [("first question", &first, at_first), ("same passages", &second, at_second), ("follow-up", &next, at_next)]
    {
        let case = format!("ask {} on {chunks} chunks, {what}", first.model);
        bench.record(&case, "first token", at.token, "ms")?;
        bench.record(&case, "of it before the generator", at.retrieval, "ms")?;
        bench.record(&case, "of it reading the prompt", at.reading, "ms")?;
        bench.record(&case, "prompt", reply.prompt_tokens as f64, "tokens")?;
        bench.record(&case, "known from before", reply.reused_tokens as f64, "tokens")?;
    }
    at_once(bench, engine, generator)
}

/// Of one answer: when its first token came and when its passages were found, in milliseconds since it was asked for, how long reading the
/// prompt took, and how many tokens were read.
struct First {
    token: f64,
    retrieval: f64,
    reading: f64,
    read: f64,
}

impl First {
    fn of(reply: AskReply) -> Result<(First, Reply), Failure> {
        let Some(by) = reply.generated else {
            let why = reply.conditions.degraded.join("; ");
            return Err(wrong(format!("no generator answered: {why}")));
        };
        // The generator counts from where the prompt is made. What ends the answer after it is counted too: some microseconds.
        let token = reply.complete_ms - by.complete_ms + by.first_token_ms;
        let read = (by.prompt_tokens - by.reused_tokens) as f64;
        Ok((First { token, retrieval: reply.retrieval_ms, reading: by.prefill_ms, read }, by))
    }
}

/// How soon answers begin while documents are added, against the same with nothing else running: other questions each time, in turns, so that
/// nothing of their passages is known.
pub fn beside_ingest(
    bench: &Bench<'_>,
    engine: &Engine,
    generator: &str,
    generated: &Path,
    batch: u64,
) -> Result<(), Failure> {
    let count = bench.size(8, 2);
    let firsts = |from: usize| -> Result<Vec<First>, Failure> {
        (from..from + count)
            .map(|number| {
                let request = asking(generator, &stage::question(number), Vec::new());
                Ok(First::of(answer(engine, &request, SESSION, &bench.cancel, |_| Ok(()))?.reply)?.0)
            })
            .collect()
    };
    let earlier = firsts(0)?;
    let (busy, added) = while_adding(engine, generated, batch, 0, || firsts(count))?;
    let after = firsts(2 * count)?;
    let idle: Vec<_> = earlier.into_iter().chain(after).collect();
    let middle = |of: &[First], value: fn(&First) -> f64| median(of.iter().map(value).collect());
    let first = |of| middle(of, |first| first.token);
    let before = |of| middle(of, |first| first.retrieval);
    let reading = |of| middle(of, |first| first.reading);
    let read = |of| middle(of, |first| first.read);
    let name = Path::new(generator).file_stem().unwrap_or_default().to_string_lossy();
    let case = format!("ask {name} while {added} chunks are added");
    bench.record(&case, "first token", first(&busy), "ms")?;
    bench.record(&case, "first token, nothing else running", first(&idle), "ms")?;
    bench.record(&case, "of it before the generator", before(&busy), "ms")?;
    bench.record(&case, "of it before the generator, nothing else running", before(&idle), "ms")?;
    bench.record(&case, "of it reading the prompt", reading(&busy), "ms")?;
    bench.record(&case, "of it reading the prompt, nothing else running", reading(&idle), "ms")?;
    bench.record(&case, "tokens read", read(&busy), "tokens")?;
    bench.record(&case, "tokens read, nothing else running", read(&idle), "tokens")?;
    bench.record(&case, "ratio", first(&busy) / first(&idle), "x")
}

/// Tokens per second of all answers together, of one and of several at once.
fn at_once(bench: &Bench<'_>, engine: &Engine, name: &str) -> Result<(), Failure> {
    let generator = engine.generator(name, KeepAlive::Unchanged, &bench.cancel)?;
    let tokens = bench.size(64, 16);
    let answer = |at: usize| -> engine::Result<Reply> {
        let request = Request {
            max_tokens: Some(tokens),
            ..Request::new(vec![Message::new("user", format!("Count from {at} to a thousand"))])
        };
        let (session, cancel) = (SESSION + at as u64, Cancel::new());
        generator.write(&request, session, &cancel, &mut |_| Ok(()))
    };
    answer(0)?;
    for count in [1, DEFAULT_ANSWERS] {
        // What they say was read before: it is decoding that is measured.
        (0..count).try_for_each(|at| answer(at).map(drop))?;
        let begun = Instant::now();
        let replies = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..count).map(|at| scope.spawn(move || answer(at))).collect();
            threads.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
        });
        let seconds = begun.elapsed().as_secs_f64();
        let mut written = 0;
        for reply in replies {
            written += reply.map_err(|_| Failure::failed("an answer panicked"))??.generated_tokens;
        }
        bench.record(&format!("{count} answers at once"), "written", written as f64 / seconds, "tokens/s")?;
    }
    Ok(())
}
