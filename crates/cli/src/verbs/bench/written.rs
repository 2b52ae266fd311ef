//! Questions on many chunks that a generator answers: the first, another over the same passages, and a follow-up.

use super::{Bench, wrong};
use crate::context::SESSION;
use crate::failure::Failure;
use crate::verbs::ask::answer;
use engine::Engine;
use engine::ask::{AskRequest, GeneratorWish, Writing};
use engine::generate::{Message, Reply};
use engine::ring::Piece;
use ops::sample::Settings;

/// Tokens of an answer: what is measured is how soon it begins.
const ANSWER: usize = 8;

/// Chunks that make a prompt of some 730 tokens of usual tokenizers.
const CHUNKS: usize = 5;

/// Questions that find the same passages: both name nothing but what these are about.
const QUESTIONS: [&str; 2] = ["Where was silt found behind the sill?", "Behind the sill, where was silt found?"];

/// Measures with this generator.
pub fn run(bench: &Bench<'_>, engine: &Engine, generator: &str) -> Result<(), Failure> {
    let chunks = engine.searchable();
    let ask = |question: &str, before: Vec<Message>| -> Result<(Reply, f64, String), Failure> {
        let request = AskRequest {
            generator: GeneratorWish::Named(generator.to_owned()),
            before,
            writing: Writing { max_tokens: ANSWER, sampling: Settings::GREEDY, ..Writing::default() },
            ..AskRequest::new(question.to_owned(), CHUNKS, None)
        };
        let mut text = String::new();
        let answered = answer(engine, &request, SESSION, &bench.cancel, |piece| {
            if let Piece::Text(piece) = piece {
                text.push_str(&piece);
            }
            Ok(())
        })?;
        let Some(reply) = answered.reply.generated else {
            let why = answered.reply.conditions.degraded.join("; ");
            return Err(wrong(format!("no generator answered: {why}")));
        };
        let before_it = answered.reply.retrieval_ms;
        Ok((reply, before_it, text))
    };
    // Loads it, and reads nothing that comes later.
    ask("What is a gauge?", Vec::new())?;
    let (first, retrieval, said) = ask(QUESTIONS[0], Vec::new())?;
    let (second, retrieval_again, _) = ask(QUESTIONS[1], Vec::new())?;
    let talk = vec![Message::new("user", QUESTIONS[0]), Message::new("assistant", said)];
    let (next, retrieval_next, _) = ask("And how much of it?", talk)?;
    for (what, reply, retrieval) in [
        ("first question", &first, retrieval),
        ("same passages", &second, retrieval_again),
        ("follow-up", &next, retrieval_next),
    ] {
        let case = format!("ask {} on {chunks} chunks, {what}", first.model);
        bench.record(&case, "first token", retrieval + reply.first_token_ms, "ms")?;
        bench.record(&case, "prompt", reply.prompt_tokens as f64, "tokens")?;
        bench.record(&case, "known from before", reply.reused_tokens as f64, "tokens")?;
    }
    Ok(())
}
