//! Answers of a generator: the same as the models crate's own, whichever way the conversation has gone.

#[path = "common/tiny.rs"]
mod tiny;

use engine::generate::{Finish, Generator, Message, Place, Reply, Request};
use engine::ring::{Piece, ring};
use engine::{Cancel, Config, Error};
use models::{Folders, GeneratorFolders, generators};
use ops::sample::Settings;
use std::convert::Infallible;
use std::time::Duration;
use tempfile::TempDir;

fn opened(context: u32) -> (TempDir, Generator) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.gguf");
    std::fs::write(&path, tiny::gguf(context, tiny::END)).unwrap();
    let found = generators::find(&GeneratorFolders::default(), &path.to_string_lossy()).unwrap();
    let config = Config::new(folder.path().join("workspace"), Folders::default());
    let generator = Generator::load(&found, &Place::open(&config).unwrap(), 0).unwrap();
    (folder, generator)
}

fn user(content: &str) -> Message {
    Message { role: "user", content: content.to_owned() }
}

fn request(messages: &[Message], max_tokens: usize) -> Request {
    Request { messages: messages.to_vec(), max_tokens: Some(max_tokens), stops: vec![], sampling: Settings::GREEDY }
}

fn asked(
    generator: &Generator,
    conversation: &mut engine::generate::Conversation,
    request: &Request,
) -> Result<(String, Reply), Error> {
    let cancel = Cancel::new();
    let (writer, reader) = ring::<Infallible>(&cancel);
    let reply = generator.answer(conversation, request, 1, &cancel, &writer)?;
    drop(writer);
    let mut text = String::new();
    while let Some(Piece::Text(piece)) = reader.next(Duration::from_secs(5))? {
        text += &piece;
    }
    Ok((text, reply))
}

#[test]
fn a_conversation_computes_what_is_new_and_says_the_same() {
    let (folder, generator) = opened(2048);
    let mut conversation = generator.conversation().unwrap();
    let mut messages = vec![user("the first question")];
    let (first, reply) = asked(&generator, &mut conversation, &request(&messages, 20)).unwrap();
    let (codec, said) = tiny::greedy(&folder.path().join("tiny.gguf"), "the first question", 20);
    assert_eq!(first, codec.decode(&said));
    assert_eq!((reply.finish, reply.generated_tokens, reply.reused_tokens), (Finish::Length, 20, 0));
    // Longer than a slice.
    messages.extend([Message { role: "assistant", content: first }, user(&"and what then? ".repeat(40))]);
    let (second, again) = asked(&generator, &mut conversation, &request(&messages, 20)).unwrap();
    assert!(again.reused_tokens >= reply.prompt_tokens && again.prompt_tokens > 512, "{again:?}");
    drop(conversation);
    let mut fresh = generator.conversation().unwrap();
    let (alone, whole) = asked(&generator, &mut fresh, &request(&messages, 20)).unwrap();
    assert_eq!((second, 0), (alone, whole.reused_tokens));
    let (_, same) = asked(&generator, &mut fresh, &request(&messages, 1)).unwrap();
    assert_eq!(same.reused_tokens, same.prompt_tokens - 1, "logits after the last token are needed");
}

#[test]
fn a_conversation_outlives_refusals_and_cancels() {
    let (_folder, generator) = opened(256);
    let mut conversation = generator.conversation().unwrap();
    assert!(generator.conversation().is_err(), "there is room for one");
    let short = request(&[user("hello")], 8);
    let (text, first) = asked(&generator, &mut conversation, &short).unwrap();
    let long = request(&[user(&"x ".repeat(200))], 8);
    let refused = asked(&generator, &mut conversation, &long).unwrap_err();
    assert!(matches!(&refused, Error::Limit(why) if why.contains("256")), "{refused}");
    let refused = asked(&generator, &mut conversation, &request(&[user("hello")], 256)).unwrap_err();
    assert!(matches!(&refused, Error::Limit(why) if why.contains("not 256")), "{refused}");
    let stopped = Cancel::new();
    let (writer, reader) = ring::<Infallible>(&stopped);
    drop(reader);
    let ended = generator.answer(&mut conversation, &short, 1, &stopped, &writer);
    assert!(matches!(ended, Err(Error::Cancelled)));
    let (again, reply) = asked(&generator, &mut conversation, &short).unwrap();
    assert_eq!((again, reply.prompt_tokens), (text, first.prompt_tokens));
}
